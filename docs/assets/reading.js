// A reader's answers in a round of reading: three taps a record. They lie in this browser until their owner sends the file.
(() => {
  "use strict";
  const { element, button, labelled, kept, keep: keepAs, saveAs, copied, load } = window.guideParts;
  const place = document.querySelector("[data-reading]");
  const asked = new URLSearchParams(location.search).get("lasare");
  load("reading/round.js").then(() => window.guideReading.sets[asked] && begin(window.guideReading, window.guideReading.sets[asked]));

  function begin(guide, mine) {
    const key = `granskning-${guide.round}-${asked}`;
    const answers = kept(key, {});
    const status = element("p", { role: "status" });
    const keep = () => {
      const done = mine.records.filter((name) => answers[name]?.fits).length;
      const saved = keepAs(key, answers);
      status.textContent = `${done} av ${mine.records.length} poster besvarade.${saved ? " Svaren är sparade i den här webbläsaren." : " Webbläsaren sparar inte: spara filen innan du stänger."}`;
    };
    const items = mine.records.map((name, number) => record(guide, name, number, answers, keep));
    place.replaceChildren(
      element("h2", { textContent: `Läsare ${asked}, ${mine.side}` }),
      element("p", { textContent: "Öppna posten, läs den och svara. «Vet inte» är ett gott svar. Ingenting skickas förrän du själv skickar filen." }),
      status,
      ...items,
      element("h2", { textContent: "Skicka svaren" }),
      element("p", { className: "buttons" }, button("Spara svaren som fil", () => save(guide, answers, mine), true), " ", button("Kopiera svaren", () => copy(text(guide, answers, mine), status))),
      ...(guide.email ? [element("p", {}, "Mejla filen till ", element("a", { href: `mailto:${guide.email}`, textContent: guide.email }), ".")] : [element("p", { textContent: "Mejla filen till den i redaktionen som bad dig läsa." })]),
    );
    keep();
  }

  function record(guide, name, number, answers, keep) {
    const about = guide.records[name];
    const say = element("textarea", { rows: 2, maxLength: guide.longest, id: `say-${number}`, value: answers[name]?.say ?? "" });
    const change = (question, value) => {
      answers[name] = { ...answers[name], [question]: value };
      say.required = answers[name].stops === "ja";
      keep();
    };
    say.addEventListener("input", () => change("say", say.value.trim()));
    const groups = Object.entries(guide.choices).map(([question, options]) =>
      element(
        "fieldset",
        { className: "reading-question" },
        element("legend", { textContent: guide.questions[question] }),
        ...options.map((option) => {
          const radio = element("input", { type: "radio", name: `${question}-${number}`, value: option, checked: answers[name]?.[question] === option });
          radio.addEventListener("change", () => change(question, option));
          return element("label", {}, radio, ` ${option}`);
        }),
      ),
    );
    return element(
      "section",
      { className: "propose-item" },
      element("h3", {}, element("a", { href: new URL(about.path, new URL(place.dataset.reading, location.href)).href, target: "_blank", rel: "noopener", textContent: about.title }), element("span", { className: "visually-hidden", textContent: " (öppnas i en ny flik)" })),
      element("p", { className: "meta", textContent: `${about.kind[0].toUpperCase()}${about.kind.slice(1)}. ${about.lead}` }),
      ...groups,
      labelled(guide.questions.say, say),
    );
  }

  const text = (guide, answers, mine) =>
    JSON.stringify({
      partnerskapsguiden: guide.version,
      round: guide.round,
      set: asked,
      edition: guide.edition,
      year: new Date().getFullYear(),
      answers: mine.records.filter((name) => answers[name]).map((name) => ({ record: name, ...Object.fromEntries(Object.entries(answers[name]).filter(([, value]) => value)) })),
    });

  const save = (guide, answers, mine) => saveAs(`granskning-${guide.round}-${asked}.json`, text(guide, answers, mine));

  async function copy(told, status) {
    status.textContent = (await copied(told)) ? "Svaren är kopierade. Klistra in dem i ett mejl." : "Webbläsaren kopierade inte. Spara svaren som fil i stället.";
  }
})();
