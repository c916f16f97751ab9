"""Workbooks in cells a second: our reader and ledger beside pandas + openpyxl and django-import-export on one file.

The file holds 24 monthly sheets of industrial products (40 rows, five data columns). Our reader is told nothing. The
peers are told everything: which row is the header, what each column means, which month each sheet is of.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import Any

from bench.frame import Bench, Peer, agree, measure, table
from bench.workbooks_large import section

MEASURES = ("level_prev_month", "level_month_estimate", "level_ytd", "index_yoy", "index_ytd_yoy")
COLUMNS = ["product", "unit", *MEASURES]
MONTHS = [(year, month) for year in range(2023, 2025) for month in range(1, 13)]


def workbook() -> bytes:
    """The file, made once."""
    import random

    import xlsxwriter

    from sct.catalogue import load

    products = load().breakdowns.members("product")
    stream, rng = io.BytesIO(), random.Random(5)
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for year, month in MONTHS:
        sheet = book.add_worksheet(f"SPCN {month}-{year}")
        sheet.write(0, 0, f"Sản phẩm chủ yếu ngành công nghiệp tháng {month} năm {year}")
        before = f"{month - 1}/{year}" if month > 1 else f"12/{year - 1}"
        head = ["Tên sản phẩm", "Đơn vị tính", f"Thực hiện tháng {before}", f"Ước tính tháng {month}/{year}",
                f"Cộng dồn {month} tháng năm {year}", f"Tháng {month} so với cùng kỳ (%)",
                f"{month} tháng so với cùng kỳ (%)"]  # fmt: skip
        sheet.write_row(1, 0, head)
        for row, product in enumerate(products, 2):
            value = round(rng.uniform(100, 1e6), 2)
            numbers = [value, round(value * 1.03, 2), round(value * month, 2), 104.25, 103.75]
            sheet.write_row(row, 0, [product.name, "Tấn", *numbers])
    book.close()
    return stream.getvalue()


def ours(data: bytes) -> dict[str, tuple[int, float]]:
    """Reading alone: every cell with its series, period, unit."""
    from sct.reading.workbooks import read_workbook

    return ours_of(read_workbook(data, "bench.xlsx"))


def pandas_openpyxl(data: bytes) -> dict[str, tuple[int, float]]:
    """What an analyst's script does: header and meanings by hand, the sheets melted into one long table."""
    import pandas as pd

    sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, skiprows=2, engine="openpyxl")
    parts = []
    for (_year, _month), (name, frame) in zip(MONTHS, sheets.items(), strict=True):
        frame.columns = COLUMNS
        long = frame.melt(id_vars=["product", "unit"], var_name="measure", value_name="value")
        long["period"] = name.split()[-1]
        parts.append(long)
    whole = pd.concat(parts)
    return {str(key): (int(g.count()), float(g.sum())) for key, g in whole.groupby("measure")["value"]}


class Site:
    """A site of its own on SQLite: our ledger, and a plain table for django-import-export."""

    def __init__(self) -> None:
        os.environ["SCT_HOME"] = tempfile.mkdtemp(prefix="bench-")
        os.environ["SCT_DATABASE_URL"] = ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sct.office.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        self.resource = self._peer()

    def _peer(self) -> Any:
        from django.conf import settings
        from django.db import connection, models
        from import_export import resources

        settings.IMPORT_EXPORT_USE_TRANSACTIONS = True
        numbers = {measure: models.FloatField(null=True) for measure in MEASURES}
        fields = {"product": models.CharField(max_length=300), "unit": models.CharField(max_length=40), **numbers}
        meta = type("Meta", (), {"app_label": "ledger"})
        row = type("BenchRow", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
        with connection.schema_editor() as editor:
            editor.create_model(row)
        options = {
            "model": row,
            "import_id_fields": (),
            "use_bulk": True,
            "skip_diff": True,
            "force_init_instance": True,
        }
        return type(
            "Rows", (resources.ModelResource,), {"Meta": type("Meta", (), {**options, "fields": tuple(COLUMNS)})}
        )

    def keep(self, data: bytes) -> dict[str, tuple[int, float]]:
        """Reading, comparing with the ledger and recording, as `sct import` does; undone after."""
        from django.db import transaction

        from sct.catalogue import load
        from sct.office.people.actions import system_person
        from sct.office.workbooks import actions, reading

        with transaction.atomic():
            reading._read.cache_clear()
            area = load().area_named("Tây Ninh").key
            row, _already = actions.upload(system_person(), "bench.xlsx", data, area)
            actions.keep(system_person(), row)
            transaction.set_rollback(True)
        return ours_of(reading.read(row))

    def import_export(self, data: bytes) -> dict[str, tuple[int, float]]:
        """Each sheet through tablib and a resource in bulk mode, without diffs; undone after."""
        import openpyxl
        import tablib
        from django.db import transaction

        found = {measure: [0, 0.0] for measure in MEASURES}
        with transaction.atomic():
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = [row[: len(COLUMNS)] for row in sheet.iter_rows(min_row=3, values_only=True)]
                result = self.resource().import_data(tablib.Dataset(*rows, headers=COLUMNS), raise_errors=True)
                assert result.total_rows == len(rows)
                for row in rows:
                    for measure, value in zip(MEASURES, row[2:], strict=True):
                        found[measure][0] += 1
                        found[measure][1] += float(value)
            transaction.set_rollback(True)
        return {measure: (int(n), total) for measure, (n, total) in found.items()}


def ours_of(book: Any) -> dict[str, tuple[int, float]]:
    found = {measure: [0, 0.0] for measure in MEASURES}
    for cell in book.cells:
        found[cell.column_meaning][0] += 1
        found[cell.column_meaning][1] += float(cell.value or 0)
    return {measure: (int(n), total) for measure, (n, total) in found.items()}


def bench() -> Bench:
    """The entry; `work` is data cells."""
    data, site = workbook(), Site()
    cells = len(MONTHS) * 40 * len(MEASURES)
    return Bench(
        name="workbooks",
        title=f"Importing {cells:,} data cells of {len(MONTHS)} monthly sheets",
        peers=(
            Peer("our reader", lambda: ours(data), ("so-cong-thuong", "python-calamine"), "told nothing; series, period, unit of each cell"),
            Peer("pandas + openpyxl", lambda: pandas_openpyxl(data), ("pandas", "openpyxl"), "told header, meanings, months"),
            Peer("our reader and ledger", lambda: site.keep(data), ("so-cong-thuong",), "each cell an observation with origin, hash, audit"),
            Peer("django-import-export", lambda: site.import_export(data), ("django-import-export", "tablib"), "told all; a row of five numbers is one plain row"),
        ),
        work=cells,
        unit="cells",
        note=(
            "django-import-export writes one plain row for five numbers, without series, period, origin or log; our ledger "
            "writes five observations, each with its cell, its hash and an entry in the audit chain."
        ),
        same=agree,
    )  # fmt: skip


def page() -> str:
    """The peers side by side, then the large workbook on both databases."""
    entry = bench()
    return table(entry, measure(entry, 5)) + section()
