"""The request that was answered last, where the answers before it sent the client elsewhere."""

from __future__ import annotations

from errdecode.capture.fields import field_value
from errdecode.model import Note, Request, Response, Text
from errdecode.regex import expression

_KEEPS_METHOD = expression(r"\s(?:-[A-Za-z]{0,8}X|--request|--method)[\s=A-Z'\"]")
"""Options with which a client sends the same method again, wherever it is sent."""
_KEEPS_POST = expression(r"\s--post(30[123])(?!\S)")
"""curl's options to send a POST again after that status."""
_IS_CURL = expression(r"(?:^|[\s/\\])curl(?:\.exe)?\s")
_TRUSTS = expression(r"\s--location-trusted(?!\S)")
"""curl's option to send credentials wherever it is sent."""
_CREDENTIALS = ("authorization", "cookie")
"""Fields that clients do not send to another origin than the one they were meant for."""


def follow(
    command: str,
    first: Request,
    request: Request,
    sent: Request | None,
    earlier: tuple[Response, ...],
) -> tuple[Request, tuple[Note, ...]]:
    """Give a command's request as it was sent last, and a note when that is another one.

    `first` is what the command asks for, `request` the same with all that a transcript adds to it.
    `sent` is the last request that a transcript shows; without one, it is derived from the answers
    (RFC 9110, section 15.4): after 301, 302 and 303 clients send a POST again as a GET, without its
    body, unless the `command` asks for something else, and they keep credentials from other hosts.
    """
    redirects = [one for one in earlier if _leads_on(one)]
    if not redirects:
        return request, ()
    method, url = (sent.method, sent.url) if sent else (request.method, request.url)
    if sent is None:
        keeps = _KEEPS_METHOD.search(command) is not None
        posts = {int(status) for status in _KEEPS_POST.findall(command)}
        for response in redirects:
            if not keeps and not (method == "POST" and response.status in posts):
                method = _method_after(response.status, method)
            url = _url_after(response, url)
    method, url = method or request.method, url or request.url
    before = _target(first.method, first.url or request.url)
    now = request._replace(method=method, url=url)
    if _target(method, url) == before:
        return now, ()
    lost = ""
    if method == "GET" != first.method:
        lost = "; the body was not sent again" if request.body else ""
        now = _without_body(now, sent)
    if not _TRUSTS.search(command) and _is_elsewhere(command, first.url, url):
        now, kept = _without_credentials(now, sent)
        if kept:
            lost += f"; what was for the first host is not sent to another: {' and '.join(kept)}"
    statuses = ", ".join(str(one.status) for one in redirects[:5])
    words = (
        f"this is the answer to {_target(method, url)}: {statuses} led there from {before}{lost}"
    )
    return now, (Note("redirected", words),)


def _without_body(request: Request, sent: Request | None) -> Request:
    """Take away the body that only the first request had, and what curl itself says of it."""
    if sent is not None:
        return request._replace(body=sent.body, described=sent.described, files=())
    headers = tuple(
        field
        for field in request.headers
        if field.value.parent is not None or field.name.lower() != "content-type"
    )
    return request._replace(headers=headers, body=None, described="", files=())


def _without_credentials(request: Request, sent: Request | None) -> tuple[Request, list[str]]:
    """Take away the credentials that only the first host was sent, and tell their names."""
    shown = {field.name.lower() for field in sent.headers} if sent else set()
    names = {name for name in _CREDENTIALS if name not in shown}
    kept = [field.name for field in request.headers if field.name.lower() in names]
    headers = tuple(field for field in request.headers if field.name.lower() not in names)
    return request._replace(headers=headers), kept


def _is_elsewhere(command: str, first: Text | None, url: Text | None) -> bool:
    """Whether an address is one that credentials for another are not sent to: with curl, one of
    another origin (RFC 6454, section 4; CVE-2022-27774), with others, one of another host."""
    one, two = _origin(first), _origin(url)
    return one != two if _IS_CURL.search(command) else one[1] != two[1]


def _origin(url: Text | None) -> tuple[str, str, int | None]:
    """Scheme, host and port; empty for what is no address."""
    from urllib.parse import urlsplit

    text = url.value if url else ""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


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
