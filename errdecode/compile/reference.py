"""What clues are weighed against: the examples of all formats, ordinary documents, house styles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from errdecode.body import read_body
from errdecode.clue import Seen, see
from errdecode.compile.dialects import family_of
from errdecode.compile.files import Loaded
from errdecode.compile.house import House, build_houses
from errdecode.compile.weigh import Reference
from errdecode.example import content_type, exchange_of
from errdecode.model import Text


def reference_of(loaded: Sequence[Loaded], background: Sequence[Seen]) -> Reference:
    """What clues are weighed against: the examples of every family, and the fixed background."""
    formats = {one.format.id: one.format for one in loaded}
    families: dict[str, list[Seen]] = {}
    for format in formats.values():
        for example in format.examples:
            exchange = exchange_of(example)
            text = exchange.response.body if exchange.response else None
            empty = exchange.source._replace(value="")
            body = read_body(text or empty, content_type(exchange))
            families.setdefault(family_of(format.id, formats), []).append(see(exchange, body))
    roots = {id: family_of(id, formats) for id in formats}
    return Reference(families, tuple(background), roots)


def read_background(file: Path) -> list[Seen]:
    """The fixed background: ordinary documents that are in no documented error format."""
    seen = []
    for entry in json.loads(file.read_text(encoding="utf-8")):
        content = entry["body"]
        text = content if isinstance(content, str) else json.dumps(content)
        body = read_body(Text(text), entry.get("media_type"))
        seen.append(Seen(body, entry.get("status"), body.media_type))
    return seen + [_see_house(house) for house in build_houses()]


def _see_house(house: House) -> Seen:
    text = house.body if isinstance(house.body, str) else json.dumps(house.body)
    body = read_body(Text(text), house.headers["content-type"])
    return Seen(body, house.status, body.media_type, house.headers, house.host, "/v1/boats")
