"""What a text tells of one machine or one account: paths below a home folder, and tokens that open something."""

import re
from collections.abc import Callable

from labfolio.model.private_text import SECRET, private_in, secrets_in

# A home folder or a notebook service's own folder, as a path begins; addresses of the web have a host before it.
_PATH = re.compile(
    r"(?<![\w.~/\\-])(?:file://[^\s/]*)?"
    r"(?:/(?:home|Users)/[^\s/\\'\":;,<>(){}\[\]]+|/root|/content|/kaggle/working"
    r"|[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}(?:[^\n/\\'\":;,<>|*?]{1,40}(?=[\\/])|[^\s/\\'\":;,<>(){}\[\]]+))(?![\w-])"
)
# A drive alone would be found in LaTeX, too: `$f:\mathcal{X}$`.
_LOCAL = re.compile(
    r"file://|(?<![\w.~-])[a-z]:[\\/]{1,2}"
    r"(?:users|documents|downloads|dropbox|onedrive|zotero|papers|program files|temp)\b",
    re.IGNORECASE,
)


def has_local_path(text: str) -> bool:
    """Whether a text names a file of one machine."""
    return bool(_PATH.search(text) or _LOCAL.search(text))


def has_secret(text: str) -> bool:
    """Whether a text holds what looks like a token."""
    return next(secrets_in(text), None) is not None


def without_home(text: str) -> str:
    """The text with `~` in place of every home folder."""
    return _PATH.sub("~", text)


def without_secrets(text: str, told: Callable[[str], None]) -> str:
    """The text with `***` in place of what looks like a token; `told` hears the kind of each, once."""
    found = tuple(one for one in private_in(text) if one.rule == SECRET)
    for kind in dict.fromkeys(one.kind for one in found):
        told(kind)
    for one in reversed(found):
        text = f"{text[: one.start]}***{text[one.end :]}"
    return text
