// Opens the guide's own Word and Excel files in the browser: what people wrote is put in them, and read out of them again.
// Needs parts.js and vendor/fflate.js. A file that a reader opens is untrusted: it is weighed before anything is built of it.
(() => {
  "use strict";
  const { problem } = window.guideParts;
  const { unzipSync, zipSync, strFromU8, strToU8 } = window.fflate;
  const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";
  const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
  const XML = "http://www.w3.org/XML/1998/namespace";
  const INK = "Ink"; // the character style of what is filled in, as in the examples
  const ZIP_EPOCH = new Date(1980, 0, 1); // the first date that a zip file can hold
  const [ON, OFF] = ["☒", "☐"];
  const FIRST_DAY = Date.UTC(1899, 11, 30); // that Excel counts days from
  const DAY = 864e5; // milliseconds
  const MEMORY = "Minne"; // the sheet on which a workbook remembers what it asked
  const MEMORY_MARK = "Partnerskapsguidens minne 1";
  // Our largest file is 0.2 MB of XML in 47 parts.
  const [LARGEST_FILE, LARGEST_PART, MOST_PARTS, MOST_CELLS] = [20e6, 20e6, 2000, 100000];
  const UNWRITABLE = /[^\P{Cc}\n]|\p{Cs}|[\uFFFE\uFFFF]/gu; // what XML cannot hold

  // ---------------------------------------------------------------- files filled in when they are downloaded

  /** The file `bytes` called `name`, with `values` (tag → text) in its placeholders. Every other part is as it was. */
  function fill(bytes, name, values) {
    const format = name.split(".").pop();
    if (name.endsWith("-exempel.docx") || name.endsWith("-exempel.xlsx")) return bytes;
    if (format === "docx") return putWord(bytes, values);
    if (format === "xlsx") return write(bytes, values);
    if (format !== "zip") return bytes;
    const files = unzipSync(bytes);
    for (const inside of Object.keys(files)) if (/\.(docx|xlsx)$/.test(inside)) files[inside] = fill(files[inside], inside, values);
    return packed(files);
  }

  /** The workbook with `values` (defined name → number or text) in its cells; what is worked out is worked out when it is opened. */
  const write = (bytes, values) => putExcel(bytes, Object.entries(values).flatMap(([name, value]) => (value || value === 0 ? [{ name, row: 0, value }] : [])));

  const packed = (parts) => zipSync(parts, { mtime: ZIP_EPOCH });

  // ---------------------------------------------------------------- Word

  /**
   * The Word file with `values` (tag → text) in its content controls. In the tables called `tables` every cell is written,
   * an empty one too, and rows are added where there are more than the paper has.
   */
  function putWord(bytes, values, tables = []) {
    const parts = unzipSync(bytes);
    const document = parsed(parts["word/document.xml"]);
    for (const table of tables) addRows(document, table, values);
    for (const control of controls(document)) {
      const tag = tagOf(control);
      const whole = tables.some((table) => tag?.startsWith(`${table}.r`));
      if (tag && (values[tag] || whole)) putControl(control, values[tag] ?? "");
    }
    parts["word/document.xml"] = written(document);
    return packed(parts);
  }

  const controls = (document) => [...document.getElementsByTagNameNS(WORD, "sdt")];
  const properties = (control) => child(control, WORD, "sdtPr");
  const tagOf = (control) => value(child(properties(control), WORD, "tag"));
  const value = (element) => element?.getAttributeNS(WORD, "val") ?? "";
  const placeOf = (tag, table) => (tag.startsWith(`${table}.r`) ? tag.slice(table.length + 2).match(/^(\d+)\.(.+)$/) : null);

  function addRows(document, table, values) {
    const found = controls(document).flatMap((control) => {
      const place = placeOf(tagOf(control), table);
      return place ? [[Number(place[1]), control]] : [];
    });
    if (!found.length) return;
    const there = Math.max(...found.map(([row]) => row));
    const wanted = Math.max(0, ...Object.keys(values).map((tag) => Number(placeOf(tag, table)?.[1] ?? 0)));
    let free = Math.max(...[...document.getElementsByTagNameNS(WORD, "id")].map((id) => Number(value(id)) || 0)) + 1;
    let last = found.find(([row]) => row === there)[1];
    while (last.localName !== "tr") last = last.parentNode;
    for (let row = there + 1; row <= wanted; row += 1) {
      const copy = last.cloneNode(true);
      for (const control of copy.getElementsByTagNameNS(WORD, "sdt")) {
        const name = child(properties(control), WORD, "tag");
        name.setAttributeNS(WORD, "w:val", `${table}.r${row}.${placeOf(value(name), table)[2]}`);
        child(properties(control), WORD, "id")?.setAttributeNS(WORD, "w:val", String(free++));
        const alias = child(properties(control), WORD, "alias");
        alias?.setAttributeNS(WORD, "w:val", value(alias).replace(/rad \d+$/, `rad ${row}`));
      }
      last.after(copy);
      last = copy;
    }
  }

  function putControl(control, given) {
    const text = given.replace(UNWRITABLE, " ");
    const said = properties(control);
    const box = child(said, WORD_2010, "checkbox");
    const runs = [...control.getElementsByTagNameNS(WORD, "r")];
    if (!runs.length || textOf(control) === text) return;
    if (box) {
      child(box, WORD_2010, "checked").setAttributeNS(WORD_2010, "w14:val", text === "ja" ? "1" : "0");
      runs[0].getElementsByTagNameNS(WORD, "t")[0].textContent = text === "ja" ? ON : OFF;
      return;
    }
    const date = child(said, WORD, "date");
    if (date && /^\d{4}-\d\d-\d\d$/.test(text)) date.setAttributeNS(WORD, "w:fullDate", `${text}T00:00:00Z`);
    else date?.removeAttributeNS(WORD, "fullDate");
    const placeholder = child(said, WORD, "showingPlcHdr");
    if (text) placeholder?.remove();
    else if (!placeholder) child(said, WORD, "id").after(made(control, "showingPlcHdr"));
    for (const other of runs.slice(1)) other.remove();
    setRun(runs[0], text || "\u00a0".repeat(8), text ? INK : "PlaceholderText");
  }

  function setRun(run, text, style) {
    for (const old of [...run.children]) if (old.localName !== "rPr") old.remove();
    const look = child(run, WORD, "rPr") ?? run.insertBefore(made(run, "rPr"), run.firstChild);
    const named = child(look, WORD, "rStyle") ?? look.insertBefore(made(run, "rStyle"), look.firstChild);
    named.setAttributeNS(WORD, "w:val", style);
    for (const [number, line] of text.split("\n").entries()) {
      if (number) run.append(made(run, "br"));
      const piece = made(run, "t");
      piece.setAttributeNS(XML, "xml:space", "preserve");
      piece.textContent = line;
      run.append(piece);
    }
  }

  const made = (near, name) => near.ownerDocument.createElementNS(WORD, `w:${name}`);

  /** What is written in a control; of a box to tick «ja» or nothing. */
  function textOf(control) {
    const said = properties(control);
    const box = child(said, WORD_2010, "checkbox");
    if (box) return child(box, WORD_2010, "checked")?.getAttributeNS(WORD_2010, "val") === "1" ? "ja" : "";
    if (child(said, WORD, "showingPlcHdr")) return "";
    const content = child(control, WORD, "sdtContent");
    const paragraphs = [...content.getElementsByTagNameNS(WORD, "p")];
    return (paragraphs.length ? paragraphs : [content]).map(lineOf).join("\n").trim();
  }

  const lineOf = (place) => [...place.getElementsByTagNameNS(WORD, "*")].map((one) => ({ t: one.textContent, br: "\n", tab: " " })[one.localName] ?? "").join("");

  function takeWord(parts) {
    const answers = [];
    for (const control of controls(parsed(parts["word/document.xml"]))) {
      const tag = tagOf(control);
      if (tag) answers.push({ tag, text: textOf(control), label: value(child(properties(control), WORD, "alias")).replace(/, rad \d+$/, "") });
    }
    const core = parts["docProps/core.xml"] ? parsed(parts["docProps/core.xml"]) : null;
    const of = (name) => core?.getElementsByTagNameNS("*", name)[0]?.textContent ?? "";
    return { format: "docx", sheet: of("identifier").match(/\/([^/]+)\/$/)?.[1] ?? "", edition: of("version"), answers };
  }

  // ---------------------------------------------------------------- Excel

  /** The workbook with each of `values` in the cell so many rows below the first of its defined name. Tells the names that had no room. */
  function putExcel(bytes, values, full = []) {
    const parts = unzipSync(bytes);
    const book = parsed(parts["xl/workbook.xml"]);
    const places = placesIn(book);
    const sheets = {}; // path → {document, cells}, of the sheets that something is written in
    for (const { name, row, value: given } of values) {
      const place = places[name];
      if (!place) continue;
      if (place.top + row > place.bottom) {
        if (given || given === 0) full.push(name);
        continue;
      }
      const path = sheetPath(parts, book, place.sheet);
      sheets[path] ??= opened(parts[path]);
      writeCell(sheets[path], place.column + (place.top + row), given);
    }
    for (const [path, { document }] of Object.entries(sheets)) parts[path] = written(document);
    return packed(parts);
  }

  function opened(bytes) {
    const document = parsed(bytes);
    return { document, cells: new Map([...document.getElementsByTagNameNS(SHEET, "c")].map((cell) => [cell.getAttribute("r"), cell])) };
  }

  /** Defined name → the sheet, the column and the rows that it stands for. */
  function placesIn(book) {
    const found = {};
    for (const name of book.getElementsByTagNameNS(SHEET, "definedName")) {
      const place = name.textContent.match(/^'?(.+?)'?!\$([A-Z]{1,3})\$(\d{1,7})(?::\$([A-Z]{1,3})\$(\d{1,7}))?$/);
      if (place) found[name.getAttribute("name")] = { sheet: place[1].replaceAll("''", "'"), column: place[2], top: Number(place[3]), bottom: Number(place[5] ?? place[3]) };
    }
    return found;
  }

  function sheetPath(parts, book, title) {
    const sheet = [...book.getElementsByTagNameNS(SHEET, "sheet")].find((one) => one.getAttribute("name") === title);
    if (!sheet || !parts["xl/_rels/workbook.xml.rels"]) return "";
    const links = parsed(parts["xl/_rels/workbook.xml.rels"]).getElementsByTagNameNS(PACKAGE, "Relationship");
    const link = [...links].find((one) => one.getAttribute("Id") === sheet.getAttributeNS(OFFICE, "id"));
    return link ? `xl/${link.getAttribute("Target").replace(/^\/xl\//, "")}` : "";
  }

  /** A number, or a string in the cell itself, so that no text can become a formula; the cell keeps its style. */
  function writeCell({ document, cells }, address, given) {
    const cell = cells.get(address);
    if (!cell) return;
    cell.removeAttribute("t");
    if (given === "" || given === undefined) {
      cell.replaceChildren();
      return;
    }
    if (typeof given === "number") {
      const number = document.createElementNS(SHEET, "v");
      number.textContent = String(given);
      cell.replaceChildren(number);
      return;
    }
    const text = document.createElementNS(SHEET, "t");
    text.setAttributeNS(XML, "xml:space", "preserve");
    text.textContent = given.replace(UNWRITABLE, " ");
    const string = document.createElementNS(SHEET, "is");
    string.append(text);
    cell.setAttribute("t", "inlineStr");
    cell.replaceChildren(string);
  }

  function takeExcel(parts) {
    const book = parsed(parts["xl/workbook.xml"]);
    const shared = parts["xl/sharedStrings.xml"] ? [...parsed(parts["xl/sharedStrings.xml"]).getElementsByTagNameNS(SHEET, "si")].map(stringOf) : [];
    const sheets = {};
    const cellsOf = (title) => {
      const path = sheetPath(parts, book, title);
      if (!parts[path]) return new Map();
      return (sheets[path] ??= opened(parts[path]).cells);
    };
    const at = (title, address) => cellValue(cellsOf(title).get(address), shared);
    if (at(MEMORY, "A1") !== MEMORY_MARK) throw problem("Filen är inte ett Excelblad från guiden, eller så saknas den dolda fliken «Minne». Använd filen som hämtades från guiden.");
    const places = placesIn(book);
    const answers = [];
    for (let line = 2; at(MEMORY, `A${line}`) !== "" && line < 5000; line += 1) {
      const name = at(MEMORY, `A${line}`);
      const place = places[name];
      const kind = at(MEMORY, `C${line}`);
      const rows = place ? Math.min(place.bottom, place.top + MOST_CELLS / 100) - place.top + 1 : 0;
      const values = Array.from({ length: rows }, (_, row) => at(place.sheet, place.column + (place.top + row)));
      answers.push({ name, label: String(at(MEMORY, `B${line}`)), kind, values });
    }
    return { format: "xlsx", sheet: String(at(MEMORY, "B1")), variant: String(at(MEMORY, "C1")), edition: String(at(MEMORY, "D1")).match(/\d+(\.\d+)+/)?.[0] ?? "", answers };
  }

  /** A number or a text; empty where there is none. Of a formula what it came to. */
  function cellValue(cell, shared) {
    if (!cell) return "";
    const type = cell.getAttribute("t");
    if (type === "inlineStr") return stringOf(child(cell, SHEET, "is"));
    const text = child(cell, SHEET, "v")?.textContent ?? "";
    if (type === "s") return shared[Number(text)] ?? "";
    if (type === "b") return text === "1" ? "ja" : "nej";
    if (type === "str" || type === "e" || text === "") return type === "e" ? "" : text;
    return Number(text);
  }

  const stringOf = (string) => (string ? [...string.getElementsByTagNameNS(SHEET, "t")].filter((text) => text.parentNode.localName !== "rPh").map((text) => text.textContent).join("") : "");

  const toSerial = (iso) => Math.round((Date.parse(iso) - FIRST_DAY) / DAY);
  const toDate = (serial) => new Date(FIRST_DAY + Math.floor(serial) * DAY).toISOString().slice(0, 10);

  // ---------------------------------------------------------------- a file from a reader's computer

  /** What was asked and answered in a Word or Excel file of ours. Throws an error with `told`, in Swedish, where it is none. */
  function take(bytes, name) {
    if (!bytes.length) throw problem("Filen är tom.");
    if (bytes.length > LARGEST_FILE) throw problem("Filen är större än 20 MB och öppnas inte. Ta bort bilder ur den.");
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw problem("Filen har ett lösenord eller är sparad i ett äldre format. Spara den utan lösenord som .docx eller .xlsx.");
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw problem(`${name} är ingen Word- eller Excelfil från guiden.`);
    const parts = unpacked(bytes);
    if (parts["xl/workbook.xml"]) return takeExcel(parts);
    if (parts["word/document.xml"]) return takeWord(parts);
    throw problem(`${name} är en zipfil, men ingen Word- eller Excelfil från guiden.`);
  }

  function unpacked(bytes) {
    let count = 0;
    let size = 0;
    try {
      return unzipSync(bytes, {
        filter: (part) => {
          count += 1;
          if (!/^(xl\/(workbook|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml|word\/document\.xml|docProps\/core\.xml)$/.test(part.name)) return false;
          size += part.originalSize;
          if (count > MOST_PARTS || size > LARGEST_PART) throw problem("Filen packar upp till mer än ett arbetsblad kan innehålla och öppnas inte.");
          return true;
        },
      });
    } catch (error) {
      throw error.told ? error : problem("Filen är skadad och går inte att packa upp. Leta upp en annan kopia, till exempel i e-posten.");
    }
  }

  // ---------------------------------------------------------------- XML

  function child(element, namespace, name) {
    return element && [...element.children].find((one) => one.namespaceURI === namespace && one.localName === name);
  }

  function parsed(bytes) {
    const text = strFromU8(bytes);
    if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw problem("Filen har en dokumenttyp (DOCTYPE), som inget kontorsprogram skriver, och öppnas inte.");
    const document = new DOMParser().parseFromString(text, "application/xml");
    if (document.getElementsByTagName("parsererror").length) throw problem("Filen är skadad: en del av den går inte att läsa.");
    return document;
  }

  function written(document) {
    const body = new XMLSerializer().serializeToString(document.documentElement);
    return strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`);
  }

  window.guideFill = { fill, write, putWord, putExcel, take, toSerial, toDate };
})();
