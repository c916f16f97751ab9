"""Figures from a CSV file with their citations: all rows or none, and one sentence when something is wrong.

Columns (those of the packaged sample): indicator, area, period, measure, value, unit, status, source_url, published;
optional: basis, note, published_basis, seed_file, source_title. Others (a `quote`) are not kept.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sct.catalogue.model import Figure
from sct.errors import Place, UserError
from sct.office.ledger.actions import NewBatch, record
from sct.office.ledger.models import Batch, BatchKind
from sct.office.ledger.rows import COLUMNS, RowReader
from sct.office.people import audit
from sct.office.people.models import Person
from sct.office.people.progress import Progress, quiet
from sct.words import _

_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class ImportAccount:
    """What an import did. `already` rows stood in the ledger before, with the same source."""

    batch: int
    rows: int
    recorded: int
    already: int
    indicators: int
    series: int
    sources: int


def import_figures(person: Person, data: bytes, name: str, progress: Progress = quiet) -> ImportAccount:
    """Record every figure of a CSV file. Raises `UserError` with line and column, and then nothing has changed."""
    digest = hashlib.sha256(data).hexdigest()
    figures = read_figures(data, name)
    with transaction.atomic():
        audit.lock()
        _refuse_repetition(digest, name)
        done = record(person, figures, NewBatch(BatchKind.IMPORT, name, digest), progress)
    return ImportAccount(
        batch=done.batch,
        rows=len(figures),
        recorded=len(done.ids),
        already=done.already,
        indicators=len({figure.series.indicator for figure in figures}),
        series=len({figure.series for figure in figures}),
        sources=len({figure.origin.url or figure.origin.file for figure in figures}),
    )


def _refuse_repetition(digest: str, name: str) -> None:
    """The same bytes twice are a slip, unless every figure of the first time was withdrawn."""
    for batch in Batch.objects.filter(kind=BatchKind.IMPORT, sha256=digest):
        if not batch.count or batch.observations.filter(withdrawal__isnull=True).exists():
            raise UserError(
                "duplicate-import",
                _("Tệp này đã được nạp ngày {day}, đợt {n}; không nạp lần nữa").format(
                    day=f"{timezone.localtime(batch.at):%d-%m-%Y}", n=batch.pk
                ),
                place=Place(file=name),
            )


def read_figures(data: bytes, name: str) -> list[Figure]:
    """The figures of a CSV file, in its order; touches no database."""
    text = _decoded(data, name)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = [column.strip().lower() for column in lines.fieldnames or ()]
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        raise UserError(
            "missing-column",
            _("Tệp thiếu cột {columns}").format(columns=", ".join(missing)),
            value=", ".join(columns),
            expected=", ".join(COLUMNS),
            place=Place(file=name, line=1),
        )
    lines.fieldnames = columns
    return _rows(lines, name)


def _rows(lines: csv.DictReader[str], name: str) -> list[Figure]:
    reader = RowReader()
    seen: dict[Figure, int] = {}
    try:
        for values in lines:
            place = Place(file=name, line=lines.line_num)
            if None in values or None in values.values():
                raise UserError("ragged-row", _("Dòng có số ô khác với dòng tiêu đề"), place=place)
            figure = reader.figure(values, place)
            if figure in seen:
                raise UserError("duplicate-row", _("Dòng này lặp lại dòng {n}").format(n=seen[figure]), place=place)
            seen[figure] = lines.line_num
    except csv.Error as error:
        raise UserError(
            "bad-csv", _("Dòng CSV viết sai"), value=str(error), place=Place(file=name, line=lines.reader.line_num)
        ) from error
    if not seen:
        raise UserError("empty-file", _("Tệp không có dòng số liệu nào"), place=Place(file=name))
    return list(seen)


def _decoded(data: bytes, name: str) -> str:
    place = Place(file=name)
    if not data.strip():
        raise UserError("empty-file", _("Tệp trống"), place=place)
    if data.startswith(_UTF16):
        raise _wrong_encoding("UTF-16", place)
    if data.startswith(_BINARY) or b"\0" in data[:4096]:
        raise UserError(
            "not-a-csv",
            _("Tệp này không phải CSV, chỉ mang đuôi tên như vậy"),
            expected=_("tệp chữ UTF-8, các ô cách nhau dấu phẩy"),
            way_out=_("Mở bằng phần mềm bảng tính rồi lưu thành CSV UTF-8"),
            place=place,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong_encoding(data[error.start : error.start + 1].hex(), Place(file=name, line=line)) from None


def _wrong_encoding(value: str, place: Place) -> UserError:
    return UserError(
        "wrong-encoding",
        _("Tệp không viết bằng mã UTF-8"),
        value=value,
        expected="UTF-8",
        way_out=_("Lưu lại thành CSV UTF-8"),
        place=place,
    )
