"""A small guide that passes every check, for tests to build on: one record of each kind and one worksheet with every field.

``write(root)`` writes it. A test that wants something else names it::

    write(root, worksheets={"provblad": {"title": "<b>"}}, guide={"version": "0.2"}, terms={"vite": None})

A mapping's fields are laid over the record's (a new id makes a new record). None takes the field, or the record, away.
"""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from scripts.guide.model import Ground

SHEET = "provblad"
_DRAFT = {"basis": "förslag", "status": "utkast"}

GUIDE: dict[str, Any] = {
    "title": "Provguide för partnerskap",
    "short_title": "Provguiden",
    "summary": "En liten guide att prova på.",
    "version": "0.1",
    "date": datetime.date(2026, 5, 20),
    "publisher": "Provnätverket",
    "contact": "Skriv ett ärende i arkivet.",
    "licence": "CC BY 4.0",
    "repository": "https://git.provguiden.example/provguiden",
    "address": "https://provguiden.example/",
    "notice": "Utkast. Nätverket har inte granskat texten.",
    "example_contract": {
        "title": "Exempelavtalet",
        "client": "Region Prov",
        "operator": "Provbuss AB",
        "signed": datetime.date(2026, 1, 15),
        "starts": datetime.date(2026, 6, 15),
        "ends": datetime.date(2034, 6, 14),
        "text": "Region Prov och Provbuss AB är påhittade.",
    },
}

FIELDS: list[dict[str, Any]] = [
    {"id": "mal", "type": "text", "label": "Mål", "help": "I en mening.", "required": True},
    {"id": "bakgrund", "type": "long_text", "label": "Bakgrund", "lines": 3},
    {"id": "start", "type": "date", "label": "Startar"},
    {"id": "beslut", "type": "choice", "label": "Beslut", "options": ["ja", "senare, enligt särskilt beslut"]},
    {
        "id": "tillit",
        "type": "scale",
        "label": "Tillit",
        "low": "stämmer inte alls",
        "high": "stämmer helt",
        "principle": "tillit",
        "required": True,
    },
    {
        "id": "vanor",
        "type": "scale",
        "label": "Våra vanor",
        "low": "aldrig",
        "high": "alltid",
        "items": [{"id": "vana-1", "text": "Vi svarar inom två dagar."}],
    },
    {
        "id": "klart",
        "type": "checklist",
        "label": "Det här är klart",
        "items": [{"id": "depa", "text": "Depån är bemannad"}, {"id": "skyltar", "text": "Skyltarna är uppe"}],
    },
    {
        "id": "risker",
        "type": "table",
        "label": "Risker",
        "help": "En rad per risk.",
        "columns": [
            {"id": "risk", "label": "Risk", "help": "Så att resenären syns.", "width": 5},
            {"id": "s", "label": "Sannolikhet", "type": "number", "width": 1},
            {"id": "k", "label": "Konsekvens", "type": "number", "width": 1},
            {"id": "andel", "label": "Andel", "type": "percent", "width": 1},
            {"id": "lage", "label": "Läge", "type": "choice", "options": ["öppen", "stängd"]},
            {"id": "senast", "label": "Senast", "type": "date"},
            {
                "id": "varde",
                "label": "Värde",
                "type": "computed",
                "computed": {"operation": "produkt", "columns": ["s", "k"]},
            },
        ],
        "rows": [{"risk": "Förare saknas"}],
        "blank_rows": 3,
    },
    {
        "id": "tal",
        "type": "table",
        "label": "Tal",
        "columns": [
            {"id": "a", "label": "Före", "type": "number"},
            {"id": "b", "label": "Efter", "type": "number"},
            *(
                {"id": kind, "label": kind, "type": "computed", "computed": {"operation": kind, "columns": ["a", "b"]}}
                for kind in ("summa", "differens", "kvot")
            ),
        ],
        "blank_rows": 2,
    },
    {"id": "underskrift", "type": "agreement", "label": "Vi är överens", "required": True},
]

VALUES: dict[str, Any] = {
    "mal": "Fler kommer fram i tid",
    "bakgrund": "Linje 4 är sen.\n\nVarje morgon.",
    "start": datetime.date(2026, 6, 15),
    "beslut": "senare, enligt särskilt beslut",
    "tillit": {"tillit-1": 4, "tillit-2": 2},
    "vanor": {"vana-1": 5},
    "klart": ["depa"],
    "risker": [
        {
            "risk": "Förare saknas",
            "s": 3,
            "k": 4,
            "andel": 87,
            "lage": "öppen",
            "senast": datetime.date(2026, 5, 30),
        },
        {"risk": "Laddaren går sönder", "s": 2.5},
    ],
    "tal": [{"a": 1500, "b": 1200.5}, {"a": 7, "b": 0}],
    "underskrift": {
        "client": "Uppdragsledningen",
        "operator": "Affärsansvarig",
        "date": datetime.date(2026, 5, 21),
    },
}

RECORDS: dict[str, dict[str, dict[str, Any]]] = {
    "phases": {
        "uppstart": {
            **_DRAFT,
            "title": "Uppstart",
            "order": 1,
            "short": "Uppstart",
            "summary": "Från avtal till första turen.",
            "begins": "Avtalet är signerat.",
            "ends": "Första turen har gått.",
            "text": "Här läggs grunden.",
            "first": [{"practice": "motas", "why": "Utan möte sägs inget."}],
            "outcomes": ["En gemensam plan"],
            "responsibilities": {"client": ["Svara på frågor"], "operator": ["Bemanna"], "both": ["Träffas"]},
            "small_contract": "Ett möte räcker.",
            "large_contract": "Fler möten.",
            "next_step": "Gå vidare när trafiken rullar.",
        },
    },
    "principles": {
        "tillit": {
            **_DRAFT,
            "title": "Tillit",
            "order": 1,
            "summary": "Vi berättar som det är.",
            "text": "Båda visar sina siffror.",
            "client": ["Visar sina beslut"],
            "operator": ["Visar sitt läge"],
            "tension": "När siffrorna kostar pengar.",
            "statements": [
                {"id": "tillit-1", "text": "Vi får de uppgifter vi ber om.", "answer": "1–5", "gate": "uppstart"},
                {"id": "tillit-2", "text": "Vi får veta om en brist i tid.", "answer": "1–5", "gate": "uppstart"},
                {"id": "tillit-3", "text": "Det finns en kontaktkarta.", "answer": "ja/nej", "gate": "uppstart"},
                {"id": "tillit-4", "text": "Det finns en beslutslogg.", "answer": "ja/nej", "gate": "uppstart"},
            ],
            "success_factors": ["ledning"],
        },
    },
    "success_factors": {
        "ledning": {
            **_DRAFT,
            "title": "Ledning",
            "order": 1,
            "summary": "Leder ni ihop?",
            "text": "Två ledningar, ett uppdrag.",
            "questions": ["Vem beslutar?", "Vem lyssnar?", "Vem följer upp?"],
        },
    },
    "focus_areas": {
        "starten": {
            **_DRAFT,
            "title": "Starten",
            "order": 1,
            "summary": "Hur samarbetet börjar.",
            "text": "Om starten.",
            "workshops": ["verkstad"],
        },
    },
    "workshops": {
        "verkstad": {**_DRAFT, "title": "Verkstad", "order": 1, "when": "våren 2022", "text": "Nätverket möttes."},
    },
    "challenges": {
        "tystnad": {
            **_DRAFT,
            "title": "Tystnad",
            "summary": "Ingen ringer.",
            "phases": ["uppstart"],
            "text": "Frågor blir liggande.",
            "client_sees": "Inga svar.",
            "operator_sees": "Inga frågor.",
            "first_step": "Ring i dag.",
            "practices": [{"practice": "motas", "how": "Mötet ger ett tillfälle."}],
        },
    },
    "questions": {
        "maste-vi-motas": {
            **_DRAFT,
            "title": "Måste vi ses?",
            "subject": "Möten och beslut",
            "asked_by": ["trafikchef"],
            "answer": "Ja, en gång.",
            "practices": ["motas"],
            "synonyms": ["slippa sammanträda"],
        },
    },
    "meetings": {
        "avtalsmote": {
            **_DRAFT,
            "title": "Avtalsmöte",
            "order": 1,
            "summary": "Pröva avvikelser.",
            "client": ["avtalsansvarig"],
            "operator": ["trafikchef"],
            "chair": "Avtalsansvarig.",
            "minutes": 30,
            "rhythm": [{"phase": "uppstart", "often": "En gång i månaden"}],
            "decides": ["Hur avtalet tolkas"],
            "level": "Inget belopp.",
            "never_decides": ["En ändring"],
            "agenda": [{"point": "Räkna.", "minutes": 20}, {"point": "Skriv.", "minutes": 10}],
            "worksheets": [SHEET],
            "practices": ["motas"],
            "onward_how": "Till cheferna.",
        },
    },
    "contract_forms": {
        "produktion": {
            **_DRAFT,
            "title": "Produktion",
            "order": 1,
            "summary": "Betalt per kilometer.",
            "text": "Kilometer gånger pris.",
            "client": "Fler resenärer.",
            "operator": "Samma intäkt.",
            "adapted": [{"practice": "motas", "how": "Tala om pengar."}] * 2,
            "funded": [
                {"way": way, "what": "Gör så.", "wording": "Parterna gör så."} for way in ("gratis", "betalar sig")
            ],
            "avoid": ["Gissa."],
            "signs": ["Ingen föreslår något."],
            "laws": ["buss"],
        },
    },
    "laws": {
        "buss": {
            **_DRAFT,
            "title": "Buss",
            "order": 1,
            "summary": "En lag gäller.",
            "law": "Lagen",
            "why": "Trafiken är för alla.",
            "changes": [
                {"ground": ground, "allowed": "ja", "brief": f"{number} §", "condition": "Enligt paragrafen."}
                for number, ground in enumerate(get_args(Ground), 9)
            ],
            "before": "Läs avtalet.",
            "ask": "Vad mer gäller?",
            "practices": ["motas"],
        },
    },
    "practices": {
        "motas": {
            **_DRAFT,
            "title": "Mötas",
            "order": 1,
            "summary": "Ni möts och bestämmer.",
            "phases": ["uppstart"],
            "focus_area": "starten",
            "level": "grund",
            "principles": ["tillit"],
            "success_factors": ["ledning"],
            "caller": "avtalsansvarig",
            "called": "trafikchef",
            "participants": ["avtalsansvarig", "trafikchef"],
            "worksheets": [SHEET],
            "indicators": ["punktlighet"],
            "meetings": [{"client": 2, "operator": 1}],
            "time_note": "Räknat på ett möte.",
            "when": "Efter signering",
            "why": "Annars krävs vite innan någon har talats vid.",
            "steps": [
                {"name": "Mötas", "who": "båda", "do": "Mötas.", "result": "Ett möte", "minutes": 60},
                {"name": "Skriva", "who": "beställare", "do": "Skriva.", "result": "En text"},
                {"name": "Läsa ihop", "who": "utförare", "do": "Läsa.", "result": "En läst text"},
            ],
            "afterwards": "Ett ifyllt blad",
            "done_when": "Bladet är undertecknat.",
            "works_when": "Samtalen blir kortare.",
            "pitfalls": ["Mötet ställs in. Boka ett nytt."],
            "if_refused": "Fyll i bladet själv och skicka det.",
            "small_contract": {"choice": "förenkla", "how": "Ta mötet per telefon.", "minutes": 30},
            "large_contract": "Ta med fler.",
            "procurement_note": "Fungerar i alla avtal.",
        },
    },
    "indicators": {
        "punktlighet": {
            **_DRAFT,
            "title": "Punktlighet",
            "summary": "Hur många turer som går i tid.",
            "phases": ["uppstart"],
            "focus_area": "starten",
            "definition": "Turer i tid av alla turer.",
            "formula": "turer i tid / alla turer",
            "unit": "procent av turerna",
            "data_source": "Trafikledningen",
            "owner": "trafikchef",
            "frequency": "Varje månad",
            "misread": "Att rätt tid är nöjda resenärer.",
            "missteers": "Luft i tidtabellen.",
        },
    },
    "worksheets": {
        SHEET: {
            **_DRAFT,
            "title": "Provblad",
            "summary": "Ett blad med alla slags fält.",
            "purpose": "Bladet provar varje fält [[provkalla]].",
            "when": "Före mötet",
            "participants": ["avtalsansvarig", "trafikchef"],
            "minutes": 90,
            "preparation": ["Läs avtalet"],
            "instructions": ["Börja med målet", "Sluta med underskriften"],
            "afterwards": "Spara bladet.",
            "sections": [
                {"title": "Målet", "intro": "Skriv kort.", "fields": FIELDS[:4]},
                {"title": "Läget", "fields": FIELDS[4:7]},
                {"title": "Riskerna", "fields": FIELDS[7:]},
            ],
        },
    },
    "examples": {
        SHEET: {**_DRAFT, "title": "Exempelavtalet: provblad", "note": "Värdet räknas ut.", "values": VALUES},
    },
    "roles": {
        "avtalsansvarig": {
            **_DRAFT,
            "title": "Avtalsansvarig",
            "order": 1,
            "side": "beställare",
            "summary": "Svarar för avtalet.",
            "text": "Läser avtalet.",
            "brings": ["Avtalet"],
            "needs": ["Läget i trafiken"],
        },
        "trafikchef": {
            **_DRAFT,
            "title": "Trafikchef",
            "order": 2,
            "side": "utförare",
            "summary": "Svarar för trafiken.",
            "text": "Leder trafiken.",
            "brings": ["Läget i trafiken"],
            "needs": ["Besked"],
        },
    },
    "terms": {
        "vite": {**_DRAFT, "title": "Vite", "definition": "Ett belopp vid avtalsbrott.", "forms": ["viten"]},
    },
    "sources": {
        "provkalla": {
            **_DRAFT,
            "title": "En källa att prova med",
            "label": "Provkällan",
            "publisher": "Provförlaget",
            "year": "2024",
            "url": "https://provkalla.example/",
            "accessed": datetime.date(2026, 5, 1),
            "says": "Att det går att prova.",
        },
    },
}


def stepped(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Fields of a practice with these steps: a short name for each that has none, and the meetings that they make."""
    named = [{"name": f"Steg {number}", **step} for number, step in enumerate(steps, 1)]
    held = dict.fromkeys(step.get("meeting") or "Mötet" for step in named if step.get("minutes"))
    return {"steps": named, "meetings": [{"name": name, "client": 1, "operator": 2} for name in held] or None}


def write(
    root: Path, guide: Mapping[str, Any] | None = None, **overrides: Mapping[str, Mapping[str, Any] | None]
) -> Path:
    """Write the guide under ``root/guide_data``, with ``overrides`` by folder, and return ``root``."""
    records = copy.deepcopy(RECORDS)
    for folder, changes in overrides.items():
        for id, change in changes.items():
            if change is None:
                del records[folder][id]
            else:
                fields = {**records.get(folder, {}).get(id, {}), **change}
                records.setdefault(folder, {})[id] = {
                    name: value for name, value in fields.items() if value is not None
                }
    _put(root / "guide_data" / "guide.yaml", {**GUIDE, **(guide or {})})
    for folder, found in records.items():
        for id, record in found.items():
            _put(root / "guide_data" / folder / f"{id}.yaml", record)
    return root


def _put(file: Path, record: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml_text(record), encoding="utf-8")


def yaml_text(value: Any, indent: int = 0) -> str:
    """``value`` as YAML: a field a line, texts quoted so that every character survives."""
    pad = "  " * indent
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{key}:{_inner(child, indent)}" for key, child in value.items())
    if isinstance(value, list | tuple) and value:
        return "".join(f"{pad}-{_inner(child, indent)}" for child in value)
    return f"{pad}{_scalar(value)}\n"


def _inner(value: Any, indent: int) -> str:
    if isinstance(value, Mapping | list | tuple) and value:
        return "\n" + yaml_text(value, indent + 1)
    return f" {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)  # JSON's strings, numbers and empty lists are YAML too
