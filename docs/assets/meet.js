// Holding a meeting from its page: one point at a time for the projector, what is decided and what has to wait, and minutes.
//
// Calm: no seconds run, the clock can be paused and hidden, and only the leader's own window says whether the meeting is late.
(() => {
  "use strict";
  const { element, button, labelled, choice, today, kept, keep, forget, saveAs, load, root } = window.guideParts;
  const MINUTE = 60_000;
  const LOOK = 5000; // milliseconds between two looks at the clock
  const place = document.querySelector("[data-meet]");
  const name = place.dataset.meet;
  const KEPT = `mote-${name.replace("/", "-")}`;

  const clock = (time) => new Date(time).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  const length = (minutes) => (minutes === 1 ? "1 minut" : `${minutes} minuter`);

  // ---------------------------------------------------------------- the meeting

  const fresh = () => ({ session: 0, at: -1, people: "", began: [], paused: null, hidden: false, decisions: [], parked: [] });

  /** A meeting and where it stands. `began` is when each point was turned to, in milliseconds; pauses move it forward. */
  class Held {
    constructor(meeting) {
      this.meeting = meeting;
      this.state = { ...fresh(), ...kept(KEPT, {}) };
      if (!meeting.sessions[this.state.session]) this.state = fresh();
    }
    get session() {
      return this.meeting.sessions[this.state.session];
    }
    get points() {
      return this.session.points;
    }
    get point() {
      return this.points[this.state.at];
    }
    get title() {
      return this.session.name ? `${this.meeting.title}: ${this.session.name}` : this.meeting.title;
    }
    get over() {
      return this.state.at >= this.points.length;
    }
    save() {
      this.keeps = keep(KEPT, this.state);
    }
    go(to, now = Date.now()) {
      this.resume(now);
      if (to === this.state.at + 1 || this.state.at < 0) this.state.began[to] = now;
      this.state.at = Math.max(0, Math.min(to, this.points.length));
      this.save();
    }
    pause(now = Date.now()) {
      this.state.paused ??= now;
      this.save();
    }
    resume(now = Date.now()) {
      if (this.state.paused === null) return;
      this.state.began = this.state.began.map((time) => time + now - this.state.paused);
      this.state.paused = null;
      this.save();
    }
    /** When the point that is shown is to end. A pause moves it for as long as it goes on. */
    ends(now = Date.now()) {
      return this.state.began[this.state.at] + this.point.minutes * MINUTE + (this.state.paused === null ? 0 : now - this.state.paused);
    }
    /** How many minutes after the plan the meeting is, for its leader: the points that have taken longer than they should. */
    late(now = Date.now()) {
      const planned = this.points.slice(0, this.state.at).reduce((total, point) => total + point.minutes, 0);
      const begun = this.state.began[0] + planned * MINUTE;
      const behind = Math.max(this.state.began[this.state.at] - begun, (this.state.paused ?? now) - begun - this.point.minutes * MINUTE);
      return Math.round(behind / MINUTE);
    }
  }

  // ---------------------------------------------------------------- on the projector

  function open(held) {
    const dialog = element("dialog", { className: "meet md-typeset", "aria-label": held.title });
    const draw = () => {
      const view = held.state.at < 0 ? before(held, draw) : held.over ? after(held, draw) : during(held, draw);
      const away = button("Stäng", () => dialog.close());
      away.setAttribute("aria-label", "Stäng och fortsätt senare");
      dialog.replaceChildren(element("p", { className: "meet-top" }, element("strong", { textContent: held.title }), away), ...view);
      tellLeader(held);
      dialog.querySelector("h2")?.focus();
    };
    dialog.addEventListener("keydown", (event) => {
      if (event.target.matches("input, textarea, select") || held.state.at < 0 || held.over) return;
      const step = { PageDown: 1, PageUp: -1 }[event.key];
      if (!step || held.state.at + step < 0) return;
      event.preventDefault();
      held.go(held.state.at + step);
      draw();
    });
    const looking = setInterval(() => look(held, dialog), LOOK);
    dialog.addEventListener("close", () => {
      clearInterval(looking);
      dialog.remove();
      place.querySelector("[data-tool='meet.js']").textContent = kept(KEPT, null) ? "Fortsätt mötet" : "Håll mötet";
      place.querySelector("[data-tool='meet.js']").focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    draw();
  }

  const heading = (text) => element("h2", { textContent: text, tabIndex: -1 });

  function before(held, draw) {
    const { state, meeting } = held;
    const session = choice(meeting.sessions.map((one, index) => [String(index), one.name || meeting.title]), String(state.session));
    session.addEventListener("change", () => {
      state.session = Number(session.value);
      held.save();
      draw();
    });
    const people = element("textarea", { rows: 2, value: state.people });
    people.addEventListener("input", () => ((state.people = people.value), held.save()));
    const total = held.points.reduce((sum, point) => sum + point.minutes, 0);
    const sheets = meeting.sheets.length ? [element("p", {}, "Blad på bordet: ", ...meeting.sheets.flatMap((one, index) => [...(index ? [", "] : []), link(one)]))] : [];
    return [
      heading("Innan ni börjar"),
      ...(meeting.sessions.length > 1 ? [labelled("Vilket av mötena?", session)] : []),
      element("p", { textContent: `${held.points.length} punkter, ${length(total)}. Börjar ni nu är ni klara ${clock(Date.now() + total * MINUTE)}.` }),
      labelled("Avtal", window.guideSheet.picker(draw)),
      labelled("Närvarande", people, "Rollerna från vardera parten, vem som leder och vem som skriver."),
      ...sheets,
      element("p", { className: "buttons" }, button("Börja", () => (held.go(0), draw()), true), " ", button("Öppna ledarens fönster", () => openLeader(held))),
      element("p", { className: "meta", textContent: "Bläddra med knapparna eller med Page Down och Page Up. Allt som skrivs sparas i den här webbläsaren och finns kvar om datorn somnar." }),
    ];
  }

  const link = (sheet) => element("a", { href: new URL(`${sheet.page}#fyll-i`, root).href, target: "_blank", rel: "noopener", textContent: sheet.title });

  function during(held, draw) {
    const { state, point, points } = held;
    const step = (by) => () => {
      held.go(state.at + by);
      draw();
    };
    const back = Object.assign(button("Föregående punkt", step(-1)), { disabled: state.at === 0 });
    const pause = button(state.paused === null ? "Pausa klockan" : "Fortsätt", () => {
      if (state.paused === null) held.pause();
      else held.resume();
      draw();
    });
    const hide = button(state.hidden ? "Visa klockan" : "Göm klockan", () => {
      state.hidden = !state.hidden;
      held.save();
      draw();
    });
    const time = element("p", { className: "meet-time" });
    time.hidden = state.hidden;
    const last = state.at === points.length - 1;
    const made = [
      element("p", { className: "meet-point", textContent: `Punkt ${state.at + 1} av ${points.length}${point.who ? `, ${point.who.toLowerCase()}` : ""}` }),
      Object.assign(heading(point.name), { className: "meet-do" }),
      ...(point.do ? [element("p", { className: "meet-how", textContent: point.do })] : []),
      ...(point.result ? [element("p", { className: "meet-result" }, element("strong", { textContent: "Efteråt finns: " }), point.result)] : []),
      time,
      element("p", { className: "buttons" }, back, " ", button(last ? "Avsluta mötet" : "Nästa punkt", step(1), true), " ", pause, " ", hide, " ", button("Ledarens fönster", () => openLeader(held))),
      ...(held.keeps === false ? [element("p", { className: "fictitious", textContent: "Webbläsaren sparar inte. Stäng inte sidan förrän anteckningarna är hämtade." })] : []),
      element("div", { className: "meet-notes" }, decided(held, draw), waiting(held, draw)),
    ];
    timeAt(held, time);
    return made;
  }

  function timeAt(held, time) {
    time.textContent = held.state.paused === null ? `Punkten är klar ${clock(held.ends())}` : "Klockan står";
  }

  function look(held, dialog) {
    const time = dialog.querySelector(".meet-time");
    if (time) timeAt(held, time);
    tellLeader(held);
  }

  /** Adding to a list, and the list: what, who and by when, or only what. */
  function listing(held, draw, title, list, fields, said) {
    const controls = fields.map(([key, label, type]) => [key, type === "date" ? element("input", { type, min: "2020-01-01", max: "2099-12-31" }) : element(type ?? "input", { autocomplete: "off", rows: 2 }), label]);
    const add = button(`Skriv upp ${said}`, () => {
      const given = Object.fromEntries(controls.map(([key, control]) => [key, control.value.trim()]));
      if (!given.what) {
        controls[0][1].focus();
        return;
      }
      list.push({ ...given, point: held.state.at });
      held.save();
      draw();
    });
    const lines = list.map((one, index) => {
      const away = button("Ta bort", () => {
        list.splice(index, 1);
        held.save();
        draw();
      });
      away.setAttribute("aria-label", `Ta bort: ${one.what}`);
      return element("li", {}, [one.what, one.who, one.by].filter(Boolean).join(". "), " ", away);
    });
    return element("section", {}, element("h3", { textContent: `${title} (${list.length})` }), ...controls.map(([, control, label]) => labelled(label, control)), element("p", { className: "buttons" }, add), element("ol", {}, ...lines));
  }

  const decided = (held, draw) => listing(held, draw, "Beslut", held.state.decisions, [["what", "Beslut", "textarea"], ["who", "Vem"], ["by", "Klart senast", "date"]], "beslutet");
  const waiting = (held, draw) => listing(held, draw, "Får vänta", held.state.parked, [["what", "Fråga som får vänta", "textarea"], ["who", "Vem tar den vidare"]], "frågan");

  // ---------------------------------------------------------------- afterwards

  function after(held, draw) {
    const { state, meeting } = held;
    const status = element("p", { role: "status" });
    const buttons = [];
    if (meeting.minutes) buttons.push(button("Hämta minnesanteckningarna (Word)", () => minutes(held, status), true));
    if (meeting.log && state.decisions.length) buttons.push(button("För in besluten i beslutsloggen", (event) => log(held, status, event.target)));
    buttons.push(button("Tillbaka till sista punkten", () => (held.go(held.points.length - 1), draw())));
    const clear = button("Klart: rensa mötet", (event) => {
      if (!confirm("Ta bort mötets anteckningar ur webbläsaren? Minnesanteckningarna ligger kvar i Mitt avtal om du har hämtat dem.")) return;
      forget(KEPT);
      event.target.closest("dialog").close();
    });
    return [
      heading("Läs upp innan ni går"),
      element("h3", { textContent: "Beslut" }),
      told(state.decisions, "Inget beslut är uppskrivet."),
      element("h3", { textContent: "Får vänta" }),
      told(state.parked, "Ingen fråga fick vänta."),
      element("p", { className: "buttons" }, ...buttons.flatMap((one) => [one, " "]), clear),
      status,
      element("p", { className: "meta" }, "Besluten med roll och datum syns på ", element("a", { href: new URL("mitt-avtal/", root).href, textContent: "Mitt avtal" }), ". Gick det bra, eller inte? ", element("a", { href: new URL("bidra/#erfarenhet", root).href, textContent: "Berätta för andra" }), "."),
    ];
  }

  const told = (list, none) => (list.length ? element("ol", {}, ...list.map((one) => element("li", { textContent: [one.what, one.who, one.by].filter(Boolean).join(". ") }))) : element("p", { textContent: none }));

  /** The minutes as the guide's own sheet, filled in and kept among the contract's. Which fields hold what is checked when it is built. */
  async function minutes(held, status) {
    const { meeting, state } = held;
    try {
      await load(`forms/${meeting.minutes}.js`);
      const sheet = window.guideSheet;
      const form = window.guideForms[meeting.minutes];
      const contract = sheet.chosen();
      const questions = sheet.questionsOf(form);
      const first = (type) => questions.find((one) => one.type === type).id;
      const [decisions, parked] = questions.filter((one) => one.todo);
      const made = { ...sheet.blank(form), answers: {}, rows: {} };
      sheet.put(made.answers, form.day.id, today());
      sheet.put(made.answers, first("text"), held.title);
      sheet.put(made.answers, first("long_text"), state.people);
      for (const [table, list] of [[decisions, state.decisions], [parked, state.parked]]) {
        made.rows[table.id] = Math.max(1, list.length);
        for (const [row, one] of list.entries()) for (const key of ["what", "who", "by"]) if (table.todo[key]) sheet.put(made.answers, `${table.id}.r${row + 1}.${table.todo[key]}`, one[key]);
      }
      sheet.remember(form, contract.id, true);
      const { bytes } = await sheet.word(form, contract, made);
      const file = sheet.fileName(form, contract, "docx");
      made.file = { name: file, time: new Date().toISOString(), changed: false };
      sheet.store(form, contract.id, made);
      saveAs(file, bytes);
      status.textContent = `${file} är hämtad, och bladet ligger i Mitt avtal.`;
    } catch {
      status.textContent = "Filen gick inte att göra. Försök igen. Besluten är kvar.";
    }
  }

  /** The decisions as rows of the contract's decision log, after those that stand there. */
  async function log(held, status, pressed) {
    await load(`forms/${held.meeting.log}.js`);
    const sheet = window.guideSheet;
    const form = window.guideForms[held.meeting.log];
    const contract = sheet.chosen();
    const state = sheet.stateOf(form, contract.id);
    const table = sheet.questionsOf(form).find((one) => one.todo);
    const column = (row, key) => `${table.id}.r${row}.${table.todo[key]}`;
    sheet.remember(form, contract.id, true);
    let row = state.rows[table.id] ?? 1;
    for (const one of held.state.decisions) {
      if (Object.keys(state.answers).some((tag) => tag.startsWith(`${table.id}.r${row}.`))) row += 1;
      sheet.put(state.answers, column(row, "what"), one.what);
      if (table.todo.who) sheet.put(state.answers, column(row, "who"), [one.who, ...(table.todo.by ? [] : [one.by])].filter(Boolean).join(", "));
      if (table.todo.by) sheet.put(state.answers, column(row, "by"), one.by);
    }
    state.rows[table.id] = row;
    const keeps = sheet.store(form, contract.id, state);
    pressed.disabled = keeps;
    status.textContent = keeps ? `${held.state.decisions.length} beslut är införda i ${form.title}. Skriv dit frågan och skälet.` : "Webbläsaren sparar inte. Skriv in besluten i loggen för hand.";
  }

  // ---------------------------------------------------------------- the leader's own window

  let leader = null;
  function openLeader(held) {
    leader = window.open("", "ledare", "popup,width=460,height=760");
    if (!leader) return;
    leader.document.title = "Ledarens fönster";
    leader.document.documentElement.lang = "sv";
    tellLeader(held);
  }
  function tellLeader(held) {
    if (!leader || leader.closed) return;
    const { state, meeting } = held;
    const running = state.at >= 0 && !held.over;
    const late = running ? held.late() : 0;
    const next = held.points[state.at + 1];
    const page = leader.document;
    const text = (name, content) => Object.assign(page.createElement(name), { textContent: content });
    const list = (lines) => {
      const made = page.createElement("ul");
      made.append(...lines.map((line) => text("li", line)));
      return made;
    };
    const sheet = page.adoptedStyleSheets?.[0];
    if (!sheet) {
      const style = new leader.CSSStyleSheet();
      style.replaceSync("body{font:18px/1.5 system-ui,sans-serif;margin:1.2rem;max-width:40rem}h1{font-size:1.3rem}h2{font-size:1.1rem;margin:1.2rem 0 .2rem}");
      page.adoptedStyleSheets = [style];
    }
    page.body.replaceChildren(
      text("h1", held.title),
      ...(running ? [text("p", `Punkt ${state.at + 1} av ${held.points.length}, ${length(held.point.minutes)}: ${held.point.name}`), text("p", state.paused !== null ? "Klockan står." : late > 0 ? `Mötet är ${length(late)} efter planen.` : "Mötet följer planen.")] : []),
      ...(next ? [text("p", `Sedan: ${next.name} (${length(next.minutes)})`)] : []),
      ...meeting.notes.flatMap((one) => [text("h2", one.title), list(one.lines)]),
    );
  }

  place.querySelector("[data-tool='meet.js']").addEventListener("click", begin);
  function begin() {
    Promise.all([load("sheet.js"), load(`meet/${name}.js`)]).then(() => document.querySelector("dialog.meet") ?? open(new Held(window.guideMeetings[name])));
  }
  begin();
})();
