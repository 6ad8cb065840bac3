"""A page that is open while its source is written: it follows, stays where it was, and outlives the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.engines.test_native_serve import Preview

pytestmark = pytest.mark.browser
PATIENCE = 60_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a window in which a write-up does not fit."""
    context = browser.new_context(viewport={"width": 800, "height": 400})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_an_open_page_follows_its_source(page: Page, small: Path, tmp_path: Path) -> None:
    sketch = small / "builds" / "sketch" / "index.md"
    sound = sketch.read_text() + "\n\nA line.\n" * 60
    sketch.write_text(sound)
    preview = Preview(small, tmp_path / "log")
    port = preview.port
    try:
        page.goto(f"http://127.0.0.1:{port}/builds/sketch/")
        page.evaluate("scrollTo(0, 700)")
        sketch.write_text(sound.replace("Counting.", "Counting anew."))
        expect(page.get_by_text("Counting anew.")).to_be_attached(timeout=PATIENCE)
        page.wait_for_function("Math.abs(scrollY - 700) < 3")

        sketch.write_text(sound.replace("status: shipped", "staus: shipped"))
        expect(page.get_by_role("heading", name="This page cannot be built yet")).to_be_visible(timeout=PATIENCE)
        sketch.write_text(sound)
        expect(page.get_by_text("Counting.")).to_be_attached(timeout=PATIENCE)
        page.wait_for_function("Math.abs(scrollY - 700) < 3")

        preview.end()
        sketch.write_text(sound.replace("Counting.", "Counting while nobody served."))
        preview = Preview(small, tmp_path / "log2", port=port)
        expect(page.get_by_text("Counting while nobody served.")).to_be_attached(timeout=PATIENCE)
        page.wait_for_function("Math.abs(scrollY - 700) < 3")
    finally:
        preview.process.kill()
        preview.process.wait()


def test_a_page_loads_again_once_and_only_if_it_changed(page: Page, small: Path, tmp_path: Path) -> None:
    sketch, about = small / "builds" / "sketch" / "index.md", small / "content" / "about.md"
    sketch.write_text(sketch.read_text() + "\n\nA line.\n" * 60)
    preview = Preview(small, tmp_path / "log")
    other = page.context.new_page()
    try:
        for one, path in ((page, "/builds/sketch/"), (other, "/about/")):
            # Of the pages of a context only one is in front; the others would not listen.
            one.add_init_script("Object.defineProperty(document, 'hidden', {get: () => false})")
            one.add_init_script("sessionStorage.loads = 1 + Number(sessionStorage.loads || 0)")
            one.goto(f"http://127.0.0.1:{preview.port}{path}")
        page.evaluate("scrollTo(0, 700)")
        sketch.write_text(sketch.read_text() + "\nThe end of it.\n")
        preview.says("(?m)^builds/sketch/index.md changed: built")
        expect(page.get_by_text("The end of it.")).to_be_attached(timeout=PATIENCE)
        about.write_text(about.read_text() + "\nMore about Ada.\n")
        preview.says("(?m)^content/about.md changed: built")
        expect(other.get_by_text("More about Ada.")).to_be_attached(timeout=PATIENCE)
        page.wait_for_function("Math.abs(scrollY - 700) < 3")
        assert [one.evaluate("sessionStorage.loads") for one in (page, other)] == ["2", "2"]
    finally:
        preview.process.kill()
        preview.process.wait()


def test_many_open_pages_do_not_block_each_other(page: Page, small: Path, tmp_path: Path) -> None:
    """A browser holds six connections to a host; a page that nobody looks at gives its own back."""
    preview = Preview(small, tmp_path / "log")
    try:
        pages = [page, *(page.context.new_page() for _ in range(8))]
        for one in pages:
            one.add_init_script("Object.defineProperty(document, 'hidden', {get: () => !window.looked_at})")
            one.goto(f"http://127.0.0.1:{preview.port}/")
            expect(one.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
        about = small / "content" / "about.md"
        about.write_text(about.read_text() + "\nMore about Ada.\n")
        last = pages[-1]
        last.goto(f"http://127.0.0.1:{preview.port}/about/")
        preview.wait("/about/", "More about Ada.")
        last.evaluate("window.looked_at = true; document.dispatchEvent(new Event('visibilitychange'))")
        expect(last.get_by_text("More about Ada.")).to_be_visible(timeout=PATIENCE)
    finally:
        preview.process.kill()
        preview.process.wait()
