"""Live reload: a script in served pages that loads them again when the site is another one than theirs."""

from hashlib import blake2b
from html import escape
from pathlib import Path

from labfolio.model.site import Output

# No file of a site is published below a hidden folder, so no page is in its place.
EVENTS = "/.labfolio/events"
_SCRIPT = Path(__file__).with_name("live_reload.js").read_text("utf-8")


def version(outputs: tuple[Output, ...]) -> str:
    """A name for these files: the same for the same bytes."""
    digest = blake2b(digest_size=12)
    for output in sorted(outputs, key=lambda one: one.path):
        digest.update(f"{output.path}\0{len(output.content)}\0".encode())
        digest.update(output.content)
    return digest.hexdigest()


def with_script(page: bytes, named: str) -> bytes:
    """A page of the site of this name as it is served; what is written to a disk never comes here."""
    script = f'<script data-version="{escape(named)}" data-events="{EVENTS}">{_SCRIPT}</script>\n'
    before, end, after = page.rpartition(b"</body>")
    return before + script.encode() + end + after if end else page + script.encode()
