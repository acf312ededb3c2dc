// Rating together: each answers alone, each party gathers its own answers, and both are laid beside each other.
//
// Nothing is sent. Answers lie in this browser, or in what a person reads aloud, copies or saves. The numbers are those of
// the workbooks (scripts/worksheets/rating/); the same cases are run through both in the tests.
(() => {
  "use strict";
  const { element, button, labelled, choice, problem, kept, keep, forget, saveAs, copied, load, root, fillTool, bytesOf } = window.guideParts;
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no letter that is taken for another
  const CHECK = 32749; // the largest prime under 2^15: three signs
  const KEPT = "skattning-"; // before each name that the rating keeps

  // ---------------------------------------------------------------- the code of one person's answers

  const sum = (text, start) => [...text].reduce((total, sign) => (total * 31 + sign.codePointAt(0)) % CHECK, start);
  const inSigns = (number, length) => Array.from({ length }, (_, n) => SIGNS[Number((number >> BigInt(5 * (length - 1 - n))) & 31n)]).join("");
  /** Statements have other ids in another edition only if some are new or gone; then its codes are not ours. */
  const tagOf = (rating) => SIGNS[sum(rating.statements.map((one) => one.id).join(" "), 7) % 32];
  const lengthOf = (rating) => Math.ceil((rating.statements.length * Math.log2(rating.scores.length + 1)) / 5);

  /** Answers (id → 1–5) as signs in fours: the answers, the edition's sign and a check. What is not answered counts as «vet ej». */
  function encode(rating, answers) {
    const base = BigInt(rating.scores.length + 1);
    const number = rating.statements.reduce((total, one) => total * base + BigInt(answers[one.id] ?? 0), 0n);
    const text = inSigns(number, lengthOf(rating)) + tagOf(rating);
    return (text + inSigns(BigInt(sum(text, 1)), 3)).match(/.{1,4}/g).join("-");
  }

  /** The answers of a code, or why it cannot be read. What looks alike is taken for what it was. */
  function decode(rating, typed) {
    const text = typed.toUpperCase().replace(/[\s\-–.]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
    const length = lengthOf(rating);
    if (text.length !== length + 4) return { wrong: `koden ska ha ${length + 4} tecken, den här har ${text.length}` };
    const odd = [...text].find((sign) => !SIGNS.includes(sign));
    if (odd) return { wrong: `tecknet ${odd} finns inte i någon kod` };
    if (inSigns(BigInt(sum(text.slice(0, -3), 1)), 3) !== text.slice(-3)) return { wrong: "något tecken är fel. Läs koden en gång till" };
    if (text[length] !== tagOf(rating)) return { wrong: "koden är från en utgåva med andra påståenden" };
    const base = BigInt(rating.scores.length + 1);
    let number = [...text.slice(0, length)].reduce((total, sign) => total * 32n + BigInt(SIGNS.indexOf(sign)), 0n);
    const answers = {};
    for (const one of [...rating.statements].reverse()) {
      const answer = Number(number % base);
      if (answer) answers[one.id] = answer;
      number /= base;
    }
    return number ? { wrong: "något tecken är fel. Läs koden en gång till" } : { answers };
  }

  // ---------------------------------------------------------------- what answers come to

  /** The mean of whole numbers, halves upwards, to one decimal: in whole numbers, so that no fraction is lost. */
  const mean = (scores) => Math.floor((20 * scores.reduce((a, b) => a + b, 0) + scores.length) / (2 * scores.length)) / 10;
  const spread = (scores) => {
    const total = scores.reduce((a, b) => a + b, 0);
    const squares = scores.reduce((a, b) => a + b * b, 0);
    return Math.floor(Math.sqrt((squares - (total * total) / scores.length) / (scores.length - 1)) * 10 + 0.5 + 1e-9) / 10;
  };

  /** One party's answers: statement → mean, number and, where enough have answered, spread. */
  function gathered(rating, persons) {
    const found = {};
    for (const { id } of rating.statements) {
      const scores = persons.map((answers) => answers[id]).filter(Boolean);
      if (!scores.length) continue;
      found[id] = { mean: mean(scores), number: scores.length, ...(scores.length >= rating.limits.fewest ? { spread: spread(scores) } : {}) };
    }
    return found;
  }

  const tenths = (number) => Math.round(number * 10);
  const inside = (rating, one) => typeof one?.mean === "number" && one.mean >= rating.scores[0] && one.mean <= rating.scores.at(-1);

  /** Both parties' answers as the agenda has them: the largest gap first, last what only one has answered. */
  function compared(rating, [client, operator]) {
    const rows = rating.statements.map((statement, index) => {
      const scores = [client, operator].map((party) => (inside(rating, party[statement.id]) ? tenths(party[statement.id].mean) : null));
      const both = scores.every((score) => score !== null);
      const gap = both ? Math.abs(scores[0] - scores[1]) : null;
      const weight = both ? gap * 1e6 + (100 - scores[0] - scores[1]) * 1e3 + 999 - (index + 1) : -(index + 1);
      const without = rating.parties.filter((_, n) => scores[n] === null).map((party) => party.name.toLowerCase());
      const state = !both ? "" : gap >= rating.limits.large * 10 ? rating.words.large : Math.max(...scores) <= rating.limits.low * 10 ? rating.words.low : "";
      const apart = rating.parties.filter((party, n) => ([client, operator][n][statement.id]?.spread ?? 0) >= rating.limits.apart).map((party) => party.name.toLowerCase());
      return { ...statement, number: index + 1, scores: scores.map((score) => (score === null ? null : score / 10)), gap: gap === null ? null : gap / 10, weight, state, apart: apart.length > 1 ? "båda" : (apart[0] ?? ""), why: both ? "" : `saknar svar från ${without.length > 1 ? "båda" : without[0]}` };
    });
    const gaps = rows.map((row) => row.gap).filter((gap) => gap !== null);
    for (const row of rows) row.rank = row.gap === null ? "" : `${1 + gaps.filter((gap) => gap > row.gap).length}${gaps.filter((gap) => gap === row.gap).length > 1 ? " (delad)" : ""}`;
    return rows.sort((a, b) => b.weight - a.weight);
  }

  /** Both parties' means of each area, over the statements that both have answered. */
  function means(rating, rows) {
    return rating.areas.map((area) => {
      const both = rows.filter((row) => row.area === area.title && row.gap !== null);
      const of = (n) => (both.length ? Math.floor((2 * both.reduce((total, row) => total + tenths(row.scores[n]), 0) + both.length) / (2 * both.length)) / 10 : null);
      return { ...area, means: [of(0), of(1)], compared: both.length };
    });
  }

  // ---------------------------------------------------------------- sealed

  /** A party's answers as the text that is exchanged; the salt makes its fingerprint say nothing of what is in it. */
  function opened(rating, party, persons) {
    const salt = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return JSON.stringify({ partnerskapsguiden: "skattning 1", sheet: rating.sheet, edition: rating.edition, party, persons: persons.length, answers: gathered(rating, persons), salt });
  }

  async function fingerprint(text) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.trim())));
    return [...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("").match(/.{4}/g).join(" ");
  }

  /** What was exchanged, read again; `wrong` where it is not ours. */
  function received(rating, text, party) {
    let told;
    try {
      told = JSON.parse(text);
    } catch {
      return { wrong: "Texten är inte hel. Kopiera den på nytt, från { till }." };
    }
    if (told?.partnerskapsguiden !== "skattning 1" || told.sheet !== rating.sheet || typeof told.answers !== "object") return { wrong: "Texten är ingen skattning från det här bladet." };
    if (party && told.party !== party) return { wrong: `Texten är ${rating.parties.find((one) => one.id === told.party)?.name.toLowerCase() ?? "ingen part"}s svar. Klistra in den i den andra rutan.` };
    const known = new Set(rating.statements.map((one) => one.id));
    const answers = Object.fromEntries(Object.entries(told.answers).filter(([id, one]) => known.has(id) && inside(rating, one)).map(([id, one]) => [id, { mean: tenths(one.mean) / 10, number: Math.trunc(Number(one.number)) || 1, ...(typeof one.spread === "number" && one.spread >= 0 && one.spread <= 4 ? { spread: one.spread } : {}) }]));
    return { answers, persons: Math.trunc(Number(told.persons)) || 0, strange: Object.keys(told.answers).length - Object.keys(answers).length };
  }

  /** What a filled-in joint workbook holds: both parties' texts as if exchanged, and what was agreed. Throws an error with `told`. */
  function fromWorkbook(rating, { take, toDate }, bytes, name) {
    const found = take(bytes, name);
    if (found.sheet !== rating.sheet || found.variant !== rating.variant) throw problem("Filen är inte arbetsboken med båda parters svar.");
    const at = Object.fromEntries(found.answers.map((one) => [one.name, one.values[0]]));
    const texts = rating.parties.map((party) => {
      const answers = {};
      for (const { id, name: place } of rating.statements) {
        const [given, number, apart] = ["", ".number", ".spread"].map((part) => at[`${place}.${party.id}${part}`]);
        if (typeof given === "number") answers[id] = { mean: given, number: Number(number) || 1, ...(typeof apart === "number" ? { spread: apart } : {}) };
      }
      const persons = Math.max(0, ...Object.values(answers).map((one) => one.number));
      return JSON.stringify({ partnerskapsguiden: "skattning 1", sheet: rating.sheet, edition: found.edition, party: party.id, persons, answers });
    });
    const agreed = {};
    for (const { id, name: place } of rating.statements) {
      for (const { key, date } of rating.meeting) {
        const said = at[`${place}.${key}`];
        if (said || said === 0) (agreed[id] ??= {})[key] = date && typeof said === "number" ? toDate(said) : String(said);
      }
    }
    return { texts, agreed };
  }

  window.guideRate = { encode, decode, gathered, compared, means, fingerprint, received };

  // ---------------------------------------------------------------- elements

  const swedish = (number) => (number === null || number === undefined ? "–" : String(number.toFixed(1)).replace(".", ","));
  const copy = async (text, status, told) => {
    status.textContent = (await copied(text)) ? told : "Webbläsaren kopierade inte. Markera texten och kopiera den själv.";
  };

  // ---------------------------------------------------------------- one person answers

  function answering(rating, place) {
    const answers = kept(`${KEPT}svar`, {});
    const status = element("p", { role: "status" });
    const out = element("div");
    const show = () => {
      const done = rating.statements.filter((one) => one.id in answers).length;
      const saved = keep(`${KEPT}svar`, answers);
      status.textContent = `${done} av ${rating.statements.length} besvarade.${saved ? "" : " Webbläsaren sparar inte: ta koden innan du stänger."}`;
      out.replaceChildren(...(done ? codeOf(rating, answers, done) : []));
    };
    let area = "";
    const parts = rating.statements.flatMap((one, index) => {
      const heading = one.area !== area ? [element("h4", { textContent: (area = one.area) })] : [];
      const options = [...rating.scores, 0].map((score) => {
        const radio = element("input", { type: "radio", name: `skatta-${index}`, value: score, checked: answers[one.id] === score });
        radio.addEventListener("change", () => ((answers[one.id] = score), show()));
        return element("label", {}, radio, ` ${score || rating.unknown}`);
      });
      return [...heading, element("fieldset", { className: "reading-question" }, element("legend", { textContent: `${index + 1}. ${one.text}` }), ...options)];
    });
    place.replaceChildren(
      element("p", { textContent: `1 = ${rating.low}, 5 = ${rating.high}. Svara för dig själv, av det du har sett. «${rating.unknown}» är ett gott svar. Svaren blir en kod utan namn.` }),
      ...parts,
      status,
      out,
    );
    show();
  }

  function codeOf(rating, answers, done) {
    const code = encode(rating, answers);
    const status = element("p", { role: "status" });
    const missing = rating.statements.length - done;
    return [
      element("h4", { textContent: "Din kod" }),
      element("p", { className: "rate-code", textContent: code }),
      element("p", { textContent: `${missing ? `${missing} obesvarade räknas som «${rating.unknown}». ` : ""}Läs upp koden, mejla den eller skriv av den till den som samlar din parts svar. Den som har en enda kod kan räkna fram svaren i den, så lämna den till någon du litar på. Vidare går bara partens medelvärden.` }),
      element("p", { className: "buttons" }, button("Kopiera koden", () => copy(code, status, "Koden är kopierad."), true)),
      status,
    ];
  }

  // ---------------------------------------------------------------- a party gathers

  function gathering(rating, place) {
    const before = kept(`${KEPT}samling`, { party: rating.parties[0].id, codes: "" });
    const party = choice(rating.parties.map((one) => [one.id, one.name]), before.party);
    const codes = element("textarea", { rows: 6, value: before.codes, spellcheck: false, autocapitalize: "characters" });
    const status = element("p", { role: "status" });
    const out = element("div");
    const show = () => {
      keep(`${KEPT}samling`, { party: party.value, codes: codes.value });
      const lines = codes.value.split(/\n/).map((line) => line.trim()).filter(Boolean);
      const read = lines.map((line) => decode(rating, line));
      const wrong = read.flatMap((one, n) => (one.wrong ? [`Rad ${n + 1}: ${one.wrong}.`] : []));
      const persons = read.flatMap((one) => (one.answers ? [one.answers] : []));
      const twice = new Set(lines).size < lines.length ? " Två koder är likadana: är det samma person, ta bort den ena." : "";
      status.textContent = `${persons.length} svar räknade. ${wrong.join(" ")}${twice}`;
      out.replaceChildren(...(persons.length ? own(rating, party.value, persons) : []));
    };
    party.addEventListener("change", show);
    codes.addEventListener("input", show);
    place.replaceChildren(labelled("Vilken part samlar du för?", party), labelled("Koderna", codes, "En på varje rad. Stora eller små bokstäver och streck spelar ingen roll."), status, out);
    show();
  }

  function own(rating, party, persons) {
    const found = gathered(rating, persons);
    const rows = rating.statements.map((one, n) => element("tr", {}, ...[n + 1, one.text, swedish(found[one.id]?.mean ?? null), found[one.id]?.number ?? 0, found[one.id]?.spread === undefined ? "" : swedish(found[one.id].spread)].map((text) => element("td", { textContent: text }))));
    const few = persons.length < rating.limits.fewest ? ` Spridning visas först när ${rating.limits.fewest} har svarat, eftersom den annars avslöjar vad någon svarade.` : "";
    const status = element("p", { role: "status" });
    const sealed = element("div");
    const seal = async () => {
      const text = opened(rating, party, persons);
      const area = element("textarea", { readOnly: true, rows: 5, value: text });
      const mark = await fingerprint(text);
      keep(`${KEPT}forsegling`, { party, text });
      sealed.replaceChildren(
        element("p", {}, "Fingeravtryck: ", element("strong", { className: "rate-code", textContent: mark })),
        element("p", { textContent: "Läs upp eller mejla fingeravtrycket till den andra parten, och få deras. Först därefter skickar ni svaren nedan. Fingeravtrycket räknas fram ur svaren: ändras ett enda svar efteråt stämmer det inte." }),
        labelled("Svaren, att skicka när båda har fått varandras fingeravtryck", area),
        element("p", { className: "buttons" }, button("Kopiera svaren", () => copy(text, status, "Svaren är kopierade.")), " ", button("Spara svaren som fil", () => saveAs(`skattning-${party}.json`, text))),
      );
    };
    return [
      element("h4", { textContent: "Vårt svar" }),
      element("p", { textContent: `${persons.length} har svarat.${few} Ändra inte efter att ni har förseglat.` }),
      element("div", { className: "matrix", tabIndex: 0, role: "group", "aria-label": "Tabell" }, element("table", { className: "rate-table" }, element("thead", {}, element("tr", {}, ...["Nr", "Påstående", "Medelvärde", "Antal", "Spridning"].map((text) => element("th", { scope: "col", textContent: text })))), element("tbody", {}, ...rows))),
      element("p", { className: "buttons" }, button("Försegla våra svar", seal, true)),
      status,
      sealed,
    ];
  }

  // ---------------------------------------------------------------- both, beside each other

  function together(rating, place) {
    const before = kept(`${KEPT}tillsammans`, { texts: ["", ""], marks: ["", ""], earlier: "", agreed: {} });
    const status = element("p", { role: "status" });
    const out = element("div");
    const boxes = rating.parties.map((party, n) => ({
      text: element("textarea", { rows: 3, value: before.texts[n], spellcheck: false }),
      mark: element("input", { value: before.marks[n], autocomplete: "off", spellcheck: false }),
    }));
    const earlier = element("textarea", { rows: 2, value: before.earlier, spellcheck: false });
    const { agreed } = before;
    const workbook = element("input", { type: "file", accept: ".xlsx" });
    workbook.addEventListener("change", async () => {
      const [file] = workbook.files;
      if (!file) return;
      try {
        const given = fromWorkbook(rating, await fillTool(), new Uint8Array(await file.arrayBuffer()), file.name);
        boxes.forEach((one, n) => ([one.text.value, one.mark.value] = [given.texts[n], ""]));
        for (const id of Object.keys(agreed)) delete agreed[id];
        Object.assign(agreed, given.agreed);
        show();
      } catch (error) {
        status.textContent = `${file.name}: ${error.told ?? "filen gick inte att läsa."} Inget är ändrat.`;
      }
      workbook.value = "";
    });
    const keepAll = () => keep(`${KEPT}tillsammans`, { texts: boxes.map((one) => one.text.value), marks: boxes.map((one) => one.mark.value), earlier: earlier.value, agreed });
    const show = async () => {
      keepAll();
      const read = boxes.map((one, n) => (one.text.value.trim() ? received(rating, one.text.value, rating.parties[n].id) : { wrong: "" }));
      const told = [];
      for (const [n, one] of boxes.entries()) {
        const name = rating.parties[n].name;
        if (read[n].wrong) told.push(`${name}: ${read[n].wrong}`);
        if (read[n].strange) told.push(`${name}: ${read[n].strange} svar ligger utanför 1–5 eller hör till andra påståenden, och räknas inte.`);
        if (read[n].answers && one.mark.value.trim() && globalThis.crypto?.subtle) {
          const same = (await fingerprint(one.text.value)) === one.mark.value.trim().toLowerCase().replace(/\s+/g, "").match(/.{1,4}/g)?.join(" ");
          told.push(same ? `${name}: svaren är de som förseglades.` : `${name}: svaren stämmer inte med fingeravtrycket. De har ändrats efter förseglingen, eller så är ett tecken fel.`);
        }
      }
      status.textContent = told.join(" ");
      if (read.every((one) => one.answers)) out.replaceChildren(...joint(rating, read.map((one) => one.answers), agreed, keepAll, earlier.value));
      else out.replaceChildren();
    };
    place.replaceChildren(
      ...rating.parties.flatMap((party, n) => [labelled(`${party.name}s svar`, boxes[n].text, "Texten som parten skickade när fingeravtrycken var utbytta."), labelled(`Fingeravtrycket som ${party.name.toLowerCase()} gav först`, boxes[n].mark)]),
      labelled("Eller öppna en ifylld arbetsbok", workbook, "Arbetsboken med båda parters svar. Den ersätter det som står i rutorna."),
      labelled("En tidigare skattning (får utelämnas)", earlier, "Innehållet i filen som ni sparade då. Den visas som tunna linjer i bilden."),
      status,
      out,
    );
    for (const control of [...boxes.flatMap((one) => [one.text, one.mark]), earlier]) control.addEventListener("input", show);
    show();
  }

  function joint(rating, answers, agreed, keepAll, earlierText) {
    const rows = compared(rating, answers);
    const areas = means(rating, rows);
    const done = rows.filter((row) => row.gap !== null);
    const last = done[Math.min(rating.limits.first, done.length) - 1];
    const first = last ? done.filter((row) => row.gap >= last.gap) : [];
    let past = null;
    try {
      past = JSON.parse(earlierText).areas?.map((area) => area.means) ?? null;
    } catch {}
    const status = element("p", { role: "status" });
    const file = () => JSON.stringify({ partnerskapsguiden: "skattning 1, tillsammans", sheet: rating.sheet, edition: rating.edition, answers, areas: areas.map(({ title, means: both }) => ({ title, means: both })), agreed }, null, 1);
    return [
      element("h4", { textContent: `${done.length} av ${rows.length} påståenden är jämförda` }),
      radar(rating, areas, past),
      table(["Område", ...rating.parties.map((party) => party.name)], areas.map((area) => [area.title, ...area.means.map(swedish)])),
      element("h4", { textContent: `Dagordning: börja med de ${first.length} översta` }),
      ...first.map((row) => point(rating, row, areas, agreed, keepAll)),
      element("h4", { textContent: "Alla påståenden" }),
      table(["Plats", "Påstående", ...rating.parties.map((party) => party.name), "Skillnad", "Läge", "Oense inom sig"], rows.map((row) => [row.rank, row.text, ...row.scores.map(swedish), swedish(row.gap), row.state || row.why, row.apart])),
      element("p", { className: "buttons" }, button("Spara som Excel", () => excel(rating, answers, agreed, status), true), " ", button("Spara som fil", () => saveAs("skattning-tillsammans.json", file())), " ", button("Skriv ut", () => print())),
      status,
    ];
  }

  const table = (headings, rows) =>
    element("div", { className: "matrix", tabIndex: 0, role: "group", "aria-label": "Tabell" }, element("table", { className: "rate-table" }, element("thead", {}, element("tr", {}, ...headings.map((text) => element("th", { scope: "col", textContent: text })))), element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((text) => element("td", { textContent: text })))))));

  function point(rating, row, areas, agreed, keepAll) {
    const said = (agreed[row.id] ??= {});
    const controls = rating.meeting.map(({ key, label, date }) => {
      const control = date ? element("input", { type: "date", value: said[key] ?? "" }) : element("textarea", { rows: 1, value: said[key] ?? "", maxLength: 300 });
      control.addEventListener("input", () => ((said[key] = control.value), keepAll()));
      return labelled(label, control);
    });
    const practices = areas.find((area) => area.title === row.area)?.practices ?? [];
    return element(
      "section",
      { className: "propose-item" },
      element("h5", { textContent: `${row.rank}. ${row.text}` }),
      element("p", { textContent: `${rating.parties.map((party, n) => `${party.name} ${swedish(row.scores[n])}`).join(", ")}. Skillnad ${swedish(row.gap)}${row.state ? `: ${row.state}` : ""}.${row.apart ? ` Oense inom sig: ${row.apart}.` : ""}` }),
      ...(practices.length ? [element("p", { className: "meta" }, "Kan hjälpa: ", ...practices.flatMap((one, n) => [...(n ? [", "] : []), element("a", { href: new URL(one.path, root).href, textContent: one.title })]))] : []),
      ...controls,
    );
  }

  /** The areas' means as a figure; the table under it says the same. */
  function radar(rating, areas, past) {
    const [width, height, middle, centre, reach] = [640, 400, 320, 205, 150];
    const svg = (name, attributes, text = "") => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.textContent = text;
      return made;
    };
    const at = (index, score) => {
      const turn = (index / areas.length) * 2 * Math.PI - Math.PI / 2;
      return [middle + (Math.cos(turn) * reach * score) / 5, centre + (Math.sin(turn) * reach * score) / 5];
    };
    const line = (values, className) => svg("polygon", { points: areas.map((_, n) => at(n, values[n] ?? 0).map((x) => x.toFixed(1)).join(",")).join(" "), class: className });
    const figure = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "rate-radar", role: "img", "aria-label": "Medelvärdet för varje område hos båda parter. Samma tal står i tabellen." });
    for (const score of rating.scores) figure.append(line(areas.map(() => score), "rate-ring"));
    for (const [n, area] of areas.entries()) {
      const [x, y] = at(n, 5.6);
      figure.append(svg("text", { x, y, "text-anchor": Math.abs(x - middle) < 12 ? "middle" : x > middle ? "start" : "end" }, area.title.length > 26 ? `${area.title.slice(0, 24)}…` : area.title));
    }
    if (past?.length === areas.length) for (const n of [0, 1]) figure.append(line(past.map((both) => both?.[n]), `rate-line rate-past rate-${n}`));
    for (const n of [0, 1]) figure.append(line(areas.map((area) => area.means[n]), `rate-line rate-${n}`));
    return element("figure", { className: "rate-figure" }, figure, element("figcaption", { textContent: `Heldragen: ${rating.parties[0].name.toLowerCase()}. Streckad: ${rating.parties[1].name.toLowerCase()}.${past ? " Tunna linjer: den tidigare skattningen." : ""}` }));
  }

  /** The joint workbook of the guide, with the answers in it; its formulas do the rest. */
  async function excel(rating, answers, agreed, status) {
    try {
      const [bytes, { write }] = await Promise.all([bytesOf(rating.workbook), fillTool()]);
      const values = {};
      for (const one of rating.statements) {
        rating.parties.forEach((party, n) => {
          const given = answers[n][one.id];
          if (!given) return;
          values[`${one.name}.${party.id}`] = given.mean;
          values[`${one.name}.${party.id}.number`] = given.number;
          if (given.spread !== undefined) values[`${one.name}.${party.id}.spread`] = given.spread;
        });
        for (const { key, date } of rating.meeting) {
          const said = agreed[one.id]?.[key];
          if (said) values[`${one.name}.${key}`] = date ? Math.round((Date.parse(said) - Date.UTC(1899, 11, 30)) / 864e5) : said;
        }
      }
      saveAs(rating.workbook.split("/").pop(), write(bytes, values));
      status.textContent = "Arbetsboken är sparad bland dina hämtade filer.";
    } catch {
      status.textContent = "Arbetsboken gick inte att hämta. Försök igen, eller spara som fil.";
    }
  }

  // ---------------------------------------------------------------- the three ways in

  const place = document.querySelector("[data-rate]");
  load(`rate/${place.dataset.rate}.js`).then(() => begin(window.guideRating));

  function begin(rating) {
    const room = element("div");
    const ways = [["Jag svarar", answering], ["Jag samlar min parts svar", gathering], ["Vi lägger svaren bredvid varandra", together]];
    const buttons = ways.map(([label, open]) => {
      const made = button(label, () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === made));
        open(rating, room);
      });
      made.setAttribute("aria-pressed", "false");
      return made;
    });
    const clear = button("Radera allt som skattningen har sparat här", () => {
      if (!confirm("Radera svar, koder och överenskommelser ur den här webbläsaren?")) return;
      forget(KEPT);
      room.replaceChildren(element("p", { role: "status", textContent: "Allt är raderat." }));
    });
    place.replaceChildren(
      element("p", { textContent: "Svaren sparas bara i den här webbläsaren. Ingenting skickas: ni läser upp, kopierar eller sparar det som ska vidare." }),
      element("p", { className: "buttons" }, ...buttons.flatMap((one) => [one, " "])),
      room,
      element("p", { className: "meta" }, clear),
    );
  }
})();
