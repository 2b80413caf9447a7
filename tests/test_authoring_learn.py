"""`errdecode catalog learn`: what bodies have in common becomes a draft that the check accepts."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from drafts import SECRET, faults_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.learn import learn
from errdecode.catalog import Catalog, open_catalog
from errdecode.errors import InputError
from errdecode.model import JSON, Report, Text
from errdecode.pipeline import decode_text
from errdecode.settings import Settings

TAKEN: JSON = {
    "problem": {"reason": "BERTH_TAKEN", "message": "Berth 12 is taken", "field": "stay.berth"},
    "trace_id": "HB-3301",
}
LONG: JSON = {
    "problem": {"reason": "TOO_LONG", "message": "At most 20 metres", "field": "boats[0].length"},
    "trace_id": "HB-3307",
}


def message(body: JSON, status: int = 409) -> str:
    """An HTTP message."""
    text = body if isinstance(body, str) else json.dumps(body)
    return f"HTTP/1.1 {status} No\nContent-Type: application/json\n\n{text}\n"


@cache
def catalog() -> Catalog:
    """The catalog, opened once: a hundred drafts need no more."""
    return open_catalog()


def decode(text: str) -> list[Report]:
    """Decode a capture."""
    return decode_text(Text(text), "-", Settings(), catalog())


def drafted(*bodies: JSON) -> dict[str, Any]:
    """The draft that some bodies lead to, read back."""
    reports = [report for body in bodies for report in decode(message(body))]
    return tomllib.loads(learn(reports, "harbour", None)[0])


def filled(text: str) -> str:
    """A draft whose blanks somebody filled in."""
    link = '"https://docs.example.com/errors"'
    return re.sub(r'"TODO: https://[^"]*"', link, text).replace("TODO: ", "")


# ---------------------------------------------------------------- what is found


def test_places_and_clues_are_found() -> None:
    """Container, code, message, pointer, its dialect and the request id are told from values."""
    read = drafted(TAKEN, LONG)

    assert {
        "each": "/problem",
        "code": "/reason",
        "detail": "/message",
        "pointer": "/field",
        "pointer_dialect": "dotted",
        "request_id": "#/trace_id",
    } == read["extract"]
    assert {"at": "/problem", "has": ["reason", "message", "field"]} in read["detect"]["required"]
    assert {"at": "/problem/reason", "matches": "^[A-Z_]+$"} in read["detect"]["required"]
    assert {"at": "/trace_id", "matches": r"^HB-\d+$"} in read["detect"]["supporting"]
    assert ["BERTH_TAKEN", "TOO_LONG"] == [code["code"] for code in read["codes"]]


def test_faults_beside_the_error_are_the_problems() -> None:
    """Where the faults of members stand in a list of their own, they are what is read."""
    faults: JSON = [{"field": "stay.berth", "message": "is taken"}]
    read = drafted({"error": {"code": "INVALID", "message": "No such stay", "details": faults}})

    assert {
        "each": "/error/details/*",
        "code": "#/error/code",
        "title": "#/error/message",
        "detail": "/message",
        "pointer": "/field",
        "pointer_dialect": "dotted",
    } == read["extract"]


def test_examples_say_what_is_read() -> None:
    """Each example lists its problems as the draft itself reads them."""
    problems = [example["problems"] for example in drafted(TAKEN, LONG)["examples"]]

    assert [
        [{"code": "BERTH_TAKEN", "pointer": "/stay/berth"}],
        [{"code": "TOO_LONG", "pointer": "/boats/0/length"}],
    ] == problems


def test_one_response_proves_little() -> None:
    """What one response bears beyond what is read is not required of others."""
    alone = drafted({"code": "a_b", "message": "It is so", "extra": 1, "when": "now"})

    assert {"at": "", "has": ["code", "message"]} in alone["detect"]["required"]
    assert {"at": "/code", "matches": "^[a-z_]+$"} in alone["detect"]["supporting"]


LISTED: JSON = {
    "errors": [
        {"code": "a.b", "detail": "This is bad", "source": {"pointer": "/data/x"}},
        {"code": "c.d", "detail": "That is bad", "source": {"parameter": "sort"}},
    ]
}
BY_FIELD: JSON = {"message": "It was invalid.", "errors": {"items.0.sku": ["is gone", "is old"]}}
HEADED: JSON = {"faults": [{"loc": ["body", "a", 0], "msg": "it is missing", "type": "x.missing"}]}
STRINGS: JSON = {"errors": ["one thing", "another thing"]}
SPRING: JSON = {"status": 404, "error": "Not Found", "message": "No such boat"}
UNTRUSTED: JSON = {"fault": {"id": "QTY_RANGE", "text": "From 1 to 99"}}
NESTED: JSON = {"answer": {"rows": [{"errors": [{"code": "late", "message": "It is late"}]}]}}

FOUND: list[tuple[JSON, dict[str, object], list[dict[str, str]]]] = [
    (
        LISTED,
        {"each": "/errors/*", "pointer": "/source/pointer", "parameter": "/source/parameter"},
        [{"code": "a.b", "pointer": "/data/x"}, {"code": "c.d", "parameter": "sort"}],
    ),
    (
        BY_FIELD,
        {"each": "/errors/*/*", "detail": "", "pointer": {"at": "", "take": "name"}},
        [
            {"pointer": "/items/0/sku", "detail": "is gone"},
            {"pointer": "/items/0/sku", "detail": "is old"},
        ],
    ),
    (
        HEADED,
        {"each": "/faults/*", "pointer_dialect": "segments", "pointer_head": True},
        [{"code": "x.missing", "pointer": "/a/0"}],
    ),
    (
        STRINGS,
        {"each": "/errors/*", "detail": ""},
        [{"detail": "one thing"}, {"detail": "another thing"}],
    ),
    (
        SPRING,
        {"title": "/error", "detail": "/message", "status": "/status"},
        [{"detail": "No such boat"}],
    ),
    (UNTRUSTED, {"each": "/fault", "code": "/id"}, [{"code": "QTY_RANGE"}]),
    (
        [{"errorCode": "GONE_AWAY", "message": "It is gone"}],
        {"each": "/*", "code": "/errorCode"},
        [{"code": "GONE_AWAY"}],
    ),
    (
        "<Error><Code>NoSuchBoat</Code><Message>There is none</Message></Error>",
        {"each": "/Error", "code": "/Code", "detail": "/Message"},
        [{"code": "NoSuchBoat"}],
    ),
]


@pytest.mark.parametrize(("body", "words", "problems"), FOUND)
def test_forms_of_bodies(
    body: JSON, words: dict[str, object], problems: list[dict[str, str]]
) -> None:
    """Lists, messages by field, heads of pointers, strings, XML: each form gets its words."""
    read = drafted(body)

    assert words == {name: value for name, value in read["extract"].items() if name in words}
    assert problems == read["examples"][0]["problems"]


@pytest.mark.parametrize("body", [*(body for body, _, _ in FOUND), TAKEN, NESTED])
def test_the_check_finds_blanks_alone(body: JSON) -> None:
    """A draft of any form has no fault but its blanks."""
    text, _ = learn(decode(message(body)), "harbour", None)

    assert [] == faults_of(text)


def test_several_forms_become_shapes() -> None:
    """Responses whose problems stand in different places are told apart, and rule each other
    out."""
    read = drafted({"error": {"code": "gone", "message": "It is gone"}}, TAKEN, LONG)

    assert ["problem", "error"] == [shape["name"] for shape in read["shapes"]]
    assert ["/problem", "/error"] == [shape["extract"]["each"] for shape in read["shapes"]]
    assert "extract" not in read


def test_responses_without_a_common_member() -> None:
    """Where the responses share no member, one of those that are read is required."""
    required = drafted({"error": "gone_by"}, {"status": "lost_it"})["detect"]["required"]

    assert [{"any": [{"at": "/error"}, {"at": "/status"}]}] == required[:1]


def test_a_code_that_stands_elsewhere_is_read_second() -> None:
    """Where responses disagree on a place, both are read."""
    second: JSON = {"error": {"type": "far_off", "message": "It is far"}}
    first: JSON = {"error": {"code": "gone_by", "message": "It is gone"}}

    assert ["/code", "/type"] == drafted(first, first, second)["extract"]["code"]


def test_a_filled_draft_wins(run: Run, tmp_path: Path) -> None:
    """Once the blanks are filled in, the check is content and every example is won."""
    text = filled(learn(decode(message(TAKEN)) + decode(message(LONG)), "harbour", None)[0])
    (tmp_path / "harbour.toml").write_text(text, encoding="utf-8")
    checked = run("catalog", "check", str(tmp_path))
    tested = run("catalog", "test", "--only", "harbour", str(tmp_path))

    assert (0, 0) == (checked[0], tested[0]), (checked, tested)


# ---------------------------------------------------------------- secrets


def test_secrets_are_masked() -> None:
    """No secret of a body or of the head reaches the draft or the account."""
    body = {"error": {"code": "gone", "message": f"No {SECRET}"}, "token": SECRET, "pin": 1234}
    text, account = learn(decode(message(body)), "harbour", None)
    example = tomllib.loads(text)["examples"][0]["body"]

    assert SECRET not in text + " ".join(account)
    assert "1234" not in text
    assert {"error", "token", "pin"} == set(json.loads(example))


def test_a_secret_of_one_file_is_masked_in_all() -> None:
    """A credential that one capture shows is covered where another one echoes it."""
    command = "curl -sS -i https://api.example.com/boats -H 'X-Api-Key: blue-boat-77-harbour'\n"
    first = decode(command + message(TAKEN))
    second = decode(message({"problem": {"reason": "X_Y", "message": "no blue-boat-77-harbour"}}))
    text, _ = learn(first + second, "harbour", None)

    assert "blue-boat" not in text
    assert 'host = "api.example.com"' in text


# ---------------------------------------------------------------- the command


def test_the_command_prints_a_draft(run: Run, tmp_path: Path) -> None:
    """The draft goes to standard output, the account with its counts to the other."""
    for name, body in (("a.http", TAKEN), ("b.http", LONG), ("ok.http", "{}")):
        status = 200 if name == "ok.http" else 409
        (tmp_path / name).write_text(message(body, status), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.http", "b.http", "ok.http")]
    code, out, err = run("catalog", "learn", *files, "--id", "harbour", "--name", "The Office")

    assert (0, "The Office") == (code, tomllib.loads(out)["name"])
    assert "ok.http: this is no error" in err
    assert "  code             /reason   2 of 2" in err


BAD: list[tuple[str, int, str]] = [
    ("", 3, "is empty"),
    ("<html><title>No</title></html>", 3, "the body is html"),
    ("just words", 3, "the body is text"),
    ('{"boat": {"length": 20}}', 3, "no code and no message"),
    ("HTTP/1.1 200 OK\n\n{}", 3, "this is no error"),
]


@pytest.mark.parametrize(("text", "code", "said"), BAD)
def test_nothing_to_learn(run: Run, tmp_path: Path, text: str, code: int, said: str) -> None:
    """What holds no error with members is told, and is exit 3."""
    file = tmp_path / "body"
    file.write_text(text, encoding="utf-8")
    outcome = run("catalog", "learn", str(file))

    assert (code, "", True) == (outcome[0], outcome[1], said in outcome[2]), outcome


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    """A wrong id is told before any file is read, a missing file after."""
    missing = str(tmp_path / "none.json")

    assert 2 == run("catalog", "learn", missing, "--id", "A B")[0]
    assert 3 == run("catalog", "learn", missing)[0]
    assert 2 == run("catalog", "learn")[0]


def test_a_known_format_is_told() -> None:
    """When the catalog has the format already, the account says so."""
    body = {"message": "M", "errors": [{"title": "T", "details": "D", "source": {"pointer": "/a"}}]}
    _, account = learn(decode(message(body, 400)), None, None)

    assert any("knows this format already (talonone" in line for line in account)


NAMES = st.sampled_from(
    "error errors code message id type detail field status * ** a/b ~ x".split()
)
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | NAMES
BODIES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(BODIES, min_size=1, max_size=3))
@settings(max_examples=50)
def test_any_body_is_survived(bodies: list[JSON]) -> None:
    """Whatever the bodies are: a draft that has blanks alone, or a clear refusal."""
    reports = [report for body in bodies for report in decode(message(body))]
    try:
        text, _ = learn(reports, "harbour", None)
    except InputError:
        return

    assert [] == faults_of(text)
