"""What happens in a world, as a list that follows from the seed; every step can be left out."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

#: What can happen, and how often.
KINDS: Final = {
    "sell": 26,
    "spend": 24,
    "refund": 8,
    "refund elsewhere": 5,
    "capture": 7,
    "recharge": 8,
    "coupons": 5,
    "expire": 2,
    "expire at head office": 4,
    "wait": 30,
    "wait long": 8,
    "sync now": 3,
    "cut": 5,
    "join": 6,
    "clock": 2,
    "crash till": 7,
    "crash office": 5,
    "slow master": 5,
    "new version": 2,
    "poison": 2,
    "upgrade": 1,
}
#: What happens in some worlds only, for much is allowed to be lost by it.
ROUGH: Final = {
    "back up till": 12,
    "restore till": 9,
    "copy disk": 3,
    "destroy": 2,
    "back up office": 5,
    "restore office": 5,
}


@dataclass(frozen=True)
class Step:
    """Something that happens.

    Attributes:
        kind: What.
        noise: From which everything random in it follows.
        at: Picks the till.
        pause_ms: How much time goes by then.
    """

    kind: str
    noise: int
    at: int
    pause_ms: int

    def __str__(self) -> str:
        return f"{self.kind} (till {self.at}, noise {self.noise}), then {self.pause_ms} ms"


@dataclass(frozen=True)
class Plan:
    """A world and what happens in it."""

    seed: int
    tills: int
    spends_offline: bool
    badness: float
    steps: tuple[Step, ...]


def plan(seed: int, steps: int) -> Plan:
    """What a seed means."""
    dice = random.Random(seed)
    tills = dice.randint(2, 5)
    kinds = dict(KINDS)
    if dice.random() < 0.5:
        for rough in (
            ("back up till", "restore till"),
            ("copy disk",),
            ("destroy",),
            ("back up office", "restore office"),
        ):
            if dice.random() < 0.5:
                kinds |= {kind: ROUGH[kind] for kind in rough}
    names, weights = list(kinds), list(kinds.values())
    made = []
    for number in range(steps):
        kind = "capture" if number < 2 else dice.choices(names, weights)[0]
        pause = dice.choice((0, 0, 50, 400, 2_000, 9_000))
        made.append(Step(kind, dice.getrandbits(40), dice.randrange(tills), pause))
    return Plan(seed, tills, dice.random() < 0.5, dice.choice((0.0, 0.1, 0.3, 0.6)), tuple(made))
