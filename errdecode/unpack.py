"""What a response says inside its body or its fields: nested documents, and the status of gRPC."""

from __future__ import annotations

import json
from collections.abc import Iterator

from errdecode.batch import failed_places
from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import Seen, see
from errdecode.detect import detect
from errdecode.extract.claims import looks_like_error, sounds_failing
from errdecode.extract.generic import read_generically
from errdecode.model import Body, Detection, Exchange, Note, Text
from errdecode.patterns import select
from errdecode.pointer import Tokens, resolve
from errdecode.regex import expression
from errdecode.source import Builder, cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdecode.nested import Nested

GRPC_DETAILS = "grpc-status-details-bin"
_BLANKS = (b"\r\n\r\n", b"\n\n")
"""What ends the head of an HTTP message."""
_GRPC_FIELDS = ("grpc-status", "grpc-message")
_REDIRECTS = (301, 302, 303, 307, 308)
_ERROR = expression(
    r"(?:\A|[\s:(\[])(?:\w{0,60}(?:Error|Exception)|error|ERROR|fatal|panic)\b[:\]]"
)
"""How a sentence begins that a program prints of an error: by its class, or by the word."""
_FORM = "application/x-www-form-urlencoded"


def decompress(data: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """An input that is compressed, or an HTTP message whose content is, without the compression.

    What could be read of damaged data, with notes; the data itself when it is not compressed.
    """
    from errdecode.nested.inflate import gunzip_bytes

    head, content = b"", data
    if data.startswith(b"HTTP/"):
        ends = [data.find(blank) + len(blank) for blank in _BLANKS if blank in data]
        head, content = data[: min(ends, default=0)], data[min(ends, default=0) :]
    inflated = gunzip_bytes(content)
    if inflated is None:
        return data, ()
    said = "the content of the response" if head else "the input"
    notes = (Note("nested", f"{said} was decompressed ({inflated.step})"), *inflated.notes)
    return head + inflated.data, notes


def unpack(exchange: Exchange, body: Body) -> Body:
    """The body with what stands for it written out: gRPC's status, the details of Connect.

    gRPC answers with fields and mostly no body (gRPC over HTTP/2, "Responses"): their status is
    then read as the JSON of google.rpc.Status.
    """
    if body.kind == "empty" and exchange.response:
        return _read_grpc(exchange) or body
    if body.kind == "json" and isinstance(body.value, dict) and '"value"' in body.text.value:
        from errdecode.nested.grpc import expand_details

        written_out = expand_details(body.value)
        if written_out is not None:
            note = Note("nested", "the details were decoded from base64 and protobuf")
            return body._replace(value=written_out, notes=(*body.notes, note))
    return body


def detect_inside(
    exchange: Exchange, body: Body, detection: Detection, catalog: Catalog
) -> tuple[Detection, Body, Body | None]:
    """The first document inside the body, or in a redirect, that is in a documented format.

    Without one the body, or the document that is all it says, and what that one stands in.
    """
    for inner in read_redirect(exchange):
        found = detect(catalog, see(exchange, inner))
        if found.best:
            return found, inner, None
    best, around, holder = body, None, None
    for seen, inner, nested in look_inside(exchange, body):
        found = detect(catalog, seen)
        if found.best:
            return found, inner, None
        if nested.outer is around and stands_for(best, nested):
            best, around, holder = inner, nested, best
    return detection, best, holder


def detect_carried(
    exchange: Exchange, body: Body, detection: Detection, catalog: Catalog
) -> tuple[Detection, Body, Body | None]:
    """The answer in a documented format that the body passes on in a member which its own format
    names for that, and the body around it; without one the body as it was detected."""
    from errdecode.extract import extractor_of

    best = detection.best
    words = extractor_of(catalog.format(best.id), best.shape).carries if best else ()
    places = {place for at in words for place, _ in select(body.value, at)}
    for seen, inner, nested in look_inside(exchange, body) if places else ():
        if _outermost(nested).tokens in places:
            found = detect(catalog, seen)
            if found.best:
                return found, inner, body
    return detection, body, None


def read_redirect(exchange: Exchange) -> Iterator[Body]:
    """The parameters with which a redirect may tell the client of an error, as a form.

    RFC 6749, sections 4.1.2.1 and 4.2.2.1: in the query or the fragment of the Location field.
    """
    response = exchange.response
    if response is None or response.status not in _REDIRECTS:
        return
    fields = (field.value for field in response.headers if field.name.lower() == "location")
    location = next(fields, None)
    if location is None:
        return
    before = location.value.partition("#")[0]
    query = before.find("?") + 1 or len(before)
    parts = (("query", query, len(before)), ("fragment", len(before) + 1, len(location.value)))
    for name, start, end in parts:
        if "&error=" in f"&{location.value[start:end]}":
            body = read_body(cut(location, start, end), _FORM)
            note = Note("nested", f"read out of the {name} of the field Location")
            yield body._replace(media_type=None, notes=(*body.notes, note))


def look_inside(exchange: Exchange, body: Body) -> Iterator[tuple[Seen, Body, Nested]]:
    """The documents inside a body that is in no documented format, the likeliest first.

    A success is only looked into when it is an encoding as a whole: what its members hold is data,
    but in the items of a batch that failed.
    """
    status = exchange.response.status if exchange.response else None
    is_success = status is not None and status < 400
    failed: set[Tokens] | None = None
    if body.kind == "empty":
        return
    from errdecode.nested import describe, follow

    for nested in follow(body):
        if is_success and (nested.tokens or nested.outer):
            failed = set(failed_places(body)) if failed is None else failed
            if not _is_within(nested, failed):
                continue
        notes = (describe(nested), *nested.notes, *nested.body.notes)
        inner = nested.body._replace(notes=(*body.notes, *notes))
        yield see(exchange, inner), inner, nested


def read_as_words(body: Body) -> Body | None:
    """A body that is words of a failure with JSON in them, as the text it is.

    None for one that is JSON behind words of another kind, or whose JSON tells of an error itself.
    """
    if body.kind != "json" or body.tree is None or looks_like_error(body):
        return None
    if not any(note.kind == "leading-text" for note in body.notes):
        return None
    told = next(iter(read_generically(body)), None)
    if told is not None and (told.detail or told.title or told.code):
        return None
    words = body.text.value[: body.tree.start]
    if not (_ERROR.search(words) and sounds_failing(words)):
        return None
    return Body("text", body.media_type, body.text, body.text.value)


def _is_within(nested: Nested, places: set[Tokens]) -> bool:
    """Whether a document stands within one of these places of the response's own body."""
    tokens = _outermost(nested).tokens
    return any(tokens[:size] in places for size in range(len(tokens)))


def _outermost(nested: Nested) -> Nested:
    """The document that stands in the response's own body, and holds this one at last."""
    while nested.outer is not None:
        nested = nested.outer
    return nested


def stands_for(outer: Body, nested: Nested) -> bool:
    """Whether a document in no documented format is what the body around it says.

    An encoding of the whole is; a member is when the outer body has it for its message, and the
    document has a message of its own. A document within words is a part of what they say.
    """
    if not nested.is_content or "JSON within text" in nested.steps:
        return False
    if not nested.tokens:
        return True
    told = next(iter(read_generically(outer)), None)
    held = resolve(outer.value, nested.tokens)
    if told is None or not held.found or held.value not in (told.detail, told.title):
        return False
    return any(problem.detail for problem in read_generically(nested.body))


def _read_grpc(exchange: Exchange) -> Body | None:
    """The status that gRPC's fields tell, as a body; None without one, or when it is OK."""
    headers = exchange.response.headers if exchange.response else ()
    fields = {field.name.lower(): field.value for field in headers}
    details, code = fields.get(GRPC_DETAILS), fields.get("grpc-status")
    if (details is None and code is None) or (code is not None and code.value.strip() == "0"):
        return None
    from errdecode.nested.grpc import decode_grpc_message, read_status_details

    status = read_status_details(details.value) if details else None
    told: Text | None = details
    names = GRPC_DETAILS
    if status is None and code is not None and code.value.strip().isdecimal():
        message = fields.get("grpc-message")
        said = decode_grpc_message(message.value) if message else ""
        status = {"code": int(code.value.strip()[:9]), "message": said, "details": []}
        told, names = code, " and ".join(name for name in _GRPC_FIELDS if name in fields)
    if status is None or told is None:
        return None
    builder = Builder(told)
    builder.put(json.dumps(status, ensure_ascii=False), 0, len(told.value))
    body = read_body(builder.text())
    return body._replace(notes=(Note("nested", f"read out of the fields {names}"),))
