"""An officer's way through the site, in a real browser."""

import re

import pytest

pytestmark = pytest.mark.browser

SAID = (
    "Năm 2023, kim ngạch xuất khẩu của Hà Nội đạt 16,65 tỷ USD. Hà Nội có 70 cụm công nghiệp đang hoạt động năm 2023."
)


def test_a_wrong_password_stays_at_the_door(chromium, site):
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(site + "/bao-cao/?ky=2024")
    page.fill("#id_username", "lan")
    page.fill("#id_password", "sai")
    page.keyboard.press("Enter")
    assert "không đúng" in page.inner_text("[role=alert]")
    context.close()


def test_from_the_home_page_to_the_source_in_two_clicks(visit):
    page = visit("/?ky=2024")
    page.click(".tiles a.n >> text=tăng 6,52%")
    sheet = page.locator("#sheet")
    sheet.wait_for(state="visible")
    assert "Tổng sản phẩm trên địa bàn (GRDP)" in sheet.inner_text()
    source = sheet.locator("a.out").first
    assert source.get_attribute("href").startswith("http")
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "tăng 6,52%"


def test_area_and_period_stay_chosen_from_page_to_page(visit):
    page = visit("/")
    page.select_option("select[name=ky]", "2020")
    page.wait_for_url("**/?*ky=2020*")
    page.click("nav.rooms >> text=Chỉ tiêu")
    page.wait_for_url("**/chi-tieu/?*ky=2020*")
    page.click("text=Như đã biết")
    page.fill("#as-of", "2020-12-20")
    page.click(".drop >> text=Xem")
    page.wait_for_url("**ngay=2020-12-20*")
    page.goto(page.url.replace("/chi-tieu/", "/chi-tieu/exports/"))
    assert "tăng 2,2%" in page.inner_text(".focus")
    page.click(".past >> text=Về hôm nay")
    page.wait_for_url(lambda url: "ngay" not in url)
    assert "tăng 1,8%" in page.inner_text(".focus")


def test_the_chart_is_drawn_and_can_be_taken_along(visit):
    page = visit("/chi-tieu/exports/?ky=2020&loai=nam")
    page.wait_for_selector("#chart[data-drawn=yes] svg")
    assert page.locator("#chart svg path[aria-roledescription=bar]").count() >= 6
    with page.expect_download() as taken:
        page.click("[data-save=png]")
    assert taken.value.suggested_filename == "exports.png"


def test_search_by_keys_alone(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.keyboard.type("tong muc ban le")
    page.wait_for_selector("#found a")
    assert page.get_attribute("#find", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.inner_text("#found a.at span:first-child")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chi-tieu/**")
    assert chosen in page.inner_text("h1")


def test_upload_read_accept_undo_with_keys(visit, site):
    page = visit("/van-ban/")
    with page.expect_navigation(url=re.compile(r"/van-ban/\d+/")):
        page.set_input_files(
            "input[type=file]", {"name": "phim.txt", "mimeType": "text/plain", "buffer": SAID.encode()}
        )
    first = page.inner_text("#statement h2")
    page.keyboard.press("j")
    page.wait_for_function("(text) => document.querySelector('#statement h2').innerText !== text", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("(text) => document.querySelector('#statement h2').innerText === text", arg=first)
    page.keyboard.press("a")
    page.wait_for_selector("#notice >> text=Đã nhận vào sổ", state="attached")  # it leaves by itself: look at once
    page.wait_for_selector("#statement .tag.good >> text=đã vào sổ")
    assert "1 đã vào sổ" in page.inner_text("#account").replace("\n", " ")
    assert "accepted" in page.locator("a.s[aria-current]").get_attribute("class")
    other = visit("/chi-tieu/exports/?ky=2023&loai=nam")
    assert "16,65 tỷ USD" in other.inner_text("main")
    page.keyboard.press("u")
    page.wait_for_selector("#statement .tag >> text=chờ xem")
    other.reload()
    assert "16,65 tỷ USD" not in other.inner_text("main")


def test_keys_pressed_before_the_panel_has_come_act_on_the_panel_that_was_asked_for(visit):
    page = visit("/van-ban/1/")
    ids = page.get_attribute("[data-walk]", "data-walk").split()
    page.evaluate(f"location.search = '?phatbieu={ids[0]}'")
    page.wait_for_selector(f"#statement [data-statement='{ids[0]}']")
    page.route("**/phat-bieu/**", lambda route: (page.wait_for_timeout(300), route.continue_()))
    for key in "jjx":
        page.keyboard.press(key)
    page.wait_for_selector(f"#statement [data-statement='{ids[2]}'] details[data-key=x][open]")
    assert page.evaluate("document.activeElement.name") == "ly_do"


def test_a_file_can_be_dropped_and_a_bad_one_is_explained(visit):
    page = visit("/van-ban/")
    page.evaluate(
        """() => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array([137, 80, 78, 71, 0, 0])], "anh.docx"));
        document.querySelector("[data-upload]").dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
        }"""
    )
    page.wait_for_selector("#uploaded .wrong")
    assert "anh.docx" in page.inner_text("#uploaded")
    assert page.url.endswith("/van-ban/")


def test_rejecting_asks_for_the_reason(visit):
    page = visit("/van-ban/")
    page.click("text=tai-lieu-hoi-nghi-2021.txt")
    page.wait_for_selector("#statement h2")
    page.keyboard.press("x")
    page.keyboard.type("đã có trong sổ")
    page.click("#statement details[data-key=x] button")
    page.wait_for_selector("#statement .tag >> text=đã bỏ qua")
    assert "đã có trong sổ" in page.inner_text("#statement")
    page.keyboard.press("u")
    page.wait_for_selector("#statement .tag >> text=chờ xem")


def test_the_report_comes_down(visit):
    page = visit("/bao-cao/?ky=2024")
    page.wait_for_selector(".report [data-drawn=yes]")
    with page.expect_download() as taken:
        page.click("text=Tải tệp Word")
    assert taken.value.suggested_filename == "bao-cao-ha-noi-2024.docx"
    page.locator(".report a.n").first.click()
    page.locator("#sheet").wait_for(state="visible")


def test_english_and_back(visit):
    page = visit("/")
    page.click(".me summary")
    page.click("text=English")
    page.wait_for_selector("html[lang=en]")
    page.click(".me summary")
    page.click("text=Tiếng Việt")
    page.wait_for_selector("html[lang=vi]")


def test_the_site_works_without_scripts(visit):
    page = visit("/chi-tieu/exports/", java_script_enabled=False)
    page.select_option("select[name=ky]", "2020")
    page.click("[data-plain]")
    assert "ky=2020" in page.url
    page.click(".focus a.n")
    assert "/so-lieu/" in page.url
    assert page.locator("a.out").count() >= 1


def test_on_a_phone_a_touched_number_opens_its_panel_from_below(visit):
    page = visit("/van-ban/1/", width="phone")
    page.locator("a.s").last.click()
    panel = page.locator("#statement.raised")
    panel.wait_for(state="visible")
    box = panel.bounding_box()
    assert box["y"] + box["height"] <= 844 + 1
    assert box["y"] > 200
    page.click("#statement [data-lower]")
    assert page.locator("#statement.raised").count() == 0
