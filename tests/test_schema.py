"""The vocabulary: what fits becomes a format, what does not is told with its path."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.salvage import salvage
from errdecode.compile.schema import read_format, toml_key
from errdecode.format import Clue, Read

HEAD: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "kind": "vendor",
    "documentation": "https://docs.example.com/errors",
    "reviewed": datetime.date(2026, 11, 22),
}


def faults(**members: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong with a format that has these members."""
    return [(fault.path, fault.message) for fault in read_format(HEAD | members)[1]]


def test_the_least_format() -> None:
    """Five members make a format; the date is kept as ISO 8601."""
    format, found = read_format(HEAD)

    assert [] == found
    assert format is not None
    assert ("acme", "2026-11-22", ()) == (format.id, format.reviewed, format.codes)


def test_keys_are_words_without_underscore() -> None:
    """Python's keywords are written plainly in a file."""
    format, found = read_format(
        HEAD | {"detect": {"required": [{"at": "/a", "is": "string", "in": [1]}]}}
    )

    assert [] == found
    assert format is not None
    assert (Clue(at="/a", is_=("string",), in_=(1,)),) == format.detect.required  # type: ignore[arg-type]
    assert ["is", "in", "any"] == [toml_key(word) for word in ("is_", "in_", "any")]


def test_one_stands_for_a_list_of_one() -> None:
    """A single value is welcome for a list, and a string where a table with `at` may be."""
    format, found = read_format(HEAD | {"extract": {"each": "/errors/*", "code": "/code"}})

    assert [] == found
    assert format is not None
    assert (("/errors/*",), (Read(at="/code"),)) == (format.extract.each, format.extract.code)  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", HEAD)
def test_every_missing_member_is_told(missing: str) -> None:
    """What every format has to have is asked for by name."""
    rest = {key: value for key, value in HEAD.items() if key != missing}

    assert [((missing,), f"{missing!r} is missing")] == read_format(rest)[1]


@pytest.mark.parametrize(
    ("members", "path", "message"),
    [
        ({"detekt": {}}, ("detekt",), "unknown key 'detekt'; did you mean 'detect'?"),
        ({"zzz": 1}, ("zzz",), "unknown key 'zzz'"),
        ({"detect": []}, ("detect",), "expected a table, found an array"),
        ({"codes": [{"code": 404}]}, ("codes", 0, "code"), "expected a string, found an integer"),
        (
            {"codes": [{"status": True}]},
            ("codes", 0, "status"),
            "expected an integer, found true or false",
        ),
        ({"codes": [{}, 7]}, ("codes", 1), "expected a table, found an integer"),
        ({"examples": [{}]}, ("examples", 0, "name"), "'name' is missing"),
        ({"kind": "vendr"}, ("kind",), "'vendr' is none of standard, framework, vendor"),
        ({"documentation": "ftp://x"}, ("documentation",), "expected a link such as"),
        ({"reviewed": "2026-11-22"}, ("reviewed",), "expected a date such as"),
        (
            {"extract": {"code": "code"}},
            ("extract", "code", 0, "at"),
            "a pointer starts with a slash: '/code'?",
        ),
        (
            {"extract": {"each": "/a~b"}},
            ("extract", "each", 0),
            "a tilde in a pointer is followed by 0 or 1",
        ),
        ({"codes": [{"title": " "}]}, ("codes", 0, "title"), "this is blank"),
        ({"defaults": {"retry": {}}}, ("defaults", "retry", "verdict"), "'verdict' is missing"),
        (
            {"detect": {"required": [{"any": [{"text": "("}]}]}},
            ("detect", "required", 0, "any", 0, "text"),
            "no regular expression",
        ),
    ],
)
def test_what_does_not_fit(
    members: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    """A fault says where it is and what is expected there."""
    found = faults(**members)

    assert [path] == [place for place, _ in found]
    assert found[0][1].startswith(message)


def test_all_faults_are_gathered() -> None:
    """One fault does not hide another."""
    found = faults(kind=1, codes=[{"status": "x"}, {"codee": "A"}], extract={"read": "bodi"})

    assert 4 == len(found)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = "detect extract shapes defaults codes examples counterexamples id kind".split()
INNER = "required at any name retry code each in equals problems x".split()
TABLES = st.dictionaries(
    st.sampled_from(KEYS),
    ANYTHING
    | st.dictionaries(st.sampled_from(INNER), ANYTHING, max_size=3)
    | st.lists(st.dictionaries(st.sampled_from(INNER), ANYTHING, max_size=3), max_size=3),
    max_size=5,
)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_anything_is_judged(data: dict[str, Any]) -> None:
    """Whatever a file holds: a format or faults, never both, and never an exception."""
    format, found = read_format(HEAD | data)

    assert (format is None) == bool(found)


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_the_sound_part_is_salvaged(data: dict[str, Any]) -> None:
    """What fits is kept though other parts do not; a sound file is kept whole."""
    format, found = read_format(HEAD | data)
    salvaged = salvage(HEAD | data, "acme").format

    assert salvaged == format if not found else salvaged.name == "Acme"


def test_salvaged_places_are_those_of_the_file() -> None:
    """A fault found in what was kept is told where it stands in the file."""
    from errdecode.compile.schema import Fault

    data = HEAD | {
        "codes": [{"code": 1}, {"code": "A"}, 7, {"code": "B"}, {"code": "C", "see_also": [1, "X"]}]
    }
    salvaged = salvage(data, "acme")

    assert [None, "A", "B", "C"] == [code.code for code in salvaged.format.codes]
    assert [("codes", 3), ("codes", 4, "see_also", 1)] == [
        salvaged.restore(Fault(path, "")).path
        for path in (("codes", 2), ("codes", 3, "see_also", 0))
    ]
