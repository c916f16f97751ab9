"""Pages of a review: papers at its agenda, and a list behind every number of its readiness."""

from datetime import date

import pytest

from sct.cli.demo_collection import submissions
from sct.office.coordination.sample_cycle import load_sample
from sct.office.documents.actions import upload
from sct.office.people.actions import system_person
from sct.office.people.models import Role
from sct.office.reviews.actions import NewReview, attach, call, set_agenda
from sct.office.reviews.models import ReviewKind


@pytest.fixture
def coming(sample, chuyen_vien, hanoi):
    """The review of 2025, after the sample's own."""
    load_sample(chuyen_vien)
    submissions(system_person())
    agenda = (("Báo cáo năm", "Văn phòng", 30), ("Thảo luận", "", 60))
    new = NewReview(ReviewKind.YEAR, "Tổng kết năm 2025", "2025", date(2026, 1, 8), agenda=agenda)
    return call(chuyen_vien, hanoi, new)


def test_each_number_of_the_readiness_opens_its_list(lan, coming, read, words):
    page = read(lan.get(f"/ky-hop/{coming.pk}/"))
    links = page.xpath("//a[contains(@href, '/con-thieu/')][contains(@class, 'tag')]")
    assert len(links) >= 5
    for link in links:
        there = read(lan.get(link.get("href")))
        count = int("".join(filter(str.isdigit, words(link))))
        assert words(there.xpath("//h1/span")[0]) == str(count)
        rows = there.xpath("//main//tbody/tr | //main//ul[@class='list']/li")
        assert len(rows) == count, link.get("href")
        assert there.xpath("//main//tbody//a | //main//ul[@class='list']//a | //p[@class='more']/a")
    assert lan.get(f"/ky-hop/{coming.pk}/con-thieu/la-lung/").status_code == 404


def test_papers_lie_at_points_of_the_agenda_and_stay_when_it_is_rearranged(lan, chuyen_vien, coming, read, words):
    paper = upload(chuyen_vien, "bao-cao.txt", "Dự thảo báo cáo năm 2025.".encode(), "2026-01-05").document
    point = coming.agenda.first()
    before = read(lan.get(f"/ky-hop/{coming.pk}/con-thieu/papers/"))
    assert "Báo cáo năm" in words(before)
    assert lan.post(f"/ky-hop/{coming.pk}/tai-lieu/{point.pk}/", {"tai_lieu": paper.pk}).status_code == 302
    assert read(lan.get(f"/ky-hop/{coming.pk}/")).xpath(f"//section[@id='chuong-trinh']//a[@href][text()='{paper}']")
    assert "Báo cáo năm" not in words(read(lan.get(f"/ky-hop/{coming.pk}/con-thieu/papers/")).xpath("//main//ul")[0])
    set_agenda(chuyen_vien, coming.pk, [("Khai mạc", "", 5), ("Báo cáo năm", "", 20)])
    opening, told = coming.agenda.all()
    assert (list(opening.papers.all()), list(told.papers.all())) == ([], [paper])
    lan.post(f"/ky-hop/{coming.pk}/tai-lieu/{told.pk}/", {"go": paper.pk})
    assert not told.papers.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.DIVISION, Role.VIEWER])
def test_only_who_plans_lays_papers(people, chuyen_vien, coming, role):
    from sct.office.people.errors import NotAllowedError

    paper = upload(chuyen_vien, "bao-cao.txt", "Dự thảo báo cáo năm 2025.".encode(), "2026-01-05").document
    with pytest.raises(NotAllowedError):
        attach(people("ai", role), coming.pk, coming.agenda.first().pk, paper.pk)


def test_every_number_of_the_room_screen_leads_to_its_source(lan, coming, read):
    page = read(lan.get(f"/ky-hop/{coming.pk}/man-hinh/"))
    cells = page.xpath("//section[@data-slide]//td[contains(@class, 'num')]")
    assert cells
    for cell in cells:
        assert cell.xpath(".//a/@href") or cell.text_content().strip() == "–"
    addresses = set(page.xpath("//section[@data-slide]//a/@href"))
    for address in sorted(addresses)[::7]:
        assert lan.get(address).status_code == 200, address
