/* Soát số liệu: drop or paste, walk through the findings, mend the draft in the page. The draft stays in the browser. */
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = one("[data-proof]"), place = one("#proofed");
  if (!form || !place) return;
  const changes = new Map(); /* finding id → [document, start, end, words] */
  const done = []; /* what can be taken back: functions, newest last */
  const field = one("[name=sua]", form);

  /* Giving: choosing or dropping a file proofs it at once; pasted tables are kept as tables. */
  if (one("[data-finding]", place)) form.classList.add("small");
  form.addEventListener("click", (event) => { if (event.target.closest("[data-again]")) { form.classList.remove("small"); one("input[type=file]", form)?.focus(); } });
  const go = one("[data-go]", form), files = one("input[type=file]", form), pasted = one("textarea", form);
  if (go) {
    const page = one("[name=trang_dan]", form), bar = one("progress", form), told = one("[data-told]", form);
    files.addEventListener("change", () => { if (files.files.length) go.click(); });
    ["dragover", "dragenter"].forEach((kind) => form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); }));
    ["dragleave", "drop"].forEach((kind) => form.addEventListener(kind, () => form.classList.remove("over")));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      go.click();
    });
    pasted.addEventListener("paste", (event) => {
      const html = event.clipboardData?.getData("text/html") ?? "";
      const whole = pasted.value.trim() === "" || (pasted.selectionStart === 0 && pasted.selectionEnd === pasted.value.length);
      setTimeout(() => {
        page.value = whole && /<table[\s>]/i.test(html) ? html : "";
        told.textContent = page.value ? form.dataset.tables : "";
      });
    });
    pasted.addEventListener("input", (event) => { if (event.inputType !== "insertFromPaste") page.value = ""; });
    document.body.addEventListener("htmx:xhr:progress", (event) => {
      if (event.detail.elt !== go || !event.detail.lengthComputable || !event.detail.total) return;
      bar.hidden = false;
      bar.value = Math.round(100 * event.detail.loaded / event.detail.total);
      told.textContent = bar.value < 100 ? `${form.dataset.sending} ${bar.value}%` : form.dataset.reading;
    });
    document.body.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === go) told.textContent = form.dataset.reading; });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== go) return;
      bar.hidden = true;
      told.textContent = event.detail.successful ? form.dataset.done : "";
    });
  }
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== place) return;
    changes.clear(); done.length = 0; field.value = "";
    form.classList.toggle("small", one("[data-finding]", place) !== null);
    one("[data-recent]")?.remove();
    sift();
    scrollTo({ top: 0 });
  });

  /* Filters. */
  function sift() {
    const verdicts = new Set(all("button[data-filter=verdict][aria-pressed=true]", place).map((button) => button.value));
    const kind = one("select[data-filter=kind]", place)?.value ?? "";
    let left = 0;
    all("[data-finding]", place).forEach((card) => {
      card.hidden = !verdicts.has(card.dataset.verdict) || (kind !== "" && card.dataset.kind !== kind);
      left += card.hidden ? 0 : 1;
    });
    const none = one("[data-none]", place);
    if (none) none.hidden = left > 0;
  }
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-filter=verdict]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    sift();
  });
  place.addEventListener("change", (event) => { if (event.target.dataset.filter === "kind") sift(); });

  /* Walking. */
  const cards = () => all("[data-finding]:not([hidden])", place);
  const here = () => one("[data-finding][aria-current]", place);
  const marks = (key) => (key ? all(`[data-mark="${CSS.escape(key)}"]`, place) : []);
  function choose(card, focus = true) {
    all("[data-finding][aria-current]", place).forEach((other) => other.removeAttribute("aria-current"));
    all(".s.lit", place).forEach((other) => other.classList.remove("lit"));
    if (!card) return;
    card.hidden = false;
    card.setAttribute("aria-current", "true");
    if (focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const words = marks(card.dataset.claim);
    words.forEach((mark) => mark.classList.add("lit"));
    if (!matchMedia("(max-width: 1000px)").matches) words[0]?.scrollIntoView({ block: "center" });
  }
  function walk(by) {
    const listed = cards(), at = listed.indexOf(here());
    if (listed.length) choose(listed[at < 0 ? (by > 0 ? 0 : listed.length - 1) : Math.min(Math.max(at + by, 0), listed.length - 1)]);
  }
  place.addEventListener("click", (event) => { const button = event.target.closest("[data-walk-by]"); if (button) walk(Number(button.dataset.walkBy)); });
  place.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-mark]"), jump = event.target.closest("a[data-jump]");
    if (mark) { event.preventDefault(); choose(one(mark.getAttribute("href"), place)); }
    if (jump) {
      event.preventDefault();
      all(".s.lit", place).forEach((other) => other.classList.remove("lit"));
      marks(jump.dataset.jump).forEach((found) => found.classList.add("lit"));
      marks(jump.dataset.jump)[0]?.scrollIntoView({ block: "center" });
    }
  });

  /* Mending the draft: only here and in what is taken away. */
  function tell() {
    field.value = JSON.stringify([...changes.values()]);
    const said = one("[data-changed]", place);
    if (said) { said.hidden = changes.size === 0; said.textContent = changes.size ? `${changes.size} ✎` : ""; }
  }
  function mend(card, words) {
    const found = marks(card.dataset.claim), start = Number(card.dataset.start);
    restore(card);
    changes.set(card.id, [Number(card.dataset.claim.split("-")[0]), start, Number(card.dataset.end), words, card.dataset.place ?? ""]);
    found.forEach((mark) => mark.classList.add("replaced"));
    const fresh = document.createElement("ins");
    fresh.className = "new"; fresh.dataset.of = card.id; fresh.textContent = words;
    found.at(-1)?.after(" ", fresh);
    const told = one("[data-mended]", card);
    one("ins", told).textContent = words;
    told.hidden = false;
    one("[data-mend]", card).hidden = true;
    done.push(() => restore(card));
    tell();
  }
  function restore(card) {
    if (!changes.delete(card.id)) return;
    marks(card.dataset.claim).forEach((mark) => mark.classList.remove("replaced"));
    all(`ins.new[data-of="${card.id}"]`, place).forEach((fresh) => fresh.remove());
    one("[data-mended]", card).hidden = true;
    tell();
  }
  /* The mended text into the clipboard; where the browser gives no clipboard (a site without https), by selecting it. */
  place.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const given = new FormData(form);
    given.set("van_ban", button.value);
    const answer = await fetch(button.dataset.copy, { method: "POST", body: given });
    const text = answer.ok ? await answer.text() : "", said = one("[data-copied]", place);
    let done = false;
    if (text) {
      const holder = document.createElement("textarea");
      holder.value = text;
      document.body.append(holder);
      holder.select();
      try { await navigator.clipboard.writeText(text); done = true; } catch { done = document.execCommand("copy"); }
      holder.remove();
      button.focus();
    }
    said.hidden = false;
    said.textContent = done ? said.dataset.done : said.dataset.wrong;
  });
  function skip(card) {
    const now = card.classList.toggle("skipped");
    marks(card.dataset.claim).forEach((mark) => mark.classList.toggle("skipped", now));
    if (now) { done.push(() => { if (card.classList.contains("skipped")) skip(card); }); walk(1); }
  }
  const acts = {
    r: (card) => { const button = one("[data-act=r]", card); if (button) mend(card, button.dataset.words); },
    e: (card) => {
      const part = one("[data-mend]", card);
      if (!part) return;
      part.hidden = !part.hidden;
      one("[data-act=e]", card)?.setAttribute("aria-expanded", String(!part.hidden));
      if (!part.hidden) one("input", part).focus();
    },
    i: skip,
    a: (card) => {
      const part = one("[data-act-open=a]", card);
      if (part) { part.open = true; one("textarea", part)?.focus(); }
    },
    u: (card) => {
      if (card && changes.has(card.id)) restore(card);
      else if (card && one("[data-kept] [data-act=u]", card)) one("[data-kept] [data-act=u]", card).click();
      else done.pop()?.();
    },
  };
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]"), card = event.target.closest("[data-finding]");
    if (!button || !card || button.form) return;
    choose(card, false);
    acts[button.dataset.act]?.(card);
  });
  place.addEventListener("submit", (event) => {
    const part = event.target.closest("[data-mend]");
    if (!part) return;
    event.preventDefault();
    const words = one("input", part).value.trim();
    if (words) mend(part.closest("[data-finding]"), words);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    all("[data-finding]", place).forEach((card) => card.classList.toggle("kept", one("[data-kept]", card) !== null));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (event.key === "Escape" && event.target.closest("[data-finding]")) event.target.closest("[data-finding]").focus();
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); walk(event.key === "j" ? 1 : -1); return; }
    const card = here();
    if (event.key in acts && (card || event.key === "u")) { event.preventDefault(); acts[event.key](card); }
  });
})();
