"""What a generator really wrote: speed counts for nothing where entries, colours or the feed are missing."""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.entry import Entry
from benchmarks.corpus.portfolio import entries

# A token of Pygments, Chroma or their like within a block of code.
_COLOURED = re.compile(rb"<pre[^>]*>(?:(?!</pre>).)*?<span class=\"?[a-z]{1,3}[0-9]?\"?[ >]", re.DOTALL)
_ITEM = re.compile(rb"<(?:item|entry)>")
# Headings of the texts, in whichever way a feed writes markup.
_HEADING = re.compile(rb"(?:<|&lt;|&#60;)h2\b")


def checked(site: Path, total: int, feed: str) -> dict[str, int]:
    """Entries with their title, with coloured code, with figures; the items of the feed and the headings in it."""
    pages = list(_pages(site, total))
    text = (site / feed).read_bytes() if feed and (site / feed).is_file() else b""
    return {
        "entries": sum(one.title.encode() in page for one, page in pages),
        "coloured": sum(bool(_COLOURED.search(page)) for _, page in pages),
        "figures": sum(page.count(b" over time, seed by seed") > 0 for one, page in pages if one.figures),
        "items": len(_ITEM.findall(text)),
        "headings": len(_HEADING.findall(text)),
    }


def expected(total: int) -> dict[str, int]:
    """The same of a site that holds everything, its feed left out."""
    return {"entries": total, "coloured": total, "figures": sum(one.figures > 0 for one in entries(total))}


def _pages(site: Path, total: int) -> Iterator[tuple[Entry, bytes]]:
    for one in entries(total):
        path = site / one.url / "index.html"
        yield one, path.read_bytes() if path.is_file() else b""


def weight(site: Path) -> dict[str, int | str]:
    """Bytes and files of a site, and its largest page."""
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = {path: size for path, size in sizes.items() if path.suffix == ".html"}
    largest = max(pages, key=lambda path: (pages[path], str(path)))
    return {
        "bytes": sum(sizes.values()),
        "files": len(sizes),
        "largest": pages[largest],
        "largest_page": largest.relative_to(site).as_posix(),
    }
