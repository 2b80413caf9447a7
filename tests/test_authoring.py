"""`errdecode catalog check` and `new`: every fault with its line, every blank told."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring.check import check_file
from errdecode.authoring.new import skeleton
from errdecode.errors import UsageError
from errdecode.expressions.quantifiers import find_nested

README = Path(__file__).parent.parent / "catalog" / "README.md"

GOOD = """\
id = "acme"
name = "Acme Orders"
kind = "vendor"
documentation = "https://docs.acme.example.com/errors"
reviewed = 2026-11-22

[detect]
required = [
  { at = "/fault", has = ["id", "text"] },
  { at = "/fault/id", matches = '^[A-Z_]+$' },
]
supporting = [
  { at = "/fault/id", known = true },
  { host = "*.acme.example.com" },
]

[extract]
each = "/fault"
code = "/id"
detail = "/text"
pointer = "/field"
pointer_dialect = "dotted"

[[codes]]
code = "QTY_RANGE"
title = "The quantity is out of range"
meaning = "A line asks for fewer or more pieces than Acme sells at once."
remedies = ["Set the quantity to a number from 1 to 99."]
see_also = ["BUSY"]
actor = "caller"
retry = { verdict = "after-change" }

[[codes]]
code = "BUSY"
status = 503
title = "The order desk is busy"
meaning = "Acme takes no orders at the moment."
remedies = ["Send the order again after 30 seconds."]

[[examples]]
name = "quantity out of range"
status = 422
url = "https://api.acme.example.com/orders"
body = '''
{"fault": {"id": "QTY_RANGE", "text": "Quantity must be from 1 to 99",
           "field": "lines[1].quantity"}, "ticket": "T-1"}
'''
problems = [ { code = "QTY_RANGE", pointer = "/lines/1/quantity", retry = "after-change" } ]

[[counterexamples]]
name = "a SOAP fault written in JSON"
body = '{"fault": {"faultcode": "Server", "faultstring": "Out of order"}}'
"""


def write(folder: Path, text: str, name: str = "acme.toml") -> Path:
    """Write a catalog file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def told(file: Path) -> list[tuple[int, str]]:
    """The faults of a file, by line."""
    return [(fault.line, fault.message) for fault in check_file(file)]


# ---------------------------------------------------------------- check


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    """The file that the other tests spoil is sound."""
    assert [] == told(write(tmp_path, GOOD))


FAULTS = [
    ('name = "Acme Orders"', "name = Acme", 2, "no TOML"),
    ('id = "acme"', 'id = "acme-2"', 1, "is not the file's name"),
    ('kind = "vendor"', 'kind = "vender"', 3, "did you mean 'vendor'?"),
    ('kind = "vendor"\n', "", 1, "'kind' is missing"),
    ("https://docs.acme", "http://docs.acme", 4, "a link begins with https://"),
    ("https://docs.acme.example.com", "docs.acme", 4, "expected a link"),
    ("reviewed = 2026-11-22", 'reviewed = "today"', 5, "expected a date"),
    ("reviewed", "reviewd", 5, "unknown key 'reviewd'; did you mean 'reviewed'?"),
    ('{ at = "/fault", has', '{ at = "fault", has', 9, "a pointer starts with a slash"),
    ('{ at = "/fault", has', '{ at = "/fa~2lt", has', 9, "a tilde in a pointer"),
    ('has = ["id", "text"]', "has = 3", 9, "expected a string, found an integer"),
    ('has = ["id", "text"]', 'hass = ["id"]', 9, "unknown key 'hass'; did you mean 'has'?"),
    ('{ at = "/fault", has', '{ at = "/fault", status = 422, has', 9, "names at and status"),
    ('{ at = "/fault", has', "{ has", 9, "this clue names no place"),
    ("'^[A-Z_]+$'", "'^[A-Z_+$'", 10, "no regular expression"),
    ("'^[A-Z_]+$'", "'^(?:[A-Z]+_?)+$'", 10, "a quantifier stands over another"),
    ("'^[A-Z_]+$'", "'^((?:[A-Z]+)_)+$'", 10, "a quantifier stands over another"),
    ("known = true", 'known = "yes"', 13, "expected true or false"),
    ("known = true", 'equals = "NO"', 13, "no example of this file satisfies"),
    ("known = true", "equals = 2026-01-01", 13, "dates, infinity and NaN are not JSON"),
    ("known = true", "in = [1, nan]", 13, "dates, infinity and NaN are not JSON"),
    ("*.acme.example.com", "*.acme.example.org", 14, "no example of this file satisfies"),
    ('"dotted"', '"doted"', 22, "did you mean 'dotted'?"),
    ('pointer = "/field"', 'pointer = { at = "field" }', 21, "a pointer starts with a slash"),
    ('title = "The quantity is out of range"\n', "", 24, "title: missing"),
    ('title = "The quantity is out of range"', 'title = " "', 26, "this is blank"),
    ('meaning = "A line asks', '#"', 24, "meaning: missing"),
    ("remedies = [", "#", 24, "remedies: missing"),
    ('["BUSY"]', '["BUSI"]', 29, "'BUSI' is no code of this file"),
    ('actor = "caller"', 'actor = "me"', 30, "'me' is none of caller"),
    ('verdict = "after-change"', 'verdict = "maybe"', 31, "'maybe' is none of"),
    ('code = "BUSY"\nstatus = 503', 'code = "QTY_RANGE"', 33, "nothing ever tells this entry"),
    ('name = "quantity out of range"\n', "", 40, "'name' is missing"),
    ("status = 422", 'status = "422"', 42, "expected an integer"),
    ('pointer = "/lines', 'ponter = "/lines', 48, "no member 'ponter'; did you mean 'pointer'?"),
    ("problems = [", "# ", 40, "problems: missing"),
    ('"a SOAP fault written in JSON"', '"quantity out of range"', 51, "there is another example"),
    ('name = "Acme Orders"', 'name = "A"\nextends = "rfc9475"', 3, "did you mean 'rfc9457'?"),
    ('name = "Acme Orders"', 'name = "A"\nshares = ["rfc9475"]', 3, "did you mean 'rfc9457'?"),
    ('name = "Acme Orders"', 'name = "A"\nextends = "acme"', 3, "a circle: acme extends acme"),
    ('title = "The order', 'title = "TODO: The order', 36, "still to be filled in: The order"),
    ('each = "/fault"', 'read = "text"', 17, 'pattern: missing: `read = "text"`'),
    ('each = "/fault"', 'pattern = "(a)"', 18, "no named groups"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), FAULTS)
def test_each_fault_has_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    """Whatever is wrong is told where it is wrong."""
    assert old in GOOD
    faults = told(write(tmp_path, GOOD.replace(old, new, 1)))

    assert [True] == [message in said for at, said in faults if at == line][:1], faults


def test_all_faults_in_one_run(tmp_path: Path) -> None:
    """Faults of shape do not hide those of sense, nor the first one the others."""
    spoilt = GOOD
    for old, new in (
        ("reviewed", "reviewd"),
        ('at = "/fault", has', "has"),
        ('"dotted"', "7"),
        ('title = "The quantity', '# "'),
        ('["BUSY"]', '["BUSI"]'),
        ('"caller"', '"me"'),
        ("status = 422", 'status = "422"'),
        ("problems = [ { code", "problems = [ { cod"),
    ):
        assert old in spoilt
        spoilt = spoilt.replace(old, new, 1)

    assert [1, 5, 9, 22, 24, 29, 30, 42, 48] == [line for line, _ in told(write(tmp_path, spoilt))]


def test_a_consequence_is_not_told(tmp_path: Path) -> None:
    """What follows from a fault that is told already is kept quiet."""
    faults = told(write(tmp_path, GOOD.replace("'^[A-Z_]+$'", "'('")))

    assert [10] == [line for line, _ in faults], faults


def test_circles_of_files(tmp_path: Path) -> None:
    """Two files that extend each other are told, not walked for ever."""
    one = write(tmp_path, GOOD.replace('name = "A', 'extends = "beta"\nname = "A'))
    write(tmp_path, GOOD.replace('"acme"', '"beta"\nextends = "acme"'), "beta.toml")

    assert (2, "extends: a circle: acme extends beta extends acme") in told(one)


def test_a_dialect_may_refer_to_its_parent(tmp_path: Path) -> None:
    """Codes and clues of the extended format count."""
    write(tmp_path, GOOD)
    child = GOOD.replace('id = "acme"', 'id = "sub"\nextends = "acme"')
    start, end = child.index('[[codes]]\ncode = "BUSY"'), child.index("[[examples]]")

    assert [] == told(write(tmp_path, child[:start] + child[end:], "sub.toml"))


DAMAGE = ("", '"', "[", "]", "{ ", "}", "= ", "1", "true", "\n", "#", ",", "x = 1\n", "'''", "\\")


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_damaged_files_never_raise(seed: int) -> None:
    """Whatever becomes of a file: located faults or success."""
    chance = random.Random(seed)
    text = GOOD
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(DAMAGE) + text[at + chance.choice((0, 0, 1, 1, 7, 40)) :]
    file = write(Path(os.environ["HOME"]) / "damaged", text)

    assert all(1 <= line <= text.count("\n") + 1 and said for line, said in told(file))


VALUES = "1 true [] [[]] {} [{}] 'x' ['x',1] 1979-05-27 inf {x=[1]}".split()


@given(st.integers(0, GOOD.count("\n")), st.sampled_from(VALUES), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_value_anywhere_is_judged(number: int, value: str, beside: bool) -> None:
    """A value of any type in any place is accepted or told, never raised."""
    lines = GOOD.split("\n")
    line = lines[number]
    changed = re.sub(r"= [^,{}]+", f"= {value}", line, count=1)
    lines[number] = f"{line}\nextra = {value}" if beside else changed
    file = write(Path(os.environ["HOME"]) / "values", "\n".join(lines))

    assert all(1 <= at <= len(lines) + 1 and said for at, said in told(file))


def test_check_prints_and_leaves(run: Run, tmp_path: Path) -> None:
    """A line for each fault and a summary; 4 with faults, 0 without."""
    file = write(tmp_path / "good", GOOD)
    bad = write(tmp_path / "bad", GOOD.replace("has =", "hass ="))
    clean, spoilt = run("catalog", "check", str(file)), run("catalog", "check", str(bad.parent))

    assert (0, "1 file checked, no faults\n", "") == tuple(clean)
    assert 4 == spoilt[0]
    assert spoilt[1].startswith(f"{bad}:9: detect.required[0].hass: unknown key 'hass'")
    assert spoilt[1].endswith("1 file checked, 1 fault\n")


@pytest.mark.parametrize("name", ["missing", "empty", "note.txt"])
def test_check_of_nothing(run: Run, tmp_path: Path, name: str) -> None:
    """What cannot be read, or holds no file, is exit 3 with the path in the message."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").touch()
    code, out, err = run("catalog", "check", str(tmp_path / name))

    assert (3, "", True) == (code, out, str(tmp_path / name) in err)


def test_hostile_names_are_shown_harmless(run: Run, tmp_path: Path) -> None:
    """Control characters in a file reach no terminal."""
    bad = write(tmp_path, GOOD.replace('"vendor"', '"\\u001b[31mred"'))
    _, out, _ = run("catalog", "check", str(bad))

    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("pattern", "nested"),
    [
        ("(a+)+", "(a+)+"),
        ("x((?:a*))*", "((?:a*))*"),
        ("(a|(?P<n>b+))*", "(a|(?P<n>b+))*"),
        ("(?:ab?)+", "(?:ab?)+"),
        ("(a*){2,}", "(a*){2,}"),
        ("(?i:a+)*?", "(?i:a+)*?"),
        ("([*+])+", None),
        (r"(\+)+", None),
        (r"(?:\d{1,3}\.){3}", None),
        ("(a+)?", None),
        ("(a|b)+", None),
        ("[(]a+[)]+", None),
        ("[]a(]+b+", None),
        ("a{,}", None),
        ("x{1", None),
        ("", None),
    ],
)
def test_nested_quantifiers(pattern: str, nested: str | None) -> None:
    """A group that can run for ever is found at any depth; brackets and escapes are none."""
    assert nested == find_nested(pattern)


@given(st.text("()[]{}*+?|\\^1,:Pax<>=!#", max_size=40))
@settings(max_examples=300, deadline=None)
def test_nested_quantifiers_of_anything(pattern: str) -> None:
    """What is found is a piece of the pattern."""
    assert (find_nested(pattern) or "") in pattern


# ---------------------------------------------------------------- new


def test_a_new_file_lists_its_blanks(tmp_path: Path) -> None:
    """Nothing but blanks is wrong with a new file, and each is told once."""
    text = skeleton("example-pay")
    faults = told(write(tmp_path, text, "example-pay.toml"))
    blanks = [n for n, line in enumerate(text.split("\n"), 1) if re.match("[^#]*TODO:", line)]

    assert blanks == [line for line, _ in faults]
    assert all("still to be filled in" in said for _, said in faults)


@pytest.mark.parametrize("id", ["Acme", "a b", "-a", "a--b", "", "../a", "é", "a\n"])
def test_what_is_no_id(id: str) -> None:
    """An id is a file's name everywhere."""
    with pytest.raises(UsageError, match="is no id"):
        skeleton(id)
