"""What may be taken for unchanged without being read."""

import pytest

from labfolio.model.snapshot import FileState, Snapshot

OLD = FileState("a" * 64, 0o644, 5, 100, 100, 7)


@pytest.mark.parametrize(
    ("now", "vouched"),
    [
        (OLD, True),
        (OLD._replace(content=""), True),
        (OLD._replace(size=6), False),
        (OLD._replace(modified=99), False),
        (OLD._replace(changed=101), False),
        (OLD._replace(inode=8), False),
        (OLD._replace(mode=0o600), False),
    ],
)
def test_a_file_that_was_not_written_again_need_not_be_read(now: FileState, vouched: bool) -> None:
    assert Snapshot(200, {"x": OLD}).vouches_for("x", now) is vouched
    assert not Snapshot(200, {}).vouches_for("x", now)


@pytest.mark.parametrize("moment", [99, 100])
def test_a_file_of_the_same_tick_or_of_the_future_is_read(moment: int) -> None:
    racy = Snapshot(moment, {"x": OLD})
    assert not racy.vouches_for("x", OLD)
    assert not racy.settled
    assert Snapshot(101, {"x": OLD}).settled


def test_names_bytes_and_rights_are_compared() -> None:
    one, other = Snapshot(200, {"x": OLD}), OLD._replace(modified=150, changed=150, inode=9)
    assert one.same_files(Snapshot(300, {"x": other}), rights=True)
    assert not one.same_files(Snapshot(300, {"x": other._replace(mode=0o600)}), rights=True)
    assert one.same_files(Snapshot(300, {"x": other._replace(mode=0o600)}), rights=False)
    assert not one.same_files(Snapshot(300, {"x": other._replace(content="b" * 64)}), rights=False)
    assert not one.same_files(Snapshot(300, {"x": other, "y": other}), rights=False)
    assert not one.same_files(Snapshot(300, {}), rights=False)
