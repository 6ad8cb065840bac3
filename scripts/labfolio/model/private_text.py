"""What a text must not tell the public: tokens that open an account, and the name of a person's home folder.

The forms are those that the services document for what they give out. Each pattern is linear: no repeat stands within a
repeat, and what may be tried from many places is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

SECRET, HOME_PATH = "secret", "home-path"
# No token is shorter, and none has a space in it: only longer words are looked at.
_SHORTEST = 16
# What is shorter than this piece of a token tells nothing of it.
_PIECE = 8


@dataclass(frozen=True, slots=True)
class _Form:
    """One form: its kind in words, texts of which one is in each, its pattern, and whether a space may be in it.

    The pattern's first group is what is private; without one all of it is.
    """

    kind: str
    signs: tuple[str, ...]
    pattern: str
    spaced: bool = False


_KEY = r"[\"']?\s{0,3}[:=(,]{1,2}\s{0,3}[\"']?"
_FORMS = (
    _Form("an Anthropic key", ("sk-ant-",), r"sk-ant-[A-Za-z0-9_-]{16,}"),
    _Form("an OpenAI-style key", ("sk-",), r"sk-(?!ant-)(?=[A-Za-z0-9_-]{0,60}[0-9A-Z])[A-Za-z0-9_-]{16,}"),
    _Form(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}",
    ),
    _Form("an AWS key", ("AKIA", "ASIA"), r"(?:AKIA|ASIA)[0-9A-Z]{16}(?<!EXAMPLE)"),
    _Form(
        "an AWS secret key",
        ("secret_access_key", "SECRET_ACCESS_KEY", "SecretAccessKey"),
        rf"(?:aws_|AWS_)?(?:secret_access_key|SECRET_ACCESS_KEY|SecretAccessKey){_KEY}([A-Za-z0-9/+]{{30,}})(?<!EXAMPLEKEY)",
        True,
    ),
    _Form("a Hugging Face token", ("hf_",), r"hf_[A-Za-z0-9]{20,}"),
    _Form("a Slack token", ("xox", "xapp-"), r"(?:xox[abeprs]|xapp)-[A-Za-z0-9-]{10,}"),
    _Form("a Slack webhook", ("hooks.slack.com/",), r"hooks\.slack\.com/services/(T\w{6,}/B\w{6,}/\w{16,})"),
    _Form("a Google key", ("AIza", "GOCSPX-"), r"AIza[0-9A-Za-z_-]{35}|GOCSPX-[0-9A-Za-z_-]{20,}"),
    _Form("a Google access token", ("ya29.",), r"ya29\.[0-9A-Za-z_-]{20,}"),
    _Form("a GitLab token", ("glpat-",), r"glpat-[A-Za-z0-9_-]{20,}"),
    _Form("an npm token", ("npm_",), r"npm_[A-Za-z0-9]{30,}"),
    _Form("a PyPI token", ("pypi-AgE",), r"pypi-AgE[A-Za-z0-9_-]{30,}"),
    _Form("a Databricks token", ("dapi",), r"dapi[0-9a-f]{32}(?:-\d)?"),
    _Form(
        "a Stripe key",
        ("_live_", "_test_", "whsec_"),
        r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,}",
    ),
    _Form("a Groq key", ("gsk_",), r"gsk_[A-Za-z0-9]{30,}"),
    _Form("a Replicate token", ("r8_",), r"r8_[A-Za-z0-9]{30,}"),
    _Form("a Docker token", ("dckr_pat_",), r"dckr_pat_[A-Za-z0-9_-]{20,}"),
    _Form("a LangSmith key", ("lsv2_",), r"lsv2_[a-z]{2}_[a-f0-9_]{32,}"),
    _Form("an age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[0-9A-Z]{40,}"),
    _Form(
        "an Azure key",
        ("AccountKey=", "SharedAccessKey="),
        r"(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{30,}={0,2})",
    ),
    _Form("an Azure signature", ("sig=",), r"[?&]sig=([A-Za-z0-9%+/]{40,})"),
    _Form(
        "a JSON Web Token",
        ("eyJ",),
        r"(?<!-)eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{16,}",
    ),
    _Form(
        "a Weights & Biases key",
        ("WANDB_API_KEY", "wandb"),
        rf"(?:WANDB_API_KEY{_KEY}|wandb[. ]login[( ]\s{{0,3}}(?:key\s{{0,3}}=|--relogin)?\s{{0,3}}[\"']?)"
        r"((?:local-)?[0-9a-f]{40})(?![0-9a-f])",
        True,
    ),
    _Form(
        "a Kaggle key",
        ('"username"',),
        r"\"username\"\s{0,3}:[^{}\n]{1,80}\"key\"\s{0,3}:\s{0,3}\"([0-9a-f]{32})\"",
        True,
    ),
    _Form(
        "an authorization header",
        ("uthorization",),
        rf"[Aa]uthorization{_KEY}(?:[Bb]earer|[Bb]asic|[Tt]oken)\s{{1,3}}(?=[^\s\"']{{0,80}}\d)([A-Za-z0-9._~+/=-]{{16,}})",
        True,
    ),
    _Form(
        "a password in an address",
        ("://",),
        r"://[^\s/@:\"'<>{}$]{0,64}:(?!(?:pass(?:word|wd)?|pwd|secret|token|x+|\*+|\.+)@)([^\s/@\"'<>{}$\[\]()]{3,200})"
        r"@(?=[A-Za-z0-9\[])",
    ),
    _Form(
        "a password in .netrc",
        ("password",),
        r"machine\s{1,4}\S{1,100}\s{1,4}login\s{1,4}\S{1,100}\s{1,4}password\s{1,4}([^\s<>{}$*]{4,200})",
        True,
    ),
    _Form(
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?=[ \t]{0,8}(?:\n|\r|\\[nr]))"
        r"(?:[^-]*-(?!----)){0,8}[^-]*(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?",
        True,
    ),
)
# Names that stand for anybody, and those of accounts that a service gives to all.
_ANYBODY = (
    "all app codespace default docker ec2-user example foo jovyan linuxbrew me my-name myname myuser name node public"
    " runner runneradmin sagemaker-user shared someone ubuntu user user-name user_name username users vscode xxx you"
    " your-name your-user your-username your_name your_user your_username yourname yourself youruser yourusername"
)
_HOME = _Form(
    "a home folder",
    ("/home/", "/Users/", "Users\\", ":/Users"),
    r"(?:file://[^\s/]{0,64})?(?:(?:/mnt/[a-z])?/(?:home|Users)/[A-Za-z_][\w.-]{0,63}"
    r"|[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}[^\n/\\'\":;,<>|*?%${}]{1,40})(?=[\\/])",
    True,
)


@dataclass(frozen=True, slots=True)
class Private:
    """Something private in a text: by which rule, of what kind, and where; `value` is what must not be seen."""

    rule: str
    kind: str
    start: int
    value: str

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.value)

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the value."""
        return sha256(self.value.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def private_in(text: str) -> tuple[Private, ...]:
    """Everything private in a text, in order, none within another."""
    found = sorted((*secrets_in(text), *_homes(text)), key=lambda one: (one.start, -one.end))
    kept: list[Private] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


# A file of many faults is looked through once for all of them.
_known = lru_cache(maxsize=4)(private_in)


def secrets_in(text: str) -> Iterator[Private]:
    """The tokens in a text, one form after the other; one may be part of another."""
    words = "\n".join([word for word in text.split() if len(word) >= _SHORTEST])
    for form in _FORMS:
        if any(sign in (text if form.spaced else words) for sign in form.signs):
            for match in _compiled(form, r"(?<![A-Za-z0-9_])").finditer(text):
                group = 1 if match.re.groups else 0
                yield Private(SECRET, form.kind, match.start(group), match[group])


def _homes(text: str) -> Iterator[Private]:
    if any(sign in text for sign in _HOME.signs):
        for match in _compiled(_HOME, r"(?<![\w.~/\\-])").finditer(text):
            name = re.split(r"[\\/]", match[0])[-1]
            if name.lower() not in _ANYBODY.split():
                yield Private(HOME_PATH, _HOME.kind, match.start(), match[0])


@cache
def _compiled(form: _Form, before: str) -> re.Pattern[str]:
    anchor = "" if form.pattern.startswith(("://", "[?&]", "hooks")) else before
    return re.compile(f"{anchor}(?:{form.pattern})")


def masked(text: str, within: str = "") -> str:
    """The text with stars in the place of all that is private, as long as it was.

    So is every piece that it has of what is private in `within`, the file that it tells of.
    """
    found = [(one.start, one.end) for one in private_in(text)]
    values = [one.value for one in _known(within)] if within else []
    found += [
        (at, at + _PIECE)
        for at in range(len(text) - _PIECE + 1 if values else 0)
        if any(text[at : at + _PIECE] in value for value in values)
    ]
    for start, end in found:
        text = text[:start] + "*" * (end - start) + text[end:]
    return text


def masked_line(text: str, number: int) -> str:
    """A line of a text, from 1, with stars in the place of what is private; empty where there is none."""
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start:end]
    for one in _known(text):
        first, last = max(one.start, start), min(one.end, end)
        if first < last:
            line = line[: first - start] + "*" * (last - first) + line[last - start :]
    return line
