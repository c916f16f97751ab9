"""The cycle on real data through the browser, from the plan to the next review.

Plan → figures → readiness → report → conclusions → matters → updates of a division → what the next review opens with.

The conference of January 2025: 13 groups of work, 7 of them hard, clusters 7 + 27 + 9.
"""

import pytest

from tests.whole.conftest import ROOT, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long]

HARD = range(1, 8)
TEXT = "\n".join(
    [
        "1. Cụ thể hóa giải pháp cho ngành công nghiệp ưu tiên, trình trong quý I/2025.",
        "2. Đẩy nhanh hạ tầng: hoàn thiện 07 cụm công nghiệp; triển khai 27 cụm công nghiệp và khởi công 09 cụm công nghiệp.",
        *(f"{n}. Thực hiện nhóm nhiệm vụ thứ {n}, hoàn thành trong năm 2025." for n in range(3, 14)),
    ]
)


@pytest.fixture
def signed_as(chromium, site):
    """Pages of other people of the office: `signed_as("minh")`."""
    contexts = []

    def open_page(name):
        context = chromium.new_context(
            locale="vi-VN", viewport={"width": 1440, "height": 900}, storage_state=sign_in(chromium, site, name)
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def shot(request, page, name):
    if request.config.getoption("--screenshots", default=False):
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"vong-{name}.png")


def test_from_the_plan_to_the_next_review(visit, signed_as, site, request):
    page = visit("/ke-hoach/?ky=2024&ngay=2025-01-09")
    board = page.inner_text("main")
    assert "Kế hoạch ngành Công Thương Hà Nội năm 2024" in board
    assert "15-20 cụm" in board
    assert "19 chợ" in board  # figures of 2024 against the plan
    shot(request, page, "1-ke-hoach")

    page.goto(site + "/ky-hop/")
    page.click("text=Chuẩn bị kỳ họp")
    page.fill("#ten", "Tổng kết 2024 (vòng thử)")
    page.fill("#kyx", "2024")
    page.fill("#nh", "2025-01-09")
    page.fill("#ct", "Phó Chủ tịch UBND Thành phố")
    page.fill("#moi", "Phòng Quản lý công nghiệp\nPhòng Quản lý thương mại")
    page.click("text=Lập kỳ họp")
    page.wait_for_selector("text=Sẵn sàng đến đâu")
    assert "Kế hoạch ngành Công Thương Hà Nội năm 2024" in page.inner_text("main")
    shot(request, page, "2-san-sang")
    review = page.url

    page.click("text=Dự thảo báo cáo")
    page.wait_for_selector(".report")
    assert "6,2%" in page.inner_text(".report")

    page.goto(review)
    page.fill("#kl", TEXT)
    page.fill("#vb", "TB 01/TB-UBND")
    page.click("text=Đọc và cắt")
    page.wait_for_selector(".cuts")
    assert page.locator("input[name=cau]").count() == 13
    starts = [box.get_attribute("value") for box in page.locator("input[name=cau]").all()]
    for number in HARD:
        page.fill(f"[name='nhom-{starts[number - 1]}']", "nhóm việc khó")
    shot(request, page, "3-ket-luan")
    page.click("text=Cắt thành việc")
    page.wait_for_selector("text=Đã cắt thành 13 việc")

    page.click("text=Việc của kỳ họp")
    page.wait_for_selector(".matters")
    rows = page.locator(".matters tbody tr")
    assert rows.count() == 16  # 13 groups, and 7 + 27 + 9 clusters as three parts
    assert page.locator(".matters >> text=nhóm việc khó").count() == 7 + 3
    shot(request, page, "4-viec")
    page.click("text=Đẩy nhanh hạ tầng")
    counted = [page.locator(".matters th a").nth(n).inner_text() for n in range(3)]
    assert [int("".join(filter(str.isdigit, text))) for text in counted] == [7, 27, 9]
    child = page.locator(".matters th a").first.get_attribute("href")

    leader = signed_as("minh")
    leader.goto(site + child)
    leader.click("summary:has-text('giao việc')")
    leader.fill("#lead-assign", "Phòng Quản lý công nghiệp")
    leader.fill("#due-assign", "2025-06-30")
    leader.click("form[action*=assign] button.main")
    leader.wait_for_selector("text=quá hạn chưa hoàn thành")
    leader.click("summary:has-text('gia hạn')")
    leader.fill("#due-extend", "2030-06-30")
    leader.click("form[action*=extend] button.main")
    leader.wait_for_selector("text=hạn ban đầu 30-06-2025")
    shot(request, leader, "5-giao-viec")

    division = signed_as("cn")
    division.goto(site + "/viec/")
    assert "07 cụm công nghiệp" in division.inner_text("main")  # on its own board without searching
    division.goto(site + child)
    division.click("summary:has-text('cập nhật')")
    division.fill("#pct", "60")
    division.fill("#note-update", "Bốn cụm đã xong đường nội bộ, ba cụm đang làm trạm xử lý nước thải.")
    division.click("form[action*=update] button.main")
    division.wait_for_selector(".timeline >> text=60%")
    division.click("summary:has-text('hoàn thành')")
    division.fill("#note-done", "Cả bảy cụm đã nghiệm thu hạ tầng.")
    division.fill("#ev-done", "BC 12/BC-CN")
    division.click("form[action*=done] button.main")
    division.wait_for_selector("text=BC 12/BC-CN")
    assert "hoàn thành" in division.inner_text(".lead")
    shot(request, division, "6-phong-bao")

    page.goto(site + "/ky-hop/")
    page.click("text=Chuẩn bị kỳ họp")
    page.fill("#ten", "Tổng kết 2025 (vòng thử)")
    page.fill("#kyx", "2025")
    page.fill("#nh", "2026-01-08")
    page.click("text=Lập kỳ họp")
    page.wait_for_selector("text=Kết luận kỳ trước đã thành gì")
    became = page.inner_text("main")
    assert "16 việc, 15 chưa xong" in became
    page.locator("h2:has-text('Kết luận kỳ trước đã thành gì')").evaluate("(head) => head.scrollIntoView()")
    shot(request, page, "7-ky-sau")
    page.click("text=Màn hình phòng họp")
    page.wait_for_selector(".slide.shown")
    at = page.inner_text("[data-at]")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-at]") != at
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("[data-at]") == at


def test_scenario_sliders_compute_at_once_what_the_kit_computes(visit):
    page = visit("/ke-hoach/kich-ban/?ky=2025")
    assert page.inner_text("[data-whole]") == "7,92%"
    slider = page.locator("#g-grdp_services")
    weight = float(slider.get_attribute("data-weight"))
    start = float(slider.get_attribute("data-start"))
    slider.evaluate(
        "(one) => { one.value = Number(one.value) + 1; one.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expected = f"{7.92 + weight / 100:.2f}%".replace(".", ",")
    assert page.inner_text("[data-whole]") == expected
    page.click("[data-reset]")
    assert page.inner_text("[data-whole]") == "7,92%"
    assert start == float(slider.input_value())
