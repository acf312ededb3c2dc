// Calling to a meeting from its page: the day, the hour and the room are typed, and the call gets the clock times of its points, as a
// text, an e-mail to open and a calendar file. Nothing that is typed is kept.
(() => {
  "use strict";
  const { element, button, labelled, choice, saveAs, copied, load } = window.guideParts;
  const MINUTE = 60_000;
  const place = document.querySelector("[data-meet]");
  const name = place.dataset.meet;

  const pad = (number) => String(number).padStart(2, "0");
  const lengthOf = (session) => session.points.reduce((sum, point) => sum + point.minutes, 0);

  /** From when to when each point is, by the clock: 13.00–13.15. */
  function clocks(session, hour) {
    let at = Date.parse(`2000-01-01T${hour}:00Z`);
    const shown = (time) => `${pad(new Date(time).getUTCHours())}.${pad(new Date(time).getUTCMinutes())}`;
    return session.points.map(({ minutes }) => `${shown(at)}–${shown((at += minutes * MINUTE))}`);
  }

  function dayText(day, hour, minutes) {
    const told = new Date(`${day}T00:00:00Z`).toLocaleDateString("sv-SE", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const [span] = clocks({ points: [{ minutes }] }, hour);
    return `${told}, klockan ${span}`;
  }

  /** Subject and text of the call. What was left empty is a line to write on. */
  function written(session, { day, hour, room, caller }) {
    const line = "_".repeat(20);
    const values = { ...clocks(session, hour), dag: dayText(day, hour, lengthOf(session)), plats: room || line, kallar: caller || line };
    const [first, , ...rest] = session.call.replaceAll(/⟦(\w+)⟧/g, (_, key) => values[key]).split("\n");
    return { subject: first.replace(/^Ämne: /, ""), text: rest.join("\n") };
  }

  // ---------------------------------------------------------------- the files

  async function calendarFile(meeting, session, typed, { subject, text }) {
    await load("ics.js");
    const said = {
      uid: `${name.replace("/", ".")}.${typed.day}T${typed.hour.replace(":", "")}@${new URL(meeting.page).host}`,
      summary: subject,
      description: text,
      url: meeting.page,
      ...(typed.room ? { location: typed.room } : {}),
    };
    return window.guideIcs({ prodid: "-//Partnerskapsguiden//Kallelse//SV" }, [{ day: typed.day, hour: typed.hour, minutes: lengthOf(session), remind: true, said }]);
  }

  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const folded = (text) => base64(text).match(/.{1,76}/g).join("\r\n");
  /** A heading of a message in words that are short enough for it, none of which cuts a letter in two. */
  const encoded = (text) => text.match(/.{1,11}/gsu).map((part) => `=?UTF-8?B?${base64(part)}?=`).join("\r\n ");

  /** The message as a draft (X-Unsent), which mail programs on a computer open ready to be addressed and sent. */
  function mail({ subject, text }, calendar) {
    const part = (headers, content) => ["--kallelse", ...headers, "Content-Transfer-Encoding: base64", "", folded(content)];
    return [
      "X-Unsent: 1",
      `Subject: ${encoded(subject)}`,
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="kallelse"',
      "",
      ...part(["Content-Type: text/plain; charset=utf-8"], text.replaceAll("\n", "\r\n")),
      ...part(["Content-Type: text/calendar; charset=utf-8", 'Content-Disposition: attachment; filename="mote.ics"'], calendar),
      "--kallelse--",
      "",
    ].join("\r\n");
  }

  // ---------------------------------------------------------------- the page

  function open(meeting) {
    const which = choice(meeting.sessions.map((one, index) => [String(index), one.name || meeting.title]), "0");
    const day = element("input", { type: "date", min: "2020-01-01", max: "2099-12-31", required: true });
    const hour = element("input", { type: "time", step: 300, value: "09:00", required: true });
    const room = element("input", { autocomplete: "off", maxLength: 120 });
    const caller = element("input", { autocomplete: "off", maxLength: 120 });
    const shown = element("pre", { className: "call-text", tabIndex: 0, "aria-label": "Kallelsens text" });
    const status = element("p", { role: "status" });
    const session = () => meeting.sessions[Number(which.value)];
    const typed = () => ({ day: day.value, hour: hour.value, room: room.value.trim(), caller: caller.value.trim() });
    const missing = () => [day, hour].find((control) => !control.value);
    const draw = () => {
      shown.hidden = Boolean(missing());
      if (shown.hidden) return;
      const { subject, text } = written(session(), typed());
      shown.textContent = `${subject}\n\n${text}`;
    };
    /** Does what a button promises with the call, once there is a day and an hour to call to. */
    const give = (act) => async () => {
      const control = missing();
      if (control) {
        status.textContent = "Ange dagen och klockslaget då mötet börjar.";
        control.focus();
        return;
      }
      try {
        status.textContent = await act(written(session(), typed()));
      } catch {
        status.textContent = "Filen gick inte att göra. Ladda om sidan och försök igen.";
      }
    };
    const calendar = (call) => calendarFile(meeting, session(), typed(), call);
    const asMail = give(async (call) => (saveAs("kallelse.eml", mail(call, await calendar(call))), "kallelse.eml är hämtad. Öppna den, skriv mottagarna och skicka."));
    const asCalendar = give(async (call) => (saveAs("mote.ics", await calendar(call)), "mote.ics är hämtad. Öppna den i kalendern."));
    const asText = give(async ({ subject, text }) => ((await copied(`${subject}\n\n${text}`)) ? "Kallelsen är kopierad." : "Texten gick inte att kopiera. Markera den här nedanför."));
    for (const control of [which, day, hour, room, caller]) control.addEventListener("input", draw);
    const form = element(
      "section",
      { className: "call", "aria-label": "Kalla till mötet" },
      ...(meeting.sessions.length > 1 ? [labelled("Vilket av mötena?", which)] : []),
      labelled("Dag", day),
      labelled("Mötet börjar klockan", hour),
      labelled("Plats", room, "Rum och adress, eller en möteslänk."),
      labelled("Den som kallar, och telefon", caller),
      element("p", { className: "buttons" }, button("Hämta som mejl (.eml)", asMail, true), " ", button("Hämta till kalendern (.ics)", asCalendar), " ", button("Kopiera texten", asText)),
      status,
      shown,
    );
    place.append(form);
    draw();
    day.focus();
  }

  const opener = place.querySelector("[data-tool='call.js']");
  function begin() {
    load(`meet/${name}.js`).then(() => {
      if (!place.querySelector(".call")) open(window.guideMeetings[name]);
      else place.querySelector(".call").remove();
      opener.setAttribute("aria-expanded", String(Boolean(place.querySelector(".call"))));
    });
  }
  opener.addEventListener("click", begin);
  begin();
})();
