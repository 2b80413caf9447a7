"""An export of a log that is one JSON document is a log of its rows, however short it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import read_all

from errdecode.jsontext import place
from errdecode.scan.model import Sighting
from errdecode.scan.reading.spans import path_to

TIME = 1_795_341_600
"""2026-11-22T10:00:00Z."""
CODES = ("no-credit", "no-berth", "no-crane")
Event = tuple[int, str]
"""A second, and what was logged."""


def body_of(number: int) -> str:
    """The answer of a server, in a documented format."""
    code = CODES[number % 3]
    return json.dumps(
        {"type": f"https://example.com/problems/{code}", "title": "No", "status": 403}
    )


def stamp(number: int) -> str:
    """A second of the log as RFC 3339 writes it."""
    return f"2026-11-22T10:{number // 60:02}:{number % 60:02}Z"


EXPORTS: dict[str, Callable[[list[Event]], Any]] = {
    "events": lambda events: {
        "events": [
            {"timestamp": (TIME + n) * 1000, "message": said, "ingestionTime": TIME * 1000}
            for n, said in events
        ]
    },
    "subscription": lambda events: {
        "messageType": "DATA_MESSAGE",
        "logEvents": [
            {"id": str(n), "timestamp": (TIME + n) * 1000, "message": said} for n, said in events
        ],
    },
    "entries": lambda events: [
        {"severity": "ERROR", "timestamp": stamp(n), "textPayload": said} for n, said in events
    ],
    "hits": lambda events: {
        "took": 1,
        "hits": {
            "hits": [
                {"_index": "quay", "_source": {"@timestamp": stamp(n), "message": said}}
                for n, said in events
            ]
        },
    },
    "fields": lambda events: {
        "results": [
            [
                {"field": "@timestamp", "value": stamp(n).replace("T", " ").replace("Z", ".000")},
                {"field": "@message", "value": said},
                {"field": "@ptr", "value": f"p{n}"},
            ]
            for n, said in events
        ],
        "status": "Complete",
    },
    "streams": lambda events: {
        "streams": [
            {
                "stream": {"app": "quay"},
                "values": [[str((TIME + n) * 10**9), said] for n, said in events],
            }
        ]
    },
    "table": lambda events: {
        "tables": [
            {
                "columns": [{"name": "TimeGenerated"}, {"name": "Message"}],
                "rows": [[stamp(n), said] for n, said in events],
            }
        ]
    },
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("before", ["", "ERROR answered 403: "])
@pytest.mark.parametrize("kind", EXPORTS)
def test_each_row_has_its_error(kind: str, before: str, indent: int | None) -> None:
    """In a line or printed prettily, each with its own time and place."""
    events = [(n, before + body_of(n) if n % 4 else "all went well") for n in range(90)]
    data = json.dumps(EXPORTS[kind](events), indent=indent).encode()
    found = [one for one in read_all(data) if isinstance(one, Sighting)]
    failed = [n for n in range(90) if n % 4]
    own = [json.dumps(body_of(n))[1:-1].encode() for n in failed]

    assert [TIME + n for n in failed] == [one.context.time for one in found]
    assert own == [data[one.place.offset :][: one.length] for one in found]


def test_lines_in_a_list_are_read_as_lines() -> None:
    """Each with the time that it begins with."""
    lines = [f"{stamp(n)} ERROR client answered 403: {body_of(n)}" for n in range(3)]
    found = read_all(json.dumps({"lines": lines}).encode())

    assert [(TIME + n, 403) for n in range(3)] == [
        (one.context.time, one.context.status) for one in found if isinstance(one, Sighting)
    ]


def test_what_an_error_quotes_is_a_part_of_it() -> None:
    """An error that lists what it was caused by is one error."""
    quoted = [{"service": "quay", "message": f"answered {body_of(n)}"} for n in range(2)]
    outer = {"title": "It failed", "code": "E7", "causes": quoted}
    data = json.dumps(outer).encode()
    (found,) = read_all(data)

    assert isinstance(found, Sighting)
    assert (0, len(data)) == (found.place.offset, found.length)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
@settings(max_examples=80)
def test_the_way_to_a_character_is_found(value: Any, indent: int | None, ascii: bool) -> None:
    """The way to a value's beginning leads to that value, and to none in it."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    for path in ways(value):
        found = place(text, [str(token) for token in path])

        assert found is not None
        assert path == path_to(text, found.start)


def ways(value: Any) -> list[tuple[str | int, ...]]:
    """The way to each value that another one holds, and to the root."""
    found: list[tuple[str | int, ...]] = [()]
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        found += [(key, *rest) for rest in ways(inner)]
    return found
