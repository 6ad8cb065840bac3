"""Pages as plain Markdown."""

from html import escape

import pytest
from hypothesis import given
from lxml import html as lxml_html

from labfolio.present.plain_markdown import plain_markdown
from markdown import Markdown
from tests.site import build_files, entry, small_files
from tests.strategies import LINES

FILES = {output.path: output.content.decode("utf-8", "replace") for output in build_files(small_files()).outputs}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <em>b</em> <strong>c</strong> <code>d`e</code></p>", "a *b* **c** ``d`e``"),
        ("<h2>A</h2><p>b</p>", "## A\n\nb"),
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", "- a\n- b\n\n  c"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n\n   - b"),
        ("<pre><code>x = 1\n\ny</code></pre>", "```\nx = 1\n\ny\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p><a href='https://a.example/'>x</a><img alt='y' src='https://a.example/p.png'></p>",
         "[x](https://a.example/)![y](https://a.example/p.png)"),
        ("<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>", "| a | b\\|c |\n|---|---|\n| 1 |  |"),
        ("<p>2 * 3 _x_ [y] &lt;b&gt; \\</p>", "2 \\* 3 \\_x\\_ \\[y\\] \\<b> \\\\"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("<p>H<sub>2</sub>O<br>x</p><hr>", "H2O x\n\n---"),
        ('<p>is <code class="tex">a_1*b</code></p>', "is $a_1*b$"),
        ('<pre><code class="tex">\\frac{a}{b}</code></pre>', "$$\n\\frac{a}{b}\n$$"),
        ("", ""),
    ],
)  # fmt: skip
def test_each_element(html: str, text: str) -> None:
    assert plain_markdown(html) == text


def test_a_twin_says_what_its_page_says() -> None:
    twin = FILES["reproductions/rate/index.md"]
    assert twin.startswith("# The error falls as promised\n\n> ")
    assert "| Claim | Paper | Measured | Verdict |" in twin
    assert "https://ada.example/reproductions/rate/" in twin
    assert "](../" not in "".join(text for path, text in FILES.items() if path.endswith(".md"))


def test_what_a_page_does_not_show_is_not_in_its_twin() -> None:
    files = small_files() | {"builds/x.md": entry("Seen. <!-- UNSEEN --> <script>UNSEEN</script>", status="shipped")}
    outputs = {output.path: output.content.decode("utf-8", "replace") for output in build_files(files).outputs}
    assert "Seen." in outputs["builds/x/index.md"]
    assert not [path for path, text in outputs.items() if "UNSEEN" in text]


def test_llms_txt_leads_to_every_twin() -> None:
    twins = [path for path in FILES if path.endswith("/index.md")]
    assert twins
    assert all(f"https://ada.example/{path}" in FILES["llms.txt"] for path in twins)


def test_a_twin_has_the_tex_of_its_page() -> None:
    body = entry("A loss $a_1 < b$ and\n\n$$ \\frac{a}{b} $$ {#eq-one}\n\n$$ x \\tag{A} $$\n")
    made = build_files(small_files() | {"builds/x/index.md": body}).outputs
    twin = next(one.content.decode() for one in made if one.path == "builds/x/index.md")
    assert "A loss $a_1 < b$ and\n\n$$\n\\frac{a}{b}\n$$\n\n(1)\n\n$$\nx\n$$\n\n(A)\n" in twin


@given(LINES)
def test_words_are_read_back_as_words(text: str) -> None:
    """`&` is left out: Python-Markdown, which reads it back here, cannot be told that it begins no entity."""
    reader = Markdown()
    reader.ESCAPED_CHARS = [*reader.ESCAPED_CHARS, "<"]  # as CommonMark has it (2.4)
    words = " ".join(text.replace("&", "").split())
    made = plain_markdown(f"<p>x {escape(words)}</p>")
    root = lxml_html.fragment_fromstring(reader.convert(made), create_parent="div")
    assert " ".join(root.text_content().split()) == f"x {words}".strip()
    assert {element.tag for element in root.iter()} <= {"div", "p"}
