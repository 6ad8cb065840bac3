"""Pages with payloads in every field, opened in Chromium: none runs, none asks another host, none leads to a script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import serve
from tests.injection import portfolio
from tests.injection.portfolio import EVERY, PAYLOADS

_POLICY = re.compile(rb"<meta[^>]*http-equiv=\"Content-Security-Policy\"[^>]*>", re.IGNORECASE)
_SEEN = """() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
  .filter(one => one.name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(one.value)
    && ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(one.name))
  .map(one => `${element.tagName} ${one.name}=${one.value}`))
  .concat([...document.querySelectorAll('main script, main iframe, main object, main embed, base, main form')]
    .map(element => element.outerHTML))"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a site with every payload, and its pages."""
    folder = tmp_path_factory.mktemp("attacked")
    pages: list[str] = []
    for path, content in portfolio.attacked(tmp_path_factory).outputs.items():
        if len(path) > 200 or "<" in path or "\x00" in path:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_POLICY.sub(b"", content))
        if path.endswith(".html") and "/tag/" not in path and "topics/" not in path:
            pages.append(path)
    server, address = serve(folder)
    yield address, pages if EVERY else [path for path in pages if path.count("/") < 3 and "milestones" not in path]
    server.shutdown()


def test_no_page_runs_a_payload(browser: Browser, attacked: tuple[str, list[str]]) -> None:
    address, pages = attacked
    context = browser.new_context()
    told: list[str] = []
    context.route(re.compile(rf"^(?!{re.escape(address)})"), lambda route: _refuse(route, told))
    page = context.new_page()
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss())[1])
    page.on("pageerror", lambda error: told.append(f"error {error}"))
    for path in pages:
        page.goto(f"{address}{path}", wait_until="load")
        told += [f"{path}: {one}" for one in _found(page)]
        # An old address leads to the page that it is now.
        assert page.url.startswith(address)
    context.close()
    assert len(pages) > len(PAYLOADS)
    assert told == []


def _refuse(route: Route, told: list[str]) -> None:
    told.append(f"asked for {route.request.url}")
    route.abort()


def _found(page: Page) -> list[str]:
    """What ran, what would, and what does after everything was pointed at and opened."""
    found: list[str] = page.evaluate(_SEEN)
    page.evaluate(
        """() => document.querySelectorAll('main *').forEach(element => {
          for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle', 'error', 'load'])
            element.dispatchEvent(new Event(kind));
          if (element.tagName === 'SUMMARY') element.click();
        })"""
    )
    return found + (["ran"] if page.evaluate("() => 'pwned' in window") else [])
