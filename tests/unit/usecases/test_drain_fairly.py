"""Whose turn it is, in turns of known length."""

from collections import Counter
from dataclasses import dataclass, field

from mastersync.usecases.drain_fairly import drain_fairly


@dataclass
class Workshop:
    """``due`` is how many turns each has work for, ``takes`` how long one of its turns lasts."""

    due: dict[str, int]
    takes: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    time: float = 0.0
    turns: list[str] = field(default_factory=list)
    looks: int = 0

    def find_due(self) -> dict[str, float]:
        self.looks += 1
        return {name: self.shares.get(name, 1.0) for name, left in self.due.items() if left}

    def take_turn(self, name: str) -> bool:
        if not self.due[name]:
            return False
        self.due[name] -= 1
        self.turns.append(name)
        self.time += self.takes.get(name, 1.0)
        return True

    def drain(self, seconds: float = 1e9) -> list[str]:
        drain_fairly(self.find_due, self.take_turn, elapsed=lambda: self.time, seconds=seconds)
        return self.turns


def test_whoever_has_little_to_do_waits_for_one_turn_of_whoever_has_much() -> None:
    turns = Workshop({"big": 500, "small": 1, "other": 3}).drain()

    assert turns[:3] == ["big", "small", "other"]
    assert turns[3:7] == ["big", "other", "big", "other"]
    assert Counter(turns) == {"big": 500, "small": 1, "other": 3}


def test_shares_are_honoured_in_time() -> None:
    shop = Workshop({"three": 900, "one": 900, "half": 900}, shares={"three": 3.0, "half": 0.5})

    turns = Counter(shop.drain(seconds=450))

    assert abs(turns["three"] - 300) <= 3
    assert abs(turns["one"] - 100) <= 2
    assert abs(turns["half"] - 50) <= 2


def test_a_slow_target_costs_its_own_client_turns() -> None:
    shop = Workshop({"slow": 900, "quick": 900}, takes={"slow": 30.0})

    turns = Counter(shop.drain(seconds=600))

    assert 25 <= turns["quick"] / turns["slow"] <= 35


def test_whoever_comes_later_starts_level_and_has_saved_up_nothing() -> None:
    shop = Workshop({"early": 900, "late": 0})
    real = shop.take_turn

    def with_arrival(name: str) -> bool:
        if len(shop.turns) == 100:
            shop.due["late"] = 900
        return real(name)

    drain_fairly(shop.find_due, with_arrival, elapsed=lambda: shop.time, seconds=400)

    after = shop.turns[-200:]
    assert abs(after.count("early") - after.count("late")) <= 1
    assert "late" in shop.turns[100:117], "it is seen within fifteen seconds"


def test_the_time_bounds_the_run_and_the_first_turn_is_always_taken() -> None:
    assert len(Workshop({"a": 9}).drain(seconds=3)) == 3
    assert len(Workshop({"a": 9}).drain(seconds=0)) == 1


def test_it_ends_when_nobody_has_anything_due() -> None:
    shop = Workshop({"a": 2, "b": 0})

    assert shop.drain() == ["a", "a"]
    assert shop.looks == 1
