"""Clients of the cast, pages as parsed HTML, and nothing kept from the test before."""

import pytest
from lxml import html


@pytest.fixture(autouse=True)
def fresh():
    from sct.office.coordination.state import forget
    from sct.office.registers import facets, known, points

    forget()
    facets.forget()
    known.forget()
    points.forget()


@pytest.fixture
def lan(client, chuyen_vien):
    """The planning officer at her browser."""
    client.force_login(chuyen_vien)
    return client


@pytest.fixture
def read():
    """The page of an answer, parsed; fails for anything but 200."""

    def parse(answer, status=200):
        assert answer.status_code == status, answer.content.decode()[:300]
        return html.fromstring(answer.content.decode())

    return parse


@pytest.fixture
def words():
    """The text of a page or element, spaces folded."""

    def text(element):
        return " ".join(element.text_content().split())

    return text


@pytest.fixture
def entries(chuyen_vien):
    """The packaged entries of Hà Nội, in the registers."""
    from sct.office.coordination.register_samples import load_entries

    return load_entries(chuyen_vien)
