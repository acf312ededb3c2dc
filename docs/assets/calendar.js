// The contract's calendar, worked out in the reader's browser: the rules are on the page, the dates are typed by the
// reader, and nothing is sent. The days are those that scripts/meetings/days.py gives for the same contract.
(() => {
  "use strict";
  const DAY = 86_400_000; // milliseconds; every date here is midnight UTC, so that no clock is put forward or back
  const MONTHS = ["jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"];

  // ---------------------------------------------------------------- days

  const at = (text) => new Date(`${text}T00:00:00Z`);
  const iso = (date) => date.toISOString().slice(0, 10);
  const addDays = (date, days) => new Date(date.getTime() + days * DAY);

  /** The same day of another month, or that month's last day where it has no such day. */
  function addMonths(date, months) {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
  }

  const later = (one, other) => (one > other ? one : other);
  const between = (start, end) => addDays(start, Math.floor((end - start) / DAY / 2));

  /** Half of the traffic, but two years before an option is decided, or half of the way there where that is short. */
  function halfway({ starts, ends, options: [option] }) {
    const half = between(starts, ends);
    if (!option) return half;
    const before = later(addMonths(option, -24), between(starts, option));
    return before < half ? before : half;
  }

  const daysOf = (contract) => ({
    signering: [contract.signed],
    trafikstart: [contract.starts],
    "första årsskiftet": [new Date(Date.UTC(contract.starts.getUTCFullYear(), 11, 31))],
    halvtid: [halfway(contract)],
    optionsbesked: contract.options,
    avtalsslut: [contract.ends],
  });

  const fromEnd = (rule) => ["optionsbesked", "avtalsslut"].includes(rule.counted_from);
  const firstDay = (rule, contract) => (fromEnd(rule) ? contract.starts : contract.signed);

  /** The days that the rule gives, which may be days when nobody can come. */
  function* wantedBy(rule, contract) {
    let number = 0;
    for (const origin of daysOf(contract)[rule.counted_from]) {
      for (let times = 0; times === 0 || rule.every; times += 1) {
        const date = addDays(addMonths(origin, rule.months + times * rule.every), 7 * rule.weeks);
        if (date > contract.ends && !(fromEnd(rule) && times === 0)) break;
        number += 1;
        yield { rule, number, date: later(date, firstDay(rule, contract)) };
      }
    }
  }

  // ---------------------------------------------------------------- the days when people can come

  const NEW_TRAFFIC = 3; // months from the start of traffic when the parties meet in July too
  const WEEKDAYS = { TU: 2, WE: 3 };

  /** What is asked of a day, for one contract. `holidays` is as scripts/meetings/holidays.py tells of them. */
  function daysFor(contract, { dated, fromEaster, firstYear, easters }) {
    const easter = (year) => addDays(at(`${year}-03-21`), easters[year - firstYear]);
    const isHoliday = (date) => {
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
      const midsummerEve = month === 5 && day >= 19 && day <= 25 && date.getUTCDay() === 5;
      return dated.includes(iso(date).slice(5)) || midsummerEve || fromEaster.includes((date - easter(year)) / DAY);
    };
    const isWorking = (date) => ![0, 6].includes(date.getUTCDay()) && !isHoliday(date);
    const canMeet = (date) => {
      const newTraffic = contract.starts <= date && date < addMonths(contract.starts, NEW_TRAFFIC);
      const away = (date.getUTCMonth() === 6 && !newTraffic) || (date.getUTCMonth() === 11 && date.getUTCDate() >= 23);
      return isWorking(date) && !away;
    };
    return { isWorking, canMeet };
  }

  /** The second or third Tuesday or Wednesday, near the date and not another series' while there is one to choose. */
  function weekdayOf(date, chosen) {
    const near = date.getUTCDate() < 15 ? [2, 3] : [3, 2];
    const free = near.flatMap((which) => Object.keys(WEEKDAYS).map((name) => `${which}${name}`));
    return free.find((byDay) => !chosen.includes(byDay)) ?? free[0];
  }

  function nth(date, byDay) {
    const first = addDays(date, 1 - date.getUTCDate());
    const ahead = (WEEKDAYS[byDay.slice(1)] - first.getUTCDay() + 7) % 7;
    return addDays(first, ahead + 7 * (Number(byDay[0]) - 1));
  }

  const isSeries = ({ kind, every }) => kind === "Möte" && every === 1;

  /** The monthly meetings, each on a weekday of its own. A month when it cannot be held goes without. */
  function* series(wanted, contract, canMeet) {
    const chosen = {};
    for (const event of wanted.filter(({ rule }) => isSeries(rule))) {
      const { rule } = event;
      chosen[rule.id] ??= weekdayOf(event.date, Object.values(chosen));
      const date = nth(event.date, chosen[rule.id]);
      if (firstDay(rule, contract) <= date && date <= contract.ends && canMeet(date)) yield { ...event, date, byDay: chosen[rule.id] };
    }
  }

  function search(from, step, suits) {
    let date = from;
    while (!suits(date)) date = addDays(date, step);
    return date;
  }

  /** The nearest day that suits, ahead or, for what is to be done before something, back, within what the event may span. */
  function suiting({ rule, date }, contract, suits) {
    for (const step of rule.isBefore ? [-1, 1] : [1, -1]) {
      const found = search(date, step, suits);
      if (firstDay(rule, contract) <= found && (found <= contract.ends || date > contract.ends)) return found;
    }
    return date;
  }

  /** The events on days that suit them. A series has the same weekday all the time, and the others make way for it. */
  function placed(wanted, contract, holidays) {
    const { isWorking, canMeet } = daysFor(contract, holidays);
    const found = [...series(wanted, contract, canMeet)];
    const taken = new Set(found.map((event) => iso(event.date)));
    const alone = wanted.filter(({ rule }) => !isSeries(rule)).sort((one, other) => one.date - other.date);
    for (const event of alone) {
      const meets = event.rule.kind === "Möte";
      const suits = meets ? (day) => canMeet(day) && !taken.has(iso(day)) : isWorking;
      const date = event.rule.stays ? event.date : suiting(event, contract, suits);
      if (meets) taken.add(iso(date));
      found.push({ ...event, date });
    }
    return found;
  }

  /** The rule as it is kept in that much of the guide; null where it is left out. */
  function within(rule, scope) {
    if (scope === "grund") return rule.ground ? rule : null;
    if (scope === "litet") return rule.small && { ...rule, ...rule.small };
    return rule;
  }

  /** Every event of the contract, by day. */
  function planned(data, contract, scope = "allt") {
    const rules = data.rules.map((rule) => within(rule, scope)).filter(Boolean);
    const wanted = rules.flatMap((rule) => [...wantedBy(rule, contract)]);
    const phases = wanted.filter((event) => event.rule.kind === "Fas");
    const skipped = phases.filter((event, index) => index + 1 < phases.length && event.date >= phases[index + 1].date);
    const kept = wanted.filter((event) => !skipped.includes(event));
    return placed(kept, contract, data.holidays).sort((one, other) => one.date - other.date);
  }

  // ---------------------------------------------------------------- what the reader types

  const number = (text) => (/^\d{1,2}$/.test(text.trim()) ? Number(text) : 0);
  const date = (text) => (text >= "2000-01-01" && text < "2100-01-01" ? at(text) : null);

  /** The contract that was typed, and what is wrong with it: field → message. */
  function read(form) {
    const typed = (name) => form.elements.namedItem(name).value;
    const [signed, starts, last, option1, option2] = ["signed", "starts", "ends", "option1", "option2"].map((name) => date(typed(name)));
    const years = number(typed("years"));
    const ends = last ?? (starts && years ? addDays(addMonths(starts, 12 * years), -1) : null);
    const problems = {};
    if (!signed) problems.signed = "Ange dagen då avtalet signeras.";
    if (!starts) problems.starts = "Ange den första trafikdagen.";
    else if (signed && starts <= signed) problems.starts = "Den första trafikdagen ska ligga efter signeringen.";
    if (!last && !(years >= 1 && years <= 25)) problems.years = "Ange avtalets längd i hela år, 1–25, eller den sista trafikdagen.";
    else if (last && starts && !(last > starts && last < addMonths(starts, 12 * 25 + 1))) problems.ends = "Den sista trafikdagen ska ligga efter den första, högst 25 år senare.";
    if (option1 && starts && ends && !(option1 > starts && option1 <= ends)) problems.option1 = "Dagen ska ligga mellan den första och den sista trafikdagen.";
    if (option2 && !option1) problems.option2 = "Fyll i den första optionens dag också.";
    else if (option2 && option2 <= option1) problems.option2 = "Den andra optionens dag ska ligga efter den förstas.";
    for (const input of form.elements) if (input.validity?.badInput) problems[input.name] = "Skriv hela datumet: år, månad och dag.";
    const options = [option1, option2].filter(Boolean);
    return { contract: { name: typed("name").trim(), signed, starts, ends, options }, problems };
  }

  function showProblems(form, problems) {
    for (const place of form.querySelectorAll(".problem[data-for]")) {
      const input = form.elements.namedItem(place.dataset.for);
      place.textContent = problems[input.name] ?? "";
      if (problems[input.name]) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    form.querySelector("[aria-invalid]")?.focus();
  }

  // ---------------------------------------------------------------- the plan on the page

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const shortDate = (day) => `${day.getUTCDate()}\u00a0${MONTHS[day.getUTCMonth()]}`;
  const longDate = (day) => `${shortDate(day)} ${day.getUTCFullYear()}`;

  const NTH = { 2: "andra", 3: "tredje" };
  const WEEKDAY_NAMES = { TU: "tisdagen", WE: "onsdagen" };

  /** A rule's days within a year, as one text. */
  function dayText({ days, byDay }) {
    if (days.length <= 4) return days.map(shortDate).join(", ");
    if (byDay) return `${NTH[byDay[0]]} ${WEEKDAY_NAMES[byDay.slice(1)]} i månaden`;
    return `${days.length} gånger, ${shortDate(days[0])}–${shortDate(days.at(-1))}`;
  }

  /** Year → rows, one for each rule that has a day in that year. */
  function byYear(events) {
    const years = new Map();
    for (const { rule, date: day, byDay } of events) {
      const year = day.getUTCFullYear();
      if (!years.has(year)) years.set(year, new Map());
      const rows = years.get(year);
      if (!rows.has(rule)) rows.set(rule, { rule, byDay, days: [] });
      rows.get(rule).days.push(day);
    }
    return years;
  }

  function row(entry, root) {
    const { rule } = entry;
    const line = element("li", "", { "data-kind": rule.kind });
    const sheet = element("span", "Arbetsblad: ", { class: "plan-sheet" });
    sheet.append(element("a", rule.worksheet.title, { href: root + rule.worksheet.path }));
    line.append(element("span", dayText(entry)), " ", element("a", rule.title, { href: root + rule.about.path }), " ", sheet);
    return line;
  }

  function yearList(year, rows, root) {
    const section = element("section");
    const list = element("ul", "", { class: "plan-year" });
    list.append(...[...rows.values()].map((entry) => row(entry, root)));
    section.append(element("h4", String(year)), list);
    return section;
  }

  function summary({ signed, starts, ends, options }) {
    const days = [`Signering ${longDate(signed)}`, `trafik ${longDate(starts)}–${longDate(ends)}`];
    if (options.length) days.push(`besked om option senast ${options.map(longDate).join(" och ")}`);
    return `${days.join(", ")}.`;
  }

  // ---------------------------------------------------------------- the file

  const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "avtal";

  /** Rule and time → the days of one entry in the calendar: a series is one, and everything else one by one. */
  function together(events) {
    const entries = new Map();
    for (const event of events) {
      const id = `${event.rule.id}.${event.byDay ? "serie" : event.number}`;
      if (!entries.has(id)) entries.set(id, { id, rule: event.rule, byDay: event.byDay, days: [] });
      entries.get(id).days.push(iso(event.date));
    }
    return [...entries.values()];
  }

  /** The days of a series, from its first to its last, when it is not held. */
  function without(days, byDay) {
    const [first, last] = [at(days[0]), at(days.at(-1))];
    const left = [];
    for (let month = addDays(first, 1 - first.getUTCDate()); month < last; month = addMonths(month, 1)) {
      const day = iso(nth(month, byDay));
      if (!days.includes(day)) left.push(day);
    }
    return left;
  }

  /** The events as an iCalendar file. With an hour to begin at, a meeting is as long as it is; else everything is whole days. */
  async function calendarFile({ events, contract, hour }, data) {
    await window.guideLoad("ics.js");
    const name = contract.name || "Partnerskapets kalender";
    const own = { prodid: data.prodid, "x-wr-calname": name, "x-wr-caldesc": `${name}. ${data.about}` };
    const entries = together(events).map(({ id, rule, byDay, days }) => ({
      day: days[0],
      hour: rule.minutes ? hour : "",
      minutes: rule.minutes,
      series: byDay && { byDay, until: days.at(-1), without: without(days, byDay) },
      remind: rule.kind === "Möte",
      said: {
        uid: `${slug(contract.name)}.${id}@${new URL(data.address).host}`,
        sequence: data.sequence,
        summary: contract.name ? `${contract.name}: ${rule.title}` : rule.title,
        description: rule.description,
        url: data.address + rule.about.path,
        categories: rule.kind,
      },
    }));
    return window.guideIcs(own, entries);
  }

  function save(text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
    const link = element("a", "", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  // ---------------------------------------------------------------- the page

  function start(form, plan, data) {
    const root = form.dataset.root;
    const status = form.querySelector("[role=status]");
    let shown = null; // the plan on the page: its contract, its events and when they begin

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { contract, problems } = read(form);
      showProblems(form, problems);
      const wrong = Object.keys(problems).length;
      status.textContent = wrong ? `${wrong === 1 ? "Ett fält" : `${wrong} fält`} behöver rättas.` : "";
      if (wrong) return;
      const today = iso(new Date());
      const ahead = form.elements.namedItem("ahead").checked;
      const events = planned(data, contract, form.elements.namedItem("scope").value).filter(({ date: day }) => !ahead || iso(day) >= today);
      shown = { contract, events, hour: form.elements.namedItem("hour").value };
      plan.querySelector(".plan-name").textContent = contract.name ? `Partnerskapets kalender: ${contract.name}` : "Partnerskapets kalender";
      plan.querySelector(".plan-dates").textContent = summary(contract);
      plan.querySelector(".plan-years").replaceChildren(...[...byYear(events)].map(([year, rows]) => yearList(year, rows, root)));
      plan.hidden = false;
      status.textContent = `${events.length} tillfällen är uträknade. Planen står här nedanför.`;
    });
    plan.querySelector("[data-do=file]").addEventListener("click", async () => {
      try {
        save(await calendarFile(shown, data), "arshjul.ics");
      } catch {
        status.textContent = "Kalenderfilen gick inte att skriva. Ladda om sidan och försök igen.";
      }
    });
    plan.querySelector("[data-do=print]").addEventListener("click", () => {
      document.documentElement.classList.add("print-plan");
      print();
    });
    addEventListener("afterprint", () => document.documentElement.classList.remove("print-plan"));
    document.getElementById("kalender-utan-skript").remove();
    form.hidden = false;
  }

  document.head.append(element("link", "", { rel: "stylesheet", href: new URL("calendar.css", document.currentScript.src).href }));
  const form = document.getElementById("kalenderformular");
  start(form, document.getElementById("kalenderplan"), JSON.parse(document.getElementById("kalenderregler").textContent));
})();
