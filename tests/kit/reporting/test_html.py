"""The page of a report: everything escaped, the same words as the blocks, each number where it leads to."""

import json
from dataclasses import replace

from lxml import html as reader

from sct.reporting import html
from sct.reporting.blocks import Chart, Number, Paragraph
from tests.kit.reporting.world import figure, review, year_2024

EVIL = """<script>alert("1")</script>&amp;'"""


def page(report, **hooks):
    return reader.fromstring(html.render(report, **hooks))


def words(node):
    return " ".join(node.text_content().split())


def test_the_page_says_what_the_blocks_say_in_their_order():
    report = review()
    told = words(page(report))
    place = 0
    for block in report.blocks:
        if isinstance(block, Paragraph):
            place = told.index(" ".join(block.text.split()), place)
    assert place


def test_nothing_that_a_source_wrote_becomes_markup():
    figures = [figure("grdp", "2024", "6,52", how=f.transformation, title=EVIL) for f in year_2024()[:1]]
    report = review(figures)
    report = replace(report, summary=EVIL, blocks=(Paragraph((EVIL,)), *report.blocks))
    shown = page(report)
    assert not shown.xpath("//script[not(@type='application/json')]")
    assert words(shown).count("""<script>alert("1")</script>&amp;'""") >= 3


def test_a_chart_cannot_end_its_own_data():
    chart = Chart("Biểu đồ", {"mark": "bar", "data": {"values": [{"a": "</script><b>"}]}})
    shown = page(replace(review(), blocks=(chart,)))
    (data,) = shown.xpath("//script")
    assert json.loads(data.text)["data"]["values"] == [{"a": "</script><b>"}]
    assert data.get("id") == shown.xpath("//*[@data-chart]")[0].get("data-chart")


def test_a_number_leads_where_the_page_says_and_else_to_its_row():
    report = review()
    rows = {node.get("id") for node in page(report).xpath("//td[@id]")}
    links = [node.get("href") for node in page(report).xpath("//a[@class='n']")]
    assert links
    assert {link.removeprefix("#") for link in links} <= rows
    hooked = page(report, number=lambda number: f"<b class='mine'>{number.row}</b>")
    assert len(hooked.find_class("mine")) == len(links)


def test_only_web_addresses_become_links():
    row = replace(review().sources[0], url="javascript:alert(1)", title="")
    report = review()
    annexes = (*report.annexes[:-1], replace(report.annexes[-1], sources=(row,)))
    shown = page(replace(report, annexes=annexes))
    assert not shown.xpath("//a[starts-with(@href, 'javascript')]")
    assert "javascript:alert(1)" in words(shown)


def test_the_head_is_that_of_an_official_paper():
    told = words(page(replace(review(), number="5", dated="2025-01-05")))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told
    assert "Số: 05/BC-SCT" in told
    assert "Hà Nội, ngày 05 tháng 01 năm 2025" in told
    assert "Nơi nhận:" in told


def test_a_count_of_the_report_itself_leads_to_its_row():
    counted = [n for n in review().numbers if isinstance(n, Number) and not n.figures]
    assert counted
    assert all(f'href="#nguon-{number.row}"' in html.render(review()) for number in counted)
