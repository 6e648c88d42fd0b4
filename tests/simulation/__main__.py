"""``python3 packaging/dev.py simulate``: run seeds; a failing one prints itself, shrunken."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence

from simulation import mutants, running
from simulation.running import Outcome

STEPS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run seeds, and say what was reached and what broke."""
    parser = argparse.ArgumentParser(prog="dev.py simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="from this one on")
    parser.add_argument("--steps", type=int, default=STEPS, help="how many things happen in each")
    parser.add_argument("--mutant", choices=mutants.NAMES, help="with this rule switched off: something must break")
    parser.add_argument("--trace", action="store_true", help="print what each seed comes to, as a hash")
    parser.add_argument("--whole", action="store_true", help="do not shrink what fails")
    chosen = parser.parse_args(arguments)
    rules = (chosen.mutant,) if chosen.mutant else ()
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    for number in range(chosen.first, chosen.first + chosen.seeds):
        outcome = running.seed(number, chosen.steps, rules)
        counts += outcome.counts
        if chosen.trace:
            print(f"seed {number}: {outcome.trace or outcome.broken}")
        if outcome.broken:
            describe(outcome if chosen.whole else running.shrink(outcome, rules), rules)
            return 0 if rules else 1
    seconds = time.perf_counter() - began
    for name, count in sorted(counts.items()):
        print(f"{count:9,}  {name}")
    print(f"{chosen.seeds} seeds of {chosen.steps} steps held in {seconds:.1f} s")
    return 1 if rules else 0


def describe(outcome: Outcome, rules: Sequence[str]) -> None:
    """What broke, and what it takes."""
    plan = outcome.plan
    print(f"seed {plan.seed} breaks: {outcome.broken}")
    if rules:
        print(f"with a rule switched off: {', '.join(rules)}")
    spending = "may spend offline" if plan.spends_offline else "ask before they spend"
    print(f"{plan.tills} tills that {spending}; of {plan.badness:.0%} of messages something becomes; steps:")
    for number, step in enumerate(plan.steps):
        print(f"  {number:3}  {step}{'   <- here' if number == outcome.at else ''}")


if __name__ == "__main__":
    raise SystemExit(main())
