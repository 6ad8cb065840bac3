"""Code quoted from files: what is shown of it, where it leads, and what is said when it does not hold any more."""

import pytest

from labfolio.build import Result
from tests.site import build_files, entry, small_files

PATH = "builds/x/index.md"
CODE = '''"""A sketch."""

LIMIT = 3  # buckets


class Sketch:
    # Counts one.
    @staticmethod
    def add(value):
        """Adds."""
        return value + 1


# region key
KEY = "ghp_0123456789abcdefghijklmnop"  # /home/ada/key
# endregion
'''
ADD = '```python file="sketch.py" symbol="Sketch.add"'


def built(body: str, code: str = CODE, **fields: str) -> Result:
    return build_files(small_files() | {PATH: entry(body, **fields), "builds/x/sketch.py": code.encode()})


def html(body: str, **fields: str) -> str:
    return built(body, **fields).edition.articles[PATH].html


def said(result: Result) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in result.diagnostics if one.path == PATH]


def words(page: str) -> str:
    from lxml import html as parser

    return "".join(parser.fragment_fromstring(page, create_parent="div").itertext())


def test_a_symbol_stands_with_its_real_line_numbers_and_its_comments() -> None:
    page = html(f"{ADD}\n```")
    assert "<code>sketch.py</code>, lines 7 to 11</figcaption>" in page
    assert '<span class="normal"> 7</span>' in page
    assert '# Counts one.\n@staticmethod\ndef add(value):\n    """Adds."""\n    return value + 1\n' in words(page)


@pytest.mark.parametrize(
    "opening",
    [
        '```python file="sketch.py" lines="3" starts="LIMIT"',
        "``` python file=sketch.py symbol=LIMIT",
        '```{ .python file="sketch.py" symbol="LIMIT" }',
        '~~~~ {.python file="sketch.py" symbol="LIMIT" title="How many"}',
        '```file="sketch.py" symbol="LIMIT"',
    ],
)
def test_forms(opening: str) -> None:
    fence = opening[0] * 4
    page = html(f"{opening}\n{fence}")
    assert "LIMIT = 3  # buckets" in words(page)
    assert '<span class="mi">3</span>' in page


@pytest.mark.parametrize(
    ("before", "inside"), [("- item\n\n    ", "<li>"), ("> ", "<blockquote>"), ("!!! note\n    ", "<div")]
)
def test_within_other_blocks(before: str, inside: str) -> None:
    prefix = before.rpartition("\n")[2]
    page = html(f"{before}{ADD}\n{prefix}```")
    assert page.index(inside) < page.index('<figure class="quoted-code">')
    assert "return value + 1" in words(page)


@pytest.mark.parametrize(
    "example", ["````text\n{}\n```\n````", "    {}\n    ```", "`` {} ``", "<!--\n{}\n```\n-->", "```text\n{}\n```"]
)
def test_an_example_is_left_alone(example: str) -> None:
    result = built("Text.\n\n" + example.format('```python file="nowhere.py" symbol="x"') + "\n\nEnd.")
    assert said(result) == []
    assert "figure" not in result.edition.articles[PATH].html


def test_a_labelled_listing() -> None:
    page = html(f'{ADD} #lst-add title="How one is counted"\n```')
    assert '<figure class="quoted-code" id="lst-add">' in page
    assert "How one is counted. <code>sketch.py</code>" in page


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        (
            {"repository": "https://github.com/ada/x", "commit": "12e4567"},
            "https://github.com/ada/x/blob/12e4567/sketch",
        ),
        (
            {"repository": "https://codeberg.org/ada/x", "commit": "12e4567"},
            "https://codeberg.org/ada/x/src/commit/12e4567/",
        ),
        ({"repository": "https://github.com/ada/x"}, ""),
        ({"commit": "12e4567"}, ""),
    ],
)
def test_it_leads_to_the_lines_at_the_commit(fields: dict[str, str], address: str) -> None:
    page = html(f"{ADD}\n```", **fields)
    assert (f'<a href="{address}' in page) if address else ("<a " not in page)


def test_a_token_and_a_home_folder_are_masked() -> None:
    result = built('```python file="sketch.py" region="key"\n```')
    assert 'KEY = "***"  # ~/key' in words(result.edition.articles[PATH].html)
    assert said(result)[0] == "masked-secret: builds/x/sketch.py: what looks like a GitHub token is masked"
    assert not any(b"ghp_" in output.content for output in result.outputs)


def test_a_copy_in_the_page_that_agrees() -> None:
    assert (
        said(
            built(
                '```python file="sketch.py" lines="9-11"\ndef add(value):\n    """Adds."""\n    return value + 1\n```'
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("attributes", "body", "message"),
    [
        (
            'symbol="Sketch.ad"',
            "",
            "stale-quote: builds/x/sketch.py: there is no 'Sketch.ad' in it; did you mean",
        ),
        ('region="keys"', "", "stale-quote: builds/x/sketch.py: there is no region 'keys' in it; did you mean 'key'?"),
        ('lines="3-99" starts="LIMIT"', "", "stale-quote: builds/x/sketch.py: it ends in line 16"),
        ('lines="4-5" starts="LIMIT"', "", "stale-quote: builds/x/sketch.py:4 begins with '', not with 'LIMIT'"),
        (
            'symbol="LIMIT"',
            "LIMIT = 4\n",
            "stale-quote: builds/x/sketch.py:3 has 'LIMIT = 3  # buckets', the page",
        ),
        (
            'symbol="LIMIT"',
            "LIMIT = 3  # buckets\nx\n",
            "stale-quote: builds/x/sketch.py:4 has nothing more, the page",
        ),
        ('lines="3"', "", "invalid-quote: builds/x/sketch.py: lines move when the file changes"),
        ('lines="9-3" starts="x"', "", "invalid-quote: '9-3' is no range of lines"),
        ('lines="0"', "", "invalid-quote: '0' is no range of lines"),
        ('line="3"', "", "invalid-quote: 'line' is no attribute of a quotation; did you mean 'lines'?"),
        ("", "", "invalid-quote: nothing of sketch.py is quoted"),
        ('symbol="LIMIT" region="key"', "", "invalid-quote: symbol and region of sketch.py is quoted"),
    ],
)
def test_what_does_not_hold(attributes: str, body: str, message: str) -> None:
    result = built(f'Text.\n\n```python file="sketch.py" {attributes}\n{body}```')
    (fault,) = [one for one in result.diagnostics if one.path == PATH]
    assert f"{fault.rule}: {fault.message}".startswith(message)
    assert (fault.position.line, fault.position.column) == (7, 11)
    assert fault.help


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("sketc.py", "stale-quote: there is no file 'sketc.py'; did you mean 'sketch.py'?"),
        ("../../../etc/passwd", "stale-quote: there is no file '../../../etc/passwd'"),
        ("/etc/passwd", "stale-quote: there is no file '/etc/passwd'"),
        (".env", "stale-quote: there is no file '.env'"),
        ("https://example.org/a.py", "invalid-quote: 'https://example.org/a.py' is no path to a file"),
        ("../sketch/index.md", "invalid-quote: '../sketch/index.md' is no path to a file"),
        ("../draft.md", "link-to-unpublished: '../draft.md' is not published"),
        (
            "../sketch/figures/error.png",
            "unpublished-type: '../sketch/figures/error.png' is not of a type that is quoted",
        ),
    ],
)
def test_a_file_that_is_not_quoted(file: str, message: str) -> None:
    found = said(built(f'```python file="{file}" symbol="LIMIT"\n```'))
    assert len(found) == 1
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = (" * 3000, "stale-quote: builds/x/sketch.py: it is no Python that can be read"),
        ("LIMIT = 1\n" + "# x\n" * 300_000, "too-large: builds/x/sketch.py is over 1 MiB"),
        ("LIMIT = [\n" + "1,\n" * 400 + "]\n", "invalid-quote: builds/x/sketch.py: 402 lines are quoted; 400 may be"),
    ],
)
def test_hostile_code(code: str, message: str) -> None:
    found = said(built('```python file="sketch.py" symbol="LIMIT"\n```', code))
    assert len(found) == 1
    assert found[0].startswith(message)


def test_lines_that_moved_are_told_where_they_stand() -> None:
    result = built('```python file="sketch.py" lines="4" starts="LIMIT"\n```')
    assert [one.help for one in result.diagnostics if one.path == PATH] == ['Write lines="3-3"']


def test_the_twin_and_the_feed_have_the_code_without_line_numbers() -> None:
    post = {"content/notebook/day.md": entry(f"{ADD}\n```"), "content/notebook/sketch.py": CODE.encode()}
    files = {output.path: output.content for output in build_files(small_files() | post).outputs}
    assert b"`sketch.py`, lines 7 to 11\n\n```\n# Counts one.\n@staticmethod\n" in files["notebook/day/index.md"]
    assert b"lines 7 to 11</figcaption>\\n<pre><code># Counts one." in files["feed.json"].replace(b"\\n\\n", b"\\n")
