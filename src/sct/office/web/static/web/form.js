/* Filling a form: keys, pasted blocks, saves while typing, a copy in this machine until the answer has come. */
"use strict";
(() => {
  const form = document.querySelector("[data-form]");
  if (!form) return;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const line = one("#save-line"), list = one("#remarks"), banner = one("#clashes");
  const say = line.dataset;
  const KEY = `sct:bieu:${form.dataset.key}`;
  const csrf = one("input[name=csrfmiddlewaretoken]", form).value;
  const cell = (path) => one(`[data-cell="${CSS.escape(path)}"]`, form);
  all("[data-plain-save]").forEach((button) => { button.parentElement.hidden = true; });

  /* -- what is kept in this machine: cells not yet acknowledged, and the save that is under way ------------------ */
  let base = Number(form.dataset.base), pending = {}, settles = [], flight = null, timer = null, wait = 1000, stopped = false;
  function keep() {
    try {
      if (Object.keys(pending).length || flight || settles.length) localStorage.setItem(KEY, JSON.stringify({ base, pending, settles, flight }));
      else localStorage.removeItem(KEY);
    } catch { /* a full or closed store: the page itself still holds what was typed */ }
  }
  function token() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const waiting = () => new Set([...Object.keys(pending), ...Object.keys(flight?.changes ?? {})]);

  function show(text, state) { line.textContent = text; line.dataset.state = state; }
  function changed(input) {
    pending[input.dataset.cell] = input.value;
    compare(input);
    keep();
    show(say.saving, "busy");
    clearTimeout(timer);
    timer = setTimeout(flush, 700);
  }
  /* What stood there before is shown where it differs. */
  function compare(input) {
    const earlier = one(".earlier", input.closest("td") ?? form);
    if (earlier && input.closest("table[data-table]")) earlier.hidden = earlier.dataset.earlier === input.value;
  }
  function flush() {
    clearTimeout(timer);
    if (flight || stopped || !(Object.keys(pending).length || settles.length)) return;
    flight = { token: token(), base, changes: pending, settles };
    pending = {};
    settles = [];
    keep();
    post();
  }
  async function post() {
    let answer;
    try {
      answer = await fetch(form.dataset.save, {
        method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, Accept: "application/json" },
        body: JSON.stringify(flight), credentials: "same-origin", redirect: "manual",
      });
    } catch { return later(); }
    if (answer.type === "opaqueredirect" || answer.status === 403) return ended();
    if (answer.status >= 500 || answer.status === 429) return later();
    const told = await answer.json().catch(() => null);
    if (!told) return later();
    wait = 1000;
    if (!answer.ok) { stopped = true; show(told.sentence, "bad"); return; }
    base = told.number;
    flight = null;
    keep();
    take(told);
    if (Object.keys(pending).length || settles.length) flush(); else done(told.saved);
  }
  const resolvers = [];
  let refused = 0;
  function done(clock) {
    if (refused) show(`${say.saved} ${clock}; ${say.refused} ${refused}`, "bad");
    else show(`${say.saved} ${clock}`, "good");
    resolvers.splice(0).forEach((go) => go());
  }
  /* No connection: the same save goes again under the same token, so that it is made once. */
  function later() {
    show(`${say.offline} ${waiting().size} ${say.cells}`, "bad");
    setTimeout(() => { if (flight) post(); }, wait);
    wait = Math.min(wait * 2, 30000);
  }
  function ended() {
    stopped = true;
    show(say.session, "bad");
  }
  window.addEventListener("online", () => { wait = 1000; if (flight) post(); else flush(); });
  window.addEventListener("beforeunload", (event) => { if (waiting().size && line.dataset.state === "bad") event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });

  /* -- the answer: sums, what others typed, refusals, remarks, clashes -------------------------------------------- */
  function take(told) {
    const busy = waiting();
    all("[data-cell]", form).forEach((input) => {
      const path = input.dataset.cell, text = told.values[path] ?? "";
      if (busy.has(path) || path in told.refused || input === document.activeElement) return;
      if (input.value !== text) { input.value = text; compare(input); }
    });
    all("[data-sum]", form).forEach((output) => { output.textContent = told.values[output.dataset.sum] ?? "–"; });
    all("[data-note]", form).forEach((note) => all(".refused, .error, .warning", note).forEach((old) => old.remove()));
    all("[aria-invalid]", form).forEach((input) => input.removeAttribute("aria-invalid"));
    refused = Object.keys(told.refused).length;
    for (const [path, sentence] of Object.entries(told.refused)) remark(path, "refused", sentence);
    for (const each of told.remarks) remark(each.path, each.severity, each.text);
    const items = [...Object.entries(told.refused).map(([path, text]) => ({ path, text: `${name(path)}: ${text}`, severity: "error" })), ...told.remarks];
    list.replaceChildren(...(items.length ? items.map(item) : [plain(list.dataset.none)]));
    if (banner) banner.hidden = !Object.keys(told.clashes).length;
    if (Object.keys(told.clashes).some((path) => !one(`[data-clash="${CSS.escape(path)}"]`))) clash(told.clashes);
  }
  function remark(path, kind, text) {
    const note = one(`[data-note="${CSS.escape(path)}"]`, form);
    if (!note) return;
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    note.append(span);
    if (kind !== "warning") cell(path)?.setAttribute("aria-invalid", "true");
  }
  const name = (path) => one(`label[for="o-${CSS.escape(path)}"]`)?.firstChild.textContent.trim() ?? cell(path)?.ariaLabel ?? path;
  function item(each) {
    const row = document.createElement("li"), link = document.createElement("a");
    row.className = each.severity;
    link.href = `#o-${each.path}`;
    link.textContent = each.text;
    row.append(link);
    return row;
  }
  function plain(text) {
    const row = document.createElement("li");
    row.className = "soft";
    row.textContent = text;
    return row;
  }
  /* Two texts in one cell: both are offered, nothing is chosen by the machine. */
  function clash(clashes) {
    for (const [path, both] of Object.entries(clashes)) {
      const note = one(`[data-note="${CSS.escape(path)}"]`, form);
      if (!note || one(`[data-clash="${CSS.escape(path)}"]`)) continue;
      const box = document.createElement("span");
      box.className = "clash";
      box.dataset.clash = path;
      box.append(`${both.who}: ${both.mine || "–"} `);
      for (const text of [both.theirs, both.mine]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn small";
        button.dataset.settle = path;
        button.dataset.text = text;
        button.textContent = text || "–";
        box.append(button);
      }
      note.after(box);
      const input = cell(path);
      if (input) input.value = both.theirs;
    }
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-settle]");
    if (!button) return;
    const path = button.dataset.settle, input = cell(path);
    if (input) input.value = button.dataset.text;
    pending[path] = button.dataset.text;
    settles.push(path);
    one(`[data-clash="${CSS.escape(path)}"]`)?.remove();
    keep();
    flush();
    input?.focus();
  });

  /* -- keys -------------------------------------------------------------------------------------------------------- */
  const fields = () => all("[data-cell]", form);
  function neighbour(input, by) {
    const table = input.closest("table[data-table]");
    const column = table ? input.dataset.cell.split(".")[2] : null;
    const line_of = table ? fields().filter((each) => table.contains(each) && each.dataset.cell.endsWith(`.${column}`)) : fields().filter((each) => !each.closest("table[data-table]"));
    return line_of[line_of.indexOf(input) + by];
  }
  function go(input, by) {
    const next = neighbour(input, by);
    if (!next) return;
    next.focus();
    next.select?.();
  }
  form.addEventListener("keydown", (event) => {
    const input = event.target.closest("[data-cell]");
    if (!input || event.isComposing) return;
    const box = input.tagName === "TEXTAREA", select = input.tagName === "SELECT";
    if (event.key === "Enter" && !box) { event.preventDefault(); go(input, event.shiftKey ? -1 : 1); }
    if (event.key === "ArrowDown" && !box && !select) { event.preventDefault(); go(input, 1); }
    if (event.key === "ArrowUp" && !box && !select) { event.preventDefault(); go(input, -1); }
  });
  form.addEventListener("input", (event) => { if (event.target.matches("[data-cell]")) changed(event.target); });
  form.addEventListener("change", (event) => { if (event.target.matches("[data-cell]")) changed(event.target); });
  form.addEventListener("submit", (event) => { event.preventDefault(); flush(); });

  /* -- a block pasted from a spreadsheet ---------------------------------------------------------------------------- */
  form.addEventListener("paste", (event) => {
    const input = event.target.closest("[data-cell]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const block = cells_of(text);
    if (!input || input.tagName === "TEXTAREA" && !text.includes("\t") || block.length === 1 && block[0].length === 1 || !block.length) return;
    event.preventDefault();
    for (const [target, value] of input.closest("table[data-table]") ? intoTable(input, block) : intoList(input, block)) {
      put(target, value);
    }
  });
  /* Rows and cells of a copied block; a cell with a line break or a quote in it comes in quotes. */
  function cells_of(text) {
    const rows = [[""]];
    let quoted = false;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < plain.length; at++) {
      const mark = plain[at], row = rows.at(-1);
      if (quoted && mark === '"' && plain[at + 1] === '"') { row[row.length - 1] += '"'; at++; }
      else if (mark === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
      else if (mark === "\t" && !quoted) row.push("");
      else if (mark === "\n" && !quoted) rows.push([""]);
      else row[row.length - 1] += mark;
    }
    return rows.map((row) => row.map((each) => each.trim()));
  }
  /* An empty cell of the block (a merged one, too) leaves what stands there. */
  function put(target, value) {
    if (!target || value === "") return;
    if (target.tagName === "SELECT") {
      const chosen = [...target.options].find((option) => option.value.toLowerCase() === value.toLowerCase());
      target.value = chosen ? chosen.value : "";
      changed(target);
      pending[target.dataset.cell] = chosen ? chosen.value : value;  // the server knows more spellings, or says why not
      keep();
      return;
    }
    target.value = value;
    changed(target);
  }
  const fold = (text) => text.normalize("NFC").toLowerCase().replace(/\s*\*$/, "").replace(/\s+/g, " ").trim();
  /* A row that names a thing of the table goes to its row, any other to the next row. */
  function intoTable(input, block) {
    const table = input.closest("table[data-table]");
    const column = input.dataset.cell.split(".")[2];
    const columns = all("[data-cell]", one("tbody tr", table)).map((each) => each.dataset.cell.split(".")[2]);
    const heads = all("thead th", table).slice(1).map((each) => fold(each.textContent));
    const first = columns.indexOf(column), found = [], rows = () => all("tbody tr[data-row]", table);
    const named = new Map(first ? [] : rows().map((row) => [fold(one("[data-cell]", row).value), row]).filter(([text]) => text));
    let next = rows().indexOf(input.closest("tr"));
    if (block[0].length > 1 && block[0].every((text, right) => fold(text) === heads[first + right])) block.shift();
    for (const cells of block) {
      if (cells.every((text) => text === "")) continue;
      let row = named.get(fold(cells[0]));
      if (!row) {
        while (named.size && rows()[next]?.matches(".from-register")) next++;
        while (!rows()[next] && more(table)) { /* one more row */ }
        row = rows()[next++];
      }
      cells.forEach((value, right) => {
        const code = columns[first + right];
        if (row && code) found.push([cell(`${table.dataset.table}.${row.dataset.row}.${code}`), value]);
      });
    }
    return found;
  }
  /* Rows that name a field go to it, and rows of such a block that name none (headings) go nowhere; a block without
     names runs down from where it was pasted. */
  function intoList(input, block) {
    const named = new Map(all("label[for]", form).map((label) => [fold(label.textContent), document.getElementById(label.htmlFor)]));
    const by_name = block.map((cells) => cells.map((text) => named.get(fold(text))).find((target) => target?.dataset.cell));
    const found = [];
    let next = input;
    block.forEach((cells, number) => {
      const value = cells.filter((text) => text !== "").at(-1) ?? "";
      if (by_name[number]) found.push([by_name[number], cells.length > 2 ? cells[2] : value]);
      else if (!by_name.some(Boolean) && next) { found.push([next, value]); next = neighbour(next, 1); }
    });
    return found;
  }

  /* -- more rows of a table ------------------------------------------------------------------------------------------ */
  function more(table) {
    const rows = all("tbody tr[data-row]", table), last = rows.at(-1);
    const button = one(`[data-more="${table.dataset.table}"]`);
    if (!last || rows.filter((row) => !row.matches(".from-register")).length >= Number(button.dataset.most)) return false;
    const from = last.dataset.row, to = String(Number(from) + 1), copy = last.cloneNode(true);
    copy.dataset.row = to;
    const number = one("[data-number]", copy);
    if (number) number.textContent = number.textContent.replace(/\d+/, String(Number(to) + 1));
    all("*", copy).forEach((element) => {
      for (const attribute of element.attributes) {
        attribute.value = attribute.value.replaceAll(`${table.dataset.table}.${from}.`, `${table.dataset.table}.${to}.`);
      }
      if (element.ariaLabel) element.ariaLabel = element.ariaLabel.replace(/\d+$/, String(Number(to) + 1));
      element.removeAttribute("aria-invalid");
      if (element.matches("[data-cell]")) element.value = "";
      if (element.matches("[data-note]")) element.replaceChildren();
    });
    all("[data-clash], [data-same], .earlier", copy).forEach((old) => old.remove());
    last.after(copy);
    return true;
  }
  all("[data-more]").forEach((button) => button.addEventListener("click", () => {
    const table = one(`[data-table="${button.dataset.more}"]`, form);
    if (more(table)) one("tbody tr:last-child [data-cell]", table).focus(); else button.disabled = true;
  }));

  /* -- a row as it was the period before: only what is still empty is taken over ------------------------------------- */
  all("[data-same]", form).forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const row = button.closest("tr");
      all("td", row).forEach((place) => {
        const input = one("[data-cell]", place), earlier = one(".earlier", place);
        if (input && earlier && !input.value) put(input, earlier.dataset.earlier);
      });
      button.hidden = true;
      one("[data-cell]", row).focus();
    });
  });

  /* -- sending waits for the last save; what an earlier visit could not save goes first -------------------------------- */
  all("[data-send]").forEach((sending) => sending.addEventListener("submit", (event) => {
    if (!waiting().size) return;
    event.preventDefault();
    resolvers.push(() => sending.submit());
    flush();
  }));
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (kept) {
      ({ pending, settles, flight } = kept);
      const all_kept = { ...(flight?.changes ?? {}), ...pending };
      for (const [path, text] of Object.entries(all_kept)) { const input = cell(path); if (input) input.value = text; }
      if (flight) post(); else { base = Math.min(base, kept.base); flush(); }
    }
  } catch { localStorage.removeItem(KEY); }
})();
