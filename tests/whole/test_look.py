"""Each page at 1440 and 390 pixels: no barrier axe knows of, nothing that scrolls sideways, a picture to look at."""

from pathlib import Path

import pytest

from tests.whole.conftest import ROOT, WIDTHS

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
PAGES = {
    "tong-quan": "/?ky=2024",
    "tong-quan-2021": "/?ky=2021",
    "chi-tieu": "/chi-tieu/",
    "xuat-khau": "/chi-tieu/exports/?ky=2020&loai=nam",
    "ban-le-thang": "/chi-tieu/retail_services_total/?loai=thang",
    "nhu-da-biet": "/chi-tieu/exports/?ky=2020&ngay=2020-12-20",
    "chua-thong-nhat": "/chua-thong-nhat/",
    "the-so-lieu": "/so-lieu/240/",
    "van-ban": "/van-ban/",
    "mot-van-ban": "/van-ban/1/",
    "soat": "/soat/",
    "soat-van-ban": "/van-ban/1/soat/",
    "viec-duoc-neu": "/van-ban/viec-duoc-neu/",
    "bao-cao": "/bao-cao/?ky=2024",
    "cum-cong-nghiep": "/so-bo/industrial_clusters/",
    "ho-so": "/so-bo/ho-so/55/",
    "bien-dong": "/so-bo/ho-so/55/bien-dong/",
    "nap-tep": "/so-bo/industrial_clusters/nap/",
    "dem-tu-so": "/so-bo/dem/?ky=2024",
    "giay-phep": "/so-bo/giay-phep/?muc=90",
    "the-cong-khai": "/cong-khai/ho-so/55/",
    "vuong-mac": "/so-bo/vuong-mac/",
    "so-ngay-cu": "/so-bo/industrial_clusters/?ngay=2020-01-01",
    "so-nhu-da-biet": "/so-bo/industrial_clusters/?biet=2024-12-31",
    "dem-tren-chi-tieu": "/chi-tieu/clusters_operating/?ky=2024",
    "bang-tinh": "/thu-thap/bang-tinh/",
    "mot-bang-tinh": "/thu-thap/bang-tinh/2/",
    "trang-tinh": "/thu-thap/bang-tinh/1/trang/?to=Tổng mức&o=C4",
    "tim": "/tim/?q=xuat khau 2020",
    "thu-thap": "/thu-thap/",
    "thu-thap-ca-nam": "/thu-thap/?bieu=commune_trade_monthly&ten=ba",
    "nhac-nop": "/thu-thap/nhac/?bieu=division_monthly",
    "tong-hop": "/thu-thap/tong-hop/commune_trade_monthly/2026-03/",
    "lich-bao-cao": "/thu-thap/lich/?don_vi=00004@2025-07-01&nam=2026",
    "qua-7-2025": "/thu-thap/qua-7-2025/retail_goods/",
    "trong-so": "/thu-thap/trong-so/",
    "trong-so-mot-quan": "/thu-thap/trong-so/001@1900-01-01/",
    "ke-hoach": "/ke-hoach/?ky=2025&ngay=2025-10-20",
    "chi-tieu-ke-hoach": "/ke-hoach/4/grdp/?ky=2025&ngay=2025-10-20",
    "dieu-chinh-ke-hoach": "/ke-hoach/4/dieu-chinh/?chi_tieu=grdp",
    "nhan-chi-tieu": "/ke-hoach/nhan/1/",
    "kich-ban": "/ke-hoach/kich-ban/?ky=2025",
    "viec": "/viec/?bang=all",
    "mot-viec": "/viec/2/",
    "lich-viec": "/viec/lich/?thang=2025-03",
    "so-lieu-viec": "/viec/so-lieu/",
    "ghi-viec": "/viec/moi/",
    "thi-dua": "/viec/thi-dua/",
    "phieu-thi-dua": "/viec/thi-dua/phieu/?donvi=Phòng Quản lý công nghiệp",
    "quy-trinh": "/viec/quy-trinh/",
    "quy-trinh-cho": "/viec/quy-trinh/?bang=cho",
    "ho-so-quy-trinh": "/viec/quy-trinh/3/",
    "ghi-nho": "/viec/ghi-nho/",
    "ky-hop": "/ky-hop/",
    "mot-ky-hop": "/ky-hop/1/",
    "con-thieu-gi": "/ky-hop/1/con-thieu/missing/",
    "man-hinh-phong-hop": "/ky-hop/1/man-hinh/",
    "khong-co": "/chi-tieu/?tim=zzz",
}


def drawn(page):
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-chart]')].every(place => place.dataset.drawn === 'yes')"
    )
    page.wait_for_function("() => [...document.querySelectorAll('#map')].every(map => map.dataset.drawn)")
    page.evaluate("document.fonts.ready")


def barriers(page):
    """Serious and critical violations of WCAG 2.1 A and AA, with the elements."""
    page.evaluate(AXE.read_text("utf-8"))  # not as a tag: the page's policy would rightly refuse it
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [
        (violation["id"], node["html"][:160], node["failureSummary"][:200])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_does_not_scroll_sideways(visit, request, name, width):
    page = visit(PAGES[name], width=width)
    drawn(page)
    if request.config.getoption("--screenshots", default=False):
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{WIDTHS[width][0]}.png", full_page=name != "bao-cao")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    assert barriers(page) == []


@pytest.mark.parametrize("name", ["tong-quan", "xuat-khau", "mot-van-ban", "van-ban", "chi-tieu"])
def test_the_dark_page_has_no_barrier_either(visit, request, name):
    page = visit(PAGES[name], color_scheme="dark")
    drawn(page)
    if request.config.getoption("--screenshots", default=False):
        page.screenshot(path=ROOT / "build" / "screenshots" / f"{name}-dark.png")
    assert barriers(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_open_figure_card_has_no_barrier(visit, request, width):
    page = visit("/chi-tieu/exports/?ky=2020", width=width)
    page.click(".focus a.n")
    page.locator("#sheet").wait_for(state="visible")
    page.wait_for_timeout(100)
    if request.config.getoption("--screenshots", default=False):
        page.screenshot(path=ROOT / "build" / "screenshots" / f"the-mo-{WIDTHS[width][0]}.png")
    box = page.locator("#sheet").bounding_box()
    if width == "phone":
        assert box["x"] == 0
        assert box["y"] + box["height"] >= WIDTHS["phone"][1] - 1  # a sheet from below
    assert barriers(page) == []


ADMINISTRATION = ("/quan-tri/", "/quan-tri/nguoi/moi/", "/quan-tri/nhat-ky/", "/quan-tri/he-thong/", "/mat-khau/")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ADMINISTRATION)
def test_a_page_of_administration_has_no_barrier(visit, administrator, path, width):
    page = visit(path, width=width, storage_state=administrator)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    assert barriers(page) == []


def test_on_a_phone_the_pages_fold_into_one_button(visit):
    page = visit("/", width="phone")
    rooms, button = page.locator("#rooms"), page.locator("[data-menu]")
    assert not rooms.is_visible()
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert barriers(page) == []
    rooms.get_by_text("Chỉ tiêu", exact=True).click()
    page.wait_for_url("**/chi-tieu/**")
    assert "Chỉ tiêu" in page.locator("[data-menu]").inner_text()
    wide = visit("/")
    assert wide.locator("#rooms").is_visible()
    assert not wide.locator("[data-menu]").is_visible()


def test_the_door_has_no_barrier(chromium, site):
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(site + "/dang-nhap/")
    assert barriers(page) == []
    context.close()


def test_all_can_be_reached_by_tab_and_focus_shows(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
