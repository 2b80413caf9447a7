"""Signal lines: every error of the catalog has one, wherever it stands; ordinary lines are none."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from cases import Case, load_cases
from wrappers import BY_NAME, WRAPPERS, Around, har, wrappers_for

from errdecode.body import read_body
from errdecode.catalog import ShapeEntry, open_catalog
from errdecode.clue import Codes, Seen
from errdecode.detect import detect
from errdecode.expressions.quantifiers import find_nested
from errdecode.format import At, Clue
from errdecode.model import Text
from errdecode.scan.engines import Engine, choose
from errdecode.scan.engines.stdlib import Stdlib
from errdecode.scan.signals import Start, signals
from errdecode.scan.signals.derived import derive

BACKGROUND = Path(__file__).parent.parent / "catalog" / "background.json"


@cache
def engine() -> Engine:
    """The fastest engine here, over the signals of the catalog."""
    return choose(signals(open_catalog())) or Stdlib(signals(open_catalog()))


def found_in(data: bytes) -> list[int]:
    """The signal lines of some bytes."""
    return engine().lines(data, len(data))


@cache
def is_told_by_its_body(case: Case) -> bool:
    """Whether an error is recognised without head, host and status."""
    if case.outcome != "error":
        return False
    body = read_body(Text(case.body), case.media_type)
    best = detect(open_catalog(), Seen(body)).best
    return case.kind == "html" or (best is not None and best.id == case.format)


@pytest.mark.parametrize("name", [wrapper.name for wrapper in WRAPPERS])
def test_each_error_of_the_catalog_has_a_signal_line(name: str) -> None:
    """A body that is told without its head stands at or around a signal line, however wrapped."""
    missed = []
    for number, case in enumerate(load_cases()):
        if BY_NAME[name] in wrappers_for(case) and is_told_by_its_body(case):
            data, start, length = BY_NAME[name].wrap(case, Around(number, status=200))
            first = data.rfind(b"\n", 0, start) + 1
            lines = found_in(data)
            at_body = any(first <= line < start + length for line in lines)
            in_head = BY_NAME[name].how == "transcript" and lines
            if not at_body and not in_head:
                missed.append((case.format, case.name))

    assert [] == [one for one in missed if one not in HEADLESS]


HEADLESS = {
    ("aws-sdk", "JavaScript 3"),  # a print-out over many lines, all of whose words logs have
    ("sourcegraph", "a token that is not valid"),  # any sentence: only the host tells
    ("vault", "nothing there"),  # an empty list that is escaped twice, or in an access log
    ("pypi", "plain text"),  # begins with a status, as much in a log does
    ("drf", "a unique field of a model"),  # a list of sentences under any name
    ("spreedly-core", "the list alone, as a form in the browser gets it"),  # key and message
    ("influxdb", "annotated CSV"),  # a table whose head says error and reference
    ("oci-registry", "a line of go-containerregistry, no access"),  # an address and a capital word
    ("sourcegraph", "private mode, the text alone"),  # any sentence
    ("gunicorn", "the page without its head"),  # a heading
    ("vonage", "the first Conversation API"),  # a code and a description
}
"""What no line can be a signal for without every other one being one."""


def test_each_failing_entry_of_a_har_file_has_a_signal_line() -> None:
    """An answer that refuses is found in a HAR file by its status."""
    cases = [case for case in load_cases() if (case.status or 0) >= 400][:40]
    found = [line for line in found_in(har(cases)) if b'"status": ' in har(cases)[line:][:80]]

    assert len(cases) == len(found)


def undocumented() -> dict[str, object]:
    """Errors in no documented format, by name."""
    known = json.loads(BACKGROUND.read_text(encoding="utf-8"))
    return {one["name"]: one["body"] for one in known if one["status"] >= 400}


def test_undocumented_errors_have_signal_lines() -> None:
    """Errors that no format documents are found by the words that errors use."""
    lines = {
        name: body.encode() if isinstance(body, str) else json.dumps(body).encode()
        for name, body in undocumented().items()
    }
    missed = {name for name, line in lines.items() if not found_in(line)}

    assert missed == SILENT


SILENT = {
    "a string",
    "array of one text",
    "empty body",
    "fields map",
    "header and body wrapper",
    "health down",
    "plain text",
    "plain text of a proxy",
}
"""Those without any such word: a sentence, an empty list, a state of health."""


ORDINARY = (
    b'{"timestamp":"2026-03-01T08:15:03Z","level":"INFO","logger":"a.b","thread":"t","message":"m"}',
    b'{"message": "boat moored", "level": "info", "time": "2026-03-01T08:15:03Z", "name": "quay"}',
    b'{"level":"info","message":"boat moored"}',
    b'{"level":"info","ts":1772352903.1,"msg":"done","error":null,"errors":[],"err":null,"code":0}',
    b'{"level":"error","ts":1,"message":"m","error":"","errors":0,"exception":null,"fault":{}}',
    b'{"time":"t","level":"warn","msg":"slow","status":200,"success":true,"url":"/errors?page=2"}',
    b'{"level":"info","message":"boat moored","error":null,"errors":[]}',
    b'192.0.2.7 - - [01/Mar/2026:08:15:03 +0000] "GET /errors HTTP/1.1" 404 153 "-" "curl/8.9"',
    b"Mar  1 08:15:03 quay-3 billing[4711]: ERROR no error in 404 boats, message: none",
    b'time=2026-03-01T08:15:03Z level=error msg="upstream call failed" error="timeout" code=7',
    b"<boat><name>Swift</name><error/><errors></errors></boat>",
    b'1772352903,"{""level"":""info"",""message"":""moored"",""error"":null,""err"":"""",""code"":0}"',
    b'I, [2026-03-01T08:15:03 #7] INFO -- : Parameters: {"boat"=>{"name"=>"Swift"}, "error"=>""}',
    b'{"level"=>"info", "message" => "moored", "errors"=>[], "error" => nil, "code"=>0}',
    b"{:level=>:info, :error=>nil, :errors=>[]} rescue StandardError => error",
    b'"boat","error","","code","","message",""',
    b"",
    b"\0\0\0",
)


@pytest.mark.parametrize("line", ORDINARY, ids=str)
def test_ordinary_lines_are_no_signal_lines(line: bytes) -> None:
    """A message, a level, and errors that are none make no signal."""
    assert [] == found_in(line)


def test_signals_are_expressions_that_every_engine_reads() -> None:
    """No look-around, no captures, no repetition over another one; the literal is where it says."""
    patterns = [one.pattern.decode("latin-1") for one in signals(open_catalog()).items]
    odd = [text for text in patterns if re.search(r"\((?!\?:|\?i:)", re.sub(r"\\.", "", text))]
    nested = [text for text in patterns if find_nested(text)]

    assert ([], []) == (odd, nested)


def test_a_format_with_a_name_of_its_own_gets_a_signal() -> None:
    """What a shape asks for and no other line bears is looked for by its name."""
    names = {one.literal for one in signals(open_catalog()).items if one.start is Start.QUOTE}

    assert {b"pspReference", b"documentation_url", b"ModelState"} <= names


@pytest.mark.parametrize(
    ("at", "expected"),
    [("/moorings/status/#text", {Start.ELEMENT}), ("/moorings/status", set())],
)
def test_a_shape_of_elements_is_looked_for_by_a_name(at: str, expected: set[Start]) -> None:
    """A state that is a failure is found by itself in JSON; what an element holds is not looked
    at."""
    clue = Clue(at=At(at), equals="error")
    shape = cast("ShapeEntry", SimpleNamespace(required=(clue,), codes=Codes(frozenset(), False)))

    assert expected == {signal.start for signal in derive([shape])}


def test_quotes_of_a_word_processor_are_signals() -> None:
    """An object whose names stand between them is one that was pasted, and never a log's own."""
    lines = [f"{{{blank}“error{close}:1}}" for blank in ("", " ") for close in "”“"]

    assert [0] * 4 == [line for text in lines for line in found_in(text.encode())]
