"""`errdecode catalog import`: OpenAPI documents become drafts; what does not is told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from drafts import SECRET, faults_of, imported
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.importing import import_text
from errdecode.errors import InputError, UsageError
from errdecode.model import JSON

Document = dict[str, Any]


CODE: Document = {
    "type": "string",
    "enum": ["boat_not_found", "berth_taken"],
    "x-enum-descriptions": ["No boat has this id", "Somebody else lies there"],
}
ERROR: Document = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"$ref": "#/components/schemas/Code"},
                "message": {"type": "string"},
                "field": {"type": "string"},
                "cause": {"$ref": "#/components/schemas/Error"},
            },
        },
        "trace_id": {"type": "string"},
    },
}
EXAMPLE: JSON = {
    "error": {"code": "boat_not_found", "message": "No boat 7", "field": "boat.id"},
    "trace_id": "T-1",
    "token": SECRET,
}


def api(**changes: Any) -> Document:
    """An OpenAPI document of one operation with two error responses."""
    media = {"schema": {"$ref": "#/components/schemas/Error"}}
    responses = {
        "200": {"description": "The boat", "content": {"application/json": {"schema": {}}}},
        "404": {"$ref": "#/components/responses/NotFound"},
        "default": {"description": "Any other", "content": {"application/json": media}},
    }
    found = {"description": "There is no such boat", "content": {"application/json": dict(media)}}
    found["content"]["application/json"]["example"] = EXAMPLE
    return {
        "openapi": "3.0.3",
        "info": {"title": "Harbour API", "version": "1"},
        "externalDocs": {"url": "https://docs.example.com/errors"},
        "servers": [
            {
                "url": "https://{region}.harbour.example.com/v1",
                "variables": {"region": {"default": "eu"}},
            }
        ],
        "paths": {"/boats/{id}": {"get": {"responses": responses}}},
        "components": {
            "responses": {"NotFound": found},
            "schemas": {"Error": ERROR, "Code": CODE},
        },
        **changes,
    }


# ---------------------------------------------------------------- OpenAPI


def test_a_document_becomes_a_draft() -> None:
    """Required members, places, hosts, name and documentation come from the document."""
    read = imported(api())

    assert ("Harbour API", "https://docs.example.com/errors") == (
        read["name"],
        read["documentation"],
    )
    assert [{"at": "/error", "has": ["code", "message"]}] == read["detect"]["required"][:1]
    assert {"host": "*.harbour.example.com"} in read["detect"]["supporting"]
    assert {"each": "/error", "code": "/code", "detail": "/message"} == {
        name: read["extract"][name] for name in ("each", "code", "detail")
    }


def test_codes_come_from_enums_and_examples() -> None:
    """Each code is an entry; what the document says of it is a comment and no prose of ours."""
    text, _ = import_text(json.dumps(api()), "api.json", "harbour", None)
    codes = tomllib.loads(text)["codes"]

    assert ["boat_not_found", "berth_taken"] == [code["code"] for code in codes]
    assert "# Somebody else lies there\n" in text
    assert '# HTTP 404: "No boat 7": There is no such boat\n' in text
    assert all(code["meaning"].startswith("TODO:") for code in codes)


def test_examples_are_masked_and_read() -> None:
    """An example bears its status, URL and problems, and none of its secrets."""
    text, account = import_text(json.dumps(api()), "api.json", "harbour", None)
    example = tomllib.loads(text)["examples"][0]

    assert SECRET not in text + " ".join(account)
    assert (404, "https://eu.harbour.example.com/v1/boats/1") == (example["status"], example["url"])
    assert [{"code": "boat_not_found", "pointer": "/boat/id"}] == example["problems"]


def test_the_check_finds_blanks_alone() -> None:
    """A draft with examples and one without have no fault but their blanks."""
    without = api()
    del without["components"]["responses"]["NotFound"]["content"]["application/json"]["example"]

    assert [] == faults_of(import_text(json.dumps(api()), "f", "harbour", None)[0])
    assert [] == faults_of(import_text(json.dumps(without), "f", "harbour", None)[0])


def test_values_of_a_schema_make_an_example() -> None:
    """Where all members have a value of their own, they are put together, and this is said."""
    schema = {
        "properties": {
            "code": {"const": "gone_by"},
            "message": {"type": "string", "examples": ["It is gone"]},
        }
    }
    answer = {"description": "gone", "content": {"application/json": {"schema": schema}}}
    text, _ = import_text(
        json.dumps(api(openapi="3.1.0", paths={"/a": {"get": {"responses": {"4XX": answer}}}})),
        "api.json",
        "harbour",
        None,
    )

    assert ['{"code": "gone_by", "message": "It is gone"}'] == [
        example["body"] for example in tomllib.loads(text)["examples"]
    ]
    assert "put together from the values that the schema gives" in text


def test_alternatives_and_parts_are_joined() -> None:
    """`allOf` adds up; what one alternative of `oneOf` requires is not required."""
    schema = {
        "allOf": [
            {"required": ["code"], "properties": {"code": {"type": "string"}}},
            {"oneOf": [{"required": ["why"], "properties": {"why": {}}}, {"type": "null"}]},
            {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"required": ["message"], "properties": {"message": {"type": "string"}}},
        ]
    }
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    read = imported(api(paths={"/a": {"get": {"responses": {"400": answer}}}}))

    assert {"at": "", "has": ["code", "message"]} in read["detect"]["required"]


def test_extensions_list_codes() -> None:
    """A list of codes in an extension is read in any of the forms of a table."""
    listed = [{"code": "late", "description": "It is late"}, {"code": "early"}]
    text, _ = import_text(json.dumps(api(**{"x-error-codes": listed})), "f", "harbour", None)

    assert ["late", "early"] == [code["code"] for code in tomllib.loads(text)["codes"]][-2:]
    assert "# It is late\n" in text


def test_a_document_without_codes_is_told_by_its_statuses() -> None:
    """Where bodies have no code, each documented status is an entry."""
    schema = {"required": ["message"], "properties": {"message": {"type": "string"}}}
    answer = {"description": "Slow down", "content": {"application/json": {"schema": schema}}}
    paths = {"/a": {"get": {"responses": {"429": answer, "404": {**answer, "description": "No"}}}}}
    read = imported(api(paths=paths))

    assert [429, 404] == [code["status"] for code in read["codes"]]


def test_references_elsewhere_are_told() -> None:
    """What leads to another file is not followed, and is said."""
    document = api()
    document["paths"]["/a"] = {"get": {"responses": {"400": {"$ref": "other.json#/a"}}}}
    _, account = import_text(json.dumps(document), "api.json", "harbour", None)

    assert "1 reference to other files not followed" in account


def test_circles_end() -> None:
    """References that lead to themselves, and schemas that hold themselves, come to an end."""
    document = api()
    document["components"]["schemas"]["Code"] = {"$ref": "#/components/schemas/Code"}
    inner = {"allOf": [{"$ref": "#/components/schemas/In"}], "properties": {"message": {}}}
    document["components"]["schemas"]["In"] = inner

    assert imported(document)["extract"]["detail"] == "/message"


def test_large_schemas_are_read_in_part() -> None:
    """Schemas that refer to each other a great many times take no great time."""
    names = [f"S{number}" for number in range(120)]
    schemas = {
        name: {
            "allOf": [{"$ref": f"#/components/schemas/{other}"} for other in names[:40]],
            "properties": {
                f"{name}{k}": {"$ref": f"#/components/schemas/{names[k]}"} for k in range(40)
            },
        }
        for name in names
    }
    document = api()
    document["components"]["schemas"] |= schemas
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/S7"}}}
    document["paths"]["/b"] = {"get": {"responses": {"400": {"content": media}}}}

    assert ["boat_not_found", "berth_taken"] == [c["code"] for c in imported(document)["codes"]]


# ---------------------------------------------------------------- what cannot be read


BAD = [
    ("", "is empty"),
    ("openapi: 3.0.0\ninfo: {}\n", "is YAML"),
    ('---\n"openapi": "3.1.0"\n', "is YAML"),
    ('{"swagger": "2.0"}', "is Swagger 2.0"),
    ('{"openapi": "4.0"}', "is OpenAPI 4.0"),
    ('{"openapi": "3.0.0"', "is no JSON: Expecting ',' delimiter at line 1"),
    ('{"openapi": "3.0.0", "paths": {}}', "describes no error response"),
    ('{"openapi": "3.1.0", "paths": [], "components": 3, "info": 1}', "describes no error"),
    ("[" * 100_000, "nested too deep"),
    ("[[1]]", "is no table of codes"),
    ("a,b\n1,2\n", "no column is called like a code; there are a, b"),
    ("code,message\n", "holds no table"),
    ('code,message\n"A,b\n', "line 2 cannot be read as CSV"),
    ("code,message\n,x\n", "holds no code"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_cannot_be_imported(run: Run, tmp_path: Path, text: str, said: str) -> None:
    """Anything else is exit 3, with what it is and what to do."""
    file = tmp_path / "described"
    file.write_text(text, encoding="utf-8")
    code, out, err = run("catalog", "import", str(file), "--id", "harbour")

    assert (3, "", True) == (code, out, said in err), err
    assert str(file) in err


def test_the_command(run: Run, tmp_path: Path) -> None:
    """The draft is printed, the account stands beside it; a wrong id is exit 2."""
    file = tmp_path / "api.json"
    file.write_text(json.dumps(api()), encoding="utf-8")
    code, out, err = run("catalog", "import", str(file), "--id", "harbour", "--name", "The Office")

    assert (0, "The Office") == (code, tomllib.loads(out)["name"])
    assert "errdecode: 2 error responses in" in err
    assert 2 == run("catalog", "import", str(file), "--id", "No Id")[0]
    assert 2 == run("catalog", "import", str(file))[0]
    assert 3 == run("catalog", "import", str(tmp_path / "none"), "--id", "harbour")[0]


WORDS = st.sampled_from(
    "openapi paths get responses 404 default content application/json schema example $ref "
    "#/paths # properties items allOf oneOf enum const required type string array code message "
    "components schemas servers url x-codes 3.0.1".split()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)


@given(VALUES, VALUES, st.booleans())
@settings(max_examples=120)
def test_any_document_is_survived(value: JSON, other: JSON, is_api: bool) -> None:
    """Whatever a document holds: a draft that has blanks alone, or a clear refusal."""
    schema = {"application/json": {"schema": value, "example": other}}
    paths = {"/a": {"get": {"responses": {"404": {"content": schema}}}}}
    document = api(paths=paths, components=value) if is_api else value
    try:
        text, _ = import_text(json.dumps(document), "f", "harbour", None)
    except (InputError, UsageError):
        return

    assert [] == faults_of(text)
