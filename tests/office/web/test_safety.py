"""What every page keeps: the security policy, nothing inline, nothing from elsewhere, few queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGES = [
    "/",
    "/chi-tieu/",
    "/chi-tieu/exports/?ky=2020",
    "/chua-thong-nhat/",
    "/so-lieu/{figure}/",
    "/tim/?q=xuat khau",
    "/van-ban/",
    "/van-ban/{document}/",
    "/van-ban/{document}/soat/",
    "/bao-cao/",
    "/so-bo/",
    "/so-bo/industrial_clusters/",
    "/so-bo/industrial_clusters/them/",
    "/so-bo/industrial_clusters/nap/",
    "/so-bo/ho-so/{entry}/",
    "/so-bo/ho-so/{entry}/bien-dong/",
    "/so-bo/dem/",
    "/so-bo/giay-phep/",
    "/so-bo/vuong-mac/",
    "/khong-co/",
]
# Queries of a page on a ledger it has not seen before, session and person included. A change is made on purpose.
QUERIES = {
    "/": 15,
    "/chi-tieu/": 9,
    "/chi-tieu/exports/?ky=2020": 6,
    "/chua-thong-nhat/": 9,
    "/so-lieu/{figure}/": 8,
    "/van-ban/": 9,
    "/van-ban/{document}/": 14,
    "/van-ban/{document}/soat/": 17,
    "/van-ban/{document}/ket-qua-khac/": 14,
    "/bao-cao/": 6,
    "/so-bo/": 6,
    "/so-bo/industrial_clusters/": 9,
    "/so-bo/ho-so/{entry}/": 11,
    "/so-bo/dem/": 8,
}


@pytest.fixture
def numbers(sample, chuyen_vien):
    from sct.office.documents.actions import upload
    from sct.office.ledger.models import Observation
    from sct.samples import DOCUMENTS

    paper = DOCUMENTS / "thong-tin-nganh-2020.txt"
    made = upload(chuyen_vien, paper.name, paper.read_bytes())
    from sct.office.coordination.register_samples import load_entries
    from sct.office.registers.models import Entry

    load_entries(chuyen_vien)
    entry = Entry.objects.filter(register="industrial_clusters").first().pk
    return {"entry": entry, "figure": Observation.objects.first().pk, "document": made.document.pk}


def test_no_page_has_anything_inline_or_from_elsewhere(numbers, lan, read):
    for form in PAGES:
        address = form.format(**numbers)
        answer = lan.get(address)
        page = read(answer, answer.status_code)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'"), address
        assert "unsafe" not in answer.headers["Content-Security-Policy"], address
        for script in page.xpath("//script"):
            assert script.get("type") == "application/json" or (script.get("src") or "").startswith("/static/"), address
            assert script.get("type") == "application/json" or not (script.text or "").strip(), address
        assert page.xpath("//style | //@style | //iframe | //object | //embed") == [], address
        assert [a for a in page.xpath("//@*") if re.match(r"on[a-z]+$|hx-on", a.attrname)] == [], address
        loaded = page.xpath("//link/@href | //script/@src | //img/@src | //source/@src")
        assert [source for source in loaded if not source.startswith("/static/")] == [], address
        assert page.xpath('//a[starts-with(@href,"javascript:")]') == [], address


def test_every_form_that_changes_something_carries_a_token(numbers, lan, read):
    for form in PAGES:
        address = form.format(**numbers)
        page = read(lan.get(address), 404 if form == "/khong-co/" else 200)
        posts = page.xpath('//form[@method="post"]')
        assert posts, address
        assert [f for f in posts if not f.xpath('.//input[@name="csrfmiddlewaretoken"]')] == [], address


def test_the_stylesheets_ask_nobody_else():
    from pathlib import Path

    import sct.office.web

    for path in (Path(sct.office.web.__file__).parent / "static").rglob("*.css"):
        text = re.sub(r"http://www\.w3\.org/\d+/\w+", "", path.read_text("utf-8"))  # the name of SVG, not an address
        assert "http" not in text, path.name


def test_what_is_vendored_tells_version_and_licence():
    from pathlib import Path

    import sct.office.web

    vendor = Path(sct.office.web.__file__).parent / "static" / "vendor"
    told = (vendor / "README.md").read_text("utf-8")
    folders = [folder for folder in vendor.iterdir() if folder.is_dir()]
    assert len(folders) == 7
    for folder in folders:
        assert f"| `{folder.name}` |" in told
        assert (folder / "LICENSE").stat().st_size > 100


@pytest.mark.parametrize("form", QUERIES)
def test_a_page_asks_the_database_as_often_as_agreed(numbers, lan, form):
    from sct.office.coordination.state import forget

    forget()
    with CaptureQueriesContext(connection) as asked:
        assert lan.get(form.format(**numbers)).status_code == 200
    assert len(asked) == QUERIES[form], "\n".join(query["sql"][:160] for query in asked)


def test_pages_only_read(numbers, lan):
    for form in PAGES:
        with CaptureQueriesContext(connection) as asked:
            lan.get(form.format(**numbers))
        writes = [q["sql"] for q in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"])]
        assert writes == [], form


def test_a_page_is_nobody_elses_and_its_parts_are_not_taken_for_it(lan):
    """After a log-out the back button must ask again; a part that htmx fetched has the page's own address."""
    answer = lan.get("/chi-tieu/")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "HX-Request" in answer.headers["Vary"]
