"""Looks into a workbook before anything parses it: sizes, document types, formulas, errors."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from capstream.company.inputs.raw_table import unreadable
from capstream.errors import Problem

_MEMBERS_LIMIT = 5_000
_BYTES_LIMIT = 600_000_000
_MEMBER_RATIO_LIMIT = 400
_RATIO_FREE_BYTES = 5_000_000
_CHUNK = 1 << 20
_PROBLEMS_LIMIT = 200
_LOCAL_HEADER = 30
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, struct.error,
)  # fmt: skip
"""What unpacking raises on a damaged zip, places outside the file included."""

_RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR_TYPE = re.compile(rb'\bt="e"')


def require_harmless(path: Path, file: str) -> None:
    """Refuse a workbook that is no zip, expands beyond bounds or declares XML entities.

    Every member is unpacked once in bounded pieces, so that sizes written into the zip need not
    be believed.

    Raises:
        UnreadableTable: The workbook is unsafe or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MEMBERS_LIMIT:
                raise unreadable(file, f"it holds {len(members)} parts", "save it again as .xlsx")
            _require_bounded(members, file)
            for member in members:
                _require_no_document_type(archive, member, file)
        with path.open("rb") as content:
            for member in members:
                _require_honest_size(content, member, file)
    except _DAMAGE as error:
        remedy = "save it again as .xlsx without a password"
        raise unreadable(file, f"the workbook is damaged ({error})", remedy) from error


def _require_bounded(members: list[zipfile.ZipInfo], file: str) -> None:
    total = sum(member.file_size for member in members)
    if total > _BYTES_LIMIT:
        message = f"the workbook unpacks to {total:,} bytes"
        raise unreadable(file, message, "write large tables as CSV or Parquet")
    for member in members:
        if member.compress_type not in _PACKINGS:
            message = f"part {member.filename} is packed in an unusual way"
            raise unreadable(file, message, "save the workbook again with a spreadsheet")
        is_dense = member.file_size > _MEMBER_RATIO_LIMIT * max(member.compress_size, 1)
        if member.file_size > _RATIO_FREE_BYTES and is_dense:
            message = f"part {member.filename} unpacks to {member.file_size:,} bytes"
            raise unreadable(file, message, "write large tables as CSV or Parquet")


def _require_no_document_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> None:
    tail = b""
    with archive.open(member) as content:
        while chunk := content.read(_CHUNK):
            window = (tail + chunk).upper()
            if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in window:
                message = f"part {member.filename} declares a document type"
                raise unreadable(file, message, "save the workbook again with a spreadsheet")
            tail = chunk[-16:]


def _require_honest_size(content: BinaryIO, member: zipfile.ZipInfo, file: str) -> None:
    """Refuse a part that goes on after the size that the zip states: another reader goes on too."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return
    content.seek(member.header_offset)
    name_length, extra_length = struct.unpack("<26xHH", content.read(_LOCAL_HEADER))
    content.seek(name_length + extra_length, io.SEEK_CUR)
    rest = content.read(member.compress_size)
    unpacker, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while rest and not unpacker.eof:
        size += len(unpacker.decompress(rest, _CHUNK))
        rest = unpacker.unconsumed_tail
        if size > member.file_size:
            message = (
                f"part {member.filename} unpacks to more than the {member.file_size:,} bytes stated"
            )
            raise unreadable(file, message, "save the workbook again with a spreadsheet")


def cell_problems(path: Path, sheet: str, file: str) -> list[Problem]:
    """Return a problem for every cell of the sheet that holds a formula or an error value.

    A formula's stored value may be stale and another program may compute another one, so that
    the same file would not always be the same input; an error value would read as empty.
    """
    with zipfile.ZipFile(path) as archive:
        try:
            content = archive.read(_member_of(archive, sheet))
        except (KeyError, ParseError, DefusedXmlException) as error:
            remedy = "save the workbook again as .xlsx"
            raise unreadable(file, f"the sheet cannot be found ({error})", remedy) from error
    return list(_findings(content, file))[:_PROBLEMS_LIMIT]


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str:
    workbook: Element = SafeTree.fromstring(archive.read("xl/workbook.xml"))
    relations: Element = SafeTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    for node in workbook.iter():
        if node.tag.endswith("}sheet") and node.get("name") == sheet:
            target = targets[node.get(_RELATIONSHIP_ID)]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _findings(content: bytes, file: str) -> Iterator[Problem]:
    for formula in _FORMULA.finditer(content):
        opening = content.rfind(b"<", 0, formula.start())
        cell = _CELL.match(content, opening)
        if cell:
            remedy = "replace it with its value (paste values)"
            yield _finding(cell[1], file, "the cell holds a formula", remedy)
    for cell in _CELL.finditer(content):
        if _ERROR_TYPE.search(cell[1]):
            remedy = "write the value, or clear the cell when it is unknown"
            yield _finding(cell[1], file, "the cell holds an error value", remedy)


def _finding(attributes: bytes, file: str, message: str, remedy: str) -> Problem:
    reference = _REFERENCE.search(attributes)
    column, row = (reference[1].decode(), int(reference[2])) if reference else ("", 0)
    return Problem(file, row, column, message, remedy)
