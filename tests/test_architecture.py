"""The house keeps its shape: floors, no circles, small rooms, a sentence at every door, a light
start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from errdecode.catalog import open_catalog

PACKAGE = Path(__file__).parent.parent / "errdecode"
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = (
    ("model", "errors", "regex", "cache"),
    ("source", "jsontext", "pointer", "patterns"),
    ("body", "nested", "capture"),
    ("format", "clue", "example", "expressions", "compile", "catalog"),
    (
        "batch",
        "detect",
        "extract",
        "locate",
        "meaning",
        "retry",
        "correct",
        "lookup",
        "flip",
    ),
    (
        "settings",
        "outcome",
        "alternatives",
        "conflicts",
        "remarks",
        "unpack",
        "diagnosis",
        "pipeline",
    ),
    ("redact", "sanitise"),
    ("scan",),
    ("render",),
    ("authoring",),
    ("cli",),
)
"""From the ground up. A module imports from its own floor and those below it."""


def module_of(file: Path) -> str:
    """The dotted name of a file, without the package's own."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(file: Path) -> Iterator[tuple[str, int]]:
    """Every module of the package that a file imports, at its top or inside functions, with the
    line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("errdecode"):
            base = (node.module or "").removeprefix("errdecode").lstrip(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                whole = (PACKAGE / inner.replace(".", "/")).with_suffix(".py").exists()
                folder = (PACKAGE / inner.replace(".", "/")).is_dir()
                yield (inner if whole or folder else base), node.lineno


def floor_of(module: str) -> int | None:
    """The number of a module's floor; None for the package itself and its entry."""
    room = module.split(".")[0]
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), None)


def test_every_module_has_a_floor() -> None:
    """A new room is given its floor before anyone moves in."""
    rooms = {module_of(file).split(".")[0] for file in FILES} - {"", "__main__"}

    assert set() == rooms - {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_point_down(file: Path) -> None:
    """A module imports only from its own floor and those below."""
    own = floor_of(module_of(file))
    above = [
        f"line {line}: {module}"
        for module, line in imports_of(file)
        if own is not None and (floor := floor_of(module)) is not None and floor > own
    ]

    assert [] == above


def test_there_are_no_circles() -> None:
    """The imports at the top of the modules form no circle."""
    graph = {}
    for file in FILES:
        top = ast.parse(file.read_text(encoding="utf-8"))
        lines = {node.lineno for node in top.body if isinstance(node, ast.ImportFrom)}
        module = module_of(file)
        graph[module] = {
            m for m, line in imports_of(file) if line in lines and m not in ("", module)
        }

    order = list(TopologicalSorter(graph).static_order())

    assert len(order) >= len(FILES) - 1


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_rooms_are_small(file: Path) -> None:
    """No file is over 350 lines, no function over 60, and every module opens with one sentence."""
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60]
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]

    assert (True, [], True) == (len(text.splitlines()) <= 350, long, first.endswith((".", ":")))


def test_functions_are_short() -> None:
    """The median function of the house is no longer than about ten lines."""
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    )

    assert lengths[len(lengths) // 2] <= 11


def loaded_by(code: str, *arguments: str, stdin: str = "") -> set[str]:
    """The modules that a fresh interpreter holds after running some code; the catalog is
    compiled."""
    open_catalog()
    program = f"import sys; sys.argv = ['errdecode', *{arguments!r}]\n{code}\n"
    program += "print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], input=stdin, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


HEAVY = {
    "typer",
    "click",
    "tomllib",
    "dataclasses",
    "inspect",
    "asyncio",
    "importlib.metadata",
    "pydantic",
}


def test_version_loads_nothing() -> None:
    """`errdecode --version` loads neither the pipeline nor any library."""
    loaded = loaded_by("from errdecode.cli import main; main()", "--version")

    assert set() == loaded & (HEAVY | {"rich", "json", "jsonpointer", "errdecode.pipeline"})


def test_json_output_is_light() -> None:
    """Decoding a body to JSON loads neither Typer nor rich, nor what only authors need."""
    body = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'
    loaded = loaded_by("from errdecode.cli import main; main()", "--json", stdin=body)

    assert set() == loaded & (HEAVY | {"rich", "errdecode.authoring", "errdecode.compile.schema"})


def test_terminal_output_spares_typer() -> None:
    """The usual call does not load Typer."""
    body = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'
    loaded = loaded_by("from errdecode.cli import main; main()", stdin=body)

    assert set() == loaded & {"typer", "click", "tomllib", "pydantic", "errdecode.authoring"}


def test_only_the_terminal_renderer_knows_rich() -> None:
    """rich is imported in one module."""
    knowing = [
        module_of(file)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rich"
    ]

    assert {"render.terminal"} == set(knowing)


def test_types_are_records() -> None:
    """Every named tuple is a record: `typing.NamedTuple` takes three times as long to define."""
    others = {
        str(file.relative_to(PACKAGE))
        for file in FILES
        if "NamedTuple" in file.read_text(encoding="utf-8")
        and "from errdecode.model.record import NamedTuple" not in file.read_text(encoding="utf-8")
    }

    assert {"model/record.py"} == others
