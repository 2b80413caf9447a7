"""Run `catalog import`, `learn` and `gaps`: drafts on standard output, accounts on the other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from errdecode.cli.inputs import name_of, read_bytes
from errdecode.cli.options import Chosen, check_sense
from errdecode.cli.streams import is_json, write
from errdecode.errors import UNDERSTOOD

if TYPE_CHECKING:
    pass


def run_import(file: str, id: str, name: str | None, chosen: Chosen) -> int:
    """Print the draft that a description of an API, or a table of codes, leads to."""
    from errdecode.authoring.importing import import_text
    from errdecode.pipeline import to_text

    check_sense(chosen)
    said = name_of(file)
    text = to_text(read_bytes(file, chosen.max_bytes), said)
    draft, account = import_text(text.value, said, id, name)
    _tell(account)
    write(draft)
    return UNDERSTOOD


def run_learn(files: list[str], id: str | None, name: str | None, chosen: Chosen) -> int:
    """Print the draft that some bodies or captures lead to."""
    from errdecode.authoring.draft import check_id
    from errdecode.authoring.learn import learn
    from errdecode.cli.run import decode_input, open_for

    check_sense(chosen)
    if id is not None:
        check_id(id)
    catalog = open_for(chosen)
    reports = [r for file in files for r in decode_input(file, chosen, None, catalog)]
    draft, account = learn(reports, id, name)
    _tell(account)
    write(draft)
    return UNDERSTOOD


def _tell(account: list[str]) -> None:
    """What was taken for what, beside the draft."""
    from errdecode.sanitise import sanitise

    for line in account:
        mark = "  " if line.startswith(" ") else "errdecode: "
        print(f"{mark}{sanitise(line.strip())}", file=sys.stderr)


def run_gaps(clear: bool, chosen: Chosen) -> int:
    """Print the tally of unknown codes, and forget it if that is asked for."""
    from errdecode.authoring import gaps
    from errdecode.sanitise import sanitise

    path = gaps.tally_path()
    found = gaps.read_tally(path)
    shown = sanitise(gaps.show_gaps(found), keep_lines=True)
    write(gaps.gaps_json(found) if is_json(chosen) else shown)
    if clear:
        gaps.clear(path)
        print(f"errdecode: {len(found)} forgotten", file=sys.stderr)
    return UNDERSTOOD
