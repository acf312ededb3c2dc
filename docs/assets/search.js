// The search: in the header while typing, and as a page with an address (/sok/?q=…).
//
// What there is to find, and MiniSearch which finds it, are fetched when a reader turns to the search and not before. Both
// are ordinary scripts, so that the search also works where the site is opened from a folder.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const from = (path) => new URL(path, here).href;
  const root = from("../");

  // ---------------------------------------------------------------- fetching

  let ready;
  /** The search, when it has been fetched. */
  const search = () => (ready ??= Promise.all(["vendor/minisearch.js", "search-data.js"].map(window.guideLoad)).then(prepare));

  // ---------------------------------------------------------------- words

  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => folded(text).match(/[a-z0-9]+/g) ?? [];

  /** Everything that is known, and how a question is asked of it. */
  function prepare() {
    const data = window.guideSearchData;
    const engine = MiniSearch.loadJS(data.index, { fields: Object.keys(data.fields), tokenize: (text) => [text], processTerm: (term) => term });
    const known = new Set(data.index.index.map(([word]) => word));
    const endings = [...data.endings].sort((a, b) => b.length - a.length);
    const stopWords = new Set(data.stopWords);
    const titles = data.documents.map((document) => [document.t, ...(document.a ?? [])].map((title) => words(title).join(" ")));

    /** The known words that a typed one is a form of. */
    const stems = (word) => {
      const found = known.has(word) ? [word] : [];
      for (const ending of endings) {
        const rest = word.slice(0, -ending.length);
        if (word.endsWith(ending) && rest.length >= 3 && known.has(rest)) found.push(rest);
      }
      // «rättidighet» is not a form of «rätt»: what is left is most of the word
      return found.filter((stem) => stem.length >= word.length / 2).slice(0, 3);
    };

    /** The known words that a typed compound begins and ends with, the longest of each; in Swedish the last says what it is. */
    const parts = (word) => {
      const cuts = Array.from({ length: Math.max(word.length - 6, 0) }, (_, n) => n + 4);
      const last = cuts.map((at) => stems(word.slice(at - 1))).find((found) => found.length) ?? [];
      const begun = [...cuts].reverse().map((at) => word.slice(0, at));
      const first = begun.map((part) => [...stems(part), ...stems(part.replace(/s$/, ""))]).find((found) => found.length) ?? [];
      return { first, last };
    };

    const either = (...queries) => ({ combineWith: "OR", queries });
    const exactly = (list, weight = 1) => ({ combineWith: "OR", queries: list, boostTerm: () => weight });

    /** What a typed word is looked for as. The last one may be half typed. */
    const asked = (word, isLast) => {
      const found = stems(word);
      const alike = [word, ...found].flatMap((stem) => data.synonyms[stem] ?? []);
      const ways = [];
      if (found.length) ways.push(exactly(found));
      if (alike.length) ways.push(exactly(alike, 0.6));
      if (word.length >= 3 && (isLast || !found.length)) ways.push({ queries: [word], prefix: true, boostTerm: () => 0.5 });
      const { first, last } = parts(word);
      const weight = found.length ? 0.4 : 1;
      if (last.length) ways.push(exactly(last, 1.2 * weight));
      if (first.length) ways.push(exactly(first, (last.length ? 0.4 : 0.8) * weight));
      if (!found.length && word.length >= 4) {
        ways.push({ queries: [word], fuzzy: word.length > 7 ? 2 : 1, prefix: false, boostTerm: () => 0.5 });
      }
      return ways.length ? either(...ways) : undefined;
    };

    const options = {
      boost: data.fields,
      boostDocument: (id) => ({ Frågor: 1.05, Källor: 0.15, Workshoppar: 0.5 })[data.documents[id].k] ?? 1,
    };

    /** The documents that a text leads to, best first. */
    return (text) => {
      const typed = words(text);
      const telling = typed.filter((word) => !stopWords.has(word));
      const used = telling.length ? telling : typed;
      // «risk register» and «avtals ansvarig» are one word written as two
      const joined = used.slice(1).map((word, n) => used[n] + word).filter((word) => stems(word).length || data.synonyms[word]);
      const queries = used.map((word, n) => asked(word, n === used.length - 1)).filter(Boolean);
      if (!queries.length) return [];
      const all = engine.search({ combineWith: "AND", queries }, options);
      const any = engine.search(either(...queries, ...joined.map((word) => exactly([...stems(word), ...(data.synonyms[word] ?? [])], 4))), options);
      const best = new Map();
      for (const { id, score } of any) best.set(id, score);
      for (const { id, score } of all) best.set(id, (best.get(id) ?? 0) + score + 10);
      const whole = typed.join(" ");
      titles.forEach((names, id) => {
        if (names.includes(whole)) best.set(id, (best.get(id) ?? 0) + 1000);
      });
      const marked = new Set(used.flatMap((word) => [word, ...stems(word)]).filter((word) => word.length > 2));
      return [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => ({ ...data.documents[id], marked }));
    };
  }

  // ---------------------------------------------------------------- showing

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** The text with the words that were looked for marked. */
  const withMarks = (text, marked) =>
    text.split(/(\p{L}+)/u).map((piece) => {
      const word = folded(piece);
      const hit = [...marked].some((wanted) => word === wanted || (wanted.length > 3 && word.startsWith(wanted)));
      return hit ? element("mark", {}, piece) : piece;
    });

  const link = (found, part = "") => element("a", { href: root + found.p + (part ? `#${part}` : "") });

  /** A document as a result: its title, what it is, and what there is to fetch. */
  const result = (found, brief) => {
    const title = link(found);
    title.append(...withMarks(found.t, found.marked));
    const made = element("li", { "data-result": "" }, title, " ", element("span", { class: "meta" }, found.k));
    if (brief) return made;
    if (found.l) made.append(element("p", {}, ...withMarks(found.l, found.marked)));
    const heading = Object.entries(found.h ?? {}).find(([, text]) => words(text).some((word) => found.marked.has(word)));
    if (heading) {
      const part = link(found, heading[0]);
      part.append(heading[1]);
      made.append(element("p", { class: "meta" }, "Avsnittet ", part));
    }
    if (found.f) {
      const files = found.f.map(([label, path]) =>
        element("a", { class: "download", download: "", href: root + path, "aria-label": `${found.t}, ${label}` }, label),
      );
      made.append(element("p", {}, ...files.flatMap((file) => [file, " "])));
    }
    return made;
  };

  const said = (number) => (number === 0 ? "Inga träffar." : number === 1 ? "En träff." : `${number} träffar.`);

  // ---------------------------------------------------------------- the page

  const BEST = 8, MOST = 60; // results shown first, and altogether

  const page = document.getElementById("sokning");
  if (page) {
    const box = page.querySelector("input[name=q]");
    const list = page.querySelector("[data-results]");
    const status = page.querySelector("[role=status]");
    const show = async () => {
      const text = box.value.trim();
      const found = text ? (await search())(text).slice(0, MOST) : [];
      if (text !== box.value.trim()) return; // more has been typed meanwhile
      list.replaceChildren(...sections(found));
      status.textContent = text ? said(found.length) : "";
      page.querySelector("[data-none]").hidden = !text || found.length > 0;
    };
    const sections = (found) => {
      const best = found.slice(0, BEST), rest = found.slice(BEST);
      const made = best.length ? [element("ol", { class: "results" }, ...best.map((one) => result(one)))] : [];
      for (const kind of new Set(rest.map((one) => one.k))) {
        const ofKind = rest.filter((one) => one.k === kind);
        made.push(
          element("details", { class: "more" },
            element("summary", {}, `${kind} (${ofKind.length} till)`),
            element("ul", { class: "results" }, ...ofKind.map((one) => result(one, true)))),
        );
      }
      return made;
    };
    const remember = () => history.replaceState(null, "", box.value.trim() ? `?q=${encodeURIComponent(box.value.trim())}` : location.pathname);
    page.addEventListener("submit", (event) => {
      event.preventDefault();
      remember();
      show();
    });
    box.addEventListener("input", () => {
      remember();
      show();
    });
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    page.hidden = false;
    show();
  }

  // ---------------------------------------------------------------- the header

  const FIRST = 6; // results shown while typing
  const form = document.querySelector("form.site-search");
  if (form && !page) {
    const box = form.querySelector("input");
    const panel = element("div", { class: "site-search-panel", hidden: "" });
    const status = element("p", { role: "status", class: "site-search-status" });
    form.append(panel);
    const close = () => {
      panel.hidden = true;
    };
    const show = async () => {
      const text = box.value.trim();
      if (text.length < 2) return close();
      const found = (await search())(text);
      if (text !== box.value.trim()) return undefined;
      const all = element("a", { href: `${root}sok/?q=${encodeURIComponent(text)}` }, "Visa alla träffar");
      status.textContent = said(found.length);
      panel.replaceChildren(status, element("ul", { class: "results" }, ...found.slice(0, FIRST).map((one) => result(one, true))), all);
      panel.hidden = false;
      return undefined;
    };
    const step = (by) => {
      const stops = [box, ...panel.querySelectorAll("a")];
      stops[(stops.indexOf(document.activeElement) + by + stops.length) % stops.length].focus();
    };
    box.addEventListener("focus", () => search().then(show, () => {}));
    box.addEventListener("input", show);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault(); // what was typed stays
        close();
        box.focus();
      } else if (!panel.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
      }
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close();
    });
  }
})();
