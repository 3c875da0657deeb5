"""An Excel file's zip archive: what is refused before any of it is parsed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from storesync.importing.finding import UnreadableTable

# A sheet of 25,000 rows has 20 MB; Excel's own files are packed to a fifth, seldom to a fiftieth.
MAX_MEMBER = 200 * 1024 * 1024
MAX_TOTAL = 400 * 1024 * 1024
MAX_RATIO = 120
_RATIO_FROM = 1024 * 1024
_MAX_MEMBERS = 10_000
_CHUNK = 1024 * 1024
# XML may only be in an encoding of which ASCII is a part, so that declarations can be found.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR = re.compile(rb"""\br=["'][A-Z]{3,}\d""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)["']"""
)
# A cell that counts shared texts backwards: openpyxl would show another cell's text.
_BACKWARDS = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*-""")
_OVERLAP = 200
# Excel writes "Strict Open XML" in a vocabulary of its own, which openpyxl reads as an empty sheet.
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What of a sheet's XML a streaming reader does not tell: merged ranges such as C2:C3."""

    merged: tuple[str, ...] = ()


def open_archive(name: str, raw: bytes) -> zipfile.ZipFile:
    """Open an Excel file's archive and check it. Raises UnreadableTable for one that is unsound.

    Sizes are those the archive states, which zipfile never reads beyond.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = f"{name} begins like an Excel file and cannot be opened: {error}"
        raise UnreadableTable(message, hint="open it in Excel and save it again") from None
    names = {member.filename for member in members}
    if len(members) > _MAX_MEMBERS or len(names) < len(members):
        raise UnreadableTable(f"{name} is no Excel file: too many parts, or two of one name")
    if "xl/workbook.bin" in names:
        message = f"{name} is an Excel file of the binary format (.xlsb)"
        raise UnreadableTable(message, hint="save it in Excel as .xlsx, or as CSV")
    if "[Content_Types].xml" not in names or not any(each.startswith("xl/") for each in names):
        message = f"{name} is a zip archive and no Excel file"
        raise UnreadableTable(message, hint="import one .xlsx or .csv file")
    for member in members:
        _check_size(name, member)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise UnreadableTable(f"{name} is too large unpacked: more than {MAX_TOTAL:,} bytes")
    for member in members:
        if member.filename.endswith((".xml", ".rels", ".vml")):
            _check_xml(name, archive, member)
    return archive


def scan_sheet(name: str, archive: zipfile.ZipFile, member: str) -> SheetScan:
    """Return what a sheet merges. Raises UnreadableTable for a sheet that is not to be read."""
    merged: list[str] = []
    for piece in _pieces(archive, member):
        if _FAR.search(piece):
            message = f"{name}: cells beyond column ZZ: this is no table of locations"
            raise UnreadableTable(message, hint="delete what is beside the table")
        if _STRICT in piece:
            message = f"{name} is saved as Strict Open XML"
            raise UnreadableTable(message, hint="save it in Excel as Excel Workbook (.xlsx)")
        if _BACKWARDS.search(piece):
            message = f"{name} is refused: a cell names a text that is not in the file"
            raise UnreadableTable(message, hint="open it in Excel and save it again")
        merged += [match[1].decode() for match in _MERGED.finditer(piece)]
    return SheetScan(tuple(dict.fromkeys(merged)))


def _check_size(name: str, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        message = f"{name} has a password"
        raise UnreadableTable(message, hint="save it in Excel without a password")
    packed = max(member.compress_size, 1)
    swollen = member.file_size > _RATIO_FROM and member.file_size / packed > MAX_RATIO
    if member.file_size > MAX_MEMBER or swollen:
        message = (
            f"{name} is refused: its part {member.filename[:60]} is {packed:,} bytes packed and"
            f" {member.file_size:,} unpacked, too large"
        )
        raise UnreadableTable(message, hint="save the sheet as CSV and import that")


def _check_xml(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    first = True
    for piece in _pieces(archive, member.filename):
        wide = first and piece.lstrip(b"\xef\xbb\xbf").startswith(_WIDE)
        if wide or _DOCTYPE.search(piece):
            message = f"{name} is refused: its part {member.filename[:60]} declares XML entities"
            if wide:
                message = f"{name} is refused: its part {member.filename[:60]} is not UTF-8"
            raise UnreadableTable(message, hint="open it in Excel and save it again")
        first = False


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield a part's bytes in pieces that overlap, so that nothing searched for is cut."""
    kept = b""
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                yield kept + chunk
                kept = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        message = f"the Excel file's part {member[:60]} cannot be read: {error}"
        raise UnreadableTable(message, hint="open it in Excel and save it again") from None
