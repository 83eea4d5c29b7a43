// What makes the pages quicker in the hand; every page works without it. No words live here: they come
// from data attributes of the page, in its language.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const stored = (key) => { try { return localStorage.getItem(key); } catch (blocked) { return null; } };
  const words = (name) => document.body.dataset[name] || "";

  // --- Forms that save themselves -----------------------------------------------------------------
  const keyOf = (form) => `draft:${document.body.dataset.person || ""}:${form.dataset.autosave}`;
  const typed = (form) => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  };
  const clock = () => new Date().toTimeString().slice(0, 5);

  function autosave(form) {
    const line = form.querySelector("[data-saved-state]");
    const keeps = !form.hasAttribute("data-no-offline");
    let timer = 0, running = false, again = false, tries = 0, last = typed(form).toString();
    const say = (state, text) => { if (line) { line.dataset.state = state; line.textContent = text; } };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

    // Says what became of it: "saved", "answered" (the page that follows shows why not), "refused" or "lost".
    async function save() {
      const body = typed(form);
      let outcome = "saved";
      if (body.toString() === last && !tries) return outcome;
      if (running) { again = true; return outcome; }
      running = true;
      say("saving", words("saving"));
      try {
        const sent = body.toString();
        body.set("autosave", "1");
        const token = form.querySelector("[name=csrfmiddlewaretoken]");
        const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual",
          headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "autosave" } });
        if (answer.status === 409) {
          const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
          say("unsaved", words("conflict"));
          if (told.kept) { forget(); last = sent; } else remember(sent);
          running = false; return "answered";
        }
        if (answer.status === 422) outcome = "answered";
        else if (!answer.ok) outcome = "refused";
        if (!answer.ok) throw new Error(String(answer.status));
        if ((answer.headers.get("Content-Type") || "").includes("json")) {
          const told = await answer.json();
          if (told.version && form.elements.version) form.elements.version.value = told.version;
        }
        tries = 0; forget(); last = typedNow(sent);
        say("saved", words("saved").replace("{time}", clock()));
      } catch (problem) {
        if (outcome === "saved") outcome = "lost";
        remember(body.toString());
        tries = Math.min(tries + 1, 5);
        say("unsaved", words(keeps ? "unsavedKept" : "unsaved"));
        later(1000 * 2 ** tries);
      }
      running = false;
      if (again) { again = false; later(0); }
      return outcome;
    }
    // The button sends what is typed by the same way first: a page that fails to arrive would take the words with it.
    async function send(button) {
      while (running) await new Promise((done) => setTimeout(done, 50));
      const outcome = await save();
      if (outcome === "lost") return;
      if (outcome !== "refused") forget();
      clearTimeout(timer);
      form.dataset.sending = "";
      form.requestSubmit(button);
      delete form.dataset.sending;
    }
    // The version changes with each save and is no reason for another one.
    const typedNow = (sent) => { const now = new URLSearchParams(sent); if (form.elements.version) now.set("version", form.elements.version.value); return now.toString(); };
    const remember = (text) => { if (keeps) try { localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), text })); } catch (full) { /* a full device keeps nothing */ } };
    const forget = () => { try { localStorage.removeItem(keyOf(form)); } catch (none) { /* nothing was kept */ } };

    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(keyOf(form)) || "null"); } catch (broken) { forget(); }
    if (kept && Date.now() - kept.at < 14 * 864e5 && keeps) {
      const fields = new URLSearchParams(kept.text);
      for (const field of all("input, textarea, select", form)) {
        if (!field.name || ["hidden", "file", "password"].includes(field.type)) continue;
        if (["checkbox", "radio"].includes(field.type)) field.checked = fields.getAll(field.name).includes(field.value);
        else if (field.multiple) for (const option of field.options) option.selected = fields.getAll(field.name).includes(option.value);
        else if (fields.has(field.name)) field.value = fields.get(field.name);
      }
      // What was typed upon an older text stays tied to it, so that the server sees a conflict and nobody is overwritten.
      if (form.elements.version && fields.has("version")) form.elements.version.value = fields.get("version");
      tries = 1; later(500);
    }
    form.addEventListener("input", (event) => { if (!event.isComposing) later(1000); });
    form.addEventListener("compositionend", () => later(1000));
    form.addEventListener("change", () => later(1000));
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if ("sending" in form.dataset || (typed(form).toString() === last && !tries)) return;
      event.preventDefault();
      send(event.submitter);
    });
    for (const moment of ["online", "pageshow"]) addEventListener(moment, () => { if (tries) later(0); });
    document.addEventListener("visibilitychange", () => { if (document.hidden || tries) save(); });
  }

  // --- Leaving a changed form ------------------------------------------------------------------------
  function guard(form) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }

  // --- Sums while typing: blank is not zero ------------------------------------------------------------
  const number = (text) => { const digits = text.replace(/[\s.,\u00a0]/g, ""); return /^\d+$/.test(digits) ? Number(digits) : null; };
  function sums(root = document) {
    for (const output of all("output[data-sum]", root)) {
      const parts = all("[data-adds]").filter((field) => field.dataset.adds.split(" ").includes(output.dataset.sum))
        .map((field) => number(field.value)).filter((value) => value !== null);
      output.textContent = parts.length ? parts.reduce((a, b) => a + b, 0).toLocaleString(document.documentElement.lang) : "–";
    }
  }

  // --- Photos are made smaller before they travel; the server checks and re-encodes them anyway ----------
  async function shrink(field) {
    const files = [];
    for (const file of field.files) files.push(await smaller(file).catch(() => file));
    const box = new DataTransfer();
    files.forEach((file) => box.items.add(file));
    field.files = box.files;
    const told = field.form && field.form.querySelector("[data-photo-size]");
    if (told) told.textContent = files.map((file) => `${file.name}: ${Math.round(file.size / 1024).toLocaleString(document.documentElement.lang)} kB`).join(", ");
  }
  // Files are also taken by dropping them anywhere on the form, and by pasting a picture; both add to what is chosen.
  function take(field, files) {
    const box = new DataTransfer();
    for (const file of [...field.files, ...files]) box.items.add(file);
    field.files = box.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const photoField = (root) => root.querySelector("input[type=file][data-photo]");
  document.addEventListener("paste", (event) => {
    const field = photoField(document), files = event.clipboardData ? event.clipboardData.files : [];
    if (field && files.length) { event.preventDefault(); take(field, files); }
  });
  for (const moment of ["dragover", "drop"]) document.addEventListener(moment, (event) => {
    const form = event.target.closest("form"), field = form && photoField(form);
    if (!field || event.target === field || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (moment === "drop") take(field, event.dataTransfer.files);
  });
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && (scale < 1 || blob.size < file.size) ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  }

  // --- A long choice of several becomes a list to narrow down and tick; the field itself still sends it --------
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  function picker(select) {
    const label = select.form && select.id ? select.form.querySelector(`label[for="${select.id}"]`) : null;
    if (!label) return;
    const make = (tag, fields) => Object.assign(document.createElement(tag), fields);
    const box = make("div", { className: "picker" }), list = make("div", { className: "picker-list" });
    const filter = make("input", { type: "search", placeholder: words("narrow"), autocomplete: "off" });
    filter.setAttribute("aria-label", `${label.firstChild.textContent.trim()}: ${words("narrow")}`);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label.firstChild.textContent.trim());
    const rows = [...select.options].sort((a, b) => b.selected - a.selected).map((option) => {
      const row = make("label", { className: "check" }), tick = make("input", { type: "checkbox", checked: option.selected });
      tick.addEventListener("change", () => { option.selected = tick.checked; select.dispatchEvent(new Event("change", { bubbles: true })); });
      row.append(tick, make("span", { textContent: option.text }));
      return row;
    });
    const narrow = () => { const wanted = fold(filter.value); for (const row of rows) row.hidden = !fold(row.textContent).includes(wanted); };
    filter.addEventListener("input", (event) => { event.stopPropagation(); narrow(); });
    filter.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
    list.append(...rows);
    box.append(...(rows.length > 8 ? [filter, list] : [list]));
    select.hidden = true;
    select.required = false; // the server says what is missing; a hidden field could not
    label.removeAttribute("for");
    select.after(box);
  }

  // --- Keys: only outside fields, never while an input method composes a letter -----------------------------
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const menu = document.querySelector("details.menu[open]");
    if (event.key === "Escape" && menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    if (event.target.closest("input, textarea, select, [contenteditable], dialog") || stored("no-shortcuts")) return;
    if (event.key === "/") {
      const field = all("[data-search]").find((each) => each.offsetParent);
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    } else if (event.key === "n") {
      const link = document.querySelector(".rail-log");
      if (link) { event.preventDefault(); location.assign(link.href); }
    } else if (event.key === "?") {
      const list = document.getElementById("shortcuts");
      if (list) { event.preventDefault(); list.showModal(); }
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => { copy.textContent = copy.dataset.copied || copy.textContent; });
    if (event.target.closest("[data-print]")) window.print();
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open).showModal();
    if (event.target.closest("[data-logout]")) all("form[data-autosave]").length || Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => localStorage.removeItem(key));
  });

  // --- Start, and again for parts that htmx brings ---------------------------------------------------------
  function start(root = document) {
    for (const form of all("form[data-autosave]:not([data-started])", root)) { form.dataset.started = ""; autosave(form); }
    for (const form of all("form[data-guard]:not([data-started])", root)) { form.dataset.started = ""; guard(form); }
    for (const today of all("[data-today]", root)) { const box = today.parentElement; box.scrollLeft = box.scrollWidth * Number(today.dataset.today || 0) - box.clientWidth / 2; }
    for (const select of all("select[multiple]:not([hidden])", root)) picker(select);
    for (const opener of all("[data-open][hidden]", root)) opener.hidden = false;
    for (const tick of all("[data-shortcuts]", root)) tick.checked = !stored("no-shortcuts");
    sums();
  }
  document.addEventListener("input", (event) => { if (event.target.matches("[data-adds]")) sums(); });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-photo]")) shrink(event.target);
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
    if (event.target.matches("[data-shortcuts]")) event.target.checked ? localStorage.removeItem("no-shortcuts") : localStorage.setItem("no-shortcuts", "1");
  });
  document.addEventListener("htmx:afterSwap", (event) => start(event.target));
  for (const event of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(event, () => { const notes = document.getElementById("notes"); if (notes) notes.textContent = words("offline"); });
  start();
})();
