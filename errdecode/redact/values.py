"""What is to be covered in a secret's value: credentials, cookies; words that are no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.redact.marks import Hit, is_masked
from errdecode.redact.names import COOKIE, CREDENTIAL, NONE, SET_COOKIE, TOKEN, classify, word_set
from errdecode.redact.quoted import decode_form, decode_percent
from errdecode.redact.shapes import card_prefix
from errdecode.regex import expression

_SCHEME = expression(r"[A-Za-z][A-Za-z0-9._-]{0,31}[ \t]+(?=\S)")
_PARAMETER = expression(r"=\s{0,4}\"?([A-Za-z0-9._~+/%-]{16,}={0,2})")
_COOKIE_PAIR = expression(r"([^=;]{1,256})=([^;]*)")
_PLAIN_WORD = expression(r"[A-Za-z]{0,12}|[a-z]+(?:[_.-][a-z]+)?|[A-Z_]{1,24}")

# words of validation messages, and of states, which stand where a secret was expected
_SAYS = word_set(
    "is are be was must required requires invalid not too should cannot can't missing least expired"
    " blank empty field does has have may match mismatch short null none unknown revoked incorrect"
    " wrong please need needs allowed supported malformed denied"
    " isnt arent doesnt hasnt wasnt cant shouldnt mustnt wont"
)
_STATES = word_set(
    "required invalid missing expired mismatch blank empty weak incorrect wrong revoked malformed"
    " unauthorized undefined string null none unknown unsupported short long taken redacted"
)
_SCHEMES = word_set(
    "basic bearer concealed digest dpop gnap hoba mutual negotiate ntlm oauth privatetoken"
    " scram-sha-1 scram-sha-256 vapid token apikey"
)
"""Names of schemes (IANA's HTTP Authentication Scheme Registry, and common ones beside it)."""
_SWITCHES = frozenset(("", "true", "false", "null", "none", "yes", "no", "on", "off"))
_WORDS = expression(r"[._:-]")
_QUOTES = expression(r"[\"'`\u2018-\u201f]")
_RUN = expression(r"[A-Za-z0-9]{16,4096}")
_SEPARATORS = expression(r"[ ,;._:/-]")
_PUNCTUATION = expression(r"[\s\"'`’.,:;!?()/_-]")


def find_in_value(raw: str, start: int, end: int, kind: int, text: str) -> list[Hit]:
    """Find what to cover in the value at `text[start:end]` of a name of the given kind.

    `raw` is the value without the escapes it is written with.
    """
    if raw.lower() in _SWITCHES or is_masked(text[start:end]) or is_masked(raw):
        return []
    if kind == CREDENTIAL:
        return list(_credential(raw, text, start, end))
    if kind == COOKIE:
        return list(_cookies(text, start, end))
    if kind == SET_COOKIE:
        semicolon = text.find(";", start, end)
        return list(_cookies(text, start, end if semicolon < 0 else semicolon))
    hidden = card_prefix(raw)
    if hidden and len(raw) == end - start:
        return [Hit(start, start + hidden, re.sub("[ -]", "", raw[:hidden]))]
    return [Hit(start, end, raw)]


def reads_as_message(value: str, kind: int) -> bool:
    """Tell whether a server's value under a name of the given kind is a message about the secret.

    `must not be blank`, `can't be blank`, `required` and `validation.too_short` are; a phrase
    without such words is one where no phrase can be the secret: a token is a single word.
    """
    if not 2 < len(value) <= 400:
        return False
    if value.isalpha() or len(value.split()) == 1:
        words = _WORDS.split(value)
        same_case = value.islower() or value.isupper() or value.istitle()
        return len(words) <= 4 and same_case and any(word.lower() in _STATES for word in words)
    words = value.split()
    if kind == TOKEN and len(words) > 2 and all(map(_is_word, words)):
        return max(map(len, words)) > 3
    plain = [_QUOTES.sub("", word) for word in words]
    return plain[0].isalpha() and any(word.strip(".,:;!").lower() in _SAYS for word in plain)


def _is_word(word: str) -> bool:
    """Tell whether a word, its punctuation included, can stand in a sentence and in no token."""
    parts = _PUNCTUATION.split(word)
    return len(word) <= 32 and all(
        (part.isdigit() and len(part) <= 3)
        or (part.isalpha() and (part.isupper() or part[1:] == part[1:].lower()))
        for part in parts
        if part
    )


def is_telling(value: str) -> bool:
    """Tell whether a server's value is distinct enough to be looked for elsewhere."""
    return len(value) >= 16 or not _PLAIN_WORD.fullmatch(value)


def find_weak(name: str, value: str, at: int) -> list[Hit]:
    """Find what to cover in the value at `at` of a parameter whose name has many uses."""
    if not value or is_masked(value) or not is_weak_secret(name, value):
        return []
    return [Hit(at, at + len(value), decode_form(value), _is_distinct(value))]


def is_weak_secret(name: str, value: str) -> bool:
    """Tell whether a value is a secret under a name of many uses: any `sig` is, few a `ticket`."""
    name = name.lower()
    if name == "ticket":
        return is_random(value)
    return name not in ("key", "code") or _is_distinct(value)


def is_plain(value: str) -> bool:
    """Tell whether a value is made of words and short numbers: it may be a name, as `eu-west-1`."""
    parts = _SEPARATORS.split(value)
    return all(part.isalpha() or (part.isdigit() and len(part) <= 4) for part in parts if part)


def is_random(value: str) -> bool:
    """Tell whether a value holds 16 letters and digits in a row in which no word can be read."""
    for run in _RUN.findall(value):
        if run.isalpha() or run.isdigit():
            continue
        kinds = [c.isdigit() or (2 if c.isupper() else 3) for c in run]
        changes = sum(kinds[at] != kinds[at - 1] for at in range(1, len(kinds)))
        if changes * (4 if len(set(kinds)) < 3 else 3) >= len(run):
            return True
    return False


def _is_distinct(value: str) -> bool:
    return len(value) >= 8 and (any(c.isdigit() for c in value) or len(value) >= 16)


def _credential(raw: str, text: str, start: int, end: int) -> Iterator[Hit]:
    """Find the credential behind an authentication scheme (RFC 9110, section 11.4).

    Without a scheme it is a key, or the `user:password` of an option; a scheme alone is no secret.
    """
    if raw.strip().lower() in _SCHEMES:
        return
    scheme = _SCHEME.match(text, start, end)
    if scheme:
        begin = scheme.end()
        if is_masked(text[begin:end]):
            return
        yield Hit(begin, end, raw[begin - start :])
        if scheme[0].strip().lower() == "basic":
            yield from _basic(text, begin, end)
        yield from (
            Hit(found.start(1), found.end(1), found[1])
            for found in _PARAMETER.finditer(text, begin, min(end, begin + 4096))
        )
        return
    colon = text.find(":", start, end)
    begin = colon + 1 if colon >= 0 else start
    if not is_masked(text[begin:end]):
        yield Hit(begin, end, raw[raw.find(":") + 1 :])


def _basic(text: str, start: int, end: int) -> Iterator[Hit]:
    """Find the password in a Basic credential (RFC 7617): the same place, another secret."""
    from base64 import b64decode
    from binascii import Error

    try:
        pair = b64decode(text[start:end], validate=True).decode("utf-8", "replace")
    except (Error, ValueError):
        return
    password = pair.partition(":")[2]
    if password and not is_masked(password):
        yield Hit(start, end, password)


def _cookies(text: str, start: int, end: int) -> Iterator[Hit]:
    """Find each cookie's value (RFC 6265, section 4.2.1); one like `lang=en` has no echo.

    A signed one is `s:` (escaped or not), an id that servers speak of, a point and the signature
    (https://github.com/tj/node-cookie-signature).
    """
    for pair in _COOKIE_PAIR.finditer(text, start, end):
        name, value = pair[1].strip(), pair[2].strip()
        begin = pair.start(2) + len(pair[2]) - len(pair[2].lstrip())
        if value and not is_masked(value):
            bare = value.strip('"')
            yield Hit(begin, begin + len(value), bare, classify(name) != NONE or is_telling(bare))
            signed = decode_percent(bare)
            if signed.startswith("s:") and "." in signed:
                own = signed[2:].rpartition(".")[0]
                yield Hit(begin, begin + len(value), own, is_telling(own))
