"""The panel says how old head office's word of a member is, and how many own sales are counted on top of it."""

from __future__ import annotations

import datetime as dt

import pytest
from pos_testkit import builders
from pos_testkit.clock import CHINA

from pos_app.application.selling import MemberView
from pos_app.domain.member import MemberAccount
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.ui.screens.selling import showing
from pos_app.ui.screens.selling.member_panel import MemberPanel
from pos_app.ui.state import Phase

NOW = dt.datetime(2026, 11, 22, 14, 30, tzinfo=CHINA)
TODAY = NOW.date()


def view(account: MemberAccount) -> MemberView:
    programme = builders.programme()
    return MemberView(Customer(builders.member(), account), programme.tiers[0], ())


@pytest.mark.parametrize(
    ("said", "own", "sentence"),
    [
        (None, 3, ""),
        (NOW - dt.timedelta(minutes=28), 0, "Head office as of 14:02"),
        (
            NOW - dt.timedelta(days=2),
            4,
            "Head office as of 2026-11-20 14:30  ·  and 4 own sales it has not counted yet",
        ),
        (NOW - dt.timedelta(minutes=28), 1, "Head office as of 14:02  ·  and one own sale it has not counted yet"),
    ],
)
def test_how_old_the_word_is_and_what_is_counted_on_top(
    qapp: object, said: dt.datetime | None, own: int, sentence: str
) -> None:
    account = MemberAccount(
        builders.member().member_id,
        as_of_ms=None if said is None else int(said.timestamp() * 1000),
        own_records=own,
    )
    programme = builders.programme()
    seen = view(account)
    priced = quote(Basket(), seen.customer, programme, NOW, today=TODAY)
    state = showing.member_state(seen, Basket(), priced, programme, NOW, TODAY)
    panel = MemberPanel()
    panel.show_member(state, Phase.READY)
    assert panel._as_of.text() == sentence
    assert panel._as_of.isHidden() == (not sentence)
