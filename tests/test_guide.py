"""Every page of docs/guide can be followed as it is written."""

import shutil
from pathlib import Path

import pytest

from tests.guide import GUIDE, NotAsWritten, Reader, blocks, commands, first_page, put_into

PAGES = sorted(path.name for path in GUIDE.glob("*.md"))


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> "Followed":
    return Followed(tmp_path_factory.mktemp("guide"))


class Followed:
    """The folders in which pages were followed; a page that others begin with is followed once."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.done: dict[str, Path] = {}

    def folder(self, page: str) -> Path:
        """The folder as it is at the page's end."""
        if page in self.done:
            return self.done[page]
        text = (GUIDE / page).read_text()
        folder = self.base / page.removesuffix(".md") / "site"
        folder.parent.mkdir()
        before = first_page(text)
        if before:
            shutil.copytree(self.folder(before), folder, symlinks=True)
        else:
            folder.mkdir()
        Reader(folder, page, text).follow()
        self.done[page] = folder
        return folder


@pytest.mark.parametrize("page", PAGES)
def test_a_page_comes_true(page: str, followed: Followed) -> None:
    followed.folder(page)


def test_a_page_that_is_not_so_is_told(tmp_path: Path) -> None:
    for text, told in (
        ("```console\n$ false\n```", "page.md:2: $ false\nended with 1, not 0"),
        ("```console\n$ true  # exit 1\n```", "ended with 0, not 1"),
        ("```console\n$ printf 'a\\nb\\n'\nb\na\n```", "does not print, or not in this order: a"),
        ("```console\nalone\n```", "line 2: an output without a command"),
        ('```yaml title="a.yml"\na: 1\n```', "page.md:1: the text does not say that this goes to `a.yml`"),
        ('`b.yml`\n\n```yaml append="b.yml"\na: 1\n```', "page.md:3: there is no b.yml yet"),
    ):
        with pytest.raises(NotAsWritten) as raised:
            Reader(tmp_path, "page.md", text).follow()
        assert told in str(raised.value)


def test_a_page_is_followed_in_order_and_from_where_a_command_leads(tmp_path: Path) -> None:
    text = (
        'In `a.md`:\n\n```markdown title="a.md"\n---\ntitle: A\ntags: [x]\n---\nText.\n```\n\n'
        '```yaml into="a.md"\ntags:\n  - y\ndate: 2026-03-05\n```\n\n```markdown append="a.md"\nMore.\n```\n\n'
        "```console\n$ mkdir b && cd b\n$ printf 'one\\n'; \\\n> printf 'two\\nthree\\n'\none\n...\nthree\n"
        '$ (exit 3)  # exit 3\n```\n\n`c.txt`:\n\n```text title="c.txt"\nc\n```\n\n'
        "````markdown\n```console\n$ false\n```\n````\n"
    )
    (tmp_path / "site").mkdir()
    Reader(tmp_path / "site", "page.md", text).follow()
    written = (tmp_path / "site" / "a.md").read_text()
    assert written == "---\ntitle: A\ntags:\n  - y\ndate: 2026-03-05\n---\nText.\n\nMore.\n"
    assert (tmp_path / "site" / "b" / "c.txt").read_text() == "c\n"


def test_keys_are_put_in_the_place_of_those_of_their_names() -> None:
    assert put_into("a: 1\nb:\n  - 2\n", "b: 3\nc: 4\n", front_matter=False) == "a: 1\nb: 3\nc: 4\n"
    assert put_into("---\na: 1\n---\nText\n---\n", "a: 2\n", front_matter=True) == "---\na: 2\n---\nText\n---\n"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_checked_by_a_command(page: str) -> None:
    """A page that runs nothing says nothing that can be found wrong."""
    text = (GUIDE / page).read_text()
    assert any(commands(block) for block in blocks(text) if block.language == "console")
