// A calendar file of whole days that are left free, as ical.js writes it. Fetched when someone takes one.
(() => {
  "use strict";
  const DAY = 86_400_000; // milliseconds
  const after = (iso) => new Date(Date.parse(iso) + DAY).toISOString().slice(0, 10);

  function made(ICAL, kind, properties, inside = []) {
    const component = new ICAL.Component(kind);
    for (const [name, value] of Object.entries(properties)) component.addPropertyWithValue(name, value);
    for (const other of inside) component.addSubcomponent(other);
    return component;
  }

  /** `own` is what the calendar says of itself. Each event is {day, remind, said}: the date, whether to tell a week before, and its properties. */
  window.guideIcs = async (own, events) => {
    await window.guideLoad("vendor/ical.js");
    const { ICAL } = window;
    const stamp = ICAL.Time.fromJSDate(new Date(), true);
    const entries = events.map(({ day, remind, said }) => {
      const alarm = { action: "DISPLAY", trigger: ICAL.Duration.fromString("-P7D"), description: said.summary };
      const when = { dtstamp: stamp, "last-modified": stamp, dtstart: ICAL.Time.fromDateString(day), dtend: ICAL.Time.fromDateString(after(day)) };
      return made(ICAL, "vevent", { ...when, ...said, transp: "TRANSPARENT" }, remind ? [made(ICAL, "valarm", alarm)] : []);
    });
    return `${made(ICAL, "vcalendar", { version: "2.0", calscale: "GREGORIAN", ...own }, entries)}\r\n`;
  };
})();
