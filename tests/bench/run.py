"""Measures the budgets and prints them as ratios to a yardstick of the same run."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 15
ROOT = Path(__file__).parent.parent.parent
BODY = ROOT / "tests" / "captures" / "talonone-invalid-type-body.json"
PROGRAM = [sys.executable, "-m", "errdecode"]
YARDSTICK = [sys.executable, "-m", "json.tool"]


def cpu_seconds(command: list[str], file: Path) -> float:
    """Processor time of one run with a file as standard input, user and system, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with file.open("rb") as source:
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def ratio(command: list[str], file: Path, rounds: int = ROUNDS) -> float:
    """The median of a command's time over the yardstick's, measured in turn."""
    pairs = [(cpu_seconds(command, file), cpu_seconds(YARDSTICK, file)) for _ in range(rounds)]
    return median(mine / theirs for mine, theirs in pairs)


def peak_kilobytes(command: list[str], file: Path) -> int:
    """Peak memory of one run, from a process of its own so that runs do not mix."""
    program = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[2:], stdin=open(sys.argv[1], 'rb'), stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file), *command], capture_output=True, check=True
    )
    return int(done.stdout)


def large_body(folder: Path, megabytes: int = 10) -> Path:
    """One line of JSON: an error of Talon.One with very many items."""
    error = {"title": "enum", "details": "state is wrong", "source": {"pointer": "/items/7/state"}}
    size = len(json.dumps(error))
    count = megabytes * 1_000_000 // size
    path = folder / "large.json"
    path.write_text(
        json.dumps({"message": "The submitted data was invalid", "errors": [error] * count})
    )
    return path


def detection_milliseconds() -> float:
    """Time to hold one body against every format, the catalog being open."""
    from errdecode.body import read_body
    from errdecode.catalog import open_catalog
    from errdecode.clue import Seen
    from errdecode.detect import detect
    from errdecode.model import Text

    catalog = open_catalog()
    seen = Seen(read_body(Text(BODY.read_text(encoding="utf-8"))))
    detect(catalog, seen)
    times = []
    for _ in range(200):
        began = time.perf_counter()
        detect(catalog, seen)
        times.append(time.perf_counter() - began)
    return median(times) * 1000


def main() -> None:
    """Print every line of the table."""
    os.environ.pop("COLUMNS", None)
    print(f"terminal       {ratio(PROGRAM, BODY):5.2f} x json.tool")
    print(f"json           {ratio([*PROGRAM, '--json'], BODY):5.2f} x json.tool")
    print(f"colour         {ratio([*PROGRAM, '--color', 'always'], BODY):5.2f} x json.tool")
    with tempfile.TemporaryDirectory() as folder:
        large = large_body(Path(folder))
        print(f"large, time    {ratio(PROGRAM, large, 3):5.2f} x json.tool")
        memory = peak_kilobytes(PROGRAM, large) / peak_kilobytes(YARDSTICK, large)
        print(f"large, memory  {memory:5.2f} x json.tool")
    print(f"detection      {detection_milliseconds():5.2f} ms")


if __name__ == "__main__":
    main()
