"""The rows of charts: from one file or one a run, logs included, each point and replicate once."""

import pytest

from labfolio.model.evidence import Ablation, Tradeoff
from labfolio.parse.result_file import read_result
from labfolio.parse.results import InvalidSelector, ResultFile
from labfolio.parse.series import samples

LOG = "step,train_loss,val_acc\n0,2.3,\n0,,0.1\n1,1.9,\n1,,0.4\n"


def files(*texts: str) -> list[ResultFile]:
    return [
        ResultFile(path=f"run-{index}/m.csv", table=read_result("m.csv", text.encode()), replicate=str(index))
        for index, text in enumerate(texts)
    ]


def ablation(**given: str) -> Ablation:
    return Ablation.model_validate({"id": "a", "file": "m.csv", "x": "step", "y": "val_acc", **given})


def test_one_log_a_run_gives_one_replicate_a_file() -> None:
    found = samples(files(LOG, LOG), ablation(scale="100"))
    assert [(one.key, one.values, one.replicate) for one in found] == [
        (("0",), (10,), "0"), (("1",), (40,), "0"), (("0",), (10,), "1"), (("1",), (40,), "1"),
    ]  # fmt: skip


def test_a_tidy_files_blank_is_a_failed_run() -> None:
    found = samples(files("width,seed,acc\n1,0,\n1,1,0.5\n"), ablation(x="width", y="acc"))
    assert [one.values[0] == one.values[0] for one in found] == [False, True]


def test_the_runs_of_a_chart_export_are_replicates() -> None:
    text = '"Step","a - loss","b - loss"\n0,1,2\n1,0.5,\n'
    found = samples(files(text), ablation(x="Step", y="loss"))
    assert [(one.key[0], one.replicate, one.values[0]) for one in found] == [
        ("0", "a", 1),
        ("1", "a", 0.5),
        ("0", "b", 2),
    ]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["x,seed,y\n1,0,1\n1,0.0,2\n"], "line 2 and line 3 both stand for x 1 and seed 0"),
        (["x,y\n1,1\n1,2\n"], "line 2 and line 3 both stand for x 1"),
        (["x,seed,y\n1,0,1\n", "x,seed,y\n1,0,2\n"], "run-0/m.csv:2 and run-1/m.csv:2 both stand for x 1 and seed 0"),
    ],
)
def test_a_point_has_one_row_a_replicate(texts: list[str], said: str) -> None:
    with pytest.raises(InvalidSelector, match=said):
        samples(files(*texts), ablation(x="x", y="y"))


def test_a_trade_off_has_two_values() -> None:
    declared = Tradeoff.model_validate({"id": "t", "file": "m.csv", "x": "ms", "y": "acc", "label": "m"})
    assert samples(files("m,seed,ms,acc\ns,0,1,0.5\n"), declared)[0].values == (1, 0.5)
