"""What readers do: search, ask a list, use keys alone, enlarge text, choose their colours, come over a slow line."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.browser.test_pages import PAGES, TAGS, opened
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

WRITE_UPS = [
    f"{kind}/{page.parent.name}/"
    for kind, folder in (("builds", "builds"), ("reproductions", "content/reproductions"))
    for page in sorted((ROOT / folder).glob("*/index.md"))
]
KINDS = {"Builds": "B", "Reproductions": "R", "Papers": "P", "Notebook": "N", "Submissions": "S"}


def violations(page: Page) -> str:
    """What axe says against a page; nothing where it finds nothing."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return found.generate_report() if found.violations_count else ""


def searching(page: Page, way: str = "/") -> Locator:
    """The search dialog, opened in one of its ways."""
    if way == "button":
        page.locator(".search-open").click()
    else:
        page.keyboard.press(way)
    dialog = page.locator("dialog.search")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("name", ["home", "reproduction", "404"])
def test_search_opens_in_three_ways_and_is_not_fetched_before(browser: Browser, site: str, name: str) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.goto(site + PAGES[name], wait_until="networkidle")
    # The page for unknown addresses reads the list of entries to name the closest.
    early = () if name == "404" else ("search-list.json",)
    assert [url for url in asked if url.startswith(("pagefind/", "assets/later/", "search-filters", *early))] == []
    for way in ("/", "Control+k", "button"):
        dialog = searching(page, way)
        expect(dialog.locator("input")).to_be_focused()
        expect(dialog.locator("input")).to_have_value("")
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).not_to_be_visible()
    assert any(url.startswith("assets/later/search.js") for url in asked)
    searching(page)
    page.keyboard.type("B01")
    expect(dialog.locator(f'a[href="{site}builds/bloom-filter/"]')).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_search_can_be_read_by_everyone(browser: Browser, site: str, scheme: str, width: int) -> None:
    page, said, _ = opened(browser, site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    dialog = searching(page)
    expect(dialog.locator("select").first).to_be_visible()
    for words, answer in (("", r"^$"), ("sketch", r"\d+ results"), ("qqzzqq", "Nothing found for “qqzzqq”")):
        dialog.locator("input").fill(words)
        expect(dialog.get_by_role("status")).to_have_text(re.compile(answer))
        assert violations(page) == ""
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert dialog.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert said == []
    page.context.close()


def test_search_groups_what_it_finds_by_kind_with_ids(browser: Browser, site: str) -> None:
    page, _, _ = opened(browser, site + PAGES["reproduction"])
    dialog = searching(page)
    page.keyboard.type("bloom filter")
    expect(dialog.locator(f'a[href="{site}builds/bloom-filter/"]')).to_have_text(re.compile("Bloom filter"))
    groups = dialog.locator(".search-results section").all()
    headings = [group.locator("h3").inner_text() for group in groups]
    assert len(headings) == len(set(headings)) > 1
    for kind, group in zip(headings, groups, strict=True):
        for row in group.locator("li").all():
            assert re.fullmatch(KINDS[kind] + r"\d+", row.locator(".search-id").inner_text())
            assert row.locator("a").evaluate("one => one.href").startswith(f"{site}{kind.lower()}/")
    page.context.close()


def test_search_can_be_narrowed_with_and_without_words(browser: Browser, site: str) -> None:
    page, _, _ = opened(browser, site)
    lists: list[str] = []
    page.on("request", lambda request: lists.append(request.url) if "search-list" in request.url else None)
    dialog = searching(page)
    page.keyboard.type("sketch")
    results = dialog.locator(".search-results")
    expect(results.locator("h3").nth(1)).to_be_visible()
    everything = results.locator("li").count()
    dialog.get_by_label("Kind").select_option("Reproductions")
    expect(results.locator("h3")).to_have_text(["Reproductions"])
    assert 0 < results.locator("li").count() < everything
    dialog.get_by_label("Kind").select_option("")
    expect(results.locator("li")).to_have_count(everything)
    # The list grows with the entries; words are answered by the index alone.
    assert lists == []
    dialog.locator("input").fill("")
    dialog.get_by_label("Status").select_option("Abandoned")
    expect(results.locator(".search-id")).to_have_text(["B04"])
    assert len(lists) == 1
    page.context.close()


def test_results_out_of_sight_are_fetched_once_a_reader_goes_on(browser: Browser, site: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if ".pf_fragment" in request.url else None)
    page.goto(site)
    dialog = searching(page)
    dialog.locator("input").fill("seeds")
    rows, said = dialog.locator(".search-results li"), dialog.get_by_role("status")
    expect(rows).to_have_count(6)
    expect(said).to_have_text(re.compile(r"About \d+ results"))
    assert len(fetched) == 6
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(re.compile(r"^\d+( of \d+)? results"))
    number = int(said.inner_text().split()[0])
    assert 6 < number == rows.count() <= len(fetched)
    expect(dialog.locator(".search-results a").first).to_be_focused()
    headings = dialog.locator("h3").all_inner_texts()
    assert len(headings) == len(set(headings))
    page.context.close()


def test_arrows_lead_into_the_results_and_back(browser: Browser, site: str) -> None:
    page, _, _ = opened(browser, site)
    dialog = searching(page)
    page.keyboard.type("sketch")
    links = dialog.locator(".search-results a")
    expect(links).not_to_have_count(0)
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(dialog.locator("input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    wanted = links.first.evaluate("one => one.href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)
    page.context.close()


@pytest.mark.parametrize("words", ["", "sketch"])
def test_escape_closes_search_and_gives_the_focus_back(browser: Browser, site: str, words: str) -> None:
    page, _, _ = opened(browser, site)
    for way, back in (("button", ".search-open"), ("/", ".brand")):
        page.locator(".brand").focus()
        dialog = searching(page, way)
        if words:
            dialog.locator("input").fill(words)
            expect(dialog.locator(".search-results a").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()
        expect(page.locator(back)).to_be_focused()
    page.context.close()


@pytest.mark.parametrize("indexed", [True, False])
def test_words_that_are_markup_stay_words(browser: Browser, site: str, indexed: bool) -> None:
    page, _, _ = opened(browser, site)
    if not indexed:
        page.route("**/pagefind/pagefind.js", lambda route: route.abort())
    dialog = searching(page)
    dialog.locator("input").fill("<img src=x onerror=window.ran=1>")
    expect(dialog.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("window.ran") is None
    assert dialog.locator("img").count() == 0
    expect(dialog.get_by_role("status")).to_contain_text("Nothing found for “<img src=x onerror=window.ran=1>”")
    page.context.close()


def test_search_answers_from_the_list_of_entries_where_the_index_fails(browser: Browser, site: str) -> None:
    page, _, _ = opened(browser, site + PAGES["build"])
    page.route("**/pagefind/pagefind.js", lambda route: route.abort())
    with page.expect_response(site + "search-list.json"):
        dialog = searching(page)
    page.keyboard.type("bloom")
    expect(dialog.locator(f'a[href="{site}builds/bloom-filter/"]')).to_be_visible()
    assert "Builds" in dialog.locator("h3").all_inner_texts()
    assert "B01" in dialog.locator(".search-id").all_inner_texts()
    dialog.get_by_label("Kind").select_option("Papers")
    expect(dialog.locator("h3")).to_have_text(["Papers"])
    dialog.locator("input").fill("qqzzqq")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing found")
    page.context.close()


LISTS = {
    "builds/": {"pillar": "swe", "status": "shipped"},
    "papers/": {"pillar": "ml", "status": "shipped"},
    "reproductions/": {"verdict": "partial", "pillar": "ml"},
}


def shown(page: Page) -> list[str]:
    """The ids of the rows that a reader sees, in their order."""
    return page.evaluate(
        "[...document.querySelectorAll('main [data-status]')].filter(one => one.checkVisibility()).map(one => one.id)"
    )


def fitting(page: Page, answers: dict[str, str]) -> list[str]:
    """The ids of the rows that fit all answers, from what the page says of each row."""
    rows = page.locator("main [data-status]").evaluate_all("rows => rows.map(row => [row.id, {...row.dataset}])")
    return [row for row, said in rows if all(value in said.get(name, "").split() for name, value in answers.items())]


def answer(page: Page, name: str, value: str) -> Locator:
    return page.locator(f'[data-question="{name}"] [data-answer="{value}"]')


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("place", LISTS)
def test_a_list_answers_in_place(browser: Browser, site: str, place: str, width: int) -> None:
    page, said, _ = opened(browser, site + place, viewport={"width": width, "height": 900})
    everything = shown(page)
    status = page.locator(".choices").get_by_role("status")
    page.evaluate("window.stayed = true")
    answers: dict[str, str] = {}
    seen = [everything]
    for name, value in LISTS[place].items():
        answer(page, name, value).click()
        answers[name] = value
        seen.append(fitting(page, answers))
        assert page.url == f"{site}{place}?{urlencode(answers)}"
        assert shown(page) == seen[-1]
        assert 0 < len(seen[-1]) < len(everything)
        expect(status).to_have_text(f"{len(seen[-1])} of {len(everything)} shown")
        expect(answer(page, name, value)).to_have_attribute("aria-current", "true")
        expect(answer(page, name, "")).not_to_have_attribute("aria-current", "true")
    for name, value, count in page.locator("[data-answer]:has(.choice-count)").evaluate_all(
        "all => all.map(one => [one.closest('[data-question]').dataset.question, one.dataset.answer,"
        " one.querySelector('.choice-count').textContent])"
    ):
        asked = {key: given for key, given in {**answers, name: value}.items() if given}
        assert count == str(len(fitting(page, asked))), (name, value)
    assert violations(page) == ""
    for rows in reversed(seen[:-1]):
        page.go_back()
        assert shown(page) == rows
    assert page.url == site + place
    expect(status).to_be_empty()
    assert page.evaluate("window.stayed")
    page.goto(f"{site}{place}?{urlencode(answers)}")
    assert shown(page) == seen[-1]
    expect(status).to_have_text(f"{len(seen[-1])} of {len(everything)} shown")
    page.goto(f"{site}{place}?pillar=none&status=%3Cb%3E&more=1")
    assert shown(page) == everything
    assert said == []
    page.context.close()


@pytest.mark.parametrize("place", LISTS)
def test_a_list_can_begin_with_day_one(browser: Browser, site: str, place: str) -> None:
    page, _, _ = opened(browser, site + place)
    groups = page.locator(".group").evaluate_all(
        "all => all.map(one => ['dated' in one.dataset, 'fixed' in one.dataset,"
        " [...one.querySelectorAll('[data-status]')].map(row => row.id)])"
    )
    dated = iter([rows[::-1] for is_dated, _, rows in reversed(groups) if is_dated])
    turned = ((next(dated) if is_dated else rows if is_fixed else rows[::-1]) for is_dated, is_fixed, rows in groups)
    expected = [row for rows in turned for row in rows]
    newest = shown(page)
    page.goto(f"{site}{place}order/oldest/")
    assert shown(page) == expected != newest
    page.goto(f"{site}{place}?order=oldest")
    assert shown(page) == expected
    answer(page, "order", "").click()
    assert shown(page) == newest
    page.context.close()


@pytest.mark.parametrize("place", LISTS)
def test_a_list_answers_with_pages_where_there_is_no_javascript(browser: Browser, site: str, place: str) -> None:
    page, _, _ = opened(browser, site + place, java_script_enabled=False)
    links = page.locator("[data-answer]").evaluate_all(
        "all => all.map(one => [one.closest('[data-question]').dataset.question, one.dataset.answer, one.href])"
    )
    expected = {
        url: fitting(page, {name: value} if value and name not in ("group", "order") else {})
        for name, value, url in links
    }
    assert list(expected) == [site + place, *(f"{site}{place}{name}/{value}/" for name, value, _ in links if value)]
    for name, value in LISTS[place].items():
        answer(page, name, value).click()
        page.wait_for_url(f"{site}{place}{name}/{value}/")
        expect(answer(page, name, value)).to_have_attribute("aria-current", "true")
        assert shown(page) == expected[page.url]
        page.goto(site + place)
    for url, rows in expected.items():
        assert sorted(re.findall(r'id="([A-Z]\d+)" data-', page.request.get(url).text())) == sorted(rows)
    page.context.close()


@pytest.mark.parametrize("place", LISTS)
def test_a_list_can_be_asked_with_keys_alone(browser: Browser, site: str, place: str) -> None:
    page, _, _ = opened(browser, site + place)
    answers: dict[str, str] = {}
    for name, value in LISTS[place].items():
        for _ in range(60):
            page.keyboard.press("Tab")
            if answer(page, name, value).evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Enter")
        answers[name] = value
        assert page.url.endswith("?" + urlencode(answers))
        assert shown(page) == fitting(page, answers)
        expect(answer(page, name, value)).to_be_focused()
    page.context.close()


# What Tab must reach: all that can be used and seen; of radio buttons with one name, one.
STOPS = """() => {
  const all = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')];
  const names = new Set();
  return all.filter(one => {
    if (one.disabled || !one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== 'radio') return true;
    return !names.has(one.name) && names.add(one.name);
  }).map(one => one.dataset.stop = one.type === 'radio' ? one.name : String(all.indexOf(one)));
}"""
# Where the focus is: its stop, whether its outline shows and which sides of it are cut off, and whether it is the
# topmost thing at its middle.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const ringed = one.type === 'radio' ? one.closest('.tabbed-set') : one;
  const {outlineStyle, outlineWidth, outlineColor, outlineOffset} = getComputedStyle(ringed);
  const box = ringed.getClientRects()[0];
  const ring = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const cut = new Set();
  for (let around = ringed.parentElement; around !== document.documentElement; around = around.parentElement) {
    const {overflowX, overflowY} = getComputedStyle(around);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    const edge = around.getBoundingClientRect();
    if (box.left - ring < edge.left - 1) cut.add('left');
    if (box.right + ring > edge.right + 1) cut.add('right');
    if (box.top - ring < edge.top - 1) cut.add('top');
    if (box.bottom + ring > edge.bottom + 1) cut.add('bottom');
  }
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const inside = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const top = document.elementFromPoint(x, y);
  const last = window.last;
  window.last = one;
  return {
    text: one.outerHTML.slice(0, 120), stop: one.type === 'radio' ? one.name : one.dataset.stop,
    outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && !/^rgba.*, 0\\)$/.test(outlineColor),
    cut: [...cut], inside, hidden: inside && !ringed.contains(top) ? top.outerHTML.slice(0, 120) : '',
    later: !last || !!(last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["home", "build", "failures", "reproduction", "builds"])
def test_keys_alone_reach_everything(browser: Browser, site: str, name: str, width: int) -> None:
    page, _, _ = opened(browser, site + PAGES[name], viewport={"width": width, "height": 800})
    stops = page.evaluate(STOPS)
    reached = []
    while (focus := page.keyboard.press("Tab") or page.evaluate(FOCUS)) and len(reached) <= 2 * len(stops):
        if reached and focus["stop"] == reached[0]:
            break
        assert focus["outlined"], focus
        assert len(focus["cut"]) <= 1, focus
        assert focus["inside"], focus
        assert not focus["hidden"], focus
        assert focus["later"], focus
        reached.append(focus["stop"])
    assert [stop for stop in reached if stop is not None] == stops
    page.context.close()


SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
# Boxes that cut their text off, and lines of text that lie upon others.
LOST = """() => {
  const clipped = [];
  const lines = [];
  const skipped = one => one.closest('.visually-hidden, svg, math, script, style, .headerlink, .skip');
  for (const one of document.body.querySelectorAll('*')) {
    const {overflowX, overflowY} = getComputedStyle(one);
    if (skipped(one) || !one.textContent.trim() || !one.checkVisibility()) continue;
    const wide = /hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 1;
    const high = /hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
    if (wide || high) clipped.push(one.outerHTML.slice(0, 120));
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || skipped(parent) || !parent.checkVisibility({visibilityProperty: true})) continue;
    let [left, right] = [-Infinity, Infinity];
    for (let one = parent; one; one = one.parentElement) {
      if (!/auto|scroll/.test(getComputedStyle(one).overflowX)) continue;
      const box = one.getBoundingClientRect();
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const [from, to] = [Math.max(box.left, left), Math.min(box.right, right)];
      if (to - from > 1) lines.push({from, to, top: box.top, bottom: box.bottom, text});
    }
  }
  const covered = [];
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((one, at) => {
    for (const two of lines.slice(at + 1)) {
      if (two.top >= one.bottom) break;
      const across = Math.min(one.to, two.to) - Math.max(one.from, two.from);
      const down = Math.min(one.bottom, two.bottom) - two.top;
      const small = Math.min(one.bottom - one.top, two.bottom - two.top);
      if (one.text !== two.text && across > 2 && down > small / 2) covered.push([one.text.data, two.text.data]);
    }
  });
  return {clipped, covered};
}"""


@pytest.mark.parametrize(
    ("spaced", "width", "scale"), [(True, 1280, 1), (True, 320, 1), (False, 640, 2)], ids=["spaced", "phone", "zoomed"]
)
@pytest.mark.parametrize("name", ["home", "builds", "build", "reproduction", "papers", "progress", "transcript"])
def test_larger_text_loses_nothing(
    browser: Browser, site: str, name: str, spaced: bool, width: int, scale: int
) -> None:
    size = {"width": width, "height": 900 // scale}
    page, _, _ = opened(browser, site + PAGES[name], viewport=size, device_scale_factor=scale)
    if spaced:
        page.add_style_tag(content=SPACED)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate(LOST) == {"clipped": [], "covered": []}
    page.context.close()


STATES = {
    "forced": {"forced_colors": "active", "color_scheme": "dark"},
    "still": {"reduced_motion": "reduce"},
    "contrast": {"contrast": "more"},
    "no script": {"java_script_enabled": False},
}
SIDES = ("left", "top", "right", "bottom")
# The lines that make a sheet and its cells: colour, width and the ground they stand on.
RULES = """() => {
  const ground = one => {
    const colour = getComputedStyle(one).backgroundColor;
    return /^rgba.*, 0\\)$/.test(colour) && one.parentElement ? ground(one.parentElement) : colour;
  };
  const look = (one, colour, width) => {
    const style = getComputedStyle(one);
    return [one.className.baseVal || one.className, style[colour], parseFloat(style[width]), ground(one.parentElement)];
  };
  return [
    ...[...document.querySelectorAll('.title-block, .sheet, .title-block .field')]
      .map(one => look(one, 'borderRightColor', 'borderRightWidth')),
    ...[...document.querySelectorAll('.plate svg > rect')].map(one => look(one, 'stroke', 'strokeWidth')),
  ];
}"""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ["home", "reproduction", "builds"])
def test_marks_and_rules_stay_visible(browser: Browser, site: str, tmp_path: Path, name: str, state: str) -> None:
    page, _, asked = opened(browser, site + PAGES[name], viewport={"width": 1280, "height": 900}, **STATES[state])
    marks = page.locator(".mark")
    words = {text.strip() for text in marks.all_inner_texts()}
    assert words & {"Shipped", "Replicated"}
    assert "" not in words
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    picture = Image.open(tmp_path / "page.png").convert("L")
    boxes = marks.locator("svg").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => [one.querySelector('use').href.baseVal,"
        " one.getBoundingClientRect().toJSON(), one.parentElement.getBoundingClientRect().toJSON()])"
    )
    for shape, *parts in boxes:
        for part in parts:
            darkest, lightest = picture.crop([round(part[side]) for side in SIDES]).getextrema()
            assert lightest - darkest > 60, shape
    rules = page.evaluate(RULES)
    assert len(rules) > (300 if name == "home" else 1)
    for box, colour, width, ground in rules:
        assert colour not in ("none", ground), box
        assert not re.fullmatch(r"rgba.*, 0\)", colour), box
        assert width > 0, box
    assert asked == []
    if state == "no script":
        # axe is a script itself: it looks at the page without the page's own.
        page.context.close()
        page = browser.new_context().new_page()
        page.route("**/*.js*", lambda route: route.abort())
        page.goto(site + PAGES[name])
    assert violations(page) == ""
    page.context.close()


@pytest.mark.parametrize(("motion", "moving"), [("no-preference", 1), ("reduce", 0)])
def test_nothing_moves_for_those_who_asked_for_stillness(browser: Browser, site: str, motion: str, moving: int) -> None:
    page, _, _ = opened(browser, f"{site}{PAGES['reproduction']}#claim-m256", reduced_motion=motion)
    page.locator(".claim-id a").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "record-m256"
    assert len(page.evaluate("document.getAnimations().map(one => one.animationName)")) == moving
    page.context.close()


# In KiB: write-ups of the usual length; twenty seeds a claim and three charts; a notebook and code quoted twice.
USUAL, LONG, NOTEBOOK = 44, 48, 58
WEIGHTS = {
    "builds/hll-sketch/": NOTEBOOK,
    "reproductions/mixup-digits/": USUAL,
    "reproductions/bloom-filter-table/": USUAL,
}
SHIFTS = (
    "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
    " if (!one.hadRecentInput) window.shift += one.value; }).observe({type: 'layout-shift', buffered: true});"
)


@pytest.mark.parametrize("place", WRITE_UPS)
def test_a_write_up_is_small_on_the_wire(browser: Browser, site: str, place: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.add_init_script(SHIFTS)
    page.goto(site + place, wait_until="networkidle")
    files = {response.url.removeprefix(site).split("?")[0]: response.body() for response in responses if response.ok}
    packed = {name: len(gzip.compress(body, 6)) for name, body in files.items()}
    later = page.request.get(site + "assets/later/search.js").body()
    scripts = sum(size for name, size in packed.items() if name.endswith(".js"))
    maths = {name: len(body) for name, body in files.items() if "stix-two-math" in name}
    assert bool(maths) == (b"<math" in files[place])
    assert sum(maths.values()) <= 48 * 1024
    assert len(responses) == len(files) <= 12 + len(maths), list(files)
    assert not [name for name in files if name.startswith(("pagefind/", "assets/later/", "search-"))]
    assert sum(size for name, size in packed.items() if name == place or name.endswith((".css", ".js"))) <= 30 * 1024
    assert scripts + len(gzip.compress(later, 6)) <= 15 * 1024
    words = sum(len(body) for name, body in files.items() if name.endswith(".woff2") and name not in maths)
    assert words <= 125 * 1024
    assert page.evaluate("window.shift") < 0.02
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.shift") < 0.02
    assert len(files[place]) <= WEIGHTS.get(place, LONG) * 1024
    page.context.close()


def test_grouped_papers_take_along_what_was_asked(browser: Browser, site: str) -> None:
    page, said, _ = opened(browser, f"{site}papers/")
    answer(page, "depth", "full").click()
    asked = shown(page)
    answer(page, "group", "venue").click()
    page.wait_for_url(f"{site}papers/group/venue/?depth=full")
    assert sorted(shown(page)) == sorted(asked)
    page.locator('[data-question="venue"] a[href*="#in-"]').first.click()
    assert page.locator(":target").count() == 1
    answer(page, "depth", "").click()
    assert len(shown(page)) > len(asked)
    assert said == []
    page.context.close()
