"""The tally of codes that the catalog could not explain, for those who ask for it.

`ERRDECODE_GAPS` names the file; without it nothing is counted. A line of the file is a format's id,
a code, a number and a day, and nothing else of a response is ever written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from errdecode.authoring.samples import harmless
from errdecode.errors import InputError, UsageError
from errdecode.model import JSON, Report
from errdecode.model.record import NamedTuple
from errdecode.redact import redact

VARIABLE = "ERRDECODE_GAPS"
HEADER = b'{"errdecode": "gaps", "version": 1}\n'
"""The first line of a tally: no other file is ever written to, or removed."""
_LONGEST_CODE = 80
_MOST_AT_ONCE = 100
"""Gaps that one run adds."""
_LARGEST = 1 << 20
"""Bytes from which on equal lines are put together."""
_MOST_KEPT = 5_000
"""Lines that are then kept, the most frequent ones."""

Key = tuple[str | None, str | None]
"""Format and code."""


class Gap(NamedTuple):
    """A code that was met and could not be explained."""

    format: str | None
    """The format's id; None when no format was recognised."""
    code: str | None
    """As sent, its secrets masked; None when the body gave none."""
    times: int
    """Responses it was met in."""
    last: str
    """The day it was last met, ISO 8601."""


def record(path: str, reports: Iterable[Report]) -> str | None:
    """Add the codes that a run could not explain; why that could not be done, or None.

    The lines are appended in one piece, so that processes beside each other lose nothing.
    """
    gaps = list(_find_gaps(reports))[:_MOST_AT_ONCE]
    if not gaps:
        return None
    today = date.today().isoformat()
    lines = b"".join(_line(Gap(format, code, 1, today)) for format, code in gaps)
    path = os.path.expanduser(path)
    try:
        fresh = not os.path.exists(path) or os.path.getsize(path) == 0
        if not fresh and not _is_tally(path):
            return f"{VARIABLE}: {path} is no tally, so nothing is added to it"
        _append(path, HEADER + lines if fresh else lines)
        if os.path.getsize(path) > _LARGEST:
            _replace(path, read_tally(path)[:_MOST_KEPT])
    except (OSError, ValueError, InputError) as fault:
        reason = getattr(fault, "strerror", None) or "it cannot be written"
        return f"{VARIABLE}: {path}: {reason}"
    return None


def tally_path() -> str:
    """The file of the tally. Raises `UsageError` when none is kept."""
    path = os.environ.get(VARIABLE)
    if not path:
        raise UsageError(
            f"no tally is kept: {VARIABLE} is not set",
            f"export {VARIABLE}=~/.local/state/errdecode/gaps, and codes are counted from then on",
        )
    return os.path.expanduser(path)


def read_tally(path: str) -> list[Gap]:
    """The gaps, most frequent first, then latest first; none when there is no file yet.

    Raises `InputError` for a file that is no tally.
    """
    if not os.path.exists(path):
        return []
    try:
        if not _is_tally(path):
            hint = f"{VARIABLE} names a file that errdecode makes itself: choose another name"
            raise InputError(f"{path} is no tally", hint)
        with open(path, "rb") as file:
            gaps = list(_join(file))
    except OSError as fault:
        said = f"{path}: {fault.strerror or 'cannot be read'}"
        raise InputError(said, "check the path and its permissions") from None
    return sorted(sorted(gaps, key=lambda gap: gap.last, reverse=True), key=lambda gap: -gap.times)


def clear(path: str) -> None:
    """Forget all gaps. Raises `InputError` for a file that is no tally, or cannot be removed."""
    read_tally(path)
    try:
        if os.path.exists(path):
            os.unlink(path)
    except OSError as fault:
        said = f"{path}: {fault.strerror or 'cannot be removed'}"
        raise InputError(said, "check the permissions of its folder") from None


def show_gaps(gaps: Sequence[Gap]) -> str:
    """The tally as a table."""
    if not gaps:
        return "no gaps so far\n"
    rows = [("times", "last", "format", "code")]
    rows += ((f"{gap.times:,}", gap.last, gap.format or "-", gap.code or "-") for gap in gaps)
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    lines = (
        f"{times:>{widths[0]}}  {last:<{widths[1]}}  {format:<{widths[2]}}  {code}\n"
        for times, last, format, code in rows
    )
    return "".join(lines)


def gaps_json(gaps: Sequence[Gap]) -> str:
    """The tally as an array of objects."""
    return json.dumps([_object(gap) for gap in gaps], indent=2) + "\n"


# ---------------------------------------------------------------- what a run could not explain


def _find_gaps(reports: Iterable[Report]) -> Iterator[Key]:
    """The codes that are not explained, one for each response that bears it."""
    for report in reports:
        if report.outcome not in ("error", "unknown"):
            continue
        explained = [_is_explained(report, at) for at in range(len(report.diagnostics))]
        if report.format is not None and all(explained):
            continue
        masked = redact(report).diagnostics
        shown = zip(masked, explained, strict=True)
        codes = [_shorten(one.problem.code_as_sent) for one, ok in shown if not ok]
        for code in dict.fromkeys(codes or [None]):
            yield (report.format.id if report.format else None), code


def _is_explained(report: Report, at: int) -> bool:
    """Whether the catalog has the code of a problem; what HTTP says of its status is not enough."""
    diagnostic = report.diagnostics[at]
    told = (diagnostic.explanation, *diagnostic.alternatives)
    return any(one is not None and one.source != "http-status" for one in told)


def _shorten(code: str | None) -> str | None:
    """A code as it is kept: one line, of no more than a code's length."""
    return harmless(code)[:_LONGEST_CODE] or None if code else None


# ---------------------------------------------------------------- the file


def _line(gap: Gap) -> bytes:
    return json.dumps(_object(gap)).encode() + b"\n"


def _object(gap: Gap) -> dict[str, JSON]:
    return {"format": gap.format, "code": gap.code, "count": gap.times, "last": gap.last}


def _is_tally(path: str) -> bool:
    """Whether a file begins as a tally does; a device or a pipe is never opened."""
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        return file.read(len(HEADER)) == HEADER


def _append(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


def _replace(path: str, gaps: Sequence[Gap]) -> None:
    """Write the tally anew, as a whole or not at all."""
    draft = f"{path}.{os.urandom(4).hex()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(HEADER + b"".join(map(_line, gaps)))
    os.replace(draft, path)


def _join(lines: Iterable[bytes]) -> Iterator[Gap]:
    """Put lines of the same code together; what is no line of a tally is passed over."""
    counts: dict[Key, Gap] = {}
    for line in lines:
        gap = _read_line(line)
        if gap is None:
            continue
        key = gap.format, gap.code
        before = counts.get(key, gap._replace(times=0))
        last = max(before.last, gap.last)
        counts[key] = gap._replace(times=before.times + gap.times, last=last)
    yield from counts.values()


def _read_line(line: bytes) -> Gap | None:
    """A line of the file; None for one that was cut off, or written by something else."""
    try:
        value = json.loads(line[:10_000])
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    format, code = value.get("format"), value.get("code")
    number, last = value.get("count"), value.get("last")
    named = all(one is None or isinstance(one, str) for one in (format, code))
    if not named or not isinstance(number, int) or not 0 < number < 10**12:
        return None
    if not isinstance(last, str) or len(last) != len("2026-11-22"):
        return None
    return Gap(format, code, number, last)
