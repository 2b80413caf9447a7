"""Words of `explain` that are no code as they stand: families of formats, messages, statuses,
misspelt ids."""

from __future__ import annotations

import pytest

from errdecode.catalog import Catalog
from errdecode.errors import UsageError
from errdecode.lookup import look_up, read_words
from errdecode.render.catalog import render_answer


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["strip", "card_declined"], "stripe card_declined"),
        (["card_declined", "Strpe"], "stripe card_declined"),
        (["404", "githb"], "github 404"),
        (["strpie", "402", "card_declined"], "stripe 402 card_declined"),
    ],
)
def test_misspelt_formats_beside_a_code(catalog: Catalog, words: list[str], asked: str) -> None:
    """A word like a format's id is taken for one where the format has the rest of the words."""
    with pytest.raises(UsageError) as caught:
        look_up(read_words(words, catalog), None, catalog)

    assert caught.value.hint == f"did you mean `errdecode explain {asked}`?"


def test_a_code_in_words_is_a_code(catalog: Catalog) -> None:
    """What is a code in another spelling is not denied to be one; what has a part of it follows."""
    question = read_words(["rate limit"], catalog)
    shown = render_answer(look_up(question, None, catalog), question, None)
    whole, parts = shown.split("\n\nit is also found in:\n\n")

    assert "RATELIMIT: Too fast\n  Reddit (reddit)\n" in whole
    assert "rate_limit_exceeded: " in parts


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["aws", "AccessDenied"], {"aws-cloudtrail", "aws-s3-xml"}),
        (["Kubernetes", "Forbidden"], {"k8s-status"}),
        (["azure", "404", "ResourceNotFound"], {"azure-arm"}),
    ],
)
def test_a_family_of_formats_is_asked(catalog: Catalog, words: list[str], ids: set[str]) -> None:
    """A word of the names of several formats stands for all of them."""
    entries = look_up(read_words(words, catalog), None, catalog)

    assert ids <= {entry.format.id for entry in entries}
    assert all(words[0].lower() in f"{e.format.id} {e.format.name}".lower() for e in entries)


@pytest.mark.parametrize("words", [["cloudflare", "1015"], ["1020", "Cloudflare"]])
def test_an_id_stands_for_its_family_where_its_format_has_no_such_code(
    catalog: Catalog, words: list[str]
) -> None:
    """Who names a service need not know that its codes belong to two formats."""
    entries = look_up(read_words(words, catalog), None, catalog)

    assert {entry.format.id for entry in entries} == {"cloudflare-edge"}


@pytest.mark.parametrize("words", [["cloudflare", "10000"], ["cloudflare", "no-such-code"]])
def test_an_id_stands_for_its_format(catalog: Catalog, words: list[str]) -> None:
    """Where the format has the code, or nobody of its name has, the question is asked of it."""
    assert ("cloudflare", ()) == (read_words(words, catalog)[0], read_words(words, catalog)[3])


def test_a_family_begins_with_its_standard(catalog: Catalog) -> None:
    """Where a code is defined it is explained first; then the services that use its name."""
    entries = look_up(read_words(["google", "NOT_FOUND"], catalog), None, catalog)

    assert ["google-rpc", "google-maps"] == [entry.format.id for entry in entries][:2]


def test_a_word_that_only_begins_like_a_name_is_a_part_of_the_code(catalog: Catalog) -> None:
    """Where no format of the family has the rest, all words are looked for together."""
    assert read_words(["rate", "limit"], catalog).word == "rate limit"
    assert read_words(["not", "found"], catalog).word == "not found"


def test_a_format_says_in_words_what_it_has_no_status_for(catalog: Catalog) -> None:
    """Behind what HTTP says of the status stands the code of the format that says the same."""
    entries = look_up(read_words(["429", "stripe"], catalog), None, catalog)

    assert ("http-status", None) == (entries[0].format.id, entries[0].code)
    assert ("stripe", "rate_limit") in {(e.format.id, e.code) for e in entries[1:]}


def test_a_sign_is_no_spelling(catalog: Catalog) -> None:
    """-1 is not 1."""
    found = look_up(read_words(["-1"], catalog), None, catalog)

    assert {"-1"} == {entry.code for entry in found}


def test_a_message_is_found_as_the_server_words_it(catalog: Catalog) -> None:
    """Whatever stands where the catalog's message has a placeholder."""
    found = look_up(read_words(["Invalid integer: abc"], catalog), None, catalog)

    assert ("stripe", "message") in {(entry.format.id, entry.found_by) for entry in found}
