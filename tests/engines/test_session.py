"""A session: what it shows ahead of a build, and what it leaves to the build."""

import os
import threading
from pathlib import Path

import pytest

from labfolio.cli.serve import _follow, _show_edited
from labfolio.engines import session as session_module
from labfolio.engines.notices import Told
from labfolio.engines.server import PreviewServer
from labfolio.engines.session import Session
from tests.conftest import EPOCH

SKETCH = "builds/sketch/index.md"


def begun(folder: Path) -> Session:
    return Session(folder / "mkdocs.yml", {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, origin="http://127.0.0.1:8000")


def edit(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text((folder / path).read_text() + text)


def test_the_edited_page_is_the_one_that_the_build_gives(small: Path) -> None:
    session = begun(small)
    assert session.edited({SKETCH}) == (), "nothing was built yet"
    session.build()
    edit(small, SKETCH, "\nA new sentence.\n")
    (page,) = session.edited({SKETCH})
    assert b"A new sentence." in page.content
    assert page in session.build().outputs


@pytest.mark.parametrize("path", ["content/program.yml", "content/new.md", "mkdocs.yml", "content", "gone.md"])
def test_what_is_no_text_of_the_last_build_is_left_to_the_next(small: Path, path: str) -> None:
    session = begun(small)
    session.build()
    (small / "content" / "new.md").write_text("New.\n")
    edit(small, SKETCH, "\nA new sentence.\n")
    assert session.edited({path}) == ()
    assert session.edited({SKETCH, path}) == ()


def test_while_there_is_a_fault_all_pages_stay(small: Path) -> None:
    session = begun(small)
    session.build()
    (small / "content" / "program.yml").write_text("days: many\n")
    session.build()
    edit(small, SKETCH, "\nA new sentence.\n")
    assert session.edited({SKETCH}) == ()


def test_the_page_is_served_while_the_build_goes_on(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, session = PreviewServer("127.0.0.1", 0), begun(small)
    server.show(session.build().outputs)
    before, twin = dict(server.site.files), "builds/sketch/index.md"
    edit(small, SKETCH, "\nA new sentence.\n")
    asked, may_end, run = threading.Event(), threading.Event(), session_module.run

    def slow(*arguments: object, **named: object) -> object:
        asked.set()
        assert may_end.wait(30)
        return run(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(session_module, "run", slow)
    _show_edited(server, session, frozenset({SKETCH}))
    build = threading.Thread(target=_follow, args=(server, session, Told(), frozenset({SKETCH})))
    build.start()
    try:
        assert asked.wait(30)
        first = server.site
        assert b"A new sentence." in first.files["builds/sketch/index.html"]
        assert first.files[twin] == before[twin]
    finally:
        may_end.set()
        build.join(30)
        server.server_close()
    assert server.site is not first
    assert b"A new sentence." in server.site.files[twin]
    page = "/builds/sketch/"
    assert server.site.version(page) == first.version(page), "the browser loads it once"
