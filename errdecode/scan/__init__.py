"""Logs: find, decode and group every error in files of any size, in one pass.

`signals` says which lines may bear an error, `engines` find them, `cut` takes the bodies out of
them, `read` decodes those, `tally` groups what was read, `run` drives it all over byte ranges.
"""

from __future__ import annotations
