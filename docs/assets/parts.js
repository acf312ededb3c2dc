// What the tools in the browser share: elements, what is kept in this browser, and how a text leaves it. Fetched with the first tool.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const PREFIX = "partnerskapsguiden-"; // before every name that is kept: other sites may share the address

  // ---------------------------------------------------------------- elements

  const element = (name, properties = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) key in made && key !== "list" ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const button = (label, act, primary = false) => element("button", { type: "button", className: `md-button${primary ? " md-button--primary" : ""}`, textContent: label, onclick: act });
  let count = 0;
  /** A control under its label, and under what helps to fill it in. */
  const labelled = (label, control, help = "") => {
    control.id ||= `falt-${++count}`;
    if (help) control.setAttribute("aria-describedby", `${control.id}-om`);
    const about = help ? [element("p", { className: "meta", id: `${control.id}-om`, textContent: help })] : [];
    return element("div", { className: "tool-field" }, element("label", { htmlFor: control.id, textContent: label }), ...about, control);
  };
  const choice = (options, value = "") => element("select", {}, ...options.map(([key, text]) => element("option", { value: key, textContent: text, selected: key === value })));

  // ---------------------------------------------------------------- what is told

  /** An error with a message for the reader, in Swedish. */
  const problem = (message) => Object.assign(new Error(message), { told: message });
  /** A time as people write it: 27 nov. 14:32. */
  const moment = (iso) => new Date(iso).toLocaleString("sv-SE", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  /** The reader's own day: 2026-11-27. */
  const today = () => new Date().toLocaleDateString("sv-SE");

  // ---------------------------------------------------------------- what is kept

  const memory = new Map(); // for as long as the page is open, where the browser keeps nothing
  const kept = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + name) ?? memory.get(name) ?? "null") ?? otherwise;
    } catch {
      return JSON.parse(memory.get(name) ?? "null") ?? otherwise;
    }
  };
  /** False where the browser keeps nothing: it is full, or forbidden to. */
  const keep = (name, value) => {
    const text = JSON.stringify(value);
    memory.set(name, text);
    try {
      localStorage.setItem(PREFIX + name, text);
      return true;
    } catch {
      return false;
    }
  };
  const forget = (beginning) => {
    for (const name of memory.keys()) if (name.startsWith(beginning)) memory.delete(name);
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX + beginning)) localStorage.removeItem(key);
  };

  // ---------------------------------------------------------------- out of the browser

  const TYPES = {
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    json: "application/json",
    zip: "application/zip",
    ics: "text/calendar;charset=utf-8",
    eml: "message/rfc822",
  };
  /** Saves a file of the kind that its name says. */
  const saveAs = (name, content) => {
    const url = URL.createObjectURL(new Blob([content], { type: TYPES[name.split(".").pop()] }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };
  /** Whether the text could be copied. */
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  // ---------------------------------------------------------------- files

  const load = window.guideLoad;
  const root = new URL("..", here); // of the site
  /** What opens Word and Excel files. */
  const fillTool = async () => {
    await load("vendor/fflate.js");
    await load("fill.js");
    return window.guideFill;
  };
  /** One of the guide's files to download, as bytes. In a folder nothing can be fetched: there its bytes lie in a script. */
  const bytesOf = async (path) => {
    if (location.protocol === "file:") {
      const name = path.split("/").pop();
      await load(`blanks/${name}.js`);
      return Uint8Array.from(atob(window.guideBlanks[name]), (sign) => sign.charCodeAt(0));
    }
    const response = await fetch(new URL(path, root));
    if (!response.ok) throw new Error(response.statusText);
    return new Uint8Array(await response.arrayBuffer());
  };

  document.head.append(element("link", { rel: "stylesheet", href: new URL("parts.css", here).href }));
  window.guideParts = { PREFIX, element, button, labelled, choice, problem, moment, today, kept, keep, forget, saveAs, copied, load, root, fillTool, bytesOf };
})();
