"""Jekyll's own: where posts lie, Liquid and kramdown."""

import pytest

from tests.importers.given import imported, named, only, texts


def body(text: str, **files: str) -> tuple[str, list[str]]:
    made = imported("jekyll", {"_posts/2026-03-04-x.md": f"---\ntitle: X\n---\n{text}", **files})
    found = texts(made)
    return found["content/notebook/x.md"].split("---\n\n", 1)[1].strip(), named(made)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("  {%- highlight c++ linenos -%}\n  a\n  {%- endhighlight -%}", '```{ .c++ linenums="1" }\n  a\n  ```'),
        ("Say {% highlight sh %}ls{% endhighlight %} now", "Say\n```sh\nls\n```\n now"),
        ("{% highlight md %}\n```\nx\n```\n{% endhighlight %}", "````md\n```\nx\n```\n````"),
        ("{% raw %}{{ a }} {% b %}{% endraw %}", "{{ a }} {% b %}"),
        ("a{% comment %}\nsecret\n{% endcomment %}b", "ab"),
        ("- TOC\n{:toc}\n\nText", "Text"),
        ("1. x\n{: toc}\n", ""),
        ("{::options parse_block_html='true' /}\nText", "Text"),
        ("## H\n{: #h}", "## H {: #h }"),
        ("## H {#h}", "## H {#h}"),
        ("$$\n\\alpha_{:}\n$$", "$$\n\\alpha_{:}\n$$"),
        ("`{: .x}`", "`{: .x}`"),
        ("One\n\n<!--more-->\n\nTwo", "One\n\nTwo"),
    ],
)
def test_what_has_a_counterpart_is_carried(written: str, made: str) -> None:
    assert body(written) == (made, [])


@pytest.mark.parametrize(
    ("written", "made", "what"),
    [
        ("Text\n{: .lead}", "Text", "{: .lead}: .lead has no counterpart; left out"),
        ("{% gist a/1 %}", "{% gist a/1 %}", "{% gist a/1 %} is Liquid; it stays in the text as it is"),
        ("{{ page.title }}", "{{ page.title }}", "{{ page.title }} is Liquid; it stays in the text as it is"),
        (
            "[x]({% post_url 2000-01-01-no %})",
            "[x]({% post_url 2000-01-01-no %})",
            "{% post_url 2000-01-01-no %} is Liquid; it stays in the text as it is",
        ),
    ],
)
def test_what_has_none_is_named(written: str, made: str, what: str) -> None:
    text, missed = body(written)
    assert text == made
    assert f"_posts/2026-03-04-x.md:{4 + written.count(chr(10))}: {what}" in missed


def test_links_between_posts() -> None:
    other = {"_posts/sub/2026-03-05-y.md": "---\ntitle: Y\n---\nText.\n"}
    text, missed = body(
        "[a]({% post_url sub/2026-03-05-y %}#z) [b]({{site.baseurl}}{% post_url 2026-03-05-y %})", **other
    )
    assert (text, missed) == ("[a](y.md#z) [b](y.md)", [])


def test_a_folder_of_posts_may_be_named_by_itself() -> None:
    assert "title: A\n" in only(imported("jekyll", {"2026-03-04-a.md": "Text.", "notes.md": "No post."}))


def test_where_there_are_no_posts_nothing_is_made() -> None:
    made = imported("jekyll", {"_config.yml": "title: x", "README.md": "x", "_site/_posts/2026-03-04-a.md": "x"})
    assert (made.files, made.missed) == ((), ())
