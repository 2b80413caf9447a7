"""Bodies inside bodies: JSON in strings and in prose, base64, gzip, and gRPC's binary details.

`finding` looks through a body, `layers` undoes one encoding after the other, `strings` opens a
JSON string, each with a map back to the text around it. What fewer need is imported from its own
module when it is met: `grpc` for gRPC's fields and typed details, `inflate` for compressed files.
"""

from __future__ import annotations

from errdecode.nested.finding import find_nested, follow
from errdecode.nested.layers import Nested, describe, unwrap
from errdecode.nested.strings import open_string

__all__ = ["Nested", "describe", "find_nested", "follow", "open_string", "unwrap"]
