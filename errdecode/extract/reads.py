"""Reads one member of a problem, as a `Read` of the catalog says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from errdecode.clue import search
from errdecode.format import Extract, Read
from errdecode.model import JSON, Body, Exchange
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar, select_tokens, split_pattern
from errdecode.pointer import Tokens, build


class Item(NamedTuple):
    """One thing a problem is read from."""

    place: Tokens
    """Where it stands in the body."""
    value: JSON


class Source(NamedTuple):
    """What an extractor reads from."""

    exchange: Exchange
    body: Body
    extract: Extract

    @property
    def is_xml(self) -> bool:
        """Whether names are XML's: list steps may be left out, letter case does not count."""
        return self.body.kind == "xml" and self.extract.read in (None, "body")


class Found(NamedTuple):
    """A member's value and how it was read."""

    value: JSON
    read: Read
    place: Tokens | None = None
    """Relative to the item; None when it was read elsewhere."""
    sent: JSON = None
    """As it stands in the response, before `matches` and `template`."""
    below: Found | None = None
    """The beginning of a pointer that is read apart from the rest."""

    @property
    def text(self) -> str:
        """The value as text."""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        return str(self.value)


def read_first(
    source: Source,
    item: Item,
    reads: Sequence[Read | str],
    blank: bool = False,
    *,
    whole: bool = False,
    own: bool = False,
) -> Found | None:
    """The first of several reads that yields something.

    An empty string counts only if `blank`, an object only if `whole`. With `own`, nothing is read
    of other items than those which this one stands in.
    """
    for read in reads:
        read = Read(at=read) if isinstance(read, str) else read  # type: ignore[arg-type]  # an At
        found = _read(source, item, read, whole=whole, own=own)
        if found and read.below:
            found = _place_below(source, item, found)
        if found and (blank or found.value != ""):
            return found
    return None


def _place_below(source: Source, item: Item, found: Found) -> Found | None:
    """What was read with its beginning, which may be the whole body; None without one."""
    below = read_first(source, item, found.read.below, blank=True, own=True)
    return found._replace(below=below) if below and found.value != "" else None


def _read(source: Source, item: Item, read: Read, *, whole: bool, own: bool) -> Found | None:
    if read.value is not None:
        return Found(read.value, read)
    if read.header is not None:
        fields = source.exchange.response.headers if source.exchange.response else ()
        named = (f.value.value for f in fields if f.name.lower() == str(read.header).lower())
        sent = next(named, None)
        return _shape(Found(sent, read), item) if sent is not None else None
    absolute = (read.at or "").startswith("#")
    for place, value in _select(source, item, read.at or "", own=own):
        elsewhere = absolute and item.place != ()
        way = place if elsewhere else (*item.place, *place)
        said = _taken(read, place or item.place, way, value)
        found = Found(said, read, None if elsewhere else place)
        if isinstance(said, dict) and whole:
            return found._replace(sent=said)
        shaped = _shape(found, item)
        if shaped:
            return shaped
    return None


def _select(source: Source, item: Item, at: str, *, own: bool) -> Iterator[tuple[Tokens, JSON]]:
    """What a place of a read reaches. Of a pattern that starts at the root the items that this one
    stands in come first: `#/rows/*/number` is the number of its own row."""
    start, pattern = item.value, split_pattern(at.removeprefix("#"))
    ways = [pattern]
    if at.startswith("#"):
        start, near = source.body.value, _own_way(pattern, item.place)
        if near is not None:
            ways = [near] if own else [near, pattern]
    for way in ways:
        yield from select_tokens(start, way, fold=source.is_xml, lists=source.is_xml)


def _own_way(pattern: Tokens, place: Tokens) -> Tokens | None:
    """A pattern with the names and indices of a place as far as it leads the same way; None where
    these stand in it themselves."""
    pairs = takewhile(lambda pair: pair[0] in ("*", pair[1]), zip(pattern, place, strict=False))
    shared = tuple(name for _, name in pairs)
    return (*shared, *pattern[len(shared) :]) if shared != pattern[: len(shared)] else None


def _taken(read: Read, near: Tokens, way: Tokens, value: JSON) -> JSON:
    """What a read takes of a place: the value there, its name, or the way to it."""
    if read.take == "name":
        return _last_name(near)
    return build(way) if read.take == "path" else scalar(value)


def _last_name(place: Tokens) -> JSON:
    """The name of the member that a place stands in, past the items of its lists."""
    return next((token for token in reversed(place) if not token.isdecimal()), "")


def _shape(found: Found, item: Item) -> Found | None:
    """Apply `matches` and `template`; null, and objects where text is wanted, are nothing."""
    value, read = found.value, found.read
    if value is None or (isinstance(value, dict) and not read.template):
        return None
    if read.matches is not None:
        match = search(read.matches, found.text) if not isinstance(value, list | dict) else None
        if not match:
            return None
        value = match[1] if match.lastindex else match[0]
        if value is None:
            return None
    if read.template is not None:
        indices = [token for token in item.place if token.isdecimal()] or ["0"]
        text = str(value)
        if read.dialect in (None, "json-pointer"):
            text = text.replace("~", "~0").replace("/", "~1")
        value = read.template.replace("{index}", indices[-1]).replace("{item}", indices[0])
        value = value.replace("{value}", text)
    return found._replace(value=value, sent=found.value)
