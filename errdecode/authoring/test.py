"""`errdecode catalog test`: every example against every format."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from errdecode import compile
from errdecode.authoring.calibration import calibrate, find_wrong, show_calibration
from errdecode.authoring.matrix import Trial, show_matrix
from errdecode.catalog import Catalog, open_catalog
from errdecode.catalog.index import built_in_folder
from errdecode.errors import CatalogError, UsageError
from errdecode.example import exchange_of
from errdecode.format import Counterexample, Example, Format
from errdecode.model import JSON, Diagnostic, Report
from errdecode.pipeline import decode_exchange
from errdecode.render.json import problem_json
from errdecode.sanitise import sanitise
from errdecode.settings import Settings

FAILED = 1
MEMBERS = ("explained", "alternatives", "retry")
"""What an example may say of a problem besides the members of the JSON output and of the body."""


def run_test(folder: Path | None, ids: list[str]) -> int:
    """Run all examples of the catalog in force, with `folder` on top; print, and 1 when one fails.

    `ids` restrict the examples, never the formats they are held against.
    """
    catalog = open_catalog(folder)
    for note in catalog.notes:
        print(sanitise(f"errdecode: warning: {note.message}"), file=sys.stderr)
    formats = list(load_formats(catalog, ids))
    trials = list(try_all(catalog, formats))
    for line in show_matrix(trials):
        print(sanitise(line))
    failed = [trial for trial in trials if trial.complaint]
    for trial in failed:
        print(sanitise(f"FAILED {trial.format}: {trial.kind} {trial.name!r}: {trial.complaint}"))
    claims = list(calibrate(catalog, examples_of(formats)))
    for line in show_calibration(claims):
        print(sanitise(line))
    wrong = [] if ids else find_wrong(claims)
    for claim in wrong:
        said = f"{claim.name!r}, {claim.mutation}: {claim.claimed} is certain, and wrong"
        print(sanitise(f"FAILED {claim.format}: example {said}"))
    print(f"{len(trials) - len(failed)} passed, {len(failed) + bool(wrong)} failed")
    return FAILED if failed or wrong else 0


def try_all(catalog: Catalog, formats: Iterable[tuple[str, Format]]) -> Iterator[Trial]:
    """Try examples and counterexamples of formats, each given with its id, over the whole
    catalog."""
    for id, format in formats:
        for example in format.examples:
            yield try_example(catalog, id, example)
        for counter in format.counterexamples:
            yield try_counterexample(catalog, id, counter)


def examples_of(formats: Iterable[tuple[str, Format]]) -> Iterator[tuple[str, Example]]:
    """The examples of formats, each with its format's id."""
    for id, format in formats:
        yield from ((id, example) for example in format.examples)


def load_formats(catalog: Catalog, ids: list[str] | None = None) -> Iterator[tuple[str, Format]]:
    """Read all formats, or those of `ids`, from their files: the index has no examples.

    Raises `UsageError` for an id that is not in the catalog.
    """
    for id in ids or catalog.ids():
        if id not in catalog:
            if catalog.notes:
                hint = "`errdecode catalog check FILE` tells what is wrong with a file left out"
                raise CatalogError(f"there is no format {id!r} in the catalog", hint)
            raise UsageError(f"there is no format {id!r} in the catalog", catalog.near(id))
        source = catalog.name(id).source
        file = Path(source) if source else Path(built_in_folder(), f"{id}.toml")
        loaded, _ = compile.load_file(file)
        if loaded:  # the index was built from it a moment ago
            yield id, loaded.format


def try_example(catalog: Catalog, id: str, example: Example) -> Trial:
    """An example is won by its own format, and its problems are as it says."""
    forced = id if example.timeout else None
    settings = Settings(format=forced, operation=example.operation, timeout=example.timeout)
    report = decode_exchange(exchange_of(example), "-", 0, settings, catalog)
    kind = "forced" if forced else "success" if example.outcome == "success" else "example"
    trial = Trial(id, example.name, kind, report.format.id if report.format else None)
    complaint = _compare(id, example, report)
    return _measure(trial, report)._replace(complaint=complaint)


def try_counterexample(catalog: Catalog, id: str, counter: Counterexample) -> Trial:
    """A counterexample is not won by the format that lists it."""
    report = decode_exchange(exchange_of(counter), "-", 0, Settings(), catalog)
    winner = report.format.id if report.format else None
    complaint = f"won by {id}, expected to be won by another or by none" if winner == id else None
    trial = Trial(id, counter.name, "counterexample", winner, complaint=complaint)
    return _measure(trial, report)


def _measure(trial: Trial, report: Report) -> Trial:
    """The margin by which the best format leads, and over which other."""
    candidates = report.detection.candidates
    if trial.kind == "forced" or not candidates:
        return trial
    second = next((one for one in candidates[1:] if one.id != candidates[0].id), None)
    margin = candidates[0].score - (second.score if second else 0.0)
    return trial._replace(margin=margin, runner_up=second.id if second else None)


def _compare(id: str, example: Example, report: Report) -> str | None:
    """The first difference between what an example expects and what was decoded."""
    no_response = example.timeout or example.failure is not None
    wanted = "no-response" if no_response else example.outcome
    winner = report.format.id if report.format else None
    if winner != id and wanted != "success":
        return f"expected to be won by {id}, found {winner or 'nobody'}: {_standing(id, report)}"
    if report.outcome != wanted:
        return f"expected outcome {wanted}, found {report.outcome}"
    if wanted == "success":
        return None
    best, *others = report.detection.candidates or [None]
    tied = [one.id for one in others if one and best and one.score == best.score]
    if tied:
        return f"expected to be won by {id}, found a tie with {', '.join(tied)}"
    return _compare_problems(example, report)


def _standing(id: str, report: Report) -> str:
    """Why a format did not win: its own bits beside the winner's, or that it is no candidate."""
    scores = {one.id: one.score for one in report.detection.candidates}
    if id not in scores:
        return "a required clue does not hold, or an excluding one does"
    best, score = next(iter(scores.items()))
    if best == id:
        return f"{score:.1f} bits are too few to claim a format"
    return f"{scores[id]:.1f} bits against {score:.1f} of {best}"


def _compare_problems(example: Example, report: Report) -> str | None:
    if len(report.diagnostics) != len(example.problems):
        return f"expected {len(example.problems)} problems, found {len(report.diagnostics)}"
    for number, pair in enumerate(zip(report.diagnostics, example.problems, strict=True)):
        diagnostic, expected = pair
        for member, value in expected.items():
            found = _member(diagnostic, member)
            if found != value:
                return f"problems[{number}]: expected {member} {value!r}, found {found!r}"
    return None


def _member(diagnostic: Diagnostic, name: str) -> JSON:
    if name == "explained":
        return diagnostic.explanation.title if diagnostic.explanation else None
    if name == "alternatives":
        return len(diagnostic.alternatives)
    if name == "retry":
        return diagnostic.retry.verdict
    problem = problem_json(diagnostic)
    if name not in problem:
        return diagnostic.problem.extensions.get(name)
    return problem[name]
