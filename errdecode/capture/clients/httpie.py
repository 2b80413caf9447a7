"""Reads what request an HTTPie command sends (https://httpie.io/docs/cli/request-items)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.capture.clients.json_items import write_json
from errdecode.capture.clients.multipart import NOTE as MULTIPART
from errdecode.capture.clients.multipart import write_fields
from errdecode.capture.clients.reading import (
    FORM,
    Reading,
    Stdin,
    body_from_command,
    body_in_file,
    has_field,
)
from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Field, Note, Request, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import Builder, cut

_SHORT_WITH_ARGUMENT = "aAopsP"
_LONG_WITH_ARGUMENT = frozenset(
    """
    auth auth-type boundary cert cert-key cert-key-pass ciphers default-scheme format-options
    history-print max-headers max-redirects output pretty print proxy raw response-charset
    response-mime session session-read-only ssl style timeout verify
    """.split()
)
_SHORT = {"a": "auth", "f": "form", "j": "json"}
_METHOD = expression(r"(?:[A-Z]{3,20}|get|head|post|put|patch|delete|options)\Z")
_SEPARATOR = expression(r"\\.|:=@|=@|:=|==|@|=|:|;", re.S)


class _Item(NamedTuple):
    """A request item: `name`, a separator, `value`."""

    name: Text
    separator: str
    value: Text


def read_request(words: Sequence[Text], stdin: Stdin, ancestor: Text) -> Reading:
    """Read the request of an HTTPie command from its words, the program's name not included.

    A JSON body is put together as HTTPie would; its values lead back to their items. All words
    descend from `ancestor`.
    """
    options, plain = _sort(words)
    method = plain.pop(0).value.upper() if plain and _METHOD.match(plain[0].value) else None
    url = plain.pop(0) if plain else None
    items = [item for item in map(_item, plain) if item]
    data = [item for item in items if item.separator in ("=", ":=")]
    files = [item.value.value for item in items if item.separator in ("=@", ":=@", "@")]
    kind = _kind(options, items)
    if kind == "multipart":
        data = [item for item in items if item.separator in ("=", ":=", "@")]
    body, notes = _body(options.get("raw"), stdin, kind, data, files, ancestor)
    fields = [
        Field(item.name.value, item.value)
        for item in items
        if item.separator in (":", ";") and item.value.value
    ]
    if "auth" in options:
        fields.append(Field("Authorization", options["auth"]))
    sends = bool(data or files or body is not None or notes)
    fields += [
        field for field in _default_fields(kind, sends=sends) if not has_field(fields, field.name)
    ]
    described = (
        (
            "the --raw of the HTTPie command"
            if "raw" in options
            else "the items of the HTTPie command"
        )
        if sends
        else ""
    )
    request = Request(
        method or ("POST" if sends else "GET"),
        _full_url(url, items, ancestor),
        tuple(fields),
        body,
        described,
    )
    return Reading(request, tuple(notes), tuple(files))


def _sort(words: Sequence[Text]) -> tuple[dict[str, Text], list[Text]]:
    """Part the options, by long name, from the other words."""
    options: dict[str, Text] = {}
    plain: list[Text] = []
    rest = iter(words)
    for word in rest:
        value = word.value
        if not value.startswith("-") or len(value) == 1:
            plain.append(word)
        elif value.startswith("--"):
            name, equals, _ = value[2:].partition("=")
            argument = cut(word, value.index("=") + 1, len(value)) if equals else word
            if not equals and name in _LONG_WITH_ARGUMENT:
                argument = next(rest, word)
            options[name] = argument
        else:
            options.update(_short(word, rest))
    return options, plain


def _short(word: Text, rest: Iterator[Text]) -> dict[str, Text]:
    """Combined short options.

    The first with an argument takes the rest of the word or the next one.
    """
    found: dict[str, Text] = {}
    for at in range(1, len(word.value)):
        letter = word.value[at]
        name = _SHORT.get(letter, letter)
        if letter in _SHORT_WITH_ARGUMENT:
            found[name] = (
                cut(word, at + 1, len(word.value)) if at + 1 < len(word.value) else next(rest, word)
            )
            break
        found[name] = word
    return found


def _item(word: Text) -> _Item | None:
    """Part a request item at its first separator; a backslash takes a separator's meaning away."""
    for match in _SEPARATOR.finditer(word.value):
        if match[0][0] != "\\":
            name = _without_backslashes(word, match.start())
            start = (
                match.end() if match[0] != ":" else match.end() + _blanks(word.value, match.end())
            )
            return _Item(name, match[0], cut(word, start, len(word.value)))
    return None


def _without_backslashes(word: Text, end: int) -> Text:
    builder, at = Builder(word), 0
    for match in re.finditer(r"\\([:=@;])", word.value[:end]):
        builder.copy(at, match.start())
        builder.put(match[1], match.start(), match.end())
        at = match.end()
    builder.copy(at, end)
    return builder.text()


def _blanks(value: str, at: int) -> int:
    return len(value) - at - len(value[at:].lstrip())


def _kind(options: dict[str, Text], items: Sequence[_Item]) -> str:
    """json, form or multipart: what the data items become."""
    if "multipart" in options or (
        "form" in options and any(item.separator == "@" for item in items)
    ):
        return "multipart"
    return "form" if "form" in options else "json"


def _body(
    raw: Text | None,
    stdin: Stdin,
    kind: str,
    data: Sequence[_Item],
    files: Sequence[str],
    ancestor: Text,
) -> tuple[Text | None, list[Note]]:
    """The body, as far as the command shows it."""
    if raw is not None:
        return raw, []
    if kind == "multipart":
        return write_fields(ancestor, ((item.name, item.value) for item in data)), [MULTIPART]
    if files:
        return None, [body_in_file(name) for name in files]
    if data and kind == "form":
        return _form(data, ancestor), []
    if data:
        return write_json(
            [(item.name, item.value, item.separator == ":=") for item in data], ancestor
        ), []
    if stdin.file is not None:
        return None, [body_in_file(stdin.file)]
    if stdin.command is not None:
        return None, [body_from_command(stdin.command)]
    return stdin.text, []


def _form(data: Sequence[_Item], ancestor: Text) -> Text:
    pieces: list[Text | str] = []
    for item in data:
        pieces += ["&"] if pieces else []
        pieces += [_encoded(item.name), "=", _encoded(item.value)]
    return concatenate(ancestor, pieces)


def _encoded(text: Text) -> Text:
    """Encode for a form or a query: unreserved characters stay, a space becomes `+`."""
    builder = Builder(text)
    for at, char in enumerate(text.value):
        if char.isascii() and (char.isalnum() or char in "-._~*"):
            builder.copy(at, at + 1)
        else:
            encoded = "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
            builder.put("+" if char == " " else encoded, at, at + 1)
    return builder.text()


def _full_url(url: Text | None, items: Sequence[_Item], ancestor: Text) -> Text | None:
    """The URL as written, with the `==` items added to its query."""
    added = [item for item in items if item.separator == "=="]
    if url is None or not added:
        return url
    pieces: list[Text | str] = [url]
    for item in added:
        pieces += [
            "&" if "?" in url.value or len(pieces) > 1 else "?",
            _encoded(item.name),
            "=",
            _encoded(item.value),
        ]
    return concatenate(ancestor, pieces)


def _default_fields(kind: str, *, sends: bool) -> list[Field]:
    if not sends:
        return []
    if kind == "json":
        return [
            Field("Content-Type", Text("application/json")),
            Field("Accept", Text("application/json, */*;q=0.5")),
        ]
    return [Field("Content-Type", Text(FORM if kind == "form" else "multipart/form-data"))]
