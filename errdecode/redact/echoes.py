"""Secrets looked for elsewhere: known values, also as JSON, URLs, XML or base64 write them."""

from __future__ import annotations

from collections.abc import Iterable

from errdecode.model.record import NamedTuple
from errdecode.redact.marks import Hit
from errdecode.redact.names import word_set
from errdecode.redact.values import is_plain

SHORTEST = 6
"""A shorter value is covered where it stands, and not looked for: it may be part of any word."""

_MOST = 4096
"""So many values are looked for; the others are covered where they stand."""

_CROWD = 16

_NEVER = word_set(
    "password passwort passwd secret string number object bearer basic digest default example"
    " undefined boolean integer authorization cookie session signature api_key apikey api-key"
    " access_token refresh_token client_secret private_key changeme"
    " invalid incorrect expired missing unknown"  # sent to see what the server says
)
"""Words no one can take out of a text without making it unreadable, and that give nothing away."""


class Secrets(NamedTuple):
    """The secret values of an exchange, in every form they may be echoed in."""

    forms: dict[str, str]
    """A form to the secret it stands for."""
    starts: dict[str, list[str]]
    """The first characters of the forms to the forms."""


def gather(values: Iterable[str]) -> Secrets:
    """Make every form of the values that are long enough to be looked for."""
    forms: dict[str, str] = {}
    for value in list(dict.fromkeys(values))[:_MOST]:
        if len(value) >= SHORTEST and value.lower() not in _NEVER:
            for form in _forms(value):
                forms.setdefault(form, value)
    starts: dict[str, list[str]] = {}
    for form in forms:
        starts.setdefault(form[:SHORTEST], []).append(form)
    return Secrets(forms, starts)


def find_echoes(text: str, secrets: Secrets) -> list[Hit]:
    """Find every form of every secret in a text; hits may overlap and are in no order."""
    forms = secrets.forms
    if len(text) < SHORTEST or not forms:
        return []
    if len(forms) < 8 or len(forms) * (160 + len(text)) < 320 * len(text):
        return _occurrences(text, forms, forms)
    return _by_their_starts(text, secrets)


def _by_their_starts(text: str, secrets: Secrets) -> list[Hit]:
    """Go through the text once and look closely where a form may start."""
    starts, forms = secrets.starts, secrets.forms
    hits: list[Hit] = []
    crowded: set[str] = set()
    for at in range(len(text) - SHORTEST + 1):
        start = text[at : at + SHORTEST]
        if start in starts:
            alike = starts[start]
            if len(alike) > _CROWD:
                crowded.add(start)
                continue
            hits += (
                Hit(at, at + len(form), forms[form]) for form in alike if text.startswith(form, at)
            )
    for start in crowded:
        hits += _occurrences(text, starts[start], forms)
    return hits


def _occurrences(text: str, wanted: Iterable[str], forms: dict[str, str]) -> list[Hit]:
    hits: list[Hit] = []
    for form in wanted:
        at = text.find(form)
        while at >= 0:
            hits.append(Hit(at, at + len(form), forms[form]))
            at = text.find(form, at + len(form))
    return hits


def _forms(value: str) -> Iterable[str]:
    """Write a value as others may send it back; each form at least as long as the shortest."""
    forms = [form for spelling in _spellings(value) for form in _written(spelling)]
    return (form for form in dict.fromkeys(forms) if len(form) >= SHORTEST)


def _spellings(value: str) -> Iterable[str]:
    """Give a value as it is, and as a server may have read it in a URL, a form or a cookie.

    The blanks of a form are its plus signs. Words are not looked for: they may stand anywhere.
    """
    from urllib.parse import unquote

    read = [value, value.replace(" ", "+"), value.replace("+", " ")]
    if "%" in value:
        once = unquote(value)
        read += (once, unquote(once), once.replace("+", " "))
    return dict.fromkeys(
        spelling
        for spelling in read
        if spelling is value or (len(spelling.strip()) >= SHORTEST and not is_plain(spelling))
    )


def _written(value: str) -> list[str]:
    """Write a value as JSON, URLs, XML and base64 do."""
    from urllib.parse import quote, quote_plus

    forms = [value]
    if not (value.isascii() and value.isalnum()):
        data = value.encode("utf-8", "replace")
        quoted = quote(data, safe="")
        forms += (*_json_forms(value), quoted, quote(data), quote_plus(data))
        forms += (_lower_percent(quoted), _xml(value), quoted.replace("%", "%25"))
    return forms + _base64_forms(value)


def _json_forms(value: str) -> list[str]:
    """Escape for JSON: ASCII only or not, with `\\/` or not, and all that once more."""
    from json import dumps

    forms = []
    for text in (dumps(value)[1:-1], dumps(value, ensure_ascii=False)[1:-1]):
        slashed = text.replace("/", "\\/")
        forms += [text, slashed, dumps(text)[1:-1], dumps(slashed)[1:-1]]
    return forms


def _lower_percent(quoted: str) -> str:
    parts = quoted.split("%")
    return parts[0] + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts[1:])


def _xml(value: str) -> str:
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _base64_forms(value: str) -> list[str]:
    """Encode the value as it looks at each of the three places of a group, without its edges.

    The characters at the edges depend on what stands beside the value.
    """
    from base64 import b64encode

    data = value.encode("utf-8", "replace")
    forms = []
    for ahead in range(3):
        encoded = b64encode(b"\0" * ahead + data).decode()
        first = (0, 2, 3)[ahead]
        last = (ahead + len(data)) * 8 // 6
        form = encoded[first:last]
        forms += [form, form.replace("+", "-").replace("/", "_")]
    return forms
