"""Articles that are kept: rendered again when anything that they asked has another answer, and only then."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from labfolio.build import Result, build
from labfolio.files.cache import Cache
from labfolio.markdown import keeping
from labfolio.model.memory import Memory
from labfolio.model.site import Settings
from labfolio.parse.settings import PythonName
from labfolio.present.cards import leave_out
from tests.conftest import TODAY
from tests.site import entry, settings, small_files, source_tree, theme

Files = dict[str, bytes]
Rendered = list[str]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Rendered:
    """The sources of all texts that are rendered, as they are."""
    sources: Rendered = []
    render = keeping.render

    def noted(body: str, **given: object) -> object:
        sources.append(str(given["source"]))
        return render(body, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "render", noted)
    return sources


def built(files: Files, memory: Memory, chosen: Settings | None = None) -> Result:
    return build(source_tree(files), chosen or settings(), theme(), TODAY, leave_out, memory=memory)


def again(rendered: Rendered, files: Files, memory: Memory, chosen: Settings | None = None) -> Rendered:
    """What a build renders."""
    rendered.clear()
    built(files, memory, chosen)
    return sorted(rendered)


@pytest.fixture(params=["in one process", "in the next process"])
def next_memory(request: pytest.FixtureRequest, tmp_path: object) -> Callable[[], Memory]:
    """The memory of each build: one for all of them, or an empty one that has only what lies on the disk."""
    one = Memory()
    if request.param == "in one process":
        return lambda: one
    return lambda: Memory(store=Cache(tmp_path), toolchain="t")  # type: ignore[arg-type]


def test_what_did_not_change_is_not_rendered(rendered: Rendered, next_memory: Callable[[], Memory]) -> None:
    files = small_files()
    first = built(files, next_memory())
    faulty = {one.path for one in first.diagnostics}
    assert len(rendered) > len(faulty)
    assert again(rendered, files, next_memory()) == [path for path in sorted(faulty) if path in rendered]
    assert built(files, next_memory()).outputs == first.outputs


CHANGES: dict[str, tuple[Callable[[Files], object], list[str]]] = {
    "a body": (lambda files: files.update({"content/papers/a.md": entry("Other words.")}), ["content/papers/a.md"]),
    "a page that was linked to": (lambda files: files.pop("content/papers/a.md"), ["content/papers/b.md"]),
    "a page that was missed": (lambda files: files.update({"content/papers/c.md": entry()}), ["content/papers/c.md"]),
    "a file that nobody asked for": (lambda files: files.update({"content/x.csv": b"a\n1\n"}), []),
    "a table": (lambda files: files.update({"content/t.csv": b"a,b\n3,4\n"}), ["content/papers/t.md"]),
    "a work": (
        lambda files: files.update({"content/papers.bib": BIB.replace(b"2020", b"2021")}),
        ["content/papers/w.md"],
    ),
    "another work": (lambda files: files.update({"content/papers.bib": BIB + BIB.replace(b"{k", b"{n")}), []),
}
BIB = b"@article{key2020, title={T}, author={A. B.}, year={2020}}\n"
PAGES: Files = {
    "content/papers/a.md": entry("Words."),
    "content/papers/b.md": entry("[A](a.md)"),
    "content/papers/t.md": entry("![Table](../t.csv)"),
    "content/papers/w.md": entry("As in [@key2020]."),
    "content/t.csv": b"a,b\n1,2\n",
    "content/papers.bib": BIB,
    "content/program.yml": b"timezone: UTC\n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_asked_for_it_is_rendered_again(
    rendered: Rendered, next_memory: Callable[[], Memory], change: str
) -> None:
    files = dict(PAGES)
    built(files, next_memory())
    assert again(rendered, files, next_memory()) == []
    apply, expected = CHANGES[change]
    apply(files)
    assert again(rendered, files, next_memory()) == expected
    warm, cold = built(files, next_memory()), built(files, Memory())
    assert (warm.outputs, warm.diagnostics) == (cold.outputs, cold.diagnostics)


TWEMOJI = PythonName("material.extensions.emoji.twemoji")


def test_a_text_with_a_fault_is_rendered_each_time(rendered: Rendered, next_memory: Callable[[], Memory]) -> None:
    files = {**PAGES, "content/papers/f.md": entry("[Nowhere](nowhere.md)")}
    built(files, next_memory())
    assert again(rendered, files, next_memory()) == ["content/papers/f.md"]


@pytest.mark.parametrize(
    ("extensions", "configs", "kept"),
    [
        (("pymdownx.smartsymbols",), {}, True),
        (
            ("pymdownx.emoji",),
            {"pymdownx.emoji": {"emoji_index": PythonName("material.extensions.emoji.twemoji")}},
            True,
        ),
        (("pymdownx.emoji",), {"pymdownx.emoji": {"options": {"custom_icons": ["theme/icons"]}}}, False),
        (("markdown.extensions.smarty",), {"smarty": {"substitutions": {"ndash": "-"}}}, True),
        (("wikilinks",), {}, False),
        (("toc",), {"toc": {"slugify": PythonName("tests.conftest.run")}}, False),
    ],
)
def test_only_known_extensions_are_trusted(
    rendered: Rendered, extensions: tuple[str, ...], configs: dict[str, dict[str, object]], kept: bool
) -> None:
    chosen = replace(settings(), extensions=extensions, extension_configs=configs)
    memory = Memory()
    built(PAGES, memory, chosen)
    assert bool(again(rendered, PAGES, memory, chosen)) is not kept


def test_another_toolchain_renders_all(rendered: Rendered, tmp_path: object) -> None:
    for toolchain, expected in (("a", 4), ("a", 0), ("b", 4)):
        assert len(again(rendered, PAGES, Memory(store=Cache(tmp_path), toolchain=toolchain))) == expected  # type: ignore[arg-type]
