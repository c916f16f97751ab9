/* Reminders: choose all, copy the text. */
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.querySelector("[data-all]")?.addEventListener("change", (event) => all("input[name=don_vi]").forEach((box) => { box.checked = event.target.checked; }));
  all("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    const text = document.querySelector(button.dataset.copy);
    try { await navigator.clipboard.writeText(text.value); } catch { text.select(); document.execCommand("copy"); }
    button.textContent = "✓ " + button.textContent.replace(/^✓ /, "");
  }));
})();
