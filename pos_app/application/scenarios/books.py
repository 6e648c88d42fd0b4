"""The books of one scenario: postings, usage and lots in memory, and the accounts they fold to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from pos_app.application.scenarios.coupons import holdings_of
from pos_app.application.scenarios.document import Scenario
from pos_app.application.scenarios.document import Who as ScenarioMember
from pos_app.application.scenarios.giving import (
    BroughtBy,
    Held,
    base_of_referrer,
    held_by,
)
from pos_app.application.scenarios.outcome import Before
from pos_app.application.scenarios.people import (
    make_lots,
    make_member,
    make_referrer,
    make_terms,
    make_uses,
    with_history,
)
from pos_app.application.scenarios.shop import moved_before, stock_now
from pos_app.application.scenarios.stored import (
    card_account,
    card_holdings,
    card_usage,
    member_holdings,
)
from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, MemberId, uuid7
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.lots import (
    Base,
    LotOrigin,
    OwnActivity,
    expired_lots,
    lot_origins,
    own_days,
    own_holdings,
    own_progress,
    own_sums,
)
from pos_app.domain.ledger.moves import Purpose, move_postings
from pos_app.domain.ledger.moves import take as take_out
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    POINTS_EXPIRED,
    Asset,
    Posting,
    check_balanced,
    entry,
)
from pos_app.domain.ledger.reward_bodies import HoldingsExpired, Rewarded
from pos_app.domain.ledger.usage import MemberUsage, usages_of
from pos_app.domain.member import Lot as AccountLot
from pos_app.domain.member import Member, MemberAccount, Progress, Standing, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.referrer import Referrer
from pos_app.domain.stored_value import balance_of
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError


class Books:
    """Everybody's accounts, folded from what was booked so far."""

    def __init__(self, scenario: Scenario, programme: Programme, later: Mapping[str, Programme]) -> None:
        self._scenario, self._programme, self._later = scenario, programme, later
        self._sold_under = programme
        self._count = 0
        self._sold_on = self._today = business_date(scenario.moment, scenario.day_starts_hour)
        self._postings: list[Posting] = []
        self._usage: list[MemberUsage] = []
        self._origins: dict[LotId, LotOrigin] = {}
        self._expired: dict[LotId, int] = {}
        self._sale: Sale | None = None
        self._refunds: list[Refund] = []
        told = scenario.member
        self._referrer = make_referrer(told, self._id) if told is not None else None
        points = self._told_of_referrer().points
        self._referrer_lots = (AccountLot(LotId(self._id()), points, dt.date(2000, 1, 1)),) if points else ()
        self._member = make_member(told, self._referrer, programme, self._id) if told is not None else None
        self._terms = make_terms(told, self._id) if told is not None else ()
        self._lots = make_lots(told, self._id) if told is not None else ()
        self._uses = make_uses(told, self._id) if told is not None else ()
        self._coupons = holdings_of(told.coupons, lambda: LotId(self._id())) if told is not None else ()
        self._moved_before = moved_before(scenario.stock, programme)

    def before(self) -> Before | None:
        """The member as they come to the counter; None where nobody is known."""
        told = self._scenario.member
        return None if self._member is None or told is None else Before(self._member, self._base(told))

    def _customer(self) -> Customer | None:
        member = self._member
        if member is None:
            return None
        referrer = self._referrer
        brought_by = (member.member_id,) if self._told_of_referrer().brought_by_member else ()
        return Customer(
            member,
            self._account(),
            None if referrer is None else Referrer(referrer, self._referrer_account(referrer), brought_by),
            self._scenario.given_in_shop,
        )

    def _told_of_referrer(self) -> BroughtBy:
        told = self._scenario.member.referrer if self._scenario.member is not None else None
        return told or BroughtBy()

    def _referrer_account(self, referrer: Member) -> MemberAccount:
        base = base_of_referrer(self._told_of_referrer(), self._referrer_lots)
        return self._folded(referrer.member_id, base)

    def _held(self) -> Held:
        mine = self._account() if self._member is not None else None
        theirs = self._referrer_account(self._referrer) if self._referrer is not None else None
        return held_by(mine, theirs, self._programme, self._today)

    def _stock_now(self) -> dict[str, int]:
        return stock_now(self._programme, self._moved_before, self._postings)

    def _expire(self) -> None:
        told = self._scenario.member
        if self._member is None or told is None:
            return
        for part in expired_lots(self._account().lots, self._today):
            self._expired[part.lot_id] = self._expired.get(part.lot_id, 0) + part.points.count
            self._post_out(part.lot_id, part.points.count, POINTS_EXPIRED)
        brought = {each.lot_id for each in self._base(told).wallet}  # whoever made those lots books their end
        gone = [
            each
            for each in self._account().wallet
            if each.expires_on is not None and each.expires_on < self._today and each.lot_id not in brought
        ]
        moves = tuple(
            take_out(each, self._member.member_id, each.amount, Purpose.EXPIRED, LocalText("")) for each in gone
        )
        for each in gone:
            self._expired[each.lot_id] = self._expired.get(each.lot_id, 0) + each.amount
        self._book(HoldingsExpired(moves), move_postings(moves))

    def _post_out(self, lot_id: LotId, points: int, account: str) -> None:
        member_id = self._member.member_id if self._member else None
        postings = entry(Asset.POINTS, MEMBER_AVAILABLE, -points, member_id=member_id, lot_id=lot_id)
        self._book(None, (*postings, *entry(Asset.POINTS, account, points)))

    def _book(self, body: Sale | Refund | Rewarded | HoldingsExpired | None, postings: tuple[Posting, ...]) -> None:
        check_balanced(postings)
        self._postings += postings
        self._usage += usages_of(body, self._today)
        for origin in lot_origins(body):
            self._origins.setdefault(origin.lot_id, origin)

    def _account(self) -> MemberAccount:
        member, told = self._member, self._scenario.member
        if member is None or told is None:
            raise KnownError("member.unknown")
        base = self._base(told)
        sold = self._sale if self._sale is not None and self._sale.member is not None else None
        sales = [(self._sold_on, sold, self._refunds)] if sold is not None else []
        days = with_history(told, own_days(sales, self._usage_of(member.member_id)))
        since = progress_span(self._programme).start(self._today)
        activity = OwnActivity(
            sums=own_sums(self._postings, member.member_id),
            holdings=own_holdings(self._postings, member.member_id),
            origins=tuple(self._origins.values()),
            progress=own_progress(days, since),
            last_visit=self._sold_on if sold is not None else None,
            usage=self._usage_of(member.member_id),
            days=days,
        )
        return fold_account(member.member_id, base, activity, since=since)

    def _base(self, told: ScenarioMember) -> Base:
        """What head office said of the member's account before."""
        last = told.last_period
        return Base(
            lots=self._lots,
            receivable=told.receivable,
            progress=Progress(told.spend, told.visits, Points(told.points_earned)),
            last_visit=max((each.on for each in told.history), default=None),
            usage=tuple(Usage(each.what, each.on, each.amount) for each in told.had),
            wallet=(
                *member_holdings(told.principal, told.bonus, told.stored),
                *self._terms,
                *self._uses,
                *self._coupons,
            ),
            progress_before=Progress(last.spend, last.visits, Points(last.points)),
        )

    def _usage_of(self, account_id: MemberId) -> tuple[Usage, ...]:
        return tuple(each.usage for each in self._usage if each.member_id == account_id)

    def _holder(self, account_id: MemberId) -> MemberAccount:
        if self._member is not None and account_id == self._member.member_id:
            return self._account()
        if self._referrer is not None and account_id == self._referrer.member_id:
            return self._referrer_account(self._referrer)
        return next(self._card(name) for name in self._card_names() if card_account(name) == account_id)

    def _card_names(self) -> list[str]:
        told = [card.card for card in self._scenario.cards]
        sold = [item.offer.card for item in self._scenario.basket if item.offer is not None and item.offer.card]
        return list(dict.fromkeys((*told, *self._scenario.pay.gift_cards, *sold)))

    def _card(self, name: str) -> MemberAccount:
        account_id = card_account(name)
        told = next((card for card in self._scenario.cards if card.card == name), None)
        base = Base() if told is None else Base(wallet=card_holdings(told), usage=card_usage())
        return self._folded(account_id, base)

    def _folded(self, account_id: MemberId, base: Base) -> MemberAccount:
        """The account of somebody else than the one who buys."""
        activity = OwnActivity(
            sums=own_sums(self._postings, account_id),
            holdings=own_holdings(self._postings, account_id),
            origins=tuple(self._origins.values()),
            usage=self._usage_of(account_id),
        )
        return fold_account(account_id, base, activity)

    def _cards(self) -> dict[str, Money]:
        return {name: balance_of(self._card(name), self._today).principal for name in self._card_names()}

    def _assign(self, standing: Standing | None) -> None:
        if self._member is not None and standing is not None:
            self._member = self._member.with_standing(standing)

    def _id(self) -> UUID:
        self._count += 1
        return uuid7(self._count, bytes(10))
