"""Other plugins of MkDocs beside labfolio: its own pages stay byte for byte, and the author's pages have both.

Each is tried where it is installed; `make plugins` brings a folder in which all are.
"""

import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.conftest import environment, run, tree

INSTALLED = {one.name for one in entry_points(group="mkdocs.plugins")}
# Of each: its options, what an author writes for it, and what then stands in the site.
PLUGINS: Mapping[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "git-revision-date-localized": (
        "{type: iso_date, enable_creation_date: true}",
        {
            "content/dated.md": "---\ntitle: Dated\nallow: {foreign-template: the plugin fills it in}\n---\n"
            "Changed on {{ git_revision_date_localized }}.\n"
        },
        {"dated/index.html": "2026-03-01</span>"},
    ),
    "glightbox": (
        "{}",
        {"content/shown.md": "# Shown\n\n![A plot](../builds/sketch/figures/error.png)\n"},
        {"shown/index.html": 'class="glightbox"', "assets/javascripts/glightbox.min.js": ""},
    ),
    "redirects": ("{redirect_maps: {old/about.md: about.md}}", {}, {"old/about/index.html": "../../about/"}),
    "minify": ("{minify_html: true}", {}, {"about/index.html": "<html lang=en>"}),
    "mkdocs-jupyter": ("{}", {}, {}),
    "awesome-nav": ("{}", {"content/.nav.yml": "nav: [about.md, contract.md]\n"}, {}),
    "macros": (
        "{}",
        {
            "content/counted.md": "---\ntitle: Counted\nallow: {foreign-template: macros fills it in}\n---\n"
            "It is {{ 6 * 7 }}, and {{ r.sketch/merge.mean }}, written `{{ r.sketch/merge.mean }}`.\n"
        },
        {"counted/index.html": "<code>{{ r.sketch/merge.mean }}</code>"},
    ),
}


@pytest.fixture
def begun(small: Path) -> Callable[[str], Path]:
    """The small site under Git, with a plugin's options beside labfolio and what its author wrote for it."""

    def begin(plugin: str) -> Path:
        options, files, _ = PLUGINS[plugin]
        for path, text in files.items():
            (small / path).write_text(text)
        config = small / "mkdocs.yml"
        config.write_text(config.read_text().replace("[labfolio]", f"\n  - labfolio\n  - {plugin}: {options}"))
        # What labfolio takes out of a page is a fault under --strict.
        contract = small / "content/contract.md"
        contract.write_text(contract.read_text().partition("<script>")[0])
        day = {f"GIT_{role}_DATE": "2026-03-01T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
        person = ["-c", "user.name=Ada", "-c", "user.email=ada@ada.example"]
        for command in (["init", "-q"], ["add", "-A"], [*person, "commit", "-qm", "Begin"]):
            subprocess.run(["git", *command], cwd=small, env=environment(**day), check=True)
        return small

    return begin


def built(folder: Path, *, without: str = "") -> dict[str, bytes]:
    """The site as MkDocs builds it under --strict, `without` a plugin where one is named."""
    config = folder / "mkdocs.yml"
    text = config.read_text()
    lines = [line for line in text.splitlines(keepends=True) if not (without and line.startswith(f"  - {without}:"))]
    config.write_text("".join(lines))
    done = run(["mkdocs", "build", "--strict"], folder, DISABLE_MKDOCS_2_WARNING="true")
    config.write_text(text)
    assert done.returncode == 0, done.stderr
    return tree(folder / "site")


@pytest.mark.parametrize("plugin", PLUGINS)
def test_neither_side_breaks(plugin: str, begun: Callable[[str], Path]) -> None:
    if plugin not in INSTALLED:
        pytest.skip(f"{plugin} is not installed")
    folder, (_, written, wanted) = begun(plugin), PLUGINS[plugin]
    alone, beside = built(folder, without=plugin), built(folder)
    pages = {"about", "contract", *(Path(one).stem for one in written)}
    free = {path for path in alone if path.partition("/")[0] in pages}
    # The list of files and the search index know what the plugin adds as well.
    own = {path for path in alone.keys() - free - {".labfolio"} if not path.startswith("pagefind/")}
    assert len(own) > 100
    assert [path for path in sorted(own) if alone[path] != beside.get(path)] == []
    for path, text in wanted.items():
        assert text in beside[path].decode(), path
    for path in free - wanted.keys():
        assert b"</main>" in beside[path] or not path.endswith(".html")


def test_a_number_of_a_page_is_no_template_of_another_plugin() -> None:
    from labfolio.engines.mkdocs_config import sheltered, unsheltered

    text = "{{ r.rate.mean }}, {{r.sketch/merge.n}}, {{ now() }}, {% raw %}{{ r.x.y }}{% endraw %}, {{ r . x }}"
    hidden = sheltered(text)
    assert "{{ r." not in hidden
    assert "{{ now() }}" in hidden
    assert unsheltered(hidden) == text
