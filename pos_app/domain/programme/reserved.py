"""Goods that are for members only (会员专享), or for some members, at some times, in some stores."""

from __future__ import annotations

from pos_app.domain.programme.rules import Conditions, Rule, What
from pos_app.domain.text import LocalText


class Reserved(Rule, frozen=True):
    """Goods that only a member may buy for whom the conditions hold; nobody else can, at whatever price.

    Attributes:
        rule_id: Names it in messages.
        name: In the shop's words.
        conditions: To whom, when and where the goods are sold; ``what`` says which goods and must name some.
    """

    rule_id: str
    name: LocalText
    conditions: Conditions

    @property
    def names_goods(self) -> bool:
        """Whether it says which goods; a rule for all of them would close the shop to everybody else."""
        what: What = self.conditions.what
        return bool(what.categories or what.products or what.brands)
