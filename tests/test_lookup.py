"""The laws of looking up words without a response."""

from __future__ import annotations

import pytest

from errdecode.catalog import Catalog, open_catalog
from errdecode.errors import UsageError
from errdecode.lookup import Question, look_up, read_words, search
from errdecode.pipeline import explain


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The catalog as it is shipped."""
    return open_catalog()


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
    assert ["telecomx"] == [name.id for name in search(catalog, "COM X")]
    assert catalog.ids() == [name.id for name in search(catalog, None)]
