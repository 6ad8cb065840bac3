"""A build that has nothing to do does nothing and says the same; whatever is touched, one is made."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from labfolio.cli.commands import cli
from labfolio.engines import last_build, site_folder
from labfolio.files.snapshot import moment
from labfolio.files.sources import packaged_theme
from tests.conftest import EPOCH, TODAY, run, tree

RECORD = ".cache/labfolio/last-build-native.json"
FILES = {
    "mkdocs.yml": (
        "site_name: Ada\nsite_url: !ENV [SITE_URL, 'https://ada.example/']\ndocs_dir: content\n"
        "theme:\n  name: labfolio\n  custom_dir: look\nplugins: [labfolio]\n"
    ),
    "content/about.md": "# About\n\nText.\n",
    "content/program.yml": "statement: Words.\n",
    "builds/one/index.md": "---\ntitle: One\ndate: 2026-03-03\nsummary: A claim.\n---\nSee [it](one.csv).\n",
    "builds/one/one.csv": "a,b\n1,2\n",
    "builds/one/run.py": "print()\n",
    "theme/fragments/note.txt": "No template.\n",
    "look/assets/own.css": "p { margin: 0 }\n",
}
TWO = "---\ntitle: Two\ndate: 2026-03-03\nsummary: A claim.\n---\n[Dead](nowhere.md)\n"

EXTENSION = """
from markdown.extensions import Extension

class makeExtension(Extension):
    def extendMarkdown(self, md): pass
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of each kind of input, as one build left it, without Pagefind."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("SITE_URL", "https://ada.example/")
    for name in ("pagefind", "pagefind_bin"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.syspath_prepend(str(modules(tmp_path)))
    folder = tmp_path / "ada"
    for path, text in FILES.items():
        write(folder, path, text)
    settle(folder)
    done = native(folder)
    assert done.exit_code == 0, done.output
    assert (folder / RECORD).is_file()
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read and rendered from here on."""
    found: list[Path] = []
    real = site_folder.run

    def counted(folder: site_folder.SiteFolder, *more: object, **named: object) -> object:
        found.append(folder.root)
        return real(folder, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(site_folder, "run", counted)
    return found


def modules(tmp_path: Path) -> Path:
    """A folder in which Python looks for modules."""
    folder = tmp_path / "modules"
    folder.mkdir(exist_ok=True)
    return folder


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def settle(folder: Path) -> None:
    """Waits for the next tick of the file system's clock."""
    begun = moment(folder)
    while moment(folder) <= begun:
        pass


def native(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["build", "-f", str(folder / "mkdocs.yml"), *more])


def forged(path: Path, old: str, new: str) -> None:
    """Other bytes of the same length, with the times of the old ones."""
    found, text = path.stat(), path.read_text()
    assert old in text
    assert len(old) == len(new)
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def replaced(folder: Path, change: Callable[[Path], object]) -> None:
    """A copy in the place of a folder, with a change."""
    copy = Path(shutil.copytree(folder, folder.with_name("copy")))
    change(copy)
    shutil.rmtree(folder)
    copy.rename(folder)


def test_the_same_again_does_nothing_and_says_the_same(site: Path, runs: list[Path]) -> None:
    write(site, "builds/later.md", "---\ntitle: Later\ndate: 2027-03-03\nsummary: S\n---\nText.\n")
    settle(site)
    first, before = native(site), tree(site / "site")
    times = {path: path.stat().st_mtime_ns for path in (site / "site").rglob("*")}
    again = native(site)
    assert runs == [site]
    assert again.exit_code == 0
    assert again.stdout == first.stdout
    assert again.stderr == first.stderr.rstrip("\n") + ", unchanged\n"
    assert "left out: builds/later.md" in again.stderr
    assert tree(site / "site") == before
    assert {path: path.stat().st_mtime_ns for path in (site / "site").rglob("*")} == times


@pytest.mark.parametrize("shape", ["full", "concise", "json", "github"])
@pytest.mark.parametrize("strict", [[], ["--strict"]], ids=["plain", "strict"])
def test_warnings_are_said_again(site: Path, runs: list[Path], shape: str, strict: list[str]) -> None:
    write(site, "builds/two.md", TWO)
    settle(site)
    assert native(site).exit_code == 0
    again = native(site, *strict, "--format", shape)
    assert runs == [site]
    anew = native(site, *strict, "--format", shape, "--fresh")
    assert len(runs) == 2
    assert again.stdout == anew.stdout
    assert again.exit_code == anew.exit_code == len(strict)
    assert "nowhere.md" in again.stdout


UNMOVED: dict[str, Callable[[Path], object]] = {
    "every source touched": lambda folder: [os.utime(folder / path) for path in FILES],
    "every source copied": lambda folder: [
        replaced(folder / name, lambda _: None) for name in ("content", "builds", "theme", "look")
    ],
    "the site copied": lambda folder: replaced(folder / "site", lambda _: None),
}


@pytest.mark.parametrize("what", UNMOVED)
def test_what_holds_the_same_bytes_is_the_same(site: Path, runs: list[Path], what: str) -> None:
    UNMOVED[what](folder := site)
    settle(folder)
    record = (site / RECORD).read_bytes()
    assert native(site).exit_code == 0
    assert runs == []
    # Their times are known from here on, so that they need not be read the next time.
    assert (site / RECORD).read_bytes() != record
    record = (site / RECORD).read_bytes()
    assert native(site).exit_code == 0
    assert runs == []
    assert (site / RECORD).read_bytes() == record


INPUTS: dict[str, Callable[[Path], object]] = {
    "text": lambda folder: forged(folder / "builds/one/index.md", "A claim", "A fact."),
    "entry added": lambda folder: write(folder, "builds/two.md", TWO),
    "entry removed": lambda folder: shutil.rmtree(folder / "builds/one"),
    "entry renamed": lambda folder: (folder / "builds/one").rename(folder / "builds/two"),
    "result file": lambda folder: forged(folder / "builds/one/one.csv", "1,2", "3,4"),
    "page": lambda folder: forged(folder / "content/about.md", "Text", "More"),
    "programme": lambda folder: write(folder, "content/program.yml", "statement: Other words.\n"),
    "settings": lambda folder: forged(folder / "mkdocs.yml", "Ada", "Eve"),
    "asset": lambda folder: forged(folder / "look/assets/own.css", "0", "1"),
    "asset added": lambda folder: write(folder, "look/assets/more.css", "p { margin: 0 }\n"),
    "fragment": lambda folder: shutil.copy(packaged_theme() / "fragments/listing.html", folder / "theme/fragments"),
    "unread file added": lambda folder: write(folder, "builds/one/more.py", "print()\n"),
    "hidden file added": lambda folder: write(folder, "builds/one/.hidden", ""),
    "link added": lambda folder: (folder / "content/link.md").symlink_to("about.md"),
    "pipe added": lambda folder: os.mkfifo(folder / "content/pipe"),
    "folder added": lambda folder: (folder / "content/notebook").mkdir(),
    "link in the place of a file": lambda folder: (
        (folder / "builds/one/one.csv").rename(folder / "one.csv"),
        (folder / "builds/one/one.csv").symlink_to("../../one.csv"),
    ),
}


@pytest.mark.parametrize("what", INPUTS)
def test_an_input_that_is_touched_is_built(site: Path, runs: list[Path], what: str) -> None:
    INPUTS[what](site)
    settle(site)
    done = native(site)
    assert runs == [site]
    copied = shutil.ignore_patterns(".cache", "site", "pipe")
    there = Path(shutil.copytree(site, site.with_name("there"), symlinks=True, ignore=copied))
    anew = native(there)
    assert done.exit_code == anew.exit_code == 0, done.output
    assert tree(site / "site") == tree(there / "site")


SURROUNDINGS: dict[str, Callable[[Path, pytest.MonkeyPatch], list[str]]] = {
    "address": lambda _, patch: patch.setenv("SITE_URL", "https://eve.example/") or [],
    "address gone": lambda _, patch: patch.delenv("SITE_URL") or [],
    "epoch": lambda _, patch: patch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 24 * 3600)) or [],
    "day": lambda _, __: ["--today", (TODAY + timedelta(days=1)).isoformat()],
    "another folder": lambda _, __: ["-d", "there"],
    "fresh": lambda _, __: ["--fresh"],
    "package": lambda folder, _: write(modules(folder.parent), "x-2.0.dist-info/METADATA", "") or [],
    "module": lambda folder, _: write(modules(folder.parent), "markdown_more.py", "") or [],
    "python": lambda _, patch: patch.setattr(sys, "version", "3.99") or [],
    "pagefind": lambda _, patch: patch.setattr(last_build, "has_pagefind", lambda: True) or [],
    "theme of the package": lambda folder, patch: patch.setattr(last_build, "packaged_theme", lambda: folder) or [],
}


@pytest.mark.parametrize("what", SURROUNDINGS)
def test_surroundings_that_change_are_built(
    site: Path, runs: list[Path], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert native(site, *SURROUNDINGS[what](site, monkeypatch)).exit_code == 0
    assert runs == [site]


def test_a_later_hour_of_the_day_is_the_same_day(site: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 3600))
    assert native(site).exit_code == 0
    assert native(site, "--today", date.fromtimestamp(int(EPOCH)).isoformat()).exit_code == 0
    assert runs == []


HARMS: dict[str, Callable[[Path], object]] = {
    "file removed": lambda folder: (folder / "site/index.html").unlink(),
    "file edited": lambda folder: forged(folder / "site/index.html", "Ada", "Eve"),
    "file emptied": lambda folder: write(folder, "site/index.html", ""),
    "file replaced by a link": lambda folder: (
        (folder / "site/index.html").rename(folder / "aside"),
        (folder / "site/index.html").symlink_to("../aside"),
    ),
    "file that may not be read": lambda folder: (folder / "site/index.html").chmod(0o600),
    "folder removed": lambda folder: shutil.rmtree(folder / "site/assets"),
    "folder added": lambda folder: (folder / "site/more").mkdir(),
    "marker edited": lambda folder: write(folder, "site/.labfolio", (folder / "site/.labfolio").read_text() + "\n"),
    "site removed": lambda folder: shutil.rmtree(folder / "site"),
    "site replaced by a copy": lambda folder: replaced(folder / "site", lambda copy: (copy / "index.html").unlink()),
    "site replaced by that of another day": lambda folder: (
        native(folder, "-d", "there", "--today", "2026-06-01"),
        shutil.rmtree(folder / "site"),
        (folder / "there").rename(folder / "site"),
    ),
    "a killed build beside it": lambda folder: write(folder, ".site.labfolio-new-x/index.html", ""),
    "record damaged": lambda folder: (folder / RECORD).write_bytes((folder / RECORD).read_bytes().replace(b"A", b"B")),
    "record of nothing": lambda folder: (folder / RECORD).write_bytes(b""),
    "record gone": lambda folder: (folder / RECORD).unlink(),
    "record is a link": lambda folder: (
        (folder / RECORD).rename(folder / "aside"),
        (folder / RECORD).symlink_to(folder / "aside"),
    ),
}


@pytest.mark.parametrize("what", HARMS)
def test_a_site_that_is_not_as_it_was_left_is_built(site: Path, runs: list[Path], what: str) -> None:
    before = tree(site / "site")
    HARMS[what](site)
    runs.clear()
    assert native(site).exit_code == 0
    assert runs == [site]
    assert tree(site / "site") == before
    assert not list(site.glob(".site*"))


def test_what_somebody_put_into_the_site_is_not_thrown_away(site: Path, runs: list[Path]) -> None:
    write(site, "site/thesis.tex", "Years of work.")
    done = native(site)
    assert runs == [site]
    assert done.exit_code == 1
    assert "thesis.tex" in done.stderr


def test_faults_are_told_and_leave_the_last_build_good(site: Path, runs: list[Path]) -> None:
    text = (site / "builds/one/index.md").read_text()
    write(site, "builds/one/index.md", text.replace("2026-03-03", "2026-33-03"))
    assert native(site).exit_code == 1
    assert native(site).exit_code == 1
    assert runs == [site, site]
    write(site, "builds/one/index.md", text)
    settle(site)
    assert native(site).exit_code == 0
    assert runs == [site, site]


def test_what_is_written_while_a_build_runs_is_built_again(
    site: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = site_folder.run

    def meanwhile(*given: object, **named: object) -> object:
        result = real(*given, **named)  # type: ignore[arg-type]
        forged(site / "content/about.md", "More", "Text")
        return result

    with monkeypatch.context() as patch:
        patch.setattr(site_folder, "run", meanwhile)
        forged(site / "content/about.md", "Text", "More")
        settle(site)
        assert native(site).exit_code == 0
    assert b"More" in (site / "site/about/index.html").read_bytes()
    assert native(site).exit_code == 0
    assert b"Text" in (site / "site/about/index.html").read_bytes()
    assert len(runs) == 2


def test_a_module_of_the_authors_own_is_never_taken_for_the_same(site: Path, runs: list[Path]) -> None:
    write(modules(site.parent), "shout.py", EXTENSION)
    write(site, "mkdocs.yml", FILES["mkdocs.yml"] + "markdown_extensions: [shout]\n")
    settle(site)
    assert native(site).exit_code == native(site).exit_code == 0
    assert runs == [site, site]


def test_an_extension_of_a_package_has_a_version(site: Path, runs: list[Path]) -> None:
    write(site, "mkdocs.yml", FILES["mkdocs.yml"] + "markdown_extensions: [pymdownx.smartsymbols]\n")
    settle(site)
    assert native(site).exit_code == native(site).exit_code == 0
    assert runs == [site]


def test_a_link_in_a_theme_is_followed_and_never_taken_for_the_same(site: Path, runs: list[Path]) -> None:
    (site / "look/assets/own.css").rename(site / "own.css")
    (site / "look/assets/own.css").symlink_to(site / "own.css")
    settle(site)
    assert native(site).exit_code == native(site).exit_code == 0
    assert runs == [site, site]


def test_a_cache_that_cannot_be_written_costs_time_alone(site: Path, runs: list[Path]) -> None:
    shutil.rmtree(site / ".cache")
    write(site, ".cache", "")
    assert native(site).exit_code == native(site).exit_code == 0
    assert runs == [site, site]


def test_forgetting_removes_nothing_elsewhere(site: Path, tmp_path: Path) -> None:
    shutil.move(site / ".cache", tmp_path / "elsewhere")
    (site / ".cache").symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path / "elsewhere")
    assert native(site, "--fresh").exit_code == 0
    assert before.keys() <= tree(tmp_path / "elsewhere").keys()


def test_the_record_names_no_machine_in_its_inputs(site: Path) -> None:
    record = json.loads((site / RECORD).read_bytes()[64:])
    assert not [path for path in record["inputs"]["files"] if path.startswith("/")]
    assert "builds/one/run.py" in record["inputs"]["files"]


def with_mkdocs(folder: Path, *, strict: bool = False, dirty: bool = False, **changes: object) -> None:
    config = load_config(str(folder / "mkdocs.yml"), strict=strict, **changes)
    config.plugins.on_startup(command="build", dirty=dirty)
    mkdocs_build(config, dirty=dirty)
    assert config.site_dir == str(changes.get("site_dir", folder / "site"))


def test_mkdocs_has_nothing_to_do_either(site: Path, runs: list[Path]) -> None:
    settle(site)
    with_mkdocs(site)
    before = tree(site / "site")
    times = {path: path.stat().st_mtime_ns for path in (site / "site").rglob("*")}
    runs.clear()
    with_mkdocs(site)
    with_mkdocs(site, strict=True)
    assert runs == []
    assert {path: path.stat().st_mtime_ns for path in (site / "site").rglob("*")} == times
    forged(site / "content/about.md", "Text", "More")
    with_mkdocs(site)
    assert runs == [site]
    assert {path for path, data in tree(site / "site").items() if data != before.get(path)} >= {"about/index.html"}
    assert not list(site.glob(".site*"))


OPTIONS: dict[str, dict[str, object]] = {
    "another folder": {"site_dir": "there"},
    "another address": {"site_url": "https://eve.example/"},
    "another name": {"site_name": "Eve"},
    "dirty": {"dirty": True},
}


@pytest.mark.parametrize("what", OPTIONS)
def test_what_mkdocs_is_told_decides_too(site: Path, runs: list[Path], what: str) -> None:
    with_mkdocs(site)
    options = {**OPTIONS[what], **({"site_dir": str(site / "there")} if what == "another folder" else {})}
    runs.clear()
    with_mkdocs(site, **options)  # type: ignore[arg-type]
    assert runs == [site]


@pytest.mark.parametrize("harm", ["file removed", "file edited", "site removed", "a killed build beside it"])
def test_mkdocs_mends_a_site(site: Path, runs: list[Path], harm: str) -> None:
    with_mkdocs(site)
    before = tree(site / "site")
    HARMS[harm](site)
    runs.clear()
    with_mkdocs(site)
    assert runs == [site]
    assert tree(site / "site") == before


@pytest.mark.parametrize("also", ["plugins: [labfolio, search]", "plugins: [labfolio]\nhooks: [hook.py]"])
def test_where_others_have_a_say_mkdocs_always_builds(site: Path, runs: list[Path], also: str) -> None:
    write(site, "hook.py", "")
    write(site, "mkdocs.yml", FILES["mkdocs.yml"].replace("plugins: [labfolio]", also))
    settle(site)
    with_mkdocs(site)
    with_mkdocs(site)
    assert runs == [site, site]


def test_mkdocs_says_its_warnings_again(site: Path) -> None:
    write(site, "builds/two.md", TWO)
    settle(site)
    first, again = run(["mkdocs", "build"], site), run(["mkdocs", "build"], site)
    assert first.returncode == again.returncode == 0
    assert "nothing changed" in again.stderr
    assert "nowhere.md" in again.stderr
    strict = run(["mkdocs", "build", "--strict"], site)
    assert strict.returncode == 1
    assert "nowhere.md" in strict.stderr
    assert "Traceback" not in strict.stderr
