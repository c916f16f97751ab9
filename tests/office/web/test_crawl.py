"""Every link leads somewhere: the site is walked from the home page as its people walk it, a few of each kind of page."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from sct.catalogue import load
from sct.cli.demo_collection import submissions
from sct.office.coordination.register_samples import load_entries
from sct.office.coordination.sample_cycle import load_sample
from sct.office.documents.actions import upload
from sct.office.people.actions import grant, system_person
from sct.office.people.models import Role
from sct.samples import DOCUMENTS

OF_A_KIND = 2  # pages of one shape of address
MOST = 300


def shape(address: str) -> str:
    """The address without its numbers and values: what kind of page it is."""
    parts = urlsplit(address)
    path = re.sub(r"\d+", "0", re.sub(r"(?<=/chi-tieu/)[a-z_0-9]+", "x", parts.path))
    return f"{path}?{'&'.join(sorted(pair.split('=')[0] for pair in parts.query.split('&')))}"


def walk(client, start="/") -> tuple[list[tuple[str, str, object]], int]:
    """(what is wrong: page, link, answer; number of pages)."""
    wrong, seen, kinds, waiting, count = [], {start}, Counter(), deque([(start, "")]), 0
    while waiting and count < MOST:
        address, source = waiting.popleft()
        count += 1
        answer = client.get(address)
        if answer.status_code not in {200, 302}:
            wrong.append((source, address, answer.status_code))
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        page = html.fromstring(answer.content.decode())
        names = Counter(page.xpath("//@id"))
        wrong += [(address, f"#{name}", "twice") for name, times in names.items() if times > 1]
        for link in page.xpath("//a/@href | //*/@hx-get"):
            if link.startswith("#"):
                if link[1:] and link[1:] not in names:
                    wrong.append((address, link, "nowhere"))
                continue
            there = urljoin(address, link).split("#")[0]
            if not there.startswith("/") or there.startswith("//") or there in seen or kinds[shape(there)] >= OF_A_KIND:
                continue
            kinds[shape(there)] += 1
            seen.add(there)
            waiting.append((there, address))
    return wrong, count


@pytest.fixture
def office(sample, chuyen_vien):
    """What a department has after a year: figures, papers, plans, a review, matters, registers, submissions."""
    for path in sorted(DOCUMENTS.iterdir()):
        upload(chuyen_vien, path.name, path.read_bytes())
    load_sample(chuyen_vien)
    load_entries(chuyen_vien)
    submissions(system_person())


@pytest.mark.long
def test_every_link_leads_somewhere(office, client, people, hanoi):
    """For whoever may do everything, and for an officer of a commune."""
    for role, area, least in (
        (Role.ADMIN, "", 200),
        (Role.LOCAL, load().area_named("phường Ba Đình").key, 30),
    ):
        person = people(f"nguoi.{role.value}", None, full_name="Hoàng Thị Đi")
        grant(system_person(), person, role, area)
        if not area:
            grant(system_person(), person, Role.PLANNER, hanoi)
        client.force_login(person)
        wrong, count = walk(client)
        assert wrong == []
        assert count > least
