"""What a reader's browser fetches: one write-up with a figure, and a first search from it, in headless Chromium."""

import functools
import gzip
import http.server
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.corpus.portfolio import edited
from benchmarks.peers.generator import Generator
from benchmarks.peers.rounds import folder_of

# Path, kind of resource, body.
Fetched = tuple[str, str, bytes]
QUERY = "estimator"
QUIET_MS = 3000
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def _served(site: Path) -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def wire(data: bytes) -> int:
    """Bytes as a server sends them that compresses what it makes smaller."""
    return min(len(data), len(gzip.compress(data, 6, mtime=0)))


def weigh(work: Path, total: int, one: Generator) -> dict[str, Any]:
    """Bytes of the write-up by kind, requests, other hosts; bytes for searching, before the reader asks and after."""
    from playwright.sync_api import sync_playwright

    others: set[str] = set()
    with _served(folder_of(work, total, one.name) / "site") as port, sync_playwright() as playwright:
        path = next((path for path in CHROMIUM if Path(path).exists()), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route("**/*", lambda route: _stay(route, port, others))
        done: list[Any] = []
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(f"http://127.0.0.1:{port}/{edited(total).url}", wait_until="networkidle")
        page.wait_for_timeout(QUIET_MS)
        before = _fetched(done)
        if one.intent:
            page.click(one.intent)
            page.wait_for_timeout(QUIET_MS)
            page.keyboard.type(QUERY)
            page.wait_for_timeout(QUIET_MS)
        after = _fetched(done)[len(before) :]
        browser.close()
    return _sums(one, before, after) | {"hosts": sorted(others)}


def _stay(route: Any, port: int, others: set[str]) -> None:
    """Leads what is the site's own to its server, whichever port it was built for; others are noted, and not asked."""
    asked = urlsplit(route.request.url)
    if asked.hostname == "127.0.0.1":
        route.continue_(url=asked._replace(netloc=f"127.0.0.1:{port}").geturl())
    else:
        others.add(asked.hostname or "")
        route.abort()


def _fetched(requests: Sequence[Any]) -> list[Fetched]:
    answers = [(one, one.response()) for one in requests]
    return [(urlsplit(one.url).path, one.resource_type, answer.body()) for one, answer in answers if answer]


def _sums(one: Generator, before: list[Fetched], after: list[Fetched]) -> dict[str, Any]:
    sizes = [(kind, wire(body)) for _, kind, body in before]
    found: dict[str, Any] = {
        "text": sum(size for kind, size in sizes if kind not in ("image", "font", "media")),
        "fonts": sum(size for kind, size in sizes if kind == "font"),
        "requests": len(before),
    }
    if one.search:
        early = sum(wire(body) for path, _, body in before if re.search(one.search, path))
        late = sum(wire(body) for _, kind, body in after if kind not in ("image", "font"))
        found |= {"search_before": early, "search_first": early + late if one.intent else None}
    return found
