"""Filling a form in a real browser: keys alone, a block pasted from Excel, a lost connection, two people at once."""

import json

import pytest

from tests.whole.conftest import ROOT, WIDTHS, sign_in
from tests.whole.test_look import barriers

pytestmark = pytest.mark.browser

FORM = "/thu-thap/bieu/{form}/{period}/00004%402025-07-01/"  # phường Ba Đình


@pytest.fixture(scope="module")
def xa(chromium, site):
    """The cookies of the officer of phường Ba Đình."""
    return sign_in(chromium, site, "xa")


@pytest.fixture
def fill(chromium, site, xa):
    """Opens a form as the commune's officer: `fill("market_infrastructure", "2026-Q1")`."""
    contexts = []

    def open_form(form, period, context=None):
        if context is None:
            context = chromium.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900}, storage_state=xa)
            contexts.append(context)
        page = context.new_page()
        page.goto(site + FORM.format(form=form, period=period))
        return page

    yield open_form
    for context in contexts:
        context.close()


def cell(page, path):
    return page.locator(f'[data-cell="{path}"]')


def saved(page):
    page.locator('#save-line[data-state="good"]').wait_for(timeout=15000)


def values(page, table=""):
    """What the server holds: the single cells, or those of a table."""
    told = page.evaluate("fetch(location.pathname + 'so-lieu.json').then(answer => answer.json())")["values"]
    return {
        path: text for path, text in told.items() if path.partition(".")[0] == table or (not table and "." not in path)
    }


def paste(page, path, text):
    """What the browser does when a copied block is pasted into a cell."""
    page.evaluate(
        """([path, text]) => {
            const target = document.querySelector(`[data-cell="${path}"]`);
            const data = new DataTransfer();
            data.setData("text/plain", text);
            target.focus();
            target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [path, text],
    )


def test_a_form_is_filled_and_sent_with_the_keyboard_alone(fill):
    page = fill("commune_trade_monthly", "2026-01")
    cell(page, "retail_goods").focus()
    for text in ("12500,5", "3000", "-", "1200"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    for text in ("0", "2", "0"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    saved(page)
    assert page.locator('[data-sum="retail_total"]').inner_text() == "16.700,5"
    assert cell(page, "retail_goods").input_value() == "12.500,5"
    page.locator("[data-send] button").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Đã gửi. Sở sẽ nhận hoặc trả lại kèm lý do.").wait_for()
    assert page.locator("[data-cell]").count() == 0


def test_a_column_copied_from_excel_fills_the_cells_below(fill):
    page = fill("market_infrastructure", "2026-Q1")
    paste(page, "class1", "1\n2\n10\n0\n")
    saved(page)
    assert {k: v for k, v in values(page).items()} == {
        "class1": "1", "class2": "2", "class3": "10", "class_none": "0", "markets": "13",
    }  # fmt: skip


def test_a_block_that_names_its_rows_goes_to_the_cells_of_those_names(fill):
    page = fill("market_infrastructure", "2026-Q2")
    paste(page, "class1", "Siêu thị *\tsiêu thị\t4\nChợ hạng 2\tchợ\t7\n")
    saved(page)
    assert values(page) == {"supermarkets": "4", "class2": "7"}


def test_headings_and_empty_cells_of_a_block_change_nothing_and_quoted_cells_stay_whole(fill):
    page = fill("market_infrastructure", "2025-Q4")
    cell(page, "class3").fill("5")
    saved(page)
    block = 'Hạ tầng thương mại khác\t\t\nSiêu thị *\tsiêu thị\t1.204\nChợ hạng 3\t\t\n"Trung tâm thương mại"\t\t2\n'
    paste(page, "class1", block)
    saved(page)
    assert values(page) == {"class3": "5", "supermarkets": "1.204", "malls": "2"}
    paste(page, "class1", "1\n\n7\n")  # a merged cell comes empty
    page.wait_for_timeout(100)
    saved(page)
    assert {code: values(page).get(code) for code in ("class1", "class2", "class3")} == {
        "class1": "1", "class2": None, "class3": "7",
    }  # fmt: skip


def test_a_form_opens_with_the_markets_of_the_register_and_a_pasted_list_finds_their_rows(fill):
    page = fill("market_infrastructure", "2027-Q1")
    known = page.locator("tr.from-register")
    assert known.count() == 1
    key = "each." + known.get_attribute("data-row")
    assert cell(page, f"{key}.name").input_value() == "Chợ Ngọc Hà thử"
    assert cell(page, f"{key}.points").input_value() == "250"
    assert cell(page, f"{key}.rented").input_value() == ""
    assert "trước: 200" in known.inner_text()
    known.locator("[data-same]").focus()
    page.keyboard.press("Enter")
    saved(page)
    assert values(page, "each")[f"{key}.rented"] == "200"
    paste(page, "each.0.name", "Chợ Mới thử\tHoạt động\t\t120\nchợ ngọc hà thử\tXuống cấp\t\t1.260\n")
    page.wait_for_timeout(100)
    saved(page)
    kept = values(page, "each")
    assert (kept[f"{key}.state"], kept[f"{key}.points"]) == ("Xuống cấp", "1.260")
    assert (kept["each.0.name"], kept["each.0.state"], kept["each.0.points"]) == ("Chợ Mới thử", "Hoạt động", "120")


def test_a_block_pasted_into_a_table_makes_the_rows_it_needs(fill):
    page = fill("petitions", "2026-Q1")
    rows = "\n".join(f"chợ\tSửa mái chợ {n}\tSở Công Thương\tlần đầu\t05-11-2026" for n in range(5))
    paste(page, "petitions.0.topic", rows)
    saved(page)
    kept = values(page, "petitions")
    assert kept["petitions.4.text"] == "Sửa mái chợ 4"
    assert kept["petitions.4.level"] == "Sở Công Thương"


def test_checks_speak_while_typing_and_say_where(fill):
    page = fill("market_infrastructure", "2026-Q3")
    paste(page, "class1", "1\n1\n1\n1\n")
    cell(page, "wholesale").fill("9")
    page.locator("#remarks .error").wait_for()
    assert "lớn hơn" in page.locator("#remarks .error").inner_text()
    assert cell(page, "wholesale").get_attribute("aria-invalid") == "true"
    cell(page, "wholesale").fill("một")
    page.locator("#n-wholesale .refused").wait_for()
    assert cell(page, "wholesale").input_value() == "một"  # what was typed stays
    cell(page, "wholesale").fill("1")
    page.locator("#remarks .soft").wait_for()


def test_a_lost_connection_loses_nothing_not_even_over_a_reload(fill, site):
    page = fill("commune_trade_monthly", "2026-02")
    cell(page, "retail_goods").fill("100")
    saved(page)
    page.route("**/luu/", lambda route: route.abort())
    cell(page, "food_lodging").fill("55")
    page.locator('#save-line[data-state="bad"]').wait_for(timeout=15000)
    assert "Mất kết nối" in page.locator("#save-line").inner_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert cell(page, "food_lodging").input_value() == "55"  # kept in this machine
    page.unroute("**/luu/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    assert values(page) == {"retail_goods": "100", "food_lodging": "55"}
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_that_got_lost_is_asked_for_again_and_the_save_made_once(fill):
    page = fill("price_stabilisation", "2026-02")
    seen = []

    def lose_the_first(route):
        seen.append(json.loads(route.request.post_data))
        if len(seen) == 1:
            route.fetch()  # it arrives, and its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/luu/", lose_the_first)
    cell(page, "firms").fill("3")
    saved(page)
    assert len(seen) >= 2
    assert seen[0]["token"] == seen[1]["token"]
    assert page.evaluate("fetch(location.pathname + 'so-lieu.json').then(a => a.json())")["number"] == 1


def test_two_windows_typing_into_one_cell_show_both_and_one_is_chosen(fill):
    first = fill("price_stabilisation", "2026-03")
    second = fill("price_stabilisation", "2026-03", first.context)
    cell(first, "firms").fill("7")
    saved(first)
    cell(second, "firms").fill("8")
    second.locator('[data-clash="firms"]').wait_for(timeout=15000)
    assert "8" in second.locator('[data-clash="firms"]').inner_text()
    second.locator('[data-clash="firms"] button').nth(1).click()
    saved(second)
    assert values(second)["firms"] == "8"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", ["commune_trade_monthly", "petitions"])
def test_a_form_being_filled_has_no_barrier_and_fits_the_screen(chromium, site, xa, fill, request, form, width):
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    context = chromium.new_context(locale="vi-VN", viewport=size, storage_state=xa)
    page = fill(form, {"commune_trade_monthly": "2026-04", "petitions": "2026-Q2"}[form], context)
    if form == "commune_trade_monthly":
        page.locator("[data-cell]").first.fill("không phải số")  # a refusal is shown too
    page.wait_for_timeout(1200)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    if request.config.getoption("--screenshots", default=False):
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"bieu-{form}-{WIDTHS[width][0]}.png", full_page=True)
    assert barriers(page) == []
    context.close()


def test_weights_are_typed_with_their_source_and_those_that_do_not_add_up_stay_on_the_page(visit):
    page = visit("/thu-thap/trong-so/002@1900-01-01/")  # quận Hoàn Kiếm
    cells = page.locator("table.weights input")
    cells.first.focus()
    page.keyboard.type("60")
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.locator("#nguon").fill("Biên bản rà soát thử")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "còn thiếu 10%" in page.get_by_role("alert").inner_text()
    assert cells.first.input_value() == "60"
    cells.nth(1).fill("40")
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi trọng số").wait_for()
    assert "Biên bản rà soát thử" in page.locator(".timeline").inner_text()
