"""What the outputs of a scan say of its groups: no more than is so of all of their errors."""

from __future__ import annotations

import json

import pytest
from sightings import NAMES, NOON, scan_of, sighting

from errdecode.render import View
from errdecode.render.scan import Findings, render
from errdecode.render.scan.why import render_why
from errdecode.scan.frames import TOO_MANY


def test_why_a_group_is_one() -> None:
    """`--why` tells what is equal, what differed, and where to look."""
    scan = scan_of(
        sighting(0, status=402, url="https://api.example.com/a"),
        sighting(100, status=403, url="https://api.example.com/b"),
    )
    text = render_why(scan.groups[0], View())

    assert "code     declined\n" in text
    assert "status   402 in 1, 403 in 1\n" in text
    assert "request  https://api.example.com/a · https://api.example.com/b\n" in text
    assert "app.log:2, byte 100\n" in text
    assert "declined" == json.loads(render_why(scan.groups[0], View(), json=True))["code"]


@pytest.mark.parametrize(
    ("verdicts", "retry"),
    [
        (["later"], "retry: yes, later "),
        (["later", "later", "after-change"], "retry: yes, later (for 2 of 3) "),
        (["later", "after-change"], "retry: differs "),
        (["unknown", "unknown", "later"], "retry: differs "),
    ],
)
def test_what_is_not_so_of_all_is_not_said_of_all(verdicts: list[str], retry: str) -> None:
    """The most frequent status stands with the number of others, a verdict with its share."""
    items = [sighting(n, status=400 + n, verdict=verdict) for n, verdict in enumerate(verdicts)]
    text = render(Findings(scan_of(*items)), "terminal", View())

    assert retry in text
    assert len(verdicts) == 1 or f" 400 +{len(verdicts) - 1}  declined" in text


def test_many_statuses_are_mixed() -> None:
    """Where a status says little of the whole, none is named."""
    items = [sighting(n, status=400 + n) for n in range(12)]

    assert "   mixed  declined" in render(Findings(scan_of(*items)), "terminal", View())


def test_what_is_not_kept_apart_has_nothing_in_common() -> None:
    """Why such errors are one group: not for a code or a pointer, there were too many."""
    items = [sighting(n, code=f"C{'ABCDEFGHIJ'[n % 10] * (n // 10 + 1)}") for n in range(1300)]
    group = next(group for group in scan_of(*items).groups if group.message == TOO_MANY)
    text = render_why(group, View())

    assert "counted together, as there are too many" in text
    assert "none" not in text


def test_without_a_code_the_message_is_the_key() -> None:
    """What bears no code is told apart by its message, which `--why` says."""
    scan = scan_of(sighting(code=None, message="no … left", format=None))
    text = render_why(scan.groups[0], View())

    assert "message  no … left\n" in text
    assert set(NAMES).isdisjoint(text.split())


@pytest.mark.parametrize("output", ["terminal", "html"])
def test_the_time_axis_names_the_first_and_the_last_error(output: str) -> None:
    """Spans begin at round numbers of seconds; no output says that errors began there."""
    quarters = [sighting(at, time=NOON + 900 * at) for at in range(5)]
    text = render(Findings(scan_of(*quarters)), output, View())

    assert "12:00" in text
    assert "13:00" in text
    assert "11:5" not in text.partition("The figures")[0]
