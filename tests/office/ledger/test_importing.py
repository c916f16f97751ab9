"""An import is whole or nothing, and says in one sentence what is wrong and where."""

import pytest

from sct.catalogue import load
from sct.errors import UserError
from sct.office.ledger import actions, queries
from sct.office.ledger.importing import import_figures, read_figures
from sct.office.ledger.models import Batch, Observation
from sct.office.people.models import AuditEntry
from sct.samples import FIGURES

HEADER = "indicator,area,period,measure,value,unit,status,basis,source_url,published,note,published_basis,seed_file"
GOOD = {
    "indicator": "exports",
    "area": "Hà Nội",
    "period": "2023",
    "measure": "level",
    "value": "16.5",
    "unit": "ty_usd",
    "status": "reported",
    "basis": "",
    "source_url": "https://vi-du.vn/a",
    "published": "2023-12-28",
    "note": "",
    "published_basis": "printed",
    "seed_file": "",
}
assert ",".join(GOOD) == HEADER


def csv_of(*rows: dict, header: str = HEADER) -> bytes:
    lines = [header, *(",".join(f'"{value}"' for value in {**GOOD, **row}.values()) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


BAD = {
    "a missing column": (csv_of({}, header=HEADER.replace("published,", "", 1)), "missing-column", "dòng 1"),
    "UTF-16": (csv_of({}).decode().encode("utf-16"), "wrong-encoding", "x.csv"),
    "a Vietnamese code page": (
        csv_of({}, {"area": "Hà Nội", "period": "2022"}).replace(
            "Hà Nội".encode(), "Hà Nội".encode("cp1258", "replace")
        ),
        "wrong-encoding",
        "dòng 2",
    ),
    "English grouping": (csv_of({}, {"period": "2022", "value": "3,060.7"}), "bad-number", "dòng 3, mục value"),
    "Vietnamese grouping": (csv_of({"value": "3.060,7"}), "bad-number", "dòng 2, mục value"),
    "no number": (csv_of({"value": "nhiều"}), "bad-number", "dòng 2, mục value"),
    "an unknown indicator": (csv_of({"indicator": "exprots"}), "unknown-indicator", "dòng 2, mục indicator"),
    "an unknown area": (csv_of({"area": "Hà Lội"}), "unknown-area", "dòng 2, mục area"),
    "a period that does not exist": (csv_of({"period": "2020-13"}), "bad-period", "dòng 2, mục period"),
    "a day that does not exist": (csv_of({"published": "2023-02-30"}), "bad-date", "dòng 2, mục published"),
    "an unknown unit": (csv_of({"unit": "dola"}), "unknown-unit", "dòng 2, mục unit"),
    "an unknown measure": (csv_of({"measure": "growth"}), "unknown-word", "dòng 2, mục measure"),
    "an unknown status": (csv_of({"status": "sure"}), "unknown-word", "dòng 2, mục status"),
    "no source": (csv_of({"source_url": ""}), "no-source", "dòng 2, mục source_url"),
    "a source that cannot be opened": (csv_of({"source_url": "javascript:alert(1)"}), "no-source", "mục source_url"),
    "a note longer than the ledger keeps": (csv_of({}, {"note": "a" * 501}), "too-long", "dòng 3, mục note"),
    "a number of a hundred digits": (csv_of({"value": "1" * 100}), "too-long", "dòng 2, mục value"),
    "an empty file": (b"", "empty-file", "x.csv"),
    "blank lines only": (b"\n \n", "empty-file", "x.csv"),
    "a header only": (csv_of(), "empty-file", "x.csv"),
    "a workbook renamed": (b"PK\x03\x04" + bytes(range(256)), "not-a-csv", "x.csv"),
    "any binary": (bytes(range(256)), "not-a-csv", "x.csv"),
    "the same row twice": (csv_of({}, {"period": "2022"}, {}), "duplicate-row", "dòng 4"),
    "a row with too many cells": (csv_of({}) + b'"a","b"' + b',"c"' * 20 + b"\n", "ragged-row", "dòng 3"),
    "a row with too few cells": (csv_of({}) + b"exports,2022\n", "ragged-row", "dòng 3"),
    "an open quote": (csv_of({}) + b'exports,"2022\n', "bad-csv", "dòng 3"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence_with_its_place_and_changes_nothing(case, chuyen_vien):
    data, code, place = BAD[case]
    before = AuditEntry.objects.count()
    with pytest.raises(UserError) as caught:
        import_figures(chuyen_vien, data, "x.csv")
    assert caught.value.code == code
    assert str(caught.value).startswith("x.csv")
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (Observation.objects.count(), Batch.objects.count(), AuditEntry.objects.count()) == (0, 0, before)


@pytest.mark.parametrize(("wrong", "right"), [("3,060.7", "3060.7"), ("3.060,7", "3060.7"), ("1,234,567", "1234567")])
def test_a_number_written_otherwise_is_told_how_to_write_it(wrong, right):
    with pytest.raises(UserError) as caught:
        read_figures(csv_of({"value": wrong}), "x.csv")
    assert caught.value.value == wrong
    assert caught.value.way_out.endswith(right)


def test_a_source_without_an_address_is_told_by_its_title():
    row = {**GOOD, "source_url": "seed:bai-viet.txt", "source_title": "Bài viết về hội nghị tổng kết"}
    data = "\n".join([f"{HEADER},source_title", ",".join(row.values())]).encode()
    assert [(f.origin.title, f.origin.file, f.origin.url) for f in read_figures(data, "x.csv")] == [
        ("Bài viết về hội nghị tổng kết", "bai-viet.txt", "")
    ]


def test_an_unknown_indicator_is_told_the_nearest_names():
    with pytest.raises(UserError) as caught:
        read_figures(csv_of({"indicator": "exprots"}), "x.csv")
    assert "exports" in caught.value.expected


def test_a_semicolon_file_of_a_spreadsheet_is_read_too():
    data = csv_of({}).decode().replace('","', '";"').replace(",", ";").encode("utf-8-sig")
    assert [f.quantity.decimals for f in read_figures(data, "x.csv")] == [1]


def test_the_same_file_again_is_refused(sample, chuyen_vien):
    before = AuditEntry.objects.count()
    with pytest.raises(UserError) as caught:
        import_figures(chuyen_vien, FIGURES.read_bytes(), "khac-ten.csv")
    assert caught.value.code == "duplicate-import"
    assert (Observation.objects.count(), AuditEntry.objects.count()) == (1097, before)


def test_a_longer_edition_of_a_file_brings_only_what_is_new(sample, chuyen_vien):
    text = (
        FIGURES.read_bytes()
        + b"exports,H\xc3\xa0 N\xe1\xbb\x99i,2026-01,level,1.7,ty_usd,estimate,,https://vi-du.vn/b,2026-02-01,,printed,,\n"
    )
    account = import_figures(chuyen_vien, text, "hai.csv")
    assert (account.rows, account.recorded, account.already) == (1098, 1, 1097)


def test_a_file_whose_figures_were_all_withdrawn_may_be_imported_again(chuyen_vien):
    first = import_figures(chuyen_vien, csv_of({}), "x.csv")
    actions.withdraw(chuyen_vien, batch=first.batch, why="nhầm tệp")
    assert queries.current(chuyen_vien) == []
    import_figures(chuyen_vien, csv_of({}), "x.csv")
    assert len(queries.current(chuyen_vien)) == 1


def test_progress_reaches_the_end(chuyen_vien):
    seen = []
    import_figures(chuyen_vien, FIGURES.read_bytes(), "x.csv", lambda done, of: seen.append((done, of)))
    assert seen[-1] == (1097, 1097)
    assert [done for done, _of in seen] == sorted(done for done, _of in seen)


def test_a_district_is_found_as_it_was_at_the_time(chuyen_vien):
    figures = read_figures(csv_of({"area": "Đông Anh", "period": "2024"}), "x.csv")
    assert load().area(figures[0].series.area).level == "district"
    with pytest.raises(UserError) as caught:
        read_figures(csv_of({"area": "Quận Thanh Xuân", "period": "2026-01"}), "x.csv")
    assert caught.value.code == "unknown-area"
