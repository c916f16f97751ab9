"""What the pages say, and to whom."""

import json

import pytest
from django.urls import get_resolver, reverse

OPEN = {"login", "set_language"}
KEYED = {"calendar-feed"}  # for calendar programs that cannot sign in: the address carries a person's key
PUBLIC = "/cong-khai/"  # without an account: what is there, or 404


def addresses():
    """Every address of the site, with arguments of the kind each place of it takes."""
    found = []
    for pattern in get_resolver().url_patterns[0].url_patterns:
        taken = {
            name: 1 if type(kind).__name__ == "IntConverter" else "x"
            for name, kind in pattern.pattern.converters.items()
        }
        found.append((pattern.name, reverse(pattern.name, kwargs=taken)))
    return found


@pytest.mark.django_db
def test_every_page_but_the_login_asks_who_you_are(client):
    for name, address in addresses():
        answer = client.get(address)
        if address.startswith(PUBLIC):
            assert answer.status_code in (200, 404), name
        elif name in KEYED:
            assert answer.status_code == 404, name
        elif name in OPEN:
            assert answer.status_code in (200, 302) and "/dang-nhap/" not in answer.headers.get("Location", "")
        else:
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith("/dang-nhap/?next="), name


@pytest.mark.django_db
def test_a_wrong_password_is_answered_in_words(client, chuyen_vien, read, words):
    page = read(client.post("/dang-nhap/", {"username": "chuyen.vien", "password": "sai"}))
    assert "Tên hoặc mật khẩu không đúng" in words(page)


def test_the_home_line_is_written_from_the_ledger(sample, lan, read, words):
    page = read(lan.get("/?ky=2024"))
    assert words(page.xpath("//h1")[0]) == ("Năm 2024: công nghiệp tăng 6,2%, bán lẻ và xuất nhập khẩu tăng hai con số")
    lead = page.find_class("lead")[0]
    assert "tổng mức bán lẻ và doanh thu dịch vụ đạt 853,3 nghìn tỷ đồng, tăng 10,8%" in words(lead)
    numbers = lead.xpath('.//a[@class="n"]')
    assert [words(number) for number in numbers][:2] == ["6,2%", "0,82 điểm phần trăm"]
    assert all(number.get("href").startswith("/so-lieu/") for number in numbers)


def test_the_home_page_sets_targets_beside_results(sample, lan, read, words):
    page = read(lan.get("/?ky=2024"))
    rows = [words(row) for row in page.xpath('//table[contains(@class,"targets")]/tbody/tr')]
    assert any("Số chợ cải tạo" in row and "38 chợ" in row and "19 chợ" in row for row in rows)
    assert any("10–15 cụm" in row and "chưa có số liệu" in row for row in rows)


def test_the_home_page_shows_what_disagrees(sample, lan, read, words):
    page = read(lan.get("/?ky=2020"))
    card = words(page.xpath('//h2[text()="Số liệu chưa thống nhất"]/..')[0])
    assert "tăng 3,5%" in card
    assert "tăng 2,2%" in card
    assert "tăng 1,8%" in card
    assert "không cùng đúng được" in card


def test_all_thirty_four_conflicts_have_their_row(sample, lan, read):
    page = read(lan.get("/chua-thong-nhat/"))
    assert len(page.xpath("//table/tbody/tr")) == 34


def test_the_list_finds_without_diacritics(sample, lan, read, words):
    found = read(lan.get("/chi-tieu/", {"tim": "kim ngach xuat khau"}))
    names = [words(row) for row in found.xpath('//tbody/tr[not(@class="group")]/th')]
    assert "Kim ngạch xuất khẩu" in names
    assert all("xuất" in name.lower() and "khẩu" in name.lower() for name in names)


def test_a_period_without_a_figure_shows_the_one_before_and_says_so(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/", {"tim": "exports", "ky": "2021"}))
    row = next(r for r in page.xpath("//tbody/tr") if words(r.find("th")) == "Kim ngạch xuất khẩu")
    assert "năm 2020 · ước 16 tỷ USD" in words(row)
    assert "tăng 2,2%" in words(row)


def test_the_indicator_page_says_what_it_must_not_be_taken_for(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/retail_services_total/"))
    assert "Không phải: " in words(page)
    assert page.xpath('//a[starts-with(@href,"/chi-tieu/goods_sales_total/")]')


def test_reported_stands_beside_computed(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/exports/?ky=2020&loai=nam"))
    row = next(r for r in page.xpath("//tbody/tr") if words(r).startswith("Năm 2020"))
    told = words(row)
    assert "tăng 1,8%" in told
    assert "tính: giảm 4,2%" in told
    assert "lệch" in told


def test_a_source_is_two_clicks_away(sample, lan, read):
    page = read(lan.get("/chi-tieu/exports/?ky=2020"))
    card = page.xpath('//a[@data-card and normalize-space()="tăng 1,8%"]')[0].get("href")
    source = read(lan.get(card)).xpath('//a[@class="out"]')[0]
    assert source.get("href").startswith("https://nhandan.vn/")
    assert "noopener" in source.get("rel")


def test_the_card_tells_all_vintages_and_who_entered(sample, lan, read, words):
    page = read(lan.get("/chi-tieu/exports/?ky=2020"))
    address = page.xpath('//aside//ol//a[normalize-space()="tăng 2,2%"]')[0].get("href")
    card = read(lan.get(address, headers={"HX-Request": "true"}))
    assert card.tag == "article"
    assert [words(item).split(" ước")[0] for item in card.xpath(".//ol/li")] == ["tăng 1,8%", "tăng 2,2%", "tăng 3,5%"]
    assert "Nguyễn Thị Lan" in words(card)
    assert "18-12-2020" in words(card)


def test_a_computed_card_shows_formula_and_operands(sample, lan, read, words, hanoi):
    card = read(lan.get(f"/so-lieu/tinh/exports/{hanoi}/2020/yoy/"))
    assert "giảm 4,2%" in words(card)
    assert "Kim ngạch xuất khẩu (Năm 2020)/Kim ngạch xuất khẩu (Năm 2019)" in words(card)
    assert {"16 tỷ USD", "16,7 tỷ USD"} <= {words(link) for link in card.xpath('//article//a[@class="n"]')}


def test_search_finds_indicators_figures_and_documents(sample, lan, chuyen_vien, read, words):
    from sct.office.documents.actions import upload

    upload(chuyen_vien, "xuat-khau.txt", "Năm 2020, kim ngạch xuất khẩu của Hà Nội đạt 16 tỷ USD.".encode())
    page = read(lan.get("/tim/", {"q": "xuat khau 2020"}))
    links = [link.get("href") for link in page.xpath('//div[contains(@class,"results")]//a')]
    assert any(link.startswith("/chi-tieu/exports/") for link in links)
    assert any(link.startswith("/so-lieu/") for link in links)
    page = read(lan.get("/tim/", {"q": "xuat-khau"}))
    assert page.xpath('//a[starts-with(@href,"/van-ban/")]//span[text()="xuat-khau.txt"]')


def test_search_for_nothing_known_says_so(sample, lan, read, words):
    assert "Không tìm thấy gì" in words(read(lan.get("/tim/", {"q": "zzz"})))


def test_the_report_preview_opens_the_source_of_each_number(sample, lan, read, words):
    page = read(lan.get("/bao-cao/?ky=2024"))
    numbers = page.xpath('//article[contains(@class,"report")]//a[@class="n"]')
    assert len(numbers) >= 60
    rows = {row.get("id") for row in page.xpath('//td[starts-with(@id,"nguon-")]')}
    for number in numbers:
        target = number.get("href")
        assert target.startswith("/so-lieu/") or target.lstrip("#") in rows, target


def test_the_report_comes_down_as_a_word_file(sample, lan):
    import io
    import zipfile

    answer = lan.get("/bao-cao/2024.docx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-ha-noi-2024.docx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as word:
        assert "853,3" in word.read("word/document.xml").decode()
    assert lan.get("/bao-cao/1990.docx").status_code == 404


def test_an_empty_ledger_says_what_belongs_there(lan, read, words):
    assert "Đưa văn bản vào" in words(read(lan.get("/")))
    assert "Chưa có số liệu của" in words(read(lan.get("/chi-tieu/")))
    assert "Chưa có văn bản nào" in words(read(lan.get("/van-ban/")))
    assert "Sổ chưa đủ số liệu" in words(read(lan.get("/bao-cao/")))


def test_who_sees_nothing_of_hanoi_gets_404(sample, client, nguoi_ngoai, read, words):
    from sct.office.ledger.models import Observation

    client.force_login(nguoi_ngoai)
    number = Observation.objects.first().pk
    page = read(client.get(f"/so-lieu/{number}/"), 404)
    assert "Không có trang này" in words(page)
    assert "Chưa có số liệu" in words(read(client.get("/")))
    assert client.get("/chi-tieu/exports/").status_code == 200


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/khong-co/", "Không có trang này"),
        ("/chi-tieu/khong_co/", "Không có trang này"),
        ("/so-lieu/999999/", "Không có trang này"),
        ("/?ky=2024-13", "Kỳ không có thật"),
        ("/?ngay=hom-qua", "Ngày không có thật"),
        ("/?diaban=zz", "Không có địa bàn này"),
    ],
)
def test_a_wrong_address_is_answered_in_plain_words(lan, read, words, address, says):
    assert says in words(read(lan.get(address), 404))


@pytest.mark.django_db
def test_a_broken_page_asks_the_database_nothing(rf, read, words, django_assert_num_queries):
    from sct.office.web.errors import server_error

    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert "Chưa có gì thay đổi" in words(read(answer, 500))


def test_english_is_a_switch_away(sample, lan, read):
    assert read(lan.get("/")).get("lang") == "vi"
    lan.post("/ngon-ngu/", {"language": "en", "next": "/"})
    page = read(lan.get("/chi-tieu/"))
    assert page.get("lang") == "en"
    assert page.xpath('//a[starts-with(@href,"/chi-tieu/exports/")]')[0].text_content() == "Merchandise exports"
    lan.post("/ngon-ngu/", {"language": "vi", "next": "/"})
    assert read(lan.get("/")).get("lang") == "vi"


def test_the_navigation_has_no_dead_link(sample, lan, read):
    page = read(lan.get("/"))
    links = {link.get("href") for link in page.xpath("//nav//a | //main//a | //header//a")}
    local = sorted(link for link in links if link.startswith("/"))
    assert len(local) > 10
    assert [link for link in local if lan.get(link).status_code != 200] == []


def test_search_puts_the_indicator_with_most_figures_first(sample, lan, read, words):
    page = read(lan.get("/tim/", {"q": "ban le"}))
    first = page.xpath('//div[contains(@class,"results")]//a/span')[0]
    assert words(first) == "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"


@pytest.fixture
def in_english(sample, lan):
    lan.post("/ngon-ngu/", {"language": "en", "next": "/"})
    return lan


def test_english_numbers_units_and_periods(in_english, read, words):
    home = words(read(in_english.get("/?ky=2024")))
    assert "853.3 trillion đồng" in home
    assert "up 10.8% on the same period" in home
    assert "853,3" not in home
    assert "nghìn tỷ" not in home
    page = words(read(in_english.get("/chi-tieu/exports/?ky=2020&loai=nam")))
    assert "computed: down 4.2%" in page
    assert "18 Dec 2020" in page


def test_english_chart_texts(in_english, read):
    page = read(in_english.get("/chi-tieu/retail_services_total/?loai=thang"))
    values = json.loads(page.xpath('//*[@id="chart-spec"]')[0].text_content())["data"]["values"]
    assert {"trillion đồng" in value["text"] or "on the same period" in value["text"] for value in values} == {True}
    assert not any("tháng" in value["name"] for value in values)
    assert "tăng" not in page.xpath('//*[@id="chart-title"]')[0].text_content()


def test_the_words_of_papers_and_reports_stay_vietnamese(in_english, read, words):
    assert "tăng 10,8%" in words(read(in_english.get("/bao-cao/?ky=2024")).find_class("report")[0])
