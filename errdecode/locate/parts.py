"""Finds parameters: in the query, in the path, in cookies, or in the body."""

from __future__ import annotations

from errdecode.body.form import read_form
from errdecode.locate.echo import confirm, read_echoes
from errdecode.locate.payload import locate_in_body
from errdecode.model import Body, Location, Problem, Request, Text
from errdecode.pointer import build, read_pointer
from errdecode.source import cut


def locate_in_parts(problem: Problem, request: Request, body: Body | None) -> list[Location]:
    """Find the parameter and the field that a problem names.

    A parameter that the server does not say more of is one of the query, or a member of the body
    where the query does not have it.
    """
    found: list[Location] = []
    if problem.header:
        from errdecode.locate.head import locate_in_head

        found += locate_in_head(problem.header, request)
    if not problem.parameter:
        return found
    if problem.parameter_in == "path":
        from errdecode.locate.path import locate_in_path

        return found + locate_in_path(problem, request.url)
    if problem.parameter_in == "cookie":
        from errdecode.locate.head import locate_in_cookies

        return found + locate_in_cookies(problem.parameter, request)
    place = problem._replace(
        pointer_as_sent=problem.parameter, dialect="dotted", pointer=_pointer(problem.parameter)
    )
    if problem.parameter_in == "body":
        return found + (locate_in_body(place, body, _described(request)) if body else [])
    in_query = _in_query(place, request.url)
    if problem.parameter_in != "query" and not any(map(_leads, in_query)):
        in_body = locate_in_body(place, body, _described(request)) if body else []
        if any(map(_leads, in_body)):
            return found + in_body
        if problem.parameter_in is None and _hides_body(request):
            return found
    return found + [_by_its_name(location, problem.parameter) for location in in_query]


def locate_pointer_in_query(problem: Problem, request: Request) -> list[Location]:
    """Follow a pointer into the query of a request that has no body.

    Nothing where the request may have a body that is not shown, or where the query has another
    value than the one that the server quotes; what is not there belongs there only if the method
    has no use for a body (RFC 9110, sections 9.3.1 to 9.3.5).
    """
    if request.url is None or "?" not in request.url.value or _hides_body(request):
        return []
    bodiless = request.method in (None, "GET", "HEAD", "DELETE", "OPTIONS")
    echoes = read_echoes(problem)
    found = _in_query(problem, request.url)
    return [
        place
        for place in found
        if (bodiless or _leads(place))
        and not (place.found and confirm(echoes, place.value) is False)
        and not (place.repairs and place.repairs[0].confirmed is False)
    ]


def _hides_body(request: Request) -> bool:
    """Whether a request has a body that the capture does not show: it is in a file, or the head
    announces it (RFC 9112, section 6.3)."""
    if request.body is not None:
        return False
    if request.files or request.described:
        return True
    fields = {field.name.lower(): field.value.value.strip() for field in request.headers}
    return fields.get("content-length", "0") != "0" or "transfer-encoding" in fields


def _by_its_name(location: Location, name: str) -> Location:
    """A parameter that is not there goes by the name it would have: `page[number]`."""
    if _leads(location) or location.nearest:
        return location
    return location._replace(pointer=build((name,)))


def _leads(location: Location) -> bool:
    return location.found or bool(location.repairs)


def _described(request: Request) -> str:
    return request.described or "the request body"


def _pointer(name: str) -> str | None:
    tokens = read_pointer(name, "dotted").tokens
    return None if tokens is None else build(tokens)


def _in_query(problem: Problem, url: Text | None) -> list[Location]:
    """Find a parameter in the query, which reads as a form does (URL Standard, section 5.1)."""
    if url is None:
        return []
    end = url.value.find("#") if "#" in url.value else len(url.value)
    start = url.value.find("?", 0, end) + 1 or end
    query = cut(url, start, end)
    value, tree = read_form(query.value)
    body = Body("form", None, query, value, (), tree)
    found = locate_in_body(problem, body, "the query of the request's URL")
    return [_lift(location, url, start) for location in found]


def _lift(location: Location, url: Text, by: int) -> Location:
    """A location in a query as one in its URL, which is what a frame shows."""
    repairs = tuple(
        one._replace(
            start=one.start + by,
            end=one.end + by,
            key=_shift(one.key, by),
            reason=one.reason.replace("the payload", "the query"),
        )
        for one in location.repairs
    )
    return location._replace(
        document="request.query",
        text=url,
        start=location.start + by,
        end=location.end + by,
        key=_shift(location.key, by),
        repairs=repairs,
    )


def _shift(key: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (key[0] + by, key[1] + by) if key else None
