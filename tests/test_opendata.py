"""The guide as data: whole, by table and by record; the same ids and texts as on the site."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scripts.guide.check import read
from scripts.guide.guide import Guide
from scripts.guide.model import RECORD_TYPES, Principle
from scripts.publish.opendata import files
from tests.small_guide import write


def test_the_whole_guide_is_as_its_schema_says(guide: Guide) -> None:
    found = dict(files(guide))
    data, schema = json.loads(found["data/guiden.json"]), json.loads(found["data/guiden.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(data)) == []
    del data["records"]["practices"][0]["summary"]
    assert list(Draft202012Validator(schema).iter_errors(data))


@pytest.mark.xdist_group("site")
def test_every_record_is_there_with_its_licence_and_an_address_that_is_a_page(guide: Guide, site: Path) -> None:
    found = dict(files(guide))
    for kind in RECORD_TYPES:
        for record in guide.all(kind):
            told = json.loads(found[f"data/{kind.folder}/{record.id}.json"])
            assert told["licence"] == "CC BY 4.0" and told["record"]["title"] == record.title
            page, _, anchor = told["record"]["address"].removeprefix(guide.settings.address).partition("#")
            html = (site / page / "index.html").read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in html, told["record"]["address"]


def test_a_table_has_a_row_for_each_record_and_one_for_each_statement(guide: Guide) -> None:
    found = dict(files(guide))
    for kind in RECORD_TYPES:
        rows = list(csv.DictReader(io.StringIO(found[f"data/{kind.folder}.csv"], newline="")))
        assert [row["id"] for row in rows] == [record.id for record in guide.all(kind)]
    statements = list(csv.DictReader(io.StringIO(found["data/statements.csv"], newline="")))
    assert len(statements) == sum(len(principle.statements) for principle in guide.all(Principle))
    assert statements[0]["text"] and statements[0]["gate"]


def test_no_text_in_a_table_is_a_formula(tmp_path: Path) -> None:
    root = write(
        tmp_path, terms={"vite": {"definition": '=HYPERLINK("http://x.example")', "forms": ["@SUM(1)", "vite"]}}
    )
    (row,) = csv.DictReader(io.StringIO(dict(files(read(root).guide))["data/terms.csv"], newline=""))
    assert row["definition"].startswith("'=") and row["forms"].startswith("'@")


def test_the_catalogue_names_files_that_are_there_and_an_open_licence(guide: Guide) -> None:
    found = dict(files(guide))
    graph = json.loads(found["data/dcat.jsonld"])["@graph"]
    (dataset,) = (one for one in graph if one["@type"] == "dcat:Dataset")
    assert dataset["dcterms:title"] == {"@value": guide.settings.title, "@language": "sv"}
    for one in dataset["dcat:distribution"]:
        assert one["dcat:downloadURL"]["@id"].removeprefix(guide.settings.address) in found
        assert one["dcterms:license"]["@id"].endswith("/by/4.0/")
