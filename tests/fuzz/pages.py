"""What makes a page of a text, and the addresses in it, with what has to hold of the result; see `readers.py`."""

import re
from html import unescape

from lxml import html as lxml_html

from labfolio.importers.slugs import name_of, slug_of
from labfolio.markdown.article import Article, render
from labfolio.markdown.flavour import heading_id
from labfolio.markdown.links import PUBLISHED_TYPES, LinkTable, relative, resolve
from labfolio.markdown.mathml import formula, unsound
from labfolio.markdown.near_path import near_path
from labfolio.markdown.sanitise import CARRIED, TAGS, clean, foreign_markup
from labfolio.markdown.tex import InvalidMathematics
from labfolio.model.entry import tag_slug
from labfolio.schema.scaffold import slug_of as title_slug
from tests.fuzz.readers import as_any, as_text, lines, told
from tests.site import settings

_FILES = {"builds/x/a.csv": b"seed,v\n0,1\n", "builds/x/run.py": b"def f():\n    return 1\n"}
_TABLE = LinkTable(
    pages={"builds/x/index.md": "builds/x/", "builds/a/index.md": "builds/a/", "content/papers/P.md": "papers/P/"},
    urls=frozenset({"", "progress/", "feed.xml"}),
    hidden=frozenset({"builds/draft.md"}),
    files=frozenset({*_FILES, "builds/x/A.csv", "builds/x/model.pt", "content/a b.png"}),
    docs_dir="content",
    read=lambda path: _FILES.get(path, b""),
)
# Elements and attributes that a page may have are those of the allow-list; these run code wherever they stand.
_RUNS = re.compile(r"on[a-z]+|style|srcdoc|formaction|action|xlink:href")
# A tag as cleaned HTML has it, every value in quotes; another attribute's value may look like an attribute.
_CLEAN_TAG = re.compile(r'<[a-z][a-z0-9]*((?: [^\s=<>"]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([^\s=<>"]+)="([^"]*)"')
# Signs of which thousands cost Python-Markdown minutes: a fuzzer would learn nothing else.
_COSTLY = ("[", "<", "![", "`", "*", "_", "(", "{", "$", "~", "^", "=", "+", "|", ">", "&", ":")
_MANY = 60


def article(text: str) -> Article:
    """A text as an article of a build."""
    return render(
        text,
        source="builds/x/index.md",
        url="builds/x/",
        text=text,
        body_line=1,
        settings=settings(),
        table=_TABLE,
        entry=True,
        values={"r.a": "1.5"},
    )


def markdown(data: bytes) -> None:
    """Any text is an article: nothing in it runs, each id is there once, and the same text gives the same article."""
    text = as_text(data)
    if any(text.count(sign) > _MANY for sign in _COSTLY):
        return
    made = article(text)
    told(made.diagnostics, lines(text))
    harmless(made.html)
    ids = [unescape(id) for id in re.findall(r'<[^<>]*?\sid="([^"]+)"', made.html)]
    assert len(ids) == len(set(ids)), ids
    if len(data) % 8 == 0:
        assert article(text) == made


def harmless(text: str) -> None:
    """HTML of allowed elements alone, with no attribute that runs and no address of another scheme."""
    if not text.strip():
        return
    for element in lxml_html.fragment_fromstring(text, create_parent="section").iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag in {name.lower() for name in TAGS}, element.tag
        for name, value in element.attrib.items():
            assert not _RUNS.fullmatch(name.lower()), (name, value)
            if name in ("href", "src", "cite"):
                bare = re.sub(r"[\x00-\x20]", "", value).lower()
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare)
                assert not scheme or scheme[1] in ("http", "https", "mailto", CARRIED), value


def sanitise(data: bytes) -> None:
    """What was cleaned is clean: nothing foreign in it, nothing left to take out, each address asked for."""
    asked = set()

    def address(_: str, value: str) -> str | None:
        asked.add(value)
        return value if value.startswith(("https://", "#", "a/")) else None

    cleaned = clean(as_text(data), address)
    harmless(cleaned)
    assert clean(cleaned, address) == cleaned
    assert not foreign_markup(cleaned)
    given = [one for attributes in _CLEAN_TAG.findall(cleaned) for one in _ATTRIBUTE.findall(attributes)]
    assert {unescape(value) for name, value in given if name in ("href", "src")} <= asked


def path(data: bytes) -> None:
    """A link leads to something below the site's root or to an address of the web, however it is written."""
    href = as_any(data)
    for source in ("builds/x/index.md", "content/about.md"):
        target = resolve(_TABLE, href, source)
        assert not target.path.startswith(("/", ".."))
        assert target.path in {"", *_TABLE.pages, *_TABLE.files, *_TABLE.hidden}
        if target.kind == "outside":
            assert re.match(r"(?i)(https?|mailto):", re.sub(r"[\x00-\x20\x7f-\xa0]", "", target.url))
        if target.kind in ("page", "file"):
            way = relative(target.url, "builds/x/")
            assert resolve(_TABLE, way, "builds/x/index.md").url == target.url
        near = near_path(_TABLE, href, source, PUBLISHED_TYPES, pages=True)
        if near.certain:
            assert resolve(_TABLE, near.meant, source).kind in ("page", "file")


def slug(data: bytes) -> None:
    """Names that can stand in an address, whatever they are made from, and the same when made again."""
    text = as_any(data)
    made = slug_of(text)
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", made)
    assert len(made) <= 90
    assert re.fullmatch(r"[a-z0-9-]{0,60}", title_slug(text))
    assert re.fullmatch(r"[A-Za-z0-9._-]+", tag_slug(text))
    assert "/" not in name_of(text.replace("/", "")).strip(".")
    heading_id(text, "-")


def mathematics(data: bytes) -> None:
    """TeX is taken, or refused with a place in it."""
    tex, macros = as_any(data).partition("|")[::2]
    if re.search("[\ud800-\udfff]", tex + macros):
        return
    given = {"one": macros} if macros and not unsound((("one", macros),)) else {}
    for display in (True, False):
        try:
            made = formula(tex, display=display, macros=given, value=lambda written, name: "1.5")
        except InvalidMathematics as error:
            if not 0 <= error.offset <= max(len(tex) - 1, 0):
                raise AssertionError(f"refused at {error.offset} of {len(tex)}") from error
            continue
        assert made.math.tag == "math"
        for element in made.math.iter():
            assert element.tag in TAGS, element.tag
            assert not any(_RUNS.fullmatch(name) for name in element.attrib), element.attrib
