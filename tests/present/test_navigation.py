"""The navigation: as mkdocs.yml says, else everything there is."""

from dataclasses import replace

from labfolio.model.site import NavItem
from labfolio.present.edition import navigation
from labfolio.present.frame import Frame, base_url, site_context
from tests.site import build_files, settings, theme

FREE = {"content/about.md": b"# About\n", "content/notes/x.md": b"# X\n"}


def titles(*items: tuple[str, str]) -> list[tuple[str, str]]:
    given = replace(settings(), nav=tuple(NavItem(title=title, target=target) for title, target in items))
    return [(item.title, item.target) for item in navigation(given, build_files(FREE).edition.portfolio)]


def test_without_a_word_it_names_every_kind_progress_and_pages_of_the_first_level() -> None:
    assert titles() == [
        ("Builds", "builds/"),
        ("Reproductions", "reproductions/"),
        ("Papers", "papers/"),
        ("Notebook", "notebook/"),
        ("Submissions", "submissions/"),
        ("Progress", "progress/"),
        ("About", "about/"),
    ]


def test_pages_are_named_by_source_or_by_address() -> None:
    assert titles(("My work", "builds/"), ("", "about.md"), ("", "papers/index.md"), ("", "./notes/x.md")) == [
        ("My work", "builds/"),
        ("About", "about/"),
        ("Papers", "papers/"),
        ("X", "notes/x/"),
    ]


def test_what_nothing_answers_is_left_out() -> None:
    assert titles(("Gone", "gone.md"), ("Builds", "builds")) == [("Builds", "builds/")]


def test_an_outside_address_stays_whole() -> None:
    nav = (NavItem(title="Code", target="https://code.example/"), NavItem(title="Builds", target="builds/"))
    site = site_context(settings(), nav, "", b"", b"", b"", ())
    page = Frame(theme(), settings(), site).render("builds/x/", "X", "<p>x</p>").decode()
    assert '<a href="https://code.example/">Code</a>' in page
    assert '<a href="../../builds/">Builds</a>' in page


def test_the_way_to_the_root() -> None:
    assert [base_url(url) for url in ("", "builds/", "builds/x/")] == [".", "..", "../.."]
