"""The laws of flips: what is told of a changed response is what detection says of it."""

from __future__ import annotations

import json
import random
import re

import pytest
from responses import seen_of

from errdecode.authoring.test import examples_of, load_formats
from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import Seen, see
from errdecode.detect import detect
from errdecode.example import content_type, exchange_of
from errdecode.expressions.witness import sample
from errdecode.flip import apply, find_flips
from errdecode.flip.edit import step
from errdecode.format import Example
from errdecode.model import JSON, Change, Detection, Field, Flip, Request, Response, Text
from errdecode.pipeline import decode
from errdecode.pointer import parse
from errdecode.render import View
from errdecode.render.why import render


@pytest.fixture(scope="module")
def examples(catalog: Catalog) -> list[Example]:
    """Some responses in some of the formats, always the same ones."""
    ids = random.Random(22).sample(catalog.ids(), 40)
    found = [e for _, e in examples_of(load_formats(catalog, ids)) if not e.timeout]
    return random.Random(7).sample([e for e in found if e.failure is None], 60)


def seen_in(example: Example) -> Seen:
    """A catalog example as detection sees it."""
    exchange = exchange_of(example)
    response = exchange.response
    body = (response.body if response else None) or Text("")
    return see(exchange, read_body(body, content_type(exchange)))


def change_document(value: JSON, change: Change) -> JSON:
    """Make a change in a document in place, the plain way."""
    tokens = parse(change.at).tokens or ()
    if not tokens:
        return change.value
    parent = value
    for token in tokens[:-1]:
        parent = step(parent, token)
    if isinstance(parent, list):
        parent[int(tokens[-1]) : int(tokens[-1]) + 1] = (
            [] if change.op == "remove" else [change.value]
        )
    elif isinstance(parent, dict) and change.op == "remove":
        del parent[tokens[-1]]
    elif isinstance(parent, dict):
        parent[tokens[-1]] = change.value
    return value


def changed_response(example: Example, flip: Flip) -> Seen:
    """The example as a server would send it after the change: written and read anew."""
    exchange = exchange_of(example)
    assert exchange.response
    fields = {field.name.lower(): field for field in exchange.response.headers}
    status, url, text = exchange.response.status, example.url, example.body
    for change in flip.changes:
        if change.at.startswith("header:"):
            name = change.at.removeprefix("header:")
            fields.pop(name.lower(), None)
            if change.op != "remove":
                fields[name.lower()] = Field(name, Text(str(change.value)))
        elif change.at == "status":
            assert isinstance(change.value, int)
            status = change.value
        elif change.at == "host":
            path = re.sub(r"^(?:https?:)?(?://)?[^/]*", "", url or "/a")
            url = f"https://{change.value}{path}"
        elif change.at == "path":
            host = re.match(r"https?://[^/]*", url or "https://api.example.com")
            assert host
            url = f"{host[0]}{change.value}"
        else:
            text = json.dumps(change_document(json.loads(text), change))
    response = Response(status, None, tuple(fields.values()), Text(text))
    request = Request(url=Text(url)) if url else None
    sent = exchange._replace(response=response, request=request, source=Text(text))
    return see(sent, read_body(Text(text), content_type(sent)))


def outcome(detection: Detection) -> tuple[str | None, str | None]:
    """Which format is claimed, and how surely."""
    best = detection.best
    return (best.id, best.confidence) if best else (None, None)


def test_a_flip_is_what_detection_says(catalog: Catalog, examples: list[Example]) -> None:
    """Each change, made in the text of the response itself, has the outcome that is told."""
    tried = 0
    for example in examples:
        seen = seen_in(example)
        for flip in find_flips(catalog, seen, detect(catalog, seen)):
            on_path = any(change.at == "path" for change in flip.changes)
            if seen.body.kind != "json" or seen.body.notes or on_path:
                continue
            tried += 1
            after = detect(catalog, changed_response(example, flip))

            assert (flip.best, flip.confidence) == outcome(after), (example.name, flip)

    assert tried > 40


def test_a_flip_changes_the_choice(catalog: Catalog, examples: list[Example]) -> None:
    """After a flip the format is another one, or none, or its confidence is lower; and what is
    sent stays as it is."""
    ranks = (None, "possible", "likely", "certain")
    for example in examples:
        seen = seen_in(example)
        before, text = detect(catalog, seen), json.dumps(seen.body.value)
        id, confidence = outcome(before)
        for flip in find_flips(catalog, seen, before):
            assert flip.best != id or ranks.index(flip.confidence) < ranks.index(confidence)
            assert outcome(detect(catalog, apply(flip.changes, seen)))[0] == flip.best
        assert text == json.dumps(seen.body.value)


def test_the_smallest_comes_first(catalog: Catalog) -> None:
    """One value that is another one is less than one that is missing, or that another format asks
    for."""
    body: JSON = {"error": {"type": "card_error", "code": "incorrect_cvc", "message": "No"}}
    seen = seen_of(body)
    first = find_flips(catalog, seen, detect(catalog, seen))[0]

    assert (Change("replace", "/error/type", "other"),) == first.changes


def test_a_format_the_user_names_is_not_flipped(catalog: Catalog) -> None:
    """What was not chosen by evidence is not changed by evidence."""
    seen = seen_of({"error": {"type": "card_error"}})
    forced = detect(catalog, seen)._replace(forced=True)

    assert () == find_flips(catalog, seen, forced)


@pytest.mark.parametrize("value", [{}, [], 7, "text", None, {"a": [1, {"b": None}]}, [[[]]]])
def test_ordinary_documents_have_none_or_true_ones(catalog: Catalog, value: JSON) -> None:
    """A document in no format is never said to lose one."""
    seen = seen_of(value)

    assert None not in [f.best for f in find_flips(catalog, seen, detect(catalog, seen))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((Change("replace", "/a/b", 2),), {"a": {"b": 2, "c": [1, 2]}}),
        ((Change("remove", "/a/b"),), {"a": {"c": [1, 2]}}),
        ((Change("add", "/a/d", None),), {"a": {"b": 1, "c": [1, 2], "d": None}}),
        ((Change("remove", "/a/c/0"),), {"a": {"b": 1, "c": [2]}}),
        ((Change("remove", "/a/b"), Change("replace", "/a/c", 0)), {"a": {"c": 0}}),
        ((Change("remove", "/z/b"),), {"a": {"b": 1, "c": [1, 2]}, "z": None}),
        ((Change("replace", "", 7),), 7),
    ],
)
def test_changes_of_a_document(changes: tuple[Change, ...], expected: JSON) -> None:
    """Members and items are put and left out, in a copy whose text says the same."""
    seen = seen_of({"a": {"b": 1, "c": [1, 2]}})
    body = apply(changes, seen).body

    assert (expected, expected) == (body.value, json.loads(body.text.value))


def test_changes_of_the_head() -> None:
    """Fields are found in any letter case; Content-Type is the media type as well."""
    seen = seen_of({}, headers={"server": "a"}, status=400)
    changes = (
        Change("remove", "header:Server"),
        Change("add", "header:Content-Type", "Text/HTML; charset=utf-8"),
        Change("replace", "status", 500),
        Change("add", "host", "api.example.com"),
    )
    after = apply(changes, seen)

    assert {"content-type": "Text/HTML; charset=utf-8"} == after.headers
    assert ("text/html", 500, "api.example.com") == (after.media_type, after.status, after.host)


def test_the_score_sheet_says_it(catalog: Catalog) -> None:
    """`why` tells the change in words; without one it says nothing."""
    (report,) = decode('{"error": {"type": "card_error", "code": "incorrect_cvc", "message": "N"}}')
    detection = report.detection
    flip = Flip((Change("remove", "/error/type"),), None, None, None)
    other = Flip(
        (Change("add", "header:X-A", "1"), Change("replace", "host", "b")), "b", "likely", 2
    )
    told = report._replace(detection=detection._replace(flips=(flip, other)))

    assert "without /error/type, stripe would no longer be claimed\n" in render(told, View())
    assert (
        'with the field X-A = "1" and if the host were b, it would be b (likely), 2.0 bits ahead of'
        " stripe\n" in render(told, View())
    )
    assert "smallest" not in render(report, View())


@pytest.mark.parametrize(
    "pattern",
    [
        "^a+b?$", "[^a]", r"\d{3}-\w+", "(?i)not (found|here)$", "x|y", "(?:ab){2,}", r"^\S+\s\S+$",
        r"(?P<n>a)\(", "", r"[\w.]+@[a-z]+\.", "^(?:req|msg)_[0-9A-Za-z]{10,}$", ".",
    ],
)  # fmt: skip
def test_a_witness_is_found_by_its_pattern(pattern: str) -> None:
    """The text that is made for an expression is one in which it finds something."""
    text = sample(pattern)

    assert text is not None
    assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", ["(", "(?!)", "a{1000,}", r"a\bb"])
def test_no_witness_where_none_is_come_by(pattern: str) -> None:
    """What cannot be read, cannot match or would be too long has no witness."""
    assert sample(pattern) is None
