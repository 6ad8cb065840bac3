"""Notebooks in pages: which cells, in what form, under which headings, and what is said of a faulty inclusion."""

import pytest

from labfolio.build import Result
from tests.notebooks import code, failed, notebook, png, printed, shown, words
from tests.site import build_files, entry, small_files

PATH = "builds/x/index.md"
PANDAS = """<div><style scoped>.dataframe { color: red }</style><table border="1" class="dataframe"><thead>
<tr style="text-align: right;"><th></th><th>seed</th><th>error</th></tr></thead><tbody>
<tr><th>0</th><td>1</td><td>-0.5</td></tr><tr><th>1</th><td>2</td><td>*0.7*</td></tr></tbody></table>
<p>2 rows x 2 columns</p></div>"""


def built(data: bytes, body: str = "![Analysis](analysis.ipynb)", file: str = "analysis.ipynb") -> Result:
    return build_files(small_files() | {PATH: entry(body), f"builds/x/{file}": data})


def html(*cells: object, body: str = "![Analysis](analysis.ipynb)") -> str:
    return built(notebook(*cells), body).edition.articles[PATH].html


def said(result: Result) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in result.diagnostics if one.path == PATH]


def test_code_stands_with_the_number_of_its_run_and_what_it_printed() -> None:
    page = html(code("print(1)", printed("1\n"), printed("2\n"), count=3))
    assert '<p class="cell-number">In [3]</p>' in page
    assert '<span class="nb">print</span>' in page
    assert '<pre class="stdout" tabindex="0"><samp>1\n2</samp></pre>' in page


def test_a_cell_that_was_not_run_has_no_number() -> None:
    assert "cell-number" not in html(code("x = 1", count=None))


def test_an_error_is_shown_as_one() -> None:
    page = html(code("1 / 0", failed("ZeroDivisionError", "division by zero", "\x1b[31mTraceback\x1b[0m", "1 / 0")))
    assert '<p class="cell-error">Error: ZeroDivisionError: division by zero</p>' in page
    assert '<pre class="error" tabindex="0"><samp>Traceback\n1 / 0</samp></pre>' in page


def test_a_data_frame_is_a_table_of_words() -> None:
    page = html(code("df", shown(text__html=PANDAS, text__plain="seed error")))
    assert '<th scope="col">seed</th>' in page
    assert '<td class="num">\N{MINUS SIGN}0.5</td>' in page
    assert "<td>*0.7*</td>" in page
    assert 'class="scroll" role="region"' in page
    assert not any(word in page for word in ("style", "dataframe", "2 rows", "seed error"))


def test_an_image_is_published_beside_the_page_and_is_no_permalink() -> None:
    result = built(notebook(code("plot()", shown(image__png=png(), text__plain="<Figure>"))))
    article = result.edition.articles[PATH]
    assert 'alt="Output of cell 1"' in article.html
    assert 'src="analysis.ipynb.cell-1-1.png" width="40"' in article.html
    assert "builds/x/analysis.ipynb.cell-1-1.png" in {output.path for output in result.outputs}
    assert not article.files


def test_quartos_options_give_a_figure_its_label_and_caption() -> None:
    page = html(code("#| label: fig-gap\n#| fig-cap: The gap.\n#| fig-alt: A line.\nplot()", shown(image__png=png())))
    assert '<figure class="figure" id="fig-gap"><img alt="A line."' in page
    assert "The gap.</figcaption>" in page
    assert "#|" not in page


def test_markdown_cells_are_the_pages_own_markdown() -> None:
    page = html(
        words("Text.[^1]\n\n[^1]: A note.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n!!! note\n    Mind.\n"),
        words("[sketch](../sketch/index.md) and\n\n```python\nx = 1\n```\n\n- a\n    - b"),
    )
    for part in ('class="margin-note"', "<table>", 'class="admonition note"', 'href="../sketch/"', "<li>b</li>"):
        assert part in page


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("![](analysis.ipynb)", ["h2", "h3", "h2"]),
        ("## Part\n\n![](analysis.ipynb)", ["h2", "h3", "h4", "h3"]),
        ("### Part\n\n![](analysis.ipynb)", ["h3", "h4", "h5", "h4"]),
    ],
)
def test_headings_stand_below_the_section_and_the_title_is_not_repeated(body: str, levels: list[str]) -> None:
    from lxml import html as parser

    page = html(words("# The title\n\nText."), words("## A"), words("### B\n\n## C"), body=body)
    root = parser.fragment_fromstring(page, create_parent="div")
    assert [element.tag for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")] == levels
    assert "The title" not in page


def test_sections_of_a_notebook_are_in_the_pages_contents() -> None:
    article = built(notebook(words("# T"), words("## One\n\n## Two")), "![](analysis.ipynb)").edition.articles[PATH]
    assert article.contents == (("one", "One"), ("two", "Two"))


@pytest.mark.parametrize(
    ("tags", "shown_parts", "hidden"),
    [
        (["remove-cell"], [], ["print", "said"]),
        (["remove_input"], ["said"], ["print"]),
        (["remove-output"], ["print"], ["said"]),
        (["hide-input"], ["<summary>Code</summary>", "print", "said"], []),
        (["hide-output"], ["<summary>Output</summary>", "print", "said"], []),
    ],
)
def test_tags_of_jupyter_book(tags: list[str], shown_parts: list[str], hidden: list[str]) -> None:
    page = html(code("print('x')", printed("said"), tags=tags), words("Kept."))
    assert "Kept." in page
    assert all(part in page for part in shown_parts)
    assert not any(part in page for part in hidden)


def test_what_a_removed_cell_holds_is_not_told() -> None:
    token = "ghp_0123456789abcdefghijklmnop"
    removed = [words(f"Gone {token}", metadata={"tags": ["remove-cell"]}), code(token, tags=["remove-input"])]
    result = built(notebook(*removed, words("Kept.")))
    assert said(result) == []
    assert "Gone" not in result.edition.articles[PATH].html


@pytest.mark.parametrize(
    ("option", "hidden"), [("echo: false", "print"), ("output: false", "said"), ("include: false", "print")]
)
def test_options_of_quarto(option: str, hidden: str) -> None:
    assert hidden not in html(code(f"#| {option}\nprint('x')", printed("said")))


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [("2-3", "23"), ("1,3", "13"), ("2", "2"), ("tag:figure", "2"), ("1, tag:figure", "12")],
)
def test_some_cells(cells: str, numbers: str) -> None:
    three = [code(f"cell = {number}", tags=["figure"] if number == 2 else []) for number in (1, 2, 3)]
    page = html(*three, body=f'![Analysis](analysis.ipynb){{cells="{cells}"}}')
    assert "".join(number for number in "123" if f'<span class="mi">{number}</span>' in page) == numbers


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('cells="2-9"', "stale-quote: cells 2-9: the notebook has 1 cells"),
        ("cells=tag:figur", "stale-quote: cells tag:figur: the notebook has 1 cells; did you mean 'tag:figure'?"),
        ('cells="all"', "invalid-notebook: 'all' names no cells"),
        ("cell=2", "invalid-notebook: 'cell' is no attribute of a notebook; did you mean 'cells'?"),
    ],
)
def test_cells_that_are_not_there(attributes: str, message: str) -> None:
    data = notebook(code("x = 1", tags=["figure"]))
    assert said(built(data, f"![A](analysis.ipynb){{{attributes}}}")) == [message]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("See ![A](analysis.ipynb) here.", "invalid-notebook: 'analysis.ipynb' stands in a paragraph with other text"),
        ("![A](analysi.ipynb)", "missing-file: there is no published file 'analysi.ipynb'; did you mean 'analysis."),
        ("[A](analysis.ipynb)", "unpublished-type: 'analysis.ipynb' is not of a type that is published"),
        ("![A](https://example.org/a.ipynb)", "unsafe-link: 'https://example.org/a.ipynb' is not a path to a"),
    ],
)
def test_an_inclusion_that_shows_nothing(body: str, message: str) -> None:
    found = said(built(notebook(), body))
    assert len(found) == 1
    assert found[0].startswith(message)


def test_a_fault_in_a_cell_is_told_with_the_line_of_the_notebook() -> None:
    result = built(notebook(words("One.\n\nSee [b](missing.md).")))
    (fault,) = [one for one in result.diagnostics if one.path == PATH]
    assert fault.message == "builds/x/analysis.ipynb:9: 'missing.md' leads to no page or file"
    assert (fault.position.line, fault.position.column) == (5, 13)


def test_links_lead_from_the_folder_of_the_notebook() -> None:
    files = small_files() | {PATH: entry("![](study/analysis.ipynb)"), "builds/x/study/table.csv": b"a,b\n1,2\n"}
    text = '[up](../index.md) [csv](table.csv) [top](#a) <a href="table.csv">raw</a> `[code](x)`'
    files["builds/x/study/analysis.ipynb"] = notebook(words(text))
    page = build_files(files).edition.articles[PATH].html
    assert page.count('href="study/table.csv"') == 2
    assert 'href="./"' in page
    assert "[code](x)" in page


def test_a_notebook_does_not_show_itself() -> None:
    found = said(built(notebook(words("![](analysis.ipynb)"))))
    assert found == ["invalid-notebook: 'analysis.ipynb' is shown within a notebook"]


def test_an_old_notebook() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Old"], "metadata": {}},
        {"cell_type": "heading", "level": 2, "source": ["Part"], "metadata": {}},
        {"cell_type": "code", "input": ["f()"], "prompt_number": 7, "metadata": {}, "outputs": [
            {"output_type": "pyout", "text": ["42"], "prompt_number": 7},
            {"output_type": "display_data", "png": png()},
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": []},
            {"output_type": "stream", "stream": "stderr", "text": "warned"},
        ]},
    ]  # fmt: skip
    data = notebook(nbformat=3, worksheets=[{"cells": cells}])
    page = built(data).edition.articles[PATH].html
    for part in ("Part", "In [7]", "<samp>42</samp>", "cell-3-1.png", "Error: E: v", '<pre class="stderr"'):
        assert part in page


def test_the_twin_and_the_feed_carry_it() -> None:
    data = notebook(words("Some words."), code("print(1)", printed("1"), shown(image__png=png())))
    post = {"content/notebook/day.md": entry("![](day.ipynb)"), "content/notebook/day.ipynb": data}
    files = {output.path: output.content for output in build_files(small_files() | post).outputs}
    assert b"```\nprint(1)\n```\n\n```\n1\n```" in files["notebook/day/index.md"]
    address = b"https://ada.example/notebook/day.ipynb.cell-2-1.png"
    assert address in files["feed.xml"]
    assert address in files["notebook/day/index.md"]
    assert "notebook/day.ipynb.cell-2-1.png" in files


def test_the_same_bytes_twice() -> None:
    data = notebook(words("# T\n\n## A"), code("x", printed("1"), shown(image__png=png())))
    assert [o for o in built(data).outputs if "builds/x" in o.path] == [
        o for o in built(data).outputs if "builds/x" in o.path
    ]
