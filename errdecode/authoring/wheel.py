"""The build hook: compiles the catalog into the wheel, so that an installed errdecode parses no
TOML at start."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalog(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own examples leave it open
    """Adds `errdecode/_catalog/index` to a wheel; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a faulty catalog stops the build."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from errdecode.catalog.index import compile_built_in

        data, faults = compile_built_in(str(Path(self.root) / "catalog"))
        if faults:
            raise SystemExit("\n".join(f"{f.file}:{f.line}: {f.message}" for f in faults))
        self._folder = tempfile.TemporaryDirectory()  # kept until the wheel holds the file
        index = Path(self._folder.name) / "index"
        index.write_bytes(data)
        build_data["force_include"][str(index)] = "errdecode/_catalog/index"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind but the wheel."""
        if version != "editable":
            self._folder.cleanup()
