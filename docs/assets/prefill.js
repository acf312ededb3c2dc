// The parties' names, typed once on /arbetsblad/ and kept in this browser only, go into the worksheets downloaded here.
(() => {
  "use strict";
  const KEY = "partnerskapsguiden-uppgifter";
  const TAGS = ["bestallare", "utforare", "avtal", "avtalsperiod"];
  const FORM = new URL("../arbetsblad/#forifyll", document.currentScript.src);
  const UNWRITABLE = /\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu; // what XML cannot hold

  /** What is kept, or null. A browser that refuses to keep anything has nothing kept. */
  function kept() {
    try {
      const values = JSON.parse(localStorage.getItem(KEY));
      return clean((tag) => values[tag]);
    } catch {
      return null;
    }
  }

  /** Tag → text, for the fields that have one; null when none has. */
  function clean(read) {
    const entries = TAGS.map((tag) => [tag, String(read(tag) ?? "").replace(UNWRITABLE, " ").trim()]);
    const filled = entries.filter(([, text]) => text);
    return filled.length ? Object.fromEntries(filled) : null;
  }

  function keep(values) {
    try {
      if (values) localStorage.setItem(KEY, JSON.stringify(values));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  // ---------------------------------------------------------------- downloads

  const fillable = (link) =>
    (link.origin === location.origin || link.protocol === "file:") && /\/ladda-ner\/[^/]+\.(docx|xlsx|zip)$/.test(link.pathname) && !/-exempel\.\w+$/.test(link.pathname);

  async function filled(link, values) {
    await window.guideLoad("parts.js");
    const { bytesOf, fillTool } = window.guideParts;
    const [blank, { fill }] = await Promise.all([bytesOf(link.pathname.slice(link.pathname.lastIndexOf("/ladda-ner/") + 1)), fillTool()]);
    const bytes = fill(blank, fileName(link), values);
    return URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  }

  const fileName = (link) => decodeURIComponent(link.pathname.split("/").pop());

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const plainClick = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const values = plainClick && link && fillable(link) ? kept() : null;
    if (!values || event.defaultPrevented) return;
    event.preventDefault();
    try {
      const address = await filled(link, values);
      save(address, fileName(link));
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch {
      save(link.href, fileName(link));
      say(notice(), "Filen gick inte att fylla i. Ni har fått den tom.");
    }
  });

  // ---------------------------------------------------------------- what the reader is told

  const say = (status, text) => {
    if (status) status.textContent = text;
  };

  /** The page's line about filled-in files, which stands before the first of them; made when it is first needed. */
  function notice() {
    const there = document.querySelector("[data-prefilled]");
    const first = [...document.links].find(fillable);
    if (there || !first) return there;
    const line = document.createElement("p");
    line.className = "meta";
    line.dataset.prefilled = "";
    line.setAttribute("role", "status");
    let block = first;
    while (!block.parentElement.matches("article, section, body")) block = block.parentElement;
    block.before(line);
    return line;
  }

  function tell(values) {
    const line = values ? notice() : document.querySelector("[data-prefilled]");
    if (!line) return;
    line.replaceChildren();
    if (!values) return;
    const parties = [values.bestallare, values.utforare].filter(Boolean).join(" och ") || "era uppgifter";
    const change = document.createElement("a");
    change.href = FORM.href;
    change.textContent = "Ändra eller glöm uppgifterna";
    line.append(`Word- och Excelfiler som ni hämtar här fylls i med ${parties}. PDF-filerna är tomma. `, change);
  }

  // ---------------------------------------------------------------- the form on /arbetsblad/

  function showForm(box) {
    const form = box.querySelector("form");
    const field = (tag) => form.elements.namedItem(tag);
    const status = form.querySelector("[role=status]");
    const problem = form.querySelector(".problem");

    const show = (values) => {
      for (const tag of TAGS) field(tag).value = values?.[tag] ?? "";
      form.querySelector("[type=reset]").disabled = !values;
      tell(values);
    };
    const complain = (text) => {
      problem.textContent = text;
      for (const tag of TAGS) {
        if (text) field(tag).setAttribute("aria-invalid", "true");
        else field(tag).removeAttribute("aria-invalid");
      }
      if (text) field(TAGS[0]).focus();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = clean((tag) => field(tag).value);
      say(status, "");
      complain(values ? "" : "Fyll i minst ett av fälten.");
      if (!values) return;
      if (!keep(values)) {
        say(status, "Webbläsaren låter inte sidan spara något. Filerna hämtas tomma.");
        return;
      }
      show(values);
      say(status, "Sparat i den här webbläsaren. Word- och Excelfiler som ni hämtar härifrån fylls i.");
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      complain("");
      keep(null);
      show(null);
      say(status, "Glömt. Filerna hämtas tomma.");
      field(TAGS[0]).focus();
    });
    const open = () => {
      if (location.hash !== FORM.hash) return;
      box.open = true;
      box.scrollIntoView();
    };
    addEventListener("hashchange", open);
    box.hidden = false;
    show(kept());
    open();
  }

  const box = document.getElementById(FORM.hash.slice(1));
  if (box) showForm(box);
  else tell(kept());
})();
