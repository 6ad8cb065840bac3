"""The search index: Pagefind over a finished site, before it is put in place."""

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from labfolio.engines.site_folder import SiteFolder

FOLDER = "pagefind"
# A reader's search needs the index and one module; the rest of what Pagefind writes is its own interface.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_SECONDS = 600


def with_search(folder: SiteFolder) -> SiteFolder:
    """The folder, built for a full index where Pagefind is installed."""
    found = importlib.util.find_spec("pagefind") and importlib.util.find_spec("pagefind_bin")
    return replace(folder, settings=replace(folder.settings, search="pagefind")) if found else folder


def add_index(folder: SiteFolder, site: Path) -> str:
    """Adds the index to a finished site that was built for one; why there is none, or an empty text.

    Without an index the site's search answers from its list of entries, so a failure here stops nothing.
    """
    if folder.settings.search != "pagefind":
        return ""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--silent"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    else:
        problem = "" if done.returncode == 0 else (done.stderr or done.stdout).strip() or f"exit {done.returncode}"
    if problem:
        shutil.rmtree(site / FOLDER, ignore_errors=True)
        return f"no search index was made: {problem.splitlines()[-1][:200]}"
    for pattern in _UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    return ""
