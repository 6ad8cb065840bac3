"""Old URLs in Chromium: a redirect keeps query and fragment, works without JavaScript and leaves no step behind."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NEW = "submissions/workshop/"


@pytest.mark.parametrize("old", ["submissions/talk/", "old/talk.html"])
def test_a_redirect_keeps_query_and_fragment(browser: Browser, site: str, old: str) -> None:
    page = browser.new_page()
    # The page takes longer than the redirect's own document, as it does on a network.
    page.route(f"**/{NEW}*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(f"{site}papers/")
    page.goto(f"{site}{old}?from=mail#abstract", wait_until="commit")
    page.wait_for_url(f"{site}{NEW}**")
    page.wait_for_load_state()
    assert page.url == f"{site}{NEW}?from=mail#abstract"
    page.go_back()
    assert page.url == f"{site}papers/"
    page.close()


def test_a_redirect_works_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}submissions/talk/", wait_until="commit")
    page.wait_for_url(f"{site}{NEW}")
    assert "Sketches in practice" in page.title()
    page.close()
