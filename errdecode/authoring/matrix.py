"""The confusion matrix of `errdecode catalog test`: who won which examples, and how clearly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.model.record import NamedTuple

MOST_COLUMNS = 25
"""With more formats than this, only what lies off the diagonal is drawn; the list has the rest."""
NOBODY = "-"

Matrix = dict[tuple[str, str], int]
"""How many examples by (their format, the winner)."""


class Trial(NamedTuple):
    """One example or counterexample, and what became of it."""

    format: str
    """Id of the format whose file holds it."""
    name: str
    kind: str
    """example, success (a response that says there is no error), forced (nothing to recognise: a
    timeout) or counterexample."""
    winner: str | None
    """The format that was recognised."""
    margin: float = 0.0
    """Bits between the winner and the best other format."""
    runner_up: str | None = None
    """The best other format."""
    complaint: str | None = None
    """What is not as the example says; None when all is."""


def show_matrix(trials: Sequence[Trial]) -> Iterator[str]:
    """Draw the matrix, then list every format: examples won, counterexamples lost, the closest one.

    Only examples that had to be recognised count: neither those that say there is no error, nor
    forced ones.
    """
    matrix = confusion(trials)
    rows = sorted({row for row, _ in matrix})
    columns = sorted({column for _, column in matrix})
    if max(len(rows), len(columns)) > MOST_COLUMNS:
        off = [pair for pair in matrix if pair[0] != pair[1]]
        yield f"{len(rows)} formats; won by another format or by nobody: {len(off) or 'none'}"
        rows, columns = sorted({row for row, _ in off}), sorted({column for _, column in off})
    yield from _draw(matrix, rows, columns)
    yield ""
    yield from _list(trials)
    yield ""


def confusion(trials: Sequence[Trial]) -> Matrix:
    """Count the examples by their format and their winner."""
    matrix: Matrix = {}
    for trial in trials:
        if trial.kind == "example":
            pair = trial.format, trial.winner or NOBODY
            matrix[pair] = matrix.get(pair, 0) + 1
    return matrix


def _draw(matrix: Matrix, rows: list[str], columns: list[str]) -> Iterator[str]:
    """One row for each format, one column for each winner, whose name stands above it."""
    width = max(map(len, rows), default=0)
    for number, column in enumerate(columns):
        yield f"{' ' * width}  {'   |' * number}   {column}"
    for row in rows:
        counts = (matrix.get((row, column)) or "." for column in columns)
        yield f"{row:<{width}}" + "".join(f"{count:>4}" for count in counts)


def _list(trials: Sequence[Trial]) -> Iterator[str]:
    ids = list(dict.fromkeys(trial.format for trial in trials))
    width = max(map(len, ids), default=0)
    for id in ids:
        own = [trial for trial in trials if trial.format == id]
        won = [one.winner == id for one in own if one.kind == "example"]
        lost = [one.winner != id for one in own if one.kind == "counterexample"]
        read = [not one.complaint for one in own if one.kind in ("success", "forced")]
        parts = _ratio(won, "won"), _ratio(lost, "look-alikes lost"), _ratio(read, "others read")
        yield f"{id:<{width}}  {', '.join(filter(None, parts))}{_closest(own)}"


def _ratio(results: list[bool], done: str) -> str:
    return f"{sum(results)} of {len(results)} {done}" if results else ""


def _closest(own: list[Trial]) -> str:
    """The example that was won by the fewest bits, and over whom."""
    won = [one for one in own if one.kind == "example" and one.winner == one.format]
    if not won:
        return ""
    closest = min(won, key=lambda trial: trial.margin)
    over = f"over {closest.runner_up}" if closest.runner_up else "with no other in sight"
    return f"; closest {closest.margin:.1f} bits {over}: {closest.name}"
