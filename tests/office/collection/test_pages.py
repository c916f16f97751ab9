"""The pages of collection: the form, the matrix, the calendar, reminders, totals; few queries, nothing inline."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sct.office.collection import actions, queries
from sct.office.collection.actions import Reason
from sct.office.collection.models import Edit, Reminder
from sct.office.web.collecting import address
from tests.office.collection.conftest import FILLED, MONTH, TRADE, type_in


def save(client, ref, **given):
    body = {"changes": {}, "base": 0, "token": "một", **given}
    return client.post(address(ref, "form-save"), json.dumps(body), content_type="application/json")


@pytest.fixture
def at_xa(client, xa):
    client.force_login(xa)
    return client


@pytest.fixture
def at_phong(client, phong):
    client.force_login(phong)
    return client


def test_a_save_answers_with_sums_refusals_and_remarks(at_xa, ref):
    told = save(at_xa, ref, changes={**FILLED, "mobile_trips": "hai", "spots_left": "3"}).json()
    assert told["number"] == 1
    assert told["values"]["retail_total"] == "16.700,5"
    assert "Không đọc được số này" in told["refused"]["mobile_trips"]
    assert [(one["path"], one["severity"]) for one in told["remarks"]] == [("remarks", "warning")]


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"changes": [], "base": 0, "token": "x"}', '{"changes": {"a": 1}}'])
def test_a_save_that_makes_no_sense_is_one_sentence(at_xa, ref, body):
    answer = at_xa.post(address(ref, "form-save"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad-save"
    assert not Edit.objects.exists()


def test_without_scripts_the_form_is_saved_and_sent_all_the_same(at_xa, ref, read, words):
    page = read(at_xa.get(address(ref)))
    fields = {field.name: field.value or "" for field in page.xpath('//form[@id="form"]//*[@name]') if field.name}
    names = {path: f"o.{path}" for path in FILLED}
    assert set(names.values()) <= {field.get("name") for field in page.xpath('//form[@id="form"]//*[@name]')}
    del fields
    token = page.xpath('//input[@name="token"]/@value')[0]
    given = {names[path]: text for path, text in FILLED.items()}
    at_xa.post(address(ref), {**given, "base": "0", "token": token})
    assert Edit.objects.get().changes == {path: text for path, text in FILLED.items()}
    at_xa.post(address(ref), {**given, "base": "0", "token": token})  # the same page sent twice
    assert Edit.objects.count() == 1
    assert "Đã gửi" in words(read(at_xa.post(address(ref, "form-act", "send"), follow=True)))


def test_what_stops_the_sending_is_listed_with_links_to_the_cells(at_xa, ref, read):
    save(at_xa, ref, changes={"retail_goods": "5"})
    page = read(at_xa.post(address(ref, "form-act", "send"), follow=True))
    links = page.xpath('//*[@role="alert"]//a/@href')
    assert "#o-travel" in links
    assert len(links) == 7
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in links} <= ids


def test_reasons_given_at_cells_stand_at_the_cells(sent, client, phong, xa, read, words):
    client.force_login(phong)
    page = read(client.get(address(sent) + "?tra=1"))
    assert page.xpath('//input[@name="ly_do.retail_goods"]')
    client.post(address(sent, "form-act", "return"), {"ly_do": "", "ly_do.retail_goods": "cao gấp mười"})
    client.force_login(xa)
    page = read(client.get(address(sent)))
    assert "cao gấp mười" in words(page.get_element_by_id("n-retail_goods"))
    assert page.xpath('//a[@href="#o-retail_goods"]')


def test_old_versions_and_what_changed_can_be_read(sent, xa, phong, at_xa, read, words):
    actions.act(phong, sent, "return", Reason("sai"))
    type_in(xa, sent, {"retail_goods": "1.250"}, base=9)
    actions.act(xa, sent, "send")
    page = words(read(at_xa.get(address(sent))))
    assert "Bán lẻ hàng hóa: 12.500,5 → 1.250" in page
    assert "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ: 16.700,5 → 5.450" in page
    old = read(at_xa.get(address(sent) + "?lan=1"))
    assert words(old.get_element_by_id("o-retail_goods")) == "12.500,5"


def test_the_card_of_a_received_figure_leads_back_to_its_cell(received, client, chuyen_vien, read):
    from sct.office.ledger import queries as ledger

    retail = next(f for f in ledger.current(chuyen_vien, areas=[received.unit]) if f.series.indicator == "retail_goods")
    client.force_login(chuyen_vien)
    page = read(client.get(f"/so-lieu/{retail.id}/"))
    link = next(href for href in page.xpath("//a/@href") if "#o-retail_goods" in href)
    assert client.get(link.partition("#")[0]).status_code == 200


# -- the workbook -----------------------------------------------------------------------------------------------------


def test_a_form_goes_out_as_a_workbook_and_comes_back_filled(at_xa, xa, ref, read, words):
    type_in(xa, ref, {"travel": "7"})
    body = at_xa.get(address(ref, "form-book")).content
    filled = typed(body, {"C8": "12500.5", "C9": "3000"})
    file = io.BytesIO(filled)
    file.name = "biểu.xlsx"
    page = read(at_xa.post(address(ref, "form-upload"), {"tep": file}, follow=True))
    assert "Đã đọc 2 ô" in words(page)
    assert page.get_element_by_id("o-retail_goods").get("value") == "12.500,5"
    assert page.get_element_by_id("o-travel").get("value") == "7"


def typed(body, cells):
    """A workbook with numbers typed into empty cells of its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                for cell, number in cells.items():
                    text, count = re.subn(
                        rb'(<c r="%s"[^>]*)/>' % cell.encode(), rb"\1><v>%s</v></c>" % number.encode(), text
                    )
                    assert count == 1, cell
            new.writestr(entry, text)
    return out.getvalue()


def test_a_workbook_downloaded_before_somebody_else_typed_is_a_clash_not_a_loss(at_xa, xa, ref, read, words):
    body = at_xa.get(address(ref, "form-book")).content
    type_in(xa, ref, {"retail_goods": "1"})
    file = io.BytesIO(typed(body, {"C8": "2"}))
    file.name = "biểu.xlsx"
    page = read(at_xa.post(address(ref, "form-upload"), {"tep": file}, follow=True))
    assert page.get_element_by_id("o-retail_goods").get("value") == "1"
    assert "điền 2" in words(page.xpath('//*[@data-clash="retail_goods"]')[0])


def test_a_file_that_is_no_form_is_refused_and_nothing_changes(at_xa, ref, read, words):
    file = io.BytesIO(b"xin chao")
    file.name = "x.xlsx"
    page = words(read(at_xa.post(address(ref, "form-upload"), {"tep": file}, follow=True)))
    assert "x.xlsx: Tệp này không phải bảng tính xlsx đọc được" in page
    assert not Edit.objects.exists()


# -- the matrix, the calendar, reminders ------------------------------------------------------------------------------


def on(monkeypatch, day):
    """The office's day is this one."""
    for module in ("ground", "queries", "actions"):
        monkeypatch.setattr(f"sct.office.collection.{module}.today", lambda: date.fromisoformat(day))
    monkeypatch.setattr("sct.office.web.views.collection.today", lambda: date.fromisoformat(day))


def standings(person, ref):
    found = queries.cells(person, queries.due_between(person, date(2026, 3, 1), date(2026, 3, 31), TRADE))
    return next(cell for cell in found if cell.duty.unit.key == ref.unit)


@pytest.mark.parametrize(
    ("day", "state", "expected"),
    [
        ("2026-03-10", "none", "waiting"),
        ("2026-03-16", "none", "waiting"),
        ("2026-03-17", "none", "missing"),
        ("2026-03-10", "draft", "draft"),
        ("2026-03-17", "draft", "missing"),
        ("2026-12-01", "sent", "late"),
        ("2026-12-01", "returned", "returned"),
    ],
)
def test_a_duty_stands_by_its_day(xa, phong, chuyen_vien, ref, monkeypatch, day, state, expected):
    if state != "none":
        type_in(xa, ref, FILLED)
    if state in ("sent", "returned"):
        actions.act(xa, ref, "send")
    if state == "returned":
        actions.act(phong, ref, "return", Reason("sai"))
    on(monkeypatch, day)
    assert standings(chuyen_vien, ref).standing.value == expected


def test_a_report_sent_on_its_day_is_on_time(chuyen_vien, xa, ref, monkeypatch):
    from datetime import UTC, datetime

    type_in(xa, ref, FILLED)
    moment = datetime(2026, 3, 16, 16, 59, tzinfo=UTC)  # 23:59 in Hà Nội
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    actions.act(xa, ref, "send")
    cell = standings(chuyen_vien, ref)
    assert (cell.standing.value, cell.days_late) == ("on_time", 0)


def test_the_matrix_counts_filters_and_leaves_as_a_table(sent, client, chuyen_vien, read, words, monkeypatch):
    on(monkeypatch, "2026-03-20")
    client.force_login(chuyen_vien)
    page = read(client.get("/thu-thap/?thang=2026-03"))
    text = words(page)
    assert "Phường Ba Đình" in text
    only = read(client.get("/thu-thap/?thang=2026-03&loc=late"))
    assert [words(th) for th in only.xpath("//table[@class='matrix']/tbody/tr/th")] == ["Phường Ba Đình"]
    named = read(client.get("/thu-thap/?thang=2026-03&ten=ba dinh"))
    assert len(named.xpath("//table[@class='matrix']/tbody/tr")) == 1
    table = client.get("/thu-thap/?thang=2026-03&dang=csv").content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("Đơn vị,BM-TM-01 Tháng 3/2026")
    assert len(client.get("/thu-thap/?thang=2026-03&dang=xlsx").content) > 5000


def test_one_form_over_a_year_has_a_column_a_period(client, chuyen_vien, read):
    client.force_login(chuyen_vien)
    page = read(client.get(f"/thu-thap/?bieu={TRADE}&thang=2025-05"))
    assert len(page.xpath("//table[@class='matrix']/thead/tr/th")) == 1 + 12
    assert len(page.xpath("//table[@class='matrix']/tbody/tr")) == 30 + 126  # districts, then communes


def test_a_commune_officer_begins_with_the_own_calendar(at_xa, read, words):
    page = words(read(at_xa.get("/thu-thap/")))
    assert "Lịch báo cáo" in page
    assert "Báo cáo tháng về thương mại trên địa bàn" in page
    assert "Xã Đông Anh" not in page


@pytest.fixture
def owing(monkeypatch, xa):
    xa.email = "ba.dinh@example.vn"
    xa.save()
    on(monkeypatch, "2026-03-20")


def test_units_that_owe_are_reminded_by_mail_and_it_is_kept(owing, at_phong, ref, read, words):
    address = f"/thu-thap/nhac/?bieu={TRADE}&thang=2026-03"
    page = read(at_phong.get(address))
    assert "ba.dinh@example.vn" in words(page)
    at_phong.post(address, {"don_vi": [ref.unit], "thu": ""})
    (letter,) = mail.outbox
    assert letter.to == ["ba.dinh@example.vn"]
    assert (
        "BM-TM-01 Báo cáo tháng về thương mại trên địa bàn, tháng 3/2026: hạn 16-03-2026, quá hạn 4 ngày" in letter.body
    )
    assert (Reminder.objects.count() >= 1, Reminder.objects.first().by_email) == (True, True)
    assert "đã nhắc 1" in words(read(at_phong.get(f"/thu-thap/?bieu={TRADE}&thang=2026-03")))


def test_a_unit_without_an_address_is_named_and_not_noted(owing, at_phong, dong_anh, read, words):
    address = f"/thu-thap/nhac/?bieu={TRADE}&thang=2026-03"
    page = read(at_phong.post(address, {"don_vi": [dong_anh], "thu": ""}, follow=True))
    assert "Chưa có địa chỉ thư của: Xã Đông Anh" in words(page)
    assert not Reminder.objects.exists()
    at_phong.post(address, {"don_vi": [dong_anh], "da_nhac": ""})
    assert set(Reminder.objects.values_list("unit", "by_email")) == {(dong_anh, False)}


def test_mail_that_cannot_be_sent_is_said_and_nobody_counts_as_reminded(owing, at_phong, ref, read, words, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    address = f"/thu-thap/nhac/?bieu={TRADE}&thang=2026-03"
    page = read(at_phong.post(address, {"don_vi": [ref.unit], "thu": ""}, follow=True))
    assert "Không gửi được thư" in words(page)
    assert not Reminder.objects.exists()


# -- what every page keeps --------------------------------------------------------------------------------------------


def pages(ref):
    return {
        "/thu-thap/?thang=2026-03": 15,
        f"/thu-thap/lich/?don_vi={ref.unit}&nam=2026": 15,
        f"/thu-thap/nhac/?thang=2026-03&bieu={TRADE}": 15,
        f"/thu-thap/tong-hop/{TRADE}/{MONTH}/": 15,
        "/thu-thap/qua-7-2025/retail_goods/": 12,
        address(ref): 15,
    }


def test_no_page_has_anything_inline_and_each_asks_few_questions(received, client, chuyen_vien, read):
    client.force_login(chuyen_vien)
    for path, most in pages(received).items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = read(client.get(path))
        assert len(asked) <= most, (path, len(asked))
        assert page.xpath("//style | //@style | //script[not(@src)]") == [], path
        assert [a for a in page.xpath("//@*") if re.match(r"on[a-z]+$", a.attrname)] == [], path


def test_the_matrix_asks_no_more_questions_when_more_units_have_sent(client, chuyen_vien, xa, xa_khac, ref, dong_anh):
    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get("/thu-thap/?thang=2026-03")
        return len(found)

    client.force_login(chuyen_vien)
    type_in(xa, ref, FILLED)
    actions.act(xa, ref, "send")
    asked()
    before = asked()
    other = ref._replace(unit=dong_anh)
    type_in(xa_khac, other, FILLED)
    actions.act(xa_khac, other, "send")
    assert asked() == before
