"""The laws of places: what an item says of its fault's place, as members of a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run, steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.extract.places import MOST_POSITIONS, PARTS, part_named, read_places
from errdecode.extract.reads import Item, Source
from errdecode.format import At, Extract, Read
from errdecode.locate import Sent, locate
from errdecode.model import JSON, Exchange, Location, Problem, Request, Text
from errdecode.pointer import DIALECTS

FEW = settings(max_examples=150, deadline=None)


def read(words: Extract, item: JSON) -> tuple[Problem, set[tuple[str, ...]]]:
    """Read the places of an item: the members of a problem that it fills, and what was used."""
    body = read_body(Text(json.dumps(item)))
    source = Source(Exchange("body", body.text), body, words)
    members, used = read_places(source, Item((), body.value))
    return Problem(**members), used  # type: ignore[arg-type]  # members by name


def at(place: str) -> tuple[Read, ...]:
    """A read of one place."""
    return (Read(at=At(place)),)


HEADED = Extract(pointer=at("/loc"), pointer_dialect="segments", pointer_head=True)


@pytest.mark.parametrize(
    ("loc", "members"),
    [
        (["body", "items", 0, "a/b"], {"pointer": "/items/0/a~1b", "parameter_in": "body"}),
        (["body"], {"pointer": "", "parameter_in": "body"}),
        (["query", "limit"], {"parameter": "limit", "parameter_in": "query"}),
        (["query", "filter", "name"], {"parameter": "filter.name", "parameter_in": "query"}),
        (["path", "order_id"], {"parameter": "order_id", "parameter_in": "path"}),
        (["cookie", "tier"], {"parameter": "tier", "parameter_in": "cookie"}),
        (["header", "x-key"], {"header": "x-key"}),
        (["querystring", "a"], {"parameter": "a", "parameter_in": "query"}),
        (["items", 0], {"pointer": "/items/0"}),
        ([], {"pointer": ""}),
        ([True], {"pointer": None}),
        ({"a": 1}, {"pointer": None, "pointer_as_sent": None}),
        (None, {"pointer": None, "pointer_as_sent": None}),
    ],
)
def test_the_head_names_the_part(loc: JSON, members: dict[str, JSON]) -> None:
    """The first segment says which part of the request is meant; else it is the body's."""
    problem, _ = read(HEADED, {"loc": loc})
    expected = {"pointer": None, "parameter": None, "parameter_in": None, "header": None} | members

    assert expected == {name: getattr(problem, name) for name in expected}


@pytest.mark.parametrize(
    ("part", "members"),
    [
        ("body", {"pointer": "/limit", "parameter_in": "body"}),
        ("Query", {"parameter": "limit", "parameter_in": "query"}),
        ("URI", {"parameter": "limit", "parameter_in": "path"}),
        ("request-header", {"header": "limit"}),
        ("cookies", {"parameter": "limit", "parameter_in": "cookie"}),
        ("moon", {"pointer": "/limit"}),
        ("", {"pointer": "/limit"}),
    ],
)
def test_a_member_names_the_part(part: str, members: dict[str, JSON]) -> None:
    """`in` says which part the pointer is about; a word nobody knows says nothing."""
    words = Extract(pointer=at("/field"), in_=at("/location"))
    problem, used = read(words, {"field": "/limit", "location": part})
    expected = {"pointer": None, "parameter": None, "parameter_in": None, "header": None} | members

    assert expected == {name: getattr(problem, name) for name in expected}
    assert ("field",) in used


@given(st.sampled_from(sorted(PARTS)), st.sampled_from(["lower", "upper", "title"]))
@FEW
def test_words_for_parts(part: str, style: str) -> None:
    """Each word of the table names its part, in any letter case and with separators."""
    for word in PARTS[part].split():
        spelled = getattr(word, style)()

        assert (
            part == part_named(spelled) == part_named("_".join(spelled)) == part_named(f"{word}-")
        )


@given(st.text(max_size=8))
@FEW
def test_other_words_name_no_part(word: str) -> None:
    """What is not in the table names nothing."""
    plain = word.lower().replace("_", "").replace("-", "").replace(" ", "")
    known = {name for words in PARTS.values() for name in words.split()}

    assert (part_named(word) is not None) == (plain in known)


# ---------------------------------------------------------------- lines and columns

LOCATED = Extract(positions=at("/locations"), positions_in=At("/query"))


@pytest.mark.parametrize(
    ("locations", "positions"),
    [
        ([{"line": 3, "column": 7}, {"line": 1}], ((3, 7), (1, 1))),
        ([{"line": 10**30, "column": 10**30}], ((10**30, 10**30),)),
        ([{"line": 1e99}], ()),
        ([{"line": 2.0, "column": 1}], ()),
        ([{"line": 0, "column": 1}, {"line": -3, "column": 1}, {"line": 1, "column": 0}], ()),
        ([{"line": True, "column": 1}, {"line": 1, "column": True}], ()),
        ([{"line": "3"}, {"line": None}, {}, 3, "3", None, [1, 2]], ()),
        ("3:7", ()),
        (7, ()),
        ([{"line": 1, "column": 1}] * (MOST_POSITIONS + 5), ((1, 1),) * MOST_POSITIONS),
    ],
)
def test_positions(locations: JSON, positions: tuple[tuple[int, int], ...]) -> None:
    """Whole numbers from 1 on are a place; anything else is none, and never an error."""
    problem, _ = read(LOCATED, {"locations": locations})

    assert positions == problem.positions


def test_positions_say_where_they_count() -> None:
    """They count in the string that the format names."""
    problem, used = read(LOCATED, {"locations": [{"line": 1, "column": 2}]})

    assert ("/query", {("locations",)}) == (problem.positions_in, used)


# ---------------------------------------------------------------- the response's own part


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        (["harbour", "berths", 1, "a/b"], "/data/harbour/berths/1/a~1b"),
        ([], "/data"),
        ("/harbour", "/data/harbour"),
        ([1.5], None),
        ("harbour", None),
    ],
)
def test_the_part_that_could_not_be_given(path: JSON, pointer: str | None) -> None:
    """A path into the response begins where the format says."""
    words = Extract(response_pointer=at("/path"), response_base=At("/data"))
    problem, _ = read(words, {"path": path})

    assert pointer == problem.response_pointer


@pytest.mark.parametrize(
    ("answer", "pointer"),
    [
        ({"errors": [{"path": ["berth"]}], "data": None}, "/data/berth"),
        ({"errors": [{"path": ["query", "berth"]}]}, None),
        ([{"path": ["berth"]}], "/data/berth"),
    ],
)
def test_a_path_into_what_was_not_answered(answer: JSON, pointer: str | None) -> None:
    """Without what a path counts from, it leads into no part of the response."""
    words = Extract(response_pointer=at("/path"), response_base=At("/data"))
    body = read_body(Text(json.dumps(answer)))
    steps = ("errors", "0") if isinstance(answer, dict) else ("0",)
    item = Item(steps, {"path": ["query", "berth"] if pointer is None else ["berth"]})
    members, used = read_places(Source(Exchange("body", body.text), body, words), item)

    assert (pointer, bool(pointer)) == (members.get("response_pointer"), bool(used))


def test_a_name_that_leads_nowhere_is_still_told(run: Run, tmp_path: Path) -> None:
    """What a pointer was read from by assumption is said where it is no place of the payload."""
    answer = tmp_path / "answer.json"
    answer.write_text(
        '{"type": "about:blank", "title": "Bad Request", "status": 400,'
        ' "errors": {"moor.berth.no": "must be positive", "a b": "is odd"}}'
    )
    payload = tmp_path / "payload.json"
    payload.write_text('{"boat": "Wren"}')
    _, out, _ = run("--json", "--request", str(payload), str(answer))
    told = [(p["pointer"], p["pointer_as_sent"]) for p in json.loads(out)["problems"]]

    assert [(None, "moor.berth.no"), (None, None)] == told


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ('{"quay": 1, "berth": tru}', ("tru", "character 21, counted from 0")),
        ('{"quay": 1, "berth": true}', ({"quay": 1, "berth": True}, None)),
    ],
)
def test_the_character_of_damaged_json(payload: str, place: tuple[JSON, str | None]) -> None:
    """A number that a format reads as the whole body is a character of it, if it is damaged."""
    problem = Problem(pointer="", pointer_as_sent="21", assumes="it counts characters")
    (found,) = locate(problem, Sent(read_body(Text(payload))))

    assert place == (found.value, found.basis or None)


# ---------------------------------------------------------------- formats of our own


def test_the_formats_of_the_captures(run: Run) -> None:
    """The formats that only captures know are sound, and there is one for each odd dialect."""
    code, out, _ = run("catalog", "check", str(Path(__file__).parent / "house"))

    assert (0, "7 files checked, no faults\n") == (code, out)


# ---------------------------------------------------------------- anything

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["line", "column", "a"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(VALUES, VALUES, st.sampled_from(sorted(DIALECTS)), st.booleans())
@FEW
def test_any_item_is_read(pointer: JSON, part: JSON, dialect: str, head: bool) -> None:
    """Whatever stands where a place should, there is a problem, its pointer RFC 6901 or none."""
    words = Extract(
        pointer=at("/p"),
        in_=at("/part"),
        positions=at("/p"),
        response_pointer=at("/p"),
        pointer_dialect=dialect,  # type: ignore[arg-type]  # one of the literals
        pointer_head=head,
    )
    problem, _ = read(words, {"p": pointer, "part": part})

    assert problem.pointer is None or problem.pointer[:1] in ("", "/")
    assert all(line > 0 and column > 0 for line, column in problem.positions)


# ---------------------------------------------------------------- hostile ones

MEGABYTE = 1_000_000
HOSTILE = {
    "segments": dict.fromkeys(DIALECTS, "/a" * 10000)
    | {"jsonpath": "$" + ".a" * 10_000, "dotted": "a" + ".a" * 9_999},
    "one name": dict.fromkeys(DIALECTS, "a" * MEGABYTE),
    "brackets": dict.fromkeys(DIALECTS, "a" + "[0]" * 10_000),
    "open brackets": dict.fromkeys(DIALECTS, "[" * MEGABYTE),
    "quotes": dict.fromkeys(DIALECTS, "['" * (MEGABYTE // 2)),
    "separators": dict.fromkeys(DIALECTS, "./" * 10_000),
    "stars": dict.fromkeys(DIALECTS, "/*" * 10000)
    | {"jsonpath": "$" + "..*" * 10_000, "xpath": "//*" * 10_000},
    "tildes": dict.fromkeys(DIALECTS, "/" + "~0" * 100_000 + "~2"),
}
"""Pointers by what they are full of, in each dialect."""
SMALL = {
    "json": ('{"a": {"a": [1, [2, {"a": 3}]]}}', "application/json"),
    "deep": ('{"a":[' * 200 + "1" + "]}" * 200, "application/json"),
    "xml": ("<a><a x='1'>1</a><b/></a>", "application/xml"),
    "form": ("a=1&a[0][a]=2&b=3", "application/x-www-form-urlencoded"),
    "text": ("hello", "text/plain"),
}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
@pytest.mark.parametrize("name", HOSTILE)
def test_huge_pointers_end(name: str, dialect: str) -> None:
    """A pointer of 10,000 segments or a megabyte is a location with a reason, in linear time."""
    words = Extract(pointer=at("/p"), pointer_dialect=dialect)  # type: ignore[arg-type]  # a literal
    pointer = HOSTILE[name][dialect]
    problem, _ = read(words, {"p": pointer})
    found: list[tuple[Location, ...]] = []

    def keep(sent: Sent) -> None:
        found.append(tuple(locate(problem, sent)))

    for text, media in SMALL.values():
        sent = Sent(read_body(Text(text), media), Request(body=Text(text)))
        steps = steps_of(keep, sent)

        assert all(one.found or one.reason for one in found[-1])
        assert len(found[-1]) >= 1
        assert steps < 50_000 + 40 * len(pointer)


def test_the_last_value_of_a_huge_payload() -> None:
    """Ten megabytes in one line cost a few calls for a pointer, not one for each value."""
    content = "[" + ",".join(f'{{"id":{at},"name":"abcdefgh"}}' for at in range(300_000)) + "]"
    sent = Sent(read_body(Text(content)), Request(body=Text(content)))
    last = Problem(pointer="/299999/name", pointer_as_sent="/299999/name")
    past = Problem(pointer="/300000/name", pointer_as_sent="/300000/name")
    (location,) = locate(last, sent)

    assert ('"abcdefgh"', len(content) - 2) == (
        content[location.start : location.end],
        location.end,
    )
    assert steps_of(locate, last, sent) < 2_000_000
    assert "the array has 300000 items, there is no item 300000" == locate(past, sent)[0].reason
