"""What is masked in texts that go public."""

import pytest

from labfolio.parse.private_text import without_home, without_secrets

PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/home/ada/x.py:3", "~/x.py:3"),
        ('File "/Users/ada.park/x.py"', 'File "~/x.py"'),
        (r"C:\Users\Ada Park\x.py", r"~\x.py"),
        (r"C:\\Users\\ada\\x.py", r"~\\x.py"),
        ("/root/.cache /content/drive /kaggle/working/a", "~/.cache ~/drive ~/a"),
        ("file:///home/ada/x", "~/x"),
        ("https://ada.example/home/ada /homepage /contents /rooted", None),
        ("~/home/ada x/home/ada", None),
    ],
)
def test_home(text: str, told: str | None) -> None:
    assert without_home(text) == (text if told is None else told)


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        ("sk-" + "a1" * 12, "an OpenAI-style key"),
        ("sk-proj-" + "a_1-" * 8, "an OpenAI-style key"),
        ("ghp_" + "a1" * 18, "a GitHub token"),
        ("github_pat_" + "a1" * 20, "a GitHub token"),
        ("AKIA" + "A1" * 8, "an AWS key"),
        ("hf_" + "aB" * 17, "a Hugging Face token"),
        ("xoxb-" + "1-a" * 5, "a Slack token"),
        ("AIza" + "a" * 35, "a Google key"),
        ("glpat-" + "a1" * 10, "a GitLab token"),
        (PEM, "a private key"),
    ],
)
def test_secret(secret: str, kind: str) -> None:
    heard: list[str] = []
    assert without_secrets(f"key='{secret}' and {secret}", heard.append) == "key='***' and ***"
    assert heard == [kind]


@pytest.mark.parametrize(
    "text", ["sk-learn-contrib-and-more", "task-12345678901234567890", "half_a", "hf_hub", "AKIAH"]
)
def test_no_secret(text: str) -> None:
    assert without_secrets(text, pytest.fail) == text
