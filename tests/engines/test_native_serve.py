"""`labfolio serve` as an author and a browser use it, in a process of its own."""

import contextlib
import http.client
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from labfolio.engines import site_folder
from labfolio.engines.session import Session
from tests.conftest import SMALL, environment, run, sources, tree
from tests.engines.test_serve import words

PATIENCE = 60.0
EVENTS = "/.labfolio/events"
BAD_YAML = "site_name: [\n"

_T = TypeVar("_T")


class Preview:
    """A running `labfolio serve` over a folder."""

    def __init__(self, folder: Path, log: Path, *options: str, port: int = 0) -> None:
        self.folder, self.log = folder, log
        command = [sys.executable, "-m", "labfolio.cli.commands", "serve", "--address", f"127.0.0.1:{port}", *options]
        with log.open("w") as file:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment(), stderr=file, preexec_fn=as_in_a_terminal
            )
        address = self.says(r"http://127\.0\.0\.1:(\d+)(/\S*)")
        self.port, self.base = int(address[1]), address[2]

    def says(self, pattern: str) -> re.Match[str]:
        """The first place where the terminal says it."""
        return until(lambda: re.search(pattern, self.log.read_text()), lambda: f"{pattern}: {self.log.read_text()}")

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")

    def wait(self, path: str, text: str, status: int = 200) -> str:
        """The page once it holds a text."""

        def found() -> str:
            code, _, body = self.ask(path)
            return body if code == status and (text in body or text in words(body)) else ""

        return until(found, lambda: f"{path} never held {text!r}: {self.log.read_text()}")

    def end(self) -> int:
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def as_in_a_terminal() -> None:
    """What runs in the background has Ctrl-C switched off, which a process hands on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def until(look: Callable[[], _T | None], told: Callable[[], str]) -> _T:
    """What a look gives once it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(told())


Start = Callable[..., Preview]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts previews, and ends them."""
    running: list[Preview] = []

    def started(folder: Path, *options: str, port: int = 0) -> Preview:
        preview = Preview(folder, tmp_path / f"log{len(running)}", *options, port=port)
        running.append(preview)
        return preview

    yield started
    for preview in running:
        if preview.process.poll() is None:
            preview.process.kill()
            preview.process.wait(PATIENCE)


@pytest.fixture
def preview(start: Start, small: Path) -> Preview:
    """A preview of the small site."""
    return start(small)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a small site that nobody changes."""
    folder = tmp_path_factory.mktemp("still")
    preview = Preview(Path(shutil.copytree(SMALL, folder / "small")), folder / "log")
    yield preview
    preview.end()


def test_the_authors_loop(preview: Preview, small: Path) -> None:
    given = sources(small)
    assert preview.says(r"labfolio: 7 entries, 2 drafts shown, built in \d+\.\d s, http://127\.0\.0\.1:\d+/\n")
    sketch = small / "builds" / "sketch" / "index.md"
    sound = sketch.read_text()
    sketch.write_text(sound + "\nA new sentence.\n")
    preview.wait("/builds/sketch/", "A new sentence.")
    preview.says(r"(?m)^builds/sketch/index\.md changed: built in \d+\.\d s$")

    sketch.write_text(sound.replace("status: shipped", "staus: shipped"))
    body = preview.wait("/builds/sketch/", "This page cannot be built yet")
    assert "builds/sketch/index.md:6:1" in body
    assert "staus: shipped" in body
    assert "did you mean &#39;status&#39;?" in body
    assert "The error falls as promised" in preview.ask("/reproductions/rate/")[2], "the last good page stays"
    preview.says(r"(?m)^builds/sketch/index\.md changed: 1 error, 2 warnings$")
    sketch.write_text(sound.replace("status: shipped", "staus: shipped") + "\nMore.\n")
    until(lambda: preview.log.read_text().count("changed: 1 error") == 2, preview.log.read_text)
    assert preview.log.read_text().count("error[unknown-key]") == 1, "a fault that stays is told once"
    sketch.write_text(sound)
    preview.wait("/builds/sketch/", "It grew out of")
    preview.says(r"(?m)^mended: builds/sketch/index\.md changed, built in \d+\.\d s$")

    assert preview.end() == 0
    assert "Traceback" not in preview.log.read_text()
    assert set(sources(small)) == set(given)


def test_drafts_are_shown_and_can_be_left_out(preview: Preview, start: Start, small: Path) -> None:
    assert "Draft: not published" in words(preview.ask("/builds/draft/")[2])
    assert "Appears on 2027-04-21: not published yet" in words(preview.ask("/builds/")[2])
    assert "CANARYDRAFT" not in preview.ask("/portfolio.json")[2] + preview.ask("/feed.xml")[2]
    plain = start(small, "--no-drafts")
    assert plain.ask("/builds/draft/")[0] == 404
    assert "drafts" not in plain.log.read_text()
    later = start(small, "--today", "2027-05-01")
    assert "not published" not in words(later.ask("/builds/future/")[2])


def test_pages_are_those_of_a_build_but_for_the_script(preview: Preview, small: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "labfolio.cli.commands", "build"],
        cwd=small, env=environment(SITE_URL=f"http://127.0.0.1:{preview.port}/"), check=True, capture_output=True,
    )  # fmt: skip
    page = preview.ask("/reproductions/rate/")[2]
    plain = re.sub(r"<script data-version=.*?</script>\n", "", page, flags=re.DOTALL)
    built = (small / "site" / "reproductions" / "rate" / "index.html").read_text()
    # A preview searches the list of entries; an index of every word takes too long to be made at each save.
    built = built.replace('data-index="pagefind"', 'data-index="list"')
    assert plain == built.replace("https://ada.example/", f"http://127.0.0.1:{preview.port}/")
    assert page != plain
    assert not [path for path, data in tree(small / "site").items() if b"labfolio-place" in data]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/portfolio.json", "application/json; charset=utf-8"),
        ("/assets/labfolio.css?v=1", "text/css; charset=utf-8"),
        ("/assets/labfolio.js", "text/javascript; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/assets/fonts/ibm-plex-mono-latin-400-normal.woff2", "font/woff2"),
        ("/builds/sketch/index.md", "text/markdown; charset=utf-8"),
        ("/card.png", "image/png"),
    ],
)
def test_files_have_their_types(still: Preview, path: str, kind: str) -> None:
    status, headers, body = still.ask(path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert headers["Cache-Control"] == "no-store"
    assert body
    status, alike, nothing = still.ask(path, "HEAD")
    assert (status, alike["Content-Type"], alike["Content-Length"]) == (200, kind, headers["Content-Length"])
    assert nothing == ""


def test_addresses_lead_to_files_of_the_site_and_to_nothing_else(still: Preview) -> None:
    assert still.ask("/builds")[0] == 302
    assert still.ask("/builds")[1]["Location"] == "/builds/"
    status, _, body = still.ask("/nothing/here/")
    assert status == 404
    assert "Sheet not found" in words(body)
    for path in (
        "/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/content/program.yml", "//etc/passwd", "/builds/../../mkdocs.yml",
        "/.cache/labfolio", "/%00", "/builds/sketch/notes.txt", str(still.folder / "mkdocs.yml"), "/%ff",
        "/\\..\\mkdocs.yml", "//[",
    ):  # fmt: skip
        status, _, body = still.ask(path)
        assert status == 404, path
        assert "Sheet not found" in words(body), path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_preview_can_only_be_read(still: Preview, method: str) -> None:
    status, headers, _ = still.ask("/", method, body="x")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", EVENTS, "/portfolio.json"])
def test_pages_of_the_web_cannot_read_it(still: Preview, path: str) -> None:
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1"):
        assert still.ask(path, Host=host)[0] == 403, host


def test_its_own_names_are_let_in(still: Preview) -> None:
    for host in ("localhost", f"localhost:{still.port}", "127.0.0.1", "[::1]:80", "ada.localhost:8000", "LOCALHOST"):
        assert still.ask("/", Host=host)[0] == 200, host


def test_the_path_of_the_site_is_kept(start: Start, small: Path) -> None:
    config = small / "mkdocs.yml"
    config.write_text(re.sub(r"site_url: .*", "site_url: https://ada.example/portfolio/", config.read_text()))
    preview = start(small)
    assert preview.base == "/portfolio/"
    assert preview.ask("/")[0] == 302
    assert preview.ask("/")[1]["Location"] == "/portfolio/"
    assert preview.ask("/portfolio")[1]["Location"] == "/portfolio/"
    assert "Ada Example measures" in preview.ask("/portfolio/")[2]
    assert preview.ask("/portfolio/builds/sketch")[1]["Location"] == "/portfolio/builds/sketch/"
    status, _, body = preview.ask("/builds/sketch/")
    assert status == 404
    assert 'href="/portfolio/' in body
    config.write_text(config.read_text().replace("/portfolio/", "/work/"))
    preview.wait("/work/", "Ada Example measures")


def test_nothing_is_built_again_before_something_changes(start: Start, small: Path) -> None:
    """The settings name folders of their own, which are watched from the beginning."""
    (small / "look").mkdir()
    (small / "content").rename(small / "notes")
    config = small / "mkdocs.yml"
    text = config.read_text().replace("docs_dir: content", "docs_dir: notes")
    config.write_text(text.replace("  name: material", "  name: material\n  custom_dir: look"))
    preview = start(small)
    about = small / "notes" / "about.md"
    about.write_text(about.read_text() + "\nMore.\n")
    preview.says("(?m)^notes/about.md changed: ")
    assert "More." in preview.ask("/about/")[2]
    (small / "look" / "assets").mkdir()
    preview.says("(?m)^look/assets changed: ")
    assert re.findall(r"(?m)^(\S+) changed: ", preview.log.read_text()) == ["notes/about.md", "look/assets"]


def test_changes_are_told_to_pages(preview: Preview, small: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", f"{EVENTS}?/about/")
        answer = connection.getresponse()
        assert answer.getheader("Content-Type") == "text/event-stream"
        lines = iter(answer.readline, b"")
        named = next(line for line in lines if line.startswith(b"data: ")).decode().strip().removeprefix("data: ")
        assert f'data-version="{named}"' in preview.ask("/about/")[2]
        sketch = small / "builds" / "sketch" / "index.md"
        sketch.write_text(sketch.read_text() + "\nMore.\n")
        preview.says("builds/sketch/index.md changed: built")
        (small / "content" / "about.md").touch()
        preview.says("content/about.md changed: built")
        about = small / "content" / "about.md"
        about.write_text(about.read_text() + "\nMore.\n")
        other = next(line for line in lines if line.startswith(b"data: ")).decode().strip().removeprefix("data: ")
        assert other != named, "what leaves the page as it is is not told"
        assert f'data-version="{other}"' in preview.ask("/about/")[2]


def test_a_burst_of_saves_is_one_build_or_few(preview: Preview, small: Path) -> None:
    folder = small / "content" / "papers"
    for number in range(100):
        (folder / f"paper{number}.md").write_text(f"---\ntitle: Paper {number}\ndate: 2026-05-01\n---\nText.\n")
    preview.wait("/papers/paper99/", "Paper 99")
    preview.wait("/papers/paper0/", "Paper 0")
    assert preview.log.read_text().count("changed: ") < 20


FAULTS = {
    "settings": ("mkdocs.yml", BAD_YAML, "mkdocs.yml:", "/"),
    "theme": ("theme/fragments/home.html", "<p>\n{% if %}\n", "theme/fragments/home.html:2:1", "/"),
    "programme": ("content/program.yml", "days: many\n", "content/program.yml:1:7", "/"),
    "log": ("content/log.csv", "date,hours\n2026-03-03,1h\n", "content/log.csv:2:12", "/progress/"),
    "page": ("content/about.md", "---\ntitle: About: me\n---\n", "content/about.md:2:8", "/about/"),
    "draft": ("builds/draft.md", "---\ntitle: X\ndraft: perhaps\n---\n", "builds/draft.md:3:8", "/builds/draft/"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_page_and_goes_when_it_is_mended(preview: Preview, small: Path, name: str) -> None:
    path, text, place, address = FAULTS[name]
    sound = (small / path).read_text() if (small / path).exists() else None
    (small / path).parent.mkdir(parents=True, exist_ok=True)
    (small / path).write_text(text)
    assert place in preview.wait(address, "This page cannot be built yet")
    assert "The error falls as promised" in preview.ask("/reproductions/rate/")[2]
    preview.says(re.escape(place))
    if sound is None:
        (small / path).unlink()
    else:
        (small / path).write_text(sound)
    preview.says(rf"mended: {re.escape(path)} changed, built in")
    until(lambda: "cannot be built" not in preview.ask(address)[2], preview.log.read_text)
    assert "Traceback" not in preview.log.read_text()


@pytest.mark.parametrize("name", FAULTS)
def test_a_preview_begins_with_a_fault_and_recovers(start: Start, small: Path, name: str) -> None:
    path, text, place, address = FAULTS[name]
    sound = (small / path).read_text() if (small / path).exists() else None
    (small / path).parent.mkdir(parents=True, exist_ok=True)
    (small / path).write_text(text)
    preview = start(small)
    assert preview.says(r"labfolio: \d+ errors?, \d+ warnings?, shown at http://127")
    for asked in {"/", address, "/reproductions/rate/", "/no/such/page/"}:
        status, _, body = preview.ask(asked)
        assert place in body, asked
        assert status == (200 if asked in ("/", address) else 404), asked
    assert preview.ask("/assets/labfolio.css")[0] == 200
    if sound is None:
        (small / path).unlink()
    else:
        (small / path).write_text(sound)
    preview.wait("/", "Ada Example measures")
    preview.wait("/reproductions/rate/", "The error falls as promised")
    assert "Traceback" not in preview.log.read_text()


def test_files_and_folders_may_go_and_come_back(preview: Preview, small: Path) -> None:
    shutil.move(small / "content", small / "away")
    preview.says("docs_dir: there is no folder content")
    shutil.move(small / "away", small / "content")
    preview.says("mended: ")
    preview.wait("/builds/sketch/", "It grew out of")
    shutil.move(small / "builds" / "sketch", small / "builds" / "drawing")
    preview.says("builds/.* changed: ")
    shutil.move(small / "builds" / "drawing", small / "builds" / "sketch")
    preview.wait("/builds/sketch/", "It grew out of")
    about = small / "content" / "about.md"
    text = about.read_text()
    about.unlink()
    preview.wait("/about/", "", status=404)
    about.write_text(text + "\nBack again.\n")
    preview.wait("/about/", "Back again.")
    assert "Traceback" not in preview.log.read_text()
    assert preview.end() == 0


def test_a_folder_that_cannot_be_read_for_a_moment(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, since a superuser reads everything."""
    session = Session(small / "mkdocs.yml", {}, stated="2026-11-20", origin="http://127.0.0.1:8000")

    def refused(root: Path, docs_dir: str) -> None:
        raise PermissionError(13, "Permission denied", str(root / docs_dir))

    def home() -> str:
        return next(one.content.decode() for one in session.build().outputs if one.path == "index.html")

    for _ in range(2):
        with monkeypatch.context() as patched:
            patched.setattr(site_folder, "read_sources", refused)
            assert "content:1:1" in home()
            assert "cannot be read: Permission denied" in home()
        assert "Ada Example measures" in home()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--address", "8000"], "'8000' is no HOST:PORT"),
        (["--address", "127.0.0.1:99999"], "cannot serve at 127.0.0.1:99999"),
        (["--address", "127.0.0.1:taken"], "is no HOST:PORT"),
        (["--today", "tomorrow"], "'tomorrow' is no day"),
        (["--config", "nothing.yml"], "there is no nothing.yml"),
    ],
)
def test_a_wrong_command_is_told(small: Path, options: list[str], says: str) -> None:
    done = run(["labfolio", "serve", *options], small)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_in_use_is_told(still: Preview, small: Path) -> None:
    done = run(["labfolio", "serve", "--address", f"127.0.0.1:{still.port}"], small)
    assert done.returncode == 2
    assert "Name another place with --address." in done.stderr


def test_mkdocs_is_not_asked(small: Path) -> None:
    """The native preview is there on the day that MkDocs no longer installs."""
    program = (
        "import sys; sys.modules['mkdocs'] = None\n"
        "import labfolio.cli.serve, labfolio.engines.session, labfolio.engines.server, labfolio.engines.watching\n"
        "from pathlib import Path\n"
        "shown = labfolio.engines.session.Session(Path('mkdocs.yml'), {}, origin='http://x').build()\n"
        "print(len(shown.outputs))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=small, env=environment(), text=True, capture_output=True, check=True
    )
    assert int(done.stdout) > 100
