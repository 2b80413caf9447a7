"""The exit code says how it went, and a bug tells no secrets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from known import KNOWN, NO_ERROR, UNKNOWN

from errdecode import decode
from errdecode.cli import main
from errdecode.cli.verdict import exit_code, verdict_code
from errdecode.model import (
    Detection,
    Diagnostic,
    Exchange,
    Explanation,
    Failure,
    FormatName,
    Problem,
    Report,
    Response,
    Retry,
    Text,
)

if TYPE_CHECKING:
    from conftest import Run

pytestmark = pytest.mark.usefixtures("at_captures")


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([KNOWN], 0),
        ([NO_ERROR], 0),
        (["http-status-301.http"], 0),
        ([UNKNOWN], 1),
        (["missing"], 3),
        ([KNOWN, NO_ERROR], 0),
        ([KNOWN, UNKNOWN], 1),
        ([UNKNOWN, KNOWN], 1),
        ([UNKNOWN, "missing"], 3),
        (["missing", KNOWN], 3),
    ],
)
def test_exit_codes(run: Run, names: list[str], code: int) -> None:
    """Several inputs: 3 if any could not be read, else 1 if any was not understood, else 0."""

    assert code == run(*names).code
    assert code == run("--json", *names).code
    assert code == run("why", *names).code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Internal Server Error", 1),
        ("HTTP/1.1 500 Internal Server Error\n\noops", 0),
        ('{"harbour": "closed"}', 1),
        ('{"error": {"type": "card_error", "message": "no", "code": "card_declined"}}', 0),
    ],
)
def test_a_forced_format_that_has_nothing_to_say(
    run: Run, tmp_path: Path, body: str, code: int
) -> None:
    """A format that `--format` names covers a response only if it reads or explains it."""
    file = tmp_path / "paste.txt"
    file.write_text(body, encoding="utf-8")

    assert code == run("--format", "stripe", str(file)).code


def report(
    status: int | None = 400,
    verdict: str = "unknown",
    actor: str | None = None,
    outcome: str = "error",
    role: str = "cause",
    failure: bool = False,
    as_status: int | None = None,
) -> Report:
    """A report with one problem."""
    explanation = Explanation("title", "meaning", (), actor, as_status=as_status)
    problem = Problem(code="code", role=role)
    exchange = Exchange(
        "body",
        Text(""),
        response=None if failure else Response(status),
        failure=Failure("curl", 7) if failure else None,
    )
    diagnostic = Diagnostic(problem, (), explanation, (), Retry(verdict))
    name = FormatName("telecomx", "Telecom X", "vendor", None)
    return Report("-", 0, outcome, exchange, None, name, Detection(None), (diagnostic,))


@pytest.mark.parametrize(
    ("code", "case"),
    [
        (0, report(200, outcome="success")),
        (0, report(301, outcome="redirect")),
        (0, report(404, role="harmless")),
        (10, report(429, "later")),
        (10, report(503, "later", "provider")),
        (10, report(400, "once", "caller")),
        (11, report(400, "after-change", "caller")),
        (11, report(422, "never")),
        (11, report(None, "after-change")),
        (12, report(401, "after-change")),
        (12, report(403, "later", "operator")),
        (12, report(407, "unknown")),
        (13, report(404, "after-change")),
        (13, report(410, "never", "provider")),
        (14, report(409, "after-change")),
        (14, report(412, "after-change")),
        (11, report(413, "after-change", "operator")),
        (11, report(431, "never", "operator")),
        (14, report(500, "reconcile-first", "provider")),
        (15, report(500, "unknown")),
        (15, report(400, "never", "provider")),
        (16, report(502, "unknown")),
        (16, report(504, "after-change")),
        (16, report(400, "never", "operator")),
        (16, report(None, "later", failure=True)),
        (14, report(None, "reconcile-first", failure=True)),
        (10, report(403, "later")),
        (10, report(503, "later", "caller", as_status=404)),
        (13, report(503, "after-change", "caller", as_status=404)),
        (12, report(None, "after-change", "provider", as_status=403)),
        (12, report(200, "after-change", as_status=401)),
        (12, report(400, "after-change", "operator", as_status=403)),
        (13, report(None, "after-change", as_status=404)),
        (14, report(400, "never", as_status=409)),
        (14, report(500, "reconcile-first", as_status=404)),
        (19, report(400, "unknown")),
        (19, report(None, "unknown", outcome="unknown")),
    ],
)
def test_verdicts(code: int, case: Report) -> None:
    """With `--exit-code verdict`, the first cause says what a script should do next."""

    assert code == verdict_code(case)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        (12, "Error from server (Forbidden): teas is forbidden: no role allows it"),
        (13, 'Error from server (NotFound): teas "oolong" not found'),
        (
            12,
            "An error occurred (AccessDenied) when calling the PutObject operation: not allowed",
        ),
        (
            13,
            "An error occurred (NoSuchKey) when calling the GetObject operation: no such key",
        ),
        (12, "(AuthorizationFailed) No.\nCode: AuthorizationFailed\nMessage: No."),
        (12, '{"ok": false, "error": "missing_scope", "needed": "teas:write"}'),
        (13, '{"ok": false, "error": "channel_not_found"}'),
    ],
)
def test_a_code_may_stand_for_a_status(code: int, content: str) -> None:
    """Where no status says so, the catalog knows which one means the same."""
    (report,) = decode(content)

    assert code == verdict_code(report)


def test_a_verdict_without_a_problem() -> None:
    """What nothing can be said of is 19."""
    nothing = report(outcome="unknown")._replace(diagnostics=(), format=None)

    assert verdict_code(nothing) == 19
    assert exit_code([nothing]) == 1


def test_the_verdict_goes_by_the_first_cause() -> None:
    """Consequences and harmless problems do not count, later causes neither."""
    first, second = report(404, "never"), report(500, "later")
    harmless = report(role="harmless").diagnostics[0]
    consequence = report(role="consequence").diagnostics[0]
    mixed = first._replace(diagnostics=(harmless, consequence, *first.diagnostics))

    assert verdict_code(mixed) == 13
    assert exit_code([report(outcome="success"), first, second], verdict=True) == 13


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ([NO_ERROR], 0),
        (["http-status-429.http"], 10),
        ([KNOWN], 11),
        (["journeyapps-unauthorized.paste"], 12),
        (["talonone-conflict.json"], 14),
        (["curl-06-host.paste"], 16),
        ([KNOWN, "missing"], 3),
    ],
)
def test_verdicts_of_captures(run: Run, line: list[str], code: int) -> None:
    """The verdict on real responses; an input that cannot be read comes before it."""

    assert code == run("--exit-code", "verdict", *line).code
    assert run("--exit-code=outcome", *line).code == run(*line).code


# ---------------------------------------------------------------- a bug

PAYLOAD = "hunter2-of-the-payload"


@pytest.mark.parametrize("line", [[KNOWN], ["--json", KNOWN], ["why", KNOWN], ["explain", "404"]])
def test_a_bug(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: list[str]) -> None:
    """A bug is told in one line; its log holds places and types, and nothing of the payload."""

    def fail(*_: object) -> None:
        raise KeyError(PAYLOAD)

    monkeypatch.setattr("errdecode.catalog.open_catalog", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outcome = run(*line)
    (log,) = tmp_path.iterdir()
    written = log.read_text(encoding="utf-8")

    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.err == f"errdecode: a bug (KeyError); please report it with {log}\n"
    assert "test_exit_codes.py" in written
    assert PAYLOAD not in written + outcome.err


def test_a_bug_without_a_place_for_its_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where no log can be written, the line names the place itself."""
    monkeypatch.setattr("errdecode.catalog.open_catalog", lambda _: [][1])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    outcome = run(KNOWN)

    assert outcome.code == 5
    assert re.fullmatch(
        r"errdecode: a bug \(IndexError\); .*test_exit_codes.py:\d+ in .*\n", outcome.err
    )


def test_recursion_and_memory_are_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No exception leaves `main`, whatever it is."""
    for fault in (RecursionError(), MemoryError(), AssertionError(PAYLOAD), UnicodeError()):

        def fail(*_: object, fault: Exception = fault) -> int:
            raise fault

        monkeypatch.setattr("errdecode.cli.run.run_decode", fail)

        assert main([KNOWN]) == 5
