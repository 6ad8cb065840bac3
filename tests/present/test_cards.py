"""Social cards: the right size and colours, the same every time, and no text that a face cannot print."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image, ImageFont

from labfolio.build import build
from labfolio.model.site import Theme
from labfolio.present.card import drawing as drawing_module
from labfolio.present.card.canvas import Canvas
from labfolio.present.card.drawing import HEIGHT, WIDTH, draw_card
from labfolio.present.card.faces import Face, face
from labfolio.present.card.legible import legible
from labfolio.present.card.paragraph import balanced, cut, wrapped
from labfolio.present.card.tokens import read_tokens
from labfolio.present.cards import cards, draw_again, entry_card, look_of, site_card
from labfolio.present.pages import free_pages
from labfolio.present.views.card import Card, Look, Strip
from labfolio.present.views.common import Mark
from tests import site
from tests.conftest import TODAY
from tests.site import build_files, small_files, source_tree
from tests.strategies import in_ci

EDITION = build_files(small_files()).edition
TOKENS = "assets/css/tokens.css"
RATE = next(entry for entry in EDITION.portfolio.entries if entry.slug == "rate")
# Inside the sheet where nothing is drawn, and on the paper around it.
ON_SHEET, ON_PAPER = (1150, 300), (10, 10)

SPACES = " \u00a0"

LONG = ("Two hundred characters on the double descent of random features, " * 4)[:200]
TITLES = {
    "long": LONG,
    "one word": "W" * 200,
    "japanese": "小さな数字における二重降下の再現",
    "arabic": "إعادة إنتاج النزول المزدوج",
    "hebrew": "שלום עולם",
    "devanagari": "हिन्दी",
    "emoji": "🚀 Shipping 👩‍👩‍👧 mixup 🎉",
    "only emoji": "🚀🎉",
    "controls": "a\x00b\x07c\u200bd\u202ee\ufefff",
    "marks": "Z" + "\u0301\u0336\u035c" * 300,
    "surrogate": "a \ud800 b",
    "empty": "",
}


@cache
def look() -> Look:
    return look_of(site.theme())


@cache
def title_face() -> Face:
    return face(*look().faces["title"])


def card(**changes: object) -> Card:
    return replace(entry_card(EDITION, RATE), **changes)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def printed(text: str) -> str | None:
    return legible(text, title_face().has)


def with_tokens(css: str) -> Look:
    """The look of a site that has its own tokens."""
    packaged = site.theme()
    return look_of(
        Theme(
            frame="",
            fragments={},
            assets={**packaged.assets, TOKENS: css.encode()},
            replaced={TOKENS: packaged.assets[TOKENS]},
        )
    )


def drawn_texts(one: Card, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Face]]:
    """Every text that is drawn on a card, with its face."""
    found: list[tuple[str, Face]] = []
    real = Canvas.text

    def text(self: Canvas, x: float, y: float, words: str, given: Face, *rest: object) -> float:
        found.append((words, given))
        return real(self, x, y, words, given, *rest)

    monkeypatch.setattr(Canvas, "text", text)
    draw_card(one, look())
    monkeypatch.undo()
    return found


def test_every_entry_and_the_site_have_a_card() -> None:
    outputs = list(cards(EDITION, draw_again))
    assert [one.path for one in outputs] == ["card.png", *(f"{e.url}card.png" for e in EDITION.portfolio.entries)]
    for one in outputs:
        assert one.content.startswith(b"\x89PNG")
        assert opened(one.content).size == (WIDTH, HEIGHT) == (1200, 630)
        assert len(one.content) < 60_000


def test_the_same_card_every_time() -> None:
    assert draw_card(card(), look()) == draw_card(card(), look_of(site.theme()))


def test_a_card_stays_as_it_was_shared() -> None:
    """It shows the programme as of its entry's day: later days change nothing."""
    later = build_files(small_files(), TODAY.replace(day=28)).edition
    assert entry_card(later, RATE) == card()
    assert site_card(later) != site_card(EDITION)


def test_the_palette_is_the_sites() -> None:
    colours = {name: values[0] for name, values in look().colours.items()}
    one = opened(draw_card(card(mark=Mark(shape="disc", word="Held", tone="held")), look()))
    found = {"#{:02x}{:02x}{:02x}".format(*pixel) for _, pixel in one.getcolors(1 << 16) or ()}
    assert {colours[name] for name in ("--paper", "--sheet", "--rule-3", "--held", "--ink")} <= found


def test_a_sites_own_colours_are_its_cards() -> None:
    own = ":root { --sheet: light-dark(#ffeedd, #000); --hue: rgb(1, 2, 3); --paper: var(--hue, white);"
    own += " --ink: oklch(1 2 3) }"
    image = opened(draw_card(card(), with_tokens(own)))
    assert image.getpixel(ON_SHEET) == (255, 238, 221)
    assert image.getpixel(ON_PAPER) == (1, 2, 3)
    packaged = with_tokens(own).colours["--ink"]
    assert packaged == ("oklch(1 2 3)", "#151d18")


@pytest.mark.parametrize("css", ["", "nonsense", ":root { --paper: var(--paper) }", "}}{{", "@font-face { src: url( }"])
def test_tokens_that_say_nothing_leave_the_packaged_ones(css: str) -> None:
    assert opened(draw_card(card(), with_tokens(css))).getpixel(ON_SHEET) == (239, 244, 234)


def test_tokens() -> None:
    found = read_tokens(
        b':root{--a:light-dark(rgb(1,2,3),#fff);--b:var(--a);--c:var(--none,red);--text:"My Serif",serif}'
        b"@media(x){:root{--a:black}}"
        b'@font-face{font-family:"My Serif";font-weight:200 500;src:url("fonts/light.woff2") format("woff2")}'
        b"@font-face{font-family:My Serif;font-weight:bold;src:local(X),url(../assets/fonts/bold.woff2?v=1)}"
        b"@font-face{font-family:My Serif;font-style:italic;font-weight:600;src:url(fonts/italic.woff2)}"
    )
    assert [found.colour(name) for name in ("--a", "--b", "--c", "--d")] == ["rgb(1,2,3)", "rgb(1,2,3)", "red", ""]
    assert found.font_file("--text", 400) == "assets/fonts/light.woff2"
    assert found.font_file("--text", 600) in ("assets/fonts/light.woff2", "assets/fonts/bold.woff2")
    assert found.font_file("--text", 700) == "assets/fonts/bold.woff2"
    assert found.font_file("--none", 400) == ""


def test_the_title_is_set_in_its_weight() -> None:
    files, _ = look().faces["title"]
    assert face(files, 600).advance("m") > face(files, 400).advance("m")


@pytest.mark.parametrize("data", [b"", b"junk", b"wOF2" + b"\0" * 100])
def test_a_face_that_cannot_be_read_gives_way(data: bytes) -> None:
    faces = {role: ((data,), weight) for role, (_, weight) in look().faces.items()}
    assert opened(draw_card(card(), replace(look(), faces=faces))).size == (1200, 630)
    second = {role: ((data, *files), weight) for role, (files, weight) in look().faces.items()}
    assert draw_card(card(), replace(look(), faces=second)) == draw_card(card(), look())


def test_without_freetype_a_card_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("The _imagingft C module is not installed")

    monkeypatch.setattr(ImageFont, "truetype", missing)
    monkeypatch.setattr(ImageFont, "load_default", missing)
    faces = {role: ((b"none",), weight) for role, (_, weight) in look().faces.items()}
    assert opened(draw_card(card(), replace(look(), faces=faces))).size == (1200, 630)
    face.cache_clear()


@pytest.mark.parametrize("name", TITLES)
def test_any_title_gives_a_card(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = drawn_texts(card(title=TITLES[name], site=TITLES[name], result=TITLES[name]), monkeypatch)
    assert all(given.has(one) or one in SPACES for text, given in texts for one in text)
    large = ("R01", "Reproduction")
    legible_titles = ("long", "one word", "emoji", "controls", "surrogate")
    assert [text for text, _ in texts if text in large].count("Reproduction") == (name not in legible_titles)


def test_a_long_title_ends_at_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [text for text, given in drawn_texts(card(title=LONG * 2), monkeypatch) if given is title_face()]
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert " ".join(lines).rstrip("…") == (LONG * 2)[: len(" ".join(lines)) - 1]
    assert LONG[len(" ".join(lines)) - 1] in " ,"


@in_ci(40)
@given(title=st.text(max_size=250), result=st.text(max_size=300), name=st.text(max_size=80))
def test_any_text_gives_a_card_without_a_missing_glyph(title: str, result: str, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for text, given_face in drawn_texts(card(title=title, result=result, site=name), patch):
            assert all(one in SPACES or given_face.has(one) for one in text)


@in_ci(400)
@given(st.text(max_size=60))
def test_legible_text_is_printable_and_settled(text: str) -> None:
    found = printed(text)
    if found is not None:
        assert found
        assert found == found.strip()
        assert all(one in SPACES or title_face().has(one) for one in found)
        assert printed(found) == found


def test_what_a_face_has() -> None:
    has = title_face().has
    assert all(map(has, "Aaz09éßœ€–—“”…−↑"))
    assert not any(map(has, "→≤≠αłž東א\U0001f680\U0010ffff"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", "Plain"),
        ("“Curly” – it’s fine…", "“Curly” – it’s fine…"),
        ("a → b ≤ c ≠ d", "a -> b <= c != d"),
        ("10⁻³ and 2¹⁰ and m²", "10^−3 and 2^10 and m²"),
        ("x₁, 10₂, 1⅓, ①②", "x1, 10_2, 1 1⁄3, 1 2"),
        ("α = 1, 2π, Δx, λ", "alpha = 1, 2 pi, Delta x, lambda"),
        ("5 μm", "5 µm"),
        ("Łódź, Dvořák, Ås", "Lódz, Dvorák, Ås"),
        ("e\u0301te\u0301", "été"),
        ("ﬁne １２ 𝐱", "fine 12 x"),
        ("non\u2011breaking\u00a0space\u00ad", "non-breaking\u00a0space"),
        ("🚀 Done 🎉!", "Done!"),
        ("is it ?", "is it ?"),
        ("λόγος", None),
        ("Reproducing 東京", None),
        ("a ≰ b", None),
        ("s\u0336o", None),
        ("a ⊗ b", None),
        ("123 مرحبا", None),
        ("!?", None),
    ],
)
def test_stand_ins_keep_the_meaning(text: str, expected: str | None) -> None:
    assert printed(text) == expected


def width(text: str) -> float:
    return float(len(text))


@given(st.text("ab ", max_size=80), st.integers(1, 30))
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    for lines in (wrapped(text, room, width), balanced(text, room, width)):
        assert all(0 < len(line) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(balanced(text, room, width)) == len(wrapped(text, room, width))
    assert len(cut(text, room, 2, width, "…")) <= 2


@pytest.mark.parametrize(
    "strip",
    [
        None,
        Strip(length=1, days="s" * 300, now=300),
        Strip(length=300, days="1n8" * 100, now=1),
        Strip(length=10, days="n" * 3000, now=None),
        Strip(length=10, days="s", now=1),
        Strip(length=10, days="s" * 30_000, now=1),
    ],
)
def test_any_plan_gives_a_card(strip: Strip | None) -> None:
    assert opened(draw_card(card(strip=strip, fields=()), look())).size == (1200, 630)


def test_pages_name_their_card() -> None:
    result = build_files(small_files())
    outputs = {one.path: one for one in (*result.outputs, *free_pages(result.edition))}
    seen = set()
    for path, output in outputs.items():
        if path.endswith(".html"):
            metas = html.document_fromstring(output.content).xpath("//meta")
            found = {one.get("property") or one.get("name"): one.get("content") for one in metas}
            if path == "404.html":
                assert "og:image" not in found
                continue
            image = found["og:image"].removeprefix("https://ada.example/")
            assert image in outputs
            assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
            assert found["twitter:card"] == "summary_large_image"
            assert found["og:image:alt"]
            seen.add(image)
    assert seen == {path for path in outputs if path.endswith("card.png")}
    rate = outputs["reproductions/rate/index.html"].content.decode()
    alt = re.search(r'og:image:alt" content="([^"]*)"', rate)
    assert alt is not None
    assert alt[1] == f"{RATE.front.title}. Partly, 1 of 2 claims."


def test_a_figure_of_that_name_is_told() -> None:
    files = small_files()
    page = files["builds/sketch/index.md"]
    files["builds/sketch/index.md"] = page + b"\n![A figure](card.png)\n"
    figure = io.BytesIO()
    Image.new("RGB", (8, 8)).save(figure, "PNG")
    files["builds/sketch/card.png"] = figure.getvalue()
    said = [one.message for one in build_files(files).diagnostics if one.rule == "duplicate-url"]
    assert len(said) == 1
    assert "/builds/sketch/card.png" in said[0]


def test_the_memory_is_asked_by_all_that_goes_in() -> None:
    keys: list[str] = []

    def remember(key: str, _make: Callable[[], bytes]) -> bytes:
        keys.append(key)
        return b"kept"

    result = build(source_tree(small_files()), site.settings(), site.theme(), TODAY, remember)
    assert {one.content for one in result.outputs if one.path.endswith("card.png")} == {b"kept"}
    assert len(keys) == len(set(keys)) == 1 + len(EDITION.portfolio.entries)
    again = keys.copy()
    keys.clear()
    list(cards(replace(EDITION, theme=replace(site.theme(), assets={**site.theme().assets, TOKENS: b""})), remember))
    assert not set(keys) & set(again)


def test_nothing_is_drawn_or_imported_by_a_check() -> None:
    code = (
        "import os, sys; from pathlib import Path; from labfolio.engines.site_folder import open_folder, run;"
        " run(open_folder(Path('mkdocs.yml'), os.environ), os.environ, '2026-11-20', drawn=False);"
        " print([m for m in ('PIL.ImageFont', 'PIL.ImageDraw', 'labfolio.files.cache') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=site.SMALL, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert not (site.SMALL / ".cache").exists()


def test_the_drawing_is_the_size_that_the_frame_states() -> None:
    assert f'og:image:width" content="{drawing_module.WIDTH}"' in site.theme().frame
    assert f'og:image:height" content="{drawing_module.HEIGHT}"' in site.theme().frame
