"""The server of a preview against what no browser sends, and against pages of other origins, on raw sockets."""

import socket
from collections.abc import Iterator

import pytest

from labfolio.engines.live_reload import EVENTS
from labfolio.engines.server import PreviewServer, Site
from labfolio.model.site import Output

PATIENCE = 30.0
DRAFT = b"<!doctype html><title>CANARY</title>"
FILES = {"index.html": DRAFT, "404.html": b"<!doctype html><title>Nothing</title>", "builds/a/index.html": DRAFT,
         "builds/a/plot.png": b"\x89PNG CANARY"}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[PreviewServer]:
    """A preview of three files that are not to be read by others."""
    made = PreviewServer("127.0.0.1", 0)
    made.show(tuple(Output(path=path, content=content, source="") for path, content in FILES.items()))
    made.begin()
    yield made
    made.shutdown()
    made.server_close()


def answer(server: PreviewServer, request: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        parts = iter(lambda: connection.recv(65536), b"")
        return b"".join(parts)


def asked(server: PreviewServer, target: bytes, *headers: bytes, method: bytes = b"GET") -> bytes:
    lines = (method + b" " + target + b" HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close", *headers)
    return answer(server, b"\r\n".join(lines) + b"\r\n\r\n")


def status(said: bytes) -> int:
    return int(said.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "target",
    [
        b"/../../etc/passwd", b"/..%2f..%2fetc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"//etc/passwd",
        b"/%2fetc/passwd",
        b"/builds/a/../../../etc/passwd", b"/builds/", b"/builds/a/.", b"/%00", b"/index.html%00.png",
        b"/\\..\\..\\etc", b"http://127.0.0.1/etc/passwd", b"file:///etc/passwd", b"*", b"/%c0%ae%c0%ae/etc/passwd",
        b"/\xff\xfe",
    ],
)  # fmt: skip
def test_a_path_is_a_name_of_the_site_or_nothing(server: PreviewServer, target: bytes) -> None:
    """The site lies in memory: there is no folder to leave, and none to list."""
    said = asked(server, target)
    assert status(said) in (400, 404), said
    assert b"root:" not in said
    assert b"CANARY" not in said
    assert b"plot.png" not in said


@pytest.mark.parametrize("host", [b"evil.example", b"evil.example:80", b"localhost.evil.example", b"", b"[", b"1.2.3"])
@pytest.mark.parametrize("target", [b"/", b"/builds/a/", EVENTS.encode()])
def test_a_name_of_the_web_that_leads_here_is_refused(server: PreviewServer, host: bytes, target: bytes) -> None:
    said = answer(server, b"GET " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert status(said) == 403
    assert b"CANARY" not in said


@pytest.mark.parametrize("request_line", [b"GET / HTTP/1.0\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"])
def test_a_request_without_a_host_is_refused(server: PreviewServer, request_line: bytes) -> None:
    assert b"CANARY" not in answer(server, request_line)


@pytest.mark.parametrize("target", [b"/", b"/builds/a/plot.png", b"/nothing", EVENTS.encode()])
def test_another_origin_may_not_read_what_it_can_ask_for(server: PreviewServer, target: bytes) -> None:
    """No answer lets another origin in, not even as an image or a script."""
    said = asked(server, target, b"Origin: https://evil.example", method=b"HEAD")
    head = said.partition(b"\r\n\r\n")[0].lower()
    assert b"access-control-allow" not in head
    assert b"cross-origin-resource-policy: same-origin" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"cache-control: no-store" in head
    preflight = asked(server, target, b"Origin: https://evil.example", method=b"OPTIONS")
    assert status(preflight) == 405
    assert b"access-control" not in preflight.lower()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 5000 + b"\r\n",
        b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"<script>alert(1)</script>\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\nx",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\x00" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_the_preview_goes_on(
    server: PreviewServer, request_bytes: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        said = answer(server, request_bytes)
    except OSError:  # it hung up on what was still being sent
        said = b""
    assert b"CANARY" not in said
    assert b"<script>" not in said
    assert b"Traceback" not in said
    assert status(asked(server, b"/")) == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_client_that_says_nothing_holds_up_nobody(server: PreviewServer) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) for _ in range(50)]
    try:
        for connection in silent:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert status(asked(server, b"/builds/a/")) == 200
    finally:
        for connection in silent:
            connection.close()


def test_it_listens_where_it_was_told_to(server: PreviewServer) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_page_is_another_one_when_it_or_what_it_shows_changed() -> None:
    page = b'<!doctype html><img src="../b/plot.png?x" alt=""><a href="table.csv">'
    files = {"index.html": DRAFT, "a/index.html": page, "b/plot.png": b"1", "a/table.csv": b"1", "assets/x.css": b"1"}
    before = Site(files, "/")
    for changed, differ in (
        ("a/index.html", {"/a/"}),
        ("b/plot.png", {"/a/"}),
        ("a/table.csv", set()),
        ("assets/x.css", {"/", "/a/", "/nowhere/"}),
        ("404.html", {"/nowhere/"}),
    ):
        after = Site({**files, changed: b"other"}, "/")
        assert {one for one in ("/", "/a/", "/nowhere/") if before.version(one) != after.version(one)} == differ
