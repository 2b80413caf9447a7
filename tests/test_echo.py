"""The laws of echoes: which values a server quotes, and what that says of the payload."""

from __future__ import annotations

import json

import pytest
from conftest import steps_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from errdecode.locate.echo import TYPE_WORDS, confirm, doubt_payload, read_echoes
from errdecode.model import JSON, Location, Problem
from errdecode.pipeline import decode
from errdecode.redact import redact


def verdict(
    value: JSON, detail: str | None = None, extensions: dict[str, JSON] | None = None
) -> bool | None:
    """Hold a value against what a problem quotes."""
    return confirm(read_echoes(Problem(detail=detail, extensions=extensions or {})), value)


@pytest.mark.parametrize(
    ("detail", "value", "expected"),
    [
        ("Invalid option \"test\" for field 'status'.", "test", True),
        ("Invalid option \"test\" for field 'status'.", "open", False),
        ("Invalid option \"test\" for field 'status'.", "status", False),
        ("Name (false) is not a string", False, True),
        ("Name (false) is not a string", "x", False),
        ("'x' is no address", "x", True),
        ("'x' is no address", "y", None),
        ("rejected value [abc]; codes [one, two]", "abc", True),
        ("rejected value [abc]; codes [one, two]", "two", False),
        ("Expected number, received 'abc'", "abc", True),
        ("expected string, got 5", 5, True),
        ("expected string, got 5", 6, False),
        ("expected integer, received 'string'", "abc", None),
        ('must be one of: "open", "closed"', "open", None),
        ('must be one of: "open", "closed"', "ajar", None),
        ("length of 12 is over 10", 12, None),
        ("value 'the beginn...' is too long", "the beginning and the end", True),
        ("value 'test' is refused", "", False),
        ("value '***' is refused", "hidden", None),
        ("value 'ABC' is refused", "abc", None),
        ("value '5.0' is refused", 5, None),
        ("value 'x' is refused", {"a": 1}, None),
        ("it isn't what we'd like", "t what we", None),
        (None, "x", None),
    ],
)
def test_quoted_in_words(detail: str | None, value: JSON, expected: bool | None) -> None:
    """A quoted value confirms; another one contradicts where refused values stand, else neither."""
    assert expected == verdict(value, detail)


@pytest.mark.parametrize(
    ("extensions", "value", "expected"),
    [
        ({"rejectedValue": "x"}, "x", True),
        ({"rejectedValue": "x"}, "y", False),
        ({"rejected_value": 5}, "5", True),
        ({"input": {"a": 1}}, {"a": 1}, True),
        ({"input": {"a": 1}}, 3, None),
        ({"context": {"value": "x", "limit": 3}}, "x", True),
        ({"received": "string"}, "x", None),
        ({"value": None}, "x", None),
        ({"value": None}, None, True),
        ({"value": False}, 0, False),
        ({"limit": "x"}, "x", None),
    ],
)
def test_quoted_in_members(extensions: dict[str, JSON], value: JSON, expected: bool | None) -> None:
    """Members named like a refused value are compared as JSON, or as its text."""
    assert expected == verdict(value, None, extensions)


@given(st.text(max_size=60), st.text(max_size=5) | st.integers() | st.booleans() | st.floats())
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(detail: str, value: JSON) -> None:
    """Nothing a server writes breaks the reading, and what it quotes as refused is confirmed."""
    verdict(value, detail + f" ({json.dumps(value)})", {"value": [value]})
    assume(not isinstance(value, str) or value.strip().lower() not in TYPE_WORDS)

    assert verdict(value, detail, {"rejectedValue": value}) is True


def test_hostile_texts_take_no_more_than_their_length() -> None:
    """Of quotes without end, twice as many take at most about twice as many steps."""
    for piece in ("'", '"(', "value is ", "[", "9"):
        few, many = (
            steps_of(read_echoes, Problem(detail=piece * count)) for count in (20_000, 40_000)
        )

        assert many <= 3 * few + 1_000


# ---------------------------------------------------------------- the payload that was sent


def notes(payload: str, detail: str, pointer: str) -> list[str]:
    """The notes on another payload, of a masked report."""
    item = {"title": "Invalid", "detail": detail, "source": {"pointer": pointer}}
    body = json.dumps({"errors": [item]})
    (report,) = decode(body, request=payload, status=422)
    return [note.message for note in redact(report).notes if note.kind == "other-payload"]


def test_another_payload_is_asked_about() -> None:
    """A found value that the server's quote contradicts raises a question; others do not."""
    payload = '{"status": "open", "n": 5}'

    assert notes(payload, 'Invalid option "test"', "/status") == [
        'the server quotes "status": "test", the payload has "status": "open"; '
        "is this the payload that was sent?"
    ]
    assert notes(payload, 'Invalid option "open"', "/status") == []
    assert notes(payload, 'Invalid option "test"', "/state") == []
    assert notes(payload, "Invalid option", "/status") == []


def test_the_question_gives_no_secret_away() -> None:
    """A secret stays hidden in the question, be it short, long, or known from elsewhere."""
    secret = "correct-horse-battery-staple-" * 3
    payload = json.dumps({"pin": "1234", "password": secret, "note": f"see {secret}"})
    said = [
        *notes(payload, "Invalid value 'other'", "/pin"),
        *notes(payload, "Invalid value 'other'", "/password"),
        *notes(payload, "Invalid value 'other'", "/note"),
    ]

    assert len(said) == 3
    assert not any("1234" in one or "correct" in one for one in said)


def test_long_values_and_wholes_are_not_repeated() -> None:
    """What is too long for a sentence, or has no name, is asked about without being shown."""
    problem = Problem(detail="Invalid value 'a'")
    for pointer, value in (("/a", "y" * 100), ("", "open"), ("/0", "open")):
        note = doubt_payload(problem, (Location("request.body", pointer, True, value),))

        assert note
        assert note.message == (
            "the server quotes a value the payload has not: is this the payload that was sent?"
        )


@pytest.mark.parametrize(
    ("value", "written", "basis", "told"),
    [
        ("seven", False, None, True),
        ("$LENGTH", False, None, True),
        ("$LENGTH", True, None, False),
        ("%LENGTH%", True, None, False),
        ("eight", True, None, True),
        ("query", False, "line 1, column 9", False),
    ],
)
def test_only_values_that_were_sent_are_compared(
    value: str, written: bool, basis: str | None, told: bool
) -> None:
    """Neither what a shell would have replaced, nor a word at a line and column of a text."""
    problem = Problem(extensions={"input": "ten"})
    location = Location("request.body", "/length", True, value, basis=basis)

    assert told == (doubt_payload(problem, (location,), written=written) is not None)
