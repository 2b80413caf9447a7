"""The JSON Schema of a catalog file, for editors: the types of `format/` with their docstrings.

`catalog/schema.json` is what `write_schema` gives: a test holds it, `pytest --update` renews it.
"""

from __future__ import annotations

import ast
import json
import types
import typing
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from errdecode import format as words
from errdecode.compile.schema import Hint, field_types, toml_key
from errdecode.model import JSON

Schema = dict[str, JSON]
Docstrings = dict[tuple[str, str], str]
"""By class and field; the field is empty for what describes a type as a whole: `("Regex", "")`."""

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ASSERTED: dict[str, Schema] = {
    "Regex": {"format": "regex"},
    "At": {"pattern": "^(#?$|#?/)"},
    "Url": {"format": "uri", "pattern": "^https?://"},
    "Prose": {"pattern": "\\S"},
    "Date": {"format": "date"},
}
"""What JSON Schema can say of the named kinds of strings; `schema.read_format` checks more."""


def write_schema() -> str:
    """The schema as it stands in `catalog/schema.json`."""
    return json.dumps(json_schema(), indent=2) + "\n"


def json_schema() -> Schema:
    """Derive the JSON Schema (draft 2020-12) of a catalog file."""
    derivation = _Derivation(_read_docstrings())
    root = derivation.of(words.Format)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An errdecode catalog file",
        **root,
        "$defs": derivation.definitions,
    }


class _Derivation:
    """The walk over the types; what has a name becomes a definition, described once."""

    def __init__(self, docstrings: Docstrings) -> None:
        self.docstrings = docstrings
        self.definitions: Schema = {}

    def of(self, hint: Hint) -> Schema:
        """The schema of a type annotation."""
        origin: Hint = typing.get_origin(hint)
        args = typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._union([arg for arg in args if arg is not type(None)])
        if origin is tuple:
            item = self.of(args[0])
            return _any_of([item, {"type": "array", "items": item}])
        if origin is typing.Literal:
            return {"enum": list(args)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(args[1])}
        if hasattr(hint, "_fields") or hasattr(hint, "__supertype__"):
            return self._named(hint)
        return {"type": _TYPES[hint]}

    def _union(self, args: list[Hint]) -> Schema:
        """A choice of types; `JSON`, the one with containers in it, allows everything."""
        origins: list[Hint] = [typing.get_origin(arg) for arg in args]
        if list in origins or dict in origins:
            return {}
        return _any_of(self.of(arg) for arg in args)

    def _named(self, hint: Hint) -> Schema:
        name = hint.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # it may contain itself
            self.definitions[name] = self._definition(hint)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, hint: Hint) -> Schema:
        described = self._describe(hint.__name__)
        if hasattr(hint, "__supertype__"):
            asserted = _ASSERTED[hint.__name__]
            return {**described, "type": _TYPES[hint.__supertype__], **asserted}
        table = {**described, **self._table(hint)}
        if hint is words.Read:  # a bare string stands for `{ at = "..." }`
            return {"anyOf": [self.of(words.At), table]}
        return table

    def _table(self, cls: Hint) -> Schema:
        hints = field_types(cls)
        required: list[JSON] = [toml_key(name) for name in hints if name not in cls._field_defaults]
        properties: Schema = {
            toml_key(name): {**self._describe(cls.__name__, name), **self.of(hint)}
            for name, hint in hints.items()
        }
        table: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**table, "required": required} if required else table

    def _describe(self, owner: str, field: str = "") -> Schema:
        text = self.docstrings.get((owner, field))
        return {"description": text} if text else {}


def _any_of(choices: Iterable[Schema]) -> Schema:
    """Either of several schemas; plain types are listed in one."""
    kinds = list(choices)
    if len(kinds) == 1:
        return kinds[0]
    if all(kind.keys() == {"type"} for kind in kinds):
        return {"type": [kind["type"] for kind in kinds]}
    return {"anyOf": list(kinds)}


def _read_docstrings() -> Docstrings:
    """Read what stands below each field and each named kind of strings; Python does not keep it."""
    files = sorted(Path(words.__file__).parent.glob("*.py"))
    body = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    found = {(name, ""): text for name, text in _below_names(body)}
    for node in body:
        if isinstance(node, ast.ClassDef):
            found[node.name, ""] = _plain(ast.get_docstring(node) or "")
            found |= {(node.name, name): text for name, text in _below_names(node.body)}
    return found


def _below_names(body: list[ast.stmt]) -> typing.Iterator[tuple[str, str]]:
    """Give each assigned name with the docstring that stands right below it."""
    for node, after in pairwise(body):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = after.value if isinstance(after, ast.Expr) else None
        text = value.value if isinstance(value, ast.Constant) else None
        if isinstance(target, ast.Name) and isinstance(text, str):
            yield target.id, _plain(text)


def _plain(text: str) -> str:
    """A docstring on one line."""
    return " ".join(text.split())
