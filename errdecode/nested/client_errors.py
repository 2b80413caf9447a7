"""The exchange that the error of an HTTP client carries: what was answered, and what was asked for.

Libraries keep both in the errors that they raise, and programs print these: as JSON, or behind the
stack as Node's `util.inspect` writes objects. The members are named alike: `response.status` and
`response.data`, `config.url` and `config.data` in axios (axios-http.com/docs/handling_errors);
`request.body` in Octokit; `statusCode`, `options` and `body` in got; `error`, `url` and `ok` in
Angular's `HttpErrorResponse`; `error` and `headers` in the clients of OpenAI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.body import place, read_body
from errdecode.model import JSON, Body, Exchange, Field, Note, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.nested.strings import open_string
from errdecode.pointer import Tokens, build
from errdecode.regex import expression
from errdecode.source import cut

_PRINTED = expression(r"(?<!\S)\{[ \t]*\r?\n(?=[ \t]{1,8}(?:['\"\[$]|\w)[^\n]{0,200}:)")
"""The brace at the end of a line, of an object whose members stand on lines of their own."""
_SEARCHED = 1 << 16
"""Characters of a text in which such an object may begin."""
_RAISED = expression(r"(?:Error|Exception)\b|\n[ \t]{1,8}at \S")
"""What stands before it: the error's class, or its stack."""
_END = "\n}"
_ERRORS = ("err", "error", "cause", "reason")
_ANSWERS = ("response", "res")
_STATUSES = ("status", "statusCode", "status_code")
_BODIES = ("data", "body", "text", "content", "error", "raw")
_REQUESTS = ("config", "request", "options", "req")
_URLS = ("url", "uri", "href")
_SENT = ("data", "body", "json")
_MOST_FIELDS = 100
_CODES = range(100, 600)

Object = dict[str, JSON]


class _Part(NamedTuple):
    """An object, and where it stands in the document."""

    value: Object
    at: Tokens = ()

    def inner(self, names: Iterable[str]) -> Iterator[_Part]:
        """Those of its members with these names that are objects."""
        for name in names:
            value = self.value.get(name)
            if isinstance(value, dict):
                yield _Part(value, (*self.at, name))


def read_client_error(exchange: Exchange, body: Body) -> Iterator[Exchange]:
    """The exchanges that a body may tell of as a client's error does, the likeliest first.

    Of an object that a program printed behind a stack, the last is the object itself: libraries
    copy what was answered into their errors.
    """
    printed = _find_printed(body)
    is_words = body.kind == "text" and '{"' in body.text.value[:_SEARCHED]
    document = printed or (read_body(body.text) if is_words else body)
    behind_words = is_words or any(note.kind == "leading-text" for note in body.notes)
    if document.kind != "json" or not isinstance(document.value, dict):
        return
    whole = _Part(document.value)
    error, answer = _find_answer(whole, raised=behind_words or printed is not None)
    request = exchange.request
    if answer:
        request = request or _read_request(document, error, answer)
    status = _status_of(answer.value if answer else {}) or _status_of(error.value)
    response = Response(status, headers=_fields(document, answer) if answer else ())
    name = _name_of_body(answer) if answer else None
    if answer and answer.at and name is None:
        name = _first(answer, _BODIES)  # words, which are the answer's if they stand in it
    if answer and (name or answer.at):
        held = (*answer.at, name) if name else answer.at
        what = "answer" if name else "status"
        note = Note("nested", f"the {what} was read out of {build(held)} of a client's error")
        told = response._replace(body=_text_at(document, held)) if name else response
        yield exchange._replace(response=told, request=request, notes=(*exchange.notes, note))
    if printed:
        note = Note("nested", "read out of the object that a program printed with its error")
        told = response._replace(body=document.text)
        yield exchange._replace(response=told, request=request, notes=(*exchange.notes, note))


def _find_printed(body: Body) -> Body | None:
    """The object at the end of what a program printed of an error."""
    if body.kind != "text":
        return None
    value = body.text.value
    found = _PRINTED.search(value, 0, _SEARCHED)
    if found is None or not _RAISED.search(value, 0, found.start()):
        return None
    start, end = found.start(), value.find(_END, found.start())
    document = read_body(cut(body.text, start, len(value) if end < 0 else end + len(_END)))
    return document if document.kind == "json" else None


def _find_answer(whole: _Part, *, raised: bool) -> tuple[_Part, _Part | None]:
    """The error, which a record may hold, and the object in it that tells what was answered: a
    member, else the error itself, if it shows that it is a client's."""
    for error in (whole, *whole.inner(_ERRORS)):
        for part in error.inner(_ANSWERS):
            status = _status_of(part.value)
            if _name_of_body(part) and (status or _status_of(error.value)):
                return error, part
            if raised and status and status >= 400 and isinstance(part.value.get("headers"), dict):
                return error, part
    value = whole.value
    denied = value.get("ok") is False and isinstance(value.get("url"), str)
    told = _status_of(value) and (denied or isinstance(value.get("headers"), dict))
    return whole, whole if raised or told else None


def _status_of(value: Object) -> int | None:
    """The status among the members of an object."""
    for name in _STATUSES:
        status = value.get(name)
        if isinstance(status, int) and not isinstance(status, bool) and status in _CODES:
            return status
    return None


def _name_of_body(part: _Part) -> str | None:
    """The member that holds the body: an object, an array, or a text that may be one."""
    for name in _BODIES:
        value = part.value.get(name)
        if isinstance(value, str) and value.lstrip().startswith(("{", "[", "<")):
            return name
        if value and isinstance(value, dict | list):
            return name
    return None


def _text_at(document: Body, at: Tokens) -> Text | None:
    """What stands at a place: a string's content, or the value as it is written."""
    tree = place(document, at)
    if tree is None:
        return None
    opened = open_string(document.text, tree.start, tree.end)
    return opened or cut(document.text, tree.start, tree.end)


def _fields(document: Body, part: _Part) -> tuple[Field, ...]:
    """The header of a message: members with strings."""
    fields: list[Field] = []
    for headers in part.inner(("headers",)):
        for name, value in list(headers.value.items())[:_MOST_FIELDS]:
            text = _text_at(document, (*headers.at, name)) if isinstance(value, str) else None
            if text:
                fields.append(Field(name, text))
    return tuple(fields)


def _read_request(document: Body, whole: _Part, answer: _Part) -> Request | None:
    """What was asked for: `config` of the error, its `request`, or those of the answer."""
    asked = [*whole.inner(_REQUESTS), *answer.inner(_REQUESTS)]
    part = next((part for part in asked if _first(part, _URLS) or any(part.inner(_URLS))), None)
    if part is None:
        name = _first(answer, _URLS) or ""
        url = _text_at(document, (*answer.at, name)) if name else None
        return Request(None, url) if url else None
    method = part.value.get("method")
    sent = _first(part, _SENT, (str, dict, list))
    return Request(
        method.upper() if isinstance(method, str) else None,
        _url_of(document, part),
        _fields(document, part),
        _text_at(document, (*part.at, sent)) if sent else None,
        f"{build((*part.at, sent))} of the client's error" if sent else "",
    )


def _first(part: _Part, names: Iterable[str], kinds: tuple[type, ...] = (str,)) -> str | None:
    """The first of some members that holds something of some kinds."""
    held = part.value
    return next((name for name in names if held.get(name) and isinstance(held[name], kinds)), None)


def _url_of(document: Body, part: _Part) -> Text | None:
    """The address, behind the base that it is relative to; an object for one has it as `href`."""
    name, base = _first(part, _URLS), part.value.get("baseURL")
    held = next((inner for inner in part.inner(_URLS) if _first(inner, ("href",))), None)
    at = (*part.at, name) if name else (*held.at, "href") if held else None
    url = _text_at(document, at) if at else None
    if url and "://" not in url.value and isinstance(base, str):
        return Text(f"{base.rstrip('/')}/{url.value.lstrip('/')}")
    return url
