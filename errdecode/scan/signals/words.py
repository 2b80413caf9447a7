"""The words that errors use, and those that ordinary log lines use."""

from __future__ import annotations

from errdecode.regex import expression

WORDS = (
    "exception exceptions exceptionMessage exceptionType exception_class Exception "
    "ExceptionMessage fault faults faultcode faultstring faultCode faultString fault_code "
    "fault_string Fault Faults err errs errno errmsg errMsg err_msg errcode errCode err_code "
    "errorno Err ErrCode ErrMsg failure failures failureReason failure_reason failureCode Failure "
    "Failures FailureReason violations fieldViolations invalid_params invalid-params "
    "invalidParams refusalReason problem problems cause causes rootCause validation"
).split()
"""Names of members that say error without the letters; `rror` is looked for by itself."""
TELLING = ("detail Detail __type userMessage developerMessage user_message ExceptionType").split()
"""Names that hardly anything but an error bears."""
TOLD = frozenset(
    "message Message msg Msg detail Detail details Details description Description title Title "
    "reason Reason context hint".split()
)
"""Names of members that tell what happened, in errors as in anything else."""
STATUSES = tuple(
    "status Status statusCode StatusCode status_code status-code httpStatus http_status "
    "httpStatusCode httpCode code".split()
)
"""Names of members whose value may be the status of an answer."""
STATES = ("status", "Status", "stat", "object", "result", "resultCode", "type", "Type", "outcome")
"""Names of members whose value may be a word that says error."""
DENIED = tuple(
    b"BAD MISSING INVALID EXPIRED UNKNOWN NOT NO UNAUTHORIZED DENIED FORBIDDEN TOO".split()
)
"""How a constant begins that says what is wrong."""
FAILED = expression(r"(?:[eE]rror|ERROR|[fF]ail(?:ed|ure)?|FAIL(?:ED|URE)?|KO)")
SUCCESSES = ("success", "Success", "succeeded", "ok", "isSuccess", "is_success", "status")
"""Names of members that are false in an error."""
SHORT = frozenset(("err", "ok"))
"""Names that are the beginning of many others, or stand in them."""
ORDINARY = frozenset(
    "message msg text log level severity lvl loglevel levelname time ts timestamp date datetime "
    "@timestamp @version version v logger name module thread pid process hostname host service app "
    "env file line func function caller class method path url uri route query status state code "
    "type kind id uuid key value values data result results response request body headers params "
    "meta metadata context attributes fields extra tags labels user user_id username session "
    "request_id requestid trace_id traceid span_id spanid correlation_id correlationid duration "
    "duration_ms elapsed latency size bytes count total ip remote_addr user_agent referer protocol "
    "success ok object items item links link href action event resource resources source target "
    "location address email description title reason details hint info output input string array "
    "param property field operation token entry records command category stat messages requests "
    "transaction schemas stages succeeded nodes issues node".split()
)
"""Names, in lower case, that ordinary log records and answers bear: none is a signal by itself."""
