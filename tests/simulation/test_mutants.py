"""Rules switched off, one at a time: some world must show it, else the worlds prove nothing."""

from __future__ import annotations

import pytest
from pos_testkit import builders
from simulation import mutants, running
from simulation.__main__ import STEPS
from simulation.auditor import surplus_lot

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger import account_draft

#: Worlds that are tried until one shows it.
BUDGET = 300


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", mutants.NAMES)
def test_every_rule_is_needed(name: str) -> None:
    for number in range(BUDGET):
        if running.seed(number, STEPS, (name,)).broken:
            return
    pytest.fail(f"{BUDGET} worlds without the rule, and nothing breaks: {name}")


def test_a_failing_world_shrinks_to_the_steps_that_matter() -> None:
    rules = ("no dedupe at accept",)
    whole = next(each for each in (running.seed(number, STEPS, rules) for number in range(BUDGET)) if each.broken)
    small = running.shrink(whole, rules)
    assert small.code == whole.code
    assert len(small.plan.steps) < 10
    assert running.run(small.plan, rules).broken == small.broken
    assert running.run(small.plan).broken == ""


def test_the_auditors_own_ids_are_those_of_the_books() -> None:
    """The one id that the auditor has to know by itself."""
    member = MemberId(builders.member_id(3))
    assert surplus_lot(member.hex) == str(account_draft.surplus_lot(member))
