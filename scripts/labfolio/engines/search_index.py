"""The search index: Pagefind over a finished site, before it is put in place."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from labfolio.engines.program import has_pagefind
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.destinations import replace_file

FOLDER, ENTRY = "pagefind", "pagefind-entry.json"
# A reader's search needs the index and one module; the rest of what Pagefind writes is its own interface.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_SECONDS = 600


def with_search(folder: SiteFolder) -> SiteFolder:
    """The folder, built for a full index where Pagefind is installed."""
    return replace(folder, settings=replace(folder.settings, search="pagefind")) if has_pagefind() else folder


def add_index(folder: SiteFolder, site: Path) -> str:
    """Adds the index to a finished site that was built for one; why there is none, or an empty text.

    Without an index the site's search answers from its list of entries, so a failure here stops nothing.
    """
    if folder.settings.search != "pagefind":
        return ""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--silent", "--exclude-selectors", ".headerlink"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    else:
        problem = "" if done.returncode == 0 else (done.stderr or done.stdout).strip() or f"exit {done.returncode}"
    try:
        if not problem and not (site / FOLDER / ENTRY).is_file():
            problem = "the indexing program wrote none"
        if not problem:
            _tidy(site / FOLDER)
    except (OSError, ValueError) as error:
        problem = str(error)
    if not problem:
        return ""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    return f"no search index was made: {problem.splitlines()[-1][:200]}"


def _tidy(folder: Path) -> None:
    """Takes out what no reader needs, and puts in order the one list that Pagefind writes as it comes."""
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    entry = folder / ENTRY
    facts = json.loads(entry.read_text(encoding="utf-8"))
    facts["include_characters"] = sorted(facts.get("include_characters", ()))
    replace_file(entry, json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())
