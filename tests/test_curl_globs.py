"""The laws of patterns in curl's URLs: what they stand for, and which answer belongs to which."""

from __future__ import annotations

import pytest

from errdecode.capture import read_exchanges
from errdecode.capture.clients.curl_globs import expand_url
from errdecode.model import Text
from errdecode.source import to_root

QUAY = "https://quay.example.com/boats"


@pytest.mark.parametrize(
    ("pattern", "urls"),
    [
        ("/{a,bc}", ["/a", "/bc"]),
        ("/{a,}", ["/a", "/"]),
        ("/[1-3]", ["/1", "/2", "/3"]),
        ("/[08-10]", ["/08", "/09", "/10"]),
        ("/[1-9:4]", ["/1", "/5", "/9"]),
        ("/[a-c:2]", ["/a", "/c"]),
        ("/{x,y}/[1-2]", ["/x/1", "/x/2", "/y/1", "/y/2"]),
        (r"/\[1-3\]/[1-2]", ["/[1-3]/1", "/[1-3]/2"]),
    ],
)
def test_a_pattern_stands_for_urls(pattern: str, urls: list[str]) -> None:
    """In curl's order: the last part is the first to change."""
    assert urls == [one.value for one in expand_url(Text(pattern), 100)]


@pytest.mark.parametrize(
    "url",
    [
        *("/a", "/{id}", "/${a,b}", "/{{a,b}}", "http://[::1]/", "/[3-1]", "/[1-300]", "/[a-C]"),
        *("/[1-20]/[1-20]", "/[0-99999999999]", "/{a,b" * 9, "/{,,,,,,,}" * 9),
    ],
)
def test_other_urls_stand_for_themselves(url: str) -> None:
    """So do placeholders, addresses of IPv6, and what would be too many."""
    assert [] == expand_url(Text(url), 100)


def test_each_character_leads_to_the_pattern() -> None:
    """Words of a set to themselves, numbers to their range."""
    url = Text("/{ab,cd}/[1-2]")
    last = expand_url(url, 100)[-1]

    assert ("/cd/2", (5, 7)) == (last.value, to_root(last, 1, 3)[1:])
    assert (9, 14) == to_root(last, 4, 5)[1:]


def read(options: str, answers: int) -> list[str | None]:
    """The addresses that the answers of a command belong to."""
    outputs = "".join(f'{{"error": "no boat {number}"}}\n' for number in range(answers))
    found = read_exchanges(Text(f"$ curl -sS {options}\n{outputs}"))
    return [one.request.url.value if one.request and one.request.url else None for one in found]


def test_each_answer_belongs_to_its_url() -> None:
    """Where there are as many as the pattern has; else the pattern is all that is known."""
    assert [f"{QUAY}/1", f"{QUAY}/2"] == read(f"'{QUAY}/[1-2]'", 2)
    assert [f"{QUAY}/[1-2]"] == read(f"'{QUAY}/[1-2]'", 1)


@pytest.mark.parametrize("option", ["-g", "--globoff", "-sg"])
def test_globs_are_switched_off(option: str) -> None:
    """Then a pattern is a URL as it stands."""
    assert [f"{QUAY}/[1-2]"] * 2 == read(f"{option} '{QUAY}/[1-2]'", 2)
