"""One converter for many texts: each comes out as if it were the only one."""

from itertools import pairwise
from typing import Any

import pytest

from labfolio.markdown import converters
from labfolio.markdown.article import Article, render
from labfolio.markdown.links import LinkTable
from labfolio.model.site import Settings

TABLE = LinkTable(
    pages={}, urls=frozenset(), hidden=frozenset(), files=frozenset(), docs_dir="content", read=lambda _: b""
)
# What an extension keeps while it reads a text: notes, abbreviations, link targets, ids, tabs, stashed code.
TEXTS = {
    "notes": "# One\n\nA note.[^1] HTML.[^b]\n\n[^1]: First.\n[^b]: Two.\n\n*[HTML]: Hypertext\n\n## Same\n\n## Same\n",
    "no notes": "A note.[^1] HTML and [a link][there].\n\n## Same\n",
    "targets": "[a link][there] and `code` and $x^2$ @fig-a.\n\n[there]: https://ada.example/\n\n```c\nx = 1;\n```\n",
    "tabs": '=== "A"\n\n    one\n\n=== "B"\n\n    two\n\n!!! note\n\n    - [ ] task\n\n??? proof "P"\n\n    Text.\n',
    "statements": '!!! theorem "T" { #thm-a }\n\n    Text, see @thm-a.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n',
    "open": '=== "A"\n\n    one\n\n<div markdown>\n\n**bold\n\n```python\nx\n',
    "too long": "x" * 60_000,
    "too deep": "<b>" * 600 + "\n\n> " * 400,
    "brackets": "[" * 3000,
    "empty": " \n",
    "frontless": "Term\n:   What it is\n\n++ctrl+k++ ==mark== ~~gone~~ H~2~O x^2^ https://ada.example/\n",
}


def article(name: str, *, entry: bool = True, **changed: Any) -> Article:
    """The article of one of the texts."""
    settings = Settings(path="mkdocs.yml", site_name="x", site_url="https://ada.example/", **changed)
    text = TEXTS[name]
    return render(
        text,
        source="content/a.md",
        url="a/",
        text=text,
        body_line=1,
        settings=settings,
        table=TABLE,
        entry=entry,
        values={},
    )


def alone(name: str, **given: Any) -> Article:
    """The article that a text gives in a new process."""
    converters._idle.clear()
    return article(name, **given)


def each_after_each_other() -> list[tuple[str, bool]]:
    """The texts, as entries and pages in turn, in an order in which each stands once behind each other one.

    An Eulerian circuit by Hierholzer's method: from a text there is a way to every other one.
    """
    ways = {
        (name, entry): [(other, not entry) for other in TEXTS if other != name]
        for name in TEXTS
        for entry in (True, False)
    }
    order, way = [], [next(iter(ways))]
    while way:
        if ways[way[-1]]:
            way.append(ways[way[-1]].pop())
        else:
            order.append(way.pop())
    return order[::-1]


def test_two_texts_in_any_order_give_the_articles_that_each_gives_alone() -> None:
    wanted = {(name, entry): alone(name, entry=entry) for name in TEXTS for entry in (True, False)}
    unread = {name for (name, entry), one in wanted.items() if not one.html}
    assert unread == {"too long", "too deep", "brackets", "empty"}
    converters._idle.clear()
    order = each_after_each_other()
    assert len({*pairwise(order)}) == len(order) - 1 == 2 * len(TEXTS) * (len(TEXTS) - 1)
    for (before, _), (name, entry) in pairwise([("nothing", True), *order]):
        assert article(name, entry=entry) == wanted[name, entry], f"{name} after {before}"


def test_one_converter_is_made_for_all_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Settings] = []
    make = converters.converter
    monkeypatch.setattr(converters, "converter", lambda settings, *own: made.append(settings) or make(settings, *own))
    converters._idle.clear()
    for name in ("notes", "targets", "tabs", "notes"):
        article(name)
    assert len(made) == 1
    article("notes", proof=True)
    assert len(made) == 2


def test_a_converter_that_was_interrupted_is_not_used_again() -> None:
    article("notes")
    (before,) = converters._idle.values()
    article("too long")
    assert not converters._idle
    article("notes")
    (after,) = converters._idle.values()
    assert after is not before


@pytest.mark.parametrize(
    "changed",
    [
        {"extensions": ("toc", "pymdownx.critic")},
        {"extensions": ("toc",), "extension_configs": {"toc": {"slugify": str.upper}}},
        {"extension_configs": {"pymdownx.superfences": {"custom_fences": [{"name": "x", "class": "x"}]}}},
    ],
)
def test_what_may_remember_a_text_is_made_for_each(changed: dict[str, Any]) -> None:
    converters._idle.clear()
    article("notes", **changed)
    assert not converters._idle
