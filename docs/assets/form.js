// Filling in a worksheet on its page: a control for each question, kept while it is typed, and the same files as the downloads.
(() => {
  "use strict";
  const { PREFIX, element, button, labelled, choice, moment, saveAs, load } = window.guideParts;
  const QUIET = 700; // milliseconds after the last key before a screen reader is told that the text is kept

  const isDate = (text) => !text || /^\d{4}-\d\d-\d\d$/.test(text);

  // ---------------------------------------------------------------- one answer

  /** A control for a place of that type, holding `text`. What it cannot hold otherwise it holds as text: nothing is lost. */
  function control(type, text, options, write) {
    const changed = (event) => write(event.target.value);
    if (type === "choice") {
      const odd = text && !options.includes(text) ? [[text, `${text} (ur filen)`]] : [];
      const made = choice([["", "Välj"], ...odd, ...options.map((one) => [one, one])], text);
      made.addEventListener("change", changed);
      return made;
    }
    if (type === "date" && isDate(text)) return listening(element("input", { type: "date", value: text, min: "1990-01-01", max: "2099-12-31" }), changed);
    if (type === "text" || type === "date") return listening(element("input", { value: text, autocomplete: "off" }), changed);
    if (type === "number" || type === "percent") return listening(element("input", { value: text, inputMode: "decimal", autocomplete: "off", className: "form-number" }), changed);
    const area = listening(element("textarea", { rows: 1, value: text }), changed);
    area.addEventListener("input", () => grow(area));
    return area;
  }
  const listening = (made, changed) => (made.addEventListener("input", changed), made);
  /** As high as its text, so that nothing that is written is hidden. */
  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 3}px`;
  }
  const growAll = (place) => place.querySelectorAll("textarea").forEach(grow);

  // ---------------------------------------------------------------- one question

  const WRITERS = { table, scale: scored, checklist: ticked, agreement: signed };

  function asked(work, question) {
    const writer = WRITERS[question.type];
    const label = `${question.label}${question.required ? " *" : ""}`;
    const made = element("div", { className: "form-question" });
    made.dataset.question = question.id;
    if (writer) made.append(element("h4", { textContent: label }), ...(question.help ? [element("p", { className: "meta", textContent: question.help })] : []), writer(work, question));
    else made.append(labelled(label, control(question.type, work.at(question.id), question.options, (text) => work.write(question.id, text)), question.help));
    return made;
  }

  function ticked(work, question) {
    const boxes = question.items.map((item) => {
      const tag = `${question.id}.${item.id}`;
      const box = element("input", { type: "checkbox", checked: work.at(tag) === "ja" });
      box.addEventListener("change", () => work.write(tag, box.checked ? "ja" : ""));
      return element("label", { className: "form-tick" }, box, ` ${item.text}`);
    });
    return element("div", { role: "group", "aria-label": question.label }, ...boxes);
  }

  function scored(work, question) {
    const parts = question.items.map((item) => {
      const tag = `${question.id}.${item.id}`;
      const radios = question.options.map((option) => {
        const radio = element("input", { type: "radio", name: tag, value: option, checked: work.at(tag) === option });
        radio.addEventListener("change", () => work.write(tag, option));
        return element("label", {}, radio, ` ${option}`);
      });
      return element("fieldset", { className: "reading-question" }, element("legend", { textContent: item.text }), ...radios);
    });
    return element("div", {}, element("p", { className: "meta", textContent: `1 = ${question.low}, 5 = ${question.high}` }), ...parts);
  }

  function signed(work, question) {
    const sides = work.form.parties.map((party) => {
      const boxes = question.boxes.map((box) => {
        const tag = `${question.id}.${party.id}.${box.id}`;
        return labelled(box.label, control(box.id === "datum" ? "date" : "text", work.at(tag), [], (text) => work.write(tag, text)));
      });
      return element("fieldset", { className: "form-row" }, element("legend", { textContent: party.label }), ...boxes);
    });
    return element("div", {}, ...sides);
  }

  // ---------------------------------------------------------------- a table

  /** Each row is a box of its own, with a label at every cell: so it can be read on a phone and heard in a screen reader. */
  function table(work, question) {
    const rows = element("div");
    const more = button("Lägg till en rad", () => {
      work.state.rows[question.id] += 1;
      draw();
      rows.lastElementChild.querySelector("input, textarea, select").focus();
      work.changed();
    });
    const draw = () => {
      rows.replaceChildren(...Array.from({ length: work.state.rows[question.id] }, (_, index) => rowOf(work, question, index + 1, draw)));
      growAll(rows);
    };
    draw();
    return element("div", {}, rows, ...(question.grows ? [element("p", { className: "buttons" }, more)] : []));
  }

  function rowOf(work, question, row, draw) {
    const outputs = [];
    const tagOf = (column) => `${question.id}.r${row}.${column.id}`;
    const cells = question.columns.map((column) => {
      if (column.type === "computed") {
        const output = element("output", { textContent: work.at(tagOf(column)) || "–" });
        outputs.push([column, output]);
        return labelled(column.label, output, column.help);
      }
      const write = (text) => {
        work.write(tagOf(column), text);
        for (const [computed, output] of outputs) output.textContent = work.at(tagOf(computed)) || "–";
      };
      return labelled(column.label, control(column.type === "text" ? "long" : column.type, work.at(tagOf(column)), column.options, write), column.help);
    });
    const away = button("Ta bort raden", () => {
      if (question.columns.some((column) => work.at(tagOf(column))) && !confirm(`Ta bort rad ${row} och det som står i den?`)) return;
      work.removeRow(question, row);
      draw();
      document.querySelector(`[data-question="${question.id}"] .buttons button`)?.focus();
    });
    away.setAttribute("aria-label", `Ta bort rad ${row} i ${question.label}`);
    return element("fieldset", { className: "form-row" }, element("legend", { textContent: `Rad ${row}` }), ...cells, ...(question.grows ? [away] : []));
  }

  // ---------------------------------------------------------------- the sheet

  /** A sheet being filled in for a contract. `told` is called with what there is to say when something has been written. */
  class Work {
    constructor(form, contract, told) {
      const sheet = window.guideSheet;
      Object.assign(this, { form, contract, told, stale: false, keeps: true });
      this.state = sheet.stateOf(form, contract.id);
      for (const one of sheet.tablesOf(form)) this.state.rows[one.id] ??= 1;
      this.questions = new Map(sheet.questionsOf(form).map((one) => [one.id, one]));
    }
    at(tag) {
      return this.state.answers[tag] ?? "";
    }
    write(tag, text) {
      window.guideSheet.put(this.state.answers, tag, text);
      const question = this.questions.get(tag.split(".")[0]);
      if (question?.type === "table") window.guideSheet.workOut(question, this.state.answers, this.state.rows[question.id]);
      this.changed();
    }
    removeRow(question, row) {
      const { rows, answers } = this.state;
      for (let next = row; next <= rows[question.id]; next += 1) for (const { id } of question.columns) window.guideSheet.put(answers, `${question.id}.r${next}.${id}`, answers[`${question.id}.r${next + 1}.${id}`]);
      rows[question.id] = Math.max(1, rows[question.id] - 1);
      this.changed();
    }
    changed() {
      if (this.stale) return;
      if (this.state.file) this.state.file.changed = true;
      window.guideSheet.remember(this.form, this.contract.id);
      this.keeps = window.guideSheet.store(this.form, this.contract.id, this.state);
      this.told();
    }
    /** Everything that was written, replaced; what stood there before is a version to go back to. */
    replace(given) {
      window.guideSheet.remember(this.form, this.contract.id, true);
      const { answers, rows, head } = given;
      this.state = { ...window.guideSheet.blank(this.form), answers: { ...answers }, rows: { ...rows } };
      if (head && Object.keys(head).length) {
        this.contract.head = { ...this.contract.head, ...head };
        window.guideSheet.setHead(this.contract.id, this.contract.head);
      }
      this.changed();
    }
    get missing() {
      const filled = (id) => Object.keys(this.state.answers).some((tag) => tag === id || tag.startsWith(`${id}.`));
      return [...this.questions.values()].filter((one) => one.required && !filled(one.id)).map((one) => one.label);
    }
  }

  function begin(form, place) {
    const sheet = window.guideSheet;
    const contract = sheet.chosen();
    const status = element("p", { role: "status", className: "form-status" });
    const body = element("div", { className: "form-body" });
    let wait;
    const tell = (text) => {
      clearTimeout(wait);
      status.textContent = text;
    };
    const work = new Work(form, contract, () => {
      clearTimeout(wait);
      wait = setTimeout(() => (status.textContent = stands(work)), QUIET);
    });
    const draw = () => {
      body.replaceChildren(...form.parts.flatMap((part) => [...(part.title ? [element("h3", { textContent: part.title })] : []), ...(part.intro ? [element("p", { textContent: part.intro })] : []), ...part.questions.map((question) => asked(work, question))]));
      growAll(body);
    };
    const again = () => begin(form, place);
    const room = { work, tell, draw, again, body };
    sheet.remember(form, contract.id, true);
    place.replaceChildren(
      element("p", { textContent: "Det du skriver sparas i den här webbläsaren medan du skriver, och skickas ingenstans. Hämta filen när du är klar: filen är dokumentet, det som ligger här är ett utkast." }),
      head(room),
      incoming(room),
      body,
      outgoing(room),
      status,
      keeping(room),
    );
    draw();
    tell(stands(work));
    watch(room);
    return room;
  }

  function stands(work) {
    const { missing, state } = work;
    const left = missing.length ? ` Kvar av det som ska fyllas i: ${missing.length > 3 ? `${missing.length} frågor` : missing.join(", ")}.` : "";
    const file = state.file ? ` Hämtad fil: ${state.file.name}, ${moment(state.file.time)}${state.file.changed ? ", ändrat sedan dess" : ""}.` : "";
    if (!work.keeps) return `Webbläsaren sparar inte. Hämta filen innan du stänger sidan.${left}`;
    return state.saved ? `Sparat här ${moment(state.saved)}.${file}${left}` : `Inget är skrivet än.${left}`;
  }

  // ---------------------------------------------------------------- which contract

  function head({ work, again }) {
    const { day } = work.form;
    const date = labelled(day.label, control("date", work.at(day.id), [], (text) => work.write(day.id, text)));
    const changed = (names) => {
      work.contract.head = names;
      work.changed();
    };
    return window.guideSheet.about("Bladet gäller", work.form.head, { again, changed }, date);
  }

  // ---------------------------------------------------------------- files in

  function incoming(room) {
    const accept = ".docx,.xlsx,.json";
    const open = element("input", { type: "file", accept });
    const beside = element("input", { type: "file", accept });
    taking(room, open, (given, name) => opened(room, given, name));
    taking(room, beside, (given, name) => laidBeside(room, given, name));
    const box = element(
      "details",
      { className: "more" },
      element("summary", { textContent: "Har du ett ifyllt blad redan?" }),
      labelled("Öppna det och skriv vidare", open, "Word- eller Excelfilen som hämtades från guiden, också en ur en tidigare utgåva."),
      labelled("Lägg det bredvid", beside, "Motpartens blad eller förra årets. Svaren visas under dina, och inget ändras förrän du tar över det."),
    );
    return box;
  }

  function taking({ work, tell }, input, then) {
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      try {
        then(await window.guideSheet.read(work.form, file), file.name);
      } catch (error) {
        tell(`${file.name}: ${error.told ?? "filen gick inte att läsa."} Inget är ändrat.`);
      }
      input.value = "";
    });
  }

  function opened({ work, again }, given, name) {
    if (window.guideSheet.touched(work.form, work.state) && !confirm("Det som står på sidan byts mot filens svar. Det som står nu finns kvar bland de tidigare versionerna.")) return;
    work.replace(given);
    const room = again(); // with the file's names at the top
    const other = given.edition !== work.form.edition ? told(room, given) : [];
    room.tell(`${name} är öppnad. ${other.join(" ")}`.trim());
    room.body.querySelector("input, textarea, select")?.focus();
  }

  /** The other file's answers under each question. */
  function laidBeside(room, given, name) {
    const { work, tell, draw } = room;
    draw();
    for (const question of work.questions.values()) {
      const said = besideOf(work, question, given);
      if (!said.length) continue;
      const take = button("Ta över", () => {
        copy(work, question, given);
        const old = room.body.querySelector(`[data-question="${question.id}"]`);
        const now = asked(work, question);
        old.replaceWith(now);
        growAll(now);
        now.querySelector("input, textarea, select")?.focus();
      });
      take.setAttribute("aria-label", `Ta över svaret på ${question.label}`);
      room.body.querySelector(`[data-question="${question.id}"]`).append(element("div", { className: "form-beside" }, element("p", {}, element("strong", { textContent: `I ${name}:` })), ...said.map((text) => element("p", { textContent: text })), take));
    }
    tell(`Svaren i ${name} står under dina. ${told(room, given).join(" ")}`.trim());
  }

  function besideOf(work, question, given) {
    const tags = Object.keys(given.answers).filter((tag) => tag === question.id || tag.startsWith(`${question.id}.`));
    if (question.type !== "table") {
      const places = new Map(window.guideSheet.placesOf(work.form, question).map((place) => [place.key, place.label]));
      return [...places].filter(([key]) => tags.includes(key)).map(([key, label]) => (key === question.id ? given.answers[key] : `${label}: ${given.answers[key]}`));
    }
    return Array.from({ length: given.rows[question.id] }, (_, index) =>
      question.columns.flatMap((column) => {
        const text = given.answers[`${question.id}.r${index + 1}.${column.id}`];
        return text ? [`${column.label}: ${text}`] : [];
      }).join("; "),
    ).filter(Boolean);
  }

  function copy(work, question, given) {
    for (const tag of Object.keys(work.state.answers)) if (tag === question.id || tag.startsWith(`${question.id}.`)) delete work.state.answers[tag];
    for (const [tag, text] of Object.entries(given.answers)) if (tag === question.id || tag.startsWith(`${question.id}.`)) work.state.answers[tag] = text;
    if (question.type === "table") work.state.rows[question.id] = given.rows[question.id];
    work.changed();
  }

  /** Marks the questions that are new or worded otherwise than in the file, and tells what has no place any more. */
  function told(room, given) {
    const { work, body } = room;
    const changes = window.guideSheet.places(work.form).filter((place) => !place.head).map((place) => [place, window.guideSheet.change(given, place)]);
    const said = { new: 0, reworded: 0 };
    for (const [place, change] of changes) {
      if (!change) continue;
      said[change === "ny" ? "new" : "reworded"] += 1;
      const text = change === "ny" ? `Ny sedan filen gjordes: ${place.label}` : `«${place.label}» löd i filen: «${change}»`;
      body.querySelector(`[data-question="${place.key.split(".")[0]}"]`)?.append(element("p", { className: "form-change", textContent: text }));
    }
    body.querySelector(".form-gone")?.remove();
    if (given.gone.length) body.append(element("section", { className: "form-gone" }, element("h3", { textContent: "Kvar ur filen" }), element("p", { textContent: "Det här har ingen plats i bladet längre. Flytta det som ni vill ha kvar." }), ...given.gone.map((one) => element("p", {}, element("strong", { textContent: `${one.label}: ` }), one.text))));
    const { length: gone } = given.gone;
    const from = given.edition && given.edition !== work.form.edition ? [`Filen är ur utgåva ${given.edition}.`] : [];
    const counted = [[said.new, "ny", "nya"], [said.reworded, "omformulerad", "omformulerade"], [gone, "utgången", "utgångna"]].filter(([number]) => number).map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
    return [...from, ...(counted.length ? [`Frågor: ${counted.join(", ")}.`] : [])];
  }

  // ---------------------------------------------------------------- files out

  function outgoing({ work, tell }) {
    const sheet = window.guideSheet;
    const save = async (format, make) => {
      try {
        const { bytes, full } = await make(work.form, work.contract, work.state);
        const name = sheet.fileName(work.form, work.contract, format);
        saveAs(name, bytes);
        work.state.file = { name, time: new Date().toISOString(), changed: false };
        work.keeps = sheet.store(work.form, work.contract.id, work.state);
        tell(full.length ? `${name} är hämtad, men Excelbladet har inte plats för alla rader i ${full.join(" och ")}. Wordfilen har det.` : `${name} är hämtad.`);
      } catch {
        tell("Filen gick inte att göra. Försök igen. Det du har skrivit är kvar.");
      }
    };
    const buttons = [button("Hämta som Word", () => save("docx", sheet.word), true)];
    if (work.form.files.xlsx) buttons.push(button("Hämta som Excel", () => save("xlsx", sheet.excel)));
    buttons.push(button("Skriv ut", printed), button("Hämta som data (JSON)", () => save("json", async (...given) => ({ bytes: sheet.data(...given), full: [] }))));
    return element("p", { className: "buttons" }, ...buttons.flatMap((one) => [one, " "]));
  }

  /** What is written stands as text on paper: a box would cut what is wider there than on the screen. */
  function printed() {
    for (const box of document.querySelectorAll("[data-form] .tool-field > :is(input, textarea, select)")) {
      box.parentElement.dataset.printed = box.value && (box.selectedOptions?.[0].textContent ?? box.value);
    }
    document.documentElement.classList.add("print-form");
    print();
  }
  addEventListener("afterprint", () => document.documentElement.classList.remove("print-form"));

  // ---------------------------------------------------------------- what is kept

  function keeping({ work, again, tell, draw }) {
    const sheet = window.guideSheet;
    const versions = sheet.earlier(work.form, work.contract.id);
    const pick = choice([["", "Välj"], ...versions.map((one, index) => [String(index), `${moment(one.saved)}, ${Object.keys(one.answers).length} svar`])]);
    pick.addEventListener("change", () => {
      if (!pick.value) return;
      work.replace(versions[Number(pick.value)]);
      draw();
      tell("Den tidigare versionen står på sidan. Den som stod här nyss finns också kvar.");
    });
    const erase = button("Radera det som är sparat av bladet", () => {
      if (!confirm("Radera bladets svar och tidigare versioner ur den här webbläsaren? Filer som du har hämtat påverkas inte.")) return;
      sheet.erase(work.form, work.contract.id);
      again();
    });
    return element("details", { className: "more" }, element("summary", { textContent: "Tidigare versioner, och att radera" }), versions.length ? labelled("Gå tillbaka till", pick, "De senaste tjugo versionerna sparas, med minst tio minuter emellan.") : element("p", { textContent: "Det finns ingen tidigare version än." }), element("p", { className: "buttons" }, erase));
  }

  /** One tab writes: what another has kept since is not written over without being asked about. */
  function watch(room) {
    const { work, again, body } = room;
    const name = PREFIX + window.guideSheet.keptAs(work.form, work.contract.id);
    addEventListener("storage", (event) => {
      if (event.key !== name || !body.isConnected || work.stale) return;
      work.stale = true;
      const warning = element("div", { className: "fictitious", role: "alert" }, element("p", { textContent: "Bladet har ändrats i en annan flik. Den här fliken sparar inte längre." }));
      warning.append(
        button("Visa det som skrevs där", again, true),
        " ",
        button("Behåll det som står här", () => {
          window.guideSheet.remember(work.form, work.contract.id, true);
          work.stale = false;
          work.changed();
          warning.remove();
        }),
      );
      body.before(warning);
    });
    addEventListener("beforeunload", (event) => {
      if (!work.keeps && body.isConnected) event.preventDefault();
    });
  }

  const place = document.querySelector("[data-form]");
  Promise.all([load("sheet.js"), load(`forms/${place.dataset.form}.js`)]).then(() => begin(window.guideForms[place.dataset.form], place));
})();
