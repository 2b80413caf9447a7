"""Masks in what is shown of an error the secrets of its exchange that stand elsewhere in its log:
in the request that it answers, in its own record.

They are those that the error opened in full would mask. Each sighting is looked at on its own, so
that what is masked hangs on the bytes around it alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache

from errdecode.model import JSON, Exchange, Text
from errdecode.redact import Secrets, find_secrets
from errdecode.redact.echoes import SHORTEST, find_echoes
from errdecode.redact.marks import Hit, cover, merge
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.json_values import as_text
from errdecode.scan.dialogues import read_dialogue
from errdecode.scan.join import NEARBY, find_request, own_line
from errdecode.scan.model import Context, Sighting
from errdecode.scan.sessions import find_near
from errdecode.scan.templates import VARIES

REACH = 256 << 10
"""Bytes above an error in which its request is looked for."""
LINES = 32
"""Lines above an error, of those with its id, among which its request is looked for: there may be
thousands, and thousands of errors."""
LONGEST = 64 << 10
"""Characters of a line that are searched."""
_SHOWN = ("level", "request_id", "trace_id", "method", "url")
_ODD = expression(r"[^/?&=#.:\s]*[0-9][^/?&=#.:\s]*")
"""A part of a path that is no plain name."""
_NEARBY = 32 << 10
"""Bytes above an error in which what it repeats is looked for."""
_WORD = expression(r"[^\s\"'<>(),;:={}\[\]]{8,200}")
_LONG_WORD = 20
_MOST_WORDS = 16
_MOST_LINES = 4
"""In which a word stands."""
_AROUND = 2 << 10
"""Bytes of such a line on each side of the word."""


def veil(sighting: Sighting, data: Buffer, start: int) -> Sighting:
    """Mask what an error repeats of what was sent; its body begins at `start` in the data."""
    if not (sighting.told or any(map(_is_odd, (sighting.pointer, sighting.context.url)))):
        return sighting
    return hide_echoes_of(sighting, _secrets_around(data, start, sighting))


def veil_within(
    sighting: Sighting, records: Sequence[dict[str, JSON]], document: bytes
) -> Sighting:
    """Mask what an error repeats of the records it stands in, the outermost first; they and it are
    parts of a document of several lines."""
    if len(document) <= LONGEST:
        text = as_text(document)
    else:
        text = json.dumps(records[-2:], ensure_ascii=False)[:LONGEST]
    return hide_echoes_of(sighting, find_secrets(Exchange("log", Text(text))))


def hide_echoes_of(sighting: Sighting, secrets: Secrets) -> Sighting:
    """Mask echoes of secrets; in a message they are what varies."""
    if not secrets.forms:
        return sighting
    context = sighting.context
    said = {name: _hide(getattr(context, name), secrets) for name in _SHOWN}
    return sighting._replace(
        context=Context(**{**context._asdict(), **said}),
        code=_hide(sighting.code, secrets),
        pointer=_hide(sighting.pointer, secrets),
        title=_hide(sighting.title, secrets),
        message=_vary(sighting.message, secrets),
    )


@lru_cache(maxsize=1 << 12)
def _is_odd(text: str | None) -> bool:
    """Whether a pointer or an address may hold a secret: its plain parts are names."""
    return text is not None and any(len(part) >= SHORTEST for part in _ODD.findall(text))


def _secrets_around(data: Buffer, start: int, sighting: Sighting) -> Secrets:
    """The secrets of the exchange whose answer begins at a byte."""
    end = start + sighting.length
    if sighting.wrapper == "transcript":
        exchange = find_near(data, start, end)
        if exchange:
            own = exchange.source.value[exchange.start : exchange.end]
            return find_secrets(exchange._replace(source=Text(own)))
    low = max(0, start - REACH)
    joined = find_request(data, start, end, sighting, low, LINES)
    lines = [own_line(data, start, end, low, NEARBY).text]
    if joined and joined.above:
        lines.append(joined.line)
    line = data.rfind(b"\n", low, start) + 1 or low
    lines.append(as_text(read_dialogue(data, line, start).said))
    shown = (sighting.title, sighting.message, sighting.code, sighting.pointer)
    lines += repeated(data, line, " ".join(filter(None, shown)))
    source = Text("\n".join(line[:LONGEST] for line in lines))
    return find_secrets(Exchange("log", source, request=joined.request if joined else None))


def repeated(data: Buffer, end: int, text: str) -> Iterator[str]:
    """The last lines before a place in which words of a text stand that are no plain ones: they may
    name it as a secret, whatever they are."""
    low = max(0, end - _NEARBY)
    for word in list(dict.fromkeys(filter(_is_odd_word, _WORD.findall(text))))[:_MOST_WORDS]:
        at = end
        for _ in range(_MOST_LINES):
            at = data.rfind(word.encode("utf-8", "surrogatepass"), low, at)
            if at < 0:
                break
            far = max(low, at - _AROUND)
            start = data.rfind(b"\n", far, at) + 1 or far
            stop = data.find(b"\n", at, min(end, at + _AROUND))
            yield as_text(bytes(data[start : at + _AROUND if stop < 0 else stop]))
            at = start


def _is_odd_word(word: str) -> bool:
    """Whether a word may be a secret: it bears a digit, or it is long."""
    return len(word) >= _LONG_WORD or any(map(str.isdigit, word))


def _hide(text: str | None, secrets: Secrets) -> str | None:
    if text is None or not (hits := _hits(text, secrets)):
        return text
    return cover(text, hits)


def _vary(text: str | None, secrets: Secrets) -> str | None:
    """A message with `…` for each echo."""
    if text is None or not (hits := _hits(text, secrets)):
        return text
    parts, done = [], 0
    for hit in hits:
        parts.append(text[done : hit.start])
        done = hit.end
    return VARIES.join((*parts, text[done:]))


def _hits(text: str, secrets: Secrets) -> list[Hit]:
    hits = find_echoes(text, secrets)
    if VARIES in text:
        hits += _cut_off(text, secrets)
    return merge(hits)


def _cut_off(text: str, secrets: Secrets) -> Iterator[Hit]:
    """Find what is left of echoes of which a part was left out."""
    at = 0
    for piece in text.split(VARIES):
        part = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece) + len(VARIES)
        for form, secret in secrets.forms.items() if len(part) >= SHORTEST else ():
            if part in form:
                yield Hit(start, start + len(part), secret)
                continue
            for length in range(min(len(form), len(part)), SHORTEST - 1, -1):
                if part.endswith(form[:length]):
                    yield Hit(start + len(part) - length, start + len(part), secret)
                    break
                if part.startswith(form[-length:]):
                    yield Hit(start, start + length, secret)
                    break
