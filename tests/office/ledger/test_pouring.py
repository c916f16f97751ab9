"""What is poured into the ledger by the thousand is what one row after another by the models would have written."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Context, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sct.catalogue.model import Stage
from sct.errors import UserError
from sct.office.ledger import actions
from sct.office.ledger.actions import NewBatch, record
from sct.office.ledger.figures import CONTENT, cell_key
from sct.office.ledger.importing import read_figures
from sct.office.ledger.models import Batch, BatchKind, Observation
from sct.office.people import audit, journal
from sct.office.people.pouring import pour, reserve
from sct.samples import FIGURES
from tests.office.ledger.test_figures import figures

pytestmark = pytest.mark.django_db
FILE = NewBatch(BatchKind.IMPORT, "bảng.xlsx", "0" * 64)


@pytest.fixture(scope="module")
def sample_figures():
    return read_figures(FIGURES.read_bytes(), "x.csv")


def decimal_text(number, decimals):
    scaled = number * 10**decimals
    assert scaled.denominator == 1
    return f"{Decimal(scaled.numerator).scaleb(-decimals, context=Context(prec=200)):.{decimals}f}"


def by_the_model(figure, **batch):
    """The row as its model was filled field by field, with its own hash: an oracle apart from `values_of`."""
    quantity, origin, published = figure.quantity, figure.origin, figure.published
    exact = decimal_text(quantity.value, 40).rstrip("0").rstrip(".")
    row = Observation(
        indicator=figure.series.indicator, area=figure.series.area, breakdown=figure.series.breakdown,
        period=figure.written or figure.period.code, first_month=figure.period.months[0],
        last_month=figure.period.months[1], transformation=figure.transformation.value, cell=cell_key(*figure.cell),
        number=decimal_text(quantity.number, quantity.decimals), unit=quantity.unit.code, decimals=quantity.decimals,
        value=exact, comparator=figure.comparator.value, bound=figure.bound, basis=figure.basis,
        stage=figure.stage.value, actual=figure.stage.is_actual, published=published.text if published else "",
        published_last=published.last if published else None, published_basis=origin.published_basis,
        doubtful="misprint" in figure.note, origin_kind=origin.kind, title=origin.title, url=origin.url,
        document=origin.document, file=origin.file, place=origin.place, origin_note=origin.note, note=figure.note,
        **batch,
    )  # fmt: skip
    content = json.dumps([getattr(row, name) for name in CONTENT], ensure_ascii=False, separators=(",", ":"))
    row.content = hashlib.sha256(content.encode()).hexdigest()
    return row


def digest_by_the_orm(model, numbers):
    """The seal of rows as it is defined: the columns of every row as the ORM gives them, in JSON, one after another."""
    names = [field.attname for field in model._meta.concrete_fields]
    digest = hashlib.sha256(json.dumps(names).encode())
    for row in model.objects.filter(pk__in=numbers).order_by("pk").values_list(*names):
        told = [
            value.astimezone(UTC).isoformat(timespec="microseconds")
            if isinstance(value, datetime)
            else value
            if isinstance(value, str | int | dict | None)
            else str(value)
            for value in row
        ]
        digest.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def keepable(figure):
    return figure.stage is not Stage.COMPUTED and "\\x00" not in repr(figure)  # PostgreSQL keeps no NUL


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(figures().filter(keepable), min_size=1, max_size=6, unique=True))
def test_what_is_poured_is_what_the_model_would_have_written(chuyen_vien, hanoi, several):
    from dataclasses import replace

    from django.db import transaction

    with transaction.atomic():
        listed = [replace(one, series=replace(one.series, area=hanoi, indicator="iip")) for one in several]
        listed = list(dict.fromkeys(listed))
        done = record(chuyen_vien, iter(listed), FILE)
        batch = Batch.objects.get(pk=done.batch)
        written = {row["id"]: row for row in Observation.objects.filter(batch=batch).values()}
        assert list(written) == list(done.ids)
        for number, figure in zip(done.ids, listed, strict=True):
            expected = by_the_model(figure, batch=batch, who=chuyen_vien, entered=batch.at, id=number)
            assert written[number] == {
                field.attname: getattr(expected, field.attname) for field in expected._meta.fields
            }
        sealed = journal.seal_rows("ledger.observation", done.ids)
        assert sealed.digest == digest_by_the_orm(Observation, done.ids)
        assert audit.verify().holds
        transaction.set_rollback(True)


def test_figures_of_several_pourings_are_one_batch(chuyen_vien, sample_figures, monkeypatch):
    monkeypatch.setattr(actions, "_POURED", 7)
    told = []
    done = record(chuyen_vien, iter(sample_figures[:40]), FILE, lambda *far: told.append(far), count=40)
    assert (len(done.ids), Batch.objects.get().count, Observation.objects.count()) == (40, 40, 40)
    assert told[-1] == (40, 40) and len(told) == 6
    assert audit.verify().holds


def test_what_stands_already_is_left_out_and_told(chuyen_vien, sample_figures):
    record(chuyen_vien, sample_figures[:10], FILE)
    done = record(chuyen_vien, sample_figures[:15], FILE)
    assert (len(done.ids), done.already) == (5, 10)
    assert audit.verify().holds


def test_a_figure_refused_late_takes_the_earlier_ones_with_it(chuyen_vien, sample_figures, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(actions, "_POURED", 7)
    computed = replace(sample_figures[20], stage=Stage.COMPUTED)
    with pytest.raises(UserError, match="tính được"):
        record(chuyen_vien, [*sample_figures[:20], computed], FILE)
    assert (Observation.objects.count(), Batch.objects.count()) == (0, 0)


def test_reserved_numbers_go_on_where_the_table_ends(chuyen_vien, sample_figures):
    from django.db import transaction

    done = record(chuyen_vien, sample_figures[:10], FILE)
    with transaction.atomic():
        first, second = reserve(Observation, 2)
        assert (first, second) == (done.ids[-1] + 1, done.ids[-1] + 2)
    row = Observation.objects.order_by("pk").last()
    names = [field.attname for field in Observation._meta.fields if field.attname != "id"]
    with transaction.atomic():
        (number,) = pour(Observation, names, [tuple(getattr(row, name) for name in names)])
        assert number > done.ids[-1]
        assert journal.unsealed() == {"ledger.observation": [number]}
        transaction.set_rollback(True)


def test_many_texts_are_asked_for_as_one(chuyen_vien, sample_figures, django_assert_num_queries):
    done = record(chuyen_vien, sample_figures[:300], FILE)
    contents = list(Observation.objects.values_list("content", flat=True))
    with django_assert_num_queries(1):
        assert Observation.objects.filter(content__among=[*contents, "'", '"', "é"]).count() == len(done.ids)
    assert not Observation.objects.filter(content__among=[]).exists()


@pytest.mark.parametrize("number", [0, 1])
def test_the_tables_themselves_still_refuse_a_second_row_of_a_key(chuyen_vien, sample_figures, number):
    from django.db import DatabaseError, transaction

    from sct.office.people.pouring import insert

    record(chuyen_vien, sample_figures[:2], FILE)
    row = Observation.objects.order_by("pk")[number]
    names = [field.attname for field in Observation._meta.fields]
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Observation, names, [tuple(getattr(row, name) for name in names)])
