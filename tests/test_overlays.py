"""The user's own formats lie over the built-in ones, and the cached index follows the files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

import pytest
from conftest import Run

from errdecode.catalog import open_catalog

CATALOG = Path(__file__).parent.parent / "catalog"
IDS = [file.stem for file in sorted(CATALOG.glob("*.toml")) if file.stem != "http-status"]

OWN = """\
id = "{id}"
name = "{name}"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22
detect.required = [ {{ at = "/fault/id", is = "string" }}, {{ at = "/ticket" }} ]
extract.code = "/fault/id"
[[codes]]
code = "BUSY"
title = "{name} is busy"
meaning = "No orders are taken."
remedies = ["Wait."]
[[examples]]
name = "busy"
body = '{{"fault": {{"id": "BUSY"}}, "ticket": 7}}'
problems = [ {{ code = "BUSY" }} ]
"""
BUSY = '{"fault": {"id": "BUSY"}, "ticket": 7}'


def write_own(folder: Path, id: str = "quayside", name: str = "Acme") -> Path:
    """Write a format of the user's own into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{id}.toml"
    file.write_text(OWN.format(id=id, name=name), encoding="utf-8")
    return file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: Path) -> Path:
    """A home of the test's own, with a warm cache and a response to decode."""
    shutil.copytree(warm, tmp_path / "cache")
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("ERRDECODE_CATALOG", raising=False)
    (tmp_path / "busy.json").write_text(BUSY, encoding="utf-8")
    return tmp_path


def decoded(run: Run, home: Path, *options: str) -> tuple[str | None, str]:
    """The name of the format that the response is said to be in, and what was said beside it."""
    _, out, err = run("--json", *options, str(home / "busy.json"))
    format = json.loads(out)["format"]
    return format and format["name"], err


def test_overlays_lie_over_each_other(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--catalog over $ERRDECODE_CATALOG over the user's folder over what is built in."""
    found = [decoded(run, home)]
    write_own(home / "config" / "errdecode" / "catalog", name="Theirs")
    found += [decoded(run, home)]
    write_own(home / "variable", name="Of the variable")
    monkeypatch.setenv("ERRDECODE_CATALOG", str(home / "variable"))
    found += [decoded(run, home)]
    write_own(home / "option", name="Of the option")
    found += [decoded(run, home, "--catalog", str(home / "option"))]

    assert [(None, ""), ("Theirs", ""), ("Of the variable", ""), ("Of the option", "")] == found


def test_an_overlay_replaces_a_built_in_format(run: Run, home: Path) -> None:
    """A file with a known id takes its place, and the report names the file."""
    file = write_own(home / "own", "telecomx", "My Telecom X")
    _, out, _ = run("--json", "--catalog", str(home / "own"), str(home / "busy.json"))
    catalog = open_catalog(home / "own")

    assert ["telecomx", "My Telecom X", str(file)] == [
        json.loads(out)["format"][word] for word in ("id", "name", "source")
    ]
    assert 1 == len([shape for shape in catalog.all_shapes() if shape.format == "telecomx"])


def test_a_bad_file_is_left_out(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file that is wrong is warned of with its line; its neighbours and the others work."""
    bad = write_own(home / "own", "bad")
    bad.write_text(bad.read_text().replace("kind", "kid"), encoding="utf-8")
    write_own(home / "own")
    monkeypatch.setenv("ERRDECODE_CATALOG", str(home / "own"))
    name, err = decoded(run, home)

    assert ("Acme", True) == (name, f"{bad}:3: kid: unknown key 'kid'; did you mean 'kind'?" in err)
    assert {*IDS, "quayside"} == set(open_catalog().ids())


def test_a_bad_file_that_was_asked_for(run: Run, home: Path) -> None:
    """What --catalog names has to be right, and has to be there: exit 4."""
    bad = write_own(home / "own", "bad")
    bad.write_text("x", encoding="utf-8")
    codes = [
        run("--catalog", str(home / name), str(home / "busy.json")) for name in ("own", "missing")
    ]

    assert [4, 4] == [code for code, _, _ in codes]
    assert f"{bad}:1: no TOML" in codes[0][2]


def test_nothing_is_picked_up_from_here(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The current folder plants nothing, under whatever name."""
    for name in ("", "catalog", ".errdecode", "errdecode/catalog", ".config/errdecode/catalog"):
        write_own(home / "here" / name)
    monkeypatch.chdir(home / "here")

    assert (None, "") == decoded(run, home)


# ---------------------------------------------------------------- the cache


def change_content(file: Path) -> None:
    """Another text of the same length, later."""
    write_own(file.parent, name="Emca")
    os.utime(file, ns=(1, 1))


def add_file(file: Path) -> None:
    """A second file that replaces nothing."""
    write_own(file.parent, "zeta")


def rename(file: Path) -> None:
    """The same content under another name is another format."""
    file.write_text(file.read_text().replace('id = "quayside"', 'id = "beta"'), encoding="utf-8")
    file.rename(file.with_name("beta.toml"))


CHANGES = [
    (change_content, {"quayside": "Emca"}),
    (add_file, {"quayside": "Acme", "zeta": "Acme"}),
    (rename, {"beta": "Acme"}),
    (Path.unlink, {}),
]


@pytest.mark.parametrize(("change", "names"), CHANGES)
def test_the_cache_follows_the_files(
    home: Path, change: Callable[[Path], None], names: dict[str, str]
) -> None:
    """A change of content, name or number is seen at the next start."""
    file = write_own(home / "own")
    open_catalog(home / "own")
    change(file)
    catalog = open_catalog(home / "own")

    assert names == {id: catalog.name(id).name for id in set(catalog.ids()) - set(IDS)}


def test_the_cache_is_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not changed is not compiled again."""
    write_own(home / "own")
    before = open_catalog(home / "own").ids()
    monkeypatch.setattr("errdecode.compile.compile_catalog", None)

    assert before == open_catalog(home / "own").ids()


@pytest.mark.parametrize("damage", [b"", b"nonsense", bytes(100)], ids=["cut", "other", "zeros"])
def test_a_damaged_cache_is_built_anew(home: Path, damage: bytes) -> None:
    """Whatever another program left in the cache's place does no harm."""
    write_own(home / "own")
    before = open_catalog(home / "own").ids()
    for file in (home / "cache" / "errdecode").glob("overlay-*"):
        file.write_bytes(damage)

    assert before == open_catalog(home / "own").ids()


def start(checkout: Path, home: Path, program: str) -> subprocess.Popen[str]:
    """Start a program of a checkout's own."""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )


def ids_of(checkout: Path) -> list[str]:
    """The formats of a checkout's catalog, and the user's own."""
    ids = {file.stem for file in (checkout / "catalog").glob("*.toml")}
    return sorted({*ids, "quayside"} - {"http-status"})


def test_a_cache_that_cannot_be_written(home: Path, small_checkout: Path) -> None:
    """A read-only home costs time, nothing else."""
    write_own(home / "own")
    shutil.rmtree(home / "cache")
    (home / "cache").write_text("in the way", encoding="utf-8")
    program = "from errdecode.catalog import open_catalog; print(*open_catalog('own').ids())"
    printed, _ = start(small_checkout, home, program).communicate()

    assert ids_of(small_checkout) == printed.split()


def test_several_at_once(home: Path, small_checkout: Path) -> None:
    """Processes that start together on an empty cache all get the whole catalog."""
    write_own(home / "own")
    shutil.rmtree(home / "cache")
    program = (
        "from errdecode.catalog import open_catalog; from errdecode import compile;"
        "print(flush=True); input(); print(*open_catalog('own').ids())"
    )
    started = [start(small_checkout, home, program) for _ in range(3)]
    for process in started:
        cast("IO[str]", process.stdout).readline()  # it has imported all it needs
    for process in started:
        print(file=process.stdin, flush=True)
    printed = {process.communicate()[0] for process in started}
    left = [file.suffix for file in (home / "cache" / "errdecode").iterdir()]

    assert {" ".join(ids_of(small_checkout)) + "\n"} == printed
    assert [".index", ".index"] == left


def test_an_installed_catalog_is_tested_in_place(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, small_checkout: Path
) -> None:
    """In a wheel the files and their index lie in the package; the tools find them there."""
    for file in (home / "cache" / "errdecode").iterdir():
        file.unlink()
    shipped = home / "errdecode" / "_catalog"
    shutil.copytree(small_checkout / "catalog", shipped)
    monkeypatch.setattr("errdecode.catalog.index.BUILT_IN", str(shipped))
    from errdecode.catalog.index import compile_built_in

    (shipped / "index").write_bytes(compile_built_in(str(shipped))[0])
    code, out, _ = run("catalog", "test", "--only", "telecomx")

    assert (0, []) == (code, list((home / "cache" / "errdecode").iterdir())), out
