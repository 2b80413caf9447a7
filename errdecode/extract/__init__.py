"""Read a format's problems out of a response, as its extractor says.

`items` finds what problems are read from, `reads` reads one member of a problem, `places` where the
fault lies in the request, and `generic` reads what no documented format covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.clue import LONGEST_SUBJECT, fold_code
from errdecode.extract.items import select_items
from errdecode.extract.places import read_places
from errdecode.extract.reads import Found, Item, Source, read_first
from errdecode.format import Extract, Format, Read
from errdecode.model import JSON, Body, Exchange, Problem
from errdecode.patterns import scalar, split_pattern
from errdecode.pointer import Tokens, build, resolve
from errdecode.regex import expression
from errdecode.retry.times import answered_at, read_wait

MOST_PROBLEMS = 1000
"""Problems read out of one response; a note tells when there were more."""
LONGEST_CODE = 120
"""Characters of a code."""
_WORDS = tuple("code type title detail instance help parameter header line operation".split())


def extractor_of(format: Format, shape: str) -> Extract:
    """The format's extractor for one of its shapes: the shape's words over the format's."""
    from errdecode.format import Shape

    own = next((s for s in format.shapes if s.name == shape), Shape())
    default = Extract()._asdict()
    words = {n: v for n, v in own.extract._asdict().items() if v != default[n]}
    return format.extract._replace(**words)


def extract(format: Format, shape: str, exchange: Exchange, body: Body) -> list[Problem]:
    """Read all problems, in the order of the response."""
    source = Source(exchange, body, extractor_of(format, shape))
    codes = {fold_code(c.code): c.code for c in format.codes if c.code is not None}
    problems: list[Problem] = []
    around: dict[Tokens | None, dict[str, JSON]] = {None: {}}
    for item in read_items(source):
        problem = _problem(source, item, codes if format.fold_codes else {})
        place = _place_around(source.extract, item.place)
        if place not in around:
            around[place] = _read_around(source.extract, body, place or ())
        if around[place]:
            problem = problem._replace(extensions={**around[place], **problem.extensions})
        problems.append(problem)
        if len(problems) >= MOST_PROBLEMS:
            break
    return problems


def read_request_id(format: Format, shape: str, exchange: Exchange, body: Body) -> str | None:
    """The id that support asks for, where the format's extractor knows its place."""
    source = Source(exchange, body, extractor_of(format, shape))
    item = Item((), body.value)
    if source.extract.read not in (None, "body"):
        item = next(read_items(source), item)
    found = read_first(source, item, source.extract.request_id)
    return found.text if found else None


# ---------------------------------------------------------------- items


def read_items(source: Source) -> Iterator[Item]:
    """The things that problems are read from, in document order; however many there are."""
    match source.extract.read:
        case "failure":
            failure = source.exchange.failure
            if failure:
                yield Item(
                    (),
                    {
                        "client": failure.client,
                        "code": str(failure.code),
                        "message": failure.message,
                    },
                )
        case "text":
            yield from _text_items(source)
        case "www-authenticate":
            yield from _challenge_items(source.exchange)
        case _:
            yield from select_items(source.extract, Item((), source.body.value), source.is_xml)


def _text_items(source: Source) -> Iterator[Item]:
    """What a pattern finds in a text; without what markup and JSON write characters with."""
    pattern = source.extract.pattern or "(?P<detail>.+)"
    plain = {"html": _plain, "xml": _plain, "json": _unescaped}.get(source.body.kind, str)
    for match in re.finditer(pattern, source.body.text.value[:LONGEST_SUBJECT]):
        found = {n: v for n, v in match.groupdict().items() if v is not None}
        members: dict[str, JSON] = {name: plain(written) for name, written in found.items()}
        yield Item((), members)


def _plain(written: str) -> str:
    """Undo character references (HTML, section 13.5): `&#39;` is an apostrophe."""
    if "&" not in written:
        return written
    from html import unescape

    return unescape(written).replace("\u00a0", " ")


def _unescaped(written: str) -> str:
    """Undo the escapes of a piece of a JSON string; what is no such piece stays as it is."""
    if "\\" not in written:
        return written
    from json import loads

    try:
        return str(loads(f'"{written}"', strict=False))
    except ValueError:
        return written


def _challenge_items(exchange: Exchange) -> Iterator[Item]:
    """The challenges that bear an error (RFC 6750, section 3.1), else all there are."""
    fields = exchange.response.headers if exchange.response else ()
    values = (f.value.value for f in fields if f.name.lower() == "www-authenticate")
    challenges = [challenge for value in values for challenge in read_challenges(value)]
    bearing = [challenge for challenge in challenges if "error" in challenge]
    return (Item((), challenge) for challenge in bearing or challenges)


_NAME = r"[\w!#$%&'*+.^`|~-]+"
_SCHEME = expression(rf"[\s,;]*({_NAME})(?:[ \t]+|(?=,)|\Z)", re.ASCII)
_PARAMETER = expression(
    rf'[\s,;]*({_NAME})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"?|([^\s,;"]*))', re.ASCII | re.DOTALL
)
_TOKEN68 = expression(r"([\w.~+/-]+=*)[ \t]*(?=,|\Z)", re.ASCII)
LONGEST_FIELD = 8000
"""Characters of a WWW-Authenticate field that are read."""


def read_challenges(value: str) -> list[dict[str, JSON]]:
    """Read the challenges of a WWW-Authenticate field as objects of their parameters.

    RFC 9110, section 11.6.1; the member `token68` holds credentials that are no parameters (section
    11.2). Names of parameters are in lower case.
    """
    value = value[:LONGEST_FIELD]
    challenges: list[dict[str, JSON]] = []
    at = 0
    while at < len(value):
        parameter = _PARAMETER.match(value, at) if challenges else None
        if parameter:
            name, quoted, plain = parameter.groups()
            text = plain if quoted is None else re.sub(r"(?s)\\(.)", r"\1", quoted)
            challenges[-1].setdefault(name.lower(), text)
            at = parameter.end()
            continue
        scheme = _SCHEME.match(value, at)
        if scheme is None:
            break
        challenges.append({"scheme": scheme[1]})
        at = scheme.end()
        credentials = _TOKEN68.match(value, at)
        if credentials:
            challenges[-1]["token68"] = credentials[1]
            at = credentials.end()
    return challenges


def _problem(source: Source, item: Item, folded: dict[str, str]) -> Problem:
    """Normalise one item."""
    words, used = {}, set()
    extract = source.extract
    for word in _WORDS:
        found = read_first(source, item, getattr(extract, word))
        if found and not isinstance(found.value, list | dict):
            words[word] = found.text
            used.add(found.place)
            if word == "code":
                words["code_as_sent"] = _as_sent(found)
    status = read_first(source, item, extract.status)
    places = read_places(source, item)
    used |= places.used | ({status.place} if status and not status.read.template else set())
    wait = read_first(source, item, extract.retry_after)
    again = read_first(source, item, extract.retryable)
    one_of = read_first(source, item, extract.one_of)
    code = words.pop("code", None)
    return Problem(
        code=None if code is None else folded.get(fold_code(code), code.strip()),
        status=as_status(status.value if status else None),
        extensions=_rest(source, item, {place for place in used if place}),
        origin=build(item.place),
        one_of=one_of.text if one_of else None,
        retry_after=as_seconds(wait.text, wait.read.unit, source.exchange) if wait else None,
        retryable=as_bool(again.value) if again else None,
        retryable_by=_told_by(again) if again else "",
        **{**words, **places.members},  # type: ignore[arg-type]  # each is what the field holds
    )


def _as_sent(found: Found) -> str:
    """A code as it stands in the response: `soap:Server`; not the sentence it was found in."""
    sent = str(found.sent)
    return sent if len(sent) <= LONGEST_CODE and " " not in sent.strip() else found.text


def _told_by(found: Found) -> str:
    """Where something stands, and what: `x-should-retry: false`."""
    return f"{found.read.header or build(found.place or ())}: {found.text}"


def as_status(value: JSON) -> int | None:
    """An HTTP status out of a number or a numeric string."""
    if (
        isinstance(value, int | str)
        and not isinstance(value, bool)
        and re.fullmatch("[1-5][0-9][0-9]", str(value))
    ):
        return int(value)
    return None


def as_bool(value: JSON) -> bool | None:
    """True or false, also as a field of a head has it."""
    said = value.strip().lower() if isinstance(value, str) else value
    return (
        {"true": True, "false": False}.get(said)
        if isinstance(said, str)
        else (said if isinstance(said, bool) else None)
    )


def as_seconds(text: str, unit: str = "s", exchange: Exchange | None = None) -> float | None:
    """Seconds to wait out of a member, `unit` as in `Read.unit`; a time is held against the
    exchange's own Date field."""
    return read_wait(text, unit, answered_at(exchange) if exchange else None)


def _rest(source: Source, item: Item, used: set[Tokens]) -> dict[str, JSON]:
    """What else the item bears.

    Members left beside one that was used come up a level (`source.resource`).
    """
    if not isinstance(item.value, dict):
        return {}
    heads = {place[0] for place in used}
    skipped = set(source.extract.ignore)
    if source.extract.unwrap:
        skipped.add(source.extract.unwrap.strip("/"))
    rest: dict[str, JSON] = {}
    for name, value in item.value.items():
        if name in skipped or name.startswith("@xmlns"):
            continue
        if name not in heads:
            rest[name] = scalar(value)
        elif isinstance(value, dict):
            taken = {place[1] for place in used if place[0] == name and len(place) > 1}
            rest.update(
                {n: v for n, v in value.items() if n not in taken | skipped} if taken else {}
            )
    return rest


def _place_around(extract: Extract, item: Tokens) -> Tokens | None:
    """The place of the object around an item, which has its own names and indices for each `*`."""
    if extract.around is None:
        return None
    tokens = split_pattern(extract.around)
    if "*" not in tokens:
        return tokens
    return item[: len(tokens)] if len(item) > len(tokens) else None


def _read_around(extract: Extract, body: Body, place: Tokens) -> dict[str, JSON]:
    """What the object around items holds besides them and what is read of it from the root."""
    resolution = resolve(body.value, place)
    around = resolution.value if resolution.found else None
    if not isinstance(around, dict):
        return {}
    words = (reads for reads in extract if isinstance(reads, tuple))
    places = (place for reads in words for place in _places_of(reads))
    absolute = [at[1:] for at in places if isinstance(at, str) and at.startswith("#")]
    inner = f"{extract.around}/"
    paths = (at.removeprefix(inner) for at in (*extract.each, *absolute) if at.startswith(inner))
    taken = {path.partition("/")[0] for path in paths} | set(extract.ignore)
    return {name: scalar(value) for name, value in around.items() if name not in taken}


def _places_of(reads: Sequence[object]) -> Iterator[object]:
    """The places that a word names, and where those begin."""
    for read in reads:
        yield read.at if isinstance(read, Read) else read
        yield from _places_of(read.below) if isinstance(read, Read) else ()
