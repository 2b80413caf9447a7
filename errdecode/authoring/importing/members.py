"""A JSON schema of an OpenAPI document, as a body that fits it and what it promises of bodies."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.authoring.finding import pattern_step, plain
from errdecode.authoring.importing.table import assign_columns, rows_of
from errdecode.authoring.samples import Listed
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import parse, resolve

Table = dict[str, JSON]

_DEEPEST = 8
"""Objects and arrays that are gone into."""
_MOST_PARTS = 60
"""Schemas that one schema may be put together from."""
_MOST_MEMBERS = 60
_MOST_NODES = 400
"""Members of one schema that are looked at."""
_MOST_WORK = 500_000
"""Members that are looked at in all schemas of a document, each as often as it is met."""
_TEXTS = (
    *("message", "msg", "description", "detail", "details", "title", "text", "reason", "summary"),
    *("explanation", "error"),
)
"""Endings of the names of members that hold sentences."""
_CODE_LISTS = ("codes", "errorcodes", "errors")
_DESCRIPTIONS = ("enumdescriptions", "enumvarnames", "enumnames", "msenum")
"""Extensions that list codes, and those that describe the values of an `enum`."""


class Document:
    """An OpenAPI document and its references."""

    def __init__(self, root: Table) -> None:
        self.root = root
        self.elsewhere: set[str] = set()
        """References to other documents, which are not followed."""
        self.left = _MOST_WORK
        """Members of schemas that may still be looked at; negative: not all of them were."""

    def follow(self, value: JSON) -> Table:
        """The table that a value is, or that its local `$ref` leads to; members beside it count.

        OpenAPI 3.1, section 4.8.23; JSON Schema 2020-12, section 8.2.3.1.
        """
        beside: Table = {}
        for _ in range(20):
            if not isinstance(value, dict) or "$ref" not in value:
                break
            beside = {n: v for n, v in value.items() if n != "$ref"} | beside
            value = self._target(str(value["$ref"]))
        if not isinstance(value, dict) or "$ref" in value:
            return beside
        return {**value, **beside} if beside else value

    def _target(self, reference: str) -> JSON:
        if not reference.startswith("#"):
            self.elsewhere.add(reference)
            return None
        tokens = parse(reference).tokens
        found = None if tokens is None else resolve(self.root, tokens)
        return found.value if found is not None and found.found else None


class Schema(NamedTuple):
    """What a schema says of bodies."""

    value: JSON
    """A body with all its members, made up where no value is given."""
    promised: dict[str, tuple[str, ...]]
    """The required members, by pattern."""
    listed: dict[str, tuple[Listed, ...]]
    """The codes that it lists, by pattern."""
    documented: bool
    """Every value is one that the schema gives, so the body may be shown."""


class _Walk:
    """One way through a schema; how deep it goes and how much it sees is limited."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.promised: dict[str, tuple[str, ...]] = {}
        self.listed: dict[str, tuple[Listed, ...]] = {}
        self.documented = True
        self.left = _MOST_NODES

    def value(self, schema: JSON, at: str, name: str, depth: int) -> JSON:
        """A value that fits a schema; it calls itself once for each level, `_DEEPEST` at most."""
        self.left -= 1
        whole = merge(self.document, schema)
        if depth >= _DEEPEST or self.left < 0 or self.document.left < 0:
            self.documented = False
            return None
        listed = tuple(read_listed(whole))
        if listed:
            self.listed[at] = listed
        if isinstance(whole.get("properties"), dict):
            return self._object(whole, at, depth)
        if "items" in whole or whole.get("type") == "array":
            return [self.value(whole.get("items"), f"{at}/*", name, depth + 1)]
        given = _given(whole)
        if given is not None:
            return given
        self.documented = False
        extra = whole.get("additionalProperties")
        if isinstance(extra, dict):
            return {"name": self.value(extra, f"{at}/*", "message", depth + 1)}
        return _invent(whole, name)

    def _object(self, whole: Table, at: str, depth: int) -> JSON:
        properties = whole["properties"]
        assert isinstance(properties, dict)  # noqa: S101  # the caller has looked
        required = whole.get("required")
        names = [str(one) for one in required] if isinstance(required, list) else []
        self.promised[at] = tuple(name for name in properties if name in names)
        shown = list(properties.items())[:_MOST_MEMBERS]
        wordy = any(plain(name) in ("message", "errordescription") for name in properties)
        return {
            name: self.value(
                member,
                pattern_step(at, name),
                "code" if wordy and plain(name) == "error" else name,
                depth + 1,
            )
            for name, member in shown
        }


def read_schema(document: Document, schema: JSON) -> Schema:
    """Read the schema of a body."""
    walk = _Walk(document)
    value = walk.value(schema, "", "", 0)
    return Schema(value, walk.promised, walk.listed, walk.documented)


def merge(document: Document, schema: JSON) -> Table:
    """A schema with its `$ref`, `allOf`, and the alternatives of `oneOf` and `anyOf` put together.

    What only some of the alternatives require is not required.
    """
    whole: Table = {}
    properties: Table = {}
    required: list[str] = []
    seen: set[int] = set()
    waiting: list[tuple[JSON, bool]] = [(schema, True)]
    while waiting and len(seen) < _MOST_PARTS and document.left >= 0:
        part, binding = waiting.pop(0)
        table = document.follow(part)
        marks = id(part) if isinstance(part, dict) else 0
        if marks in seen:
            continue
        seen.add(marks)
        document.left -= len(table)
        for name, value in table.items():
            if name not in ("properties", "required", "allOf", "oneOf", "anyOf", "$ref"):
                whole.setdefault(name, value)
        own = table.get("properties")
        document.left -= len(own) if isinstance(own, dict) else 0
        for name, member in own.items() if isinstance(own, dict) else ():
            properties.setdefault(name, member)
        names = table.get("required")
        required += map(str, names) if isinstance(names, list) and binding else ()
        waiting += [(one, binding) for one in _parts(table, "allOf")]
        ways = [*_parts(table, "oneOf"), *_parts(table, "anyOf")]
        waiting += [(one, binding and len(ways) == 1) for one in ways if not _is_null(one)]
    if properties:
        whole["properties"] = properties
        whole["required"] = list[JSON](dict.fromkeys(required))
    return whole


def _parts(table: Table, word: str) -> list[JSON]:
    parts = table.get(word)
    return parts if isinstance(parts, list) else []


def _is_null(schema: JSON) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "null"


def read_listed(table: Table) -> Iterator[Listed]:
    """The codes that a table lists: `enum`, `const` and extensions such as `x-error-codes`."""
    enum = table.get("enum")
    values = [table["const"]] if "const" in table else enum if isinstance(enum, list) else []
    said = _descriptions(table, values)
    for number, value in enumerate(values):
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield Listed(str(value), said.get(str(value), said.get(number, "")))
    for name, extension in table.items():
        if name.startswith("x-") and plain(name[2:]) in _CODE_LISTS:
            yield from _from_rows(extension)


def _from_rows(value: JSON) -> Iterator[Listed]:
    rows = rows_of(value)
    roles = assign_columns(list(dict.fromkeys(name for row in rows for name in row)))
    for row in rows:
        code = row.get(roles.get("code", ""))
        if code:
            told = [row.get(roles.get(role, ""), "") for role in ("message", "description")]
            yield Listed(code, ": ".join(text for text in told if text))


def _descriptions(table: Table, values: list[JSON]) -> dict[str | int, str]:
    """What extensions say of the values of an `enum`: by the value, or by its number from 0."""
    said: dict[str | int, str] = {}
    for name, extension in table.items():
        word = plain(name[2:]) if name.startswith("x-") else ""
        if word not in _DESCRIPTIONS:
            continue
        if word == "msenum" and isinstance(extension, dict):
            said |= {one.code: one.said for one in _from_rows(extension.get("values"))}
        elif isinstance(extension, dict):
            said |= {key: text for key, text in extension.items() if isinstance(text, str)}
        elif isinstance(extension, list) and len(extension) == len(values):
            said |= {at: text for at, text in enumerate(extension) if isinstance(text, str)}
    return said


def _given(schema: Table) -> JSON:
    """A value that the schema itself gives."""
    for word in ("const", "example", "default"):
        if schema.get(word) is not None:
            return schema[word]
    for word in ("examples", "enum"):
        several = schema.get(word)
        if isinstance(several, list) and several and several[0] is not None:
            return several[0]
    return None


def _invent(schema: Table, name: str) -> JSON:
    """A value that no schema gives, to see where things stand."""
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    word = plain(name)
    if "boolean" in kinds:
        return False
    if "integer" in kinds or "number" in kinds:
        return 400 if "status" in word else 1001
    if "object" in kinds:
        return {}
    if "null" in kinds and len(kinds) == 1:
        return None
    if schema.get("format") in ("uri", "uri-reference") and word != "type":
        return "https://docs.example.com/"
    if "pointer" in word or schema.get("format") == "json-pointer":
        return "/name"
    return "Something is wrong" if word.endswith(_TEXTS) else "WORD"
