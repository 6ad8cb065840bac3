"""The wheel: it brings theme, scaffold and schemas, and works without the repository; the sdist builds the same one."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import labfolio
from tests.conftest import ROOT, SMALL, environment, tree


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is released: built from the source distribution, and the same as that of the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, str(ROOT / "scripts" / "release.py"), "build", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment())
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder that the wheel is installed in."""
    target = wheel.parent / "a folder with spaces"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    return target


def test_the_wheel_holds_what_a_site_needs_and_nothing_of_the_demo(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    package = {f"labfolio/{path}": data for path, data in tree(ROOT / "scripts" / "labfolio").items()}
    package |= {f"labfolio/theme/{path}": data for path, data in tree(ROOT / "theme").items()}
    shared = ("requirements.lock", ".github/audit.lock", ".github/build.lock", ".github/workflows/audit.yml",
              ".github/workflows/pages.yml")  # fmt: skip
    scaffold = {f"labfolio/theme/scaffold/{name.replace('.github', 'dot_github')}": name for name in shared}
    package |= {path: (ROOT / name).read_bytes() for path, name in scaffold.items()}
    package = {path: data for path, data in package.items() if "__pycache__" not in path}
    own = {path: data for path, data in held.items() if ".dist-info/" not in path}
    assert own == package
    assert "labfolio/py.typed" in own
    metadata = {path.partition(".dist-info/")[2]: data for path, data in held.items() if ".dist-info/" in path}
    assert {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"} <= metadata.keys()
    assert f"\nVersion: {labfolio.__version__}\n" in metadata["METADATA"].decode()


def test_the_source_distribution_holds_no_more_than_builds_the_wheel(wheel: Path) -> None:
    with tarfile.open(next(wheel.parent.glob("*.tar.gz"))) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    roots = {name.partition("/")[0] for name in names}
    assert roots == {"scripts", "theme", "requirements.lock", ".github", "CHANGELOG.md", "LICENSE", "README.md",
                     "pyproject.toml", ".gitignore", "PKG-INFO"}  # fmt: skip


def test_two_builds_have_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    command = [sys.executable, str(ROOT / "scripts" / "release.py"), "build", str(again)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment(TZ="Asia/Tokyo"))
    assert tree(again) == {path.name: path.read_bytes() for path in wheel.parent.iterdir() if path.is_file()}


@pytest.mark.parametrize("editable", [False, True], ids=["installed", "editable"])
def test_a_new_site_is_built_without_the_repository(installed: Path, tmp_path: Path, editable: bool) -> None:
    """Of an editable install Python knows the package alone, and the theme is where it was."""
    package = ROOT / "scripts" if editable else installed
    given = environment(PYTHONPATH=str(package), PYTHONSAFEPATH="1")
    program = [sys.executable, "-m", "labfolio.cli.commands"]

    def do(*command: str, folder: Path) -> str:
        done = subprocess.run(
            [*program, *command], cwd=folder, env=given, text=True, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    do("init", "a new site", "--author", "Ada Park", folder=tmp_path)
    site = tmp_path / "a new site"
    do("build", "--strict", folder=site)
    assert "index.html" in tree(site / "site")
    for name in do("schema", folder=site).split():
        assert do("schema", name, folder=site) == (ROOT / "docs" / "schema" / f"{name}.json").read_text()


def test_a_script_that_uses_the_library_is_typed(installed: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import labfolio\n\n"
        "p: labfolio.Portfolio = labfolio.load('.', today='2026-11-20')\n"
        "held: dict[str, float | None] = {c.id: c.measured for e in p.entries for c in e.claims if c.held}\n"
        "reveal_type(p.claims[0].verdict)\n"
        "labfolio.laod('.')\n"
        "p.claims[0].n = 3\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", str(script)]
    shown = subprocess.run(
        command, cwd=tmp_path, env=environment(MYPYPATH=str(installed)), text=True, capture_output=True, check=False
    ).stdout
    kinds = [line.split(": ", 2)[1:] for line in shown.splitlines()[:-1]]
    assert [kind for kind, _ in kinds] == ["note", "error", "error"], shown
    assert "Literal['reproduced']" in shown
    assert 'has no attribute "laod"' in shown
    assert "read-only" in shown


def test_the_theme_labfolio_is_material_without_its_notice(installed: Path, small: Path, tmp_path: Path) -> None:
    sites, said = {}, {}
    given = environment(PYTHONPATH=str(installed), PYTHONSAFEPATH="1")
    del given["NO_MKDOCS_2_WARNING"]
    for name in ("material", "labfolio"):
        folder = Path(shutil.copytree(small, tmp_path / name))
        config = folder / "mkdocs.yml"
        config.write_text(config.read_text().replace("name: material", f"name: {name}"))
        command = [sys.executable, "-m", "mkdocs", "build"]
        done = subprocess.run(command, cwd=folder, text=True, capture_output=True, env=given, timeout=60)
        assert done.returncode == 0, done.stderr
        sites[name], said[name] = tree(folder / "site"), done.stderr
    assert "NO_MKDOCS_2_WARNING" in said["material"], "there is a notice still"
    assert said["labfolio"].startswith("INFO    -  left out"), "nothing is said but what labfolio and MkDocs say"
    assert sites["labfolio"] == sites["material"]


def test_the_fixture_site_is_what_an_author_writes() -> None:
    """The small site needs no theme folder: the packaged one serves it."""
    assert sorted(path.name for path in SMALL.iterdir()) == ["builds", "content", "mkdocs.yml"]
