"""Where a preview shows a fault: on the page of the source that it is in."""

import pytest

from labfolio.engines.preview import faulty_outputs
from tests.site import build_files, entry, small_files

ENVIRONMENT = "builds/x/env.json"


@pytest.mark.parametrize(
    ("path", "content", "page"),
    [
        ("content/log.csv", b"date,hours\n2026-03-03,1h\n", "progress/index.html"),
        (ENVIRONMENT, b'{"hardware": {"cores": "two"}}', "builds/x/index.html"),
        ("builds/x/index.md", entry(status="done"), "builds/x/index.html"),
        ("content/program.yml", b"days: many\n", "index.html"),
    ],
)
def test_a_fault_stands_on_its_page(path: str, content: bytes, page: str) -> None:
    files = small_files()
    files["builds/x/index.md"] = entry(status="shipped", environment="env.json")
    files[ENVIRONMENT] = b'{"python": "3.11"}'
    last = build_files(files)
    assert last.outputs
    now = build_files({**files, path: content})
    changed = {
        new.path: new.content.decode()
        for new, old in zip(faulty_outputs(now, last), last.outputs, strict=True)
        if new.content != old.content
    }
    assert list(changed) == [page]
    assert path in changed[page]
    assert "This page cannot be built yet" in changed[page]
