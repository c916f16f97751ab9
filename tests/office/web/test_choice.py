"""Area, period and as-of day: in the address, kept on every page, and they change the answer."""

from urllib.parse import parse_qs, urlsplit


def focus(page, words):
    return words(page.xpath('//p[@class="focus"]')[0])


def test_what_was_known_in_december_2020_is_not_what_is_known_now(sample, lan, read, words):
    for day, says in (("2020-12-20", "tăng 2,2%"), ("2021-01-20", "tăng 1,8%"), ("", "tăng 1,8%")):
        page = read(lan.get("/chi-tieu/exports/", {"ky": "2020", "ngay": day} if day else {"ky": "2020"}))
        assert says in focus(page, words), day


def test_looking_back_says_so_and_shows_the_value_of_today_beside(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/exports/?ky=2020&ngay=2020-12-20&loai=nam"))
    assert "như đã biết ngày 20-12-2020" in words(page)
    row = next(r for r in page.xpath("//tbody/tr") if words(r).startswith("Năm 2020"))
    assert "tăng 2,2%" in words(row)
    assert "hôm nay: tăng 1,8%" in words(row)


def test_before_the_first_publication_nothing_is_known(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/exports/?ngay=2005-01-01"))
    assert "Chưa có số liệu nào" in words(page)


def test_the_choice_goes_with_every_link(sample, lan, read):
    page = read(lan.get("/?diaban=01&ky=2020&ngay=2020-12-20"))
    links = [link.get("href") for link in page.xpath('//nav//a | //main//a[starts-with(@href,"/")]')]
    assert len(links) > 10
    for link in links:
        asked = parse_qs(urlsplit(link).query)
        assert asked.get("ngay") == ["2020-12-20"], link
        assert asked.get("diaban") == ["01"], link
        assert "ky" in asked, link


def test_nothing_chosen_leaves_the_address_clean(sample, lan, read):
    page = read(lan.get("/"))
    doors = {link.get("href") for link in page.xpath("//nav//a")}
    assert doors > {"/", "/chi-tieu/", "/van-ban/", "/bao-cao/"}
    assert [door for door in doors if "?" in door] == []


def test_the_page_starts_with_the_latest_year_that_has_enough(sample, lan, read):
    page = read(lan.get("/"))
    assert page.xpath('//select[@name="ky"]//option[@selected]')[0].get("value") == "2024"
    assert page.xpath('//select[@name="diaban"]//option[@selected]')[0].text == "Hà Nội"


def test_a_district_has_its_own_figures(sample, lan, read, words):
    page = read(lan.get("/"))
    district = next(o for o in page.xpath('//select[@name="diaban"]/option') if o.text == "Gia Lâm")
    told = words(read(lan.get("/chi-tieu/", {"diaban": district.get("value"), "ky": "2024"})))
    assert "OCOP" in told
    assert "Kim ngạch xuất khẩu" not in told


def test_a_month_can_be_chosen(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/exports/?ky=2019-06"))
    assert page.xpath('//ul[@class="tabs noprint"]//a[@aria-current]')[0].text == "Theo tháng"
