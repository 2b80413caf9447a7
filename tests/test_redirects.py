"""The request is the one that was answered, not the one that was redirected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdecode.capture import read_exchanges
from errdecode.model import Exchange, Text
from errdecode.pipeline import decode

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

HARBOUR = "https://api.example.com/v1/harbours"


def redirected(command: str, *hops: tuple[int, str], status: int = 405) -> Exchange:
    """The exchange of a command whose output holds redirects (status, location) and an answer."""
    heads = "".join(f"HTTP/1.1 {code} Moved\nLocation: {to}\n\n" for code, to in hops)
    paste = f"$ {command}\n{heads}HTTP/1.1 {status} No\nAllow: POST\n\n{{}}\n"
    [exchange] = read_exchanges(Text(paste))
    return exchange


def target(exchange: Exchange) -> str:
    """Method and URL of a request."""
    request = exchange.request
    return f"{request.method} {request.url.value}" if request and request.url else ""


@pytest.mark.parametrize(
    ("command", "to", "fields"),
    [
        ("curl -iL", "https://www.example.org/v1", set()),
        ("curl -iL", "https://api.example.com:8443/v1", set()),
        ("curl -iL", "http://api.example.com/v1", set()),
        ("curl -iL", "/v2", {"Authorization", "Cookie"}),
        ("curl -iL --location-trusted", "https://www.example.org/v1", {"Authorization", "Cookie"}),
        ("http --follow GET", "https://www.example.org/v1", set()),
    ],
)
def test_credentials_stay_with_their_origin(command: str, to: str, fields: set[str]) -> None:
    """What was meant for the first host is not sent to another one, and the note says so."""
    given = "Authorization: Bearer harbour-7", "Cookie: sid=harbour-8"
    if command.startswith("curl"):
        words = f"{command} -H '{given[0]}' -H '{given[1]}' -H 'Accept: text/html' {HARBOUR}"
    else:
        words = f"{command} {HARBOUR} '{given[0]}' '{given[1]}' 'Accept: text/html'"
    exchange = redirected(words, (302, to), status=401)
    told = [note.message for note in exchange.notes if note.kind == "redirected"]

    assert exchange.request
    assert {"Accept", *fields} == {field.name for field in exchange.request.headers}
    assert [not fields] == ["not sent to another: Authorization and Cookie" in one for one in told]


@pytest.mark.parametrize(
    ("status", "options", "method"),
    [
        (301, "-d a=b", "GET"),
        (302, "-d a=b", "GET"),
        (303, "-d a=b", "GET"),
        (307, "-d a=b", "POST"),
        (308, "-d a=b", "POST"),
        (301, "-X POST -d a=b", "POST"),
        (302, "--request POST -d a=b", "POST"),
        (301, "--post301 -d a=b", "POST"),
        (302, "--post301 -d a=b", "GET"),
        (303, "--post301 --post302 -d a=b", "GET"),
        (303, "--post301 --post303 -d a=b", "POST"),
        (301, "-I", "HEAD"),
        (303, "-I", "HEAD"),
        (303, "-T harbour.json", "GET"),
        (301, "", "GET"),
    ],
)
def test_the_method_after_a_redirect(status: int, options: str, method: str) -> None:
    """After 301, 302 and 303 a POST goes on as a GET, unless the command keeps it."""
    there = "https://api.example.org/harbours"
    exchange = redirected(f"curl -iL {HARBOUR} {options}".strip(), (status, there))

    assert target(exchange) == f"{method} {there}"


@pytest.mark.parametrize(
    ("hops", "url"),
    [
        (["/v2/harbours/"], "https://api.example.com/v2/harbours/"),
        (["harbours/all?x=1"], "https://api.example.com/v1/harbours/all?x=1"),
        (["//api.example.org/a", "b"], "https://api.example.org/b"),
        (["https://api.example.org/a/", "b", "../c"], "https://api.example.org/c"),
        (["http://[api.example.org/"], "http://[api.example.org/"),
    ],
)
def test_the_place_a_redirect_leads_to(hops: list[str], url: str) -> None:
    """Each `Location` is resolved against the URL before it; what is none is shown as it is."""
    exchange = redirected(f"curl -iL {HARBOUR}", *((302, hop) for hop in hops))

    assert target(exchange) == f"GET {url}"


def test_a_redirect_is_told() -> None:
    """A note says what was asked first, and that the body did not come along."""
    exchange = redirected(f"curl -iL {HARBOUR} -d a=b", (301, "/v2/"), (302, "/v3/"))
    kinds = {note.kind: note.message for note in exchange.notes}

    assert kinds["redirected"] == (
        "this is the answer to GET https://api.example.com/v3/: 301, 302 led there from "
        f"POST {HARBOUR}; the body was not sent again"
    )


def test_a_body_is_the_first_request_s_alone() -> None:
    """What was sent again as a GET has no body, nor the media type that curl gives it."""
    command = f"curl -iL {HARBOUR} -H 'X-Tide: low' --json '{{\"a\":1}}'"
    got, kept = (redirected(command, (status, "/v2/")).request for status in (302, 307))

    assert got
    assert kept
    assert got.body is None
    assert got.described == ""
    assert [field.name for field in got.headers] == ["X-Tide", "Accept"]
    assert kept.body
    assert kept.body.value == '{"a":1}'


def test_a_transcript_tells_what_was_asked_first() -> None:
    """The note names the method of the command, not of the request that was sent last."""
    paste = (
        f"$ curl -vL {HARBOUR} -d a=b\n"
        "> POST /v1/harbours HTTP/1.1\n> Host: api.example.com\n>\n"
        "< HTTP/1.1 303 See Other\n< Location: /b\n<\n"
        "> GET /b HTTP/1.1\n> Host: api.example.com\n>\n"
        "< HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n<\n{}\n"
    )
    [exchange] = read_exchanges(Text(paste))
    [note] = [note for note in exchange.notes if note.kind == "redirected"]

    assert note.message == (
        "this is the answer to GET https://api.example.com/b: 303 led there from "
        f"POST {HARBOUR}; the body was not sent again"
    )
    assert exchange.request
    assert exchange.request.body is None


def test_a_transcript_shows_what_was_sent() -> None:
    """Where `>` lines show the last request, nothing is derived."""
    paste = (
        f"$ curl -vL {HARBOUR}?a=b\n"
        "> GET /v1/harbours?a=b HTTP/2\n> host: api.example.com\n>\n"
        "< HTTP/2 302\n< location: ../else/\n<\n"
        "* Issue another request to this URL: 'https://api.example.com/else/'\n"
        "> GET /else/ HTTP/2\n> host: api.example.com\n>\n"
        "< HTTP/2 404\n< content-type: application/json\n<\n{}\n"
    )
    [exchange] = read_exchanges(Text(paste))

    assert target(exchange) == "GET https://api.example.com/else/"


@pytest.mark.parametrize("head", ["HTTP/1.1 100 Continue", "HTTP/1.1 200 Connection established"])
def test_other_answers_lead_nowhere(head: str) -> None:
    """Only a redirect changes the request."""
    paste = f"$ curl -i {HARBOUR} -d a=b\n{head}\n\nHTTP/1.1 400 Bad Request\nA: b\n\n{{}}\n"
    [exchange] = read_exchanges(Text(paste))

    assert target(exchange) == f"POST {HARBOUR}"
    assert exchange.notes == ()


def test_what_was_answered_before_is_shown(run: Run, tmp_path: Path) -> None:
    """With -vv the terminal shows the earlier answers, and a field that the remedy speaks of."""
    file = tmp_path / "paste.txt"
    file.write_text(
        f"$ curl -iL {HARBOUR} -d a=b\nHTTP/1.1 301 Moved Permanently\nLocation: /v2/\n\n"
        "HTTP/1.1 405 Method Not Allowed\nAllow: PUT\n\n"
    )
    brief, full = run(str(file)).out, run("-vv", str(file)).out

    assert "earlier 301 Moved Permanently\n          Location: /v2/\n" in full
    assert "said    Allow: PUT\n" in brief


def test_no_request_is_asked_for_where_one_was_redirected() -> None:
    """The body that a redirect took away is not looked into, and no other is asked for."""
    fault = b'{"title":"No","status":422,"errors":[{"pointer":"#/depth","detail":"not a number"}]}'
    paste = (
        b'$ curl -iL https://api.example.com/a -d \'{"depth":"x"}\'\n'
        b"HTTP/1.1 302 Found\nLocation: /b\n\nHTTP/1.1 422 No\nContent-Type: application/json\n\n"
    )
    [report] = decode(paste + fault)

    assert not any("--request" in hint for hint in report.hints)
    assert not any(location.start for one in report.diagnostics for location in one.locations)
