"""The laws of what is kept for the next start."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from errdecode.cache import cache_path, keep


def test_it_is_where_the_user_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below $XDG_CACHE_HOME, else in the home's `.cache`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "there"))
    there = cache_path("a")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert str(tmp_path / "there" / "errdecode" / "a") == there
    assert str(tmp_path / ".cache" / "errdecode" / "a") == cache_path("a")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """The folder is made, an older file gives way, and nothing else is left there."""
    path = tmp_path / "new" / "kept"
    for data in (b"older and longer", b"newer"):
        keep(str(path), data)

        assert data == path.read_bytes()
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize("step", ["replace", "makedirs", "open"])
def test_a_failure_leaves_all_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk is no fault, and no half of a file stays behind."""
    path = tmp_path / "kept"
    path.write_bytes(b"older")

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr("builtins.open" if step == "open" else f"os.{step}", fail)
    keep(str(path), b"newer")
    monkeypatch.undo()

    assert ["kept"] == os.listdir(tmp_path)
    assert b"older" == path.read_bytes()
