"""Where links lead: any name can be linked to, and nothing outside the tree."""

import posixpath
from urllib.parse import quote

from hypothesis import assume, example, given
from hypothesis import strategies as st

from labfolio.markdown.links import LinkTable, relative, resolve

# Names that a disk and Git can hold.
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\x00"), min_size=1, max_size=12).filter(
    lambda name: name not in (".", "..")
)


def table(*files: str) -> LinkTable:
    return LinkTable(
        pages={},
        urls=frozenset(),
        hidden=frozenset(),
        files=frozenset(files),
        docs_dir="content",
        read=lambda path: b"",
    )


@given(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(["builds/x", "content/reproductions/x"]))
def test_a_file_of_any_name_is_found_by_its_encoded_path(parts: list[str], folder: str) -> None:
    path = f"{folder}/{'/'.join(parts)}.csv"
    known, source = table(path), f"{folder}/index.md"
    href = "./" + quote("/".join(parts) + ".csv")
    target = resolve(known, href, source)
    assert (target.kind, target.path) == ("file", path)
    page = posixpath.dirname(target.url[: len(folder)]) + "/"
    assert resolve(known, relative(target.url, page), f"{page}index.md").url in ("", target.url)


@given(NAMES, st.sampled_from(["builds/", "builds/x/", "", "a/b/c/"]))
def test_a_relative_link_leads_where_it_says(name: str, page: str) -> None:
    from urllib.parse import unquote, urljoin

    # No disk holds a file and a folder of one name.
    assume(page != f"builds/{name}/")
    way = relative(f"builds/{name}", page)
    assert unquote(urljoin(f"https://a.example/{page}", way)) == f"https://a.example/builds/{name}"
    assert not set(way) & set("?#:\"'<> ")


@given(
    st.lists(
        st.sampled_from(["..", ".", "x", "%2e%2e", "%2E.", "..%2f", "%252e", "\\", "", "~", "C:", "etc"]), max_size=12
    )
)
def test_no_path_leads_out_of_the_tree(parts: list[str]) -> None:
    known = table("builds/x/a.csv", "etc/passwd", "../etc/passwd", "/etc/passwd", "..")
    for href in ("/".join(parts), "/" + "/".join(parts), "/".join([*parts, "etc", "passwd"])):
        target = resolve(known, href, "builds/x/index.md")
        assert not target.path.startswith((".", "/"))


PARTS = st.lists(st.sampled_from(["a", "b", "a.b", "..", ".", "", "ä ö", "...", "\n"]), max_size=5).map("/".join)


@given(url=PARTS, page=PARTS)
@example(url="", page="")
@example(url="builds/", page="builds/x/")
def test_a_relative_link_is_what_the_library_of_paths_says(url: str, page: str) -> None:
    folder = page if page.endswith("/") or not page else posixpath.dirname(page)
    way = posixpath.relpath("/" + url, "/" + folder)
    if url.endswith("/") or not url:
        way = "./" if way == "." else way + "/"
    assert relative(url, page) == quote(way, safe="/.~-_")
