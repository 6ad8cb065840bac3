"""`mkdocs serve` as an author uses it: edit, add, delete, break and mend, without a restart."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import environment, sources


def words(body: str) -> str:
    """A page's text without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


class Server:
    """A running `mkdocs serve` over a folder."""

    def __init__(self, folder: Path, log: Path, *options: str, **changes: str) -> None:
        self.folder, self.log = folder, log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}", *options],
            cwd=folder, env=environment(**changes), stdout=log.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def wait(self, path: str, text: str, status: int = 200, seconds: float = 40) -> str:
        """The page once it holds a text."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found, body = self.get(path)
            if found == status and (text in body or text in words(body)):
                return body
            time.sleep(0.1)
        raise AssertionError(f"{path} never held {text!r}; the log says:\n{self.log.read_text()}")

    def says(self, text: str, times: int = 1) -> None:
        """Waits until the terminal says it so often."""
        end = time.monotonic() + 40
        while self.log.read_text().count(text) < times:
            assert time.monotonic() < end, f"{text!r} was never said: {self.log.read_text()}"
            time.sleep(0.1)


@pytest.fixture
def server(small: Path, tmp_path: Path) -> Iterator[Server]:
    running = Server(small, tmp_path / "log")
    try:
        running.wait("/", "Ada Example measures")
        # The observer begins after the first build; a change before that would be missed.
        end = time.monotonic() + 20
        while "Serving on" not in running.log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(20)


def test_a_preview_that_is_asked_to_end_leaves_nothing_behind(small: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    running = Server(small, tmp_path / "log", TMPDIR=str(tmp_path / "temporary"))
    try:
        running.wait("/", "Ada Example measures")
        running.says("Serving on")
        assert list((tmp_path / "temporary").glob("mkdocs_*/index.html"))
        running.process.terminate()
        assert running.process.wait(20) == 128 + signal.SIGTERM
        assert "Traceback" not in running.log.read_text()
        assert list((tmp_path / "temporary").iterdir()) == []
    finally:
        running.process.kill()


def test_the_authors_loop(server: Server, small: Path) -> None:
    given = sources(small)
    sketch = small / "builds" / "sketch" / "index.md"
    sound = sketch.read_text()

    sketch.write_text(sound + "\nA new sentence about sketches.\n")
    server.wait("/builds/sketch/", "A new sentence about sketches.")

    paper = small / "content" / "papers" / "rahimi2007random.md"
    paper.write_text(paper.read_text() + "\nA new sentence about papers.\n")
    server.wait("/papers/rahimi2007random/", "A new sentence about papers.")

    added = small / "builds" / "added.md"
    added.write_text("---\ntitle: Added while serving\ndate: 2026-06-01\nstatus: shipped\n---\nText.\n")
    server.wait("/builds/", "Added while serving")
    server.wait("/", "Builds 2 of 38")
    added.unlink()
    server.wait("/builds/added/", "Sheet not found", status=404)
    server.wait("/", "Builds 1 of 38")

    program = small / "content" / "program.yml"
    program.write_text(program.read_text().replace("Ada Example measures", "Ada Example re-measures"))
    server.wait("/", "Ada Example re-measures")

    sketch.write_text(sound.replace("status: shipped", "staus: shipped"))
    body = server.wait("/builds/sketch/", "This page cannot be built yet")
    assert "builds/sketch/index.md:6:1" in body
    assert "did you mean &#39;status&#39;?" in body
    assert "The error falls as promised" in server.get("/reproductions/rate/")[1]
    assert "error[unknown-key]" in server.log.read_text()

    sketch.write_text(sound)
    server.wait("/builds/sketch/", "It grew out of")
    assert "Traceback" not in server.log.read_text()

    about = small / "content" / "about.md"
    about.write_text(about.read_text() + "\nMore about Ada.\n")
    server.wait("/about/", "More about Ada.")

    after = set(sources(small))
    assert after == set(given)


def test_drafts_are_shown_and_faults_told_once(server: Server, small: Path) -> None:
    assert "Draft: not published" in words(server.get("/builds/draft/")[1])
    assert "CANARYDRAFT" not in server.get("/portfolio.json")[1]
    assert re.search(r"labfolio: 7 entries, 2 drafts shown, built in \d+\.\d s", server.log.read_text())
    sketch = small / "builds" / "sketch" / "index.md"
    sound = sketch.read_text()
    sketch.write_text(sound.replace("status: shipped", "staus: shipped"))
    server.wait("/builds/sketch/", "This page cannot be built yet")
    (small / "content" / "papers" / "other.md").write_text("---\ntitle: Another\ndate: 2026-05-01\n---\n")
    server.says("labfolio: 1 error, 2 warnings", times=2)
    assert server.log.read_text().count("error[unknown-key]") == 1
    sketch.write_text(sound)
    server.says("labfolio: mended: 8 entries, 2 drafts shown")


def test_a_preview_begins_with_faults_and_recovers(small: Path, tmp_path: Path) -> None:
    broken = small / "builds" / "broken.md"
    broken.write_text("---\ntitle: Build 0: x\ndate: 2026-06-01\n---\n")
    running = Server(small, tmp_path / "log")
    try:
        assert "builds/broken.md:2:8" in running.wait("/", "This page cannot be built yet")
        end = time.monotonic() + 20
        while "Serving on" not in running.log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        broken.write_text('---\ntitle: "Build 0: x"\ndate: 2026-06-01\n---\nText.\n')
        running.wait("/builds/broken/", "Build 0: x")
        running.wait("/", "Ada Example measures")
    finally:
        running.process.terminate()
        running.process.wait(20)


def test_a_preview_begins_with_a_faulty_theme_and_recovers(small: Path, tmp_path: Path) -> None:
    home = small / "theme" / "fragments" / "home.html"
    home.parent.mkdir(parents=True)
    home.write_text("<p>\n{% if %}\n")
    running = Server(small, tmp_path / "log")
    try:
        assert "theme/fragments/home.html:2:1" in running.wait("/", "This page cannot be built yet")
        assert "theme/fragments/home.html:2:1" in running.wait("/about/", "This page cannot be built yet", status=404)
        running.says("Serving on")
        home.unlink()
        running.wait("/", "Ada Example measures")
        running.wait("/about/", "Ada")
        running.says("labfolio: mended: 7 entries")
        assert "Traceback" not in running.log.read_text()
    finally:
        running.process.terminate()
        running.process.wait(20)


def test_a_theme_file_is_watched(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "site"))
    running = Server(folder, tmp_path / "log")
    try:
        running.wait("/", "The labfolio authors")
        end = time.monotonic() + 20
        while "Serving on" not in running.log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        tokens = folder / "theme" / "overrides" / "assets" / "css" / "tokens.css"
        tokens.write_text(tokens.read_text() + ":root{--a-new-colour:#123}\n")
        running.wait("/assets/labfolio.css", "--a-new-colour:#123")
        frame = folder / "theme" / "overrides" / "main.html"
        frame.write_text(frame.read_text().replace("<body>", "<body>{% if %}"))
        end = time.monotonic() + 20
        while "error[invalid-template]" not in running.log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        assert "theme/overrides/main.html:" in running.log.read_text()
        assert "theme/overrides/main.html:" in running.wait("/", "This page cannot be built yet")
        running.wait("/about/", "This page cannot be built yet")
        running.wait("/builds/", "A mergeable distinct counter")
        frame.write_text(frame.read_text().replace("{% if %}", ""))
        running.wait("/", "The labfolio authors reproduce")
        running.wait("/about/", "demonstration portfolio")
    finally:
        running.process.terminate()
        running.process.wait(20)
