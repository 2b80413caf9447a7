"""Reading catalog files: every fault has its line, dialects inherit, the index keeps it all."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import compile
from errdecode.compile import Loaded, LocatedFault, inherit, load_file, load_folder, parse_file
from errdecode.compile.toml_lines import line_at, read_lines
from errdecode.compile.weigh import Reference
from errdecode.format import Clue, Code, Defaults, Detect, Extract, Format, Read, RetryRule, Shape
from errdecode.format.kinds import Prose
from errdecode.format.packed import pack, unpack_format

NOTHING = Reference({}, (), {})
GOOD = """\
id = "acme"
name = "Acme"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22
detect.required = [ { at = "/fault/id", is = "string" } ]
extract.code = "/fault/id"
[[examples]]
name = "one"
body = '{"fault": {"id": "A"}}'
problems = [ { code = "A" } ]
"""


def write(folder: Path, text: str | bytes, name: str = "acme.toml") -> Path:
    """Write a catalog file."""
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def make(id: str, **members: Any) -> Format:
    """A format with the members that the test is about."""
    return Format(id, id, "vendor", "https://docs.example.com/", "2026-11-22", **members)  # type: ignore[arg-type]


# ---------------------------------------------------------------- lines

SCALARS = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.text("ab\"'#[]{},=.\\ é\n", max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ab. '\"#=[", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def write_value(
    value: Any, path: tuple[Any, ...], line: int, seen: dict[Any, int]
) -> tuple[str, int]:
    """Write a value as TOML, each item of an array on a line of its own; note the line of each."""
    seen[path] = line
    if isinstance(value, list):
        text = "["
        for at, item in enumerate(value):
            inner, line = write_value(item, (*path, at), line + 1, seen)
            text += f"\n  # ]}}\n{inner}," if at else f"\n{inner},"
            line += 1 if at else 0
            seen.update(
                {p: n + 1 for p, n in seen.items() if at and p[: len(path) + 1] == (*path, at)}
            )
        return text + "]", line
    if isinstance(value, dict):
        parts = []
        for key, item in value.items():
            inner, line = write_value(item, (*path, key), line, seen)
            parts.append(f"{json.dumps(key)} = {inner}")
        return "{ " + ", ".join(parts) + " }", line
    if isinstance(value, str) and "'''" not in value and "\n" in value and not value.endswith("'"):
        return f"'''\n{value}'''", line + value.count("\n") + 1
    return json.dumps(value, ensure_ascii=False), line


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_place_of_a_file_has_its_line(data: dict[str, Any]) -> None:
    """Keys and items are found on the lines they were written on, whatever they hold."""
    lines: dict[Any, int] = {(): 1}
    text, line = "# a comment = 1\n", 2
    for key, value in data.items():
        written, line = write_value(value, (key,), line, lines)
        text += f"{key} = {written}\n"
        line += 1

    assert tomllib.loads(text) == data
    assert read_lines(text) == lines


@given(st.text("ab[]{}=,.#\"'\n \\1", max_size=60))
@settings(max_examples=200, deadline=None)
def test_lines_of_anything(text: str) -> None:
    """What is no TOML is walked all the same."""
    lines = read_lines(text)

    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def test_lines_of_tables() -> None:
    """Headers, arrays of tables and dotted keys count as in TOML."""
    lines = read_lines('a.b = 1\n[[t]]\nx = 1\n[[t]]\n[t.s]\n"y z" = 2\n[[t.u]]\n[[t.u]]\nk = 3\n')
    wanted = [
        ("a", "b"),
        ("t",),
        ("t", 0),
        ("t", 0, "x"),
        ("t", 1),
        ("t", 1, "s", "y z"),
        ("t", 1, "u", 1, "k"),
    ]

    assert [1, 2, 2, 3, 4, 6, 9] == [lines[path] for path in wanted]


def test_line_of_what_is_missing() -> None:
    """A place that is not there is told by the nearest above it; a bare value is its own item 0."""
    lines = read_lines('[d]\nis = "string"\n')

    assert [2, 1, 1] == [line_at(lines, p) for p in (("d", "is", 0), ("d", "at"), ("x", 0, "y"))]


def test_long_files_take_linear_time() -> None:
    """A long line of brackets or quotes is read at once."""
    text = "a = " + "[" * 100_000 + "'" * 100_001 + '"' * 100_001

    assert {(), ("a",)} <= read_lines(text).keys()


# ---------------------------------------------------------------- faults of the file itself


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('id = "acme"\nname = Acme\n', 2, "no TOML: Invalid value (at line 2"),
        ('id = "acme\n', 1, "no TOML: Illegal character"),
        ("a = 1\nb = [1,\n2\n\n\n", 3, "no TOML: Unclosed array"),
        ("a = 1\na = 2\n", 2, "no TOML: Cannot overwrite"),
        (b"a = 1\nb = '\xe9'\n", 2, "this is not UTF-8"),
        ("a = 1\n".encode("utf-16"), 1, "this is not UTF-8"),
        ("a = " + "[" * 3000, 1, "nested too deep"),
        ("\na = " + "[" * 60 + "]" * 60, 2, "nested too deep"),
        ("a = " + "9" * 5000, 1, "no TOML: Exceeds the limit"),
    ],
)
def test_unreadable_files(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    """What is no TOML is told with its line, never raised."""
    format, faults = load_file(write(tmp_path, text))

    assert (None, 1) == (format, len(faults))
    assert (line, True) == (faults[0].line, faults[0].message.startswith(message)), faults


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("id", "\ufeffid", 1)])
def test_byte_order_mark_and_windows_line_ends(tmp_path: Path, change: Any) -> None:
    """Windows editors are welcome."""
    assert load_file(write(tmp_path, GOOD.replace(*change)))[1] == []


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A missing file and a folder with the ending of a file are faults, not exceptions."""
    (tmp_path / "folder.toml").mkdir()
    found = [parse_file(tmp_path / name) for name in ("missing.toml", "folder.toml")]

    assert all(isinstance(one, LocatedFault) and "cannot be read" in one.message for one in found)


def test_hidden_files_are_no_formats(tmp_path: Path) -> None:
    """An editor's lock and swap files beside a format are passed over."""
    write(tmp_path, GOOD)
    (tmp_path / ".#acme.toml").symlink_to("nobody@nowhere")
    write(tmp_path, "half", ".acme.toml")
    loaded, faults = load_folder(tmp_path)

    assert (["acme"], []) == ([one.format.id for one in loaded], faults)


# ---------------------------------------------------------------- dialects


def test_a_dialect_inherits() -> None:
    """Clues are added, words of the extractor replaced one by one; its own codes come first."""
    parent = make(
        "parent",
        detect=Detect(required=(Clue(at="/a"),)),
        extract=Extract(code=(Read(at="/c"),), title=(Read(at="/t"),)),
        codes=(Code("X"),),
    )
    child = make(
        "child",
        extends="parent",
        detect=Detect(required=(Clue(at="/b"),)),
        extract=Extract(code=(Read(at="/d"),)),
        codes=(Code("Y"),),
    )
    whole = inherit(child, {"parent": parent, "child": child})

    assert (Clue(at="/a"), Clue(at="/b")) == whole.detect.required
    assert Extract(code=(Read(at="/d"),), title=(Read(at="/t"),)) == whole.extract
    assert ["Y", "X"] == [code.code for code in whole.codes]


def test_codes_are_shared() -> None:
    """A format bears the codes of others behind its own, with what holds for them there; nothing
    else of theirs."""
    later = RetryRule("later", Prose("It passes."))
    other = make(
        "other",
        detect=Detect(required=(Clue(at="/a"),)),
        codes=(Code("X"), Code("Y")),
        defaults=Defaults(later, "provider"),
    )
    format = make("format", shares=("other",), codes=(Code("Y", actor="caller"),))
    whole = inherit(format, {"other": other, "format": format})

    assert [("Y", "caller", None), ("X", "provider", later)] == [
        (code.code, code.actor, code.retry) for code in whole.codes
    ]
    assert format.detect == whole.detect


def test_circles_of_dialects_end() -> None:
    """Two files that extend each other, and one that extends itself, do not hang."""
    one, two, self = make("one", extends="two"), make("two", extends="one"), make("s", extends="s")
    formats = {format.id: format for format in (one, two, self)}

    assert ["one", "two", "s"] == [inherit(format, formats).id for format in formats.values()]
    assert ["one", "two"] == sorted({compile.family_of(id, formats) for id in ("one", "two")})


def test_an_overlay_extends_a_built_in_format() -> None:
    """What a user's file extends may be in the built-in catalog."""
    parent = make("parent", detect=Detect(required=(Clue(at="/a"),)), codes=(Code("X"),))
    child = make("child", extends="parent", detect=Detect(supporting=(Clue(at="/b"),)))
    data = compile.compile_catalog(
        [Loaded(Path("child.toml"), child)], NOTHING, True, [Loaded(Path("parent.toml"), parent)]
    )
    head = json.loads(data[: data.index(b"\n")])

    assert ["child"] == list(head["formats"])
    assert ["a"] == list(head["buckets"])


# ---------------------------------------------------------------- the index


def test_what_is_packed_comes_back() -> None:
    """A format out of the index is the one that went in."""
    format = make(
        "acme",
        detect=Detect(
            required=(Clue(any=(Clue(at="/a", is_=("string",)), Clue(status=(400, "5xx")))),)
        ),
        extract=Extract(each=("/errors/*",), code=(Read(at="/c", take="name"), Read(value=7))),
        shapes=(
            Shape(
                "list", (Clue(at="/b", equals=[1]),), (), (Clue(at="/d"),), Extract(ignore=("x",))
            ),
        ),
        codes=(Code("X", 404, remedies=("Look.",), see_also=("Y",)),),
    )

    packed = json.loads(json.dumps(pack(format)))

    assert packed == json.loads(json.dumps(pack(unpack_format(packed))))
