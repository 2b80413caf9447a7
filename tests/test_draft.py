"""Drafts of catalog files: what is written is TOML that says the same, and harms no terminal."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.check import check_file
from errdecode.authoring.draft import (
    BLANK_EXAMPLE,
    CodeDraft,
    Draft,
    ExampleDraft,
    Line,
    ShapeDraft,
    check_id,
    write_draft,
)
from errdecode.authoring.toml_text import write_block, write_string, write_value
from errdecode.errors import UsageError
from errdecode.model import JSON
from errdecode.sanitise import sanitise

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "'\"\\\n\r\t^$[]{}#\x1b\u202e\u200b\x7fa ", max_size=30
)
SCALARS = TEXTS | st.integers(-(2**60), 2**60) | st.booleans()
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(TEXTS, SCALARS, max_size=3)


@given(TEXTS)
def test_a_string_is_read_back(text: str) -> None:
    """A string on one line means the text, and holds nothing that could harm."""
    written = write_string(text)

    assert text == tomllib.loads(f"a = {written}")["a"]
    assert written == sanitise(written)


@given(TEXTS)
def test_a_block_is_read_back(text: str) -> None:
    """A text of several lines means itself, with a newline at its end at most."""
    written = write_block(text)
    read = tomllib.loads(f"a = {written}")["a"]

    assert text in (read, read.removesuffix("\n"))
    assert written == sanitise(written, keep_lines=True)


@given(VALUES)
@settings(max_examples=60)
def test_a_value_is_read_back(value: JSON) -> None:
    """Values of the vocabulary are read back as they were, on one line."""
    written = write_value(value)

    assert value == tomllib.loads(f"a = {written}")["a"]
    assert "\n" not in written


def test_half_a_character_is_replaced() -> None:
    """A lone surrogate, which no file can hold, becomes a mark; null is left out."""
    written = write_string("a\ud800b")

    assert "a\ufffdb" == tomllib.loads(f"a = {written}")["a"]
    assert "{ a = 1 }" == write_value({"a": 1, "b": None})


def full() -> Draft:
    """A draft with something in every part."""
    return Draft(
        "acme",
        "Acme",
        head=("Said at the top.",),
        required=(Line({"at": "/a", "is": "string"}, "2 of 2"),),
        supporting=(Line({"host": "*.example.com"}, hidden=True), Line({"at": "/b"})),
        excluding=(Line({"at": "/c"}),),
        extract=(Line("/a", "2 of 2", "code"),),
        shapes=(ShapeDraft("one", (Line({"at": "/d"}),), (Line("/e", name="each"),)),),
        codes=(CodeDraft({"code": "X"}, ("It says so.",)), CodeDraft({"code": "Y", "status": 404})),
        examples=(ExampleDraft("an example", '{"a": 1}', 404, problems=({"code": "X"},)),),
        counterexamples=(ExampleDraft("a look-alike", "{}"),),
    )


def test_the_order_is_that_of_the_readme() -> None:
    """The parts of a file stand in the order in which catalog/README.md shows them."""
    text = write_draft(full())
    parts = ["[detect]", "[extract]", "[[shapes]]", "[[codes]]", "[[examples]]"]
    places = [text.index(f"\n{part}\n") for part in [*parts, "[[counterexamples]]"]]

    assert places == sorted(places)
    assert [{"at": "/b"}] == tomllib.loads(text)["detect"]["supporting"]
    assert 'supporting = [\n  # { host = "*.example.com" },\n' in text


@given(st.lists(TEXTS, min_size=6, max_size=6))
@settings(max_examples=60)
def test_foreign_text_stays_where_it_is_put(texts: list[str]) -> None:
    """Whatever a provider says ends up in its own string or comment, and changes nothing else."""
    draft = full()._replace(
        head=(texts[0],),
        codes=(CodeDraft({"code": texts[1]}, (texts[2],)),),
        examples=(ExampleDraft(texts[3], texts[4], comment=texts[5], problems=()),),
    )
    text = write_draft(draft)
    read = tomllib.loads(text)

    assert (texts[1], texts[3]) == (read["codes"][0]["code"], read["examples"][0]["name"])
    assert set(tomllib.loads(write_draft(full()))) == set(read)
    assert text == sanitise(text, keep_lines=True)


def test_nothing_but_blanks_is_wrong(tmp_path: Path) -> None:
    """A draft without any knowledge is a list of blanks to the check."""
    file = tmp_path / "acme.toml"
    blank = full()._replace(shapes=(), examples=(BLANK_EXAMPLE,))
    file.write_text(write_draft(blank), encoding="utf-8")
    faults = check_file(file)

    assert {"still to be filled in"} == {fault.message.split(": ")[1] for fault in faults}
    assert len(re.findall("^[^#\n]*TODO:", file.read_text(encoding="utf-8"), re.M)) == len(faults)


@pytest.mark.parametrize("id", ["", "A", "a_b", "a--b", "../x"])
def test_what_is_no_id(id: str) -> None:
    """An id is a file's name everywhere."""
    with pytest.raises(UsageError, match="is no id"):
        check_id(id)
