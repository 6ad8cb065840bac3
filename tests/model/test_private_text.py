"""What looks like a token or a home folder, what does not, and that neither is told."""

import resource
import subprocess
import sys

import pytest

from labfolio.model.private_text import HOME_PATH, SECRET, masked, private_in
from labfolio.model.rules import fault
from labfolio.model.source import Position
from tests.conftest import ROOT

HEX, LETTERS = "0123456789abcdef" * 4, "aB3" * 40
JWT = f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{LETTERS[:43]}"
TOKENS = {
    "an Anthropic key": f"sk-ant-api03-{LETTERS[:93]}",
    "an OpenAI-style key": f"sk-proj-{LETTERS[:60]}",
    "a GitHub token": f"github_pat_{LETTERS[:22]}_{LETTERS[:50]}",
    "an AWS key": "AKIA" + "A1" * 8,
    "a Hugging Face token": f"hf_{LETTERS[:34]}",
    "a Slack token": "xoxb-123456789012-abcdef",
    "a Google key": f"AIza{LETTERS[:35]}",
    "a Google access token": f"ya29.{LETTERS[:60]}",
    "a GitLab token": f"glpat-{LETTERS[:20]}",
    "an npm token": f"npm_{LETTERS[:36]}",
    "a PyPI token": f"pypi-AgEIcHlwaS5vcmc{LETTERS[:60]}",
    "a Databricks token": f"dapi{HEX[:32]}",
    "a Stripe key": f"sk_live_{LETTERS[:24]}",
    "a Groq key": f"gsk_{LETTERS[:52]}",
    "a Replicate token": f"r8_{LETTERS[:37]}",
    "a Docker token": f"dckr_pat_{LETTERS[:27]}",
    "a LangSmith key": f"lsv2_pt_{HEX[:32]}_{HEX[:10]}",
    "an age key": "AGE-SECRET-KEY-1" + "QPZR" * 14,
    "a JSON Web Token": JWT,
    "a private key": "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----",
}
# What is private of a longer text: the part between the angle brackets.
PARTS = {
    "an AWS secret key": f"AWS_SECRET_ACCESS_KEY=<{LETTERS[:40]}>",
    "a Slack webhook": "https://hooks.slack.com/services/<T01ABCDEF/B01ABCDEF/abcdefghijklmnopqrstuvwx>",
    "an Azure key": f"DefaultEndpointsProtocol=https;AccountName=x;AccountKey=<{LETTERS[:86]}==>",
    "an Azure signature": f"https://x.blob.core.windows.net/c?sv=2024&sig=<{LETTERS[:43]}%3D>",
    "a Weights & Biases key": f"export WANDB_API_KEY='<{HEX[:40]}>'",
    "a Kaggle key": f'{{"username": "ada", "key": "<{HEX[:32]}>"}}',
    "an authorization header": f'curl -H "Authorization: Bearer <{LETTERS[:30]}>"',
    "a password in an address": "postgres://ada:<hunter2>@db.example/x",
    "a password in .netrc": "machine api.example\n  login ada\n  password <hunter2>\n",
}


@pytest.mark.parametrize(("kind", "value"), TOKENS.items(), ids=TOKENS)
def test_a_token_is_found_whole(kind: str, value: str) -> None:
    (found,) = private_in(f"KEY = '{value}' # mine")
    assert (found.rule, found.kind, found.start, found.value) == (SECRET, kind, 7, value)
    assert value not in masked(f"KEY = '{value}'")


@pytest.mark.parametrize(("kind", "text"), PARTS.items(), ids=PARTS)
def test_what_opens_something_is_found_in_what_stands_around_it(kind: str, text: str) -> None:
    before, value, _ = text.replace(">", "<").split("<")
    (found,) = private_in(text.replace("<", "").replace(">", ""))
    assert (found.rule, found.kind, found.start, found.value) == (SECRET, kind, len(before), value)


def test_the_key_of_a_service_account_is_found_in_its_json() -> None:
    text = '{"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQ\\n-----END PRIVATE KEY-----\\n"}'
    (found,) = private_in(text)
    assert found.value == text[17:-4]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("open('/home/ada/x.csv')", "/home/ada"),
        ("/Users/ada.park/x", "/Users/ada.park"),
        (r"C:\Users\Ada Park\x", r"C:\Users\Ada Park"),
        (r'"C:\\Users\\ada\\x"', r"C:\\Users\\ada"),
        ("C:/Users/ada/x", "C:/Users/ada"),
        ("/mnt/c/Users/ada/x", "/mnt/c/Users/ada"),
        ("file:///home/ada/x", "file:///home/ada"),
    ],
)
def test_a_home_folder(text: str, value: str) -> None:
    (found,) = private_in(text)
    assert (found.rule, found.value) == (HOME_PATH, value)
    assert private_in(masked(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "sk-learn-contrib-and-more", "task-12345678901234567890", "half_a", "hf_hub", "AKIAH", "AKIAIOSFODNN7EXAMPLE",
        "risk-2024-results-of-the-run", "Bearer authentication", "Authorization: Bearer $TOKEN",
        "Authorization: Bearer <your token here>", "https://user:password@host/x", "https://ada:${PW}@host/x",
        "https://example.org:8080/@x", "-----BEGIN PRIVATE KEY----- begins such a file", "WANDB_API_KEY=...",
        "machine learning, a login and a password manager", "password: hunter2", "deadbeef" * 5, "eyJ.eyJ.abc",
        "npm_config_registry", "dapper", "$\\mathrm{sk}_{live}$", "aws_secret_access_key = os.environ['X']",
        "/home/user/x", "/home/runner/work/x", "/Users/you/x", "C:\\Users\\username\\x", "/home/<name>/x",
        "/home/$USER/x",
        "https://x.org/home/ada/x", "~/x", "/root/x", "/content/x", "/homepage/ada/x", "[x](/home/)", "/Users/{id}/x",
    ],
)  # fmt: skip
def test_nothing_private(text: str) -> None:
    assert private_in(text) == ()


@pytest.mark.parametrize("folder", ["content", "builds", "docs", "tests/sites", "theme"])
def test_this_repository_has_nothing_private(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    found = [(path, one) for path in paths for one in private_in(path.read_bytes().decode("utf-8", "replace"))]
    assert [(path.name, one.value) for path, one in found if one.rule == SECRET] == []
    # The guide tells of home folders, and gives one for an example.
    assert {one.value for _, one in found} <= ({"/home/ada"} if folder == "docs" else set())


def test_a_fault_tells_nothing_private_of_its_file() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nxyzxyzxyzxyz\n-----END RSA PRIVATE KEY-----"
    text = f"title: x\n{key}\n"
    for line in range(1, 7):
        one = fault(
            "dead-link", "x.md", "'EowIBAAK' is there", "Not xyzxyzxyzxyz.", Position(line=line, column=1), text
        )
        assert (one.message, one.help) == ("'********' is there", "Not ************.")
        assert len(one.source) == len(text.split("\n")[line - 1])
        assert set(one.source) <= set("*" if 1 < line < 6 else "title: x")


def test_a_path_is_masked_where_it_is_told() -> None:
    assert fault("dead-link", f"builds/{TOKENS['a GitLab token']}/x.md", "x").place == f"builds/{'*' * 26}/x.md:1:1"


WORST = (
    "sk-",
    "-eyJ",
    "eyJaaaaaaaaaa.",
    " eyJaaaaaaaa.eyJ",
    "-----BEGIN PRIVATE KEY-----\\n-",
    "/home/a",
    "://a:",
    "machine a login b password ",
    "Authorization: Bearer ",
    "C:\\\\Users\\\\a b",
    "wandb login ",
    "secret_access_key   ",
    "&sig=a",
)


@pytest.mark.parametrize("unit", WORST)
def test_no_text_is_slow(unit: str) -> None:
    """Five mebibytes of what the patterns like least, in a process that the kernel gives ten seconds."""
    code = f"from labfolio.model.private_text import private_in; private_in(('{unit}' * 5242880)[:5242880])"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))

    assert subprocess.run([sys.executable, "-c", code], preexec_fn=limit).returncode == 0
