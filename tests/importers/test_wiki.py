"""Obsidian's own: links between brackets, tags, comments."""

import pytest

from tests.importers.given import imported, named, texts

NOTES = {
    "sub/Other note.md": "---\ndate: 2026-03-04\n---\n## A: b #1\n\nText.\n",
    "zzz/Other note.md": "---\ndate: 2026-03-04\n---\nThe further one.\n",
}


def body(text: str) -> tuple[str, str, list[str]]:
    made = imported(
        "obsidian", {"sub/X.md": f"---\ndate: 2026-03-04\n---\n{text}", **NOTES}, slugs={"first": "builds/first.md"}
    )
    front, _, rest = texts(made)["content/notebook/x.md"].partition("---\n\n")
    return rest.strip(), front.partition("tags: ")[2].strip(), [one.partition(": ")[2] for one in named(made)]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[[Other note]]", "[Other note](other-note.md)"),
        ("[[other NOTE.md|words]]", "[words](other-note.md)"),
        ("[[zzz/Other note]]", "[Other note](other-note-2.md)"),
        ("[[Other note#A b 1]]", "[Other note > A b 1](other-note.md#a-b-1)"),
        ("[[First]]", "[First](../../builds/first.md)"),
        ("`[[Other note]]`", "`[[Other note]]`"),
        ("a %%b%% c", "a  c"),
        ("a\n%%\nb\n\n```\n%%time\n```\n%%\nc", "a\n\nc"),
        ("a %% never\n\nclosed", "a"),
        ("```\n%%time\n```", "```\n%%time\n```"),
        ("> [!note]- T\n> a", '??? note "T"\n    a'),
        ("> quoted", "> quoted"),
        ("$a^b$ ==m==", "$a^b$ ==m=="),
    ],
)
def test_what_has_a_counterpart_is_carried(written: str, made: str) -> None:
    assert body(written)[0::2] == (made, [])


@pytest.mark.parametrize(
    ("written", "made", "tags"),
    [
        ("#one #two/three", "", "[one, two/three]"),
        ("a #one, (#two) #123 b#three", "a one, (two) #123 b#three", "[one, two]"),
        ("# Title of it", "", ""),
        ("## A\n\n[a](#a)", "## A\n\n[a](#a)", ""),
        ("`#a` [x](https://y.org/#z)", "`#a` [x](https://y.org/#z)", ""),
        ("%% #hidden %% a", "a", ""),
    ],
)
def test_tags(written: str, made: str, tags: str) -> None:
    assert body(written)[:2] == (made, tags)


@pytest.mark.parametrize(
    ("written", "made", "what"),
    [
        ("[[Nothing|words]]", "words", "'Nothing' is no note or file that is imported; its words stay"),
        ("![[Other note]]", "[Other note](other-note.md)", "the embedded note 'Other note' becomes a link to it"),
        (
            "[[Other note#No]]",
            "[Other note > No](other-note.md)",
            "'Other note#No' leads to the note: No is none of its headings",
        ),
        ("a ^id-1", "a", "^id-1: blocks have no address; left out"),
        ("```tasks\nx\n```", "```tasks\nx\n```", "a block that a plug-in fills (tasks); it stays as code"),
        ("[[../../etc/x]]", "../../etc/x", "'../../etc/x' is no note or file that is imported; its words stay"),
    ],
)
def test_what_has_none_is_named(written: str, made: str, what: str) -> None:
    assert body(written)[0::2] == (made, [what])
