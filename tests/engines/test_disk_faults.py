"""A disk that is full, broken or read-only at any change of a build: exit 1, one sentence that names the file, the old
site whole, and at most one folder beside it, which the next build clears. A kill at any change: the old site or the
new one.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import environment, sources, tree
from tests.disk import KILL, LONG, Struck, chosen, struck
from tests.forked import limited

ENGINES = ("labfolio", "mkdocs")
ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT") if LONG else ("ENOSPC", "EIO", "EROFS")
ENTRY = "---\ntitle: {}\ndate: 2026-03-03\nsummary: A claim.\n---\nText.\n"


@dataclass(frozen=True)
class Ground:
    """A site with one build of it in place and a change that is not built yet, and both sites by file."""

    folder: Path
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def ground(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground") / "site-of-one-build"
    for path, text in {
        "mkdocs.yml": "site_name: Ada\nsite_url: https://ada.example/\ndocs_dir: content\nplugins: [labfolio]\n",
        "content/about.md": "# About\n\nText.\n",
        "builds/one.md": ENTRY.format("Old"),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    sites = []
    for title in ("New", "Old"):
        (folder / "builds" / "one.md").write_text(ENTRY.format(title))
        # The step counter is there for what it leaves out: the same site as in the runs that are struck.
        assert struck([engine, "build"], folder).finished.code == 0
        sites.append(tree(folder / "site"))
    # The new title's card is to be drawn, and written to the cache, once more.
    shutil.rmtree(folder / ".cache")
    (folder / "builds" / "one.md").write_text(ENTRY.format("New"))
    return Ground(folder, old=sites[1], new=sites[0])


def copied(ground: Ground, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(ground.folder, to))


def sound(folder: Path, ground: Ground, engine: str, step: object) -> None:
    """The next build succeeds and leaves nothing beside the site."""
    after = struck([engine, "build"], folder)
    assert after.finished.code == 0, (step, after.finished.printed)
    assert tree(folder / "site") == ground.new, step
    assert not list(folder.glob(".site*")), step


@pytest.mark.parametrize("error", ERRORS)
def test_a_disk_that_fails(ground: Ground, engine: str, error: str, tmp_path: Path) -> None:
    steps = struck([engine, "build"], copied(ground, tmp_path / "dry")).steps
    assert len(steps) > 100
    failed = 0
    for at in chosen(steps):
        folder, step = copied(ground, tmp_path / "one"), (at, steps[at], error)
        finished = struck([engine, "build"], folder, at, error).finished
        assert "Traceback" not in finished.printed, (step, finished.printed)
        if finished.code == 0:
            # The cache, the clearing up and second names: what fails there costs nothing but time.
            assert steps[at][0] == "link" or steps[at][1].startswith((".cache", ".site")), step
            assert tree(folder / "site") == ground.new, step
        else:
            failed += 1
            assert finished.code == 1, (step, finished.printed)
            told = [line for line in finished.printed.splitlines() if "cannot write" in line]
            assert len(told) == 1, (step, finished.printed)
            assert re.search(r"cannot write (beside )?\S+: \w", told[0]), told
            assert tree(folder / "site") == ground.old, step
        assert len(list(folder.glob(".site*"))) <= 1, step
        if at % 7 == 0 or at == len(steps) - 1:
            sound(folder, ground, engine, step)
    assert failed >= 5


@pytest.mark.parametrize("lacking", ["", "renameat2"])
def test_a_kill_at_any_step(ground: Ground, engine: str, lacking: str, tmp_path: Path) -> None:
    steps = struck([engine, "build"], copied(ground, tmp_path / "dry"), lacking=lacking).steps
    for at in chosen(steps):
        folder, step = copied(ground, tmp_path / "one"), (at, steps[at])
        assert struck([engine, "build"], folder, at, KILL, lacking).finished.code == -9, step
        left = tree(folder / "site")
        if lacking and not left:
            # Between the two renames that a system without the exchange needs: the old site stands beside its place.
            (aside,) = folder.glob(".site.labfolio-old-*")
            left = tree(aside / "site")
        assert left in (ground.old, ground.new), step
        if at % 7 == 0 or at == len(steps) - 1:
            sound(folder, ground, engine, step)


def test_a_file_that_may_not_be_larger(ground: Ground, engine: str, tmp_path: Path) -> None:
    folder = copied(ground, tmp_path / "one")
    finished = limited([engine, "build"], folder, before=_small_files)
    assert finished.code == 1, finished.printed
    assert "cannot write" in finished.printed
    assert "File too large" in finished.printed
    assert "Traceback" not in finished.printed
    assert tree(folder / "site") == ground.old
    assert not list(folder.glob(".site*"))
    sound(folder, ground, engine, "small files")


def _small_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))


@pytest.mark.parametrize("size", ["1600k", "2200k"])
def test_a_disk_that_is_full(ground: Ground, engine: str, size: str, tmp_path: Path) -> None:
    """On a real small disk, where the system lets one be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    program = {"labfolio": "labfolio.cli.commands", "mkdocs": "mkdocs"}[engine]
    script = (
        f'mount -t tmpfs -o size={size} full "$1" && cp -r "$2" "$1/one" && cd "$1/one" && rm -rf .cache'
        ' && head -c 100000000 /dev/zero >ballast 2>/dev/null; rm -f builds/two.md; truncate -s "-$3" ballast;'
        f' "$4" -m {program} build; code=$?; cp -r site "$5/after"; ls -A >"$5/beside"; rm ballast; exit $code'
    )
    room = {"1600k": "300K", "2200k": "700K"}[size]
    command = ["unshare", "-rm", "sh", "-c", script, "sh", disk, ground.folder, room, sys.executable, tmp_path]
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "x", disk], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a disk")
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1, done.stdout + done.stderr
    assert "No space left on device" in done.stdout + done.stderr
    assert tree(tmp_path / "after") == ground.old
    assert ".site" not in (tmp_path / "beside").read_text()


Step = tuple[int, tuple[str, str], str]
BIBTEX = "@misc{k, title={A title}, author={Doe, Jane}, year={2020}}\n"
COMMANDS = {
    "new": ["labfolio", "new", "build", "A third"],
    "new with a record": ["labfolio", "new", "paper", "--bibtex", "../record.bib"],
    "log": ["labfolio", "log", "1.5"],
    "log once more": ["labfolio", "log", "2"],
    "publish": ["labfolio", "publish"],
    "check --fix": ["labfolio", "check", "--fix"],
    "import": ["labfolio", "import", "jekyll", "../blog", "--write"],
    "init": ["labfolio", "init", "begun", "--bare", "--yes"],
}


def authored(engine_free: Path, name: str) -> Path:
    """A folder for one of the commands."""
    folder = engine_free / "one"
    shutil.rmtree(engine_free, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    (folder / "builds").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: Ada\nsite_url: https://ada.example/\ndocs_dir: content\nplugins: [labfolio]\n"
    )
    (folder / "builds" / "one.md").write_text(
        ENTRY.format("One").replace("summary", "sumary" if "fix" in name else "summary")
    )
    if name == "new with a record":
        (folder / "content" / "papers.bib").write_text("@misc{a, title={B}, author={Roe, R.}, year={2019}}\n")
    if name == "log once more":
        (folder / "content" / "log.csv").write_text("date,hours\n2026-03-03,1\n2026-03-04,1")
    (engine_free / "record.bib").write_text(BIBTEX)
    posts = engine_free / "blog" / "_posts"
    posts.mkdir(parents=True)
    for day in ("01", "02"):
        (posts / f"2026-03-{day}-post-{day}.md").write_text(f"---\ntitle: Post {day}\n---\nText.\n")
    return folder


@pytest.mark.parametrize("how", ["ENOSPC", "EIO", KILL])
@pytest.mark.parametrize("name", COMMANDS)
def test_an_authors_file_is_old_or_new(name: str, how: str, tmp_path: Path) -> None:
    command = COMMANDS[name]
    folder = authored(tmp_path / "x", name)
    before = sources(folder)
    dry = struck(command, folder)
    assert dry.finished.code == 0, dry.finished.printed
    after = sources(folder)
    assert before != after
    assert dry.steps
    for at in chosen(dry.steps):
        folder, step = authored(tmp_path / "x", name), (at, dry.steps[at], how)
        found = struck(command, folder, at, how)
        _whole(found, sources(folder), before, after, step)


def _whole(
    found: Struck,
    now: dict[str, bytes],
    before: dict[str, bytes],
    after: dict[str, bytes],
    step: tuple[int, tuple[str, str], str],
) -> None:
    code, printed = found.finished.code, found.finished.printed
    begun = {path for path in now if path.rpartition("/")[2].startswith(".") and path not in after}
    for path in now.keys() - begun:
        assert now[path] in (before.get(path), after.get(path)), (step, path)
    assert before.keys() <= now.keys(), step
    if step[2] == KILL:
        assert code == -9, (step, printed)
        return
    assert "Traceback" not in printed, (step, printed)
    if code == 0:
        assert {path: now[path] for path in now.keys() - begun} == after, step
        return
    assert code == 1, (step, printed)
    # One that could not be removed is a hidden file, which no command reads.
    assert not begun or step[1][0] == "unlink", step
    told = [line for line in printed.splitlines() if line.startswith("labfolio: ")]
    assert len(told) == 1, (step, printed)
    assert re.search(r"[\w./-]+\.\w+|content|builds|begun", told[0]), (step, told)
    assert re.search(r"No space left on device|Input/output error", told[0]), (step, told)
