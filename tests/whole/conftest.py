"""The whole product in a browser: a server of its own with the real sample, started once, and Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "mat-khau-thu-1"
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from sct.catalogue import load
from sct.cli.demo_collection import submissions
from sct.office.documents.actions import upload
from sct.office.ledger.importing import import_figures
from sct.office.people.actions import grant, system_person
from sct.office.people.models import Person, Role
from sct.office.coordination.sample_cycle import load_sample
from sct.samples import DOCUMENTS, FIGURES
lan = Person.objects.create_user("lan", password="{password}", full_name="Nguyễn Thị Lan")
grant(system_person(), lan, Role.PLANNER, load().area_named("Hà Nội").key)
truong = Person.objects.create_user("truong", password="{password}", full_name="Lê Văn Trưởng")
grant(system_person(), truong, Role.ADMIN)
xa = Person.objects.create_user("xa", password="{password}", full_name="Phạm Thị Hoa")
grant(system_person(), xa, Role.LOCAL, load().area_named("phường Ba Đình").key)
submissions(system_person())
import_figures(lan, FIGURES.read_bytes(), FIGURES.name)
for path in sorted(DOCUMENTS.iterdir()):
    upload(lan, path.name, path.read_bytes())
load_sample(lan)
from datetime import date, timedelta
from sct.office.coordination.sample_work import load_work
load_work(lan, date.today())
from sct.catalogue.registers import register
from sct.office.coordination.register_samples import load_entries
from sct.office.registers.actions import Draft, NewBatch, create
from sct.office.registers.models import BatchKind
load_entries(lan)
for days in (12, 45, 80):
    last = str(date.today() + timedelta(days))
    licence = dict(name="Hộ sản xuất rượu " + str(days), area=load().area_named("Hà Nội").key, valid_until=last)
    made = Draft(date(2022, 1, 1), "issued", licence, source="https://vi-du.vn/")
    create(lan, register("craft_alcohol_licences"), [[made]], NewBatch(BatchKind.FORM))
ba_dinh = load().area_named("phường Ba Đình").key
market = dict(name="Chợ Ngọc Hà thử", area=ba_dinh, points="250", points_rented="200", building="solid")
life = [Draft(date(2022, 1, 1), "operating", market, source="https://vi-du.vn/")]
create(lan, register("markets"), [life], NewBatch(BatchKind.FORM))
minh = Person.objects.create_user("minh", password="{password}", full_name="Trần Văn Minh", unit="Ban Giám đốc")
grant(system_person(), minh, Role.LEADER, load().area_named("Hà Nội").key)
cn = Person.objects.create_user("cn", password="{password}", full_name="Đỗ Thị Hạnh", unit="Phòng Quản lý công nghiệp")
grant(system_person(), cn, Role.DIVISION, load().area_named("Hà Nội").key)
from sct.office.workbooks.actions import upload as upload_workbook
from tests.kit.reading.workbooks.making import xlsx
from tests.office.workbooks.conftest import APRIL, MAY, UNKNOWN, retail
for name, sheet in (("4. TMDV.xlsx", retail(4, APRIL)), ("5. TMDV.xlsx", retail(5, MAY, extra=UNKNOWN))):
    upload_workbook(lan, name, xlsx([sheet]), load().area_named("Hà Nội").key)
"""


def pytest_addoption(parser):
    parser.addoption("--screenshots", action="store_true", help="write each page into build/screenshots")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running site with the sample in it."""
    home = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SCT_HOME": str(home), "SCT_DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "sct.office.settings"
    script = PREPARE.replace("{password}", PASSWORD)
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=600)
    server = subprocess.Popen(
        [sys.executable, "-m", "sct", "up", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address, server):
    for _try in range(600):
        assert server.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(address + "/dang-nhap/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer within two minutes")


@pytest.fixture(scope="session")
def chromium():
    """Chromium; without it these tests are skipped on a desk and fail in CI."""
    if shutil.which(CHROMIUM) is None:
        message = "Chromium is not installed (Debian: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=ARGUMENTS)
        yield browser
        browser.close()


def sign_in(chromium, site, name):
    """The cookies of a session, so that not every test types the password."""
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(site + "/dang-nhap/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("text=Đăng nhập >> nth=-1")
    page.wait_for_url(site + "/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def signed_in(chromium, site):
    return sign_in(chromium, site, "lan")


@pytest.fixture(scope="session")
def administrator(chromium, site):
    return sign_in(chromium, site, "truong")


@pytest.fixture
def visit(chromium, site, signed_in):
    """Opens pages: `visit("/chi-tieu/", width="phone")`. At the end nothing may have gone wrong in the browser.

    What went wrong: an error on the console (a broken policy is one), a script that failed, a request to elsewhere.
    """
    contexts, trouble = [], []

    def open_page(path, width="desktop", **options):
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        context = chromium.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport=size,
            **{"storage_state": signed_in, **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text) if _is_error(said) else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda asked: trouble.append(asked.url) if _elsewhere(asked.url, site) else None)
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def _is_error(said):
    """An error on the console; that an answer was "this cannot be done" (422) is part of the page's talk."""
    return said.type == "error" and "status of 422" not in said.text


def _elsewhere(url, site):
    return not url.startswith((site, "data:", "blob:"))
