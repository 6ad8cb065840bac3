"""`labfolio capture` and `labfolio verify` on an entry whose experiment takes milliseconds."""

import getpass
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from labfolio.engines.capture import shown_command
from tests.conftest import ROOT, run

PYTHON = Path(sys.executable).name
SCRIPT = """import csv, pathlib, random, sys
pathlib.Path("results").mkdir(exist_ok=True)
with open("results/a.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\\n")
    writer.writerow(["seed", "v"])
    for seed in range(5):
        writer.writerow([seed, f"{1 + random.Random(seed).gauss(0, 0.01):.6f}"])
"""
ENTRY = """---
title: One
date: 2026-03-03
status: shipped
limitations: one
seeds: 5
command: python run.py
environment: results/environment.json
claims:
  - {id: one, claim: It is one, locator: t, reported: 1, tolerance: 0.05, measured: {file: results/a.csv, value: v}}
---
Text.
"""


@pytest.fixture
def lab(small: Path) -> Path:
    """The small site with an entry that was never run; `python` on the path is this one."""
    folder = small / "content" / "reproductions" / "one"
    folder.mkdir(parents=True)
    (folder / "run.py").write_text(SCRIPT)
    (folder / "requirements.txt").write_text("# what it needs\nclick>=8\nnot-installed==1\n")
    (folder / "index.md").write_text(ENTRY)
    return small


def environment() -> dict[str, str]:
    """`python` is the interpreter of the tests."""
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def captured(lab: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return run(["labfolio", "capture", "-C", "content/reproductions/one", *arguments], lab, **environment(), **changes)


def test_capture_runs_the_entrys_own_command_and_writes_what_it_ran_on(lab: Path) -> None:
    assert captured(lab).returncode == 0
    folder = lab / "content" / "reproductions" / "one"
    assert (folder / "results" / "a.csv").read_text().count("\n") == 6
    found = json.loads((folder / "results" / "environment.json").read_text())
    jsonschema.validate(found, json.loads((ROOT / "docs" / "schema" / "environment.json").read_text()))
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert list(found["packages"]) == ["click"]
    assert (found["command"], found["seeds"], found["finished"]) == ("python run.py", 5, "2026-11-20")
    assert found["hardware"]["cores"] >= 1
    assert found["wall_seconds"] > 0
    check = run(["labfolio", "check"], lab)
    assert check.returncode == 0, check.stdout


def test_what_is_written_names_neither_the_machine_nor_its_owner(lab: Path) -> None:
    folder = lab / "content" / "reproductions" / "one"
    secret = ["--api-key", "hunter2", f"--out={folder}/results", "--token=hunter3", str(folder / "run.py")]
    assert captured(lab, "--", sys.executable, "-c", "pass", *secret).returncode == 0
    text = (folder / "results" / "environment.json").read_text()
    for hidden in ("hunter2", "hunter3", str(lab), str(Path.home()) + "/", os.uname().nodename):
        assert hidden not in text, hidden
    assert getpass.getuser() not in json.loads(text)["command"]


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["/usr/bin/python3", "run.py"], "python3 run.py"),
        (["python", "run.py", "--password", "x", "y"], "python run.py --password '***' y"),
        (["python", "run.py", "HF_TOKEN=abc"], "python run.py 'HF_TOKEN=***'"),
        (["C:\\Users\\me\\python.exe", "--data=/home/me/d.csv"], "python.exe --data=d.csv"),
        (["make", "all"], "make all"),
    ],
)
def test_a_command_as_it_is_published(command: list[str], shown: str) -> None:
    assert shown_command(command) == shown


def test_a_command_that_fails_writes_nothing(lab: Path) -> None:
    done = captured(lab, "--", PYTHON, "-c", "raise SystemExit(3)")
    assert done.returncode == 1
    assert "ended with exit code 3; nothing was written" in done.stderr
    assert not (lab / "content" / "reproductions" / "one" / "results").exists()
    assert "cannot be run" in captured(lab, "--", "no-such-program").stderr
    assert "there is no folder" in run(["labfolio", "capture", "-C", "nowhere"], lab).stderr


def test_the_commit_is_named_and_only_changed_sources_make_it_dirty(lab: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments], cwd=lab, check=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "x")
    path = lab / "content" / "reproductions" / "one" / "results" / "environment.json"
    captured(lab)
    first = json.loads(path.read_text())
    captured(lab)
    again = json.loads(path.read_text())
    assert len(first["commit"]) == 40
    assert (first["dirty"], again["dirty"]) == (False, False), "result files are no sources"
    (path.parents[1] / "run.py").write_text(SCRIPT + "# changed\n")
    captured(lab)
    assert json.loads(path.read_text())["dirty"] is True


def verified(lab: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(["labfolio", "verify", *arguments], lab, **environment())


def test_verify_runs_again_and_compares_claim_by_claim(lab: Path) -> None:
    captured(lab)
    before = {path: path.read_bytes() for path in lab.rglob("*") if path.is_file()}
    done = verified(lab, "one")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "holds  one: reproduced again" in done.stdout
    assert "every value identical" in done.stdout
    assert {path: path.read_bytes() for path in lab.rglob("*") if path.is_file()} == before


def test_verify_says_how_far_a_number_moved_and_which_verdict_fell(lab: Path) -> None:
    captured(lab)
    script = lab / "content" / "reproductions" / "one" / "run.py"
    script.write_text(SCRIPT.replace("1 + random", "1.01 + random"))
    assert "moved by +0.01, 20% of the tolerance" in verified(lab, "one").stdout
    script.write_text(SCRIPT.replace("1 + random", "2 + random"))
    done = verified(lab, "content/reproductions/one/index.md")
    assert done.returncode == 1
    assert "FAILS  one: reproduced before, not reproduced now" in done.stdout


def test_verify_never_takes_an_old_result_for_a_new_one(lab: Path) -> None:
    captured(lab)
    script = lab / "content" / "reproductions" / "one" / "run.py"
    script.write_text("pass\n")
    done = verified(lab, "one")
    assert done.returncode == 1
    assert "there is no file results/a.csv" in done.stdout
    script.write_text("print('about to fail')\nraise SystemExit('no data')\n")
    done = verified(lab, "one")
    assert "ended with exit code 1" in done.stdout
    assert "no data" in done.stdout
    script.write_text("import time\ntime.sleep(60)\n")
    assert "took longer than 0.5 seconds" in verified(lab, "--timeout", "0.5", "one").stdout


def test_verify_refuses_what_it_cannot_run(lab: Path) -> None:
    assert verified(lab, "nothing").returncode == 2
