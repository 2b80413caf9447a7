"""A log of an application, and the program that reads it."""

from __future__ import annotations

import sys

PROGRAM = [sys.executable, "-m", "errdecode"]
BODY = (
    '{"message": "Validation failed", "errors": [{"title": "Invalid type", "details": "no", '
    '"source": {"pointer": "/attributes/Name"}}], "StatusCode": 400}'
)
OTHER = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'
STRANGE = 'ERROR status=500 response: {"error": {"code": "E_ODD", "message": "the whatsit broke"}}'
LOG = "".join(
    f"2025-11-20T12:00:{at:02}Z {line}\n"
    for at, line in enumerate(
        [
            'INFO request_id=req-17 POST https://api.example.com/a body={"attributes": '
            '{"Name": false}}',
            f"ERROR request_id=req-17 said {BODY}",
            f"ERROR request_id=req-18 said {BODY}",
            f"ERROR request_id=req-19 said {OTHER}",
            "INFO password=hunter2secret all is well",
        ]
    )
)
