"""Ctrl-C as a question: a scan ends in order and shows what it found; a second one ends it at
once."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Self


class Interruption:
    """While it is entered, the first Ctrl-C only sets `asked`."""

    def __init__(self) -> None:
        self.asked = False
        self._before: object = None

    def __enter__(self) -> Self:
        try:
            self._before = signal.signal(signal.SIGINT, self._note)
        except ValueError:  # not the main thread: the program around decides
            self._before = None
        return self

    def __exit__(self, *_: object) -> None:
        if callable(self._before) or isinstance(self._before, signal.Handlers):
            signal.signal(signal.SIGINT, self._before)

    def stop(self) -> bool:
        """Whether the user asked to stop."""
        return self.asked

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
