"""`errdecode catalog import`: OpenAPI documents and tables of codes become drafts."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.check import check_file
from errdecode.authoring.importing import import_text
from errdecode.errors import InputError, UsageError
from errdecode.model import JSON

Run = Callable[..., "tuple[int, str, str]"]
Document = dict[str, Any]
SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"

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


def drafted(source: Document | str, name: str = "api.json") -> dict[str, Any]:
    """The draft of a description, read back."""
    text = source if isinstance(source, str) else json.dumps(source)
    return tomllib.loads(import_text(text, name, "harbour", None)[0])


def faults_of(text: str) -> list[str]:
    """What is wrong with a draft besides its blanks."""
    folder = Path(os.environ["HOME"]) / "imports"
    folder.mkdir(exist_ok=True)
    file = folder / "harbour.toml"
    file.write_text(text, encoding="utf-8")
    return [f.message for f in check_file(file) if "still to be filled in" not in f.message]


# ---------------------------------------------------------------- OpenAPI


def test_a_document_becomes_a_draft() -> None:
    """Required members, places, hosts, name and documentation come from the document."""
    read = drafted(api())

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
    read = drafted(api(paths={"/a": {"get": {"responses": {"400": answer}}}}))

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
    read = drafted(api(paths=paths))

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

    assert drafted(document)["extract"]["detail"] == "/message"


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

    assert ["boat_not_found", "berth_taken"] == [c["code"] for c in drafted(document)["codes"]]


# ---------------------------------------------------------------- tables


TABLES = [
    "Error code,HTTP status,Message\nBUSY,503,Come back later\nGONE,410,\n",
    "errorCode;Status;Text\nBUSY;503 Service Unavailable;Come back later\nGONE;410;\n",
    "code\thttp\tmessage\nBUSY\t503\tCome back later\nGONE\t410\t\n",
    "| code | message |\n|---|---|\n| BUSY | Come back later |\n| GONE | |\n",
    '[{"code": "BUSY", "status": 503, "message": "Come back later"}, {"id": "", "code": "GONE"}]',
    '{"BUSY": {"status": 503, "message": "Come back later"}, "GONE": "It is gone"}',
    '{"version": 1, "errors": {"BUSY": "Come back later", "GONE": "It is gone"}}',
    '["BUSY", "GONE"]',
]


@pytest.mark.parametrize("table", TABLES)
def test_forms_of_tables(table: str) -> None:
    """CSV with any delimiter, bars, and JSON in several forms lead to the same codes."""
    text, _ = import_text(table, "codes", "harbour", None)

    assert ["BUSY", "GONE"] == [code["code"] for code in tomllib.loads(text)["codes"]]
    assert ("Come back later" in table) == ("Come back later" in text)
    assert [] == faults_of(text)


def test_columns_are_told() -> None:
    """The account says which column became what, and which is not used."""
    table = "Error Code,Resolution,Team,Retryable,Notes\nBUSY,Wait,blue,yes,At noon\n"
    text, account = import_text(table, "codes.csv", "harbour", None)

    assert "column Error Code -> code" in account
    assert "column Resolution -> remedy" in account
    assert "not used: Team" in account
    assert "# What to do, it says: Wait\n# Retry, it says: yes\n" in text


def test_a_code_with_several_statuses_has_several_entries() -> None:
    """The status becomes a key where it tells entries apart; equal rows become one."""
    table = "code,status,message\nA,404,one\nA,409,two\nA,409,three\nB,500,four\n"
    codes = drafted(table)["codes"]

    assert [("A", 404), ("A", 409), ("B", None)] == [(c["code"], c.get("status")) for c in codes]
    assert [] == faults_of(import_text(table, "f", "harbour", None)[0])


def test_a_table_of_statuses() -> None:
    """Without codes, statuses are the keys."""

    assert [404, 429] == [
        c["status"] for c in drafted("Status,Meaning\n404,No\n429,Slow\n")["codes"]
    ]


def test_secrets_in_tables_are_masked() -> None:
    """A cell with a secret is masked, and a code that is one is left out."""
    table = f"code,message\nBUSY,use {SECRET}\n{SECRET},no\n"
    text, account = import_text(table, "codes.csv", "harbour", None)

    assert SECRET not in text
    assert any(line.startswith("rows left out: 1") for line in account)


def test_cells_stay_in_their_comments() -> None:
    """Line breaks and control characters of a cell cannot leave the comment."""
    text, _ = import_text('code,message\nA,"x\n[[codes]]\x1b[31m"\n', "f", "harbour", None)

    assert 1 == len(tomllib.loads(text)["codes"])
    assert "\x1b" not in text


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


@given(st.text("code,status;|\t\n\"'AB 404-:\x00", max_size=80))
@settings(max_examples=120)
def test_any_table_is_survived(table: str) -> None:
    """Whatever stands in a text: a draft that has blanks alone, or a clear refusal."""
    try:
        text, _ = import_text(table, "f", "harbour", None)
    except InputError:
        return

    assert [] == faults_of(text)
