"""`mkdocs serve` with labfolio alone: its bytes are those of MkDocs, and MkDocs is asked only where it must be."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import environment, run, sources, tree
from tests.engines.test_serve import Server

_SCRIPT = re.compile(rb"<script>\s*var livereload.*?</script>", re.DOTALL)


@pytest.fixture
def server(small: Path, tmp_path: Path) -> Iterator[Server]:
    """A running `mkdocs serve` over the small site."""
    running = Server(small, tmp_path / "log")
    try:
        running.says("Serving on")
        yield running
    finally:
        running.process.terminate()
        running.process.wait(20)


def served(server: Server, path: str) -> bytes:
    """What is served at a path, without MkDocs' script."""
    status, body = server.get("/" + path.removesuffix("index.html"))
    assert status == 200, path
    return _SCRIPT.sub(b"", body.encode())


def edit(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def test_after_edits_the_bytes_are_those_of_a_build(server: Server, small: Path, tmp_path: Path) -> None:
    before = sources(small)
    edit(small / "builds" / "sketch" / "index.md", "\n## Later\n\nA new sentence.\n")
    server.wait("/builds/sketch/", "A new sentence.")
    edit(small / "content" / "about.md", "\nMore about Ada.\n")
    server.wait("/about/", "More about Ada.")
    (small / "content" / "notes.md").write_text("# Notes\n\nOf my own.\n")
    server.wait("/notes/", "Of my own.")
    (small / "content" / "contract.md").unlink()
    server.wait("/contract/", "Sheet not found", status=404)
    assert set(sources(small)) == (set(before) - {"content/contract.md"}) | {"content/notes.md"}
    assert "Building documentation" in server.log.read_text()
    assert server.log.read_text().count("Building documentation") == 1, "MkDocs built once"

    # MkDocs serves drafts too, which a build leaves out.
    for path in (small / "builds" / "draft.md", small / "builds" / "future.md"):
        path.unlink()
    server.wait("/builds/draft/", "Sheet not found", status=404)
    server.wait("/builds/future/", "Sheet not found", status=404)
    copy = Path(shutil.copytree(small, tmp_path / "copy"))
    made = run(["mkdocs", "build"], copy, SITE_URL=f"http://127.0.0.1:{server.port}/")
    assert made.returncode == 0, made.stderr
    pages = {path: data for path, data in tree(copy / "site").items() if path.endswith((".html", ".md", ".xml"))}
    assert "notes/index.html" in pages
    for path, data in pages.items():
        if path != "404.html":
            assert served(server, path) == data.replace(b'data-index="pagefind"', b'data-index="list"'), path


def test_settings_are_read_by_mkdocs(server: Server, small: Path) -> None:
    config = small / "mkdocs.yml"
    sound = config.read_text()
    config.write_text(re.sub("site_name: .*", "site_name: Another name", sound))
    server.wait("/", "Another name")
    server.says("Building documentation", times=2)
    config.write_text("site_name: [\n")
    server.says("An error happened during the rebuild")
    assert "Another name" in server.get("/")[1], "the last site is served on"
    config.write_text(sound)
    server.says("Documentation built", times=3)
    edit(small / "content" / "about.md", "\nMore about Ada.\n")
    server.wait("/about/", "More about Ada.")
    assert "Another name" not in server.wait("/", "Ada Example measures")
    assert server.log.read_text().count("Documentation built") == 3


def test_with_another_plugin_mkdocs_builds(small: Path, tmp_path: Path) -> None:
    config = small / "mkdocs.yml"
    config.write_text(config.read_text().replace("[labfolio]", "[labfolio, search]"))
    running = Server(small, tmp_path / "log")
    try:
        running.says("Serving on")
        edit(small / "content" / "about.md", "\nMore about Ada.\n")
        running.wait("/about/", "More about Ada.")
        running.says("Building documentation", times=2)
    finally:
        running.process.terminate()
        running.process.wait(20)


@pytest.mark.parametrize("plugins", ["[labfolio]", "[labfolio, search]"])
def test_an_edit_during_the_first_build_is_not_lost(small: Path, tmp_path: Path, plugins: str) -> None:
    config, about = small / "mkdocs.yml", small / "content" / "about.md"
    config.write_text(config.read_text().replace("[labfolio]", plugins))
    # Edited by the first build itself, once it has read everything.
    (tmp_path / "sitecustomize.py").write_text(
        "import pathlib\n"
        "import labfolio.build\n"
        "build = labfolio.build.build\n"
        "def late(*given, **named):\n"
        "    made, labfolio.build.build = build(*given, **named), build\n"
        f"    page = pathlib.Path({str(about)!r})\n"
        "    page.write_text(page.read_text() + '\\nWhile it was built.\\n')\n"
        "    return made\n"
        "labfolio.build.build = late\n"
    )
    running = Server(small, tmp_path / "log", PYTHONPATH=f"{tmp_path}:{environment().get('PYTHONPATH', '')}")
    try:
        running.wait("/about/", "While it was built.")
    finally:
        running.process.terminate()
        running.process.wait(20)


@pytest.mark.parametrize("options", [["--no-livereload"], ["--dirty"], ["--clean"]])
def test_the_options_of_mkdocs_work(small: Path, tmp_path: Path, options: list[str]) -> None:
    running = Server(small, tmp_path / "log", *options)
    try:
        running.wait("/", "Ada Example measures")
        running.says("Serving on")
        edit(small / "content" / "about.md", "\nMore about Ada.\n")
        if "--no-livereload" not in options:
            running.wait("/about/", "More about Ada.")
        assert "Traceback" not in running.log.read_text()
    finally:
        running.process.terminate()
        running.process.wait(20)
