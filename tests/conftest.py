"""What the tests share: `--update`, a home of their own, the captures and a way to run them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from logged import LOG

from errdecode.catalog import Catalog, open_catalog
from errdecode.cli import main

# Machines are shared and noisy, so there is no deadline. CI repeats itself: a change is judged by
# what it changes; runs at home explore.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

CAPTURES = Path(__file__).parent / "captures"
ROOT = Path(__file__).parent.parent
SMALL = ("http-status", "rfc9457", "talonone", "telecomx")
"""The formats of a catalog that is compiled in no time."""
BESIDE = {".args", ".request"}
"""Endings of files that belong to a capture: its options, one word a line, and its payload."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews all generated files; their difference is to be reviewed."""
    parser.addoption("--update", action="store_true", help="rewrite snapshots and generated files")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `capture` once for each file in tests/captures."""
    if "capture" in metafunc.fixturenames:
        metafunc.parametrize("capture", capture_names())


def capture_names() -> list[str]:
    """The captures by name; a new one needs no Python."""
    return sorted(path.name for path in CAPTURES.iterdir() if path.suffix not in BESIDE)


def steps_of(work: Callable[..., object], *arguments: object) -> int:
    """How many calls a piece of work makes: a measure of its cost that no busy machine changes."""
    count = 0

    def see(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(see)
    try:
        work(*arguments)
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture
def captures() -> list[str]:
    """All captures by name."""
    return capture_names()


@pytest.fixture
def at_captures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the folder of the captures; the checkout is what is run."""
    monkeypatch.chdir(CAPTURES)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log in a folder of its own, which is the current one; the checkout is what is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    file = tmp_path / "app.log"
    file.write_text(LOG, encoding="utf-8")
    return file


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the user's settings out and the home clean; a fixed key makes masks repeatable."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "CACHE", "STATE", "DATA"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in (
            "ERRDECODE_COLOR",
            "ERRDECODE_CATALOG",
            "ERRDECODE_GAPS",
            "NO_COLOR",
            "CLICOLOR",
            "COLUMNS",
        ):
            patch.delenv(name, raising=False)
        for name in ("CLICOLOR_FORCE", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        key = home / "state" / "errdecode" / "key"
        key.parent.mkdir(parents=True)
        key.write_bytes(bytes(range(32)))
        yield home


@pytest.fixture(scope="session")
def warm(_home: Path) -> Path:
    """The cache of the session's home, with the index of the built-in catalog: compiling it takes
    seconds, so a test with a home of its own begins with a copy of this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(_home / "cache"))
        open_catalog()
    return _home / "cache"


@pytest.fixture(scope="session")
def catalog(_home: Path) -> Catalog:
    """The catalog as it is shipped."""
    return open_catalog()


@pytest.fixture(scope="session")
def small_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a few formats: what holds for any catalog is seen there at once."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "errdecode", root / "errdecode")  # with what Python compiled
    (root / "catalog").mkdir()
    for name in ("background.json", *(f"{id}.toml" for id in SMALL)):
        shutil.copy2(ROOT / "catalog" / name, root / "catalog")
    return root


class Outcome(NamedTuple):
    """What a run of the program left."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
"""What a test that asks for `run` gets."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process."""

    def run_program(*arguments: str) -> Outcome:
        code = main(list(arguments))
        return Outcome(code, *capsys.readouterr())

    return run_program


@pytest.fixture
def decode_capture(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    _decoded: dict[tuple[object, ...], Outcome],
) -> Run:
    """Decode a capture with the options beside it, from within the folder of the captures.

    Several laws are held against one outcome, which is the same in the same environment.
    """
    monkeypatch.chdir(CAPTURES)
    around = frozenset(item for item in os.environ.items() if item[0] != "PYTEST_CURRENT_TEST")

    def decode(name: str, *options: str) -> Outcome:
        beside = CAPTURES / f"{name}.args"
        own = beside.read_text(encoding="utf-8").splitlines() if beside.exists() else []
        key = name, options, around
        if key not in _decoded:
            _decoded[key] = run(*own, *options, name)
        return _decoded[key]

    return decode


@pytest.fixture(scope="session")
def _decoded() -> dict[tuple[object, ...], Outcome]:
    """Outcomes of captures by their name, the options and the environment."""
    return {}
