"""The members of a zip archive, each a content of its own."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from errdecode.scan.sources.content import Content

if TYPE_CHECKING:
    from zipfile import ZipExtFile, ZipFile, ZipInfo

_STEP = 64 * 1024


class MemberContent(Content):
    """One member; damage ends it, with a note."""

    def __init__(self, archive: ZipFile, member: ZipInfo, below: IO[bytes]) -> None:
        """Raises what `open_member` tells."""
        self._file: ZipExtFile = archive.open(member)  # type: ignore[assignment]  # for reading
        self._archive, self._below = archive, below
        self._size = max(member.file_size, 1)
        self._stored = member.compress_size
        self._at = 0

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        try:
            data = self._file.read(min(len(view), _STEP))
        except Exception as fault:  # BadZipFile, EOFError, and each library's own
            said = str(fault).strip() or type(fault).__name__
            self.note = f"it is damaged ({said[:100]})"
            return 0
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def taken(self) -> int:
        """See `Content`."""
        return min(self._stored, self._stored * self._at // self._size)

    def close(self) -> None:
        """See `Content`."""
        self._file.close()
        self._archive.close()
        self._below.close()


def list_members(file: IO[bytes]) -> list[tuple[int, str, int, str | None]] | str:
    """The members of an archive that are no folders; a reason when it cannot be read.

    Each: its number, its name, its size as stored in bytes, and why it cannot be read, if so.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            return [
                (number, one.filename, one.compress_size, _obstacle(one))
                for number, one in enumerate(archive.infolist())
                if not one.is_dir()
            ]
    except (BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        return f"a zip archive that cannot be read: {str(fault)[:100]}"


def open_member(file: IO[bytes], number: int) -> MemberContent:
    """Open a member. Raises `OSError` with the reason when it cannot be read."""
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(file)
        return MemberContent(archive, archive.infolist()[number], file)
    except (BadZipFile, ValueError, IndexError, RuntimeError, NotImplementedError) as fault:
        raise OSError(f"cannot be read: {str(fault)[:100]}") from None


def _obstacle(member: ZipInfo) -> str | None:
    """APPNOTE.TXT, sections 4.4.4 and 4.4.5."""
    if member.flag_bits & 1:
        return "it is encrypted"
    if member.compress_type not in (0, 8, 12, 14):
        return f"its compression (method {member.compress_type}) is not known"
    return None
