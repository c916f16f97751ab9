"""`sct import`: workbooks as they come."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from sct.catalogue.workbook import Workbook
from sct.cli.given import area_of
from sct.errors import Place, UserError
from sct.words import _


def import_workbooks(given: Namespace) -> int:
    """`sct import WORKBOOK… [--dry-run] [--json]`."""
    if not given.dry_run:
        return _keep(given)
    books = [_read(path, given) for path in given.files]
    if given.json:
        rows = [row for book in books for row in listed(book)]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for book in books:
            _tell(book)
    return 0


def _keep(given: Namespace) -> int:
    """Every workbook into the ledger, each whole or not at all; the first that cannot be read stops."""
    from sct.cli import office

    if not given.area:
        raise UserError("no-area", _("Cần nói số liệu của địa bàn nào"), expected="--area 72")
    office.setup()
    from sct.office.workbooks import actions

    area, person = area_of(given.area).key, office.acting(given.person)
    rows = []
    if given.answers:
        actions.declare(person, area, _answers(given.answers), given.answers)
    for path in given.files:
        with office.progress(Path(path).name) as bar:
            workbook, _already = actions.upload(person, Path(path).name, read_bytes(path), area, progress=bar)
        with office.progress(workbook.name) as bar:
            done = actions.keep(person, workbook, progress=bar)
        rows.append({"file": workbook.name, "workbook": workbook.pk, "batch": done.batch_id, "figures": done.figures,
                     "restated": done.restated})  # fmt: skip
        if not given.json:
            line = _("{file}: đã nhận {n} số liệu vào sổ (đợt {batch}), {r} số sửa lại số đã có")
            print(line.format(file=workbook.name, n=done.figures, batch=done.batch_id, r=done.restated))
    if given.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    return 0


def listed(book: Workbook) -> list[dict[str, Any]]:
    """Every data cell and every row set aside, in one list."""
    from sct.reading.workbooks.words import load_words

    said = {code: str(row["name"]) for code, row in load_words().reasons.items()}
    rows = [cell.as_json() | {"reason": said.get(cell.set_aside) if cell.set_aside else None} for cell in book.cells]
    for row in book.aside:
        rows.append(
            {
                "file": book.file,
                "sheet": row.sheet,
                "cell": f"{row.row}:{row.row}" if row.row else "",
                "row_label": row.text,
                "column_meaning": None,
                "period": None,
                "value": None,
                "unit": "",
                "indicator": None,
                "breakdown": None,
                "set_aside": row.reason,
                "reason": said.get(row.reason, row.reason),
            }
        )
    return rows


def _read(path: str, given: Namespace) -> Workbook:
    from sct.cli.office import progress
    from sct.reading.workbooks import Context, read_workbook

    area = area_of(given.area).key if given.area else ""
    name = Path(path).name
    with progress(name) as bar:
        context = Context(answers=_answers(given.answers), area=area, progress=bar)
        return read_workbook(read_bytes(path), name, context)


def read_bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UserError("cannot-open", _("Không mở được tệp"), value=error.strerror, place=Place(file=path)) from error


def _answers(path: str) -> list[dict[str, Any]]:
    if not path:
        return []
    from sct import declared

    if not Path(path).is_file():
        raise UserError("cannot-open", _("Không mở được tệp"), place=Place(file=path))
    return [dict(row) for row in declared.rows(Path(path))]


def _tell(book: Workbook) -> None:
    kept = sum(cell.certain for cell in book.cells)
    aside = sum(bool(cell.set_aside) for cell in book.cells) + len(book.aside)
    print(
        _("{file}: {tables} bảng, {cells} ô đọc được, {kept} số liệu rõ chuỗi và kỳ, {aside} chỗ để riêng").format(
            file=book.file, tables=len(book.tables), cells=len(book.cells), kept=kept, aside=aside
        )
    )
    for question in book.questions:
        print(
            _("  hỏi: {kind} «{words}» ({sheet} {cell})").format(
                kind=question.kind, words=question.words, sheet=question.sheet, cell=question.cell
            )
        )
