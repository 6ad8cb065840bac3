"""Mathematics as Chromium sets it: in the site's own face, as high and wide as it should be, within the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from labfolio.model.site import Output
from tests.browser.conftest import serve
from tests.conftest import ROOT
from tests.site import build_files, entry, small_files

pytestmark = pytest.mark.browser

BODY = r"""
$$ x $$ {#eq-low}

$$ \frac{\frac{a}{b}}{c} $$ {#eq-high}

$$ \left( \frac{\frac{a}{b}}{c} \right) $$ {#eq-fenced}

$$ \sqrt{T} ) $$ {#eq-root}

$$ \sum_{i=1}^{n} x_i $$ {#eq-limits}

$$ a + b + c + d + e + f + g + h + i + j + k + l + m = 0 $$ {#eq-wide}

In a line $\sum_{i=1}^{n} x_i$.
"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of expressions."""
    public = tmp_path_factory.mktemp("maths")
    every = (ROOT / "tests" / "markdown" / "expressions.md").read_text()
    files = small_files() | {"builds/x/index.md": entry(BODY), "builds/y/index.md": entry(every)}
    for output in build_files(files).outputs:
        _write(public, output)
    server, address = serve(public)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}builds/x/", wait_until="networkidle")
    yield page
    server.shutdown()


def _write(folder: Path, output: Output) -> None:
    path = folder / output.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(output.content)


def height(page: Page, selector: str) -> float:
    """The height of the first element that a selector finds, in px."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["height"]


def test_the_face_is_the_sites_own(page: Page) -> None:
    assert page.evaluate("document.fonts.check('1em \"STIX Two Math\"', 'x')")
    loaded = page.evaluate("[...document.fonts].filter(one => one.status == 'loaded').map(one => one.family)")
    assert any("STIX Two Math" in one for one in loaded)


def test_a_fraction_is_high_and_its_fence_with_it(page: Page) -> None:
    low, high = height(page, "#eq-low mi"), height(page, "#eq-high mfrac")
    assert high > 2 * low
    assert height(page, "#eq-fenced mo") > 0.8 * high


def test_limits_stand_above_and_below_in_a_display_and_beside_in_a_line(page: Page) -> None:
    assert height(page, "#eq-limits munderover") > 1.8 * height(page, ".prose p munderover, .prose p msubsup")


def test_a_root_leaves_no_hole_behind_it(page: Page) -> None:
    root, after = (page.locator(f"#eq-root {one}").first.bounding_box() for one in ("msqrt mi", "mo"))
    assert root is not None
    assert after is not None
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('math')).fontSize)")
    assert after["x"] - root["x"] - root["width"] < 0.35 * size


@pytest.mark.parametrize("width", [320, 1280])
def test_a_wide_display_scrolls_and_the_page_does_not(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    inner, outer = page.evaluate("(b => [b.scrollWidth, b.clientWidth])(document.querySelector('#eq-wide .scroll'))")
    assert inner > outer if width == 320 else inner == outer


def test_every_expression_of_the_list_is_set(page: Page) -> None:
    page.goto(page.url.replace("/x/", "/y/"), wait_until="networkidle")
    flat = "[...document.querySelectorAll('math')].filter(one => one.getBoundingClientRect().height < 8).length"
    assert page.locator(".prose math").count() >= 70
    assert page.evaluate(flat) == 0
