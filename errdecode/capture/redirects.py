"""The request that was answered last, where the answers before it sent the client elsewhere."""

from __future__ import annotations

import re

from errdecode.capture.fields import field_value
from errdecode.model import Note, Request, Response, Text

_KEEPS_METHOD = re.compile(r"\s(?:-[A-Za-z]{0,8}X|--request|--method|--post30[123])[\s=A-Z'\"]")
"""Options with which a client sends the same method again, wherever it is sent."""


def follow(
    command: str, request: Request, sent: Request | None, earlier: tuple[Response, ...]
) -> tuple[Request, tuple[Note, ...]]:
    """Give a command's request as it was sent last, and a note when that is another one.

    `sent` is the last request that a transcript shows; without one, it is derived from the answers
    (RFC 9110, section 15.4): after 301, 302 and 303 clients send a POST again as a GET, unless the
    `command` asks for something else.
    """
    redirects = [one for one in earlier if _leads_on(one)]
    if not redirects:
        return request, ()
    method, url = (sent.method, sent.url) if sent else (request.method, request.url)
    if sent is None:
        keeps = _KEEPS_METHOD.search(command) is not None
        for response in redirects:
            method = method if keeps else _method_after(response.status, method)
            url = _url_after(response, url)
    method, url = method or request.method, url or request.url
    before = _target(request.method, request.url)
    now = request._replace(method=method, url=url)
    if _target(method, url) == before:
        return now, ()
    statuses = ", ".join(str(one.status) for one in redirects[:5])
    lost = (
        "; the body was not sent again"
        if request.body and "GET" == method != request.method
        else ""
    )
    words = (
        f"this is the answer to {_target(method, url)}: {statuses} led there from {before}{lost}"
    )
    return now, (Note("redirected", words),)


def _leads_on(response: Response) -> bool:
    status = response.status or 0
    return 301 <= status <= 308 and bool(field_value(response.headers, "location"))


def _method_after(status: int | None, method: str | None) -> str | None:
    if (status in (301, 302) and method == "POST") or (status == 303 and method != "HEAD"):
        return "GET"
    return method


def _url_after(response: Response, url: Text | None) -> Text | None:
    """The target of a redirect; an absolute one is the field's own text."""
    location = next(f.value for f in response.headers if f.name.lower() == "location")
    if "://" in location.value or url is None:
        return location
    from urllib.parse import urljoin

    base = url.value if "://" in url.value else f"http://{url.value}"
    try:
        return Text(urljoin(base, location.value))
    except ValueError:  # neither of them need be an address
        return location


def _target(method: str | None, url: Text | None) -> str:
    return f"{method or 'GET'} {url.value if url else 'another address'}"
