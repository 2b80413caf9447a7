"""Reads what request a curl command sends (https://curl.se/docs/manpage.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.capture.clients.curl_globs import expand_url
from errdecode.capture.clients.curl_options import Option, read_options
from errdecode.capture.clients.multipart import NOTE as MULTIPART
from errdecode.capture.clients.multipart import split_field, write_fields
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
from errdecode.regex import expression
from errdecode.source import Builder, cut

_DATA = ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json")
_MOST = 100
"""Requests that are read of one command."""
_SENT_AS_HEADER = {
    "user-agent": "User-Agent",
    "referer": "Referer",
    "oauth2-bearer": "Authorization",
    "user": "Authorization",
}
_CAT = expression(r"\$\((?:cat|<)[ \t]+([^\s()]+)[ \t]*\)\Z")
_UNRESERVED = expression(r"[A-Za-z0-9._~-]+")


def read_request(words: Sequence[Text], stdin: Stdin, ancestor: Text) -> Reading:
    """Read the requests of a curl command from its words, the program's name not included.

    There is one for each URL that the words, or a pattern in them, give, and `--next` begins
    another one with options of its own. `Authorization` holds what stands behind -u exactly as
    written. All words descend from `ancestor`.
    """
    reader = _Reader(stdin, ancestor)
    readers = [reader]
    for option in _with_url(read_options(words)):
        if option.name == "next" and reader.url is not None:
            if len(readers) == _MOST:
                break
            reader = _Reader(stdin, ancestor)
            readers.append(reader)
        reader.take(option)
    for one in readers:
        one.expand()
    first = readers[0].reading()
    others = [*readers[0].further(first.request)]
    for one in readers[1:]:
        if one.url:
            request = one.reading().request
            others += [request, *one.further(request)]
    pattern = first.pattern if len(readers) == 1 else None
    return first._replace(others=tuple(others[:_MOST]), pattern=pattern)


def _with_url(options: list[Option]) -> list[Option]:
    """Take the last word that may be a URL for one, where none stands beside it."""
    words = [at for at, option in enumerate(options) if option.name == "word"]
    if words and not any(option.name == "url" for option in options):
        options[words[-1]] = options[words[-1]]._replace(name="url")
    return options


class _Reader:
    """The request so far."""

    def __init__(self, stdin: Stdin, ancestor: Text) -> None:
        self.stdin, self.ancestor = stdin, ancestor
        self.url: Text | None = None
        self.urls: list[Text] = []  # the further ones
        self.pattern: Text | None = None  # the one that stands for all of them
        self.method: str | None = None
        self.fields: list[Field] = []
        self.removed: set[str] = set()
        self.data: list[Text] = []
        self.query: list[Text] = []
        self.parts: list[tuple[Text, Text]] = []
        self.written = ""
        self.kinds: set[str] = set()
        self.files: list[str] = []
        self.notes: list[Note] = []

    def take(self, option: Option) -> None:
        """Take one option into account; those that do not change the request are passed over."""
        name, argument = option.name, option.argument
        if name in ("get", "head", "globoff"):
            self.kinds.add(name)
        if argument is None:
            return
        if name == "url":
            self.urls += [argument] if self.url and "://" in argument.value else []
            self.url = self.url or argument
        elif name == "request":
            self.method = argument.value
        elif name == "header":
            self.header(argument)
        elif name in _SENT_AS_HEADER:
            self.fields.append(Field(_SENT_AS_HEADER[name], argument))
        elif name == "cookie" and "=" in argument.value:
            self.fields.append(Field("Cookie", argument))
        elif name in _DATA:
            self.body(option, argument)
        elif name in ("form", "form-string"):
            self.form(option, argument)
        elif name == "upload-file":
            self.upload(option, argument)
        elif name == "url-query":
            plus = argument.value.startswith("+")
            encoded = cut(argument, 1, len(argument.value)) if plus else _urlencode(argument)
            self.query += [encoded] if encoded else []

    def header(self, argument: Text) -> None:
        """`Name: value`, `Name;` for an empty one, `Name:` to take curl's own away, `@file` for a
        file of them.
        """
        value = argument.value
        colon = value.find(":")
        if colon > 0:
            start = colon + 1 + len(value) - colon - 1 - len(value[colon + 1 :].lstrip())
            name = value[:colon].strip()
            if start < len(value.rstrip()):
                self.fields.append(Field(name, cut(argument, start, len(value.rstrip()))))
            else:
                self.removed.add(name.lower())
        elif value.endswith(";") and not value.startswith("@"):
            self.fields.append(Field(value[:-1].strip(), cut(argument, len(value), len(value))))

    def body(self, option: Option, argument: Text) -> None:
        """One of the -d family: text, or `@` and the name of a file."""
        self.written = self.written or option.written
        self.kinds.add("json" if option.name == "json" else "data")
        substituted = _CAT.match(argument.value)
        if option.name == "data-urlencode":
            self.urlencoded(argument)
        elif substituted:
            self.file(substituted[1])
        elif option.name == "data-raw" or not argument.value.startswith("@"):
            self.data.append(argument)
        elif argument.value != "@-":
            self.file(argument.value[1:], stripped=option.name in ("data", "data-ascii"))
        else:
            self.standard_input(stripped=option.name in ("data", "data-ascii"))

    def urlencoded(self, argument: Text) -> None:
        """`content`, `=content`, `name=content`, `@file` or `name@file`."""
        encoded = _urlencode(argument)
        if encoded is not None:
            self.data.append(encoded)
        else:
            self.unseen(argument.value.partition("@")[2])

    def standard_input(self, *, stripped: bool) -> None:
        """`@-`: what a here-document or the command in front of the pipe gives.

        -d drops its line breaks.
        """
        if self.stdin.text is not None:
            self.data.append(_without_breaks(self.stdin.text) if stripped else self.stdin.text)
        elif self.stdin.command is not None:
            self.kinds.add("unknown")
            self.notes.append(body_from_command(self.stdin.command))
        else:
            self.file(self.stdin.file or "-", stripped=stripped)

    def file(self, name: str, *, stripped: bool = False) -> None:
        """Take the body, or a part of it, from a file that the session shows."""
        shown = self.stdin.find_file(name)
        if shown:
            self.data.append(_without_breaks(shown.text) if stripped else shown.text)
            self.notes.append(shown.note(name))
        else:
            self.unseen(name)

    def unseen(self, name: str) -> None:
        """Note that the body, or a part of it, stands in a file."""
        self.kinds.add("unknown")
        self.files.append(name)
        self.notes.append(body_in_file("standard input" if name == "-" else name))

    def form(self, option: Option, argument: Text) -> None:
        """-F: a field of a multipart body, or the name of a file in it."""
        self.written = self.written or option.written
        self.kinds.add("form")
        field = split_field(argument, literal=option.name == "form-string")
        self.parts += [field] if field else []
        content = argument.value.partition("=")[2]
        if option.name == "form" and content[:1] in ("@", "<"):
            self.files.append(content[1:].partition(";")[0].strip('"'))

    def upload(self, option: Option, argument: Text) -> None:
        """-T: a file, or standard input, as it is."""
        self.written = self.written or option.written
        self.kinds.add("upload")
        if argument.value in ("-", "."):
            self.standard_input(stripped=False)
        else:
            self.file(argument.value)

    # ------------------------------------------------------------ the request

    def expand(self) -> None:
        """Put the URLs that a pattern stands for in its place, unless -g takes it for a URL."""
        if self.url is None or "globoff" in self.kinds:
            return
        written = [self.url, *self.urls[:_MOST]]
        urls = [one for url in written for one in expand_url(url, _MOST) or [url]]
        if len(urls) > len(written):
            self.pattern = self.url if len(written) == 1 else None
            self.url, *self.urls = urls

    def reading(self) -> Reading:
        """The request, complete."""
        if "form" in self.kinds:
            self.notes.append(MULTIPART)
        get = "get" in self.kinds
        body = None
        if "form" in self.kinds:
            body = None if get else write_fields(self.ancestor, self.parts)
        elif not get and "unknown" not in self.kinds and self.kinds & {"data", "json", "upload"}:
            body = self.joined()
        self.add_default_fields()
        request = Request(
            method=self.method or self.default_method(),
            url=self.full_url(),
            headers=tuple(self.fields),
            body=body,
            described=f"the {self.written} of the curl command" if self.written and not get else "",
        )
        return Reading(request, tuple(self.notes), tuple(self.files), pattern=self.pattern)

    def further(self, request: Request) -> Iterator[Request]:
        """The same request to the further URLs."""
        for url in self.urls[:_MOST]:
            self.url = url
            yield request._replace(url=self.full_url())

    def default_method(self) -> str:
        if "head" in self.kinds:
            return "HEAD"
        if "upload" in self.kinds:
            return "PUT"
        return (
            "POST" if self.kinds & {"data", "json", "form"} and "get" not in self.kinds else "GET"
        )

    def joined(self) -> Text:
        """The -d arguments joined by `&`, those of --json as they are."""
        if len(self.data) == 1:
            return self.data[0]
        pieces: list[Text | str] = []
        for one in self.data:
            pieces += ["&", one] if pieces and "json" not in self.kinds else [one]
        return concatenate(self.ancestor, pieces)

    def full_url(self) -> Text | None:
        """The URL as it stands, with what -G and --url-query add to its query."""
        added = self.query + (self.data if "get" in self.kinds else [])
        if self.url is None or not added or "#" in self.url.value:
            return self.url
        pieces: list[Text | str] = [self.url, "&" if "?" in self.url.value else "?", added[0]]
        for one in added[1:]:
            pieces += ["&", one]
        return concatenate(self.ancestor, pieces)

    def add_default_fields(self) -> None:
        """Add the fields that curl sends by itself, unless the command has its own or takes them
        away.
        """
        kinds = self.kinds
        if "json" in kinds:
            self.default("Content-Type", "application/json")
            self.default("Accept", "application/json")
        elif "form" in kinds:
            self.default("Content-Type", "multipart/form-data")
        elif "data" in kinds and "get" not in kinds:
            self.default("Content-Type", FORM)

    def default(self, name: str, value: str) -> None:
        if name.lower() not in self.removed and not has_field(self.fields, name):
            self.fields.append(Field(name, Text(value)))


def _without_breaks(text: Text) -> Text:
    """Drop carriage returns and line feeds, as -d does with what it reads from a file."""
    builder = Builder(text)
    for match in re.finditer(r"[^\r\n]+", text.value):
        builder.copy(match.start(), match.end())
    return builder.text()


def _urlencode(argument: Text) -> Text | None:
    """Encode an argument of --data-urlencode; None when it names a file."""
    value = argument.value
    at, equals = value.find("@"), value.find("=")
    if equals < 0 <= at or 0 <= at < equals:
        return None
    builder = Builder(argument)
    builder.copy(0, equals + 1 if equals > 0 else 0)
    at = equals + 1
    while at < len(value):
        match = _UNRESERVED.match(value, at)
        if match:
            builder.copy(at, match.end())
        else:
            encoded = "".join(f"%{byte:02X}" for byte in value[at].encode("utf-8", "replace"))
            builder.put("+" if value[at] == " " else encoded, at, at + 1)
        at = match.end() if match else at + 1
    return builder.text()
