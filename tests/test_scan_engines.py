"""Engines find exactly the same lines, whatever the bytes."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from errdecode.catalog import open_catalog
from errdecode.scan.engines import ENGINES, choose
from errdecode.scan.engines.interface import Engine
from errdecode.scan.engines.literals import Literals
from errdecode.scan.engines.stdlib import LITTLE, Stdlib
from errdecode.scan.signals import NEAR, Signals, signals


@cache
def signals_of_the_catalog() -> Signals:
    """The signals that all tests here look for."""
    return signals(open_catalog())


@cache
def installed() -> dict[str, Engine]:
    """The engines that this machine has, and both ways of the standard library's."""
    known = signals_of_the_catalog()
    found = {name: choose(known, name) for name in ENGINES}
    found |= {"stdlib": Stdlib(known, little=0), "stdlib, little": Literals(known)}
    return {name: engine for name, engine in found.items() if engine}


def by_definition(data: bytes) -> list[int]:
    """The lines as the definition has them: each signal is looked for in each line."""
    items = signals_of_the_catalog().items
    plain = _compiled(b"|".join(one.pattern for one in items if not one.companion))
    paired = [(one.pattern, one.companion) for one in items if one.companion]
    found, start = [], 0
    for line in data.split(b"\n"):
        if plain.search(line) or any(_bears(*one, line) for one in paired):
            found.append(start)
        start += len(line) + 1
    return found


def _bears(pattern: bytes, companion: bytes, line: bytes) -> bool:
    at = 0
    while hit := _compiled(pattern).search(line, at):
        near = line[max(0, hit.end() - NEAR) : hit.end() + NEAR]
        if _compiled(companion).search(near):
            return True
        at = hit.start() + 1
    return False


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.MULTILINE)


PIECES = (
    rb'"error":'
    b"\n"
    rb'"errors": [] '
    b"\n"
    rb"null {} [] 0 false true -3 "
    b"\n"
    rb'"message":"x y" "Message": "Not Found." \"message\":\"x\" \\\"message\\\":\\\"x\\\" '
    b"\n"
    rb'"code":7 "code": "no_boat" "status":404 "status": "fail" "status":200 "title":"t" '
    b"\n"
    rb'"id":"not_found" "reason":"r" "detail": "d" \x22error\x22:\x22x\x22 "type": "error" '
    b"\n"
    rb"'error': 'x' <Error> <Error/> <error>x \u003cerror\u003e <a:Fault x= HTTP/1.1 404 "
    b"\n"
    rb"HTTP/1.1 200 &error=x error=a&b= \n404 &lt;html> <!doctype html <title> rror=1 DB:: "
    b"\n"
    rb'{ } { [ ] , : "This field is required." "FST_ERR_VALIDATION" "__type":"a" "ok":false'
).split()
BREAKS = (b"\n", b"\r\n", b" ", b"", b"\t", b"  ", b"\0", b"\xff\xfe", b"\\", b'"', b"{", b"\n  ")


def pieces() -> st.SearchStrategy[bytes]:
    """Bytes made of what signals are made of, so that they are nearly signals."""
    known = st.sampled_from([*PIECES, *BREAKS, *(f"{{{one}error".encode() for one in "“„‘")])
    return st.lists(known | st.binary(max_size=6), max_size=40).map(b"".join)


@settings(max_examples=25)
@example(rb'\"message\":\"x\""reason":"r"')
@example(rb'"message":"x",""reason"":""r""')
@example("{“error”:1}\n{ ‘a’\n“error”:".encode())
@given(pieces())
def test_all_engines_find_the_lines_of_the_definition(data: bytes) -> None:
    """Each engine gives the lines in which a signal stands by definition, and no other."""
    expected = by_definition(data)
    found = {name: engine.lines(bytearray(data), len(data)) for name, engine in installed().items()}

    assert dict.fromkeys(found, expected) == found


@settings(max_examples=25)
@given(pieces(), pieces(), pieces())
def test_only_the_part_before_the_end_counts(before: bytes, data: bytes, behind: bytes) -> None:
    """What a reused buffer holds behind the end changes nothing, nor do lines before a line."""
    buffer = bytearray(before + b"\n" + data + behind)
    end = len(before) + 1 + len(data)
    expected = by_definition(bytes(buffer[:end]))
    found = {
        name: engine.lines(buffer, end) for name, engine in installed().items() if name != "rg"
    }

    assert dict.fromkeys(found, expected) == found


def test_a_huge_line_is_read_once() -> None:
    """A line with very many halves of signals takes time for its length, not for its square."""
    line = bytearray(b'{"code":1,' + b'"code":7,' * 20_000 + b'"x":1}\n')
    found = [engine.lines(line, len(line)) for engine in installed().values()]

    assert [[]] * len(found) == found


def test_a_companion_far_away_is_none() -> None:
    """Two names make a signal only when they stand near each other."""
    near = b'{"code":7,"a":"' + b"x" * (NEAR // 2) + b'","message":"m","b":1}'
    far = near.replace(b"x", b"xxx")
    found = [
        engine.lines(near + b"\n" + far, len(near) + 1 + len(far))
        for engine in installed().values()
    ]

    assert [[0]] * len(found) == found


def test_the_fastest_installed_engine_is_chosen() -> None:
    """Without a name, the first of the installed ones; the standard library is always there."""
    chosen, last = choose(signals_of_the_catalog()), choose(signals_of_the_catalog(), "stdlib")

    assert (next(iter(installed())), "stdlib") == (chosen and chosen.name, last and last.name)


def test_much_input_is_searched_as_well_as_little() -> None:
    """The engine of the standard library goes over from literals to expressions, with no change."""
    engine = Stdlib(signals_of_the_catalog())
    line = b'{"level":"info","message":"a boat left","error":null}\n'
    data = line * 30 + b'{"error":"no_berth"}\n' + line * (LITTLE // len(line) // 4)
    found = [engine.lines(data, len(data)) for _ in range(6)]

    assert [[30 * len(line)]] * 6 == found


@pytest.mark.parametrize(("name", "block"), [("hyperscan", "hyperscan"), ("rg", None)])
def test_what_is_not_installed_is_left_out(
    name: str, block: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine whose package or program is missing is none; the next one serves."""
    import sys

    from errdecode.scan.engines import hyperscan

    hyperscan.compile_signals.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    if block:
        monkeypatch.setitem(sys.modules, block, None)
    found = choose(signals_of_the_catalog(), name)
    hyperscan.compile_signals.cache_clear()

    assert found is None


def test_a_kept_database_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a database was made of is found with the kept one, and where it is broken or in vain."""
    pytest.importorskip("hyperscan")
    from errdecode.scan.engines.kept import open_database

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found = []

    def look() -> None:
        seen: list[int] = []
        scan = open_database([b"quay", b"boat[0-9]"]).scan
        scan(b"a quay, boat7", match_event_handler=lambda *hit: seen.append(hit[2]))
        found.append(seen)

    look()
    (kept,) = (tmp_path / "errdecode").iterdir()
    look()
    kept.write_bytes(b"no database")
    look()
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
    look()

    assert [[6, 13]] * 4 == found
