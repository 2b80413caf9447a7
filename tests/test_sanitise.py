"""What the boundary lets through to a terminal, Markdown and HTML."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from errdecode.sanitise import escape_markdown, fence_for, safe_link, sanitise

EVERY_CHARACTER = "".join(map(chr, range(0x110000)))
TRICKY = "\x1b\x07\x9b\r\n\t\u200d\ufe0f\ufe0e\u202e\u2066\U000e0041\u2764\U0001f468a1#\\"
HOSTILE = st.lists(
    st.one_of(st.characters(), st.sampled_from(TRICKY)),
    max_size=30,
).map("".join)
PROSE = st.one_of(
    HOSTILE,
    st.text("ab1 \t<>&*_`[]()!#@:/.-+=~|\\\n", max_size=40),
    st.lists(
        st.sampled_from(
            [
                *("<b>", "&amp;", "[a](b)", "https://example.com", "www.example.com"),
                *("bob@example.com", "1. ", "    "),
            ]
        ),
        max_size=4,
    ).map("".join),
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]52;c;Zm9v\x07", "\\x1b]52;c;Zm9v\\x07"),
        ("\x9b2J", "\\x9b2J"),
        ("a\x7f\x08", "a\\x7f\\x08"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("\u2066a\u2069\u061c\u200e\u200f", "\\u2066a\\u2069\\u061c\\u200e\\u200f"),
        ("pay\u200bload\u2060\ufeff\xad", "pay\\u200bload\\u2060\\ufeff\\xad"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
        ("\ud800\udfff\udcff", "\\ud800\\udfff\\xff"),
        ("\ufdd0\uffff\U0001fffe", "\\ufdd0\\uffff\\U0001fffe"),
        ("\ue000\U0010fffd", "\\ue000\\U0010fffd"),
        ("a\tb\nc\r\n", "a\\tb\\nc\\r\\n"),
        ("a\ufe0fb\u200dc", "a\\ufe0fb\\u200dc"),
        ("\u2764\ufe0f\ufe0f", "\u2764\ufe0f\\ufe0f"),
        ("\u3164\u115f", "\\u3164\\u115f"),
    ],
)
def test_shows_what_could_do_harm(raw: str, shown: str) -> None:
    """A character that steers, hides or reorders is shown as an escape."""

    assert sanitise(raw) == shown


@pytest.mark.parametrize(
    "value",
    [
        "plain text, C:\\path \\x1b",
        "Gr\xfc\xdfe, \u65e5\u672c\u8a9e, \u0639\u0631\u0628\u064a, e\u0301, \ufffd",
        "\u2764\ufe0f 1\ufe0f\u20e3",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525",
    ],
)
def test_returns_clean_text_itself(value: str) -> None:
    """Text without harmful characters is returned as the same object, emoji sequences included."""

    assert sanitise(value) is value


def test_keeps_lines_and_tabs_on_request() -> None:
    """With `keep_lines`, newline and tab stay and a carriage return does not."""

    assert sanitise("a\n\tb\rc\x1b", keep_lines=True) == "a\n\tb\\rc\\x1b"


@pytest.mark.parametrize("around", ["", "a", "\u2764"])
def test_lets_no_control_through(around: str) -> None:
    """No control, format, surrogate, private-use or separator character survives, joiners apart."""
    shown = sanitise(around.join(EVERY_CHARACTER))
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    joiner = {"\u200d"}
    number_signs = {  # format characters that are visible
        *("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"),
        *("\U000110bd\U000110cd"),
    }
    layout = {c for c in left if "\U00013430" <= c <= "\U0001bca3"}  # of hieroglyphs and shorthand

    assert left - joiner - number_signs - layout == set()


@given(HOSTILE)
def test_sanitising_again_changes_nothing(value: str) -> None:
    """The output is clean, with and without lines kept."""
    once, lines = sanitise(value), sanitise(value, keep_lines=True)

    assert (sanitise(once), sanitise(lines, keep_lines=True)) == (once, lines)


@given(PROSE)
def test_markdown_reads_escaped_text_as_text(value: str) -> None:
    """A CommonMark renderer gives back the sanitised characters in one paragraph, unmarked."""
    page = MarkdownIt("commonmark").render("x " + escape_markdown(value) + " x")
    inside = re.sub("<!-- -->", "", page).removeprefix("<p>").removesuffix("</p>\n")
    text = html.unescape(inside)

    assert text == "x " + sanitise(value) + " x"


@given(PROSE)
def test_markdown_stays_text_at_the_start_of_a_line(value: str) -> None:
    """Escaped text that starts a paragraph makes no block of its own."""
    tokens = MarkdownIt("commonmark").parse(escape_markdown("a" + value)) if value.strip() else []
    kinds = {token.type for token in tokens}

    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize(
    "start", ["# a", "- a", "+ a", "* a", "1. a", "1) a", "> a", "    a", "```", "---", "==="]
)
def test_markdown_makes_no_block(start: str) -> None:
    """What would open a heading, list, quote, rule or code block is a paragraph."""
    kinds = [token.type for token in MarkdownIt("commonmark").parse(escape_markdown(start))]

    assert kinds == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("<img src=x>", "\\<img src=x\\>"),
        ("[a](https://example.com)", "\\[a\\]\\(https\\:\\/\\/example\\.com\\)"),
        ("ask @bob", "ask \\@<!-- -->bob"),
        ("see #12", "see \\#<!-- -->12"),
        ("a|b", "a\\|b"),
        ("\x1b", "\\\\x1b"),
    ],
)
def test_escapes_markup_links_and_mentions(raw: str, escaped: str) -> None:
    """HTML, links, autolinks, mentions and table cells lose their meaning."""

    assert escape_markdown(raw) == escaped


@pytest.mark.parametrize(
    ("text", "fence"), [("", "```"), ("``", "```"), ("a ```` b", "`````"), ("```", "````")]
)
def test_fence_is_longer_than_any_inside(text: str, fence: str) -> None:
    """The fence has three backticks or more, and one more than the longest run in the text."""

    assert fence_for(text) == fence


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com:8443/a/b?c=d&e=%20#f",
        "https://xn--bcher-kva.example/",
        "https://example.com/wiki/A_(b)",
        "https://[2001:db8::1]/x",
        "HTTPS://EXAMPLE.COM/",
        "https://example.com?q",
    ],
)
def test_links_plain_https(url: str) -> None:
    """An https address with an ASCII host may become a link, unchanged."""

    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://example.com",
        "javascript:alert(1)",
        "//example.com",
        "https://",
        "https://...",
        "https:///path",
        "https://user@example.com/",
        "https://user:pass@example.com/",
        "https://example.com\\@evil.example",
        "https://exam\u0440le.com/",
        "https://example.com/\u202e",
        "https://example.com/a b",
        "https://example.com/\n",
        'https://example.com/"onclick=',
        "https://example.com/<b>",
        " https://example.com/",
        "https://example.com/" + "a" * 3000,
    ],
)
def test_links_nothing_else(url: str | None) -> None:
    """Other schemes, users, blanks, quotes and look-alike hosts make no link."""

    assert safe_link(url) is None
