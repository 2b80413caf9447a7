"""The JSON Schema of catalog files: generated, described, and true to every file."""

from __future__ import annotations

import datetime
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from errdecode.authoring.json_schema import json_schema, write_schema

CATALOG = Path(__file__).parent.parent / "catalog"
FORMATS = sorted(path.name for path in CATALOG.glob("*.toml"))


def read(name: str) -> dict[str, Any]:
    """Read a catalog file as an editor hands it to a JSON Schema: dates as strings."""
    data = tomllib.loads((CATALOG / name).read_text(encoding="utf-8"))
    return {key: as_json(value) for key, value in data.items()}


def as_json(value: object) -> object:
    """Give a date as its text; it stands at the top of a file only."""
    return value.isoformat() if isinstance(value, datetime.date) else value


@cache
def validator() -> Draft202012Validator:
    """The schema, made once."""
    return Draft202012Validator(json_schema())


def complaints(data: dict[str, Any]) -> list[str]:
    """What the schema finds wrong."""
    return [error.message for error in validator().iter_errors(data)]


def test_schema_file_is_the_generated_one(update: bool) -> None:
    """catalog/schema.json is what the types say."""
    file = CATALOG / "schema.json"
    if update:
        file.write_text(write_schema(), encoding="utf-8", newline="\n")

    assert write_schema() == file.read_text(encoding="utf-8")


def test_schema_is_a_schema() -> None:
    """It is itself valid under draft 2020-12."""
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", FORMATS)
def test_every_catalog_file_validates(name: str) -> None:
    """An editor shows no fault in a file of ours."""
    assert complaints(read(name)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_catalog_file_names_the_schema(name: str) -> None:
    """The first line points editors to the schema."""
    first = (CATALOG / name).read_text(encoding="utf-8").partition("\n")[0]

    assert first == "#:schema ./schema.json"


@pytest.mark.parametrize(
    "change",
    [
        {"detekt": {}},
        {"kind": "vendr"},
        {"documentation": "docs.example.com"},
        {"name": None},
        {"detect": {"required": [{"at": "message"}]}},
        {"extract": {"each": 3}},
        {"codes": [{"title": " ", "meaning": "m"}]},
    ],
)
def test_faults_are_found(change: dict[str, Any]) -> None:
    """A misspelt key, a wrong word, a wrong type, a pointer without its slash, a blank title."""
    assert complaints({**read("rfc9457.toml"), **change}) != []


def test_words_are_described() -> None:
    """A field's docstring is the description of its key, a type's that of its table."""
    definitions: Any = json_schema()["$defs"]
    described = (
        definitions["Clue"]["properties"]["is"]["description"],
        definitions["Regex"]["description"].partition(",")[0],
        definitions["RetryRule"]["description"].partition(",")[0],
    )

    assert described == (
        "The value is of one of these types.",
        "A regular expression of Python's `re`",
        "Whether a repetition helps",
    )


def test_descriptions_are_the_docstrings_whole() -> None:
    """A docstring over several lines is one description without line breaks."""
    body = json.loads(write_schema())["$defs"]["Extract"]["properties"]["read"]["description"]

    assert ("\n" in body, body.endswith("{client, code, message}.")) == (False, True)
