"""The catalog's examples as logs may show them: what recall is measured with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from errdecode.body import read_body
from errdecode.model import Text

CATALOG = Path(__file__).parent.parent / "catalog"
KINDS = frozenset(("json", "xml", "form", "html", "text"))


class Case(NamedTuple):
    """An example of the catalog, as logs show it."""

    format: str
    name: str
    status: int | None
    body: str
    """As it stands in the catalog, without blanks around it."""
    kind: str
    """json, xml, form, html or text."""
    outcome: str
    code: str | None
    """Of the first expected problem, where the example says it."""
    media_type: str | None

    @property
    def line(self) -> str:
        """The body in one line."""
        return in_one_line(self.body, self.kind)

    @property
    def lines(self) -> str:
        """The body over several lines, as a printer with indentation writes it."""
        return over_lines(self.body, self.kind)


@cache
def load_cases() -> tuple[Case, ...]:
    """Every example of the catalog that has a body, in the order of the files."""
    return tuple(
        case
        for path in sorted(CATALOG.glob("*.toml"))
        for case in _cases(tomllib.loads(path.read_text(encoding="utf-8")))
    )


def _cases(file: dict) -> Iterator[Case]:  # type: ignore[type-arg]  # TOML as it comes
    for example in file.get("examples", ()):
        body = example.get("body", "").strip()
        if not body or example.get("timeout") or "failure" in example:
            continue
        problems = example.get("problems") or [{}]
        kind = read_body(Text(body), example.get("media_type")).kind
        yield Case(
            file["id"],
            example["name"],
            example.get("status"),
            body,
            kind if kind in KINDS else "text",
            example.get("outcome", "error"),
            problems[0].get("code"),
            example.get("media_type"),
        )


def in_one_line(body: str, kind: str) -> str:
    """A body without line breaks; a text keeps them, for there they mean something."""
    if kind == "text" or "\n" not in body:
        return body
    if kind == "json":
        try:
            return json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":"))
        except ValueError:
            return " ".join(body.split())
    lines = [line.strip() for line in body.splitlines()]
    return "".join(f" {line}" if line[:1] not in ("<", "") else line for line in lines).strip()


def over_lines(body: str, kind: str) -> str:
    """A body with one member or element in a line."""
    if "\n" in body or kind not in ("json", "xml"):
        return body
    if kind == "json":
        try:
            return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
        except ValueError:
            return body
    return body.replace("><", ">\n<")
