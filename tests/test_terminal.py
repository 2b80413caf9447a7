"""What reaches a terminal: whole words at any width, the server's text harmless and unchanged."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CAPTURES, capture_names
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.catalog import open_catalog
from errdecode.model import Report
from errdecode.pipeline import decode_text, to_text
from errdecode.redact import redact
from errdecode.render import RENDERERS, View, render
from errdecode.render.brevity import shorten
from errdecode.render.sections import facts
from errdecode.render.why import render as render_why
from errdecode.sanitise import sanitise
from errdecode.settings import Settings

if TYPE_CHECKING:
    from conftest import Run

OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\")
"""The escapes we write ourselves: colour, and links that we made."""
CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
HOSTILE = (
    "\x1b[2J\x1b]8;;https://evil.example.org\x07x\x1b]52;c;QQ==\x07\x9b31m\u202e\u2066\x7f\r\x08"
)


@cache
def reports(text: str) -> list[Report]:
    """The reports on a text, as they reach a renderer."""
    found = decode_text(to_text(text, "-"), "paste.txt", Settings(), open_catalog())
    return [redact(report) for report in found]


def capture_text(name: str) -> str:
    """A capture's text."""
    return (CAPTURES / name).read_bytes().decode("utf-8", "replace")


# ---------------------------------------------------------------- width

WHOLE = (
    "sku-4711/variant-with-a-long-name-that-is-wider-than-any-narrow-terminal",
    "https://docs.example.com/errors/a-page-with-a-very-long-name#and-an-anchor-that-goes-on",
    "req-7f3c9a52-bb1e-4c55-9f0d-2f6a55e1c0de-0123456789",
    "/cartItems/0/attributes/aRatherLongAttributeNameThatGoesOnAndOn",
    "https://api.example.com/v2/customer_sessions/order-88-with-a-long-identifier",
)
LONG = (
    f"$ curl -i -X PUT {WHOLE[4]} -d '{{\"cartItems\": []}}'\n"
    f"HTTP/1.1 400 Bad Request\nX-Request-Id: {WHOLE[2]}\nContent-Type: application/json\n\n"
    '{"message": "The submitted data was invalid", "errors": [{"title": "Unknown", '
    f'"details": "unknown attribute of {WHOLE[0]}, see {WHOLE[1]} for what there is", '
    f'"source": {{"pointer": "{WHOLE[3]}"}}}}]}}\n'
)


@settings(deadline=None)
@given(st.integers(1, 130), st.integers(0, 2))
def test_what_is_copied_is_never_split(width: int, verbose: int) -> None:
    """Codes, pointers, addresses and request ids stay on one line, however narrow it is."""
    (report,) = reports(LONG)
    shown = render(report, "terminal", View(width=width, verbose=verbose))

    assert [word for word in WHOLE if word not in shown] == []


@settings(deadline=None, max_examples=60)
@given(st.integers(40, 130), st.sampled_from(capture_names()))
def test_prose_fits_the_width(width: int, name: str) -> None:
    """A line is wider than asked for only when it could not be broken, or shows the source."""
    for report in reports(capture_text(name)):
        report = report._replace(diagnostics=report.diagnostics[:3])
        lines = render(report, "terminal", View(width=width)).split("\n")
        wide = [line for line in lines[1:] if len(line) > width and not FIXED.match(line)]
        wide = [line for line in wide if line.strip() not in facts(report)]

        assert wide == []


FIXED = re.compile(
    r"(?:error|harmless|consequence)\b|\s+[-+] |\s+\d* [│|] |.{10}(?:\d\. |   )?\S*$"
)
"""Lines that keep their length: headlines, source in a frame or a diff, and single words."""


@pytest.mark.parametrize("name", capture_names())
def test_nothing_is_wrapped_in_a_pipe(name: str) -> None:
    """Without a width, prose is one line a sentence: only the source is cut to size."""
    for report in reports(capture_text(name)):
        free, wide = (render(report, "terminal", View(width=width)) for width in (None, 10**6))

        assert prose(wide) == prose(free)


def prose(shown: str) -> list[str]:
    """The lines of an answer without those of frames."""
    return [line for line in shown.split("\n") if " │ " not in line]


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize("output", ["terminal", "short", "markdown"])
def test_ascii(decode_capture: Run, capture: str, output: str) -> None:
    """With --ascii all is ASCII but the input itself, and letters that its escapes stand for."""
    outcome = decode_capture(capture, "--ascii", "-vv", "-o", output)
    foreign = {sign for sign in outcome.out if not (sign.isascii() or sign.isalpha())}

    assert set() == foreign - set(capture_text(capture))


def test_ascii_keeps_the_providers_words(run: Run, tmp_path: Path) -> None:
    """--ascii changes our marks, not the letters that the server wrote."""
    (tmp_path / "e.json").write_text(
        '{"error": {"code": "mvnoAccount", "message": "Größe 船", "status": 404}}'
    )

    assert "Größe 船" in run("--ascii", str(tmp_path / "e.json")).out


@pytest.mark.parametrize("output", RENDERERS)
@pytest.mark.parametrize("words", ["[bold]x[/bold]", "[/foo]", "[pbx]", "[link=x]", ":boom:"])
def test_markup_is_text(words: str, output: str) -> None:
    """Brackets and colons in the server's words are letters like any other."""
    body = {"error": {"code": "mvnoAccount", "message": f"a {words} b", "status": 404}}
    for color in (False, True):
        (report,) = reports(json.dumps(body))
        shown = render(report, output, View(color=color, width=100))
        plain = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", shown) if output == "markdown" else shown
        wanted = json.dumps(words)[1:-1] if output == "json" else words

        assert wanted.replace("\\", "") in plain.replace("\\", "")


def hostile_text(word: str) -> str:
    """A pasted session in which everything that the two sides may choose bears a word."""
    body = {
        "message": word,
        "errors": [{"title": word, "details": word, "source": {"pointer": f"/{word}"}}],
        "error": {"code": word, "message": word, "type": word},
        "code": word,
    }
    url = "https://api.example.com/" + re.sub(r"[\s\x1c-\x1f\x85\u2028\u2029']", "", word)
    line = re.sub(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "", word)
    return (
        f"$ curl -i '{url}' -H 'X-Api: {line.replace(chr(39), '')}' -d '{{}}'\n"
        f"HTTP/1.1 400 {line}\nX-Request-Id: {line}\nDate: {line}\n\n{json.dumps(body)}\n"
    )


def shown_everywhere(text: str) -> list[str]:
    """Every way to show a text to a person."""
    view = View(width=70, color=True, links=True, verbose=2)
    found = [redact(r)._replace(name=text[-40:]) for r in reports(text)]
    return [
        *(render(report, output, view) for report in found for output in ("terminal", "markdown")),
        *(render(report, "short", view) for report in found),
        *(render_why(report, view) for report in found),
    ]


def test_escapes_never_reach_a_terminal() -> None:
    """ESC, OSC 8 and 52, C1 and bidi marks are shown as escapes in every output for people."""
    for shown in shown_everywhere(hostile_text(HOSTILE)):
        assert CONTROL.search(OURS.sub("", shown)) is None
        assert "evil.example.org\x07" not in shown


@settings(deadline=None, max_examples=40)
@given(st.text(st.sampled_from(f"{HOSTILE}a /[]'\"\\\n\t\ud800") | st.characters(), max_size=8))
def test_no_word_steers_a_terminal(word: str) -> None:
    """Whatever the two sides write, no character that could steer a terminal gets through."""
    for shown in shown_everywhere(hostile_text(word)):
        assert CONTROL.search(OURS.sub("", shown)) is None
        assert shown == sanitise(OURS.sub("", shown), keep_lines=True) or OURS.search(shown)


def test_only_our_links_are_links() -> None:
    """A link is made of the catalog's documentation alone, never of what the server sent."""
    body = '{"type": "https://evil.example.org/x", "title": "T", "status": 400, "detail": "D"}'
    shown = "".join(render(r, "terminal", View(links=True)) for r in reports(body))

    assert re.findall(r"\x1b\]8;[^;]*;https://evil", shown) == []


# ---------------------------------------------------------------- more and less

SESSION = "telecomx-multiple-session.paste"


def test_quiet_leaves_out_notes_and_hints(decode_capture: Run) -> None:
    """-q takes away notes and hints, and nothing else."""
    name = "telecomx-single-body.json"
    loud, quiet = decode_capture(name).out, decode_capture(name, "-q").out
    kept = [line for line in loud.split("\n") if not re.match("  (note|next) ", line)]

    assert kept == quiet.split("\n")
    assert loud != quiet


def test_verbose_adds(decode_capture: Run) -> None:
    """-v adds the proof of detection, -vv the exchange; what was there stays."""
    plain, more, most = (decode_capture(SESSION, *line).out for line in ([], ["-v"], ["-vv"]))

    assert "\n  format  telecomx: certain" in more
    assert "\n  request " in most
    assert "\n  response" in most
    assert all(line in more for line in plain.split("\n") if "as above" not in line)
    assert all(line in most for line in more.split("\n"))


def test_quiet_and_verbose_agree(decode_capture: Run) -> None:
    """-q and -v do not exclude each other."""
    outcome = decode_capture("http-status-429.http", "-qv")

    assert outcome.out.count("\n  next ") == 0


# ---------------------------------------------------------------- length

ENDLESS = json.dumps(
    {
        "detail": [
            {"loc": ["body", "n" * 90_000], "msg": "m" * 90_000, "type": "t" * 90_000},
            {"loc": ["query", "q" * 90_000], "msg": "unlike " * 20_000, "type": "missing"},
        ]
    }
)


@pytest.mark.parametrize("output", sorted(set(RENDERERS) - {"json"}))
@pytest.mark.parametrize(("verbose", "most"), [(0, 20_000), (1, 200_000)])
def test_no_text_of_the_servers_is_endless(output: str, verbose: int, most: int) -> None:
    """People are shown the beginning of a long text and how much was left out."""
    shown = "".join(
        render(report, output, View(width=80, verbose=verbose)) for report in reports(ENDLESS)
    )

    assert len(shown) < most
    assert re.search(r"(?:…|&#8230;) +\(\d+,\d{3} +more\s+characters", shown.replace("\\", ""))


def test_programs_get_texts_whole() -> None:
    """JSON leaves nothing out."""
    shown = "".join(render(report, "json", View()) for report in reports(ENDLESS))

    assert "m" * 90_000 in shown


@given(st.text(max_size=300), st.integers(0, 200))
def test_a_text_is_cut_only_where_that_makes_it_shorter(text: str, most: int) -> None:
    """What is left out is counted, and the whole is never shorter than the words about it."""
    shown = shorten(text, most)
    left = re.search(r"… \((\d+) more characters; --json has all\)\Z", shown)

    assert shown == text or (left and len(shown) < len(text) == most + int(left[1]))


def test_a_place_in_the_query_is_told_once(run: Run, tmp_path: Path) -> None:
    """A pointer that leads into the query is not told a second time, and no request is asked for,
    but where neither the query has it, nor the method is known to have no use for a body."""
    answer = '{"error": {"code": "x", "message": "bad", "field": "berth"}}'
    file = tmp_path / "paste.txt"
    url = "https://quay.example.com/a?{}=7"
    for name in ("berth", "bert"):
        file.write_text(f"$ curl -s '{url.format(name)}'\n{answer}\n")
        sent = run(str(file)).out
        file.write_text(answer)
        given_ = run("--url", url.format(name), str(file)).out

        assert ["query parameter berth"] == re.findall(r"(?m)^  where +(.*)", sent)
        assert [False, name == "bert"] == ["--request" in sent, "--request" in given_]
