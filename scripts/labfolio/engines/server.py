"""The server of a preview: a site in memory, for the browsers of this machine."""

import mimetypes
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from posixpath import splitext
from threading import Condition, Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from labfolio.engines.live_reload import EVENTS, version, with_script
from labfolio.model.site import Output

# The page for addresses that nothing answers.
MISSING = "404.html"
# Seconds between two signs of life, by which a connection that nobody reads is found out.
_ALIVE = 15.0
# What the standard table lacks or answers differently from one machine to the next.
_TYPES = {
    ".atom": "application/atom+xml",
    ".bib": "text/plain",
    ".cff": "text/plain",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "text/plain",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".py": "text/plain",
    ".svg": "image/svg+xml",
    ".toml": "text/plain",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
# With every answer, errors too. A page of another origin can name a file of the preview in an element; it gets nothing.
_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_TEXTS = ("application/atom+xml", "application/json", "application/xml", "image/svg+xml")
_STANDARD = mimetypes.MimeTypes()


@dataclass(frozen=True, slots=True)
class Site:
    """The files of a site by path, and the path that it lies below."""

    files: Mapping[str, bytes]
    base_path: str

    def find(self, path: str) -> str:
        """The file that answers a path, a page by its folder; empty where none does."""
        name = path.removeprefix(self.base_path) if path.startswith(self.base_path) else None
        if name is not None and (name == "" or name.endswith("/")):
            name += "index.html"
        return name if name is not None and name in self.files else ""

    def version(self, path: str) -> str:
        """The name of the state of the page that answers a path."""
        return version(self.files, self.find(path) or MISSING)


class PreviewServer(ThreadingHTTPServer):
    """Serves the last site that it was shown. Raises OSError where it cannot listen at the address."""

    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.name = host
        self.site = Site({}, "/")
        self.changed = Condition()
        super().__init__((host, port), _Handler)

    @property
    def origin(self) -> str:
        """What its addresses begin with: `http://127.0.0.1:8000`."""
        host = f"[{self.name}]" if ":" in self.name else self.name
        return f"http://{host}:{self.server_port}"

    def show(self, outputs: tuple[Output, ...], base_path: str = "/") -> None:
        """Serves these files below a path from now on, and tells every page that is open."""
        self._follow(Site({output.path: output.content for output in outputs}, base_path))

    def show_before(self, outputs: tuple[Output, ...]) -> None:
        """Serves these files in the place of those of their paths, until the next site is shown."""
        files = {output.path: output.content for output in outputs}
        self._follow(Site({**self.site.files, **files}, self.site.base_path))

    def _follow(self, site: Site) -> None:
        with self.changed:
            self.site = site
            self.changed.notify_all()

    def begin(self) -> None:
        """Answers from now on, until the program ends."""
        Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no fault; anything else is named in one line."""
        error = sys.exception()
        if not isinstance(error, OSError):
            print(f"labfolio: a request failed: {type(error).__name__}: {error}", file=sys.stderr)

    def allows(self, host: str) -> bool:
        """Whether a request for this host is meant for a preview.

        Any page of the web can have its own name lead here (DNS rebinding), but it cannot have another name than its
        own: addresses in digits, `localhost` and the name that the author gave are let in.
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        try:
            ip_address(name)
        except ValueError:
            return name in ("localhost", self.name.lower()) or name.endswith(".localhost")
        return True


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    # Seconds that a browser may keep a connection without asking for anything.
    timeout = 60

    def do_GET(self) -> None:
        """Answers with a file of the site, or tells of changes."""
        if not self.server.allows(self.headers.get("Host", "")):
            reason = "this preview answers to its own address only"
            self._send(HTTPStatus.FORBIDDEN, f"{reason}: {self.server.origin}\n".encode(), "text/plain")
        elif self._path() == EVENTS:
            self._tell_changes()
        else:
            self._send_file()

    do_HEAD = do_GET

    def _refuse(self) -> None:
        self.close_connection = True
        allowed = {"Allow": "GET, HEAD"}
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"a preview can only be read\n", "text/plain", allowed)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse

    def _send_file(self) -> None:
        """The file of an address: a page by its folder; a folder without its slash leads to the one with it."""
        site = self.server.site
        base = site.base_path
        path = unquote(self._path(), errors="replace")
        if name := site.find(path):
            self._send_page(HTTPStatus.OK, site, name)
        elif path in ("/", base.rstrip("/")):
            self._lead(base)
        elif site.find(f"{path}/"):
            self._lead(f"{path}/")
        else:
            self._send_page(HTTPStatus.NOT_FOUND, site, MISSING)

    def _path(self) -> str:
        """What was asked for, without its question; of anything that is no path nothing is found."""
        return self.path.partition("?")[0]

    def _lead(self, path: str) -> None:
        self._send(HTTPStatus.FOUND, b"", "text/plain", {"Location": quote(path)})

    def _send_page(self, status: HTTPStatus, site: Site, name: str) -> None:
        content, kind = site.files.get(name, b"<!doctype html><title>Not found</title>"), media_type(name)
        self._send(status, with_script(content, version(site.files, name)) if kind == "text/html" else content, kind)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind in _TEXTS
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """Ends the headers of an answer with those that all of them have."""
        for name, value in _ALWAYS.items():
            self.send_header(name, value)
        super().end_headers()

    def _tell_changes(self) -> None:
        """Server-sent events (WHATWG HTML, section 9.2): the name of a page's state now, and at each change.

        Its path is the question; without one it is home.
        """
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n")
        path = unquote(self.path.partition("?")[2], errors="replace") or self.server.site.base_path
        told, seen, changed = "", None, self.server.changed
        while True:
            site = self.server.site
            now = site.version(path) if site is not seen else told
            self.wfile.write(f"data: {now}\n\n".encode() if now != told else b": still here\n\n")
            self.wfile.flush()
            told, seen = now, site
            with changed:
                if self.server.site is seen:
                    changed.wait(_ALIVE)

    def version_string(self) -> str:
        """Who answers, without the versions of Python and of this program."""
        return "labfolio"

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of requests: what was built is said elsewhere."""


def media_type(name: str) -> str:
    """The media type of a file by its name, the same on every machine."""
    suffix = splitext(name)[1].lower()
    return _TYPES.get(suffix) or _STANDARD.types_map[True].get(suffix) or "application/octet-stream"
