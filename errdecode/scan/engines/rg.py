"""The engine over ripgrep, where the program `rg` is on the PATH."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from tempfile import NamedTemporaryFile

from errdecode.scan.engines.interface import Data, Engine
from errdecode.scan.engines.stdlib import Stdlib
from errdecode.scan.signals import Signal, Signals

_OPTIONS = (
    "--no-config --text --encoding none --color never --no-line-number --no-filename --no-messages "
    "--byte-offset --only-matching --dfa-size-limit 200M --regex-size-limit 200M --file"
).split()
_HIGH = re.compile(rb"[\x80-\xff]")
_QUOTED = re.compile(rb"\\(.)", re.DOTALL)


def open_rg(signals: Signals) -> Engine | None:
    """The engine; None where there is no `rg`."""
    program = shutil.which("rg")
    return Rg(signals, program) if program else None


class Rg:
    """Finds signal lines with ripgrep; what asks for a companion is looked at again here."""

    name = "rg"

    def __init__(self, signals: Signals, program: str) -> None:
        self._program = program
        self._plain = _patterns(one for one in signals.items if not one.companion)
        self._paired = _patterns(one for one in signals.items if one.companion)
        self._exact = Stdlib(signals)

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal; see `Engine`."""
        found = dict.fromkeys(self._run(self._plain, data, end))
        for start in self._run(self._paired, data, end):
            if start not in found:
                stop = data.find(b"\n", start, end)
                line = bytes(data[start : end if stop < 0 else stop])
                if self._exact.lines(line, len(line)):
                    found[start] = None
        return sorted(found)

    def _run(self, patterns: bytes, data: Data, end: int) -> Iterator[int]:
        """The lines in which one of some expressions is found, each once."""
        with NamedTemporaryFile() as file, memoryview(data) as view, view[:end] as part:
            file.write(patterns)
            file.flush()
            command = [self._program, *_OPTIONS, file.name, "--replace", "", "-"]
            done = subprocess.run(command, input=part, capture_output=True, check=False)  # noqa: S603  # found on the PATH, with options of our own
        stop = -1
        for told in done.stdout.splitlines():
            at = int(told.rstrip(b":"))
            if at > stop:
                yield data.rfind(b"\n", 0, at) + 1
                stop = data.find(b"\n", at, end)
                if stop < 0:
                    return


def _patterns(signals: Iterable[Signal]) -> bytes:
    """Expressions as ripgrep's file of them: one a line, over bytes."""
    return b"".join(b"(?-u:" + _respell(one.pattern) + b")\n" for one in signals)


def _respell(pattern: bytes) -> bytes:
    """An expression without escapes that ripgrep does not know, and in ASCII alone."""
    plain = _QUOTED.sub(lambda hit: hit[1] if hit[1] in b"\"'" else hit[0], pattern)
    return _HIGH.sub(lambda hit: b"\\x%02X" % hit[0][0], plain)
