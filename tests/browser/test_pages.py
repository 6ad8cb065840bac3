"""Every page kind in Chromium: light and dark, wide and narrow, with and without JavaScript."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import serve
from tests.conftest import run

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "builds": "builds/",
    "build": "builds/hll-sketch/",
    "abandoned": "builds/four-bit-registers/",
    "reproductions": "reproductions/",
    "reproduction": "reproductions/hyperloglog-error/",
    "papers": "papers/",
    "paper": "papers/flajolet2007hyperloglog/",
    "notebook": "notebook/",
    "post": "notebook/intervals-not-points/",
    "submissions": "submissions/",
    "submission": "submissions/workshop/",
    "not reproduced": "reproductions/mixup-digits/",
    "trade-off": "builds/rff-classifier/",
    "failures": "builds/digit-failures/",
    "narrowed": "reproductions/verdict/partial/pillar/ml/",
    "claims": "claims/",
    "lineage": "lineage/",
    "feeds": "feeds/",
    "pillar": "pillars/re/",
    "topic": "topics/sketches/",
    "sub-milestone": "milestones/12/",
    "transcript": "transcript/",
    "progress": "progress/",
    "about": "about/",
    "contract": "contract/",
    "retired": "builds/withdrawn/",
    "404": "no/such/page/",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that a dark page can break where the same page in light holds them: it has the same elements.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def opened(browser: Browser, address: str, **options: object) -> tuple[Page, list[str], list[str]]:
    """A page with what its console said and which other hosts it asked."""
    page = browser.new_context(**options).new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if "//127.0.0.1" in request.url else asked.append(request.url))
    page.goto(address, wait_until="load")
    return page, said, asked


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_page(browser: Browser, site: str, name: str, width: int) -> None:
    page, said, asked = opened(
        browser, site + PAGES[name], viewport={"width": width, "height": 900}, color_scheme="light"
    )  # fmt: skip
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.check('1rem \"Source Serif 4\"')")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) != light
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": OF_COLOURS}})
    assert found.violations_count == 0, found.generate_report()
    expected = ["404"] if name == "404" else []
    assert [line for line in said if not any(word in line for word in expected)] == []
    assert asked == []
    page.context.close()


@pytest.mark.parametrize("name", ["home", "build", "reproduction", "progress"])
def test_page_reads_without_javascript(browser: Browser, site: str, name: str) -> None:
    page, _, asked = opened(browser, site + PAGES[name], java_script_enabled=False)
    assert asked == []
    assert page.locator("h1").is_visible()
    assert not page.locator(".theme-switch").is_visible()
    if name == "home":
        assert "As of 20 Nov 2026" in page.locator(".counter").inner_text()
        assert page.locator(".counter-number").inner_text() == "268"
    page.context.close()


@pytest.mark.parametrize(
    ("now", "day", "milestone"),
    [
        (datetime(2026, 11, 20, 12), "268", "Sub-milestone 27 of 30"),
        (datetime(2026, 11, 24, 12), "272", "Sub-milestone 28 of 30"),
        (datetime(2027, 3, 1, 12), "300", "Sub-milestone 30 of 30"),
        (datetime(2020, 1, 1, 12), "268", "Sub-milestone 27 of 30"),
    ],
)
def test_the_counter_is_right_on_the_day_it_is_read(
    browser: Browser, site: str, now: datetime, day: str, milestone: str
) -> None:
    page = browser.new_context().new_page()
    page.clock.set_fixed_time(now)
    page.goto(site)
    assert page.locator(".counter-number").inner_text() == day
    assert milestone in page.locator(".counter").inner_text()
    page.context.close()


def test_the_theme_switch_is_remembered(browser: Browser, site: str) -> None:
    page, said, _ = opened(browser, site, color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch = page.locator(".theme-switch")
    switch.click()
    switch.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(site + "builds/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.locator(".theme-switch").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    assert said == []
    page.context.close()


def test_the_skip_link_comes_first_and_leads_to_the_content(browser: Browser, site: str) -> None:
    page, _, _ = opened(browser, site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_nothing_that_authors_write_runs(browser: Browser, small: Path, tmp_path: Path) -> None:
    import json

    from tests.browser.conftest import BASE, serve
    from tests.conftest import run

    payload = "</title></script><script>window.ran=1</script><img src=x onerror='window.ran=2'>"
    (small / "builds" / "x.md").write_text(
        f"---\ntitle: {json.dumps(payload)}\ndate: 2026-06-01\nstatus: shipped\nsummary: {json.dumps(payload)}\n"
        f"tags: [{json.dumps(payload)}]\n---\n{payload}\n\n<svg onload='window.ran=3'></svg>\n"
    )
    program = (small / "content" / "program.yml").read_text().replace("Ada Example}", json.dumps(payload) + "}")
    (small / "content" / "program.yml").write_text(program)
    server, address = serve(tmp_path)
    assert run(["labfolio", "build", "-d", str(tmp_path / BASE)], small).returncode == 0
    for url in ("", "builds/", "builds/x/", "progress/"):
        page, _, _ = opened(browser, f"{address}{BASE}/{url}")
        assert page.evaluate("window.ran") is None
        page.context.close()
    server.shutdown()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_whole_programme_prints_its_transcript_on_two_sides(browser: Browser, small: Path, paper: str) -> None:
    claim = "\n  - {claim: a, locator: t, reported: 1, tolerance: 0.1, measured: {file: ../../a.csv, value: v}}"
    (small / "content" / "a.csv").write_text("seed,v\n0,1\n1,1.01\n2,0.99\n")
    for number in range(38):
        fields = f"title: A build with a name of the usual length, number {number}\ndate: 2026-05-0{number % 9 + 1}"
        pillar = ("swe", "re", "ml", "ds")[number % 4]
        text = f"---\n{fields}\nstatus: shipped\npillar: {pillar}\n---\nText.\n"
        (small / "builds" / f"b{number}.md").write_text(text)
    for number in range(20):
        folder = small / "content" / "reproductions" / f"r{number}"
        folder.mkdir()
        fields = f"title: A reproduction with a name of the usual length, {number}\ndate: 2026-06-0{number % 9 + 1}"
        text = f"---\n{fields}\nstatus: shipped\nlimitations: one\nclaims: {claim}\n---\nText.\n"
        (folder / "index.md").write_text(text)
    assert run(["labfolio", "build"], small).returncode == 0
    server, address = serve(small / "site")
    page = browser.new_page()
    page.goto(address + "transcript/", wait_until="networkidle")
    sides = page.pdf(format=paper)
    page.close()
    server.shutdown()
    assert len(re.findall(rb"/Type\s*/Page\b", sides)) == 2
