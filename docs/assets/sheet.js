// A worksheet's answers: where each is kept, and how they go into the guide's Word and Excel files and out of them again.
//
// An answer is known by the tag that its place has in the Word file: mal, kryss.forsta, led.r2.orsak, enighet.utforare.namn.
// Nothing of it is shown here but which contract it is about: form.js does the rest. The file is the document; what is kept in the browser is a draft of it.
(() => {
  "use strict";
  const { element, labelled, choice, problem, kept, keep, forget, load, fillTool, bytesOf } = window.guideParts;
  const [BEGINS, CONTRACTS, CHOSEN] = ["blad-", "avtal", "avtal-valt"];
  const [MOST_EARLIER, BETWEEN] = [20, 10 * 60 * 1000]; // versions that are kept, and the least time between two of them
  const MARK = "blad 1";
  const LONGEST = 20000; // characters of an answer
  const MOST_ROWS = 400;

  // ---------------------------------------------------------------- contracts

  /** The contracts that are kept, at least one: {id, head: box → text}. */
  function contracts() {
    const found = kept(CONTRACTS, []);
    return found.length ? found : [{ id: "a1", head: kept("uppgifter", {}) }];
  }
  const chosen = () => contracts().find((one) => one.id === kept(CHOSEN, "")) ?? contracts()[0];
  function choose(id) {
    keep(CHOSEN, id);
    keep("uppgifter", chosen().head); // which downloads are filled in with
    load("prefill.js");
  }
  function addContract(head = {}) {
    const found = contracts();
    const id = `a${1 + Math.max(...found.map((one) => Number(one.id.slice(1)) || 0))}`;
    keep(CONTRACTS, [...found, { id, head }]);
    choose(id);
    return id;
  }
  function setHead(id, head) {
    keep(CONTRACTS, contracts().map((one) => (one.id === id ? { id, head } : one)));
    choose(id);
  }
  function removeContract(id) {
    forget(`${BEGINS}${id}-`);
    const left = contracts().filter((one) => one.id !== id);
    keep(CONTRACTS, left);
    if (left.length) choose(left[0].id);
    else for (const name of [CONTRACTS, "uppgifter"]) forget(name);
  }
  /** What the contract is called in a list; two of the same name are numbered. */
  function nameOf(contract) {
    const name = contract.head.avtal;
    const twice = contracts().some((one) => one.id !== contract.id && one.head.avtal === name);
    return name ? `${name}${twice ? ` (${contract.id.slice(1)})` : ""}` : `Avtal ${contract.id.slice(1)}`;
  }

  /** A list of the contracts, and of a new one. `again` is called when another is chosen. */
  function picker(again) {
    const pick = choice([...contracts().map((one) => [one.id, nameOf(one)]), ["", "Nytt avtal …"]], chosen().id);
    pick.addEventListener("change", () => {
      if (pick.value) choose(pick.value);
      else addContract();
      again();
    });
    return pick;
  }

  /** Which contract the page is about: the list, a box for each of the names in `head`, and what else stands there. */
  function about(title, head, { again, changed = () => {} }, ...others) {
    const contract = chosen();
    const pick = picker(again);
    const boxes = head.map(({ id, label }) => {
      const input = element("input", { value: contract.head[id] ?? "", autocomplete: "off" });
      input.addEventListener("input", () => {
        put(contract.head, id, input.value);
        setHead(contract.id, contract.head);
        pick.selectedOptions[0].textContent = nameOf(contract);
        changed(contract.head);
      });
      return labelled(label, input);
    });
    return element("fieldset", { className: "form-row form-head" }, element("legend", { textContent: title }), labelled("Avtal som du arbetar med", pick), ...boxes, ...others);
  }

  // ---------------------------------------------------------------- what is asked

  const questionsOf = (form) => form.parts.flatMap((part) => part.questions);
  const tablesOf = (form) => questionsOf(form).filter((one) => one.type === "table");

  /** Every place to answer: its key (a tag without the row), what is asked, its type, and its table. */
  function places(form) {
    const head = [...form.head, form.day].map((box) => ({ key: box.id, label: box.label, type: box === form.day ? "date" : "text", head: true }));
    return [...head, ...questionsOf(form).flatMap(placesOf.bind(null, form))];
  }

  function placesOf(form, question) {
    const { id, label, type } = question;
    if (type === "table") return question.columns.map((column) => ({ key: `${id}.${column.id}`, label: column.label, type: column.type, table: id }));
    if (type === "scale" || type === "checklist") return question.items.map((item) => ({ key: `${id}.${item.id}`, label: item.text, type }));
    if (type === "agreement") return form.parties.flatMap((party) => question.boxes.map((box) => ({ key: `${id}.${party.id}.${box.id}`, label: `${party.label}: ${box.label.toLowerCase()}`, type: box.id === "datum" ? "date" : "text" })));
    return [{ key: id, label, type }];
  }

  const tagOf = (place, row) => (place.table ? `${place.table}.r${row}.${place.key.slice(place.table.length + 1)}` : place.key);
  const keyOf = (tag) => tag.replace(/\.r\d+\./, ".");
  /** As the workbooks call the place. */
  const nameIn = (place) => `${place.head ? "" : "f_"}${place.key.replaceAll("-", "_")}`;

  // ---------------------------------------------------------------- numbers

  /** The number that a text is, or null: 1 234,5 and −3 and 87 %. */
  function number(text) {
    const plain = (text ?? "").replace(/[\s\u00a0%]/g, "").replace("−", "-").replace(",", ".");
    return /^-?\d{1,15}(\.\d{1,9})?$/.test(plain) ? Number(plain) : null;
  }
  /** As it stands on paper: 1 234,5. */
  function shownNumber(given) {
    const hundredths = Math.round(given * 100);
    const [whole, part = ""] = (Math.abs(hundredths) / 100).toFixed(2).split(".");
    const rest = part.replace(/0+$/, "");
    return `${hundredths < 0 ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0")}${rest ? `,${rest}` : ""}`;
  }
  /** What a computed column comes to; null while something is missing. The same as rows.compute in Python. */
  function computed(column, row) {
    const numbers = column.of.map((id) => row(id));
    const known = numbers.filter((one) => one !== null);
    if (column.operation === "summa") return known.length ? known.reduce((a, b) => a + b, 0) : null;
    if (column.operation === "senaste") return numbers[0] !== null && known.length > 1 ? known.at(-1) - known[0] : null;
    if (known.length < numbers.length) return null;
    if (column.operation === "produkt") return numbers.reduce((a, b) => a * b, 1);
    if (column.operation === "differens") return numbers.reduce((a, b) => a - b);
    return numbers.slice(1).includes(0) ? null : numbers.reduce((a, b) => a / b);
  }
  function workOut(question, answers, rows) {
    for (const column of question.columns.filter((one) => one.type === "computed")) {
      for (let row = 1; row <= rows; row += 1) {
        const value = computed(column, (id) => number(answers[`${question.id}.r${row}.${id}`]));
        put(answers, `${question.id}.r${row}.${column.id}`, value === null ? "" : shownNumber(value));
      }
    }
  }
  const put = (answers, tag, text) => (text ? (answers[tag] = text) : delete answers[tag]);

  // ---------------------------------------------------------------- what is kept

  const keptAs = (form, contract) => `${BEGINS}${contract}-${form.sheet}`;

  /** A sheet that nobody has written in: the rows that its tables come with, and one more. */
  function blank(form) {
    const state = { edition: form.edition, answers: {}, rows: {} };
    for (const table of tablesOf(form)) {
      for (const [row, texts] of table.rows.entries()) for (const [column, text] of Object.entries(texts)) state.answers[`${table.id}.r${row + 1}.${column}`] = text;
      state.rows[table.id] = table.rows.length || 1;
    }
    return state;
  }
  const stateOf = (form, contract) => kept(keptAs(form, contract), null) ?? blank(form);
  const touched = (form, state) => JSON.stringify(Object.entries(state.answers).sort()) !== JSON.stringify(Object.entries(blank(form).answers).sort());
  const earlier = (form, contract) => kept(`${keptAs(form, contract)}-tidigare`, []);

  /** Keeps what is written. Where room is short the oldest versions go first. False where the browser keeps nothing. */
  function store(form, contract, state) {
    const name = keptAs(form, contract);
    if (kept(CONTRACTS, []).length === 0) keep(CONTRACTS, contracts());
    state.saved = new Date().toISOString();
    state.title = form.title;
    while (!keep(name, state)) {
      const versions = earlier(form, contract);
      if (!versions.length) return false;
      keep(`${name}-tidigare`, versions.slice(0, Math.floor(versions.length / 2)));
    }
    return true;
  }
  /** Keeps what is there as a version to go back to. `now`: whatever the time since the last. */
  function remember(form, contract, now = false) {
    const state = kept(keptAs(form, contract), null);
    const versions = earlier(form, contract);
    if (!state || !touched(form, state)) return;
    if (versions[0] && JSON.stringify(versions[0].answers) === JSON.stringify(state.answers)) return;
    if (!now && versions[0] && Date.parse(state.saved) - Date.parse(versions[0].saved) < BETWEEN) return;
    keep(`${keptAs(form, contract)}-tidigare`, [state, ...versions].slice(0, MOST_EARLIER));
  }
  const erase = (form, contract) => forget(keptAs(form, contract));

  // ---------------------------------------------------------------- out

  const whole = (contract, state) => ({ ...Object.fromEntries(Object.entries(contract.head).filter(([, text]) => text)), ...state.answers });
  const fileName = (form, contract, format) => {
    const slug = (contract.head.avtal ?? "").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40);
    return `${form.sheet}${slug ? `-${slug}` : ""}.${format}`;
  };

  async function word(form, contract, state) {
    const [bytes, { putWord }] = await Promise.all([bytesOf(form.files.docx), fillTool()]);
    return { bytes: putWord(bytes, whole(contract, state), tablesOf(form).map((table) => table.id)), full: [] };
  }

  /** The workbook, and the labels of the tables that had more rows than it has room for. */
  async function excel(form, contract, state) {
    const [bytes, tool] = await Promise.all([bytesOf(form.files.xlsx), fillTool()]);
    const answers = whole(contract, state);
    const values = [];
    for (const place of places(form)) {
      if (place.type === "computed") continue;
      const name = nameIn(place);
      const rows = place.table ? Math.max(state.rows[place.table] ?? 0, tablesOf(form).find((table) => table.id === place.table).rows.length) : 1;
      for (let row = 0; row < rows; row += 1) {
        const text = answers[tagOf(place, row + 1)] ?? "";
        if (text || place.table) values.push({ name, row, value: forExcel(place, text, tool) });
      }
    }
    const full = [];
    const filled = tool.putExcel(bytes, values, full);
    return { bytes: filled, full: tablesOf(form).filter((table) => full.some((name) => name.startsWith(`f_${table.id.replaceAll("-", "_")}.`))).map((table) => table.label) };
  }

  function forExcel(place, text, { toSerial }) {
    if (place.type === "date") return /^\d{4}-\d\d-\d\d$/.test(text) ? toSerial(text) : text;
    if (["number", "percent", "scale"].includes(place.type)) return number(text) ?? text;
    return text;
  }

  function data(form, contract, state) {
    const labels = Object.fromEntries(places(form).map((place) => [place.key, place.label]));
    return JSON.stringify({ partnerskapsguiden: MARK, sheet: form.sheet, edition: form.edition, head: contract.head, answers: state.answers, labels }, null, 1);
  }

  // ---------------------------------------------------------------- in

  /**
   * What a file of ours holds: {edition, answers, rows, head, labels: key → what was asked, gone: [{label, text}]}.
   * Throws an error with `told`, in Swedish, where it is no filled-in copy of this sheet.
   */
  async function read(form, file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const given = /^\s*\{/.test(new TextDecoder().decode(bytes.slice(0, 20))) ? fromData(bytes) : await fromOffice(form, bytes, file.name);
    if (given.sheet !== form.sheet) throw problem(given.sheet ? `Filen är ett annat blad: ${given.sheet}. Öppna den på det bladets sida.` : "Filen säger inte vilket blad den är. Använd en fil som hämtades från guiden.");
    return arranged(form, given);
  }

  async function fromOffice(form, bytes, name) {
    const found = (await fillTool()).take(bytes, name);
    const tool = window.guideFill;
    const cells = [];
    if (found.format === "docx") for (const { tag, text, label } of found.answers) cells.push({ tag, text, label });
    else {
      const byName = new Map(places(form).map((place) => [nameIn(place), place]));
      for (const { name: called, label, kind, values } of found.answers) {
        const place = byName.get(called) ?? { key: called.replace(/^f_/, ""), type: "text", table: kind.includes("kolumn") ? called.replace(/^f_/, "").split(".")[0] : "" };
        for (const [row, value] of values.entries()) cells.push({ tag: tagOf(place, row + 1), text: fromExcel(place, value, tool), label });
      }
    }
    return { ...found, cells };
  }

  function fromExcel(place, value, { toDate }) {
    if (typeof value !== "number") return String(value).trim();
    if (place.type === "date" && value > 0 && value < 2958466) return toDate(value);
    return String(Number(value.toPrecision(15))).replace(".", ",");
  }

  function fromData(bytes) {
    let given;
    try {
      given = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw problem("Filen är inte hel: den slutar mitt i eller har ändrats för hand.");
    }
    if (given?.partnerskapsguiden !== MARK) throw problem("Filen är inte sparad från guidens arbetsblad.");
    const texts = (of) => Object.entries(typeof of === "object" && of && !Array.isArray(of) ? of : {}).filter(([key, text]) => typeof text === "string" && key.length < 200);
    const labels = Object.fromEntries(texts(given.labels));
    const cells = [...texts(given.head), ...texts(given.answers)].map(([tag, text]) => ({ tag, text, label: labels[keyOf(tag)] ?? keyOf(tag) }));
    return { sheet: String(given.sheet), edition: String(given.edition), cells, labels };
  }

  /** What was read, at the places that the sheet has now; what has no place is told as gone. */
  function arranged(form, { edition, cells, labels: all = {} }) {
    const known = new Map(places(form).map((place) => [place.key, place]));
    const read = { edition, answers: {}, rows: {}, head: {}, labels: { ...all }, gone: [] };
    for (const table of tablesOf(form)) read.rows[table.id] = 1;
    for (const { tag, text, label } of cells) {
      const place = known.get(keyOf(tag));
      const short = text.slice(0, LONGEST);
      if (place) read.labels[place.key] = label;
      if (!short) continue;
      if (!place) {
        read.gone.push({ label, text: short });
        continue;
      }
      const row = Number(tag.match(/\.r(\d+)\./)?.[1] ?? 0);
      if (row > MOST_ROWS) continue;
      if (place.head && place.key !== form.day.id) read.head[place.key] = short;
      else read.answers[tag] = short;
      if (place.table && place.type !== "computed") read.rows[place.table] = Math.max(read.rows[place.table], row);
    }
    for (const table of tablesOf(form)) workOut(table, read.answers, read.rows[table.id]);
    return read;
  }

  /** What has happened to a question since the file was made: "", "ny" or what it said then. A Word file holds 64 signs of it. */
  function change(given, place) {
    const then = given.labels[place.key];
    if (then === undefined) return "ny";
    const same = then === place.label || (then.endsWith("…") && place.label.startsWith(then.slice(0, -1)));
    return same ? "" : then;
  }

  window.guideSheet = { chosen, addContract, setHead, picker, about, removeContract, nameOf, questionsOf, tablesOf, places, placesOf, tagOf, number, workOut, put, keptAs, blank, stateOf, touched, earlier, store, remember, erase, fileName, word, excel, data, read, change };
})();
