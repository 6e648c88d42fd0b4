"""A till's life at random, and its records on their way to head office."""

from __future__ import annotations

import datetime as dt
import random

import msgspec
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.journal import Record, RecordKind, read_payload
from pos_app.domain.ledger.lots import OwnActivity
from pos_app.domain.ledger.moves import Move, Purpose, move_postings
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import (
    Incoming,
    read_incoming,
)
from pos_app.domain.ledger.postings import (
    SAFE,
    Asset,
    entry,
)
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import Member, MemberAccount, Progress
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Expiry, ExpiryKind, Period, Tier, TierCondition
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

ANNA, BELA = build.member_id(1), build.member_id(2)
PRICES = (0, 1, 99, 333, 1_000, 12_345)


def programme(months: int | None = 1):
    return build.programme(
        earning=(build.earning("base", 7, 100),),
        burning=(build.points_as_cash(3, 100, step=3, minimum=0, max_share_bp=10_000),),
        benefits=(build.discount("gold", 333),),
        expiry=Expiry(ExpiryKind.ROLLING_MONTHS, months, 30, 5) if months else Expiry(grace_days=5),
        levels=(
            Tier(build.tiers()[0].tier_id, LocalText("普通"), 0),
            Tier(
                build.tiers()[1].tier_id,
                LocalText("银卡"),
                1,
                TierCondition(Money(8_000), visits=3, period=Period.CALENDAR_YEAR),
            ),
        ),
    )


def goods(*fen: int) -> Basket:
    basket = Basket()
    for each in fen:
        basket = basket.add(build.product(each % 97, each), Quantity.pieces(1 + each % 3))
    return basket


def incoming(record: Record, *people: Member) -> Incoming:
    return read_incoming(read_payload(record), record.hash, people)


def recharge(till: Till, member_id: MemberId, fen: int) -> None:
    """Stored value, as a recharge would give it, and a coupon with it."""
    moves = tuple(
        Move(
            asset,
            member_id,
            LotId(till.ids.new()),
            amount,
            Purpose.ISSUED,
            "gift",
            made_on=till.today,
            makes_lot=True,
            expires_on=till.today + dt.timedelta(days=40),
        )
        for asset, amount in ((Asset.PRINCIPAL, fen), (Asset.BONUS, fen // 10 + 1), (Asset.COUPON, 2))
    )
    postings = move_postings(moves)
    paid = sum(each.amount for each in postings if each.asset is Asset.FEN)
    till.book(
        RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), moves), postings + entry(Asset.FEN, SAFE, -paid), member_id
    )


def live(till: Till, chance: random.Random, steps: int) -> None:
    """A till's life: sales, refunds, gifts, uses, expiry, in any order."""
    for _ in range(steps):
        who = chance.choice([ANNA, ANNA, BELA, None])
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                fen = [chance.choice(PRICES) for _ in range(chance.randint(1, 3))]
                till.sell(goods(*fen), who, points=chance.choice([0, 0, 9, 300, 3_000]), card=chance.choice([0, 500]))
            case 4 | 5 | 6:
                open_sales = [
                    sale
                    for _, sale in till.sales
                    if sum(line.quantity.milli for line in sale.lines)
                    > sum(line.quantity.milli for back in till.refunds[sale.sale_id] for line in back.lines)
                ]
                if open_sales:
                    sale = chance.choice(open_sales)
                    back = {
                        line.line_no: sum(
                            each.quantity.milli
                            for refund in till.refunds[sale.sale_id]
                            for each in refund.lines
                            if each.line_no == line.line_no
                        )
                        for line in sale.lines
                    }
                    lines = tuple(
                        (line.line_no, milli)
                        for line in sale.lines
                        if (milli := 1000 * chance.randint(0, (line.quantity.milli - back[line.line_no]) // 1000))
                    )
                    if chance.random() < 0.3 or lines:
                        till.refund(sale, None if chance.random() < 0.3 else lines or None)
            case 7:
                till.today += dt.timedelta(days=chance.choice([1, 3, 29, 31, 200]))
            case 8 if who is not None:
                till.expire(who)
                till.expire_holdings(who)
            case 9 if who is not None:
                recharge(till, who, chance.choice([100, 5_000]))
                if chance.random() < 0.3:
                    till.use_up(who, chance.choice([Asset.PRINCIPAL, Asset.COUPON]))
            case _:
                pass


def at_head_office(till: Till, books: OfficeBooks, member_id: MemberId) -> MemberAccount:
    since = progress_span(till.programme).start(till.today)
    return fold_account(member_id, books.base(member_id), OwnActivity(), since=since)


def the_same(account: MemberAccount) -> MemberAccount:
    """Without what only says where figures come from, and with points that wait counted."""
    return msgspec.structs.replace(
        account,
        lots=tuple(
            msgspec.structs.replace(lot, available=lot.available + lot.pending, pending=0) for lot in account.lots
        ),
        days=tuple(day for day in account.days if day.progress != Progress()),
        own_records=0,
        expired=(),
    )
