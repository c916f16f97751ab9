"""Take the pictures of the documentation anew from a fresh demo: `make pictures`.

One table says which page each picture shows. Pages that ask for something first (a file handed in, a form half filled)
are not here; whoever changes those takes their pictures by hand.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Picture:
    """`name`.png shows `path` in a window of that size; `whole` takes the page to its end."""

    name: str
    path: str
    width: int = 1200
    height: int = 800
    whole: bool = False


PICTURES = (
    Picture("overview", "/?ky=2024"),
    Picture("indicator", "/chi-tieu/exports/?ky=2020&loai=nam"),
    Picture("asof", "/chi-tieu/exports/?ky=2020&loai=nam&ngay=2020-12-20"),
    Picture("documents", "/van-ban/"),
    Picture("document", "/van-ban/1/"),
    Picture("report", "/bao-cao/?ky=2024"),
    Picture("collection", "/thu-thap/", 1440, 960),
    Picture("matters", "/viec/?bang=all", 1440, 960),
    Picture("plan", "/ke-hoach/?ky=2025&ngay=2025-10-20", 1440, 960, whole=True),
    Picture("scenario", "/ke-hoach/kich-ban/?ky=2025", 1440, 960, whole=True),
    Picture("review", "/ky-hop/1/", 1440, 960, whole=True),
    Picture("registers-list", "/so-bo/industrial_clusters/", 1440, 900),
)


def demo(home: Path) -> tuple[str, str]:
    """A fresh demo; its account and password."""
    environment = {**os.environ, "SCT_HOME": str(home), "SCT_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "sct", "demo"], env=environment, check=True, capture_output=True, text=True
    )
    found = re.search(r": (\S+) / (\S+)", done.stdout)
    assert found is not None, done.stdout
    return found.group(1), found.group(2)


def serve(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SCT_HOME": str(home), "SCT_DATABASE_URL": ""}
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "sct", "up", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _try in range(300):
        try:
            urllib.request.urlopen(f"{address}/dang-nhap/", timeout=2).close()  # noqa: S310 (our own address)
            return server, address
        except OSError:
            time.sleep(0.2)
    server.terminate()
    raise SystemExit("the server did not answer within a minute")


def sign_in(browser: Browser, address: str, account: tuple[str, str]) -> StorageState:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}/dang-nhap/")
    page.fill("#id_username", account[0])
    page.fill("#id_password", account[1])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, address: str, state: StorageState, picture: Picture) -> None:
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport=size,  # type: ignore[arg-type]
        storage_state=state,
    )
    page = context.new_page()
    page.goto(address + picture.path)
    page.wait_for_function("[...document.querySelectorAll('[data-chart]')].every(c => c.dataset.drawn === 'yes')")
    page.wait_for_function("[...document.querySelectorAll('#map')].every(map => map.dataset.drawn)")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{picture.name}.png", full_page=picture.whole)
    context.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    wanted = [picture for picture in PICTURES if picture.name in sys.argv[1:] or len(sys.argv) == 1]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        account = demo(Path(folder))
        server, address = serve(Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
            state = sign_in(browser, address, account)
            for picture in wanted:
                take(browser, address, state, picture)
                print(f"docs/pictures/{picture.name}.png")
            browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
