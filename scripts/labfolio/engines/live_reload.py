"""Live reload: a script in served pages that loads them again when they are others than those in the browser."""

import posixpath
import re
from collections.abc import Mapping
from hashlib import blake2b
from html import escape
from pathlib import Path
from urllib.parse import unquote

# No file of a site is published below a hidden folder, so no page is in its place.
EVENTS = "/.labfolio/events"
# What a page shows beside its own bytes: its pictures, by their addresses, and whatever the theme publishes.
_EMBEDDED = re.compile(rb'\s(?:src|srcset|data|poster)="([^"\s]+)')
_THEME = "assets/"
_SCRIPT = Path(__file__).with_name("live_reload.js").read_text("utf-8")


def version(files: Mapping[str, bytes], name: str) -> str:
    """A name for the state of a page: the same while its bytes, what it embeds and the theme's files are the same."""
    page = files.get(name, b"")
    digest = blake2b(page, digest_size=12)
    folder = posixpath.dirname(name)
    found = {unquote(word.decode("utf-8", "replace").split("?")[0]) for word in _EMBEDDED.findall(page)}
    embedded = {posixpath.normpath(posixpath.join(folder, path)) for path in found}
    for path in sorted(embedded | {path for path in files if path.startswith(_THEME)}):
        if path in files:
            digest.update(f"{path}\0{len(files[path])}\0".encode())
            digest.update(files[path])
    return digest.hexdigest()


def with_script(page: bytes, named: str) -> bytes:
    """A page in the state of this name as it is served; what is written to a disk never comes here."""
    script = f'<script data-version="{escape(named)}" data-events="{EVENTS}">{_SCRIPT}</script>\n'
    before, end, after = page.rpartition(b"</body>")
    return before + script.encode() + end + after if end else page + script.encode()
