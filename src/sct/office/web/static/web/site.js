/* The small behaviour of the pages: pickers, search with keys, figure card, upload, walking through statements. */
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  /* Area and period: choosing is enough; the plain button is for browsers without scripts. */
  all("[data-plain]").forEach((button) => { button.hidden = true; });
  all("[data-choice]").forEach((form) => form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") send(form);
  }));
  all("[data-choice]").forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); send(form); }));
  /* Defaults and empty fields stay out of the address. */
  function send(form) {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") chosen.append(name, value);
    location.assign(`${form.getAttribute("action")}?${chosen}`);
  }
  document.addEventListener("click", (event) => {
    all("details.pick[open], details.me[open]").forEach((open) => { if (!open.contains(event.target)) open.open = false; });
    if (!event.target.closest("[data-find]")) closeFound();
  });

  /* On a phone the pages fold into one button; without scripts they all stand there. */
  const menu = one("[data-menu]"), rooms = one("#rooms");
  if (menu && rooms) {
    const fold = (open) => { rooms.classList.toggle("open", open); menu.setAttribute("aria-expanded", String(open)); };
    menu.hidden = false;
    rooms.classList.add("folding");
    menu.addEventListener("click", () => fold(!rooms.classList.contains("open")));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && rooms.contains(document.activeElement)) { fold(false); menu.focus(); }
    });
  }

  /* Search: "/" goes there, arrows and Enter choose. */
  const find = one("#find"), found = one("#found");
  function closeFound() {
    if (!found) return;
    found.replaceChildren();
    find.setAttribute("aria-expanded", "false");
    find.removeAttribute("aria-activedescendant");
  }
  function step(by) {
    const rows = all("a", found);
    if (!rows.length) return;
    const now = rows.findIndex((row) => row.classList.contains("at"));
    const next = rows[(now + by + rows.length) % rows.length] ?? rows[0];
    rows.forEach((row) => { row.classList.toggle("at", row === next); row.setAttribute("aria-selected", String(row === next)); });
    find.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }
  find?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Escape") closeFound();
    const at = one("a.at", found);
    if (event.key === "Enter" && at) { event.preventDefault(); at.click(); closeFound(); }
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === found) find.setAttribute("aria-expanded", String(found.childElementCount > 0));
  });

  /* The figure card: a link that works alone, opened in a sheet when it can be. */
  const sheet = one("#sheet");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-card]");
    if (!link || !sheet || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    htmx.ajax("GET", link.href, { target: "#sheet-body", swap: "innerHTML" }).then(() => {
      if (!sheet.open) sheet.showModal();
      sheet.scrollTop = 0;
    });
  });
  sheet?.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
  });

  /* Upload: choosing or dropping a file sends it; the bar shows how far it is. */
  const zone = one("[data-upload]");
  if (zone) {
    const input = one("input[type=file]", zone), bar = one("progress", zone), told = one("[data-told]", zone);
    input.addEventListener("change", () => { if (input.files.length) htmx.trigger(zone, "submit"); });
    ["dragover", "dragenter"].forEach((kind) => zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); }));
    ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove("over")));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      htmx.trigger(zone, "submit");
    });
    zone.addEventListener("htmx:xhr:progress", (event) => {
      if (!event.detail.lengthComputable) return;
      bar.hidden = false;
      bar.value = Math.round(100 * event.detail.loaded / event.detail.total);
      told.textContent = bar.value < 100 ? `${zone.dataset.sending} ${bar.value}%` : zone.dataset.reading;
    });
    zone.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== zone) return;
      bar.hidden = true;
      if (event.detail.xhr?.getResponseHeader("HX-Redirect")) return;
      told.textContent = "";
      input.value = "";
    });
  }

  /* A document: j and k walk through its statements, a accepts, x rejects, u takes back. */
  const paper = one("[data-walk]");
  const panel = () => one("#statement [data-statement]");
  let chosen = panel()?.dataset.statement, waiting = null;
  /* A key may come before its panel has: it waits for the panel it was meant for, and for a decision under way. */
  const arrived = () => panel()?.dataset.statement === chosen && !one("#statement .htmx-request");
  function whenShown(act) {
    if (arrived()) act(); else waiting = act;
  }
  document.body.addEventListener("htmx:afterSettle", () => {
    if (!waiting || !arrived()) return;
    const act = waiting;
    waiting = null;
    act();
  });
  ["htmx:responseError", "htmx:sendError"].forEach((kind) => document.body.addEventListener(kind, () => { waiting = null; }));
  function mark(link) {
    all("a.s[aria-current]", paper).forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  }
  function walk(by) {
    const ids = paper.dataset.walk.split(" ").filter(Boolean);
    if (!ids.length) return;
    show(ids[Math.min(Math.max(ids.indexOf(chosen) + by, 0), ids.length - 1)]);
  }
  function show(id) {
    chosen = id;
    waiting = null;
    const link = one(`#s${CSS.escape(id)}`, paper);
    if (link) mark(link);
    if (matchMedia("(max-width: 1000px)").matches) one("#statement").classList.add("raised");
    htmx.ajax("GET", paper.dataset.address.replace("/0/", `/${id}/`), { target: "#statement", swap: "innerHTML" });
  }
  if (paper) {
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-lower]")) one("#statement").classList.remove("raised");
      const link = event.target.closest("[data-show]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link.dataset.show);
    });
    one("a.s[aria-current]", paper)?.scrollIntoView({ block: "nearest" });
  }
  document.body.addEventListener("marked", (event) => {
    const { statement, look } = event.detail;
    if (paper) all(`a.s[data-show="${CSS.escape(String(statement))}"]`, paper).forEach((link) => { link.className = `s ${look}`; });
  });
  function unfold(key, field) {
    const part = one(`#statement details[data-key=${key}]`);
    if (!part) return;
    part.open = true;
    one(field, part)?.focus();
  }
  const keys = {
    j: () => walk(1), k: () => walk(-1),
    a: () => whenShown(() => one("#statement [data-key=a]")?.click()),
    u: () => whenShown(() => one("#statement [data-key=u]")?.click()),
    e: () => whenShown(() => unfold("e", "input:not([type=hidden])")),
    x: () => whenShown(() => unfold("x", "textarea")),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || sheet?.open) return;
    if (event.key === "/" && find) { event.preventDefault(); find.focus(); find.select(); }
    if (paper && keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  /* What htmx could not do is said in words, not swallowed. */
  const notice = one("#notice");
  document.body.addEventListener("htmx:responseError", (event) => {
    const part = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    if (notice) notice.textContent = one(".wrong, h1", part)?.textContent ?? `${event.detail.xhr.status}`;
  });
  document.body.addEventListener("htmx:sendError", () => { if (notice) notice.textContent = document.documentElement.lang === "en" ? "No connection; nothing was changed." : "Mất kết nối; chưa có gì thay đổi."; });
  if (notice) new MutationObserver(() => {
    clearTimeout(notice.timer);
    if (notice.childNodes.length) notice.timer = setTimeout(() => notice.replaceChildren(), 9000);
  }).observe(notice, { childList: true });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
})();
