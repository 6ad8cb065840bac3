"""MkDocs and the native engine carry the same bytes, from anywhere, at any hour, in any locale."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import run, sources, tree


def built(folder: Path, engine: str, **changes: str) -> dict[str, bytes]:
    result = run([engine, "build"], folder, **changes)
    assert result.returncode == 0, result.stdout + result.stderr
    return tree(folder / "site")


@pytest.mark.parametrize("engine", ["mkdocs", "labfolio"])
def test_the_same_bytes_whatever_the_surroundings(demo: Path, tmp_path: Path, engine: str) -> None:
    first = Path(shutil.copytree(demo, tmp_path / "first"))
    second = Path(shutil.copytree(demo, tmp_path / "a longer folder with spaces"))
    one = built(first, engine, PYTHONHASHSEED="0", TZ="Pacific/Kiritimati", LC_ALL="C")
    other = built(second, engine, PYTHONHASHSEED="1", TZ="America/Adak", LC_ALL="C.UTF-8")
    assert one == other
    assert built(second, engine) == other


def test_nothing_of_material_is_published(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "x"))
    site = built(folder, "mkdocs")
    assert not [path for path in site if "javascripts" in path or "stylesheets" in path or path.startswith("search/")]


def test_no_warning_under_strict(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "x"))
    result = run(["mkdocs", "build", "--strict"], folder)
    assert result.returncode == 0
    assert "WARNING" not in result.stdout + result.stderr


def test_nothing_is_written_among_the_sources(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "x"))
    before = sources(folder)
    built(folder, "mkdocs")
    shutil.rmtree(folder / "site")
    assert sources(folder) == before
    assert (folder / ".cache" / "labfolio" / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in folder.iterdir()) == [".cache", "builds", "content", "mkdocs.yml", "theme"]


@pytest.mark.parametrize(
    ("site_url", "stylesheet"),
    [
        ("https://ada.github.io/", 'href="/assets/labfolio.css'),
        ("https://ada.github.io/portfolio/", 'href="/portfolio/assets/labfolio.css'),
        ("https://portfolio.example", 'href="/assets/labfolio.css'),
    ],
)
@pytest.mark.parametrize("engine", ["mkdocs", "labfolio"])
def test_user_page_project_page_and_own_domain(small: Path, engine: str, site_url: str, stylesheet: str) -> None:
    site = built(small, engine, SITE_URL=site_url)
    base = site_url.rstrip("/") + "/"
    assert stylesheet in site["404.html"].decode()
    assert f'<link rel="canonical" href="{base}builds/sketch/">' in site["builds/sketch/index.html"].decode()
    assert 'href="../../assets/labfolio.css' in site["builds/sketch/index.html"].decode()
    assert f"<link>{base}builds/sketch/</link>" in site["feed.xml"].decode()
    assert f"<loc>{base}builds/sketch/</loc>" in site["sitemap.xml"].decode()


def test_the_docs_folder_may_lie_deeper(small: Path) -> None:
    (small / "writing").mkdir()
    (small / "content").rename(small / "writing" / "content")
    for path in small.rglob("*.md"):
        text = path.read_text().replace("../../content/", "../../writing/content/")
        text = text.replace("../../builds/", "../../../builds/") if "notebook" in path.parts else text
        path.write_text(text.replace("(../builds/", "(../../builds/"))
    settings = (small / "mkdocs.yml").read_text().replace("docs_dir: content", "docs_dir: ./writing/content")
    (small / "mkdocs.yml").write_text(settings)
    mkdocs = built(small, "mkdocs")
    assert "about/index.html" in mkdocs
    assert mkdocs == built(small, "labfolio")
