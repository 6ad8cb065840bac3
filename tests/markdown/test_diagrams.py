"""Mermaid fences, shown as their source."""

from labfolio.parse.settings import read_settings
from tests.conftest import SMALL
from tests.markdown.test_components import article, rendered, words

FENCE = "```mermaid\nflowchart LR\n  A --> B\n```\n"
MATERIAL = """
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
"""
VEGA = MATERIAL.replace("mermaid", "vega")


def test_a_diagram_is_a_figure_of_its_source() -> None:
    (figure,) = article(FENCE).xpath("//figure[@class='diagram-source']")
    assert figure.xpath("string(./pre/code)") == "flowchart LR\n  A --> B"
    assert words(figure.find("figcaption")) == "A Mermaid diagram, shown as its source."
    assert [(one.rule, one.level) for one in rendered(FENCE).diagnostics] == [("undrawn-diagram", "note")]


def test_settings_of_the_site_change_nothing() -> None:
    for lines in (MATERIAL, VEGA):
        given = read_settings("mkdocs.yml", (SMALL / "mkdocs.yml").read_text() + lines, {})[0]
        assert rendered(FENCE, given).html == rendered(FENCE).html
        assert "<script" not in rendered(FENCE, given).html


def test_words_about_mermaid_are_no_diagram() -> None:
    found = rendered('`mermaid` and <pre class="code">mermaid</pre>\n\n```text\nmermaid\n```\n')
    assert "diagram-source" not in found.html
    assert found.diagnostics == ()
