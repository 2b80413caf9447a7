"""Decodes what was cut out of a log: which documents are errors, what they say, fast.

`descend` goes into records to the bodies in them, `answers` decodes one body, `decide` tells errors
from ordinary documents, `plans` remembers what depends on what: on the circumstances (`given`), on
what detection asks (`questions`), on what an extractor reads (`readings`) or the generic reading
(`guesses`). `records` and `times` read what stands around.
"""

from __future__ import annotations
