"""Citations in a text: what is one, what it says, and the list and notes that come with it."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.build import Result
from labfolio.markdown.article import render
from labfolio.markdown.works import Bibliography
from labfolio.parse.bibliography import read_bibliography
from tests.markdown.test_components import TABLE
from tests.site import build_files, entry, small_files
from tests.site import settings as site_settings
from tests.strategies import in_ci

RECHT = "rahimi2007random"
PATH = "builds/x/index.md"


def built(body: str, program: str = "", **fields: str) -> Result:
    files = small_files() | {PATH: entry(body, **fields)}
    files["content/program.yml"] += f"\n{program}\n".encode()
    return build_files(files)


def words(html: str) -> str:
    """The words of a page without the notes of the margin, which say again what the list says."""
    html = re.sub(r'<div aria-hidden="true" class="margin-note cited"[^>]*>.*?</div>', "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize(
    ("written", "author_year", "numbered"),
    [
        ("[@{}]", "(Rahimi and Recht, 2007)", "[1]"),
        ("[@{}, Table 2]", "(Rahimi and Recht, 2007, Table 2)", "[1, Table 2]"),
        ("[see @{}]", "(see Rahimi and Recht, 2007)", "[see 1]"),
        ("[-@{}]", "(2007)", "[1]"),
        ("@{} says", "Rahimi and Recht (2007) says", "Rahimi and Recht [1] says"),
        ("@{} [p. 3]", "Rahimi and Recht (2007, p. 3)", "Rahimi and Recht [1, p. 3]"),
        (
            "[@mueller2020note; @{}, p. 3]",
            "(Müller et al., 2020; Rahimi and Recht, 2007, p. 3)",
            "[1; 2, p. 3]",
        ),
        ("[@{}].", "(Rahimi and Recht, 2007).", "[1]."),
        ("@{}: yes", "Rahimi and Recht (2007): yes", "Rahimi and Recht [1]: yes"),
        ("*@{}*", "Rahimi and Recht (2007)", "Rahimi and Recht [1]"),
        ("[@{{{}}}]", "(Rahimi and Recht, 2007)", "[1]"),
        ("[see *this* @{}, `k`]", "(see this Rahimi and Recht, 2007, k)", "[see this 1, k]"),
    ],
)
def test_a_citation(written: str, author_year: str, numbered: str) -> None:
    body = written.format(RECHT)
    assert words(built(body).edition.articles[PATH].html) == author_year
    assert words(built(body, "citations: numbered").edition.articles[PATH].html) == numbered


@pytest.mark.parametrize(
    "written",
    [
        "ada@example.org",
        f"ada@{RECHT}",
        "[ada@example.org]",
        f"`@{RECHT}`",
        "@ada says",
        "https://social.example/@ada",
        "Use @property and @dataclass(frozen=True).",
        "@rahimi",
        "an @ alone, @ 3 pm",
        "[^1] is no citation",
    ],
)
def test_what_is_no_citation(written: str) -> None:
    result = built(written)
    assert words(result.edition.articles[PATH].html) == written.replace("`", "")
    assert [one for one in result.diagnostics if one.path == PATH] == []


def test_a_sign_that_is_escaped_is_no_citation() -> None:
    result = built(rf"\@{RECHT} and [\@nobody]")
    assert words(result.edition.articles[PATH].html) == f"@{RECHT} and [@nobody]"
    assert [one for one in result.diagnostics if one.path == PATH] == []


def test_a_link_stays_a_link() -> None:
    html = built(f"[see @{RECHT}](../sketch/index.md), [@{RECHT}][a] and [b [@{RECHT}]](../sketch/)\n\n[a]: ../sketch/")
    html = html.edition.articles[PATH].html
    assert html.count('<a href="../sketch/">') == 3
    assert "<a href" not in re.findall(r'<a href="../sketch/">(.*?)</a>', html)[2]


def test_the_page_has_one_list_with_ways_back() -> None:
    body = f"A [@mueller2020note] b [@{RECHT}].\n\nAgain [@{RECHT}, p. 2]."
    result = built(body, paper=RECHT)
    page = next(one.content.decode() for one in result.outputs if one.path == "builds/x/index.html")
    assert page.count('id="s-references"') == 1
    assert [page.count(f'id="ref-{key}"') for key in (RECHT, "mueller2020note")] == [1, 1]
    for number in (1, 2):
        assert f'<a href="#cite-{RECHT}-{number}" aria-label="Citation {number} in the text">{number}</a>' in page
        assert f'id="cite-{RECHT}-{number}"' in page
    assert page.count('class="margin-note cited"') == 1
    assert 'href="https://arxiv.org/abs/2001.01234"' in page


def test_a_cited_paper_with_a_note_counts_as_a_link() -> None:
    result = built(f"A [@{RECHT}].")
    assert f"papers/{RECHT}/" in result.edition.articles[PATH].pages
    note = result.edition.portfolio.by_slug()[RECHT]
    assert [one.path for one in result.edition.neighbours[note.path].cited_by] == [PATH]
    assert f'href="../../papers/{RECHT}/">Note P' in output(result, "builds/x/index.html")


def output(result: Result, path: str) -> str:
    return next(one.content.decode() for one in result.outputs if one.path == path)


def test_feeds_and_twins_carry_the_citation_and_the_list_once() -> None:
    body = f"First.\n\nA [@{RECHT}, p. 2]."
    result = build_files(small_files() | {"content/notebook/x.md": entry(body, date="2026-11-19")})
    item = next(part for part in output(result, "feed.xml").split("<item>") if "notebook/x/" in part)
    assert item.count("(Rahimi and Recht, 2007, p. 2)") == 1
    assert item.count("Random Features for Large-Scale") == 1
    twin = output(result, "notebook/x/index.md")
    assert "A (Rahimi and Recht, 2007, p. 2).\n" in twin
    assert twin.count("Random Features for Large-Scale") == 1


def test_a_page_of_the_author_has_its_list_too() -> None:
    files = small_files() | {"content/reading.md": f"# Reading\n\nSee [@{RECHT}].\n".encode()}
    result = build_files(files)
    assert "## References\n\n- Ali Rahimi, Benjamin Recht. Random" in output(result, "reading/index.md")


def test_linked_data_names_what_is_cited() -> None:
    page = output(built("As [@mueller2020note] shows."), "builds/x/index.html")
    assert '"citation":[{"@type":"ScholarlyArticle","name":"A Note on Bloom Filters"' in page
    assert '"@id":"https://arxiv.org/abs/2001.01234"' in page


def test_a_bibliography_with_faults_is_mended_first() -> None:
    files = small_files() | {PATH: entry("A [@nobody].")}
    files["content/papers.bib"] += b"\n@misc{a, title = {B\n"
    assert {one.rule for one in build_files(files).diagnostics if one.level == "error"} == {"invalid-bibtex"}


def test_a_proof_has_the_ids_of_headings_that_cite() -> None:
    body = "## After [@one]\n\nText @one."

    def ids(proof: bool) -> tuple[str, ...]:
        return render(
            body,
            source="content/x.md",
            url="x/",
            text=body,
            body_line=1,
            settings=replace(site_settings(), proof=proof),
            table=TABLE,
            entry=False,
            values={},
            bibliography=Bibliography(works=WORKS),
        ).headings

    assert ids(True) == ids(False) == ("after-a-2000",)


SIGNS = r"@ [ ] ; - \ { } , a p.3 @one [@one] [@one, * _ ` ( ) ! ![ ](x) < > # : | $ ^ @fig-a {#fig-a}"
BLOCKS = (" ", "\n", "\n\n", ": c {#tbl-a}", "|a|b|\n|-|-|")
PIECES = st.lists(st.sampled_from((*SIGNS.split(" "), *BLOCKS)), max_size=40)
WORKS = read_bibliography("p.bib", "@misc{one, title={T}, author={A, B}, year=2000}")[0]


@in_ci(150)
@given(PIECES)
def test_no_text_raises_and_none_loses_a_letter(pieces: list[str]) -> None:
    body = "".join(pieces)

    def letters(works: Bibliography) -> str:
        article = render(
            body,
            source="content/x.md",
            url="x/",
            text=body,
            body_line=1,
            settings=site_settings(),
            table=TABLE,
            entry=False,
            values={},
            bibliography=works,
        )
        assert [one.rule for one in article.diagnostics if one.rule == "too-large"] == []
        return re.sub(r"[^\w]", "", words(article.html))

    # Without a work that could be cited, every letter stands as it is written; labels print names.
    plain = letters(Bibliography())
    # In an attribute list no text stands: one that a citation makes into text has its letters, another has not.
    if not re.search(r"fig-a|tbl-a|\{[^}]*@one", body):
        kept = letters(Bibliography(works=WORKS))
        assert kept.replace("A2000", "one") == plain
