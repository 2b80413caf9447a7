"""A catalog example as the exchange it stands for."""

from __future__ import annotations

from errdecode.format import Counterexample, Example
from errdecode.model import Exchange, Failure, Field, Request, Response, Text


def exchange_of(example: Example | Counterexample) -> Exchange:
    """Build the exchange of an example: no capture, only what the example says."""
    headers = dict(example.headers)
    if example.media_type:
        headers.setdefault("Content-Type", example.media_type)
    fields = tuple(Field(name, Text(value)) for name, value in headers.items())
    response = Response(example.status, None, fields, Text(example.body))
    request = Request(url=Text(example.url)) if example.url else None
    failure = None
    if isinstance(example, Example):
        request = _request_of(example)
        if example.failure is not None:
            failure = Failure("curl", example.failure)
        if failure or example.timeout:
            response = None  # type: ignore[assignment]  # narrowed to Response above
    return Exchange("http", Text(example.body), request=request, response=response, failure=failure)


def _request_of(example: Example) -> Request | None:
    if example.request is None and example.url is None and example.method is None:
        return None
    return Request(
        example.method,
        None if example.url is None else Text(example.url),
        body=None if example.request is None else Text(example.request),
        described="the example's request",
    )


def content_type(exchange: Exchange) -> str | None:
    """The response's Content-Type, as declared."""
    fields = exchange.response.headers if exchange.response else ()
    return next((f.value.value for f in fields if f.name.lower() == "content-type"), None)
