"""Headless Chromium over a site that was built once and is served under a base path on this machine."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import run

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
BASE = "portfolio"


def chromium() -> str:
    """The path of a Chromium or Chrome; `make test` has made sure that there is one."""
    given = os.environ.get("CHROMIUM", "")
    found = next((path for name in (given, *NAMES) if name and (path := shutil.which(name))), None)
    if found is None and Path(MAC).exists():
        return MAC
    if found is None:
        pytest.fail("no Chromium or Chrome; install one or set CHROMIUM to its path")
    return found


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A static host that answers unknown addresses with the site's 404 page, as GitHub Pages does."""

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test output quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(str(self.directory)) / BASE / "404.html"
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """A server over a folder, and its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, with a submission and a draft added, built for a project page."""
    folder = Path(shutil.copytree(demo, tmp_path_factory.mktemp("browser") / "demo"))
    (folder / "content" / "submissions").mkdir()
    with open(folder / "content" / "permalinks.yml", "a", encoding="utf-8") as ledger:
        ledger.write(
            "- {url: builds/withdrawn/, kind: build, title: A build that went, first: 2026-03-05, state: retired,"
            " last: 2026-09-01, reason: The data were withdrawn.}\n"
        )
    (folder / "content" / "submissions" / "workshop.md").write_text(
        "---\ntitle: Sketches in practice\ndate: 2026-10-01\nvenue: A workshop\n"
        "aliases: [old/talk.html, submissions/talk/]\nevents:\n"
        "  - {date: 2026-10-01, event: submitted}\n---\n## Abstract\n\nSent.\n"
    )
    public = tmp_path_factory.mktemp("public")
    server, address = serve(public)
    result = run(["labfolio", "build"], folder, SITE_URL=f"{address}{BASE}/")
    assert result.returncode == 0, result.stdout
    shutil.copytree(folder / "site", public / BASE)
    yield f"{address}{BASE}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; the flags keep it from asking other hosts by itself."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        running = playwright.chromium.launch(executable_path=chromium(), args=[*flags, "--no-first-run"])
        yield running
        running.close()
