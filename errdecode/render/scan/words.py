"""What is said of a scan in every output: its summary, its groups, its times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from errdecode.render.sections import VERDICTS
from errdecode.scan.cascade import first_failures, followers
from errdecode.scan.histogram import Axis, align
from errdecode.scan.model import Group, Place, Scan, Sighting, Skipped

_TELLING = 1_000_000
"""Bytes below which a rate says more of the start than of the scan."""
_NAMED = 3
"""First failures that are told, the earliest ones."""
_FOLLOWING = 10
"""Groups that are named of those which follow from one."""
_OTHERS = 9
"""Other statuses of a group that are counted; where there are more, none is named."""
_CHANGES = {"new": "new", "grown": "grown", "shrunk": "shrunk", "same": "as before", "gone": "gone"}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 error`, `1,024 errors`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def headline(scan: Scan) -> str:
    """How many errors there are of how many kinds; with none, how much may be one all the same."""
    found = [group for group in scan.groups if group.change != "gone"]
    if not scan.errors and scan.unreadable_count:
        return f"no errors found, but {count(scan.unreadable_count, 'place')} could not be read"
    if not scan.errors:
        return "no errors"
    return f"{count(scan.errors, 'error')} in {count(len(found), 'group')}"


def reach(scan: Scan) -> str | None:
    """From when to when, when the log says."""
    ends = ends_of(scan)
    return between(*ends) + " UTC" if ends else None


def ends_of(scan: Scan) -> tuple[float, float] | None:
    """When the first and the last error came, as far as they say; a time axis may begin before."""
    firsts = [group.first for group in scan.groups if group.first is not None]
    lasts = [group.last for group in scan.groups if group.last is not None]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def ends_of_axis(scan: Scan, axis: Axis) -> tuple[float, float]:
    """When the first and the last error came that an axis shows, as far as they say."""
    start, end = ends_of(scan) or (axis.start, axis.end)
    return max(start, axis.start), min(end, axis.end)


def left_out(axis: Axis | None) -> str:
    """How many errors an axis leaves out, in words; empty when it leaves out none."""
    if axis is None or not axis.outside:
        return ""
    return f"{count(axis.outside, 'error')} at other times, far from these"


def account(scan: Scan) -> list[str]:
    """What was read, how fast, and by what."""
    tells = scan.seconds > 0 and scan.bytes >= _TELLING
    rate = f", {size(scan.bytes / scan.seconds)}/s" if tells else ""
    parts = [
        count(scan.files, "file"),
        size(scan.bytes),
        count(scan.lines, "line"),
        f"{scan.seconds:.1f} s{rate}",
        f"engine {scan.engine}" + (f", {scan.jobs} processes" if scan.jobs > 1 else ""),
    ]
    parts += [f"{len(files):,} {said}" for said, files in left_unread(scan)]
    if scan.unreadable_count:
        parts.append(f"{scan.unreadable_count:,} unreadable")
    return parts


def left_unread(scan: Scan) -> Iterator[tuple[str, list[Skipped]]]:
    """The files that were read but for a part, and those that were not, each with what is said."""
    for said, part in (("read in part", True), ("skipped", False)):
        files = [one for one in scan.skipped if one.part is part]
        if files:
            yield said, files


def size(number: float) -> str:
    """Bytes in thousands: `830 B`, `1.5 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 999.5:
            return (
                f"{number:.0f} {unit}" if unit == "B" or number >= 99.5 else f"{number:.1f} {unit}"
            )
        number /= 1000
    return f"{number:,.1f} TB"


def moment(time: float) -> str:
    """`2025-11-20 12:00:00`, in UTC."""
    from datetime import datetime

    return f"{datetime.fromtimestamp(int(time), UTC):%Y-%m-%d %H:%M:%S}"


def iso(time: float) -> str:
    """`2025-11-20T12:00:00.250Z` (RFC 3339), in milliseconds where there are any."""
    whole, thousandths = divmod(round(time * 1000), 1000)
    return moment(whole).replace(" ", "T") + (f".{thousandths:03}" if thousandths else "") + "Z"


def between(first: float, last: float) -> str:
    """`2025-11-20 12:00:00 to 13:59:58`; the day is said again only when it is another."""
    one, other = moment(first), moment(last)
    if one == other:
        return one
    return f"{one} to {other.removeprefix(one[:11])}"


def name_of(group: Group) -> str:
    """The code of a group; without one, what the server said or what is known of it."""
    said = (group.message or group.title or "").strip()
    return group.code or said or "an error without a code or a message"


def title_of(group: Group) -> str | None:
    """What it means, unless its name says it already."""
    return group.title if group.title and group.title != name_of(group) else None


def format_of(group: Group) -> str:
    """The format's name, or that there is none."""
    return group.format_name or group.format or "no documented format"


def status_of(group: Group) -> str:
    """The HTTP status, `404 +2` where the errors have two others, too; empty when it is unknown."""
    others = len(group.statuses) - 1
    if others > _OTHERS:
        return "mixed"
    return f"{group.status or ''}" + (f" +{others}" if others > 0 else "")


def retry_of(group: Group) -> str | None:
    """Whether it helps to send the request again, and that this is not so of all; None when it is
    not known."""
    if len(group.verdicts) < 2:
        return None if group.verdict == "unknown" else VERDICTS.get(group.verdict, group.verdict)
    verdict, many = group.verdicts[0]
    if verdict == "unknown" or 2 * many <= group.count:
        return "differs"
    return f"{VERDICTS.get(verdict, verdict)} (for {many:,} of {group.count:,})"


def change_of(group: Group) -> str | None:
    """How it compares to the baseline, in words."""
    if group.change is None:
        return None
    word = _CHANGES.get(group.change, group.change)
    if group.before is None or group.change == "same":
        return word
    return f"{word}, {group.before:,} before"


def place_of(place: Place) -> str:
    """`app.log:17`."""
    return f"{place.file}:{place.line}"


def request_of(sighting: Sighting) -> str:
    """`POST https://api.example.com/orders`, as much of it as is known."""
    context = sighting.context
    return " ".join(filter(None, (context.method, context.url)))


def failures(scan: Scan) -> Iterator[str]:
    """The first failures, each with what followed from it."""
    for group in first_failures(scan.groups)[:_NAMED]:
        after = followers(scan.groups, group.number)
        named = ", ".join(str(number) for number in after[:_FOLLOWING])
        if len(after) > _FOLLOWING:
            named += f" and {len(after) - _FOLLOWING:,} more"
        verb = "groups {} follow" if len(after) > 1 else "group {} follows"
        since = f" at {moment(group.first)}" if group.first is not None else ""
        yield f"group {group.number}, {name_of(group)}{since}: {verb.format(named)} from it"


def axis_of(scan: Scan, most: int) -> Axis | None:
    """The histograms of all groups on one axis."""
    return align([group.histogram for group in scan.groups], most)
