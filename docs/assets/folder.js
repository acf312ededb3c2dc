// A contract's folder: the sheets that are begun in this browser, what is to be done according to them, and all of it as one file.
(() => {
  "use strict";
  const { PREFIX, element, button, labelled, problem, moment, today, kept, keep, forget, saveAs, load, root, fillTool } = window.guideParts;
  const [DONE, MARK] = ["klart-", "avtalsmapp 1"];
  const LARGEST = 50e6; // bytes of a folder that is read in, unpacked
  const place = document.querySelector("[data-folder]");

  const day = (iso) => new Date(`${iso}T00:00:00`).toLocaleDateString("sv-SE", { day: "numeric", month: "short", year: "numeric" });

  // ---------------------------------------------------------------- what there is

  /** The contract's begun sheets: {form, state}. */
  async function begun(contract) {
    const sheet = window.guideSheet;
    const found = window.guideSheets.sheets.filter((id) => kept(`blad-${contract.id}-${id}`, null));
    await Promise.all(found.map((id) => load(`forms/${id}.js`)));
    return found.map((id) => ({ form: window.guideForms[id], state: sheet.stateOf(window.guideForms[id], contract.id) })).filter(({ form, state }) => sheet.touched(form, state));
  }

  /** What the sheets say is to be done, and the days that they hold, the nearest first: {what, who, by, keys, sheets}. */
  function toDo(sheets) {
    const found = sheets.flatMap(({ form, state }) =>
      window.guideSheet.questionsOf(form).flatMap((question) => {
        const base = { sheet: form };
        if (question.type === "date") return state.answers[question.id] ? [{ ...base, key: `${form.sheet}.${question.id}`, what: question.label, who: "", by: state.answers[question.id] }] : [];
        if (!question.todo) return [];
        return Array.from({ length: state.rows[question.id] ?? 0 }, (_, index) => {
          const at = (column) => (column ? (state.answers[`${question.id}.r${index + 1}.${column}`] ?? "") : "");
          const { what, who, by, status, done = [] } = question.todo;
          return { ...base, what: at(what), who: at(who), by: at(by), closed: done.includes(at(status)) };
        }).filter((one) => one.what).map((one) => ({ ...one, key: `${form.sheet}.${question.id}.${one.what}` }));
      }),
    );
    return once(found).sort((a, b) => (a.by || "9999").localeCompare(b.by || "9999"));
  }

  /** What stands in several sheets, such as a decision in the minutes and in the log, is one thing to do, with all its sheets. */
  function once(found) {
    const things = new Map();
    for (const { what, who, by, key, sheet, closed } of found) {
      const name = JSON.stringify([what, who, by]);
      const one = things.get(name) ?? { what, who, by, keys: [], sheets: [], closed: false };
      if (!one.sheets.includes(sheet)) one.sheets.push(sheet);
      one.keys.push(key);
      one.closed ||= Boolean(closed);
      things.set(name, one);
    }
    return [...things.values()].filter(({ closed }) => !closed);
  }

  // ---------------------------------------------------------------- the page

  async function show(said = "") {
    const sheet = window.guideSheet;
    const contract = sheet.chosen();
    const sheets = await begun(contract);
    const status = element("p", { role: "status", textContent: said });
    const tell = (text) => (status.textContent = text);
    place.replaceChildren(
      which(contract),
      status,
      element("h2", { id: "att-gora", textContent: "Att göra" }),
      ...doing(contract, toDo(sheets)),
      element("h2", { id: "blad", textContent: "Påbörjade blad" }),
      ...listed(contract, sheets),
      element("h2", { id: "mappen", textContent: "Hela mappen som en fil" }),
      ...packing(contract, sheets, tell),
      element("h2", { id: "sparat", textContent: "Vad som är sparat i webbläsaren" }),
      ...storing(),
    );
  }

  function which(contract) {
    const sheet = window.guideSheet;
    const away = button("Ta bort avtalet", () => {
      if (!confirm(`Radera ${sheet.nameOf(contract)} och dess blad ur den här webbläsaren? Filer som du har hämtat påverkas inte.`)) return;
      forget(`${DONE}${contract.id}`);
      sheet.removeContract(contract.id);
      show("Avtalet är raderat.");
    });
    return sheet.about("Avtalet", window.guideSheets.head, { again: show, changed: (names) => (contract.head = names) }, away);
  }

  function doing(contract, todo) {
    if (!todo.length) return [element("p", { textContent: "Inget blad säger att något ska göras. Det som skrivs i bladens beslut, åtgärder och datum samlas här." })];
    const done = new Set(kept(DONE + contract.id, []));
    const isDone = (one) => one.keys.some((key) => done.has(key));
    const rows = todo.map((one) => {
      const box = element("input", { type: "checkbox", checked: isDone(one), "aria-label": `Klart: ${one.what}` });
      box.addEventListener("change", () => {
        for (const key of one.keys) done[box.checked ? "add" : "delete"](key);
        keep(DONE + contract.id, [...done]);
        show();
      });
      const late = one.by && one.by < today() && !isDone(one);
      const when = !one.by ? "Utan datum" : /^\d{4}-/.test(one.by) ? day(one.by) : one.by;
      const cells = [[box], [when, ...(late ? [element("strong", { textContent: " Försenat" })] : [])], [one.what], [one.who], one.sheets.flatMap((sheet, index) => [...(index ? [", "] : []), element("a", { href: new URL(`${sheet.page}#fyll-i`, root).href, textContent: sheet.title })])];
      return element("tr", { className: isDone(one) ? "folder-done" : "" }, ...cells.map((parts) => element("td", {}, ...parts)));
    });
    const heads = ["Klart", "Till när", "Vad", "Vem", "Blad"].map((text) => element("th", { scope: "col", textContent: text }));
    const table = element("table", { className: "rate-table" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
    const dated = todo.filter((one) => /^\d{4}-\d\d-\d\d$/.test(one.by) && one.by >= today() && !isDone(one));
    const out = dated.length ? [element("p", { className: "buttons" }, button("Hämta det som ligger framför er som kalenderfil (.ics)", () => calendar(contract, dated)))] : [];
    return [element("div", { className: "matrix", tabIndex: 0, role: "group", "aria-label": "Tabell: att göra" }, table), ...out];
  }

  function listed(contract, sheets) {
    if (!sheets.length) return [element("p", {}, "Inget blad är påbörjat. ", element("a", { href: new URL("arbetsblad/", root).href, textContent: "Välj ett arbetsblad" }), ".")];
    const lines = sheets.map(({ form, state }) => {
      const own = element("input", { type: "checkbox", checked: Boolean(state.own) });
      own.addEventListener("change", () => {
        state.own = own.checked;
        keep(window.guideSheet.keptAs(form, contract.id), state);
        show();
      });
      const file = state.file ? ` Hämtad som fil ${moment(state.file.time)}${state.file.changed ? ", ändrat sedan dess" : ""}.` : " Inte hämtat som fil än.";
      return element("li", {}, element("a", { href: new URL(`${form.page}#fyll-i`, root).href, textContent: form.title }), `: sparat ${moment(state.saved)}.${file}`, element("label", { className: "form-tick" }, own, " Bara för oss: följer inte med i det som delas"));
    });
    return [element("ul", {}, ...lines)];
  }

  // ---------------------------------------------------------------- out and in

  function packing(contract, sheets, tell) {
    const open = element("input", { type: "file", accept: ".zip" });
    open.addEventListener("change", async () => {
      const [file] = open.files;
      if (!file) return;
      try {
        const name = await unpacked(file);
        show(`${name} är inläst, med ett eget avtal i listan.`);
      } catch (error) {
        tell(`${file.name}: ${error.told ?? "filen gick inte att läsa."} Inget är ändrat.`);
        open.value = "";
      }
    });
    const shared = sheets.filter(({ state }) => !state.own);
    const save = (which) => async () => {
      try {
        saveAs(...(await packed(contract, which)));
        tell(`${which.length} blad är hämtade som en zipfil.`);
      } catch {
        tell("Filen gick inte att göra. Försök igen. Bladen är kvar.");
      }
    };
    return [
      element("p", { textContent: "Zipfilen har bladen ifyllda i Word och Excel, och de data som behövs för att läsa in mappen i en annan webbläsare: hos den som tar över, eller hos motparten." }),
      element("p", { className: "buttons" }, Object.assign(button("Hämta hela mappen", save(sheets), true), { disabled: !sheets.length }), " ", Object.assign(button(`Hämta det som får delas (${shared.length} blad)`, save(shared)), { disabled: !shared.length })),
      labelled("Läs in en mapp", open, "En zipfil som hämtades här. Den blir ett eget avtal och skriver inte över något."),
    ];
  }

  async function packed(contract, sheets) {
    await fillTool();
    const { zipSync, strToU8 } = window.fflate;
    const sheet = window.guideSheet;
    const files = {};
    for (const { form, state } of sheets) {
      files[`${form.sheet}.docx`] = (await sheet.word(form, contract, state)).bytes;
      if (form.files.xlsx) files[`${form.sheet}.xlsx`] = (await sheet.excel(form, contract, state)).bytes;
      files[`data/${form.sheet}.json`] = strToU8(sheet.data(form, contract, state));
    }
    files["data/mapp.json"] = strToU8(JSON.stringify({ partnerskapsguiden: MARK, head: contract.head, done: kept(DONE + contract.id, []), sheets: sheets.map(({ form }) => form.sheet) }, null, 1));
    const lines = [`${sheet.nameOf(contract)}: ${sheets.length} blad, hämtade ${today()}`, "", ...sheets.map(({ form }) => `${form.sheet}  ${form.title}`), "", "Mappen data läses in på sidan Mitt avtal i Partnerskapsguiden.", ""];
    files["LAS-MIG.txt"] = strToU8(`\ufeff${lines.join("\r\n")}`);
    const name = sheet.fileName({ sheet: "avtalsmapp" }, contract, "zip");
    return [name, zipSync(files, { mtime: new Date(1980, 0, 1) })];
  }

  async function unpacked(file) {
    await fillTool();
    const { unzipSync, strFromU8 } = window.fflate;
    if (file.size > LARGEST) throw problem("filen är större än 50 MB.");
    let size = 0;
    let parts;
    try {
      parts = unzipSync(new Uint8Array(await file.arrayBuffer()), {
        filter: (part) => {
          if (!/^data\/[a-z0-9-]+\.json$/.test(part.name)) return false;
          size += part.originalSize;
          if (size > LARGEST) throw problem("filen packar upp till mer än en avtalsmapp kan innehålla.");
          return true;
        },
      });
    } catch (error) {
      throw error.told ? error : problem("filen är ingen hel zipfil.");
    }
    let folder;
    try {
      folder = JSON.parse(strFromU8(parts["data/mapp.json"]));
    } catch {}
    if (folder?.partnerskapsguiden !== MARK || !Array.isArray(folder.sheets)) throw problem("filen är ingen avtalsmapp från guiden.");
    const ids = folder.sheets.filter((id) => window.guideSheets.sheets.includes(id) && parts[`data/${id}.json`]);
    await Promise.all(ids.map((id) => load(`forms/${id}.js`)));
    const sheet = window.guideSheet;
    const read = await Promise.all(ids.map(async (id) => [window.guideForms[id], await sheet.read(window.guideForms[id], new File([parts[`data/${id}.json`]], `${id}.json`))]));
    const head = Object.fromEntries(Object.entries(folder.head ?? {}).filter(([, text]) => typeof text === "string").map(([key, text]) => [key, text.slice(0, 200)]));
    const contract = sheet.addContract(head);
    for (const [form, { answers, rows }] of read) sheet.store(form, contract, { ...sheet.blank(form), answers, rows });
    if (Array.isArray(folder.done)) keep(DONE + contract, folder.done.filter((key) => typeof key === "string").slice(0, 2000));
    return file.name;
  }

  async function calendar(contract, todo) {
    await load("ics.js");
    const name = window.guideSheet.nameOf(contract);
    const events = todo.map((one, number) => ({
      day: one.by,
      said: { uid: `${contract.id}-${one.by}-${number}@${location.host || "partnerskapsguiden"}`, summary: `${name}: ${one.what}`, description: [one.who, ...one.sheets.map((sheet) => sheet.title)].filter(Boolean).join(". ") },
    }));
    saveAs(window.guideSheet.fileName({ sheet: "att-gora" }, contract, "ics"), await window.guideIcs({ prodid: "-//Partnerskapsguiden//Mitt avtal//SV" }, events));
  }

  // ---------------------------------------------------------------- what is kept

  const KINDS = [["blad-", "ifyllda blad och deras tidigare versioner"], ["avtal", "avtalens namn"], ["klart-", "det som är bockat som klart"], ["skattning-", "skattningens svar"], ["korg", "förslag i korgen"], ["forslagsutkast", "förslag du har börjat på"], ["mote-", "möten som pågår"], ["uppgifter", "namnen som fylls i när du hämtar blad"], ["granskning-", "svar i granskningen"]];

  function storing() {
    const keys = keysKept();
    const size = (names) => names.reduce((total, name) => total + (localStorage.getItem(name)?.length ?? 0), 0);
    const kinds = KINDS.map(([begins, said]) => [said, keys.filter((key) => key.startsWith(PREFIX + begins))]);
    const other = keys.filter((key) => !kinds.some(([, names]) => names.includes(key)));
    const lines = [...kinds, ["annat, till exempel val av ljust eller mörkt läge", other]].filter(([, names]) => names.length).map(([said, names]) => element("li", { textContent: `${said}: ${Math.max(1, Math.round(size(names) / 1000))} kB` }));
    const erase = button("Radera allt som guiden har sparat här", () => {
      if (!confirm("Radera alla avtal, blad, svar och förslag ur den här webbläsaren? Filer som du har hämtat påverkas inte.")) return;
      for (const key of keysKept()) localStorage.removeItem(key);
      forget("");
      show("Allt är raderat.");
    });
    return [element("p", { textContent: "Allt ligger i den här webbläsaren på den här datorn. Inget skickas, och ingen annan ser det. Några webbläsare rensar sidor som inte har öppnats på en vecka: hämta mappen när du slutar för dagen." }), ...(lines.length ? [element("ul", {}, ...lines)] : [element("p", { textContent: "Inget är sparat." })]), element("p", { className: "buttons" }, erase)];
  }
  function keysKept() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  Promise.all(["sheet.js", "forms/index.js"].map(load)).then(() => show());
})();
