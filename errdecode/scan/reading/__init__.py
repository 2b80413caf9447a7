"""Decodes what was cut out of a log: which documents are errors, what they say, fast.

`descend` goes into records to the bodies in them, `answers` decodes one body, `decide` tells errors
from ordinary documents, `plans` remembers what depends on what, `records` and `times` read what
stands around.
"""

from __future__ import annotations
