"""Secrets of header fields: most services take their key in a field of a name of their own.

A field is one of theirs by the last word of its name: `Fastly-Key`, `X-Sentry-Auth`. Some words
before it say that it names something instead (`Idempotency-Key`, `Surrogate-Key`). Under other
names of the `X-` kind a value counts that is long and random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.redact.marks import Hit, is_masked
from errdecode.redact.names import CREDENTIAL, NONE, SECRET, WEAK, classify, split_name, word_set
from errdecode.redact.values import find_in_value, is_plain, is_random, reads_as_message
from errdecode.regex import expression

_CREDENTIALS = word_set("auth authorization authentication")
_SIGNED = word_set("signature sign hmac sig")
_WEAK = _SIGNED | word_set("key session assertion")
_NAMING_KEYS = word_set(  # what stands before `Key` when it names, groups or counts something
    "idempotency idempotent surrogate websocket socket cache cached request correlation dedup"
    " dedupe deduplication duplication partition routing route public publishable foreign primary"
    " sort object message trace tracing tracking transaction event group grouping lock shard"
    " sharding hash row range index unique issue project document entity resource translation"
    " locale error limit ratelimit rate quota throttle throttling bucket retry operation job task"
    " batch queue tag site item record feature flag etag sticky affinity"
)
_HOLDERS = word_set("access api consumer team")
_OPEN = word_set(  # words of fields that hold something random which is no secret
    "ids trace span parent context state hash sha md5 crc crc32 crc32c checksum digest etag match"
    " version revision commit build time timestamp date nonce agent cursor range request"
    " correlation url uri path location source name names file filename referer referrer origin"
    " host for forwarded target type language fingerprint tag tags key keys baggage sampled"
    " transaction code meta limit ratelimit remaining reset project"
)
_ONE_WORD = expression(r"(?!/)[\w.~+/=-]{20,4096}")
_WRITTEN = expression(  # `-H 'Name: value'`, a line of a transcript, a member of a printed object
    r"-(?:key|auth|authorization|authentication|session|(?:sign|signature|hmac)(?:-(?:sha)?\d{1,3})?)"
    r"(?:\\{0,3}[\"'])?[ \t]{0,2}:[ \t]{0,4}(?:\\{0,3}[\"'])?([a-z0-9][\w.~+/=:-]{15,4096})",
    re.ASCII | re.IGNORECASE,
)
_BEFORE = expression(r"[A-Za-z0-9-]{1,64}$")
_NAME = expression(r"[A-Za-z0-9-]{1,128}")


def find_in_field(name: str, value: str, *, sent: bool) -> list[Hit]:
    """Find what to cover in a header field's value; `sent`: the caller wrote it, no server."""
    raw = value.strip()
    start = len(value) - len(value.lstrip())
    end = start + len(raw)
    kind = classify(name)
    if kind not in (WEAK, NONE):
        told = not sent and reads_as_message(value, kind)
        return [] if told else find_in_value(raw, start, end, kind, value)
    kind = _kind_of_field(name)
    if kind == NONE:
        unnamed = sent and _ONE_WORD.fullmatch(raw) and _may_hold_a_key(name, raw)
        return [Hit(start, end, raw)] if unnamed and not is_masked(raw) else []
    if not sent and (reads_as_message(value, kind) or not is_random(raw)):
        return []
    hits = find_in_value(raw, start, end, SECRET if kind == WEAK else kind, value)
    return [hit if hit.start > start else hit._replace(echoed=not is_plain(raw)) for hit in hits]


def find_fields(text: str) -> Iterator[Hit]:
    """Find random values beside the names of such fields in a text of any kind."""
    for found in _WRITTEN.finditer(text):
        before = _BEFORE.search(text, max(0, found.start() - 64), found.start())
        name = _NAME.match(text, before.start()) if before else None
        value = found[1].rstrip(".:")
        if name and _kind_of_field(name[0]) != NONE and is_random(value):
            yield Hit(found.start(1), found.start(1) + len(value), value)


def _kind_of_field(name: str) -> int:
    """Tell what the last word of a field's name says: a credential, a value like a key, nothing."""
    words, last = _words(name)
    if words[-1:] != [last] and last not in _SIGNED:  # the digest of a key, or a second one
        return NONE
    if last == "key" and _NAMING_KEYS.intersection(words[-2:]):
        return NONE
    return CREDENTIAL if last in _CREDENTIALS else WEAK if last in _WEAK else NONE


def _may_hold_a_key(name: str, value: str) -> bool:
    """Tell whether a field whose name says nothing holds what can only be a key."""
    words, last = _words(name)
    if words[:1] != ["x"] or last.endswith("id") or _OPEN.intersection(words):
        return False
    mixed = value != value.lower() and value != value.upper()
    return (mixed or last in _HOLDERS) and is_random(value)


def _words(name: str) -> tuple[list[str], str]:
    """Split a name into its words; also give the last one that is no part of `Sha256` or such."""
    words = split_name(name) if len(name) <= 64 else []
    telling = (word for word in reversed(words) if not word.isdigit() and word != "sha")
    return words, next(telling, "")
