"""The addresses that sites had: each keeps answering."""

import pytest

from tests.importers.given import imported, named, only

JEKYLL = "---\ntitle: T\ncategories: [Big Notes, b]\n{}---\nText.\n"
POST = "_posts/2026-03-04-My-Post.md"


@pytest.mark.parametrize(
    ("config", "alias"),
    [
        ("", "big notes/b/2026/03/04/My-Post.html"),
        ("permalink: pretty", "big notes/b/2026/03/04/My-Post/"),
        ("permalink: none", "big notes/b/My-Post.html"),
        ("permalink: ordinal", "big notes/b/2026/063/My-Post.html"),
        ("permalink: weekdate", "big notes/b/2026/W10/Wed/My-Post.html"),
        ("permalink: /blog/:year/:title/", "blog/2026/My-Post/"),
        ("permalink: /:short_year/:i_month/:i_day/:slug", "26/3/4/my-post/"),
        ("permalink: /:long_month/:slugified_categories/:title:output_ext", "March/big-notes/b/My-Post.html"),
        ("baseurl: /lab\npermalink: none", "big notes/b/My-Post.html"),
        (
            "defaults:\n  - scope: {path: _posts}\n    values: {permalink: '/p/:title/'}\n"
            "  - scope: {type: projects}\n    values: {permalink: /x/}",
            "p/My-Post/",
        ),
        ("collections: [a]", "big notes/b/2026/03/04/My-Post.html"),
        ("- no\n- settings", "big notes/b/2026/03/04/My-Post.html"),
    ],
)
def test_permalinks_of_jekyll(config: str, alias: str) -> None:
    made = imported("jekyll", {"_config.yml": config, POST: JEKYLL.format("")})
    assert f"aliases: [{alias}]\n" in only(made)
    assert named(made) == []


def test_a_permalink_of_the_post_and_old_redirects() -> None:
    front = "permalink: /a/:title.html\nredirect_from: /b\n"
    made = imported("jekyll", {POST: JEKYLL.format(front)})
    assert "aliases: [b/, a/My-Post.html]\n" in only(made)


def test_a_permalink_that_cannot_be_known_is_named() -> None:
    made = imported("jekyll", {"_config.yml": "permalink: /:hour/:title/", POST: JEKYLL.format("")})
    assert "aliases" not in only(made)
    assert named(made) == [f"{POST}:1: its old address is not known: :hour in '/:hour/:title/'"]


@pytest.mark.parametrize(
    ("config", "alias"),
    [
        ("collections:\n  projects: {output: true}\n", "projects/a b.html"),
        ("permalink: pretty\ncollections:\n  projects: {output: true}\n", "projects/a b/"),
        ("permalink: /blog/:title/\ncollections:\n  projects: {output: true}\n", "projects/a b/"),
        ("collections:\n  projects: {output: true, permalink: '/work/:name/'}\n", "work/a-b/"),
        ("collections:\n  projects: {output: false}\n", ""),
        ("collections: [projects]\n", ""),
    ],
)
def test_collections_of_jekyll(config: str, alias: str) -> None:
    text = only(
        imported("jekyll", {"_config.yml": config, "_projects/a b.md": "---\ntitle: T\ndate: 2026-03-03\n---\nX"})
    )
    assert (f"aliases: [{alias}]\n" in text) if alias else ("aliases" not in text)


HUGO = "+++\ntitle = 'My Post!'\ndate = 2026-03-04\n{}\n+++\nText.\n"


@pytest.mark.parametrize(
    ("config", "path", "extra", "alias"),
    [
        ({}, "content/posts/First Try.md", "", "posts/first-try/"),
        ({}, "content/posts/x/index.md", "", "posts/x/"),
        ({}, "content/about.md", "", "about/"),
        ({}, "content/a/b/c.md", "slug = 'd'", "a/b/d/"),
        ({}, "content/a.md", "url = '/x/y.html'", "x/y.html"),
        ({"hugo.toml": "[permalinks]\nposts = '/:year/:month/:title/'"}, "content/posts/x.md", "", "2026/03/my-post/"),
        ({"config.yaml": "permalinks:\n  page: {posts: '/p/:filename'}"}, "content/posts/x.md", "", "p/x/"),
        (
            {"config.json": '{"permalinks": {"posts": "/:yearday/:weekdayname/:slug/"}}'},
            "content/posts/x.md",
            "",
            "63/wednesday/my-post/",
        ),
        (
            {"config/_default/hugo.toml": "x = 1", "config/_default/permalinks.toml": "posts = '/q/:slug/'"},
            "content/posts/x.md",
            "slug = 's'",
            "q/s/",
        ),
        ({"hugo.toml": "uglyURLs = true"}, "content/posts/x.md", "", "posts/x.html"),
        ({"hugo.toml": "[languages.de]\n[languages.en]"}, "content/posts/x.de.md", "", "de/posts/x/"),
        ({"hugo.toml": "contentDir = 'text'"}, "text/x.md", "", "x/"),
        ({"docs/hugo.toml": "x = 1"}, "docs/content/x.md", "", "x/"),
    ],
)
def test_addresses_of_hugo(config: dict[str, str], path: str, extra: str, alias: str) -> None:
    made = imported("hugo", {**config, path: HUGO.format(extra)})
    assert f"aliases: [{alias}]\n" in only(made)
    assert named(made) == []


def test_an_address_that_somebody_has_is_named_and_not_taken() -> None:
    files = {
        "_config.yml": "permalink: /notebook/",
        "_posts/2026-03-04-a.md": "---\ntitle: A\n---\nText.\n",
        "_posts/2026-03-05-b.md": "---\ntitle: B\nredirect_from: [/x/, /X/, /notebook/a/]\npermalink: /b/\n---\nX",
        "_posts/2026-03-06-c.md": "---\ntitle: C\nredirect_from: /x\npermalink: /notebook/c\n---\nText.\n",
    }
    made = imported("jekyll", files, urls={"notebook/": "", "about/": "content/about.md"})
    assert named(made) == [
        "_posts/2026-03-04-a.md:1: the old address notebook/ cannot lead here: it is that of a page of labfolio",
        "_posts/2026-03-05-b.md:3: the old address notebook/a/ cannot lead here: it is that of _posts/2026-03-04-a.md",
        "_posts/2026-03-06-c.md:3: the old address x/ cannot lead here: it is that of _posts/2026-03-05-b.md",
    ]
    aliases = {one.path: one.content.decode().partition("aliases: ")[2].partition("\n")[0] for one in made.files}
    assert aliases == {
        "content/notebook/a.md": "",
        "content/notebook/b.md": "[x/, b/]",
        "content/notebook/c.md": "",
    }
