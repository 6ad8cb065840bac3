"""The Markdown flavour: nothing in it reads a file, and nothing that does can be added."""

from pathlib import Path

import pytest

from labfolio.markdown.flavour import extensions
from labfolio.model.site import Settings
from labfolio.parse.settings import READERS, read_settings
from tests.conftest import run, tree

CONFIGURED = ("pymdownx.snippets", "pymdownx.b64", "pymdownx.snippets:SnippetExtension")


def test_the_flavour_reads_no_file() -> None:
    names, _ = extensions(Settings(path="mkdocs.yml", site_name="x", site_url="https://ada.example/"))
    assert len(names) > 15
    assert not set(names) & set(READERS)


@pytest.mark.parametrize("name", CONFIGURED)
@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_an_extension_that_reads_files_stops_the_build(name: str, engine: str, small: Path) -> None:
    assert run(["labfolio", "build"], small).returncode == 0
    before = tree(small / "site")
    (small / ".env").write_text("KEY=CANARY\n")
    with (small / "mkdocs.yml").open("a") as config:
        config.write(f"markdown_extensions: [toc, {name}]\n")
    about = small / "content" / "about.md"
    about.write_text(about.read_text() + '\n--8<-- ".env"\n')
    done = run([engine, "build"], small)
    assert done.returncode
    assert "puts files into pages that nothing has looked at" in done.stdout + done.stderr
    assert "CANARY" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(small / "site") == before


def test_the_place_is_that_of_the_extension() -> None:
    text = "# pymdownx.b64 is off\nmarkdown_extensions:\n  - toc\n  - pymdownx.b64: {base_path: /}\n"
    _, found = read_settings("mkdocs.yml", text, {})
    assert [(one.level, one.position.line, one.position.column) for one in found] == [("error", 4, 5)]
