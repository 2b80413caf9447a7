"""`errdecode catalog test`: every example against every format, the confusion matrix with its margins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from errdecode import compile
from errdecode.catalog import Catalog, open_catalog
from errdecode.index import built_in_folder
from errdecode.decode import Settings, decode_exchange
from errdecode.example import exchange_of
from errdecode.format import Counterexample, Example
from errdecode.model import JSON, Diagnostic, Report
from errdecode.render.json import problem_json

FAILED = 1


class Trial(NamedTuple):
    """One example, and what became of it."""

    format: str
    name: str
    winner: str | None
    """The format that was recognised."""
    confidence: str | None
    margin: float
    """Bits between the winner and the best other family."""
    complaint: str | None
    """What is not as the example says; None when all is."""


def run_test(folder: Path | None, ids: list[str]) -> int:
    """Run all examples over the built-in catalog, or over it with `folder` on top; print, and 1 when one fails."""
    trials = list(try_all(folder, ids))
    matrix = confusion(trials)
    for line in _table(matrix):
        print(line)
    failed = [trial for trial in trials if trial.complaint]
    for trial in failed:
        print(f"FAILED {trial.format}: {trial.name}: {trial.complaint}")
    print()
    print(_summary(trials))
    return FAILED if failed else 0


def try_all(folder: Path | None = None, ids: list[str] | None = None) -> Iterator[Trial]:
    """Try every example and counterexample of every format over the whole catalog."""
    catalog = open_catalog(folder)
    loaded, _ = compile.load_folder(built_in_folder())
    if folder:
        own, _ = compile.load_folder(folder)
        names = {one.format.id for one in own}
        loaded = [one for one in loaded if one.format.id not in names] + own
    for one in loaded:
        if ids and one.format.id not in ids:
            continue
        for example in one.format.examples:
            yield try_example(catalog, one.format.id, example)
        for counter in one.format.counterexamples:
            yield try_counterexample(catalog, one.format.id, counter)


def try_example(catalog: Catalog, id: str, example: Example) -> Trial:
    """An example is won by its own format, and its problems are as it says."""
    forced = id if example.timeout else None
    settings = Settings(
        format=forced, operation=example.operation, timeout=example.timeout
    )
    report = decode_exchange(exchange_of(example), "-", 0, settings, catalog)
    winner = report.format.id if report.format else None
    complaint = _compare(id, example, report)
    best = report.detection.best
    return Trial(id, example.name, winner, best and best.confidence, _margin(report), complaint)


def try_counterexample(catalog: Catalog, id: str, counter: Counterexample) -> Trial:
    """A counterexample is not won by the format that lists it."""
    report = decode_exchange(exchange_of(counter), "-", 0, Settings(), catalog)
    winner = report.format.id if report.format else None
    complaint = f"won by {id}, which lists it as a look-alike" if winner == id else None
    return Trial(f"not {id}", counter.name, winner, None, 0.0, complaint)


def _margin(report: Report) -> float:
    scores = [candidate.score for candidate in report.detection.candidates]
    return scores[0] - scores[1] if len(scores) > 1 else scores[0] if scores else 0.0


def _compare(id: str, example: Example, report: Report) -> str | None:
    """The first difference between what an example expects and what was decoded."""
    wanted = "no-response" if example.timeout or example.failure is not None else example.outcome
    if report.outcome != wanted:
        return f"outcome {report.outcome}, expected {wanted}"
    if example.outcome == "success":
        return None
    winner = report.format.id if report.format else None
    if winner != id:
        return f"won by {winner or 'nobody'}"
    tied = [c.id for c in report.detection.candidates[1:] if c.score == report.detection.candidates[0].score]
    if tied:
        return f"a tie with {', '.join(tied)}"
    if len(report.diagnostics) != len(example.problems):
        return f"{len(report.diagnostics)} problems, expected {len(example.problems)}"
    for number, (diagnostic, expected) in enumerate(
        zip(report.diagnostics, example.problems, strict=True)
    ):
        for member, value in expected.items():
            found = _member(diagnostic, member)
            if found != value:
                return f"problem {number}: {member} is {found!r}, expected {value!r}"
    return None


def _member(diagnostic: Diagnostic, name: str) -> JSON:
    if name == "explained":
        return diagnostic.explanation.title if diagnostic.explanation else None
    if name == "alternatives":
        return len(diagnostic.alternatives)
    problem = problem_json(diagnostic)
    if name == "retry":
        return diagnostic.retry.verdict
    if name not in problem and name in diagnostic.problem.extensions:
        return diagnostic.problem.extensions[name]
    return problem.get(name)


# ---------------------------------------------------------------- the matrix


def confusion(trials: list[Trial]) -> dict[tuple[str, str], list[Trial]]:
    """Trials by (format, winner); `-` stands for nobody."""
    matrix: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        if not trial.format.startswith("not "):
            matrix.setdefault((trial.format, trial.winner or "-"), []).append(trial)
    return matrix


def _table(matrix: dict[tuple[str, str], list[Trial]]) -> Iterator[str]:
    rows = sorted({row for row, _ in matrix})
    columns = sorted({column for _, column in matrix})
    widest = max((len(row) for row in rows), default=0)
    for number, column in enumerate(columns):
        yield f"{' ' * widest}  {'   |' * number}   {column}"
    for row in rows:
        cells = (matrix.get((row, column), []) for column in columns)
        counts = "".join(f"{len(cell) or '.':>4}" for cell in cells)
        won = matrix.get((row, row), [])
        margin = min((trial.margin for trial in won), default=0.0)
        yield f"{row:<{widest}}{counts}   smallest margin {margin:.1f} bits"


def _summary(trials: list[Trial]) -> str:
    passed = sum(not trial.complaint for trial in trials)
    return f"{passed} passed, {len(trials) - passed} failed"
