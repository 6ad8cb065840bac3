"""The theme's published files: one stylesheet, one script, fonts and icons."""

import re
from collections.abc import Iterable
from functools import lru_cache
from posixpath import basename

from labfolio.model.site import Output, Theme

# The order of the stylesheet: what is declared first, what is general before what is special, paper last.
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(rb"(\"[^\"]*\")")
# Around these signs, or after a colon, a space means nothing; a space before a colon is a selector's.
_SPACE = re.compile(rb"[\s;]*(\})\s*|\s*([{;,>])\s*|(:)\s+|\s+")
_CSS = ("tokens.css", "base.css", "layout.css", "content.css")


def stylesheet(theme: Theme) -> bytes:
    """All style sheets in one: tokens, base, layout, content, a component a file, a site's own, print."""
    folder = "assets/css/"
    names = sorted(name for name in theme.assets if name.startswith(folder) and name.endswith(".css"))
    first = [folder + name for name in _CSS if folder + name in names]
    last = [name for name in names if basename(name) == "print.css"]
    rest = [name for name in names if name not in (*first, *last)]
    own = [name for name in rest if not name.startswith(folder + "components/")]
    order = [*first, *(name for name in rest if name not in own), *own, *last]
    return b"\n".join(_plain(theme.assets[name]) for name in order) + b"\n"


@lru_cache(maxsize=128)
def _plain(css: bytes) -> bytes:
    """A style sheet without comments and spaces, which authors need and browsers do not; strings stay as they are."""
    parts = _STRING.split(_COMMENT.sub(b"", css).strip())
    return b"".join(part if index % 2 else _SPACE.sub(_closed, part) for index, part in enumerate(parts))


def _closed(space: re.Match[bytes]) -> bytes:
    """The sign between spaces without them, or one space."""
    return space[1] or space[2] or space[3] or b" "


def script(theme: Theme) -> bytes:
    """All scripts in one; each catches its own faults, so that one cannot stop another."""
    names = sorted(name for name in theme.assets if name.startswith("assets/js/") and name.endswith(".js"))
    parts = [
        b"try {\n" + theme.assets[name].rstrip() + b"\n} catch (error) {\n  console.warn(error);\n}" for name in names
    ]
    return b"\n".join(parts) + b"\n"


def theme_outputs(theme: Theme) -> Iterable[Output]:
    """Stylesheet, script and every other asset of the theme."""
    yield Output(path="assets/labfolio.css", content=stylesheet(theme), source="theme")
    yield Output(path="assets/labfolio.js", content=script(theme), source="theme")
    for name, content in theme.assets.items():
        if not name.startswith(("assets/css/", "assets/js/")):
            yield Output(path=name, content=content, source="theme")
