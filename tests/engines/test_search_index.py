"""The search index: made with the site, left out of a preview, and never a reason for there being no site."""

import gzip
import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from labfolio.cli.commands import cli
from labfolio.engines import search_index
from tests.conftest import EPOCH, SMALL, run, sources, tree

BREAKING = """
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--site") + 1]) / "pagefind"
folder.mkdir()
(folder / "pagefind.js").write_text("half")
print("first line", file=sys.stderr)
print("the disk is full", file=sys.stderr)
sys.exit(3)
"""


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Pagefind that writes half an index and fails."""
    package = tmp_path / "fake" / "pagefind"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(BREAKING)
    monkeypatch.setenv("PYTHONPATH", f"{package.parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    return package


def native(folder: Path, site: str = "site") -> Result:
    return CliRunner().invoke(cli, ["build", "-f", str(folder / "mkdocs.yml"), "-d", site])


def indexes(site: dict[str, bytes]) -> set[str]:
    """What every page says that its search answers from."""
    pages = [content.decode() for path, content in site.items() if path.endswith(".html")]
    assert pages
    return {page.partition('data-index="')[2].partition('"')[0] for page in pages}


def test_a_build_has_an_index_and_nothing_of_pagefinds_own_interface(small: Path) -> None:
    done = native(small)
    assert done.exit_code == 0, done.output
    site = tree(small / "site")
    names = {Path(path).name for path in site if path.startswith("pagefind/")}
    assert {"pagefind.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name.split(".")[0].split("-") or "highlight" in name]
    assert [path for path in site if path.startswith("pagefind/fragment/")]
    assert indexes(site) == {"pagefind"}
    assert "search index" not in done.output


def test_cells_of_a_table_are_words_of_their_own(small: Path) -> None:
    assert native(small).exit_code == 0
    pages = [gzip.decompress(path.read_bytes()).decode() for path in small.glob("site/pagefind/fragment/*")]
    (page,) = (text for text in pages if '"url":"/reproductions/rate/"' in text)
    assert "Id Claim Paper Measured Difference Verdict" in page


def test_two_builds_give_the_same_bytes(small: Path) -> None:
    assert native(small, "one").exit_code == native(small, "two").exit_code == 0
    one, two = tree(small / "one"), tree(small / "two")
    assert "pagefind/pagefind.js" in one
    assert sorted(one) == sorted(two)
    assert [path for path in one if one[path] != two[path]] == []


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The sites that Pagefind read from here on."""
    found: list[Path] = []
    real = search_index._made

    def counted(site: Path) -> str:
        found.append(site)
        return real(site)

    monkeypatch.setattr(search_index, "_made", counted)
    return found


def test_the_index_of_the_same_pages_is_made_once(small: Path, made: list[Path]) -> None:
    assert native(small, "one").exit_code == 0
    assert native(small, "two").exit_code == 0
    assert len(made) == 1
    assert tree(small / "one") == tree(small / "two")
    (small / "content" / "contract.md").write_text("# The contract\n\nI count what ships.\n")
    assert native(small, "two").exit_code == 0
    assert len(made) == 2
    assert native(small, "three").exit_code == 0
    shutil.rmtree(small / ".cache")
    assert native(small, "four").exit_code == 0
    assert len(made) == 3
    assert tree(small / "three") == tree(small / "four") != tree(small / "one")


@pytest.mark.parametrize("harm", ["damaged", "gone", "another version", "no version"])
def test_a_kept_index_in_doubt_is_made_again(
    small: Path, made: list[Path], harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert native(small, "one").exit_code == 0
    kept = small / ".cache" / "labfolio" / "search-index"
    if harm == "damaged":
        kept.write_bytes(kept.read_bytes().replace(b"pagefind.js", b"pagefind.JS", 1))
    elif harm == "gone":
        kept.unlink()
    else:
        monkeypatch.setattr(search_index, "_version", lambda _: harm)
    assert native(small, "two").exit_code == 0
    assert len(made) == 2
    assert tree(small / "one") == tree(small / "two")


def test_pagefind_heeds_nothing_of_the_folder_it_is_started_in(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert native(small, "one").exit_code == 0
    shutil.rmtree(small / ".cache")
    (tmp_path / "pagefind.toml").write_text('output_subdir = "elsewhere"\nroot_selector = "title"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_ROOT_SELECTOR", "title")
    assert native(small, "two").exit_code == 0
    assert tree(small / "one") == tree(small / "two")


def test_both_engines_make_an_index(small: Path) -> None:
    done = run(["mkdocs", "build", "-q"], small)
    assert done.returncode == 0, done.stderr
    site = tree(small / "site")
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= set(site)
    assert indexes(site) == {"pagefind"}


def test_a_preview_has_no_index(small: Path) -> None:
    config = load_config(str(small / "mkdocs.yml"), site_dir=str(small / "preview"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    site = tree(small / "preview")
    assert indexes(site) == {"list"}
    assert "search-list.json" in site
    assert not [path for path in site if path.startswith("pagefind")]


@pytest.mark.usefixtures("broken")
def test_a_failing_index_leaves_a_whole_site_and_one_line(small: Path) -> None:
    done = native(small)
    assert done.exit_code == 0
    said = [line for line in done.stderr.splitlines() if line.startswith("labfolio:")]
    assert said == ["labfolio: no search index was made: the disk is full"]
    site = tree(small / "site")
    assert not [path for path in site if path.startswith("pagefind")]
    assert {"index.html", "search-list.json", "builds/sketch/index.html", ".labfolio"} <= set(site)
    assert b"pagefind" not in site[".labfolio"]


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("strict", [[], ["--strict"]], ids=["plain", "strict"])
def test_mkdocs_says_the_same_and_goes_on(small: Path, strict: list[str]) -> None:
    (small / "content" / "contract.md").write_text("# The contract\n\nI count what ships.\n")
    done = run(["mkdocs", "build", *strict], small)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "search index" in line]
    assert len(said) == 1
    assert "no search index was made: the disk is full" in said[0]
    assert done.returncode == 0
    assert not (small / "site" / "pagefind").exists()
    assert (small / "site" / "builds" / "sketch" / "index.html").is_file()


def test_without_pagefind_search_answers_from_the_list(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)
    done = native(small)
    assert done.exit_code == 0
    assert "search index" not in done.output
    site = tree(small / "site")
    assert indexes(site) == {"list"}
    assert not [path for path in site if path.startswith("pagefind")]


def test_a_later_build_without_an_index_keeps_nothing_of_the_last_one(small: Path, broken: Path) -> None:
    (broken / "__main__.py").write_text(
        BREAKING.replace("sys.exit(3)", "(folder / 'pagefind-entry.json').write_text('{}')")
    )
    assert native(small).exit_code == 0
    assert (small / "site" / "pagefind" / "pagefind.js").read_text() == "half"
    (broken / "__main__.py").write_text("import sys; sys.exit(4)")
    (small / "content" / "contract.md").write_text("# The contract\n\nI count what ships.\n")
    done = native(small)
    assert "no search index was made: exit 4" in done.stderr
    assert not (small / "site" / "pagefind").exists()


def test_the_sources_have_no_index(small: Path) -> None:
    native(small)
    assert set(sources(SMALL)) == set(sources(small))
