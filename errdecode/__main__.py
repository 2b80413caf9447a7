"""`python -m errdecode`."""

from __future__ import annotations

import sys

from errdecode.cli import main

if __name__ == "__main__":
    sys.exit(main())
