"""The record of a paper, asked of arXiv: the one thing that labfolio fetches, and only when an author says so."""

import urllib.parse
import urllib.request

# https://info.arxiv.org/help/api/user-manual.html
ADDRESS = "https://export.arxiv.org/api/query"
_LIMIT, _SECONDS = 1_000_000, 20


class NotFetched(Exception):
    """The record could not be had; the message says why and what to do."""


def fetch(id: str, address: str = ADDRESS) -> str:
    """The Atom record of an identifier, as arXiv gives it. Raises NotFetched."""
    query = urllib.parse.urlencode({"id_list": id, "max_results": 1})
    request = urllib.request.Request(f"{address}?{query}", headers={"User-Agent": "labfolio"})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        mend = f"save {address}?{query} and name the file with --record"
        raise NotFetched(f"arXiv did not answer ({reason}); {mend}") from error
    if len(content) > _LIMIT:
        raise NotFetched("arXiv's answer is too long to be a record")
    return content.decode("utf-8", "replace")
