"""Exit codes are a promise to scripts: 0 clean, 1 faults, 2 wrong usage or settings, 3 a fault of labfolio itself."""

from pathlib import Path

import pytest

from labfolio.cli import commands
from tests.conftest import run

FAULTY = "---\ntitle: X\ndate: 2026-03-03\nstaus: shipped\n---\nText.\n"
LIMITED = "---\ntitle: X\ndate: 2026-03-03\n---\n# Again\n"
DEAD = "---\ntitle: X\ndate: 2026-03-03\n---\n[y](y.md)\n"
ALLOWED = DEAD.replace("---\n[", 'allow: {dead-link: "offline"}\n---\n[')

# What the author wrote into builds/x.md and mkdocs.yml (None: nothing), the command, the exit code.
TABLE = [
    (None, None, ["check"], 0),
    (None, None, ["check", "--strict"], 0),
    (None, None, ["build", "--strict"], 0),
    (None, None, ["check", "--fix"], 0),
    (None, None, ["check", "--diff"], 0),
    (None, None, ["explain"], 0),
    (None, None, ["explain", "dead-link"], 0),
    (DEAD, None, ["check"], 0),
    (DEAD, None, ["check", "--strict"], 1),
    (DEAD, None, ["build", "--strict"], 1),
    (DEAD, None, ["check", "--fix", "--strict"], 1),
    (ALLOWED, None, ["check", "--strict"], 0),
    (ALLOWED, None, ["build", "--strict"], 0),
    (LIMITED, None, ["check", "--fix", "--strict"], 0),
    (FAULTY, None, ["check"], 1),
    (FAULTY, None, ["check", "--format", "json"], 1),
    (FAULTY, None, ["build"], 1),
    (FAULTY, None, ["check", "--fix"], 0),
    (FAULTY, None, ["check", "--fix", "--dry-run"], 1),
    (None, None, ["check", "--format", "xml"], 2),
    (None, None, ["chek"], 2),
    (None, None, ["explain", "no-such-rule"], 2),
    (None, None, ["check", "--config", "none.yml"], 2),
    (None, "site_name: [", ["check"], 2),
    (None, "site_name: [", ["check", "--fix"], 2),
    (None, "site_nme: Ada\n", ["check"], 2),
]


@pytest.mark.parametrize(
    ("page", "settings", "command", "code"),
    TABLE,
    ids=[f"{' '.join(row[2])} {row[3]} {index}" for index, row in enumerate(TABLE)],
)
def test_exit_code(small: Path, page: str | None, settings: str | None, command: list[str], code: int) -> None:
    (small / "content" / "contract.md").write_text("# The contract\n")
    if page is not None:
        (small / "builds" / "x.md").write_text(page)
    if settings is not None:
        (small / "mkdocs.yml").write_text(settings)
    result = run(["labfolio", *command], small)
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_of_labfolio_itself_is_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("labfolio.build.build", fails)
    monkeypatch.setattr("sys.argv", ["labfolio", "check", "--config", str(small / "mkdocs.yml")])
    monkeypatch.delenv("LABFOLIO_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as ended:
        commands.main()
    assert ended.value.code == 3
    shown = capsys.readouterr().err
    assert "This is a bug in labfolio; nothing was written." in shown
    assert "Traceback" not in shown
