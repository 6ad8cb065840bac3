"""The path that was meant by a link which leads nowhere: the same in other capitals, or one that is much alike."""

import posixpath
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from labfolio.markdown.links import LinkTable, resolve
from labfolio.model.spelling import closest


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPath:
    """Where a link was looked for, the link that was probably meant (empty without one), whether that is certain."""

    wanted: str
    meant: str = ""
    certain: bool = False


def near_path(table: LinkTable, href: str, source: str, types: Collection[str], *, pages: bool) -> NearPath:
    """What was meant by a link written in `source`, among files of `types` and, where said so, pages.

    It is certain where it differs from one path only, and from that in capitals alone.
    """
    try:
        parts = urlsplit(unescape(href).strip())
    except ValueError:
        return NearPath(wanted="")
    path, folder = unquote(parts.path), posixpath.dirname(source)
    if not path or path.startswith("/"):
        return NearPath(wanted="")
    wanted = posixpath.normpath(posixpath.join(folder, path))
    known = [name for name in table.files if posixpath.splitext(name)[1].lower() in types]
    known += table.pages if pages else []
    rest = href[len(parts.path) :] if href.startswith(parts.path) else ""
    wishes = [f"{wanted}{end}".casefold() for end in ("", "/index.md", ".md")]
    same = [name for name in known if name.casefold() in wishes]
    if len(same) == 1:
        meant = _in_capitals_of(path, same[0][: len(wanted)]) + rest
        if resolve(table, meant, source).kind in ("page", "file"):
            return NearPath(wanted=wanted, meant=meant, certain=path == parts.path and meant != href)
    meant = _alike(path, wanted, folder, sorted(known))
    return NearPath(wanted=wanted, meant=f"{meant}{rest}" if meant else "")


def _alike(path: str, wanted: str, folder: str, known: Sequence[str]) -> str:
    """The link to the one file of the wanted name, else to the most similar path among those of a similar name."""
    by_name: dict[str, list[str]] = {}
    for name in known:
        by_name.setdefault(posixpath.basename(name), []).append(name)
        if name.endswith("/index.md"):
            by_name.setdefault(posixpath.basename(posixpath.dirname(name)), []).append(name)
    name = posixpath.basename(wanted)
    pool = by_name.get(name) or by_name.get(closest(name, by_name), [])
    links = [posixpath.relpath(one, folder or ".") for one in pool]
    return links[0] if len(links) == 1 and name in by_name else closest(path, links)


def _in_capitals_of(path: str, name: str) -> str:
    """A path as it is written, its parts in the capitals that the name has on the disk."""
    written, real = path.split("/"), name.split("/")
    shift = 1 if written[-1:] == [""] else 0
    for index in range(1, len(real) + 1):
        at = len(written) - shift - index
        if at < 0 or written[at].casefold() != real[-index].casefold():
            break
        written[at] = real[-index]
    return "/".join(written)
