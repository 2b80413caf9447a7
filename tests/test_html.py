"""The page of `-o html`: whole, labelled, harmless, and the same for every eye."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CAPTURES

from errdecode.catalog import open_catalog
from errdecode.model import (
    Report,
)
from errdecode.pipeline import decode_text, to_text
from errdecode.redact import redact
from errdecode.render import View, render, render_all
from errdecode.render.frame import Frame, Row
from errdecode.render.html.frame import frame_table
from errdecode.settings import Settings

if TYPE_CHECKING:
    from conftest import Run

VOID = {"meta"}
ALLOWED = {
    "html": {"lang"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "article": {"id", "aria-labelledby"},
    "h1": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "nav": {"class", "aria-label"},
    "a": {"href", "rel"},
    "th": {"scope"},
    "p": {"class", "style"},
    "details": {"class", "open"},
}
"""The attributes that the page's elements may have; for all others it is `class`."""
PLAIN = set(
    "head title style body main header section dl div dt dd ul ol li b span code mark "
    "blockquote table caption thead tbody tr td summary pre del ins".split()
)
MANY = (
    "talonone-invalid-type-session.paste",
    "telecomx-multiple-session.paste",
    "journeyapps-batch-aborted.paste",
)


class Page(HTMLParser):
    """A page taken apart; `faults` says what is not well-formed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.tags.append((tag, dict(attrs)))
        if len(dict(attrs)) < len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} is closed out of order")

    def handle_comment(self, data: str) -> None:
        """There are none."""
        self.faults.append(f"a comment: {data}")

    def handle_data(self, data: str) -> None:
        """Gather what is read, not the style."""
        if "style" not in self.open:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [value for _, attributes in self.tags if (value := attributes.get(name))]

    def text(self) -> str:
        """What is read, each run of blanks as one."""
        return " ".join("".join(f"{word} " for word in self.words).split())


@cache
def reports_of(name: str) -> list[Report]:
    """The reports on a capture, as they reach a renderer."""
    text = to_text((CAPTURES / name).read_bytes(), name)
    return [redact(each) for each in decode_text(text, name, Settings(), open_catalog())]


@cache
def page_of(*names: str, view: View | None = None) -> str:
    """The page on some captures."""
    reports = [report for name in names for report in reports_of(name)]
    return render_all(reports, "html", view or View())


# ---------------------------------------------------------------- form


def test_every_page_is_well_formed(capture: str) -> None:
    """Every tag is closed in its turn, ids are unique, and only known tags and attributes stand."""
    page = Page(page_of(capture, view=View(verbose=2)))

    assert page.faults == []
    assert [name for name, count in Counter(page.values("id")).items() if count > 1] == []
    assert set() == unexpected(page)


def unexpected(page: Page) -> set[str]:
    """Tags and attributes that no page has."""
    return {
        f"{tag} {name}"
        for tag, attributes in page.tags
        for name in ["", *attributes]
        if (tag not in ALLOWED and tag not in PLAIN)
        or (name and name not in ALLOWED.get(tag, {"class"}))
    }


@pytest.mark.parametrize("names", [MANY[:1], MANY[1:2], MANY[2:], MANY], ids=len)
def test_headings_are_in_order(names: tuple[str, ...]) -> None:
    """A page has one first heading, and no rank is left out on the way down."""
    page = Page(page_of(*names))
    ranks = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert (1, 1) == (ranks[0], ranks.count(1))
    assert [] == [rank for before, rank in itertools.pairwise(ranks) if rank > before + 1]


def test_everything_is_labelled(capture: str) -> None:
    """A table begins with its caption, a fold with its summary, an article names its heading."""
    page = Page(page_of(capture))
    after = {"table": "caption", "details": "summary"}
    pairs = zip(page.tags, page.tags[1:], strict=False)
    bare = [tag for (tag, _), (child, _) in pairs if tag in after and child != after[tag]]

    assert [] == bare
    assert set() == set(page.values("aria-labelledby")) - set(page.values("id"))


def test_nothing_is_loaded(capture: str) -> None:
    """The page names nothing outside of it but links, and those are https."""
    page = Page(page_of(capture))
    outside = [link for link in page.values("href") if not link.startswith(("https://", "#"))]
    text = page_of(capture)

    assert ([], []) == (outside, page.values("src"))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page.values("content")[0]
    assert not re.search(r"url\(|@import|<script|<link|<img", text)


def test_the_page_is_ascii(capture: str) -> None:
    """Whatever encoding a shell writes it in, the page stays what it is."""

    assert page_of(capture).isascii()


# ---------------------------------------------------------------- content

ANY_LABEL = re.compile(
    r"  (where|said|why|do|change|maybe \d+|retry|read|link|then|ticket|note|next) +"
)


def test_the_page_says_what_the_terminal_says(capture: str) -> None:
    """All words of the terminal's answer stand on the page, in the same order but for labels of
    one line."""
    for report in reports_of(capture):
        lines = render(report, "terminal", View()).splitlines()
        said = [ANY_LABEL.sub("", line) for line in lines if "-v tells all" not in line]
        prose = [line for line in said if not re.match(r" *[\d+]* │", line)]
        shown = words_of(Page(render(report, "html", View())).text())
        rest = iter(shown)

        assert set() == set(words_of(" ".join(said))) - set(shown)
        assert [] == [word for word in words_of(" ".join(prose)) if word not in rest]


def words_of(text: str) -> list[str]:
    """The words of a text, without marks and numbers."""
    return re.findall(r"[^\W\d_]{3,}", text)


def test_the_fault_is_marked_in_its_line() -> None:
    """The value in question is marked in the source's own line, under that line's number."""
    text = page_of("talonone-invalid-type-session.paste")

    assert "&quot;Name&quot;:<mark>false</mark>,&quot;Age&quot;" in text
    assert '<th scope="row">1</th>' in text


def test_what_only_followed_is_folded() -> None:
    """Consequences stand in a fold whose summary is the line that the terminal has for them."""
    text = page_of("journeyapps-batch-aborted.paste")

    assert "<summary>2 more follow from /operations/1" in text


def test_quiet_leaves_out_notes() -> None:
    """`-q` takes notes and hints away."""
    name = "telecomx-multiple-session.paste"

    assert "blanks around names" in page_of(name)
    assert "blanks around names" not in page_of(name, view=View(quiet=True))


def test_verbose_opens_the_folds() -> None:
    """`-v` opens the proof, `-vv` the exchange, too."""
    opened = [page_of(MANY[0], view=View(verbose=n)).count(' open=""') for n in range(3)]

    assert [0, 1, 2] == opened


def test_several_inputs_are_one_page(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several reports stand on one page, under a table of contents that leads to each."""
    monkeypatch.chdir(CAPTURES)
    done = run("-o", "html", *MANY)
    page = Page(done.out)
    targets = [link[1:] for link in page.values("href") if link.startswith("#")]

    assert (0, 1, []) == (done.code, done.out.count("<!DOCTYPE html>"), page.faults)
    assert targets == [name for name in page.values("id") if not name.endswith("-heading")]


def test_an_unreadable_input_spares_the_page(run: Run, tmp_path: Path) -> None:
    """What cannot be read is told on standard error; the page shows the others."""
    done = run("-o", "html", str(tmp_path / "none.json"), str(CAPTURES / MANY[0]))

    assert (3, [], 1) == (done.code, Page(done.out).faults, done.out.count("<h1"))
    assert "none.json" in done.err


def test_secrets_are_masked(run: Run, tmp_path: Path) -> None:
    """The page holds no secret unless the user asks for it."""
    paste = tmp_path / "paste.txt"
    paste.write_text(
        "$ curl -i -H 'Authorization: Bearer invented-token-0123456789' https://api.example.com/a\n"
        'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"message": "no"}\n'
    )

    assert "invented-token" not in run("-o", "html", str(paste)).out
    assert "invented-token" in run("-o", "html", "--show-secrets", str(paste)).out


# ---------------------------------------------------------------- frames


def test_several_marks_in_a_line() -> None:
    """Each caret's range is marked; the labels follow from left to right, each with its text."""
    rows = (
        Row(7, '{"a": 1, "b": [2]}'),
        Row(None, "      ^       ^^^ second,", True),
        Row(None, "      │", True),
        Row(None, "      first", True),
    )
    table = frame_table(Frame("request body", rows))

    assert "{&quot;a&quot;: <mark>1</mark>, &quot;b&quot;: <mark>[2]</mark>}" in table
    assert re.findall("<span><code>(.*?)</code> (.*?)</span>", table) == [
        ("1", "first"),
        ("[2]", "second,"),
    ]


def test_wide_characters_are_marked_whole() -> None:
    """Carets count columns: a wide character takes two, a combining mark none."""
    rows = (
        Row(1, '"名前e\u0301\U0001f469\u200d\U0001f4bb": x'),
        Row(None, " " * 11 + "^ here", True),
    )

    assert "<mark>x</mark>" in frame_table(Frame("", rows))


def test_what_is_missing_has_its_own_line() -> None:
    """A row with a plus says what would stand there; the lines around it are not marked."""
    rows = (Row(1, "{"), Row(None, "  ^ there is no", True, "+"), Row(None, "  member", True))
    table = frame_table(Frame("", rows))

    assert "<mark>" not in table
    assert '<tr class="missing"><td class="sign">+</td><td>' in table
    assert "<span>there is no member</span>" in table
