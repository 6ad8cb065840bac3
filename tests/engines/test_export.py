"""`labfolio export`: what another engine is given, and what plain Markdown is."""

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from lxml import html

import markdown
from labfolio.engines.exported_page import InvalidExport
from labfolio.files.manifest import MARKER
from tests.conftest import run, tree

ONE = """\
# One of "two" <b onclick="x()">things</b>

![A picture](pic.png)

The [build](../../builds/sketch/index.md#s-claims), [up](../about.md), [draft](../../builds/draft.md),
{{ r.sketch/merge.mean }}, $x^2$, @rahimi2007random and :smile:[^1].

![rows](../../builds/sketch/results/merge.csv)

[^1]: A note with [a list](../papers/).
"""
TWO = "---\\ntitle: 'Guides: all'\\n---\\n[one](one.md)\\n"
PAGES = {"guides/one.md": ONE, "guides/index.md": TWO, "img/README.md": "x"}


@pytest.fixture
def site(small: Path) -> Path:
    """The small site with pages in folders."""
    for name, text in PAGES.items():
        path = small / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    figure = (small / "builds" / "sketch" / "figures" / "error.png").read_bytes()
    (small / "content" / "guides" / "pic.png").write_bytes(figure)
    return small


def exported(site: Path, *options: str) -> dict[str, bytes]:
    """The files of an export that is made beside the site."""
    done = run(["labfolio", "export", "../out", *options], site)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path: data for path, data in tree(site.parent / "out").items() if path != MARKER}


def rendered(text: str) -> str:
    """The text as any engine renders it that knows Python-Markdown: front matter off, one extension on."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return str(markdown.Markdown(extensions=["labfolio.engines.exported_page"]).convert(body))


def main_of(page: bytes) -> str:
    """What the frame holds."""
    found = re.search(r'<main id="main" tabindex="-1">\n(.*)\n</main>', page.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def test_the_markdown_of_an_export_is_the_page(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = exported(site)
    assert run(["labfolio", "build"], site).returncode == 0
    native = tree(site / "site")
    monkeypatch.chdir(site.parent / "out")
    for url in ("about/", "contract/", "guides/", "guides/one/", "img/"):
        text = files[f"content/{url}index.md"].decode()
        assert rendered(text) == main_of(native[f"{url}index.html"])
    assert "x<sup>2</sup>" not in rendered(files["content/guides/one/index.md"].decode())


def test_an_export_holds_the_site_and_is_the_same_each_time(site: Path) -> None:
    files = exported(site)
    assert run(["labfolio", "build"], site).returncode == 0
    native = {path: data for path, data in tree(site / "site").items() if path != MARKER}
    pages = {f"{url}index.html" for url in ("about/", "contract/", "guides/", "guides/one/", "img/")}
    kept = {path: files.get(f"theme/{path}" if path.endswith(".md") else f"content/{path}") for path in native}
    assert {path for path in native if kept[path] != native[path]} == pages
    assert exported(site) == files
    assert exported(site, "--today", "2026-11-21").keys() == files.keys()


def test_settings_say_what_the_engine_needs(site: Path) -> None:
    settings = yaml.safe_load(exported(site)["mkdocs.yml"])
    assert settings["site_url"] == "https://ada.example/"
    assert (settings["docs_dir"], settings["site_dir"], settings["theme"]["custom_dir"]) == ("content", "site", "theme")
    assert settings["extra"]["labfolio"]["author"] == "Ada Example"


def test_nothing_that_is_kept_back_is_named(site: Path) -> None:
    (site / "content" / "guides" / "one.md").write_text("One, without its links.")
    (site / "content" / "secret-plan.md").write_text("---\ndraft: true\n---\nText.\n")
    files = exported(site)
    assert not [path for path in files if "secret-plan" in path or "draft" in path]
    for path in ("labfolio.json", "mkdocs.yml"):
        assert b"builds/draft" not in files[path]
        assert b"builds/future" not in files[path]
        assert b"secret-plan" not in files[path]
        assert b"notes.txt" not in files[path]


def test_an_edited_page_is_told_its_faults_and_another_text_is_left_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    text = exported(site)["content/guides/one/index.md"].decode()
    monkeypatch.chdir(site.parent / "out")
    rendered(text)
    assert caplog.messages == []
    assert "<p>More." in rendered(text.replace("# One", "More. [x](nowhere.md)\n\n# One"))
    assert "content/guides/one.md:1:11: warning[dead-link]" in "".join(caplog.messages)
    assert markdown.markdown("*x*", extensions=["labfolio.engines.exported_page"]) == "<p><em>x</em></p>"
    with pytest.raises(InvalidExport, match="knows no page content/x"):
        rendered("<!-- labfolio: content/x -->")
    (site.parent / "out" / "labfolio.json").write_text('{"version": 0}')
    with pytest.raises(InvalidExport, match="version 0"):
        rendered(text)
    (site.parent / "out" / "labfolio.json").unlink()
    with pytest.raises(InvalidExport, match="cannot be read"):
        rendered(text)


def test_a_faulty_site_exports_nothing(site: Path) -> None:
    (site / "content" / "about.md").write_text("![](nowhere.png)\n\n[x](nowhere.md)\n")
    done = run(["labfolio", "export", "../out", "--strict"], site)
    assert done.returncode == 1
    assert not (site.parent / "out").exists()


def test_a_built_site_and_the_sources_are_no_place_for_an_export(site: Path) -> None:
    assert run(["labfolio", "build"], site).returncode == 0
    before = tree(site)
    for place in ("site", "content/out", ".", "theme"):
        done = run(["labfolio", "export", place], site)
        assert done.returncode == 1, place
        assert "Traceback" not in done.stderr
    assert {path for path in tree(site) if not path.startswith(".cache")} == {
        path for path in before if not path.startswith(".cache")
    }


def test_plain_markdown_reads_by_itself(site: Path) -> None:
    files = exported(site, "--markdown")
    text = files["reproductions/rate/index.md"].decode()
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front)["title"]
    assert "| Claim | " in body
    assert "| Verdict |" in body
    assert "{{" not in body
    assert (
        files["reproductions/rate/results/slopes.csv"]
        == (site / "content" / "reproductions" / "rate" / "results" / "slopes.csv").read_bytes()
    )
    one = files["guides/one/index.md"].decode()
    assert "[build](../../builds/sketch/index.md" in one
    assert "[a list](https://ada.example/papers/)" in one
    assert "![A picture](../pic.png)" in one
    assert "## References" in one
    assert "](../../papers/rahimi2007random/index.md)" in one
    assert files["guides/pic.png"] == (site / "content" / "guides" / "pic.png").read_bytes()
    assert exported(site, "--markdown") == files


def test_links_of_plain_markdown_lead_to_files(site: Path) -> None:
    files = exported(site, "--markdown")
    for path, data in files.items():
        if path.endswith(".md"):
            for href in re.findall(r"\]\(([^)#\s]+)", re.sub(r"(?s)```.*?```|`[^`]*`", "", data.decode())):
                if not href.startswith(("http", "mailto")):
                    way = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href)))
                    assert way in files, f"{path}: {href}"
    assert "builds/sketch/index.md" in files["README.md"].decode()


def test_what_zensical_says_of_the_project_is_heeded(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zensical = pytest.importorskip("zensical.markdown.render")
    from zensical.config import parse_config

    files = exported(site)
    monkeypatch.chdir("/")
    parse_config(str(site.parent / "out" / "mkdocs.yml"))
    text = files["content/about/index.md"].decode().split("\n---\n", 1)[1]
    page = zensical.render(text, "about/index.md", "about/")["content"]
    assert "Ada measures." in html.fromstring(page).text_content()
    assert json.loads(files["labfolio.json"])["own_pages"]["content/about.md"]["url"] == "about/"
