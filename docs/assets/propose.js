// Proposing on the page: a text at a time, into a basket that lies in this browser until its owner sends it.
//
// Fetched when someone turns to it. Nothing is sent by this script: a proposal leaves as a link that is followed, a text that
// is copied or a file that is saved. Works where the site is opened from a folder.
(() => {
  "use strict";
  const { element, button, labelled, choice, kept, keep, saveAs, copied, load } = window.guideParts;
  const [BASKET, DRAFTS, PART] = ["korg", "forslagsutkast", "part"];

  // ---------------------------------------------------------------- what is kept

  const basket = () => kept(BASKET, []);
  const keyOf = (change) => (change.new_record ? `${change.new_record}:${change.fields.title}` : `${change.record}:${change.field}`);
  /** Another tab may have put something there: what lies in the basket is read again before anything is added. */
  const put = (change) => keep(BASKET, [...basket().filter((other) => keyOf(other) !== keyOf(change)), change]);
  const takeOut = (change) => keep(BASKET, basket().filter((other) => keyOf(other) !== keyOf(change)));
  const draft = (key) => kept(DRAFTS, {})[key];
  const keepDraft = (key, value) => {
    const { [key]: _, ...others } = kept(DRAFTS, {});
    return keep(DRAFTS, value ? { ...others, [key]: value } : others);
  };

  // ---------------------------------------------------------------- fetching

  const whole = async () => (await load("propose/index.js"), window.guideProposing);
  const placesOf = async (record) => (await load(`propose/${record}.js`), window.guidePlaces[record]);

  // ---------------------------------------------------------------- texts

  /** A text as it is compared: paragraphs on a line each, an empty line between. */
  const normal = (text) =>
    text
      .replaceAll("\r\n", "\n")
      .trim()
      .split(/\n[ ]*\n\s*/)
      .map((part) => part.split(/\s+/).filter(Boolean).join(" "))
      .filter(Boolean)
      .join("\n\n");

  /** The words of two texts as one: [fate, words]. The longest row of words that both have, by the usual table. */
  const marked = (before, after) => {
    const [old, now] = [before, after].map((text) => text.match(/\S+\s*/g) ?? []);
    if (old.length * now.length > 4e6) return [["bort", before], ["nytt", after]];
    const same = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
    for (let i = old.length - 1; i >= 0; i--) {
      for (let j = now.length - 1; j >= 0; j--) same[i][j] = old[i] === now[j] ? same[i + 1][j + 1] + 1 : Math.max(same[i + 1][j], same[i][j + 1]);
    }
    const found = [];
    const add = (fate, word) => (found.at(-1)?.[0] === fate ? (found.at(-1)[1] += word) : found.push([fate, word]));
    let [i, j] = [0, 0];
    while (i < old.length || j < now.length) {
      if (i < old.length && j < now.length && old[i] === now[j]) add("kvar", old[i]), i++, j++;
      else if (i < old.length && (j === now.length || same[i + 1][j] >= same[i][j + 1])) add("bort", old[i++]);
      else add("nytt", now[j++]);
    }
    return found;
  };

  const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/;
  /** What the checker would say of a text; an empty text for nothing. */
  const wrong = (place, text) => {
    const told = normal(text);
    if (!told) return "Texten är tom.";
    if (told.length > place.limit) return `Texten är ${told.length} tecken, och högst ${place.limit} får plats.`;
    if (!place.long && told.includes("\n")) return "Texten ska vara ett enda stycke.";
    if (INVISIBLE.test(text)) return "Texten innehåller ett osynligt tecken. Skriv om stället för hand.";
    return "";
  };

  // ---------------------------------------------------------------- elements

  const difference = (before, after) => {
    const tags = { kvar: "span", bort: "del", nytt: "ins" };
    return element("p", { className: "propose-difference" }, ...marked(before, after).map(([fate, text]) => element(tags[fate], { textContent: text })));
  };
  let count = 0;
  /** A dialog of the browser's own: it keeps the keyboard inside, and closes with Escape. */
  const dialog = (title, ...children) => {
    const heading = element("h2", { textContent: title, id: `forslag-rubrik-${++count}` });
    const made = element("dialog", { className: "propose md-typeset", "aria-labelledby": heading.id }, heading, ...children);
    made.addEventListener("close", () => made.remove());
    document.body.append(made);
    made.showModal();
    return made;
  };

  // ---------------------------------------------------------------- one change

  /** Lets the reader choose a text of a record and write another. `at` is the path of the one at hand. */
  async function change(record, at) {
    const [guide, told] = await Promise.all([whole(), placesOf(record)]);
    const places = new Map(told.places.map((place) => [place.path, place]));
    const choose = choice([...places].map(([path, place]) => [path, `${place.label}${place.text ? `: ${place.text.slice(0, 50)}` : ""}`]), at);
    const writing = element("div");
    const box = dialog(`Föreslå en ändring: ${told.title}`, labelled("Vad vill du ändra?", choose), writing);
    const show = () => writing.replaceChildren(...editor(guide, told, places.get(choose.value), box));
    choose.addEventListener("change", show);
    show();
    (at ? writing.querySelector("textarea, select, input") : choose)?.focus();
  }

  function editor(guide, told, place, box) {
    const key = `${told.record}:${place.path}`;
    const before = draft(key) ?? basket().find((one) => keyOf(one) === key) ?? {};
    const was = place.text ?? "";
    const control = controlFor(guide, place, before.new ?? was);
    const away = element("input", { type: "checkbox", checked: Boolean(before.remove) });
    const reason = element("textarea", { rows: 3, value: before.reason ?? "", maxLength: 2000 });
    const status = element("p", { role: "status", className: "meta" });
    const preview = element("div");
    const moved = before.old && place.old && before.old !== place.old;
    const read = () => ({ record: told.record, title: told.title, label: place.label, field: place.path, edition: guide.edition, was, ...(place.old ? { old: place.old } : {}), ...(away.checked ? { remove: true } : { new: normal(control.value) }), reason: reason.value.trim() });
    const show = () => {
      control.disabled = away.checked;
      const problem = away.checked ? "" : wrong(place, control.value);
      const size = away.checked ? "" : `${normal(control.value).length} av högst ${place.limit} tecken. `;
      const saved = keepDraft(key, read());
      status.textContent = size + problem + (saved ? "" : " Webbläsaren sparar inte utkastet: lägg det i korgen och skicka det innan du stänger.");
      preview.replaceChildren(difference(was, away.checked ? "" : normal(control.value)));
      return problem;
    };
    const add = () => {
      const problem = show();
      if (problem || (!away.checked && normal(control.value) === was)) {
        status.textContent = problem || "Texten är densamma som i dag. Ändra något först.";
        control.focus();
        return;
      }
      put(read());
      keepDraft(key);
      done(box);
    };
    for (const one of [control, away, reason]) one.addEventListener("input", show);
    if (Object.keys(before).length) show();
    else preview.replaceChildren(difference(was, was));
    return [
      ...(moved ? [element("p", { className: "fictitious", textContent: "Texten har ändrats sedan du skrev ditt utkast. Ditt utkast står kvar nedan; dagens text syns i jämförelsen." }), ...(before.was ? [element("p", { textContent: `Då stod det: ${before.was}` })] : [])] : []),
      labelled(place.text === undefined ? "Det här vill du lägga till" : "Ny text", control),
      ...(place.item && place.text !== undefined ? [element("p", {}, element("label", {}, away, " Ta bort punkten"))] : []),
      status,
      element("h3", { textContent: "Så blir det" }),
      preview,
      labelled("Vad har du sett i praktiken?", reason, "Skälet till ändringen. Namnge inga personer, och skriv inget ur ett avtal som inte är offentligt."),
      element("p", { className: "buttons" }, button("Lägg i korgen", add, true), " ", button("Stäng", () => box.close())),
    ];
  }

  const controlFor = (guide, place, value) => {
    if (place.choices) return choice(place.choices.map((word) => [word, word]), value);
    if (place.folder) return choice(Object.entries(guide.records[place.folder].titles), value);
    return element("textarea", { rows: Math.min(12, 3 + Math.ceil(value.length / 70)), value, spellcheck: true, lang: "sv" });
  };

  function done(box) {
    const number = basket().length;
    box.replaceChildren(
      element("h2", { textContent: "Ändringen ligger i korgen" }),
      element("p", { textContent: `Korgen har ${number} ${number === 1 ? "ändring" : "ändringar"}. Inget är skickat. Du kan ändra mer, på den här sidan eller på andra, och skicka allt på en gång.` }),
      element("p", { className: "buttons" }, element("a", { className: "md-button md-button--primary", href: basketPage(), textContent: "Gå till korgen" }), " ", button("Fortsätt läsa", () => box.close())),
    );
    box.querySelector("a").focus();
    counted();
  }

  const basketPage = () => `${document.querySelector("[data-propose]")?.dataset.propose ?? ""}#korg`;
  const counted = () => {
    for (const place of document.querySelectorAll("[data-basket-count]")) place.textContent = basket().length ? ` (${basket().length} i korgen)` : "";
  };

  // ---------------------------------------------------------------- at the texts themselves

  /** A button at each text of the record that can be found on the page. */
  async function atTheTexts(record) {
    const told = await placesOf(record);
    const all = [...document.querySelectorAll("article :is(p, li, dd, td, h1)")].filter((one) => !one.closest(".draft, .edit, .about, form, nav"));
    const texts = all.map((one) => one.textContent.replace(/\s+/g, " "));
    for (const place of told.places) {
      const begins = place.text?.split("[[")[0].split("\n")[0].slice(0, 80).trim();
      if (!begins || begins.length < 12 || place.folder) continue;
      // The innermost that holds it, and of several the first: a step stands again in the agenda below.
      const holding = all.filter((_, index) => texts[index].includes(begins));
      const found = holding.find((one) => !holding.some((other) => other !== one && one.contains(other)));
      if (found) found.append(" ", element("button", { type: "button", className: "propose-here", textContent: "Ändra", "aria-label": `Ändra: ${place.label}`, onclick: () => change(record, place.path) }));
    }
  }

  // ---------------------------------------------------------------- something new

  async function fresh(folder) {
    const guide = await whole();
    const choose = choice(guide.new.map((kind) => [kind.folder, kind.name]), folder);
    const writing = element("div");
    const box = dialog("Föreslå något nytt", labelled("Vad vill du föreslå?", choose), writing);
    const show = () => writing.replaceChildren(...blank(guide, guide.new.find((kind) => kind.folder === choose.value), box));
    choose.addEventListener("change", show);
    show();
    choose.focus();
  }

  function blank(guide, kind, box) {
    const key = `ny:${kind.folder}`;
    const before = draft(key) ?? {};
    const controls = new Map(kind.fields.map((field) => [field, fieldControl(guide, field, before[field.name] ?? "")]));
    const status = element("p", { role: "status", className: "meta" });
    const read = () => Object.fromEntries([...controls].map(([field, control]) => [field.name, control.value.trim()]));
    for (const control of controls.values()) control.addEventListener("input", () => keepDraft(key, read()));
    const add = () => {
      const fields = {};
      for (const [field, control] of controls) {
        const text = normal(control.value);
        if (!text && !field.required) continue;
        const problem = text ? wrong(field, field.many ? text.replaceAll("\n\n", " ") : control.value) : "Fältet är tomt.";
        if (problem) {
          status.textContent = `${field.label}: ${problem}`;
          control.focus();
          return;
        }
        fields[field.name] = field.many ? control.value.split("\n").map((line) => line.trim()).filter(Boolean) : text;
      }
      put({ new_record: kind.folder, fields, title: fields.title, label: `${kind.name}, ny`, edition: guide.edition, reason: "" });
      keepDraft(key);
      done(box);
    };
    return [
      ...(kind.whole ? [] : [element("p", { textContent: "Skriv idén med egna ord. Redaktionen skriver posten tillsammans med dig." })]),
      ...[...controls].map(([field, control]) => labelled(`${field.label}${field.required ? "" : " (får utelämnas)"}`, control, `${field.help}${field.many ? " En på varje rad." : ""}`)),
      status,
      element("p", { className: "buttons" }, button("Lägg i korgen", add, true), " ", button("Stäng", () => box.close())),
    ];
  }

  const fieldControl = (guide, field, value) => {
    const none = field.required ? [] : [["", "–"]];
    if (field.choices) return choice([...none, ...field.choices.map((word) => [word, word])], value);
    if (field.folder && !field.many) return choice([...none, ...Object.entries(guide.records[field.folder].titles)], value);
    return element("textarea", { rows: field.long || field.many ? 4 : 1, value, lang: "sv" });
  };

  // ---------------------------------------------------------------- the basket, and the three doors

  const sent = (change) => {
    const names = change.new_record ? ["new_record", "fields"] : ["record", "field", "old", "new", "remove"];
    return Object.fromEntries([...names, "reason"].filter((name) => change[name]).map((name) => [name, change[name]]));
  };
  const code = (guide, part) => JSON.stringify({ partnerskapsguiden: guide.version, edition: basket()[0]?.edition ?? guide.edition, part, changes: basket().map(sent) });

  /** The number that the answer will have: the same sum as scripts/proposals/proposal.py. Empty where the browser cannot add it up. */
  async function numberOf(text) {
    if (!globalThis.crypto?.subtle) return "";
    const told = JSON.parse(text);
    const changes = told.changes.map((one) => ({ record: null, field: null, old: null, new: null, remove: false, new_record: null, fields: {}, reason: "", ...one }));
    const sorted = (value) => (Array.isArray(value) ? value.map(sorted) : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value);
    const bytes = new TextEncoder().encode(JSON.stringify(sorted({ ...told, changes })));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return `F-${[...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }

  async function show(place) {
    const guide = await whole();
    const found = basket();
    if (!found.length) {
      place.replaceChildren(element("p", { textContent: "Korgen är tom. Välj «Föreslå en ändring av sidan» längst ned på en sida, eller föreslå något nytt." }), element("p", {}, button("Föreslå något nytt", () => fresh())));
      return;
    }
    const part = choice([["beställare", "beställare"], ["utförare", "utförare"], ["annan", "annan"]], kept(PART, "annan"));
    part.addEventListener("change", () => (keep(PART, part.value), show(place)));
    const text = code(guide, part.value);
    const number = await numberOf(text);
    const status = element("p", { role: "status" });
    const summary = `Förslag${number && ` ${number}`}: ${[...new Set(found.map((one) => one.title))].join(", ")}`.slice(0, 200);
    const link = `${guide.repository}/issues/new?template=forslag-fran-sidan.yml&title=${encodeURIComponent(summary)}&kod=${encodeURIComponent(text)}`;
    const short = new TextEncoder().encode(link).length <= guide.longest;
    const copy = async (told) => {
      const done = await copied(text);
      status.textContent = done ? told : "Webbläsaren kopierade inte. Texten är markerad: kopiera den själv.";
      area.hidden = done;
      if (!done) area.select();
    };
    const area = element("textarea", { readOnly: true, hidden: true, rows: 6, value: text, "aria-label": "Förslagets kod" });
    const github = short
      ? element("a", { className: "md-button md-button--primary", href: link, target: "_blank", rel: "noopener", textContent: "Lägg fram på GitHub" })
      : button("Kopiera och öppna GitHub", async () => (await copy("Förslaget är kopierat. Klistra in det i rutan Kod på sidan som öppnades."), window.open(`${guide.repository}/issues/new?template=forslag-fran-sidan.yml`, "_blank", "noopener")), true);
    const save = button("Spara som fil", () => {
      saveAs(`forslag${number && `-${number}`}.json`, text);
      status.textContent = "Filen är sparad bland dina hämtade filer.";
    });
    const mail = guide.email ? [" ", element("a", { className: "md-button", href: `mailto:${guide.email}?subject=${encodeURIComponent(summary)}&body=${encodeURIComponent("Bifoga den sparade filen, eller klistra in den kopierade texten här.")}`, textContent: "Öppna ett mejl" })] : [];
    place.replaceChildren(
      element("p", { textContent: `${found.length} ${found.length === 1 ? "ändring" : "ändringar"}${number && `, förslag ${number}`}. Korgen ligger bara i den här webbläsaren. Ingenting är skickat.` }),
      ...found.map((one) => item(one, place)),
      labelled("Vem är du?", part),
      element("h3", { textContent: "Skicka på det sätt som passar dig" }),
      element("p", { textContent: short ? "Logga in på GitHub först, annars kan texten gå förlorad där. Den ligger kvar här tills du tömmer korgen." : "Förslaget är för långt för en länk. Logga in på GitHub först; texten kopieras, och du klistrar in den." }),
      element("p", { className: "buttons" }, github, " ", button("Kopiera texten", () => copy("Förslaget är kopierat. Klistra in det i ett mejl till redaktionen.")), " ", save, ...mail),
      area,
      status,
      element("p", {}, button("Föreslå något nytt", () => fresh()), " ", button("Töm korgen", () => confirm("Ta bort alla ändringar ur korgen?") && (keep(BASKET, []), show(place)))),
    );
  }

  const item = (one, place) =>
    element(
      "section",
      { className: "propose-item" },
      element("h3", { textContent: `${one.title}: ${one.label}` }),
      one.new_record ? element("p", { textContent: Object.entries(one.fields).map(([, text]) => [text].flat().join(", ")).join(" · ") }) : difference(one.was ?? "", one.remove ? "" : one.new),
      ...(one.reason ? [element("p", { className: "meta", textContent: `Skäl: ${one.reason}` })] : []),
      element("p", {}, button("Ta bort ur korgen", () => (takeOut(one), counted(), show(place)))),
    );

  // ---------------------------------------------------------------- ways in

  window.guidePropose = { change, fresh, atTheTexts, counted };
  const place = document.querySelector("[data-basket]");
  if (place) {
    if (basket().length) show(place);
    addEventListener("storage", (event) => event.key === window.guideParts.PREFIX + BASKET && show(place));
    document.addEventListener("close", (event) => event.target instanceof HTMLDialogElement && show(place), true);
  }
  counted();
})();
