// Writes the parties' names, the contract and its period into ready worksheets. Loaded only when one is downloaded.
import { unzipSync, zipSync, strFromU8, strToU8 } from "./vendor/fflate.js";

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
const INK = "Ink"; // the character style of what is filled in, as in the examples
const ZIP_EPOCH = new Date(1980, 0, 1); // the first date that a zip file can hold
const FILLERS = { docx: fillWord, xlsx: fillExcel, zip: fillBundle };

/** The file `bytes` called `name`, with `values` (tag → text) in its placeholders. Every other part is as it was. */
export function fill(bytes, name, values) {
  const filler = FILLERS[name.split(".").pop()];
  if (!filler || name.endsWith("-exempel.docx") || name.endsWith("-exempel.xlsx")) return bytes;
  const parts = unzipSync(bytes);
  filler(parts, values);
  return zipSync(parts, { mtime: ZIP_EPOCH });
}

/** The workbook with `values` (defined name → number or text) in its cells; what is worked out is worked out when it is opened. */
export function write(bytes, values) {
  const parts = unzipSync(bytes);
  fillExcel(parts, values);
  return zipSync(parts, { mtime: ZIP_EPOCH });
}

function fillBundle(files, values) {
  for (const name of Object.keys(files)) {
    if (/\.(docx|xlsx)$/.test(name)) files[name] = fill(files[name], name, values);
  }
}

function fillWord(parts, values) {
  const path = "word/document.xml";
  const document = parsed(parts[path]);
  for (const control of [...document.getElementsByTagNameNS(WORD, "sdt")]) {
    const properties = child(control, WORD, "sdtPr");
    const value = values[properties && child(properties, WORD, "tag")?.getAttributeNS(WORD, "val")];
    const [run, ...others] = control.getElementsByTagNameNS(WORD, "r");
    if (!value || !run) continue;
    child(properties, WORD, "showingPlcHdr")?.remove();
    for (const other of others) other.remove();
    run.getElementsByTagNameNS(WORD, "rStyle")[0]?.setAttributeNS(WORD, "w:val", INK);
    run.getElementsByTagNameNS(WORD, "t")[0].textContent = value;
  }
  parts[path] = written(document);
}

function fillExcel(parts, values) {
  const book = parsed(parts["xl/workbook.xml"]);
  const sheets = {}; // path → document, of the sheets that something is written in
  for (const name of book.getElementsByTagNameNS(SHEET, "definedName")) {
    const value = values[name.getAttribute("name")];
    const place = name.textContent.match(/^'?(.+?)'?!\$([A-Z]+)\$(\d+)(?::|$)/);
    if ((!value && value !== 0) || !place) continue;
    const path = sheetPath(parts, book, place[1].replaceAll("''", "'"));
    sheets[path] ??= parsed(parts[path]);
    writeCell(sheets[path], place[2] + place[3], value);
  }
  for (const [path, sheet] of Object.entries(sheets)) parts[path] = written(sheet);
}

function sheetPath(parts, book, title) {
  const sheet = [...book.getElementsByTagNameNS(SHEET, "sheet")].find((one) => one.getAttribute("name") === title);
  const links = parsed(parts["xl/_rels/workbook.xml.rels"]).getElementsByTagNameNS(PACKAGE, "Relationship");
  const link = [...links].find((one) => one.getAttribute("Id") === sheet.getAttributeNS(OFFICE, "id"));
  return `xl/${link.getAttribute("Target")}`;
}

/** A number, or a string in the cell itself, so that no text can become a formula; the cell keeps its style. */
function writeCell(sheet, address, value) {
  const cell = [...sheet.getElementsByTagNameNS(SHEET, "c")].find((one) => one.getAttribute("r") === address);
  if (typeof value === "number") {
    const number = sheet.createElementNS(SHEET, "v");
    number.textContent = String(value);
    cell.removeAttribute("t");
    cell.replaceChildren(number);
    return;
  }
  const text = sheet.createElementNS(SHEET, "t");
  text.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
  text.textContent = value;
  const string = sheet.createElementNS(SHEET, "is");
  string.append(text);
  cell.setAttribute("t", "inlineStr");
  cell.replaceChildren(string);
}

function child(element, namespace, name) {
  return [...element.children].find((one) => one.namespaceURI === namespace && one.localName === name);
}

function parsed(bytes) {
  const document = new DOMParser().parseFromString(strFromU8(bytes), "application/xml");
  if (document.getElementsByTagName("parsererror").length) throw new Error("XML that cannot be read");
  return document;
}

function written(document) {
  const body = new XMLSerializer().serializeToString(document.documentElement);
  return strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`);
}
