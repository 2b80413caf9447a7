"""Reads what request a wget command sends (https://www.gnu.org/software/wget/manual/wget.html)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.capture.clients.reading import FORM, Reading, Stdin, body_in_file, has_field
from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Field, Note, Request, Text
from errdecode.source import cut

_SHORT_WITH_ARGUMENT = "aioOPTtwQlARDeBUIX"
_SHORT = {"U": "user-agent"}
_LONG_WITH_ARGUMENT = frozenset(
    """
    accept accept-regex append-output base bind-address body-data body-file ca-certificate
    ca-directory certificate certificate-type ciphers config connect-timeout crl-file cut-dirs
    default-page directory-prefix dns-timeout domains egd-file exclude-directories exclude-domains
    execute follow-tags ftp-password ftp-user header http-password http-user hsts-file ignore-tags
    include-directories input-file level limit-rate load-cookies local-encoding max-redirect method
    output-document output-file password post-data post-file prefer-family preferred-location
    private-key private-key-type progress proxy-password proxy-user quota random-file read-timeout
    referer regex-type reject reject-regex rejected-log remote-encoding report-speed
    restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos timeout tries
    use-askpass user user-agent wait waitretry warc-file warc-header
    """.split()
)
_FIELDS = {"user-agent": "User-Agent", "referer": "Referer"}


def read_request(words: Sequence[Text], stdin: Stdin, ancestor: Text) -> Reading:
    """Read the request of a wget command from its words, the program's name not included.

    wget reads no body from standard input, so `stdin` is passed over; all words descend from
    `ancestor`.
    """
    values: dict[str, Text] = {}
    fields: list[Field] = []
    for name, argument in _options(words):
        if name == "header":
            fields += _field(argument)
        elif name in _FIELDS:
            fields.append(Field(_FIELDS[name], argument))
        elif name != "url" or "url" not in values:
            values[name.removeprefix("http-")] = argument
    fields += _authorization(values, ancestor)
    written = next(
        (name for name in ("body-data", "post-data", "body-file", "post-file") if name in values),
        None,
    )
    body = values[written] if written and written.endswith("data") else None
    if written and not has_field(fields, "Content-Type"):
        fields.append(Field("Content-Type", Text(FORM)))
    posted = "post-data" in values or "post-file" in values
    method = values["method"].value.upper() if "method" in values else "POST" if posted else "GET"
    described = f"the --{written} of the wget command" if written else ""
    request = Request(method, values.get("url"), tuple(fields), body, described)
    files = (values[written].value,) if written and body is None else ()
    notes: tuple[Note, ...] = tuple(body_in_file(name) for name in files)
    return Reading(request, notes, files)


def _options(words: Sequence[Text]) -> Iterator[tuple[str, Text]]:
    """Give the long names of the options that have an argument, with it; a URL's name is `url`."""
    rest = iter(words)
    for word in rest:
        value = word.value
        if value.startswith("--"):
            name, equals, _ = value[2:].partition("=")
            argument = cut(word, value.index("=") + 1, len(value)) if equals else None
            if argument is None and name in _LONG_WITH_ARGUMENT:
                argument = next(rest, None)
        elif value.startswith("-") and len(value) > 1:
            at = next(
                (at for at in range(1, len(value)) if value[at] in _SHORT_WITH_ARGUMENT), None
            )
            if at is None:
                continue
            name = _SHORT.get(value[at], value[at])
            argument = cut(word, at + 1, len(value)) if at + 1 < len(value) else next(rest, None)
        else:
            name, argument = "url", word
        if argument is not None:
            yield name, argument


def _field(argument: Text) -> list[Field]:
    name, colon, _ = argument.value.partition(":")
    value = argument.value[len(name) + 1 :]
    start = len(argument.value) - len(value.lstrip())
    return (
        [Field(name.strip(), cut(argument, start, max(start, len(argument.value.rstrip()))))]
        if colon
        else []
    )


def _authorization(values: dict[str, Text], ancestor: Text) -> list[Field]:
    """What --user and --password say, joined by a colon."""
    known = [values[name] for name in ("user", "password") if name in values]
    if not known:
        return []
    pieces: list[Text | str] = [known[0], ":", known[1]] if len(known) == 2 else [known[0]]
    return [Field("Authorization", concatenate(ancestor, pieces))]
