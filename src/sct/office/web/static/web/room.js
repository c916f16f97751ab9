/* The room screen: one section at a time; ← and → (also PageUp, PageDown, Home, End) walk, the place stays in the address. */
"use strict";
(() => {
  const slides = [...document.querySelectorAll("[data-slide]")], at = document.querySelector("[data-at]"), main = document.querySelector("[data-room]");
  if (!slides.length) return;
  document.body.classList.add("js");
  let now = Math.min(Math.max(Number(location.hash.slice(1)) - 1 || 0, 0), slides.length - 1);
  function show(number) {
    now = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, place) => slide.classList.toggle("shown", place === now));
    at.textContent = `${now + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${now + 1}`);
    main.scrollTop = 0;
    window.scrollTo(0, 0);
  }
  const steps = { ArrowRight: () => now + 1, PageDown: () => now + 1, ArrowLeft: () => now - 1, PageUp: () => now - 1, Home: () => 0, End: () => slides.length - 1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const step = steps[event.key];
    if (step) { event.preventDefault(); show(step()); }
  });
  document.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => show(now + Number(button.dataset.step))));
  show(now);
})();
