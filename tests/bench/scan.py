"""Measures `errdecode scan` and its engines in processor time and by the clock, as ratios to fixed
yardsticks of the same run.

`python tests/bench/scan.py [--size MB] [--kind KIND] [--share PERCENT] [--folder FOLDER]` makes a
log, measures and removes it. `--growth` measures what becomes of size and of the catalog's.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from logs import KINDS, write_log

PATTERN = r'(?:error|errors|message|__type|title)\\?":'
"""What the yardstick counts: fixed, whatever the signals are."""
WINDOW = 1 << 20
"""Bytes that an engine is given at once, as in a scan."""
ROUNDS = 3
PROGRAM = [sys.executable, "-m", "errdecode", "scan", "--json"]


def best_seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest processor time of some runs, of this process and of those it waits for.

    All processes of a run count, so two of them take as long as one, by this clock.
    """
    return measure_runs(run, rounds)[0]


def measure_runs(run: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The shortest processor time of some runs, and their shortest time on the wall's clock."""
    times, walls = [], []
    for _ in range(rounds):
        began, wall = processor_seconds(), perf_counter()
        run()
        times.append(processor_seconds() - began)
        walls.append(perf_counter() - wall)
    return min(times), min(walls)


def processor_seconds() -> float:
    """What this process and its children have used so far."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def run_quietly(command: list[str]) -> Callable[[], object]:
    """A run of a command whose output nobody reads."""
    return lambda: subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def measure_engines(log: Path, yardstick: float) -> None:
    """Print what finding the lines alone takes in one process, in windows of a reused buffer."""
    from errdecode.catalog import open_catalog
    from errdecode.scan.engines import ENGINES, Engine, choose
    from errdecode.scan.signals import signals

    began = processor_seconds()
    known = signals(open_catalog())
    print(f"signals          {(processor_seconds() - began) * 1000:7.0f} ms, {len(known.items)}")
    for name in ENGINES:
        began = processor_seconds()
        engine = choose(known, name)
        if engine is None:
            print(f"engine {name:10} not installed")
            continue
        engine.lines(b"\n", 1)
        opened = (processor_seconds() - began) * 1000
        found = [0]

        def read(engine: Engine = engine, found: list[int] = found) -> None:
            found[0] = 0
            buffer = bytearray(WINDOW)
            with log.open("rb") as file:
                while size := file.readinto(buffer):
                    found[0] += len(engine.lines(buffer, size))

        seconds = best_seconds(read, 1 if name == "rg" else ROUNDS)
        rate = log.stat().st_size / seconds / 1e6
        print(
            f"engine {name:10}{rate:7.0f} MB/s {yardstick / seconds:6.0%} of rg -c, "
            f"{found[0]} lines, opened in {opened:.0f} ms"
        )


def measure_program(log: Path, yardstick: float, clock: float) -> None:
    """Print what the whole command takes, with each engine, in one process and in two."""
    for options in (["--jobs", "2"], ["--jobs", "1"], ["--engine", "stdlib", "--jobs", "2"]):
        command = [*PROGRAM, *options, str(log)]
        seconds, wall = measure_runs(run_quietly(command), 2)
        rate = log.stat().st_size / wall / 1e6
        memory = peak_megabytes(command)
        told = " ".join(options)
        print(
            f"scan {told:26}{rate:7.0f} MB/s {clock / wall:6.1%} of rg -c by the clock, "
            f"{yardstick / seconds:.1%} in processor time, {memory:.0f} MB"
        )


def measure_others(log: Path, yardstick: float) -> None:
    """Print what jq takes to read every record, and lnav to load the log, where they are there."""
    commands = {
        "jq": ["jq", "-R", "-c", "fromjson? | select(.error != null or .code != null)", str(log)],
        "lnav": ["lnav", "-n", "-c", ":filter-in error", str(log)],
    }
    for name, command in commands.items():
        if shutil.which(name):
            seconds = best_seconds(run_quietly(command), 1)
            rate = log.stat().st_size / seconds / 1e6
            print(f"{name:17}{rate:7.0f} MB/s {yardstick / seconds:6.0%} of rg -c")


def peak_megabytes(command: list[str]) -> float:
    """Peak memory of the largest process of one run."""
    program = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, check=True
    )
    return int(done.stdout) / (1024 if sys.platform != "darwin" else 1 << 20)


def measure_catalog(log: Path) -> None:
    """Print what the engines take with the signals of few formats and of all."""
    from errdecode.catalog import open_catalog
    from errdecode.scan.engines import choose
    from errdecode.scan.signals import GENERIC, Signals, derive

    shapes = list(open_catalog().all_shapes())
    names = sorted({shape.format for shape in shapes})
    data = log.read_bytes()
    for count in (20, 60, len(names)):
        few = set(names[:: max(1, len(names) // count)][:count])
        chosen = (shape for shape in shapes if shape.format in few)
        known = Signals(tuple(dict.fromkeys((*GENERIC, *derive(chosen)))))
        for name in ("hyperscan", "stdlib"):
            engine = choose(known, name)
            if engine:
                seconds = best_seconds(lambda engine=engine: engine.lines(data, len(data)), 2)
                print(f"{len(few):4} formats {name:10}{len(data) / seconds / 1e6:7.0f} MB/s")


def measure(log: Path, has_program: bool) -> None:
    """Print all lines for one log."""
    yardstick, clock = measure_runs(run_quietly(["rg", "-c", PATTERN, str(log)]))
    print(f"rg -c            {log.stat().st_size / yardstick / 1e6:7.0f} MB/s")
    measure_engines(log, yardstick)
    if has_program:
        measure_program(log, yardstick, clock)
    measure_others(log, yardstick)


def main() -> None:
    """Make the logs, measure, and remove them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=100, help="megabytes")
    parser.add_argument("--share", type=float, default=2, help="percent of lines with an error")
    parser.add_argument("--kind", choices=(*KINDS, "all"), default="mixed")
    parser.add_argument("--growth", action="store_true", help="10 MB to --size; 20 formats to all")
    parser.add_argument("--engines", action="store_true", help="the engines alone")
    parser.add_argument("--folder", type=Path, help="where the logs are made")
    asked = parser.parse_args()
    sizes = [10.0, 100.0, asked.size] if asked.growth else [asked.size]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for kind in KINDS if asked.kind == "all" else (asked.kind,):
            for size in sorted({size for size in sizes if size <= asked.size}):
                log = Path(folder) / f"{kind}.log"
                count = write_log(log, kind, int(size * 1e6), asked.share)
                print(f"\n{kind}, {size:g} MB, {asked.share:g} % errors, {count} bodies")
                measure(log, not asked.engines)
                if asked.growth and size == 10:
                    measure_catalog(log)


if __name__ == "__main__":
    main()
