"""Whether sending the request again helps: a verdict, seconds, and the trail of rules behind them.

`asked` is what the server says, `quotas` its rate limit fields, `times` how both write seconds;
`request` is what the request allows; `derivation` puts them and the catalog together, and
`steps` holds what the catalog says to do against the verdict.
"""

from __future__ import annotations

from errdecode.retry.derivation import PASSING, derive, derive_common
from errdecode.retry.steps import fit_steps

__all__ = ["PASSING", "derive", "derive_common", "fit_steps"]
