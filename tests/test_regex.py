"""The laws of expressions that are compiled when they are first used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.regex import expression

PACKAGE = Path(__file__).parent.parent / "errdecode"


@given(st.from_regex(r"[ab|*+?.(]{0,6}", fullmatch=True), st.text("abB\n", max_size=20))
def test_it_finds_what_a_compiled_one_finds(source: str, text: str) -> None:
    """Searched in whatever way, it answers as `re.compile` does, or raises the same error."""
    try:
        compiled = re.compile(source, re.IGNORECASE)
    except re.error:
        with pytest.raises(re.error):
            expression(source, re.IGNORECASE).search(text)
        return
    late = expression(source, re.IGNORECASE)

    for _ in range(2):  # when it is compiled, and later
        assert [m.span() for m in compiled.finditer(text)] == [
            m.span() for m in late.finditer(text)
        ]
        assert compiled.sub("-", text) == late.sub("-", text)
        assert (compiled.match(text) is None) == (late.match(text) is None)


def test_it_bears_what_a_compiled_one_bears() -> None:
    """Its source, flags and groups can be asked for; nothing else can."""
    late = expression(rb"(?P<name>a)(b)", re.MULTILINE)

    assert (rb"(?P<name>a)(b)", 2, 1) == (late.pattern, late.groups, late.groupindex["name"])
    assert late.flags & re.MULTILINE
    with pytest.raises(AttributeError):
        late.serach  # type: ignore[attr-defined]  # noqa: B018  # misspelt on purpose


def test_a_start_compiles_none_of_ours() -> None:
    """No module compiles an expression when it is imported, but for the engines of a scan, which
    build theirs of the catalog."""
    files = [file for file in PACKAGE.rglob("*.py") if file.parent.name != "engines"]
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in files
        for node in _outside_functions(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]

    assert [] == found


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run when a module is imported."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(one)
