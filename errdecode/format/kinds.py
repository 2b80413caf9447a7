"""What strings in a catalog file may be: patterns, links, prose, and words of fixed lists."""

from __future__ import annotations

from typing import Literal, NewType

Regex = NewType("Regex", str)
"""A regular expression of Python's `re`, searched (not anchored), without nested quantifiers."""
At = NewType("At", str)
"""A pointer pattern: RFC 6901 with `*` for any item or member, `**` for any depth. In a form and in
XML see `body/`.

Relative to the item being read; `#/...` starts at the root of the body instead, where `*` means the
item that this one stands in before all others. Steps over XML lists may be left out.
"""
Url = NewType("Url", str)
"""An https link."""
Prose = NewType("Prose", str)
"""A sentence or more for people, written for this catalog, without markup except `code` in
backticks."""
Date = NewType("Date", str)
"""A TOML date; ISO 8601 in the compiled index."""

Kind = Literal["standard", "framework", "vendor", "gateway", "client", "knowledge"]
"""`knowledge` only supplies explanations and is never detected: the HTTP status codes."""
JsonType = Literal["string", "number", "integer", "boolean", "null", "object", "array"]
BodyKind = Literal["json", "xml", "form", "html", "text", "empty"]
Dialect = Literal[
    "json-pointer",
    "jsonpath",
    "dotted",
    "brackets",
    "kubernetes",
    "segments",
    "query-list",
    "xpath",
    "element",
]
Verdict = Literal["never", "after-change", "later", "once", "reconcile-first", "unknown"]
Actor = Literal["caller", "provider", "operator", "customer"]
