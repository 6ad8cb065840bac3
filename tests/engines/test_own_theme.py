"""A site's own look, typed out of docs/guide/customise.md, and every component of docs/guide/writing.md."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html as markup

from labfolio.build import Result, build
from labfolio.engines.mkdocs_plugin import LabfolioPlugin
from labfolio.model.diagnostic import has_errors
from labfolio.model.site import Settings
from labfolio.parse.settings import read_settings
from labfolio.present import pages
from labfolio.present.fragments import Fragments
from tests.conftest import ROOT, SMALL, TODAY, run, tree
from tests.site import LEDGER_PATH, build_files, small_files, source_tree, theme

GUIDE = (ROOT / "docs" / "guide" / "customise.md").read_text()
WRITING = (ROOT / "docs" / "guide" / "writing.md").read_text()
FRAGMENTS = ROOT / "theme" / "fragments"
COMMANDS = [["labfolio", "check"], ["labfolio", "build"], ["mkdocs", "build"]]
BUILDS = [command for command in COMMANDS if command[1] == "build"]
EXAMPLES = dict(re.findall(r"`([^`\n]+)`:\n\n```\w+ title=[^\n]+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
NAV = re.search(r"end of `mkdocs.yml`:\n\n```yaml append[^\n]+\n(nav:.*?)```", GUIDE, re.DOTALL)
SETTINGS, COLOURS, HOME = "mkdocs.yml", "theme/overrides/assets/css/colours.css", "theme/fragments/home.html"
ENTRY, MARK = "theme/fragments/entry.html", "theme/fragments/mark.html"
PAGE, FRAME = "content/colophon.md", "theme/overrides/main.html"


def type_in(folder: Path, *paths: str) -> None:
    """Writes examples of the guide, in a folder with the settings that they need."""
    (folder / "theme" / "overrides").mkdir(parents=True, exist_ok=True)
    settings = re.search(r"^`mkdocs.yml`:\n\n```yaml title[^\n]+\n(.*?)```", GUIDE, re.MULTILINE | re.DOTALL)
    assert settings
    (folder / SETTINGS).write_text(settings[1])
    (folder / "content" / "contract.md").write_text("# The contract\n\nI count what ships.\n")
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(EXAMPLES[path])


def built(folder: Path, engine: str = "labfolio") -> dict[str, str]:
    """The texts of a site that was built without a word of complaint."""
    result = run([engine, "build", "--strict"], folder)
    printed = result.stdout + result.stderr
    assert result.returncode == 0, printed
    assert not re.search(r"warning\[|WARNING|error\[", printed), printed
    return {path: data.decode("utf-8", "replace") for path, data in tree(folder / "site").items()}


def test_every_example_has_its_file() -> None:
    assert set(EXAMPLES) == {SETTINGS, COLOURS, HOME, ENTRY, MARK, PAGE, FRAME}
    assert NAV is not None


def test_colours_come_after_the_packaged_ones(small: Path) -> None:
    type_in(small, COLOURS)
    css = built(small)["assets/labfolio.css"]
    places = [at.start() for at in re.finditer(r"--paper:", css)]
    assert css[places[-1] :].startswith("--paper:light-dark(#fffdf8,#14110d)")
    assert places[-1] > max(css.index("--paper:light-dark(#fbfcf9"), css.index(".masthead"), css.index(".transcript"))
    assert places[-1] < css.index("@page")
    assert "--link:light-dark(#7a2e12,#f0b08f)" in css
    assert "--ink:light-dark(#151d18" in css


def test_what_readers_ask_of_their_screen_outranks_own_colours() -> None:
    """Forced colours and high contrast are set with more weight than `:root`, which an own sheet sets later."""
    css = theme().assets["assets/css/tokens.css"].decode()
    for asked in ("prefers-contrast: more", "forced-colors: active"):
        block = css.partition(f"@media ({asked})")[2]
        assert block.partition("{")[2].lstrip().startswith(":root:root"), asked


def test_the_guide_names_tokens_that_there_are() -> None:
    packaged = theme().assets["assets/css/tokens.css"].decode()
    for name in re.findall(r"--[\w-]+(?=:)", EXAMPLES[COLOURS]):
        assert f"{name}: light-dark(" in packaged


def test_the_home_page_is_replaced(small: Path) -> None:
    type_in(small, HOME)
    home = markup.fromstring(built(small)["index.html"].partition("?>")[2] or built(small)["index.html"])
    assert home.xpath("string(//h1)") == "Ada Example measures what papers say."
    assert home.xpath("//h2/text()") == ["Three to read first", "Newest"]
    assert "I look for work from March on." in home.xpath("string(//main)")
    assert home.xpath('//ol[@class="rows ruled"]//a/@href') == ["builds/sketch/", "reproductions/rate/"]
    assert len(home.xpath('//ol[@class="recent ruled"]/li')) == 5
    assert home.xpath('//*[@class="more"]/a/@href') == ["progress/#sub-milestones"]
    assert not home.xpath('//*[@class="sheet"]')
    marks = {href.removeprefix("#") for href in home.xpath("//use/@href")}
    assert marks
    assert marks <= set(home.xpath("//*/@id"))


def test_a_line_stands_under_every_write_up_and_nowhere_else(small: Path) -> None:
    before = build_files(small_files())
    type_in(small, ENTRY)
    site = built(small)
    entries = {f"{one.url}index.html": one.front.title for one in before.edition.portfolio.entries}
    assert len(entries) >= 6
    for path, text in site.items():
        if not path.endswith(".html"):
            continue
        assert text.count("Something wrong with") == (path in entries), path
    for path, title in entries.items():
        page = markup.fromstring(site[path])
        line = page.xpath('//main/p[@class="more"]')[0]
        assert line.getprevious().tag == "article"
        assert line.text_content() == f"Something wrong with “{title}”? Tell me."
        assert page.xpath("//main/article//h1[.=$title]", title=title)


def test_a_page_is_added_and_named_in_the_navigation(small: Path) -> None:
    type_in(small, PAGE)
    assert "Set in Source Serif" in built(small)["colophon/index.html"]
    assert ("Colophon", "./colophon/") in named(built(small)["index.html"])
    assert NAV
    (small / SETTINGS).write_text((small / SETTINGS).read_text() + NAV[1])
    assert named(built(small)["index.html"]) == [
        ("Builds", "./builds/"),
        ("Reproductions", "./reproductions/"),
        ("Papers", "./papers/"),
        ("Progress", "./progress/"),
        ("How it is made", "./colophon/"),
        ("Code", "https://code.example/ada"),
    ]


def named(page: str) -> list[tuple[str, str]]:
    """Titles and addresses of a page's navigation."""
    links = markup.fromstring(page).xpath('//nav[contains(@class, "masthead-nav")]//li/a')
    return [(link.text_content(), link.get("href")) for link in links]


def test_the_frame_is_replaced(small: Path) -> None:
    type_in(small, FRAME)
    site = built(small)
    for path, text in site.items():
        if path.endswith(".html"):
            page = markup.fromstring(text)
            assert text.startswith("<!doctype html>"), path
            assert "Written by Ada Example." in page.xpath("string(//footer)")
            assert len(page.xpath("//main//h1")) == 1, path
            assert len(page.xpath('//link[@rel="stylesheet"]')) == 1
    names = [name for name, _ in named(site["builds/sketch/index.html"])]
    assert names == ["ada.example", "Builds", "Reproductions", "Papers", "Notebook", "Submissions", *names[6:]]
    assert "<title>A mergeable sketch - ada.example</title>" in site["builds/sketch/index.html"]


def alike(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The files in which two sites differ."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_both_engines_write_the_same_site_of_all_examples(small: Path, tmp_path: Path) -> None:
    type_in(small, *sorted(EXAMPLES.keys() - {SETTINGS}))
    assert NAV
    (small / SETTINGS).write_text((small / SETTINGS).read_text() + NAV[1])
    other = Path(shutil.copytree(small, tmp_path / "other"))
    assert alike(built(small), built(other, "mkdocs")) == []


def test_a_custom_folder_may_have_any_name(small: Path) -> None:
    type_in(small, COLOURS)
    (small / "theme" / "overrides").rename(small / "look")
    (small / SETTINGS).write_text((small / SETTINGS).read_text().replace("theme/overrides", "look"))
    assert "--paper:light-dark(#fffdf8,#14110d)" in built(small)["assets/labfolio.css"]


def test_one_macro_is_replaced_and_the_others_of_its_fragment_are_kept(small: Path) -> None:
    type_in(small, MARK)
    site = {path: text for path, text in built(small).items() if path.endswith(".html")}
    assert '<strong class="mark-held">Shipped</strong>' in site["builds/index.html"]
    assert 'class="mark mark-' not in "".join(site.values())
    assert 'id="shape-disc"' in site["index.html"]


def test_the_packaged_fragment_alone_is_the_packaged_page(small: Path) -> None:
    type_in(small)
    before = built_pages(small)
    for path in FRAGMENTS.glob("*.html"):
        if "{% macro" not in path.read_text():
            own = small / "theme" / "fragments" / path.name
            own.parent.mkdir(exist_ok=True)
            own.write_text(f'{{% include "labfolio/{path.name}" %}}')
    assert built_pages(small) == before


def built_pages(folder: Path) -> dict[str, str]:
    """The pages of a site without the space between their elements."""
    return {path: re.sub(r"\s+", "", text) for path, text in built(folder).items() if path.endswith(".html")}


# What is wrong, and the line and column where it is told.
FAULTS = {
    "syntax": (b"<p>\n{% if %}\n</p>\n", "2:1"),
    "undefined name": (b"<p>\n\n{{ nothing.at_all }}</p>\n", "3:1"),
    "missing include": (b'<p>\n{% include "gone.html" %}</p>\n', "2:1"),
    "not UTF-8": (b"<p>\ncaf\xe9</p>\n", "2:4"),
    "empty": (b"", "1:1"),
    "of itself": (b'<p>\n{% include "{{name}}" %}</p>\n', "2:1"),
    "no such operation": (b"<p>\n{{ 1 + {} }}</p>\n", "2:1"),
}
OTHERS = (ENTRY, "theme/fragments/free.html", "theme/fragments/feed_item.html")
CASES = [
    *((name, path, command) for name in FAULTS for path in (HOME, FRAME) for command in BUILDS),
    *((name, path, command) for name in ("syntax", "not UTF-8") for path in OTHERS for command in BUILDS),
    *((name, path, COMMANDS[0]) for name in FAULTS for path in (HOME, OTHERS[1])),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built without a fault, with the guide's settings."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("sound") / "small"))
    type_in(folder)
    built(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "path", "command"), CASES, ids=lambda one: one if isinstance(one, str) else " ".join(one)
)
def test_a_faulty_template_is_told_once_and_harms_nothing(
    sound: Path, tmp_path: Path, name: str, path: str, command: list[str]
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "site"))
    data, place = FAULTS[name]
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data.replace(b"{{name}}", Path(path).name.encode()))
    told_once(folder, command, f"{path}:{place}: error[", tree(sound / "site"))


def told_once(folder: Path, command: list[str], place: str, before: dict[str, bytes]) -> None:
    """One error at a place, exit code 1, no traceback, the old site byte for byte."""
    result = run(command, folder)
    printed = result.stdout + result.stderr
    assert "Traceback" not in printed
    assert "bug in labfolio" not in printed
    assert result.returncode == 1, printed
    assert printed.count("error[") == 1, printed
    assert place in printed
    assert tree(folder / "site") == before
    assert not list(folder.glob(".site*"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_fault_of_the_guide_is_told_as_it_stands_there(small: Path, command: list[str]) -> None:
    type_in(small, HOME)
    built(small)
    before = tree(small / "site")
    (small / HOME).write_text(EXAMPLES[HOME].replace("view.statement", "view.statment"))
    shown = re.search(r"^\$ labfolio check  # exit 1\n(theme/fragments.*?)```", GUIDE, re.MULTILINE | re.DOTALL)
    assert shown
    told_once(small, command, shown[1].rstrip(), before)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_fault_names_the_frame_where_it_is(small: Path, command: list[str]) -> None:
    type_in(small)
    (small / "theme").rename(small / "look")
    (small / SETTINGS).write_text((small / SETTINGS).read_text().replace("theme/overrides", "look/overrides"))
    built(small)
    before = tree(small / "site")
    (small / "look" / "overrides" / "main.html").write_text("<p>\n{% if %}\n")
    told_once(small, command, "look/overrides/main.html:2:1: error[", before)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_frame_that_extends_another_is_told(small: Path, command: list[str]) -> None:
    type_in(small)
    built(small)
    before = tree(small / "site")
    (small / FRAME).write_text('\n{% extends "base.html" %}\n')
    told_once(small, command, f"{FRAME}:2:1: error[", before)


def test_a_fault_in_a_packaged_fragment_names_no_file_of_the_site_that_is_not_there(small: Path) -> None:
    """A macro that the site's own fragment lacks is missed by a packaged one, which the author cannot open there."""
    type_in(small)
    own = small / "theme" / "fragments" / "mark.html"
    own.parent.mkdir()
    own.write_text("{% macro mark(mark) %}{{ mark.word }}{% endmacro %}\n")
    result = run(["labfolio", "check"], small)
    assert result.returncode == 1
    place = result.stdout.partition(":")[0]
    assert place.startswith("labfolio/") or (small / place).exists(), result.stdout


def test_a_preview_watches_own_fragments(small: Path) -> None:
    type_in(small, HOME)
    watched: list[str] = []
    config: Any = SimpleNamespace(
        config_file_path=str(small / SETTINGS), theme=SimpleNamespace(custom_dir=str(small / "theme" / "overrides"))
    )
    LabfolioPlugin().on_serve(SimpleNamespace(watch=watched.append), config=config, builder=None)
    assert any((small / HOME).is_relative_to(folder) for folder in watched), watched


def table(heading: str) -> list[list[str]]:
    """The rows of the guide's table with a heading, without their signs."""
    lines = GUIDE.partition(f"\n| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().replace("`", "") for cell in line.strip().strip("|").split(" | ")] for line in lines]


def parts(name: str) -> list[str]:
    """The fragments that a fragment imports."""
    return sorted(set(re.findall(r'{% from "(\w+)\.html"', (FRAGMENTS / name).read_text())))


def test_the_table_of_fragments_is_what_pages_are_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[tuple[str, str]] = set()
    render: Callable[..., str] = Fragments.render

    def recorded(self: Fragments, name: str, **values: Any) -> str:
        seen.add((name, type(values["view"]).__name__))
        return render(self, name, **values)

    monkeypatch.setattr(Fragments, "render", recorded)
    line = b"- {url: builds/gone/, kind: build, first: 2026-03-02, state: retired, last: 2026-04-01, reason: Wrong.}\n"
    result = build_files(small_files() | {LEDGER_PATH: line})
    list(pages.free_pages(result.edition))
    pages.fault_page(result.edition, "", result.diagnostics)
    rows = [[*row, ""][:4] for row in table("page")]
    assert {(fragment, view) for _, fragment, view, _ in rows} == seen
    for _, fragment, _, made_with in rows:
        assert [one.strip() for one in made_with.split(",") if one.strip()] == parts(fragment), fragment
    besides = re.findall(r"`(\w+)\.html`", GUIDE.partition("Those in the last column")[2].partition("besides")[0])
    named = {fragment for fragment, _ in seen} | {f"{one}.html" for name, _ in seen for one in parts(name)}
    assert named | {f"{one}.html" for one in besides} == {path.name for path in FRAGMENTS.glob("*.html")}


def test_the_table_of_macros_is_what_fragments_hold() -> None:
    told = dict(table("fragment"))
    for path in FRAGMENTS.glob("*.html"):
        macros = re.findall(r"{% macro (\w+\(.*?\)) %}", path.read_text())
        if [macro.partition("(")[0] for macro in macros] not in ([], [path.stem]):
            assert told.pop(path.name) == ", ".join(macros)
    assert told == {}


# The element that each block of docs/guide/writing.md promises, in its order, and how many of it.
ENTRY_PATH = "builds/sketch/index.md"
PROMISED: list[tuple[str, dict[str, int]]] = [
    ("## What was measured", {'//h2[@id="measured"]/a[@href="#measured"]': 1, '//h3[@id="by-size"]': 1}),
    (
        "*Stressed*",
        {"//em": 1, "//strong": 1, '//code[@class="highlight"]/span[@class="nb"]': 1, "//mark": 1, "//ins": 1}
        | {"//del": 1, "//sub": 1, "//sup": 1, "//blockquote/p": 1},
    ),
    (
        "[The rate]",
        {'//a[@href="../../reproductions/rate/"]': 1, '//a[@href="../../reproductions/rate/#results"]': 1}
        | {'//a[@href="sketch.py"]': 1, '//a[@href="https://example.org/"]': 1},
    ),
    (
        "![Error against size",
        {'//figure[@class="figure"]/img[@width="320"][@height="180"][@loading="lazy"]': 1}
        | {'//figure/figcaption[.="The error stays flat"]': 1, '//img[starts-with(@alt, "Error against size")]': 1},
    ),
    ("The shape", {'//p/img[@alt="a flat line"][@width="320"]': 1, "//figure": 0}),
    ("| size |", {'//div[@role="region"][@tabindex="0"]/table': 1, '//td[@class="num"]': 2}),
    (
        "![Difference by seed]",
        {'//figure[@class="data-table"]//table//tr': 2, '//figcaption/a[@href="results/merge.csv"]': 1},
    ),
    ("!!! warning", {'//div[@class="admonition warning"]/p[@class="admonition-title"][.="Not measured"]': 1}),
    (
        "!!! theorem",
        {'//div[@class="theorem-block theorem"][@id="thm-merging"]/p[@class="theorem-title"]': 1}
        | {'//details[@class="theorem-block proof"][not(@open)]//span[@class="tombstone"]': 1},
    ),
    ('!!! algorithm "Insert"', {'//div[@id="alg-insert"]//ol/li[@value]': 4, '//li[@value="4"]/ol': 0}),
    ('!!! algorithm "Merge"', {'//pre[@class="steps"]//span[@class="line-number"]': 5, "//pre/code/b": 6}),
    ("??? note", {'//details[not(@open)]/summary[.="The derivation"]': 1}),
    (
        '=== "Python"',
        {'//div[@class="tabbed-labels"]/label': 2, '//div[@class="tabbed-block"]//pre': 2, '//input[@type="radio"]': 2},
    ),
    (
        "```{ .python title",
        {'//span[@class="filename"][.="sketch.py"]': 1, '//td[@class="linenos"]//span': 3}
        | {'//span[@class="hll"]': 1, '//span[@class="k"]': 1},
    ),
    ("```{ .python .annotate", {'//b[@class="annotation"][.="1"]': 1, '//ol[@class="annotations"]/li': 1}),
    ("```mermaid", {'//figure[@class="diagram-source"]/pre/code': 1, "//figure/figcaption": 1, "//svg | //script": 0}),
    ("The hash is cheap.", {'//div[@class="margin-note"][@id="fn:hash"]': 1, '//sup/a[@href="#fn:hash"]': 1}),
    ("- [x] merge", {'//*[@class="task done"][@aria-label="Done"]': 1, '//*[@class="task"]': 1}),
    ("Register", {"//dl/dt": 2, "//dl/dd": 2}),
    ("Press", {"//kbd": 2, '//abbr[@title="remote procedure call"]': 1}),
    (":material-check:", {'//span[@class="twemoji"]/svg/path': 2, "//img": 0, '//p[contains(., "🚀")]': 1}),
    ("The error is $", {'//p/math//msqrt/mi[.="m"]': 1, '//math[@display="block"]//mfrac/mn': 1}),
    (
        "The difference is {{",
        {'//span[@class="value"]': 2, '//p[starts-with(., "The difference is 0, over 1 run")]': 1},
    ),
]
BLOCKS = [
    block for _, block in re.findall(r"^(`{3,})markdown append[^\n]+\n(.*?)^\1$", WRITING, re.MULTILINE | re.DOTALL)
]


def writing_settings() -> tuple[str, Settings]:
    """The small site's settings with the lines that the guide asks for."""
    lines = re.search(r"```yaml append[^\n]+\n(.*?)```", WRITING, re.DOTALL)
    assert lines
    text = (SMALL / SETTINGS).read_text() + lines[1]
    return text, read_settings(SETTINGS, text, {})[0]


PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><path d="M0 90h320"/></svg>'


def written(files: dict[str, bytes]) -> Result:
    calm = {"content/contract.md": b"# The contract\n\nI count what ships.\n"}
    calm |= {"builds/sketch/figures/error.svg": PICTURE}
    return build(source_tree(small_files() | calm | files), writing_settings()[1], theme(), TODAY)


def sketch(body: str) -> bytes:
    """The build that the guide writes in, with another text."""
    front = (SMALL / ENTRY_PATH).read_text().split("---\n")[1]
    return f"---\n{front}---\n{body}".encode()


def test_every_component_of_the_guide_is_promised_something() -> None:
    assert len(BLOCKS) == len(PROMISED)
    for block, (start, _) in zip(BLOCKS, PROMISED, strict=True):
        assert block.startswith(start)


@pytest.mark.parametrize("index", range(len(PROMISED)), ids=[start for start, _ in PROMISED])
def test_a_component_becomes_what_the_guide_says(index: int) -> None:
    result = written({ENTRY_PATH: sketch(BLOCKS[index])})
    assert not has_errors(result.diagnostics, strict=True)
    page = markup.fromstring(f"<main>{result.edition.articles[ENTRY_PATH].html}</main>")
    for path, count in PROMISED[index][1].items():
        assert len(page.xpath(path)) == count, (path, markup.tostring(page))


def test_both_engines_write_all_components_alike(small: Path, tmp_path: Path) -> None:
    """Once in an entry, once on a page of the author's own, which MkDocs renders by itself."""
    type_in(small)
    (small / SETTINGS).write_text(writing_settings()[0])
    (small / ENTRY_PATH).write_bytes(sketch("\n".join(BLOCKS)))
    (small / "builds" / "sketch" / "figures" / "error.svg").write_bytes(PICTURE)
    free = "\n".join(["# All of it\n", *BLOCKS]).replace("r.merge.", "r.sketch/merge.")
    free = re.sub(r"\((figures/|results/|sketch\.py)", r"(../builds/sketch/\1", free)
    (small / "content" / "all.md").write_text(free.replace("../../content/", ""))
    other = Path(shutil.copytree(small, tmp_path / "other"))
    native = built(small)
    assert alike(native, built(other, "mkdocs")) == []
    page = markup.fromstring(native["all/index.html"])
    for _, promised in PROMISED:
        for path, count in promised.items():
            if count and "/figcaption" not in path and "@href" not in path:
                assert page.xpath(path), path
