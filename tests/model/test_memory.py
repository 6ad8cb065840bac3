"""Values from build to build: those of the last sound one, and of a few after it, and no more."""

from collections.abc import Callable
from dataclasses import dataclass

from labfolio.model.memory import Memory


@dataclass(frozen=True)
class Lying:
    """Bytes that lie elsewhere."""

    held: bytes

    def read(self) -> bytes:
        return self.held


def square(number: int) -> int:
    return number * number


def kept(memory: Memory, *numbers: int) -> set[int]:
    """Which squares would not be made again."""
    return {number for number in numbers if memory.recent.get((square, (number,)))}


def test_what_the_build_before_asked_for_stays() -> None:
    memory = Memory()
    assert memory.recall(square, 3) == 9
    memory.turn(sound=True)
    assert kept(memory, 3) == {3}


def test_what_two_sound_builds_did_not_ask_for_goes() -> None:
    memory = Memory()
    for number in range(5):
        memory.recall(square, number)
        memory.turn(sound=True)
    assert kept(memory, *range(5)) == {3, 4}


def test_what_is_printed_stays_until_the_next_build_is() -> None:
    memory = Memory()
    memory.turn(sound=True)
    memory.recent.put("printed", 1)
    for _ in range(20):
        memory.turn(sound=False)
    assert memory.recent.get("printed") == 1
    memory.turn(sound=True)
    memory.turn(sound=True)
    memory.turn(sound=True)
    assert memory.recent.get("printed") is None


def test_a_fault_that_stands_long_costs_no_more_than_a_few_builds() -> None:
    memory = Memory()
    memory.recall(square, 0)
    memory.turn(sound=True)
    for number in range(1, 50):
        memory.recall(square, number)
        memory.turn(sound=False)
    # Those of the sound build, of the one after it, and of the last two.
    assert kept(memory, *range(50)) == {0, 1, 48, 49}


def test_what_is_asked_for_again_and_again_stays() -> None:
    memory = Memory()
    for turn in range(20):
        memory.recall(square, 7)
        memory.turn(sound=turn % 3 == 0)
    assert kept(memory, 7) == {7}


def test_what_is_remembered_is_asked_for_once_and_set_aside() -> None:
    asked: list[str] = []

    def remember(key: str, make: Callable[[], bytes]) -> bytes:
        asked.append(key)
        return make()

    memory = Memory(aside=Lying)
    given = memory.kept(remember)("a", lambda: b"card")
    assert given == Lying(b"card")
    assert memory.kept(remember)("a", lambda: b"another") is given
    assert asked == ["a"]


def test_what_is_left_out_is_asked_for_again() -> None:
    memory = Memory()
    assert memory.kept(lambda _key, _make: b"")("a", lambda: b"card") == b""
    assert memory.kept(lambda _key, make: make())("a", lambda: b"card") == b"card"
