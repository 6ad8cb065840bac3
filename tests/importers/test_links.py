"""Links and images: led to what is imported, and to nothing outside of it."""

import pytest

from tests.importers.given import imported, named, texts

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
FRONT = "---\ntitle: A\ndate: 2026-03-03\n---\n"


def body(text: str, **files: bytes) -> tuple[str, list[str], set[str]]:
    others = {name.replace("__", "/").replace("_png", ".png"): data for name, data in files.items()}
    made = imported("markdown", {"sub/a.md": FRONT + text, "b.md": FRONT.replace("A", "B") + "B.", **others})
    found = texts_of(made)
    path = next(path for path in found if path in ("content/notebook/a.md", "content/notebook/a/index.md"))
    return found[path].split("---\n\n", 1)[1].strip(), named(made), set(found)


def texts_of(made: object) -> dict[str, str]:
    return {one.path: one.content.decode("utf-8", "replace") for one in made.files}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[b](../b.md)", "[b](b.md)"),
        ("[b](/b.md#part)", "[b](b.md#part)"),
        ("[b](../b)", "[b](b.md)"),
        ("[b](<../b.md> 'title')", "[b](b.md 'title')"),
        ("[b]: ../b.md", "[b]: b.md"),
        ("[a](a.md#x)", "[a](#x)"),
        ('<a href="../b.md">b</a>', '<a href="b.md">b</a>'),
        ("[here](#x) and [there](https://x.example/b.md)", "[here](#x) and [there](https://x.example/b.md)"),
        ("`[b](../b.md)`", "`[b](../b.md)`"),
        ("[^b]: ../b.md", "[^b]: ../b.md"),
        ("#no heading", "\\#no heading"),
    ],
)
def test_links_lead_to_what_is_imported(written: str, made: str) -> None:
    assert body(written)[:2] == (made, [])


def test_images_lie_beside_the_entry_under_names_of_their_own() -> None:
    text = "[![x](one/fig.png)](../b.md) ![y](../fig.png) ![x](one/fig.png)\n<img src='/fig.png'>"
    made, missed, files = body(text, sub__one__fig_png=PNG, fig_png=PNG)
    assert made == "[![x](fig.png)](../b.md) ![y](fig-2.png) ![x](fig.png)\n<img src='fig-2.png'>"
    assert missed == []
    assert {"content/notebook/a/fig.png", "content/notebook/a/fig-2.png", "content/notebook/b.md"} < files


@pytest.mark.parametrize(
    "written",
    [
        "![x](../../../../etc/passwd)",
        "![x](/etc/passwd)",
        "![x](..%2f..%2fsecret.png)",
        "![x](C:\\secret.png)",
        "![x](file:///etc/passwd)",
        "![x](//host/secret.png)",
        "![x](data:image/png;base64,AAAA)",
        "![x](https://host.example/x.png)",
        "[x](nothing.md)",
        "[x](../.env)",
        "[x](javascript:alert(1))",
    ],
)
def test_what_leads_elsewhere_stays_and_is_named(written: str) -> None:
    made, missed, files = body(written)
    assert made == written
    assert len(missed) == 1
    assert files == {"content/notebook/a.md", "content/notebook/b.md"}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.png", b"no image", "cannot be read"),
        ("x.png", PNG[:40], "cannot be read"),
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "it "),
        ("x.zip", b"PK", "no type of file"),
        ("x.pdf", b"%" * (20 * 1024 * 1024 + 1), "over 20 MiB"),
    ],
)
def test_a_file_that_could_not_be_published_is_not_carried(name: str, data: bytes, why: str) -> None:
    made = imported("markdown", {"a.md": f"{FRONT}[x]({name})", name: data})
    assert set(texts(made)) == {"content/notebook/a.md"}
    assert len(made.missed) == 1
    assert why in made.missed[0].what
