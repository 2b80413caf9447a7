"""The HTML report of a scan: well-formed, harmless, and in a browser all that it promises."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape

import pytest
from hypothesis import given, settings
from sightings import NOON, logs, scan_of, sighting
from test_html import ALLOWED, PLAIN, Page
from test_html_in_a_browser import CHROMIUM, PAPER, Browse, browse, read_png
from test_scan_render import SCANS, scan_in

from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.render import View
from errdecode.render.scan import Findings, render
from errdecode.render.scan.html import SHOWN
from errdecode.scan.model import Scan, Sighting, Unreadable

__all__ = ["browse"]  # a fixture

BARE = {"meta", "input"}
OWN = {
    "svg": {"class", "viewbox", "preserveaspectratio", "aria-hidden", "role", "aria-labelledby"},
    "path": {"d"},
    "rect": {"x", "y", "width", "height"},
    "title": {"id"},
    "desc": {"id"},
    "h2": {"id"},
    "figure": {"class"},
    "figcaption": set(),
    "div": {"class", "hidden", "aria-hidden"},
    "label": {"for"},
    "input": {"type", "id", "placeholder"},
    "select": {"id"},
    "option": {"value", "data-by", "selected"},
    "output": {"id", "for"},
    "ol": {"class", "aria-labelledby"},
    "li": {
        "id", "data-number", "data-first", "data-last", "data-status", "data-name", "data-format",
    },
    "script": set(),
    "a": {"href"},
}  # fmt: skip
"""The elements of the page that no other page has, with all attributes they may have."""
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")


class ScanPage(Page):
    """A page of a scan, taken apart."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element; an input has no end."""
        super().handle_starttag(tag, attrs)
        if tag in BARE - {"meta"}:
            self.open.pop()


def page_of(scan: Scan, *, opened: bool = False) -> str:
    """The page of a scan; with the first group's exemplar in full."""
    body = (
        '{"message": "Validation failed", "errors": [{"title": "Invalid type", "details": "no", '
        '"source": {"pointer": "/attributes/Name"}}], "StatusCode": 400}'
    )
    report = redact(decode(body, request='{"attributes": {"Name": false}}')[0])
    reports = {scan.groups[0].number: report} if opened else {}
    return render(Findings(scan, reports, "errdecode scan logs"), "html", View())


def shop() -> Scan:
    """A scan with everything in it."""
    return scan_in(SCANS / "shop")


# ---------------------------------------------------------------- form


@pytest.mark.parametrize("case", sorted(path.name for path in SCANS.iterdir()))
def test_every_page_is_well_formed(case: str) -> None:
    """Every tag is closed in its turn, ids are unique, and only known tags and attributes stand."""
    scan = scan_in(SCANS / case)
    page = ScanPage(page_of(scan, opened=bool(scan.groups)))
    ids = page.values("id")

    assert ([], set()) == (page.faults, unexpected(page))
    assert len(set(ids)) == len(ids)
    assert set() == {word for value in page.values("aria-labelledby") for word in value.split()} - (
        set(ids)
    )


def unexpected(page: Page) -> set[str]:
    """Tags and attributes that no page has."""
    return {
        f"{tag} {name}"
        for tag, attributes in page.tags
        for name in ["", *attributes]
        if (tag not in OWN and tag not in ALLOWED and tag not in PLAIN)
        or (name and name not in OWN.get(tag, set()) | ALLOWED.get(tag, {"class"}))
    }


@settings(max_examples=40)
@given(logs(12))
def test_no_text_becomes_markup(items: list[Sighting | Unreadable]) -> None:
    """Whatever stands in a log, no tag or attribute comes of it, and no secret is shown."""
    text = page_of(scan_of(*items))
    page = ScanPage(text)

    assert ([], set()) == (page.faults, unexpected(page))
    assert text.isascii()
    assert "sk_live_abc" not in text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script></style>"]
)
def test_hostile_text_stays_text(text: str) -> None:
    """Codes, messages, names of files, ids and reasons are escaped, in content and attributes."""
    item = sighting(code=text, title=text, file=text, url=text, trace_id=text, pointer=text)
    page = ScanPage(page_of(scan_of(item, sighting(1, code=None, message=text, format=text))))

    assert ([], set()) == (page.faults, unexpected(page))
    assert 1 == sum(tag == "script" for tag, _ in page.tags)
    assert text in page.text()


def test_only_the_one_script_may_run() -> None:
    """The page's policy lets nothing be loaded, and names the digest of its one script."""
    text = page_of(shop())
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    policy = ScanPage(text).values("content")[0]
    digest = b64encode(sha256(script[0].encode()).digest()).decode()

    assert 1 == len(script)
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy
    assert not re.search(r"url\(|@import|<link|<img|https?://(?!api|mail)[^w]", text)


def test_there_is_a_limit() -> None:
    """Of very many groups the page shows the most frequent ones and counts the others."""
    scan = scan_of(*(sighting(n, code=f"code_{n}", time=NOON + n) for n in range(SHOWN + 50)))
    text = page_of(scan)

    assert SHOWN == text.count('<li id="group-')
    assert "and 50 more groups with 50 errors" in text
    assert "the 300 most frequent of 350 groups" in text
    assert len(text) < 1_000_000


def test_the_chart_is_told_in_words() -> None:
    """The chart has a title, a sentence with its figures, and a table of them."""
    text = page_of(shop())

    assert "20 errors from 2025-11-20" in text
    assert "the most, " in text
    assert "<caption>Errors in each span of 64 s</caption>" in text
    assert "1 bore no time" in text


# ---------------------------------------------------------------- in a browser


@in_a_browser
@pytest.mark.parametrize("scheme", PAPER)
def test_the_page_is_light_or_dark(browse: Browse, tmp_path: object, scheme: str) -> None:
    """The page takes the colours that the reader prefers, and it is not blank."""
    picture = f"{tmp_path}/page.png"
    prefers = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    browse(page_of(shop()), f"--screenshot={picture}", "--window-size=900,1200", prefers)
    with open(picture, "rb") as file:
        corner, rows = read_png(file.read())

    assert PAPER[scheme] == corner
    assert rows > 100


def framed(page: str, script: str, width: int = 900) -> str:
    """A page that shows another one, runs a script in it and tells the result in its title."""
    act = escape(f"const page = this.contentDocument; document.title = {script}")
    return (
        "<!DOCTYPE html><title></title>"
        f'<iframe width="{width}" height="2000" srcdoc="{escape(page)}" onload="{act}"></iframe>'
    )


def outcome(seen: str) -> str:
    """The title that a script left."""
    found = re.search("<title>(.*?)</title>", seen)

    assert found is not None
    return found[1]


@in_a_browser
@pytest.mark.parametrize("case", ["shop", "hostile"])
def test_nothing_overflows_a_telephone(browse: Browse, case: str) -> None:
    """At 360 pixels no line makes the page wider than the window, with all folds open."""
    scan = scan_in(SCANS / case)
    page = page_of(scan, opened=bool(scan.groups)).replace("<details>", "<details open>")
    script = "page.documentElement.scrollWidth"

    assert "360" == outcome(browse(framed(page, script, 360), "--dump-dom"))


ORDER = "Array.from(page.querySelectorAll('.groups > li:not([hidden])')).map(n => n.id).join(' ')"


FILTERED = {
    "": "1 2 3 4",
    "RATE_limit": "1",
    "price shop.log": "3",
    "mail.example.com": "2",
    "nothing like it": "",
}
SORTED = {
    "number": "1 2 3 4",
    "first": "1 2 3 4",
    "last": "1 3 2 4",
    "status": "1 3 2 4",
    "name": "4 3 1 2",
    "format": "2 1 3 4",
}


def numbered(order: str) -> str:
    """Groups by number as the script tells them."""
    return " ".join(f"group-{number}" for number in order.split())


@in_a_browser
def test_the_filter(browse: Browse) -> None:
    """What is typed is looked for in all that is known of a group; all words have to be there."""
    script = (
        f"{[*FILTERED]}.map(words => (page.getElementById('filter').value = words,"
        " page.getElementById('filter').dispatchEvent(new Event('input')),"
        f" {ORDER} + ', ' + page.getElementById('shown').textContent)).join('; ')"
    )
    seen = outcome(browse(framed(page_of(shop()), script), "--dump-dom"))

    assert [
        f"{numbered(shown)}, {len(shown.split())} of 4 shown" for shown in FILTERED.values()
    ] == seen.split("; ")


@in_a_browser
def test_the_filter_tells_that_it_has_not_all(browse: Browse) -> None:
    """Of more groups than the page has, it says how many there are, and what it looks through."""
    scan = scan_of(*(sighting(n, code=f"code_{n}", time=NOON + n) for n in range(SHOWN + 900)))
    script = (
        "['', 'nowhere'].map(words => (page.getElementById('filter').value = words,"
        " page.getElementById('filter').dispatchEvent(new Event('input')),"
        " page.getElementById('shown').textContent)).join('; ')"
    )
    seen = outcome(browse(framed(page_of(scan), script), "--dump-dom"))

    assert f"300 of {len(scan.groups):,} shown; 0 of the 300 on this page shown" == seen


@in_a_browser
def test_sorting(browse: Browse) -> None:
    """Groups are sorted by count, times, status, code or format."""
    script = (
        f"{[*SORTED]}.map(by => (page.getElementById('sort').value = by,"
        f" page.getElementById('sort').dispatchEvent(new Event('change')), {ORDER})).join('; ')"
    )
    seen = outcome(browse(framed(page_of(shop()), script), "--dump-dom"))

    assert list(map(numbered, SORTED.values())) == seen.split("; ")


@in_a_browser
def test_it_works_from_the_keyboard(browse: Browse) -> None:
    """Everything that can be done takes the focus, in the order of the page, and bears a name."""
    script = (
        "Array.from(page.querySelectorAll('summary, input, select, a[href]'))"
        ".filter(n => n.checkVisibility()).every(n => (n.focus(), page.activeElement === n)"
        " && n.tabIndex === 0 && (n.textContent.trim() || n.labels[0].textContent).length > 0)"
    )

    assert "true" == outcome(browse(framed(page_of(shop()), script), "--dump-dom"))


@in_a_browser
def test_without_a_script_everything_is_there(browse: Browse) -> None:
    """Where no script runs, the controls stay hidden and all groups can be read and opened."""
    page = re.sub("script-src 'sha256-[^']*'", "script-src 'none'", page_of(shop()))
    page = page.replace("&#x27;sha256-", "&#x27;sha256-x")
    script = (
        "getComputedStyle(page.querySelector('.controls')).display + ' ' +"
        " page.querySelectorAll('.groups > li').length + ' ' +"
        " (page.querySelector('.groups summary').click(),"
        " page.querySelector('.groups details').open)"
    )

    assert "none 4 true" == outcome(browse(framed(page, script), "--dump-dom"))


@in_a_browser
def test_nothing_is_asked_of_the_network(browse: Browse) -> None:
    """The page loads nothing at all: neither from the network nor from beside it."""
    script = "page.defaultView.performance.getEntriesByType('resource').length"

    assert "0" == outcome(browse(framed(page_of(shop(), opened=True), script), "--dump-dom"))


@in_a_browser
def test_a_link_to_a_group_opens_it(browse: Browse) -> None:
    """What a group follows is a link, and the group it leads to opens."""
    page = page_of(shop())
    script = (
        "(page.querySelector('a[href=\\'#group-2\\']') !== null) + ' ' +"
        " page.querySelectorAll('details[open]').length"
    )

    assert "true 0" == outcome(browse(framed(page, script), "--dump-dom"))
