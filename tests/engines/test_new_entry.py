"""`labfolio new` in a folder: one file, its id written once, and never over what is there."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from labfolio.cli.commands import cli
from labfolio.engines import arxiv
from tests.conftest import run, sources


def new(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(["labfolio", "new", *arguments], folder)
    return done.returncode, done.stdout, done.stderr


def test_each_kind_has_its_place(small: Path) -> None:
    places = {
        "build": "builds/a-thing/index.md",
        "reproduction": "content/reproductions/a-thing/index.md",
        "paper": "content/papers/a-thing.md",
        "note": "content/notebook/a-thing.md",
        "submission": "content/submissions/a-thing.md",
    }
    for kind, path in places.items():
        title = "A thing"
        code, out, err = new(small, kind, title, "--slug", f"{kind}-thing")
        assert (code, out) == (0, path.replace("a-thing", f"{kind}-thing") + "\n"), err
    assert run(["labfolio", "check"], small).returncode == 0


def test_ids_go_on_from_the_highest_also_of_drafts_and_of_unnumbered_entries(small: Path) -> None:
    (small / "builds/later.md").write_text("---\ntitle: Later\ndate: 2026-03-03\nid: B41\ndraft: yes\n---\n")
    new(small, "build", "One")
    new(small, "build", "Two")
    assert "id: B42\n" in (small / "builds/one/index.md").read_text()
    assert "id: B43\n" in (small / "builds/two/index.md").read_text()


def test_lineage_comes_from_the_entry_that_it_grows_out_of(small: Path) -> None:
    code, _, err = new(small, "build", "Faster sketch", "--from", "rate", "--tag", "speed")
    assert code == 0, err
    text = (small / "builds/faster-sketch/index.md").read_text()
    assert "based_on: [rate]\n" in text
    assert "tags: [speed]\n" in text
    parent = (small / "content/reproductions/rate/index.md").read_text()
    for field in ("pillar", "paper"):
        line = next(line for line in parent.splitlines() if line.startswith(f"{field}: "))
        assert f"{line}\n" in text


ADAM = """
@article{kingma2015adam,
  author = {Kingma, Diederik P. and Ba, Jimmy},
  title = {Adam: A Method for Stochastic Optimization},
  year = {2015},
  eprint = {1412.6980},
  archivePrefix = {arXiv},
  file = {/home/ada/adam.pdf},
}
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/1412.6980v9</id><published>2014-12-22T13:54:29Z</published>
<title>Adam: A Method for Stochastic Optimization</title>
<author><name>Diederik P. Kingma</name></author><author><name>Jimmy Ba</name></author>
<arxiv:primary_category term="cs.LG"/></entry></feed>
"""


def test_a_paper_note_is_named_after_its_key(small: Path) -> None:
    (small / "content/papers/rahimi2007random.md").unlink()
    assert new(small, "paper", "Random features", "--paper", "rahimi2007random")[:2] == (
        0,
        "content/papers/rahimi2007random.md\n",
    )


def test_saved_bibtex_gives_title_key_and_record(small: Path, tmp_path: Path) -> None:
    (tmp_path / "adam.bib").write_text(ADAM)
    code, out, err = new(small, "paper", "--bibtex", str(tmp_path / "adam.bib"))
    assert (code, out) == (0, "content/papers/kingma2015adam.md\ncontent/papers.bib\n"), err
    text = (small / "content/papers/kingma2015adam.md").read_text()
    assert "title: 'Adam: A Method for Stochastic Optimization'\n" in text
    assert "paper: kingma2015adam\n" in text
    papers = (small / "content/papers.bib").read_text()
    assert papers.count("@article{kingma2015adam,") == 1
    assert "/home/ada" not in papers
    assert run(["labfolio", "check"], small).returncode == 0
    code, out, _ = new(small, "reproduction", "Adam again", "--bibtex", str(tmp_path / "adam.bib"))
    assert (code, out) == (0, "content/reproductions/adam-again/index.md\n")
    assert (small / "content/papers.bib").read_text() == papers


def test_a_saved_record_of_arxiv_does_the_same(small: Path, tmp_path: Path) -> None:
    (tmp_path / "adam.xml").write_text(ATOM)
    code, out, err = new(small, "paper", "--arxiv", "1412.6980", "--record", str(tmp_path / "adam.xml"))
    assert (code, out) == (0, "content/papers/kingma2014adam.md\ncontent/papers.bib\n"), err
    assert "1412.6980" in (small / "content/papers.bib").read_text()
    assert run(["labfolio", "check"], small).returncode == 0


def test_arxiv_is_asked_only_with_online(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(ATOM.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/api/query"
        monkeypatch.setattr(arxiv.fetch, "__defaults__", (address,))
        options = ["new", "paper", "-f", str(small / "mkdocs.yml"), "--arxiv", "1412.6980"]
        assert CliRunner().invoke(cli, options).exit_code == 2
        assert not asked
        done = CliRunner().invoke(cli, [*options, "--online"])
        server.shutdown()
    assert done.exit_code == 0, done.stderr
    assert asked == ["/api/query?id_list=1412.6980&max_results=1"]
    assert (small / "content/papers/kingma2014adam.md").is_file()


def test_an_arxiv_that_does_not_answer_writes_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources(small)
    monkeypatch.setattr(arxiv.fetch, "__defaults__", ("http://127.0.0.1:9/api/query",))
    options = ["new", "paper", "-f", str(small / "mkdocs.yml"), "--arxiv", "1412.6980", "--online"]
    done = CliRunner().invoke(cli, options)
    assert done.exit_code == 1
    assert "name the file with --record" in done.stderr
    assert sources(small) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "X", "--pillar", "xx"], "there is no pillar 'xx'"),
        (["build", "X", "--paper", "rahimi2007randm"], "did you mean 'rahimi2007random'?"),
        (["build", "X", "--from", "skech"], "did you mean 'sketch'?"),
        (["build", "日本語"], "give a name with --slug"),
        (["build", "X", "--slug", "../x"], "cannot stand in a URL"),
        (["build", "X", "--slug", "sketch"], "is already the name of builds/sketch/index.md"),
        (["note", "X", "--slug", "SKETCH"], "is already the name of builds/sketch/index.md"),
        (["build", "X", "--date", "soon"], "'soon' is no day"),
        (["paper", "--bibtex", "nowhere.bib"], "nowhere.bib: No such file"),
        (["paper", "--bibtex", "mkdocs.yml"], "it holds no record of BibTeX"),
        (["paper", "--bibtex", "content/papers.bib", "--paper", "nobody"], "there is no record 'nobody' in it"),
        (["paper", "--arxiv", "1412.6980", "--record", "mkdocs.yml"], "mkdocs.yml: "),
    ],
)
def test_what_does_not_fit_writes_nothing(small: Path, arguments: list[str], said: str) -> None:
    before = sources(small)
    code, out, err = new(small, *arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert sources(small) == before


def test_wrong_usage_is_said_as_such(small: Path) -> None:
    assert new(small, "poem", "X")[0] == 2
    assert new(small, "build", " ")[0] == 2
    assert new(small, "paper", "X", "--online")[0] == 2
    assert new(small, "paper", "X", "--arxiv", "1412.6980", "--bibtex", "mkdocs.yml")[0] == 2


def test_nothing_is_written_through_a_link(small: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (small / "builds/linked").symlink_to(tmp_path / "elsewhere")
    code, _, err = new(small, "build", "X", "--slug", "linked")
    assert code == 1
    assert "symbolic link" in err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_without_front_matter_is_not_written_over(small: Path) -> None:
    (small / "builds/rough").mkdir()
    (small / "builds/rough/index.md").write_text("Rough.\n")
    code, _, err = new(small, "build", "Rough")
    assert code == 1
    assert "builds/rough/index.md" in err
    assert (small / "builds/rough/index.md").read_text() == "Rough.\n"
