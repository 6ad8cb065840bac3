"""What Markdown becomes: links, figures, tables, and nothing that runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.markdown.links import LinkTable, relative, resolve
from labfolio.markdown.sanitise import clean
from tests.fuzz.pages import markdown
from tests.site import build_files, entry, small_files


def article(body: str, path: str = "builds/x/index.md") -> str:
    files = small_files() | {path: entry(body)}
    return build_files(files).edition.articles[path].html


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("../sketch/index.md", "../sketch/"),
        ("../sketch/", "../sketch/"),
        ("../sketch/index.md#problem", "../sketch/#problem"),
        ("../../content/reproductions/rate/index.md", "../../reproductions/rate/"),
        ("../../reproductions/rate/", "../../reproductions/rate/"),
        ("../../content/about.md", "../../about/"),
        ("../../progress/", "../../progress/"),
        ("../../feed.xml", "../../feed.xml"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_link(written: str, href: str) -> None:
    assert f'href="{href}"' in article(f"[text]({written})")


def test_a_link_in_raw_html_is_resolved_too() -> None:
    assert 'href="../sketch/"' in article('<a href="../sketch/index.md">text</a>')


def test_an_image_alone_becomes_a_figure_with_its_size() -> None:
    html = article('![Alt](../sketch/figures/error.png "Caption")')
    assert '<figure class="figure"><img alt="Alt"' in html
    assert 'width="320"' in html
    assert 'height="180"' in html
    assert "<figcaption>Caption</figcaption>" in html


def test_a_csv_becomes_its_table() -> None:
    html = article("![Slopes](../../content/reproductions/rate/results/slopes.csv)")
    assert html.count("<tr>") == 6
    assert '<td class="num">\N{MINUS SIGN}0.49</td>' in html
    assert 'href="../../reproductions/rate/results/slopes.csv"' in html


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVa&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](labfolio-link:javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=x><button formaction=javascript:alert(1)>x</button></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "text {: onclick=alert(1) }",
    "<style>@import url(//evil.example/x.css)</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<object data=javascript:alert(1)></object>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs(payload: str) -> None:
    from lxml import html

    root = html.fragment_fromstring(article(f"Before.\n\n{payload}\n\nAfter."), create_parent="div")
    for element in root.iter():
        assert element.tag not in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "meta",
            "link",
            "mglyph",
        )
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "script:" not in value.lower().replace("\t", "")
            assert not value.lower().startswith("data:")


def test_templates_stay_text() -> None:
    assert "{{ 7 * 7 }} {% x %}" in article("{{ 7 * 7 }} {% x %}")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_renders(text: str) -> None:
    markdown(text.encode())


TABLE = LinkTable(
    pages={"builds/a/index.md": "builds/a/"}, urls=frozenset({"", "progress/"}), hidden=frozenset(), files=frozenset(),
    docs_dir="content", read=lambda path: b"",
)  # fmt: skip


@given(st.text(max_size=60))
def test_any_link_resolves_to_something_harmless(href: str) -> None:
    target = resolve(TABLE, href, "builds/a/index.md")
    assert not target.path.startswith(("/", ".."))
    if target.kind == "outside":
        bare = "".join(c for c in target.url if c > " " and not "\x7f" <= c <= "\xa0")
        assert bare.lower().startswith(("http:", "https:", "mailto:"))


@pytest.mark.parametrize(
    ("url", "page", "href"),
    [
        ("builds/a/", "builds/b/", "../a/"), ("", "builds/b/", "../../"), ("builds/a/", "", "builds/a/"),
        ("feed.xml", "builds/", "../feed.xml"), ("builds/a/", "builds/a/", "./"), ("a b.png", "x/", "../a%20b.png"),
    ],
)  # fmt: skip
def test_relative(url: str, page: str, href: str) -> None:
    assert relative(url, page) == href


def test_a_file_over_the_limit_is_not_published_in_part() -> None:
    from labfolio.model.source import FILE_LIMIT

    files = small_files() | {"builds/x/index.md": entry("[data](big.txt)"), "builds/x/big.txt": b"x" * (FILE_LIMIT + 1)}
    result = build_files(files)
    assert [one.message for one in result.diagnostics if one.path == "builds/x/index.md"] == [
        "builds/x/big.txt is over 20 MiB"
    ]
    assert not result.outputs


@pytest.mark.parametrize("attributes", ['viewBox="e e e e"', 'width="1.2.3" height="1"', 'viewBox="0 0 1e999 1"', ""])
def test_an_svg_of_no_stated_size_is_still_an_image(attributes: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path d="M0 0"/></svg>'.encode()
    files = small_files() | {"builds/x/index.md": entry("![y](y.svg)"), "builds/x/y.svg": svg}
    html = build_files(files).edition.articles["builds/x/index.md"].html
    assert 'src="y.svg"' in html


@pytest.mark.parametrize("empty", ["", "[a]: https://a.example/", "*[HTML]: x"])
def test_a_footnote_without_words_leads_back(empty: str) -> None:
    html = article(f"One[^1] and two[^2].\n\n[^2]: Words.\n[^1]: {empty}\n")
    assert html.count('href="#fnref:') == 2


def test_an_id_is_printed_once() -> None:
    html = article("## A {#x}\n\n## B {#x}\n\n<p id='x'>c</p>\n\n<p id=''>d</p>\n")
    assert html.count(' id="x"') == 1
    assert ' id=""' not in html


def test_what_was_cleaned_is_read_as_it_is_printed() -> None:
    html = article("<a href='../../about/'><table><a href='../../feed.xml'>x")
    assert clean(html, lambda _, value: value) == html
