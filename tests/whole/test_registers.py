"""The registers in a browser: the map answers, the slider goes back in time, a file is shown before it is recorded."""

import re

import pytest

from tests.whole.test_look import barriers, drawn

pytestmark = pytest.mark.browser

BAD = (
    "Tên,Địa bàn,Trạng thái,Từ ngày,Số điểm kinh doanh,Nguồn\n"
    "Chợ Mới Thử,Huyện Ba Vì,Hoạt động,01/02/2010,120,x\n"
    "Chợ Sai,Huyện Ba Vì,Hoạt động,31/02/2010,mười,x\n"
    "Đồng Xuân,Quận Hoàn Kiếm,Hoạt động,01/02/2010,,x\n"
)


def test_the_map_shows_the_entries_and_a_point_opens_its_card(visit):
    page = visit("/so-bo/industrial_clusters/?tim=kim bai")
    drawn(page)
    assert page.locator("#map canvas").count() == 1
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".map-card a").wait_for()
    assert "Kim Bài" in page.inner_text(".map-card")
    page.click(".map-card a")
    page.wait_for_url("**/so-bo/ho-so/**")


def test_the_slider_goes_back_in_time(visit):
    page = visit("/so-bo/industrial_clusters/")
    page.evaluate(
        "const r = document.getElementById('time'); r.value = 60; r.dispatchEvent(new Event('input')); r.dispatchEvent(new Event('change'));"
    )
    page.wait_for_url(re.compile("ngay=20[0-9-]+"))
    assert "Đang xem số liệu như đã biết" in page.inner_text(".past")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_file_is_shown_with_its_mistakes_before_it_is_recorded(visit, request, width):
    page = visit("/so-bo/markets/nap/", width=width)
    page.set_input_files("#file", {"name": "cho.csv", "mimeType": "text/csv", "buffer": BAD.encode()})
    page.click("text=Đọc và xem trước")
    page.locator(".sums").wait_for()
    told = page.inner_text("main")
    assert "«mười»" in told
    assert "Nghi trùng" in told
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= (390 if width == "phone" else 1440)
    if request.config.getoption("--screenshots", default=False):
        from tests.whole.conftest import ROOT, WIDTHS

        page.screenshot(path=ROOT / "build" / "screenshots" / f"xem-truoc-{WIDTHS[width][0]}.png", full_page=True)
