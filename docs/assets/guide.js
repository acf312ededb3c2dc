// Fetches a script once, by its path in assets/. As an element and not as a module, so that it also works from a folder.
{
  const here = document.currentScript.src;
  const fetched = new Map();
  window.guideLoad = (path) => {
    if (!fetched.has(path)) {
      fetched.set(path, new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src: new URL(path, here).href, onload, onerror }))));
    }
    return fetched.get(path);
  };
}

// The theme may take the address' last part away before the form's own script has come.
if (location.hash === "#forifyll") document.getElementById("forifyll")?.setAttribute("open", "");

// What the theme leaves out: a way to scroll wide tables with the keyboard.
window.addEventListener("load", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
    table.tabIndex = 0;
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", "Tabell");
  }
});

// Filters a list: practices, worksheets, questions or indicators. Without script the whole list is shown and the form stays hidden.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const list = document.getElementById(form.dataset.filter);
  const status = form.querySelector("[role=status]");
  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    const found = new Set(); // a worksheet of several phases stands in each of them, and is one
    for (const section of list.querySelectorAll("section")) {
      let inSection = 0;
      for (const card of section.querySelectorAll("li[data-mark]")) {
        card.hidden = !wanted.every(([name, value]) => (card.dataset[name] ?? "").split(" ").includes(value));
        inSection += card.hidden ? 0 : 1;
        if (!card.hidden) found.add(card.querySelector("a").href);
      }
      section.hidden = inSection === 0;
    }
    const shown = found.size;
    status.textContent = shown ? `${shown} ${shown === 1 ? form.dataset.one : form.dataset.many} visas.` : "Inget passar. Välj färre villkor.";
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = form.elements.namedItem(name);
    if (select) select.value = value;
  }
  form.addEventListener("change", show);
  form.hidden = false;
  show();
});

// A sheet's address says which edition the sheet is of. Where there is a later one the page says so, and what differs.
document.addEventListener("DOMContentLoaded", () => {
  const draft = document.querySelector(".draft[data-edition]");
  const used = new URLSearchParams(location.search).get("utgava");
  if (!draft || !used || !/^\d+(\.\d+){1,2}$/.test(used) || used === draft.dataset.edition) return;
  const note = document.createElement("p");
  note.className = "fictitious";
  note.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = `${draft.dataset.news}#sedan-${used.replaceAll(".", "-")}`;
  link.textContent = "Se vad som är nytt";
  note.append(`Du kommer från ett blad i utgåva ${used}. Guiden är nu i utgåva ${draft.dataset.edition}. `, link, ".");
  draft.after(note);
});

// How long ago someone last read the record, counted when the page is read and not when it was made.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-read]")) {
    const years = new Date().getFullYear() - Number(place.dataset.read);
    if (years > 0) place.textContent = years === 1 ? "Det var i fjol." : `Det är ${years} år sedan.`;
  }
});

// The tools: each is fetched when a reader turns to it, after what they share. Without script the links lead where they stand.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".edit [data-propose]");
  const basket = document.querySelector("[data-basket]");
  const record = document.querySelector(".draft[data-record]")?.dataset.record;
  const tool = (name) => window.guideLoad("parts.js").then(() => window.guideLoad(name));
  const propose = () => tool("propose.js").then(() => window.guidePropose);
  /** Whether there is something to show. */
  const kept = (name) => {
    try {
      return (localStorage.getItem(name) ?? "[]") !== "[]";
    } catch {
      return false;
    }
  };
  const here = () => record ?? nearest();
  /** On a page that several records share: the one that was last scrolled to. */
  const nearest = () => {
    const shared = document.querySelector(".draft[data-shares]")?.dataset.shares;
    const passed = [...document.querySelectorAll("article h2[id]")].filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.6);
    const id = location.hash.slice(1) || passed.at(-1)?.id;
    return shared && id && document.getElementById(id)?.tagName === "H2" ? `${shared}/${id}` : null;
  };
  for (const link of document.querySelectorAll("[data-propose-new]")) {
    link.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      propose().then((tool) => tool.fresh(link.dataset.proposeNew));
    });
  }
  button?.addEventListener("click", (event) => {
    const name = here();
    if (!name) return;
    event.preventDefault();
    propose().then((tool) => tool.change(name));
    if (record && !button.dataset.shown) {
      button.dataset.shown = "yes";
      propose().then((tool) => tool.atTheTexts(record));
    }
  });
  if (basket && kept("partnerskapsguiden-korg")) propose();
  for (const button of document.querySelectorAll("[data-tool]")) {
    button.hidden = false;
    button.addEventListener("click", () => tool(button.dataset.tool));
  }
  if (document.getElementById("forifyll") || kept("partnerskapsguiden-uppgifter")) window.guideLoad("prefill.js");
  if (document.querySelector("[data-folder]") && kept("partnerskapsguiden-avtal")) tool("folder.js");
  if (document.querySelector("[data-reading]") && location.search) tool("reading.js");
});
