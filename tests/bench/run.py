"""Measures the budgets and prints them as ratios to a yardstick of the same run."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROUNDS = 15
FEW = 20
"""Formats of the small catalog."""
ROOT = Path(__file__).parent.parent.parent
BODY = ROOT / "tests" / "captures" / "talonone-invalid-type-body.json"
PROGRAM = [sys.executable, "-m", "errdecode"]
YARDSTICK = [sys.executable, "-m", "json.tool"]


def cpu_seconds(command: list[str], file: Path, at: Path = ROOT) -> float:
    """Processor time of one run with a file as standard input, user and system, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with file.open("rb") as source:
        subprocess.run(command, cwd=at, stdin=source, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def ratio(command: list[str], file: Path, rounds: int = ROUNDS, at: Path = ROOT) -> float:
    """The median of a command's time over the yardstick's, measured in turn."""
    cpu_seconds(command, file, at)  # compiles what is to be compiled
    pairs = [(cpu_seconds(command, file, at), cpu_seconds(YARDSTICK, file)) for _ in range(rounds)]
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


DETECTION = """
import sys, time
from pathlib import Path
from statistics import median
from errdecode.body import read_body
from errdecode.catalog import open_catalog
from errdecode.clue import Seen
from errdecode.detect import detect
from errdecode.model import Text
seen = Seen(read_body(Text(Path(sys.argv[1]).read_text(encoding="utf-8"))))
times = []
for _ in range(201):
    began = time.perf_counter()
    detect(open_catalog(), seen) if not times else detect(catalog, seen)
    times.append(time.perf_counter() - began)
    catalog = open_catalog()
print(times[0] * 1000, median(times[1:]) * 1000)
"""
"""Prints the milliseconds of opening the catalog and holding a first body against it, and of one
more body."""


def detection_milliseconds(checkout: Path) -> tuple[float, float]:
    """What `DETECTION` prints in a checkout; the best of some processes."""
    command = [sys.executable, "-c", DETECTION, str(BODY)]
    runs = []
    for _ in range(5):
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
        first, again = map(float, done.stdout.split())
        runs.append((first, again))
    return min(first for first, _ in runs), min(again for _, again in runs)


def small_checkout(folder: Path, formats: int) -> Path:
    """A copy of the program with the first formats of the catalog only."""
    shutil.copytree(ROOT / "errdecode", folder / "errdecode")
    (folder / "catalog").mkdir()
    files = sorted((ROOT / "catalog").glob("*.toml"))
    alone = [file for file in files if "\nextends" not in file.read_text(encoding="utf-8")]
    known = [file for file in alone if file.stem in ("http-status", "talonone")]
    for file in (*known, *alone[:formats], ROOT / "catalog" / "background.json"):
        shutil.copy(file, folder / "catalog")
    return folder


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
        small = small_checkout(Path(folder) / "small", FEW)
        for name, checkout in ((f"{FEW} formats", small), ("all formats", ROOT)):
            first, again = detection_milliseconds(checkout)
            print(f"{name:14} {again:5.2f} ms for a body, {first:5.2f} ms for the first one")
            start = ratio([*PROGRAM, "--json"], BODY, at=checkout)
            print(f"{name:14} {start:5.2f} x json.tool, json")


if __name__ == "__main__":
    main()
