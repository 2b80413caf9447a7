"""The laws of looking up words without a response."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.catalog import Catalog
from errdecode.errors import UsageError
from errdecode.lookup import Question, look_up, read_words
from errdecode.lookup.search import search
from errdecode.lookup.similar import plain, read_numbers
from errdecode.pipeline import explain
from errdecode.render.catalog import MOST_LINES, render_answer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["telecomx", "404", "number"], Question("telecomx", 404, "number")),
        (["telecomx", "number"], Question("telecomx", None, "number")),
        (["404", "number"], Question(None, 404, "number")),
        (["404"], Question(None, 404, None)),
        (["telecomx"], Question("telecomx", None, None)),
        (["telecomx", "404"], Question("telecomx", 404, None)),
        (["invalid_token"], Question(None, None, "invalid_token")),
        (["Please", "login"], Question(None, None, "Please login")),
        (["curl", "60"], Question("curl", None, "60")),
        (["999"], Question(None, None, "999")),
        (["099"], Question(None, None, "099")),
        (["404", "telecomx"], Question("telecomx", 404, None)),
        (["telecomx", "number", "404"], Question("telecomx", 404, "number")),
        (["number", "404"], Question(None, 404, "number")),
        (["404", "not", "found", "telecomx"], Question("telecomx", 404, None)),
        (["number", "telecomx"], Question("telecomx", None, "number")),
        (["TelecomX", "number"], Question("telecomx", None, "number")),
        (["no", "such", "box"], Question(None, None, "no such box")),
    ],
)
def test_words_are_told_apart(catalog: Catalog, words: list[str], expected: Question) -> None:
    """A format's id, a status from 100 to 599, and the rest is the code."""
    assert expected == read_words(words, catalog)


def test_http_comes_first() -> None:
    """A bare status: HTTP's meaning first, then each format that documents it."""
    ids = [entry.format.id for entry in explain("404")]

    assert "http-status" == ids[0]
    assert {"journeyapps", "sessionm", "talonone", "telecomx"} <= set(ids)


def test_http_stands_in_for_a_format() -> None:
    """A status that a format says nothing of: HTTP's meaning, and no other format's."""
    assert ["http-status"] == [entry.format.id for entry in explain("415", format="telecomx")]


def test_all_matches_are_told() -> None:
    """Several matches: all of them, each with its format."""
    found = [(entry.format.id, entry.message) for entry in explain("invalid_token")]

    assert {
        ("oauth2", None),
        ("telecomx", "Undecipherable"),
        ("telecomx", "IP address not authenticated"),
        ("telecomx", "Please login"),
    } <= set(found)


def test_a_status_narrows() -> None:
    """With a status only the entries for it, and those for any status, remain."""
    all_of, one = (
        explain("number", format="telecomx"),
        explain("number", format="telecomx", status=409),
    )

    assert [404, 409, 422] == sorted(entry.status or 0 for entry in all_of)
    assert [409] == [entry.status for entry in one]


def test_an_operation_chooses() -> None:
    """With an operation its class's meaning alone; without, the general one and all others."""
    (entry,) = explain("OBJECT_NOT_EXISTS", format="soundbite", operation="createScript")
    general, *special = explain("OBJECT_NOT_EXISTS", format="soundbite")

    assert ("create*", "operation") == (entry.operation, entry.explanation.source)
    assert general.operation is None
    assert {"create*", "delete*", "show*"} <= {one.operation for one in special}


@pytest.mark.parametrize("word", ["user_not_found", "USER_NOT_FOUND", " User_Not_Found "])
def test_letter_case_does_not_count(word: str) -> None:
    """People type codes in any letter case."""
    assert "USER_NOT_FOUND" in [entry.code for entry in explain(word)]


def test_messages_are_words_too() -> None:
    """An entry without a code is found by its message."""
    (entry,) = explain("hmac signature mismatch", format="talonone")

    assert entry.message is not None
    assert entry.code is None


def test_no_answer_is_not_claimed() -> None:
    """Without a response nothing is said about one: an entry's verdict is the documented one."""
    for entry in explain("USER_NOT_FOUND") + explain("404") + explain("soundbite"):
        assert not any("no answer came" in reason for reason in entry.retry.trail)


def test_no_placeholder_is_shown(catalog: Catalog) -> None:
    """Nothing can be filled in without a response, so the entry's own title is shown."""
    for id in catalog.ids():
        for entry in look_up(Question(id), None, catalog):
            assert "…" not in entry.explanation.title
            assert "%s" not in entry.explanation.title


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("USER_NOT_FUOND", "USER_NOT_FOUND"),
        ("invalid_tokn", "invalid_token"),
        ("zzzzzz", "formats"),
    ],
)
def test_misspelt_codes(word: str, near: str) -> None:
    """An unknown code brings near ones, or how to list them."""
    with pytest.raises(UsageError) as caught:
        explain(word)

    assert near.casefold() in (caught.value.hint or "").casefold()


def test_misspelt_formats() -> None:
    """An unknown format is a usage error."""
    with pytest.raises(UsageError):
        explain("404", format="nope")


def test_formats_by_word(catalog: Catalog) -> None:
    """Formats are found by a part of their id or name; all of them without a word."""
    assert ["telecomx"] == [one.name.id for one in search(catalog, "COM X")]
    assert catalog.ids() == [one.name.id for one in search(catalog, None)]
    assert {()} == {one.found_by for one in search(catalog, None)}


# ---------------------------------------------------------------- other spellings, parts, numbers


def found(word: str, format: str | None = None) -> list[tuple[str, str | None, str]]:
    """Where a word leads: format, code, and how it was found."""
    return [(e.format.id, e.code, e.found_by) for e in explain(word, format=format)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["HTTP", "404"], Question(None, 404, None)),
        (["HTTP 404"], Question(None, 404, None)),
        (["HTTP/1.1", "404", "Not", "Found"], Question(None, 404, None)),
        (["404", "Not Found"], Question(None, 404, None)),
        (["404 not_found"], Question(None, 404, None)),
        (["status", "404"], Question(None, 404, None)),
        (["status code: 404"], Question(None, 404, None)),
        (["413", "Request Entity Too Large"], Question(None, 413, None)),
        (["404", "number"], Question(None, 404, "number")),
        (['"40001"'], Question(None, None, "40001")),
        (["error", "-32601"], Question(None, None, "-32601")),
        (["error_code"], Question(None, None, "error_code")),
        (["status"], Question(None, None, "status")),
        (["jsonrpc", "code", "-32601"], Question("jsonrpc", None, "-32601")),
    ],
)
def test_labels_are_left_out(catalog: Catalog, words: list[str], expected: Question) -> None:
    """What people write around a number is no part of it; a phrase goes with its own status."""
    assert expected == read_words(words, catalog)


@pytest.mark.parametrize("word", ["card-declined", "cardDeclined", "CARD DECLINED", "CardDeclined"])
def test_any_spelling_is_found(word: str) -> None:
    """Separators and case do not count, and it is said that the spelling is another one."""
    assert ("stripe", "card_declined", "spelling") in found(word)
    assert ("stripe", "card_declined", "code") in found("Card_Declined")


def test_the_exact_code_comes_first() -> None:
    """Formats that spell a code as it was typed stand before those that spell it otherwise."""
    ways = [by for _, _, by in found("not_found")][1:]
    order = ["code", "number", "spelling"]

    assert sorted(ways, key=order.index) == ways
    assert {"code", "spelling"} == set(ways)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("-32601", ("jsonrpc", "-32601", "code")),
        ("0xFFFF80A7", ("jsonrpc", "-32601", "number")),
        ("4294934695", ("jsonrpc", "-32601", "number")),
        ("E1020", ("cloudflare-edge", "1020", "digits")),
        ("01020", ("cloudflare-edge", "1020", "number")),
        ("190", ("facebook-graph", "190", "code")),
    ],
)
def test_numbers_in_any_spelling(word: str, expected: tuple[str, str, str]) -> None:
    """Decimal, hexadecimal, two's complement, leading zeros, a letter in front; three digits that
    are a code as well as a status."""
    assert expected in found(word)


def test_parts_come_last() -> None:
    """A part of a code is looked for only where no format has the whole of it."""
    ways = {by for _, _, by in found("card_decl")}

    assert {"part"} == ways
    assert "part" not in {by for _, _, by in found("card_declined")}


def test_words_of_a_message() -> None:
    """All words, in any order, in what an entry says."""
    entries = found("login please")

    assert entries
    assert {"words"} == {by for _, _, by in entries}
    assert "telecomx" in {id for id, _, _ in entries}


def test_an_identifier_is_not_read_as_words() -> None:
    """What looks like a code is not taken apart into words."""
    with pytest.raises(UsageError):
        explain("no_such_code")


@given(st.text(max_size=30))
def test_plain_forgets_case_and_separators(text: str) -> None:
    """Plain text is plain already, and case does not count."""
    assert plain(text) == plain(plain(text))
    assert plain(text.upper().lower()) == plain(text.upper().lower().swapcase().lower())


@given(st.integers(-(1 << 31), (1 << 31) - 1))
def test_a_number_is_its_complement(number: int) -> None:
    """A signed 32-bit number is read alike in decimal and as hexadecimal of two's complement."""
    assert number in read_numbers(hex(number % (1 << 32)))
    assert read_numbers(str(number)) == read_numbers(hex(number % (1 << 32)))


@pytest.mark.parametrize(
    ("word", "id", "reason"),
    [
        ("invalidToken", "telecomx", "the code invalid_token"),
        ("-32601", "jsonrpc", "the code -32601"),
        ("api.stripe.com", "stripe", "the host *.stripe.com"),
        ("https://docs.stripe.com/x", "stripe", "its documentation at docs.stripe.com"),
        ("framework", "rails", "the kind framework"),
    ],
)
def test_formats_by_what_they_have(catalog: Catalog, word: str, id: str, reason: str) -> None:
    """A code in any spelling, a host, a kind lead to formats, and it is said which."""
    reasons = {one.name.id: one.found_by for one in search(catalog, word)}

    assert reason in reasons[id]


def test_a_screenful_of_parts() -> None:
    """Of entries that only have something of a word a screenful is listed, the rest is counted."""
    entries = explain("signature")
    text = render_answer(entries, Question(None, None, "signature"), None)

    assert text.count("\n") <= MOST_LINES + 5
    assert f"and {len(entries) - MOST_LINES} more" in text


def test_a_line_for_each_format(catalog: Catalog) -> None:
    """A bare status: HTTP in full, then every format once."""
    text = render_answer(look_up(Question(None, 404), None, catalog), Question(None, 404), None)
    lines = text.split("\n\n")[1].splitlines()

    assert len({line.split()[0] for line in lines}) == len(lines)
    assert any(line.startswith("telecomx ") and line.endswith(" more)") for line in lines)
