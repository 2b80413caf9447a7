"""An OpenAPI 3 document: its error responses, and the draft they lead to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from errdecode.authoring.account import count
from errdecode.authoring.compose import compose
from errdecode.authoring.draft import DOCUMENTATION, Draft, name_for
from errdecode.authoring.importing.members import Document, Schema, Table, read_listed, read_schema
from errdecode.authoring.samples import Sample, harmless, make_samples
from errdecode.body import read_body
from errdecode.compile.schema import check_url
from errdecode.errors import InputError
from errdecode.model import JSON, Detection, Exchange, Field, Report, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_MOST_RESPONSES = 20_000
_MOST_EXAMPLES = 300
"""Examples that are read."""
_MOST_SCHEMAS = 40
_PUT_TOGETHER = "put together from the values that the schema gives"
_STATUS = expression(r"[45]\d\d")


class Answer(NamedTuple):
    """An error response of the document."""

    label: str
    """`POST /orders 422`."""
    status: int | None
    url: str | None
    said: str
    """Its description."""
    media_type: str
    schema: JSON
    examples: tuple[tuple[str, JSON], ...]
    """Each with its summary."""


def draft_openapi(root: Table, file: str, id: str, name: str | None) -> tuple[Draft, list[str]]:
    """The draft of an OpenAPI 3 document, and an account of what was taken for what.

    Raises `InputError` when no error response has a body in JSON.
    """
    document = Document(root)
    account: list[str] = []
    schemas = _Schemas(document)
    answers = [schemas.with_example(answer) for answer in _find_answers(document, account)]
    listed = [one for table in _tables(document) for one in read_listed(table)]
    samples = [*_examples(answers, account), *_made_up(answers, schemas)]
    info = document.follow(root.get("info"))
    draft = Draft(
        id,
        name or harmless(str(info.get("title") or ""))[:80] or name_for(id),
        head=(f"Imported from {harmless(file)}; what it says is quoted in comments.",),
        documentation=_documentation(root),
    )
    composed = compose(draft, samples, _hosts(root), listed)
    if document.elsewhere:
        account.append(f"{count(len(document.elsewhere), 'reference')} to other files not followed")
    if document.left < 0:
        account.append("the schemas are too large: only a part of them was read")
    account += composed.account
    if composed.draft is None:
        raise InputError(
            f"{file} describes no error response with a code or a message in JSON",
            "if you have such responses, `errdecode catalog learn FILE...` reads them",
        )
    return composed.draft, [f"{count(len(answers), 'error response')} in {file}", *account]


# ---------------------------------------------------------------- what the document holds


def _find_answers(document: Document, account: list[str]) -> Iterator[Answer]:
    """The error responses in JSON of all operations; without any, those of the components."""
    left = _MOST_RESPONSES
    unread = 0
    for label, url, responses in _operations(document):
        for status, response in responses.items():
            if left <= 0 or not (status == "default" or re.match("[45]", status)):
                continue
            left -= 1
            found = list(_answers_of(document, f"{label} {status}", status, url, response))
            unread += not found
            yield from found
    if left == _MOST_RESPONSES:
        named = document.follow(document.follow(document.root.get("components")).get("responses"))
        for name, response in list(named.items())[:_MOST_RESPONSES]:
            yield from _answers_of(document, name, name, None, response)
    if unread:
        account.append(f"{count(unread, 'error response')} without a body in JSON")


def _operations(document: Document) -> Iterator[tuple[str, str | None, Table]]:
    """Label, URL and responses of each operation."""
    base = next(iter(_servers(document.root)), None)
    for path, item in document.follow(document.root.get("paths")).items():
        operations = document.follow(item)
        for method in _METHODS:
            operation = operations.get(method)
            if isinstance(operation, dict):
                whole = re.sub(r"\{[^{}]*\}", "1", path)
                url = f"{base}{whole}" if base else None
                responses = document.follow(operation.get("responses"))
                yield f"{method.upper()} {path}", url, responses


def _answers_of(
    document: Document, label: str, status: str, url: str | None, response: JSON
) -> Iterator[Answer]:
    whole = document.follow(response)
    said = " ".join(str(whole.get("description") or "").split())
    for media_type, content in document.follow(whole.get("content")).items():
        if not re.match(r"(?:[\w.+-]+|\*)/(?:[\w.+-]*json|\*)", media_type.lower()):
            continue
        media = document.follow(content)
        yield Answer(
            label,
            int(status) if _STATUS.fullmatch(status) else None,
            url,
            said,
            media_type.split(";")[0].strip().lower(),
            media.get("schema"),
            tuple(_media_examples(document, media)),
        )


def _media_examples(document: Document, media: Table) -> Iterator[tuple[str, JSON]]:
    """The examples of a media type (OpenAPI 3.1, section 4.8.14)."""
    if "example" in media:
        yield "", media["example"]
    for name, example in document.follow(media.get("examples")).items():
        whole = document.follow(example)
        if "value" in whole:
            yield str(whole.get("summary") or whole.get("description") or name), whole["value"]
    schema = document.follow(media.get("schema"))
    if "example" in schema:
        yield "", schema["example"]
    several = schema.get("examples")
    for value in several if isinstance(several, list) else ():
        yield "", value


def _servers(root: Table) -> Iterator[str]:
    """The addresses of the API, their variables replaced by the defaults."""
    servers = root.get("servers")
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, dict) and isinstance(server.get("url"), str):
            url, variables = str(server["url"]), server.get("variables")
            for name, variable in variables.items() if isinstance(variables, dict) else ():
                default = variable.get("default") if isinstance(variable, dict) else None
                url = url.replace(f"{{{name}}}", str(default))
            if re.match(r"https?://[\w.-]+", url) and "{" not in url:
                yield url.rstrip("/")


def _hosts(root: Table) -> list[str]:
    """The hosts of the servers; a variable in one is any name."""
    hosts = []
    servers = root.get("servers")
    for server in servers if isinstance(servers, list) else ():
        url = str(server.get("url")) if isinstance(server, dict) else ""
        match = re.match(r"https?://([^/:?#@]+)", url)
        if match:
            hosts.append(re.sub(r"\{[^{}]*\}", "*", match[1]).lower())
    return [host for host in dict.fromkeys(hosts) if re.fullmatch(r"[\w.*-]+", host)]


def _documentation(root: Table) -> str:
    """The page that the document names, if it can be a link of the catalog; else a blank."""
    docs = root.get("externalDocs")
    url = docs.get("url") if isinstance(docs, dict) else None
    fits = isinstance(url, str) and url.startswith("https://") and check_url(url) is None
    return str(url) if fits and harmless(str(url)) == url else DOCUMENTATION


def _tables(document: Document) -> Iterator[Table]:
    """Where a document may list codes apart from its schemas."""
    yield document.root
    yield document.follow(document.root.get("info"))
    yield document.follow(document.root.get("components"))


# ---------------------------------------------------------------- samples


def _examples(answers: Sequence[Answer], account: list[str]) -> list[Sample]:
    """The examples of the responses, each body once, masked."""
    bodies: dict[str, tuple[Answer, str, str]] = {}
    met: set[int] = set()  # a response that many operations refer to is one object
    for answer in answers:
        for summary, value in answer.examples:
            text = None if id(value) in met else _body(value)
            met.add(id(value))
            if text and len(bodies) < _MOST_EXAMPLES:
                bodies.setdefault(text, (answer, summary, text))
    reports = [_report(answer, text) for answer, _, text in bodies.values()]
    labels = [answer.label for answer, _, _ in bodies.values()]
    samples = make_samples(reports, labels)
    told = [(answer.said, summary) for answer, summary, _ in bodies.values()]
    if not samples:
        account.append("no example of an error: those of the draft are blank")
    return [
        sample._replace(said=harmless(": ".join(dict.fromkeys(filter(None, words)))))
        for sample, words in zip(samples, told, strict=True)
    ]


def _body(value: JSON) -> str | None:
    """An example as the text of a body; a string may be one already."""
    if isinstance(value, str):
        return value if value.lstrip()[:1] in ("{", "[") else None
    if not isinstance(value, dict | list):
        return None
    compact = json.dumps(value, ensure_ascii=False)
    return compact if len(compact) < 100 else json.dumps(value, ensure_ascii=False, indent=2)


def _report(answer: Answer, text: str) -> Report:
    """A response of the document as if it had been captured."""
    declared = answer.media_type if "*" not in answer.media_type else "application/json"
    fields = (Field("Content-Type", Text(declared)),)
    response = Response(answer.status, None, fields, Text(text))
    request = Request(url=Text(answer.url)) if answer.url else None
    exchange = Exchange("http", Text(text), request=request, response=response)
    body = read_body(Text(text), declared)
    return Report(answer.label, 0, "error", exchange, body, None, Detection(None))


class _Schemas:
    """The schemas of the responses, each read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._keys: dict[int, str] = {}  # an object that many operations refer to is written once
        self._read: dict[str, Schema] = {}

    def key(self, answer: Answer) -> str:
        """What tells the schema of a response from others."""
        mark = id(answer.schema)
        if mark not in self._keys:
            self._keys[mark] = json.dumps(answer.schema, sort_keys=True)
        return self._keys[mark]

    def read(self, answer: Answer) -> Schema | None:
        """The schema of a response; None without one, or when there are too many."""
        if not isinstance(answer.schema, dict):
            return None
        key = self.key(answer)
        if key not in self._read:
            if len(self._read) >= _MOST_SCHEMAS:
                return None
            self._read[key] = read_schema(self._document, answer.schema)
        return self._read[key]

    def with_example(self, answer: Answer) -> Answer:
        """A response without an example, with one whose values are all given by its schema."""
        schema = None if answer.examples else self.read(answer)
        if schema is None or not schema.documented or not isinstance(schema.value, dict):
            return answer
        return answer._replace(examples=((_PUT_TOGETHER, schema.value),))


def _made_up(answers: Sequence[Answer], schemas: _Schemas) -> Iterator[Sample]:
    """A sample for each schema and status, made up of what the schema says."""
    met: set[tuple[str, int | None]] = set()
    for answer in answers:
        schema = schemas.read(answer)
        if schema is None or (schemas.key(answer), answer.status) in met:
            continue
        met.add((schemas.key(answer), answer.status))
        yield Sample(
            answer.label,
            read_body(Text(json.dumps(schema.value)), "application/json"),
            answer.status,
            said=harmless(answer.said),
            given=False,
            promised=schema.promised,
            listed=schema.listed,
        )
