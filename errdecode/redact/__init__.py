"""The boundary where secrets are masked: in a whole report, or in a string that bypasses it.

First all secrets of the exchange are collected: known by the name beside them (`places`,
`members`) or by their shape (`shapes`). Then every string is searched for them, for what else
looks like one and for their echoes (`echoes`), and covered character for character (`marks`), so
that positions stay true.
"""

from __future__ import annotations

from errdecode.redact.collect import find_secrets
from errdecode.redact.echoes import Secrets
from errdecode.redact.report import mask, redact

__all__ = ["Secrets", "find_secrets", "mask", "redact"]
