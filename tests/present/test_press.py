"""The press: what shows of an edit is printed again, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from labfolio.build import build
from labfolio.files.cache import Cache
from labfolio.model.memory import Forgetful, Memory
from labfolio.present.cards import leave_out
from labfolio.present.frame import Frame
from tests.conftest import TODAY
from tests.site import entry, settings, small_files, source_tree, theme

SKETCH = "builds/sketch/index.md"
NOTE = "content/notebook/words.md"


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all pages that are put into the frame."""
    urls: list[str] = []
    render = Frame.render

    def noted(frame: Frame, url: str, *given: str, **meta: object) -> bytes:
        urls.append(url)
        return render(frame, url, *given, **meta)  # type: ignore[arg-type]

    monkeypatch.setattr(Frame, "render", noted)
    return urls


def printed(framed: list[str], files: dict[str, bytes], memory: Memory) -> set[str]:
    """The pages that a build prints."""
    framed.clear()
    assert build(source_tree(files), settings(), theme(), TODAY, leave_out, memory=memory).outputs
    return set(framed)


def test_only_what_shows_an_edit_is_printed(framed: list[str]) -> None:
    files, memory = {**small_files(), NOTE: entry("First words.\n\nMore.")}, Memory()
    every = printed(framed, files, memory)
    assert {"", "404.html", "builds/sketch/", "notebook/words/"} < every
    assert printed(framed, files, memory) == set()
    files[SKETCH] += b"\nA last sentence.\n"
    assert printed(framed, files, memory) == {"builds/sketch/"}
    files[NOTE] = entry("Other words.\n\nMore.")
    shown = printed(framed, files, memory)
    # Its first paragraph stands in the lists.
    assert {"notebook/", "notebook/words/"} <= shown < every
    assert "builds/sketch/" not in shown


def test_another_process_prints_what_shows_an_edit_and_no_more(framed: list[str], tmp_path: Path) -> None:
    files = {**small_files(), NOTE: entry("First words.\n\nMore.")}

    def elsewhere() -> set[str]:
        return printed(framed, files, Memory(store=Cache(tmp_path), toolchain="one"))

    every = elsewhere()
    assert elsewhere() == set()
    files[SKETCH] += b"\nA last sentence.\n"
    assert elsewhere() == {"builds/sketch/"}
    files[NOTE] = entry("Other words.\n\nMore.")
    assert {"notebook/", "notebook/words/"} <= elsewhere() < every
    files[NOTE] = entry("Other words.\n\nMore.", title="Another title")
    assert elsewhere() == every


def test_another_toolchain_prints_everything(framed: list[str], tmp_path: Path) -> None:
    every = printed(framed, small_files(), Memory(store=Cache(tmp_path), toolchain="one"))
    assert printed(framed, small_files(), Memory(store=Cache(tmp_path), toolchain="two")) == every


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.update({NOTE: entry("Words.", title="Another title")}),
        lambda files: files.update({NOTE: entry("Words.", title="'X'")}),
        lambda files: files.update({"content/program.yml": files["content/program.yml"] + b"# A comment\n"}),
        lambda files: files.pop(NOTE),
    ],
)
def test_any_other_edit_prints_all(framed: list[str], change: Callable[[dict[str, bytes]], object]) -> None:
    files, memory = {**small_files(), NOTE: entry("Words.")}, Memory()
    printed(framed, files, memory)
    change(files)
    again = printed(framed, files, memory)
    assert again == printed(framed, files, Memory())


def test_what_all_lists_are_given_stands_in_no_record(framed: list[str]) -> None:
    """Each list is given what is asked of every entry: kept with each of them it would grow with the square."""

    class Kept(Forgetful):
        def __init__(self) -> None:
            self.heads: dict[str, Any] = {}

        def put(self, key: str, content: bytes, /) -> None:
            if key.startswith("printed"):
                self.heads[json.loads(key.partition(" ")[2])[1][-1]] = json.loads(content.partition(b"\n")[0])

    notes = 30
    files = dict(small_files())
    for number in range(notes):
        files[f"content/notebook/n{number}.md"] = entry("Words.", tags=f"[own-{number}]")
    kept = Kept()
    printed(framed, files, Memory(store=kept, toolchain="one"))
    lists = {url: head for url, head in kept.heads.items() if url.startswith("notebook/tag/own-")}
    assert len(lists) == notes
    assert all(head["given"] for head in lists.values())
    assert max(len(head["asked"]) for head in lists.values()) < notes
