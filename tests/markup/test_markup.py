"""Every page of the demo is valid HTML by html-validate's rules `recommended` and `document`.

What `.htmlvalidate.json` leaves out or narrows, and why:

- attribute-boolean-style: the sanitiser writes `checked=""`.
- doctype-style: `<!doctype html>` is the same in any case.
- long-title: the title of an entry is its author's.
- no-trailing-whitespace: a line may end where its author ended it.
- prefer-native-element, for list (see below) and region: a frame that scrolls is a labelled `div`.
- require-sri, for other hosts only: the site's own files carry their hash in the address.
- valid-id, relaxed: footnotes have ids such as `fn:1`, which HTML allows.

`no-redundant-role` stays on except for lists and tables: browsers drop these roles where a style sheet takes the
markers off or lays the rows out as blocks.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PROGRAM = FOLDER / "node_modules" / ".bin" / "html-validate"
# Node.js of the system, or the one beside the running Python.
SEARCHED = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
RESTATED_ROLES = {"list", "table", "rowgroup", "row", "columnheader", "rowheader", "cell"}


@pytest.fixture(scope="session")
def html_validate() -> Path:
    """The pinned html-validate, installed from the lock if it is absent."""
    npm = shutil.which("npm", path=SEARCHED["PATH"])
    if npm is None or shutil.which("node", path=SEARCHED["PATH"]) is None:
        pytest.fail("The markup test needs Node.js 20.19 or newer with npm: put both on the PATH.", pytrace=False)
    if not PROGRAM.exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        result = subprocess.run(command, cwd=FOLDER, env=SEARCHED, text=True, capture_output=True, timeout=300)
        if result.returncode:
            pytest.fail(f"npm ci in tests/markup failed: {result.stderr}", pytrace=False)
    return PROGRAM


def faults(program: Path, folder: Path) -> list[str]:
    """What html-validate says about the pages of a folder, one line each."""
    command = [str(program), "--config", str(FOLDER / ".htmlvalidate.json"), "--formatter", "json", str(folder)]
    with tempfile.TemporaryFile("w+") as said:  # into a pipe it writes no more than the first 64 KiB
        result = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, env=SEARCHED, text=True, timeout=120)
        assert result.returncode in (0, 1), result.stderr
        said.seek(0)
        pages = json.load(said)
    return [
        f"{Path(page['filePath']).relative_to(folder).as_posix()}:{message['line']}:{message['column']}"
        f" {message['ruleId']}: {message['message']}"
        for page in pages
        for message in page["messages"]
        if not (message["ruleId"] == "no-redundant-role" and message["context"]["role"] in RESTATED_ROLES)
    ]


REAL_FAULTS = {
    "aria-label-misuse": '<p aria-label="One">Two</p>',
    "deprecated": "<center>One</center>",
    "element-permitted-content": "<ul><p>One</p></ul>",
    "heading-level": "<h1>One</h1><h3>Two</h3>",
    "no-dup-id": '<p id="a"></p><p id="a"></p>',
    "no-missing-references": '<nav aria-labelledby="none"></nav>',
    "no-redundant-role": '<nav role="navigation"></nav>',
    "text-content": '<button type="button"></button>',
    "wcag/h37": '<img src="a.png">',
}


def test_every_page_is_valid(html_validate: Path, site: Path) -> None:
    found = faults(html_validate, site)
    assert not found, "\n".join(found)


def test_real_faults_are_found(html_validate: Path, tmp_path: Path) -> None:
    for rule, body in REAL_FAULTS.items():
        page = f'<!doctype html><html lang="en"><head><title>Page</title></head><body>{body}</body></html>'
        (tmp_path / f"{rule.replace('/', '-')}.html").write_text(page)
    found = "\n".join(faults(html_validate, tmp_path))
    for rule in REAL_FAULTS:
        assert f" {rule}: " in found
