"""Runs a plan, and finds out which of its steps matter when something breaks."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simulation import mishaps, mutants
from simulation.checks import BrokenError
from simulation.doing import REST_MS, Doer
from simulation.steps import Plan, Step, plan
from simulation.till import RULES
from simulation.world import World


@dataclass(frozen=True)
class Outcome:
    """What came of a plan.

    Attributes:
        plan: It.
        broken: The invariant that does not hold, and how that shows; empty when all held.
        code: Of that invariant.
        at: After which step it broke; -1 for after all of them.
        counts: How often what happened.
        trace: A hash of everything that was ever on a disk.
    """

    plan: Plan
    broken: str
    code: str
    at: int
    counts: Counter[str]
    trace: str


def run(what: Plan, broken_rules: Iterable[str] = ()) -> Outcome:
    """Do all steps, let everything come to rest, and check."""
    names = tuple(broken_rules)
    with mutants.switched_off(names):
        world = World(what.seed, what.tills, spends_offline=what.spends_offline, badness=what.badness, mutants=names)
        doer = Doer(world)
        at = 0
        try:
            for at, step in enumerate(what.steps):  # noqa: B007 - needed where it breaks
                doer.do(step)
            at = -1
            come_to_rest(world)
        except BrokenError as error:
            return Outcome(what, str(error), error.code, at, world.counts, "")
        except Exception as error:  # a fault in a core is a finding, too
            return Outcome(what, f"{type(error).__name__}: {error}", type(error).__name__, at, world.counts, "")
    return Outcome(what, "", "", -1, world.counts, trace(world))


def come_to_rest(world: World) -> None:
    """The line is good, everybody is up, and everything is sent, applied and known everywhere."""
    world.disarm()
    world.network.heal()
    world.office_on()
    world.upgrade()
    for till in list(world.tills.values()):
        world.power_on(till)
    if world.counts["office restores"]:
        world.pass_time(RULES.idle_check_ms + 10_000)  # tills that think that all is said ask again only then
    for _ in range(3):
        world.settle(60_000)
        mishaps.repair(world)
        if world.settle(REST_MS):
            break
    if not world.is_quiet():
        world.checks.fail("S7", f"it never comes to rest: {world.why_not_quiet()}")
    world.checks.at_rest()


def trace(world: World) -> str:
    """A hash of all disks."""
    found = hashlib.sha256()
    for name, till in sorted(world.tills.items()):
        found.update(f"{name} {till.state.head.seq}".encode() + till.state.head.hash)
    for place in world.office.state.arrived:
        found.update(repr(place).encode() + world.office.state.journal[place][1])
    found.update(repr(sorted(world.counts.items())).encode())
    return found.hexdigest()


def shrink(failed: Outcome, broken_rules: Sequence[str] = (), *, tries: int = 300) -> Outcome:
    """Leave out steps as long as the same invariant still breaks."""
    best, left = failed, tries
    size = max(1, len(best.plan.steps) // 2)
    while size:
        at = 0
        while at < len(best.plan.steps) and left:
            steps: tuple[Step, ...] = best.plan.steps[:at] + best.plan.steps[at + size :]
            left -= 1
            tried = run(replace(best.plan, steps=steps), broken_rules)
            if tried.code == failed.code:
                best = tried
            else:
                at += size
        size //= 2
    return best


def seed(number: int, steps: int, broken_rules: Sequence[str] = ()) -> Outcome:
    """Run a seed."""
    return run(plan(number, steps), broken_rules)
