// A calendar file, as ical.js writes it. Fetched when someone takes one.
(() => {
  "use strict";
  const DAY = 86_400_000; // milliseconds
  const MINUTE = 60_000;

  function made(ICAL, kind, properties, inside = []) {
    const component = new ICAL.Component(kind);
    for (const [name, value] of Object.entries(properties)) component.addPropertyWithValue(name, value);
    for (const other of inside) component.addSubcomponent(other);
    return component;
  }

  /** The time of a day, by the clock of the place where the calendar is read; the whole day where there is no hour. */
  function timeOf(ICAL, day, hour, added = 0) {
    if (!hour) return ICAL.Time.fromDateString(new Date(Date.parse(day) + added * DAY).toISOString().slice(0, 10));
    return ICAL.Time.fromDateTimeString(new Date(Date.parse(`${day}T${hour}:00Z`) + added * MINUTE).toISOString().slice(0, 19));
  }

  /**
   * `own` is what the calendar says of itself. Each event is {day, hour, minutes, series, remind, said}: the date; when it begins
   * and how long it is, or the whole day where there is no hour; what repeats it, {byDay, until, without}; whether to tell a week
   * before; and its properties.
   */
  window.guideIcs = async (own, events) => {
    await window.guideLoad("vendor/ical.js");
    const { ICAL } = window;
    const stamp = ICAL.Time.fromJSDate(new Date(), true);
    const entries = events.map(({ day, hour, minutes, series, remind, said }) => {
      const alarm = { action: "DISPLAY", trigger: ICAL.Duration.fromString("-P7D"), description: said.summary };
      const when = { dtstamp: stamp, "last-modified": stamp, dtstart: timeOf(ICAL, day, hour), dtend: timeOf(ICAL, day, hour, hour ? minutes : 1) };
      const transp = hour ? "OPAQUE" : "TRANSPARENT";
      const entry = made(ICAL, "vevent", { ...when, ...said, transp }, remind ? [made(ICAL, "valarm", alarm)] : []);
      if (series) {
        entry.addPropertyWithValue("rrule", new ICAL.Recur({ freq: "MONTHLY", byday: [series.byDay], until: timeOf(ICAL, series.until, hour) }));
        for (const other of series.without) entry.addPropertyWithValue("exdate", timeOf(ICAL, other, hour));
      }
      return entry;
    });
    return `${made(ICAL, "vcalendar", { version: "2.0", calscale: "GREGORIAN", ...own }, entries)}\r\n`;
  };
})();
