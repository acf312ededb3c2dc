"""LibreOffice at work: opens, fills in, saves and reads files. Run by the Python that has LibreOffice's bridge (uno).

Reads a list of jobs as JSON from standard input and writes what was found, a result a job, to standard output:

    {"open": "/a.xlsx", "fill": [["Blad", "B4", "text" | "number" | "formula", value], …],
     "read": [["Blad", "B4"], …], "look": [["Blad", "B4"], …], "save": "/b.xlsx"}
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML", ".pdf": "writer_pdf_Export"}
NEVER = 0  # when links to elsewhere are followed
FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult


def main() -> None:
    jobs = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as profile:
        office, desktop = start(profile)
        try:
            results = [work(desktop, job) for job in jobs]
        finally:
            with contextlib.suppress(Exception):  # the bridge closes as the program does
                desktop.terminate()
            office.wait(60)
    json.dump(results, sys.stdout)


def start(profile):
    """LibreOffice without a screen, and its desktop."""
    pipe = f"guide{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice startar inte.")


def work(desktop, job):
    """Do one job. What goes wrong is told in the result, so that the other files are tried too."""
    try:
        document = desktop.loadComponentFromURL(
            Path(job["open"]).as_uri(), "_blank", 0, (option("Hidden", True), option("UpdateDocMode", NEVER))
        )
        if document is None:
            return {"error": "LibreOffice öppnar inte filen."}
        try:
            return tend(document, job)
        finally:
            document.close(True)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def tend(document, job):
    for sheet, address, kind, value in job.get("fill", ()):
        cell = document.Sheets.getByName(sheet).getCellRangeByName(address)
        if kind == "number":
            cell.setValue(value)
        elif kind == "formula":
            cell.setFormula(value)
        else:
            cell.setString(value)
    result = {}
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        document.calculateAll()
        result = {
            "values": read(document, job.get("read", ())),
            "cells": [told(document, *place) for place in job.get("look", ())],
            "hidden": hidden(document, job.get("fill", ())),
            "names": {name: document.NamedRanges.getByName(name).Content for name in document.NamedRanges.ElementNames},
            "sheets": {sheet.Name: told_sheet(sheet) for sheet in document.Sheets},
        }
    else:
        result = {"pages": document.CurrentController.PageCount}
    if "save" in job:
        file = Path(job["save"])
        document.storeToURL(file.as_uri(), (option("FilterName", FILTERS[file.suffix]),))
    return result


def hidden(document, fill):
    """The filled-in rows that are lower than what is written in them needs."""
    found = []
    for name, number in sorted({(sheet, position(address)[1]) for sheet, address, _, _ in fill}):
        row = document.Sheets.getByName(name).Rows.getByIndex(number)
        before = row.Height
        row.OptimalHeight = True
        if row.Height > before + 20:  # hundredths of a millimetre
            found.append([name, number + 1, before, row.Height])
    return found


def read(document, places):
    """The value of each cell, text or number. A sheet is fetched whole: each call across the bridge takes time."""
    sheets = {}
    for name in {sheet for sheet, _ in places}:
        sheet = document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        sheets[name] = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
    found = []
    for sheet, address in places:
        column, row = position(address)
        rows = sheets[sheet]
        found.append(rows[row][column] if row < len(rows) and column < len(rows[row]) else "")
    return found


def position(address):
    """B4 → (1, 3)."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(address[len(letters) :]) - 1


def told(document, sheet, address):
    """How a cell is shown and guarded."""
    cell = document.Sheets.getByName(sheet).getCellRangeByName(address)
    validation = cell.Validation
    rule = validation.Type.value
    return {
        "text": cell.getString(),
        "locked": cell.CellProtection.IsLocked,
        "rule": rule,
        "stops": rule != "ANY" and bool(validation.ShowErrorMessage),
        "message": "" if rule == "ANY" else validation.ErrorMessage,
    }


def told_sheet(sheet):
    rows = sheet.TitleRows
    return {
        "protected": sheet.isProtected(),
        "visible": sheet.IsVisible,
        "header": [rows.StartRow, rows.EndRow] if sheet.PrintTitleRows else None,
        "charts": len(sheet.Charts.ElementNames),
        "errors": sheet.queryFormulaCells(FORMULA_ERROR).RangeAddressesAsString,
    }


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main()
