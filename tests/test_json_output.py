"""The JSON output, version 1: the contract that scripts hold on to."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from reports import ANY_JSON, ERROR, Decode, objects_at, report_of, reports_of

from errdecode.errors import InputError
from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.render import View
from errdecode.render.json import read_schema, render

CAPTURES = ROOT / "tests" / "captures"
SCHEMA: dict[str, Any] = json.loads(read_schema())
VALIDATOR = Draft202012Validator(SCHEMA)

CONTRACT = {
    "": "version input outcome request response earlier request_id date format candidates problems"
    " notes",
    "input": "name kind index span",
    "request": "method url headers body",
    "request/body": "media_type text",
    "response": "status reason headers media_type",
    "earlier/*": "status reason headers",
    "format": "id name kind confidence forced",
    "candidates/*": "id confidence score evidence",
    "candidates/*/evidence/*": "claim seen_at weight matched",
    "problems/*": "code code_as_sent type title detail status instance help unverified extensions"
    " pointer pointer_as_sent parameter header line origin role caused_by locations explanation"
    " alternatives retry patch",
    "problems/*/locations/*": "document pointer found value nearest suggestions repairs span"
    " input_span",
    "problems/*/locations/*/repairs/*": "pointer kind reason confirmed value span",
    "problems/*/locations/*/span": "start end",
    "problems/*/locations/*/span/start": "line column offset",
    "problems/*/explanation": "title meaning remedies actor documentation source",
    "problems/*/alternatives/*": "title meaning remedies actor documentation source",
    "problems/*/retry": "verdict after_seconds trail",
    "problems/*/patch": "operations applicability",
    "notes/*": "kind message",
}
"""The members of version 1 in their order, by place: further ones may stand between them.

A line may get longer. Nothing is ever taken out of it, renamed or moved.
"""


def closed(schema: Any) -> Any:
    """A schema that allows none but the members it describes."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tight = {key: closed(value) for key, value in schema.items()}
    return {**tight, "additionalProperties": False} if "properties" in schema else tight


# ---------------------------------------------------------------- the schema


def test_schema_is_a_schema() -> None:
    """The shipped file is itself valid under draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_is_printed(run: Decode) -> None:
    """`--json-schema` prints the shipped file as it is."""
    file = ROOT / "errdecode" / "render" / "report.schema.json"

    assert run("--json-schema") == (0, file.read_text(encoding="utf-8"), "")


@pytest.mark.parametrize("place", CONTRACT)
def test_schema_requires_the_contract(place: str) -> None:
    """Each member of the contract is described and always there."""
    schema = resolve_schema(place)
    names = CONTRACT[place].split()

    assert set(names) - set(schema["required"]) == set()
    assert set(names) - set(schema["properties"]) == set()


def resolve_schema(place: str) -> dict[str, Any]:
    """Follow a place of the contract through the schema."""
    schema = SCHEMA
    for step in place.split("/") if place else ():
        schema = referred(schema["items"] if step == "*" else schema["properties"][step])
    return schema


def referred(schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference, or the first of several choices, stands for."""
    schema = schema["anyOf"][0] if "anyOf" in schema else schema
    if "$ref" not in schema:
        return schema
    target: dict[str, Any] = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return target


def test_every_member_is_described() -> None:
    """Each member and definition has a description of one sentence."""
    described = list(all_described(SCHEMA))

    assert [at for at, text in described if not re.fullmatch(r"[A-Z].*[^.]\.", text)] == []


def all_described(schema: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Give each member's description by its place, empty where there is none."""
    if not isinstance(schema, dict):
        return
    for word in ("properties", "$defs"):
        for name, inner in schema.get(word, {}).items():
            yield f"{at}/{name}", inner.get("description", "")
            yield from all_described(inner, f"{at}/{name}")
    yield from all_described(schema.get("items"), f"{at}/*")


def test_known_note_kinds_are_listed() -> None:
    """The schema names every kind of note that the code writes."""
    listed = SCHEMA["properties"]["notes"]["items"]["properties"]["kind"]["examples"]

    assert note_kinds() - set(listed) == set()
    assert listed == sorted(listed)


def note_kinds() -> set[str]:
    """Collect the first argument of every `Note(...)` in the package."""
    kinds = set()
    for file in (ROOT / "errdecode").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id == "Note" and isinstance(first, ast.Constant):
                    kinds.add(str(first.value))
    return kinds


# ---------------------------------------------------------------- every capture


def test_capture_validates(capture: str, decode_capture: Decode) -> None:
    """The output is one ASCII line for each response, valid, without a member the schema omits."""
    _, out, err = decode_capture(capture, "--json")
    validator = Draft202012Validator(closed(SCHEMA) | {"additionalProperties": False})
    faults = [
        f"{fault.json_path}: {fault.message}"
        for report in reports_of(out)
        for fault in validator.iter_errors(report)
    ]

    assert (faults, err, out.isascii()) == ([], "", True)


def test_capture_keeps_the_contract(capture: str, decode_capture: Decode) -> None:
    """The members of version 1 are all there, in their order."""
    for report in reports_of(decode_capture(capture, "--json").out):
        for place, names in CONTRACT.items():
            for found in objects_at(place, report):
                expected = names.split()
                actual = [name for name in found if name in expected]

                assert expected == actual


def test_capture_counts_its_responses(capture: str, decode_capture: Decode) -> None:
    """Each report names the input and its own place in it."""
    reports = reports_of(decode_capture(capture, "--json").out)
    expected = [(capture, index) for index in range(len(reports))]

    assert expected == [(one["input"]["name"], one["input"]["index"]) for one in reports]


def test_capture_and_exit_code_agree(capture: str, decode_capture: Decode) -> None:
    """0 says that all was understood: no error, or problems of a documented format."""
    code, out, _ = decode_capture(capture, "--json")
    fine = all(
        one["outcome"] in ("success", "redirect") or (one["format"] and one["problems"])
        for one in reports_of(out)
    )

    assert code == (0 if fine else 1)


def test_problems_refer_to_each_other(capture: str, decode_capture: Decode) -> None:
    """A consequence names another problem of the same report; a cause names none."""
    for report in reports_of(decode_capture(capture, "--json").out):
        for index, problem in enumerate(report["problems"]):
            cause = problem["caused_by"]

            assert (cause is not None) <= (problem["role"] == "consequence")
            assert cause is None or cause in {*range(len(report["problems"]))} - {index}


# ---------------------------------------------------------------- true values

LARGE = "123456789012345678901234567890"
EXACT = ["false", "true", "0", '""', "null", "[]", "{}", "-1", "1.5", LARGE]


@pytest.mark.parametrize("value", EXACT)
def test_values_are_true(value: str) -> None:
    """An empty or false value is a value, with `found` true; a big integer keeps its digits."""
    report = report_of(ERROR, request=f'{{"attributes": {{"Name": {value}}}}}')
    (location,) = objects_at("problems/*/locations/*", report)

    assert (location["found"], json.dumps(location["value"])) == (True, value)


@pytest.mark.parametrize("value", EXACT)
def test_extensions_are_true(value: str) -> None:
    """What else an item bears keeps its value, too."""
    error = f'{{"code": "id", "status": 404, "message": "m", "check": {value}}}'
    (problem,) = report_of(f'{{"error": {error}}}', format="telecomx")["problems"]

    assert json.dumps(problem["extensions"]["check"]) == value


def test_absent_value_is_not_null_found() -> None:
    """What is not there is told from null by `found`, with the nearest parent and close names."""
    report = report_of(ERROR, request='{"attributes": {"name": 1}}')
    (location,) = objects_at("problems/*/locations/*", report)
    members = ("found", "value", "nearest", "suggestions", "span", "input_span")

    assert [location[name] for name in members] == [
        *(False, None, "/attributes", ["name"]),
        *(None, None),
    ]


# ---------------------------------------------------------------- any input


def damaged() -> st.SearchStrategy[bytes]:
    """Captures with a piece taken out, and something else in its place."""
    captures = [file.read_bytes() for file in sorted(CAPTURES.iterdir())]
    at = st.integers(0, 2000)
    pieces = st.binary(max_size=9) | st.sampled_from((b"{", b"[", b'"', b"\n\n", b"$ curl -d '"))
    return st.builds(
        lambda data, start, length, piece: data[:start] + piece + data[start + length :],
        st.sampled_from(captures),
        at,
        at,
        pieces,
    )


@settings(max_examples=150, deadline=None)
@given(damaged() | st.binary() | ANY_JSON | st.text(st.characters(codec="utf-8")).map(str.encode))
@example({"": {}})
def test_any_input_validates(data: object) -> None:
    """Whatever comes in, the output is one ASCII line and valid."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    try:
        reports = decode(raw, status=400)
    except InputError:
        return
    for report in reports:
        text = render(redact(report), View())

        assert (text.isascii(), text.count("\n")) == (True, 1)
        assert [fault.message for fault in VALIDATOR.iter_errors(json.loads(text))] == []


# ---------------------------------------------------------------- on the command line


def test_several_inputs_are_lines(run: Decode, tmp_path: Path) -> None:
    """Several responses are one object on each line, in the order of the command line."""
    files = [tmp_path / "b.json", tmp_path / "a.json"]
    for file in files:
        file.write_text(ERROR, encoding="utf-8")
    reports = reports_of(run("--json", *map(str, files)).out)

    assert list(map(str, files)) == [report["input"]["name"] for report in reports]


@pytest.mark.parametrize("option", [("--json",), ("-o", "json"), ("--output=json",), ("-ojson",)])
def test_ways_to_ask(option: tuple[str, ...], run: Decode, tmp_path: Path) -> None:
    """`--json` is `-o json`."""
    file = tmp_path / "a.json"
    file.write_text(ERROR, encoding="utf-8")

    assert [report["version"] for report in reports_of(run(*option, str(file)).out)] == [1]


@pytest.mark.parametrize(
    ("name", "content", "options", "code"),
    [
        ("missing.json", None, (), 3),
        ("empty.json", b"", (), 3),
        ("binary.json", bytes(range(256)), (), 3),
        ("large.json", ERROR.encode(), ("--max-bytes", "10"), 3),
        ("error.json", ERROR.encode(), ("--catalog", "nosuch"), 4),
        ("error.json", ERROR.encode(), ("--format", "nosuch"), 4),
        ("error.json", ERROR.encode(), ("--nonsense",), 2),
        ("error.json", ERROR.encode(), ("--width", "wide"), 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_are_json(
    name: str,
    content: bytes | None,
    options: tuple[str, ...],
    code: int,
    run: Decode,
    tmp_path: Path,
) -> None:
    """What stops a run is JSON on standard error, with the exit code; no answer is printed."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    exit_code, out, err = run("--json", *options, str(file))
    error = json.loads(err)["error"]

    assert (exit_code, out, error["exit_code"]) == (code, "", code)
    assert [bool(error[member]) for member in ("message", "hint")] == [True, True]


def test_one_bad_input_leaves_the_others(run: Decode, tmp_path: Path) -> None:
    """An input that cannot be read is told, and the rest is decoded."""
    file = tmp_path / "a.json"
    file.write_text(ERROR, encoding="utf-8")
    code, out, err = run("--json", str(tmp_path / "missing.json"), str(file))

    assert (code, len(reports_of(out)), len(reports_of(err))) == (3, 1, 1)
