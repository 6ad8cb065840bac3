"""Pages shown ahead of a build: the very bytes that the build then gives, or none."""

from dataclasses import replace
from functools import cache

import pytest

from labfolio.build import Result, build
from labfolio.edited_pages import edited_pages
from labfolio.markdown import keeping
from labfolio.present.cards import leave_out
from labfolio.present.pages import free_pages
from tests.conftest import TODAY
from tests.site import entry, settings, small_files, source_tree, theme

SKETCH, RATE = "builds/sketch/index.md", "content/reproductions/rate/index.md"
MORE = {
    "builds/draft.md": entry("A draft of [the sketch](sketch/index.md).", draft="yes", tags="[sketches]"),
    "content/papers/another.md": entry("On [the sketch](../../builds/sketch/index.md).", tags="[sketches]"),
    "content/own.md": b"---\ntitle: Mine\ndraft: yes\n---\nOf my own.\n",
}


def previewed(files: dict[str, bytes]) -> Result:
    """The preview of files, with the author's own pages as the native engine adds them."""
    made = build(source_tree(files), settings(), theme(), TODAY, leave_out, preview=True)
    return replace(made, outputs=(*made.outputs, *free_pages(made.edition)))


@cache
def site() -> dict[str, bytes]:
    return {**small_files(), **MORE}


@cache
def last() -> Result:
    return previewed(site())


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {output.path: output.content for output in previewed(files).outputs}


def ahead(path: str, text: bytes) -> dict[str, bytes]:
    return {output.path: output.content for output in edited_pages(last(), {path: text})}


def texts() -> list[str]:
    edition = last().edition
    return sorted(one.path for one in (*edition.shown.portfolio.entries, *edition.portfolio.free_pages))


BODY = b"\n\n## Added\n\nA line, `code` and [a link](/papers/).\n\n$$a^2$$ {#eq:added}\n"


@pytest.mark.parametrize("path", texts())
def test_a_page_is_the_one_that_the_build_gives(path: str) -> None:
    text = site()[path] + BODY
    made = ahead(path, text)
    whole = pages({**site(), path: text})
    assert len(made) == 1
    ((page, content),) = made.items()
    assert content == whole[page]
    assert content != pages(site())[page]


def test_links_come_and_go_with_the_text() -> None:
    text = site()["content/papers/another.md"].replace(b"On [the sketch](../../builds/sketch/index.md)", b"On nothing")
    made = ahead("content/papers/another.md", text)
    whole = pages({**site(), "content/papers/another.md": text})
    assert made == {path: whole[path] for path in made}
    assert b"Cites" not in made["papers/another/index.html"]


@pytest.mark.parametrize("field", [b"title: ", b"summary: "])
def test_a_field_that_its_page_alone_prints_is_shown_too(field: bytes) -> None:
    text = site()[SKETCH].replace(field, field + b"Now ", 1)
    made = ahead(SKETCH, text)
    assert made == {"builds/sketch/index.html": pages({**site(), SKETCH: text})["builds/sketch/index.html"]}


def test_several_texts_are_shown_together() -> None:
    given = {path: site()[path] + BODY for path in (SKETCH, RATE, "content/about.md")}
    made = {output.path: output.content for output in edited_pages(last(), given)}
    whole = pages({**site(), **given})
    assert sorted(made) == ["about/index.html", "builds/sketch/index.html", "reproductions/rate/index.html"]
    assert made == {path: whole[path] for path in made}


def test_a_file_that_is_referred_to_now_comes_with_the_page() -> None:
    files = {**site(), "builds/sketch/lines.csv": b"a\n1\n"}
    given = previewed(files)
    assert "builds/sketch/lines.csv" not in {output.path for output in given.outputs}
    text = files[SKETCH] + b"\n[Lines](lines.csv)\n"
    made = {output.path: output.content for output in edited_pages(given, {SKETCH: text})}
    assert made["builds/sketch/lines.csv"] == b"a\n1\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (SKETCH, b"---\ntitle: Sketch\ndate: 2026-04-01\nstatus: shipped\ndraft: yes\n---\nText.\n"),
        (SKETCH, b"---\ntitle: Sketch\ndate: tomorrow\n---\nText.\n"),
        (SKETCH, b"---\ntitle: Sketch\ndate: 2026-05-01\n---\nText.\n"),
        (SKETCH, b""),
        (SKETCH, b"\xff\xfe"),
        ("content/new.md", b"Text.\n"),
        ("content/about.md", b"---\ntitle: Another title\n---\nText.\n"),
        ("content/program.yml", b"days: 3\n"),
    ],
)
def test_what_other_pages_show_is_left_to_the_build(path: str, text: bytes) -> None:
    assert ahead(path, text) == {}


@pytest.mark.parametrize("body", [b"[nothing](nothing.md)", b"[nothing](#nothing)", b"{{ rate.of.nothing }}"])
def test_a_text_with_an_error_is_left_to_the_build(body: bytes) -> None:
    text = site()[SKETCH] + b"\n\n" + body + b"\n"
    faulty = previewed({**site(), SKETCH: text})
    shown = ahead(SKETCH, text)
    assert bool(shown) == (not any(one.level == "error" and one.path == SKETCH for one in faulty.diagnostics))


def test_the_edited_text_alone_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    last()
    rendered = []
    render = keeping.render
    monkeypatch.setattr(
        keeping, "render", lambda body, **given: rendered.append(given["source"]) or render(body, **given)
    )
    assert ahead(SKETCH, site()[SKETCH] + BODY)
    assert rendered == [SKETCH]
