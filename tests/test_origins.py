"""The law of origins: from the value at fault back through every layer to what the user pasted.

A payload is written with layers around it, each character followed on its way out: escapes of JSON,
a JSON document in a string, the quotes of a shell, a transcript. Decoding the paste must lead every
character of the value that a pointer names back to exactly what was written for it.
"""

from __future__ import annotations

import json
import re
from random import Random
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layers import (
    COMMAND,
    SHELLS,
    Payload,
    Tracked,
    bash_ansi,
    bash_double,
    bash_single,
    each,
    nest,
    plain,
    write_payload,
)

from errdecode.body.form import decode as decode_form
from errdecode.model import Location, Text
from errdecode.nested import open_string
from errdecode.pipeline import decode
from errdecode.source import input_span, to_root

FEW = settings(max_examples=30, deadline=None)
SIGNS = "ab7 \"'\\/$`!&|<>%^(){}[]:,;=#@~éßЖ漢🚀🏴\u0301\u200d\u2028\n\t\x01\x7f"
OTHERS = st.characters(exclude_categories=["Cs", "Cn"], max_codepoint=0x1FFFF)
WORDS = st.text(st.sampled_from(SIGNS) | OTHERS, max_size=12)


def answer(**problem: str) -> str:
    """A response that refuses what a pointer names."""
    body = {"title": "The form has faults", "type": "https://example.com/form", "status": 422}
    return (
        "HTTP/1.1 422 Unprocessable Content\nContent-Type: application/problem+json\n\n"
        + json.dumps({**body, "errors": [{"detail": "is refused", **problem}]})
        + "\n"
    )


def paste(tracked: Tracked, pointer: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The input, and which of its characters each one of the payload was written as."""
    whole = [*tracked, *plain(answer(pointer=f"#{quote(pointer)}") + "\n$ exit\n")]
    ranges: dict[int, tuple[int, int]] = {}
    for at, (_, owner) in enumerate(whole):
        if owner is not None:
            ranges[owner] = (ranges.get(owner, (at, at))[0], at + 1)
    return "".join(char for char, _ in whole), ranges


def locate_one(text: str) -> Location:
    """The only location that a paste has."""
    (report,) = decode(text)
    (diagnostic,) = report.diagnostics
    (location,) = diagnostic.locations
    return location


def check_characters(
    payload: Payload, where: tuple[Text, int, int], ranges: dict[int, tuple[int, int]], text: str
) -> None:
    """Hold every character of a payload, and of the string located in it, against what was
    written for it."""
    place, start, end = where

    assert (place.value, start, end) == (payload.text, payload.start, payload.end)
    for at in ranges:
        root, first, last = to_root(place, at, at + 1)

        assert (text, ranges[at]) == (root.value, (first, last))
    opened = open_string(place, start, end)

    assert opened is not None
    assert [char for char, _, _ in payload.pieces] == list(opened.value)
    for at, (_, begin, stop) in enumerate(payload.pieces):
        _, first, last = to_root(opened, at, at + 1)

        assert (ranges[begin][0], ranges[stop - 1][1]) == (first, last)


@pytest.mark.parametrize("shell", SHELLS)
@given(WORDS, st.randoms(use_true_random=False))
@FEW
def test_through_a_shell(shell: str, value: str, choose: Random) -> None:
    """Whatever the shell and however it is escaped, each character leads back to its own."""
    command, quote_it, avoided = SHELLS[shell]
    payload = write_payload(value, choose, avoided)
    body: Tracked = [(char, at) for at, char in enumerate(payload.text)]
    before = plain("some words before\n\n") if choose.random() < 0.3 else []
    text, ranges = paste(
        [*before, *plain(command), *quote_it(body, choose), *plain("\n")], "/boat/name"
    )
    location = locate_one(text)

    assert (True, value) == (location.found, location.value)
    assert location.text is not None
    check_characters(payload, (location.text, location.start, location.end), ranges, text)


def with_prompts(lines: Tracked) -> Tracked:
    """Lines as a shell shows them while a command goes on."""
    out = plain("> ")
    for char, owner in lines:
        out += [(char, owner), *plain("> " if char == "\n" else "")]
    return out


@pytest.mark.parametrize("opening", ["<<'EOF'", "<<EOF", '<< "EOF"', "<<-EOF"])
@given(WORDS, st.booleans(), st.randoms(use_true_random=False))
@FEW
def test_through_a_here_document(opening: str, value: str, prompted: bool, choose: Random) -> None:
    """A here-document keeps its lines; where it expands, backslashes are undone."""
    payload = write_payload(value, choose)
    body: Tracked = [(char, at) for at, char in enumerate(payload.text)]
    if opening in ("<<EOF", "<<-EOF"):
        body = each(body, lambda char: ["\\" + char] if char in "\\$`" else [], choose)
    lead = choose.choice(("", "\t", "\t\t")) if opening == "<<-EOF" else ""
    lines = [*plain(lead), *body, *plain(f"\n{lead}EOF")]
    if prompted:
        lines = with_prompts(lines)
    command = plain(f"$ {COMMAND.format(chr(39))}--data-binary @- {opening}\n")
    text, ranges = paste([*command, *lines, *plain("\n")], "/boat/name")
    location = locate_one(text)

    assert (True, value) == (location.found, location.value)
    assert location.text is not None
    whole = payload._replace(text=payload.text + "\n")
    check_characters(whole, (location.text, location.start, location.end), ranges, text)


@pytest.mark.parametrize("shell", SHELLS)
@given(WORDS, st.randoms(use_true_random=False))
@FEW
def test_through_a_string_and_a_shell(shell: str, value: str, choose: Random) -> None:
    """JSON inside a string of JSON: the pointer goes on in it, and so does the map."""
    command, quote_it, avoided = SHELLS[shell]
    payload = nest(write_payload(value, choose, avoided), choose)
    body: Tracked = [(char, at) for at, char in enumerate(payload.text)]
    text, ranges = paste(
        [*plain(command), *quote_it(body, choose), *plain("\n")], "/document/boat/name"
    )
    location = locate_one(text)
    (repair,) = location.repairs

    assert ("nested", value) == (repair.kind, repair.value)
    assert location.text is not None
    assert (payload.text, payload.start, payload.end) == (
        location.text.value,
        repair.start,
        repair.end,
    )
    for at in range(repair.start, repair.end):
        assert ranges[at] == to_root(location.text, at, at + 1)[1:]


# ---------------------------------------------------------------- the other parts of a request


def write_percent(value: str, choose: Random) -> str:
    """Write a value as forms and queries do, each character in one of their ways."""
    out = []
    for char in value:
        escaped = "".join(f"%{byte:02X}" for byte in char.encode())
        ways = [escaped, escaped.lower(), quote_plus(char)]
        ways += [char] * 2 if char.isalnum() and char.isascii() else []
        out.append(choose.choice(ways))
    return "".join(out)


def check_value(location: Location, value: str, written: str, text: str) -> None:
    """Hold a located value against what was written for it, once in all the input."""
    assert (True, value) == (location.found, location.value)
    assert location.text is not None
    span = input_span(location.text, location.start, location.end)
    data = text.encode()

    assert written == data[span.start.offset : span.end.offset].decode()
    assert decode_form(written) == value


@given(WORDS, st.randoms(use_true_random=False))
@FEW
def test_fields_of_a_form(value: str, choose: Random) -> None:
    """A field of a form is marked as it was sent, percent signs and all."""
    written = write_percent(value, choose)
    text = f"$ curl -sS -i https://api.example.com/ -d 'a=1&name={written}&b=%26'\n"
    text += answer(pointer="#/name")

    check_value(locate_one(text), value, written, text)


@given(
    WORDS.filter(
        lambda value: not re.search(r"[\^`'\"]\s*\n", value)
    ),  # lines that look like cmd's
    st.randoms(use_true_random=False),
)
@FEW
def test_fields_that_curl_encodes(value: str, choose: Random) -> None:
    """What curl percent-encodes is marked as it was typed."""
    quoted = bash_single([(char, at) for at, char in enumerate(value)], choose)
    command = "$ curl -sS -i https://api.example.com/ -d a=1 --data-urlencode name="
    text, ranges = paste([*plain(command), *quoted, *plain(" -d b=2\n")], "/name")
    location = locate_one(text)

    assert (True, value) == (location.found, location.value)
    assert location.text is not None
    if value:
        typed = (ranges[0][0], ranges[len(value) - 1][1])

        assert typed == to_root(location.text, location.start, location.end)[1:]


JSONAPI = "HTTP/1.1 400 Bad Request\nContent-Type: application/vnd.api+json\n\n"


def refuse(**source: str) -> str:
    """A response that refuses a parameter or a field."""
    error = {"status": "400", "title": "Invalid", "detail": "is refused", "source": source}
    return JSONAPI + json.dumps({"errors": [error]}) + "\n"


@given(WORDS, st.randoms(use_true_random=False))
@FEW
def test_parameters_of_a_query(value: str, choose: Random) -> None:
    """A parameter is marked in the URL as it was sent."""
    written = write_percent(value, choose)
    text = f"$ curl -sS -i 'https://api.example.com/a?first=1&page%5Bsize%5D={written}&z#top'\n"
    text += refuse(parameter="page[size]")

    check_value(locate_one(text), value, written, text)


@given(
    st.text(st.sampled_from("ab7 \"'\\$`é漢🚀:;=,"), max_size=12), st.randoms(use_true_random=False)
)
@FEW
def test_values_of_fields(value: str, choose: Random) -> None:
    """The value of a field is marked where the user typed it, each character with its own."""
    value = f"x{value}x"
    tracked: Tracked = [*plain("X-Tenant: "), *((char, at) for at, char in enumerate(value))]
    layer = choose.choice((bash_single, bash_double, bash_ansi))
    line = [*plain("$ curl -sS -i https://api.example.com/a -H "), *layer(tracked, choose)]
    whole = [*line, *plain("\n" + refuse(header="x-tenant"))]
    text = "".join(char for char, _ in whole)
    location = locate_one(text)

    assert (True, value) == (location.found, location.value)
    assert location.text is not None
    for at in range(len(value)):
        places = [place for place, (_, owner) in enumerate(whole) if owner == at]
        start = location.start + at

        assert (places[0], places[-1] + 1) == to_root(location.text, start, start + 1)[1:]
