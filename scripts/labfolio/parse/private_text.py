"""What a text tells of one machine or one account: paths below a home folder, and tokens that open something."""

import re
from collections.abc import Callable

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
# The forms that these services document for their tokens.
_SECRETS = {
    "an OpenAI-style key": r"sk-(?=[A-Za-z0-9_-]{0,60}[0-9A-Z])[A-Za-z0-9_-]{16,}",
    "a GitHub token": r"gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}",
    "an AWS key": r"(?:AKIA|ASIA)[0-9A-Z]{16}",
    "a Hugging Face token": r"hf_[A-Za-z0-9]{20,}",
    "a Slack token": r"xox[abprs]-[A-Za-z0-9-]{10,}",
    "a Google key": r"AIza[0-9A-Za-z_-]{35}",
    "a GitLab token": r"glpat-[A-Za-z0-9_-]{20,}",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
}
_SECRET = {name: re.compile(rf"(?<![A-Za-z0-9_])(?:{form})") for name, form in _SECRETS.items()}


def has_local_path(text: str) -> bool:
    """Whether a text names a file of one machine."""
    return bool(_PATH.search(text) or _LOCAL.search(text))


def has_secret(text: str) -> bool:
    """Whether a text holds what looks like a token."""
    return any(form.search(text) for form in _SECRET.values())


def without_home(text: str) -> str:
    """The text with `~` in place of every home folder."""
    return _PATH.sub("~", text)


def without_secrets(text: str, told: Callable[[str], None]) -> str:
    """The text with `***` in place of what looks like a token; `told` hears the kind of each, once."""
    for name, form in _SECRET.items():
        text, count = form.subn("***", text)
        if count:
            told(name)
    return text
