"""Drafts of formats, for the tests of what is imported and learned."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

from errdecode.authoring.check import check_file
from errdecode.authoring.importing import import_text

SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"


def faults_of(text: str) -> list[str]:
    """What is wrong with a draft besides its blanks."""
    folder = Path(os.environ["HOME"]) / "drafts"
    folder.mkdir(exist_ok=True)
    file = folder / "harbour.toml"
    file.write_text(text, encoding="utf-8")
    return [f.message for f in check_file(file) if "still to be filled in" not in f.message]


def imported(source: dict[str, Any] | str, name: str = "api.json") -> dict[str, Any]:
    """The draft that a document or a table leads to, read back."""
    text = source if isinstance(source, str) else json.dumps(source)
    return tomllib.loads(import_text(text, name, "harbour", None)[0])
