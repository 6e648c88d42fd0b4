"""Coupons at a real till: given, scanned, used once, given back; forged, altered, over and used ones refused."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit import coupons as make
from pos_testkit import told
from pos_testkit.counter import CASHIER, MANAGER, Counter, cash, counter_at, refused

from pos_app.application.lookup import FoundCoupon
from pos_app.application.ports import JobKind, MasterKind, PrintJob
from pos_app.domain.coupon_codes import coupon_message, key_id, signed_code, to_sign
from pos_app.domain.ids import LotId, MemberId, derived_id, uuid7
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.coupon_offers import CouponOffer
from pos_app.domain.programme.coupons import Validity
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_text
from pos_app.infrastructure.receipts.shop import ShopHeader
from sync.protocol.messages import RowKind

WEEK = Validity(days=7)
PROGRAMME = make.programme(
    make.amount("ten", 100, validity=WEEK),
    make.amount("bearer", 50, for_holder=False, validity=WEEK),
    make.exchange("twice", uses=2, per_bill=2),
    make.percent("spring", 1_000, shared_code="SPRING20", per_member=1),
    make.amount("alone", 120, alone=True),
)


@pytest.fixture
def coupon_counter(quick_folder: Path) -> Iterator[Counter]:
    with counter_at(quick_folder, programme=PROGRAMME) as opened:
        yield opened


def give(counter: Counter, coupon_id: str, member: int | None = 1) -> Move:
    who = None if member is None else build.member_id(member)
    (move,) = counter.till.coupons.give(MANAGER, None, coupon_id, who, "等候太久").moves
    return move


def scan(counter: Counter, text: str, basket: Basket) -> Basket:
    found = counter.till.lookup.resolve(text)
    assert isinstance(found, FoundCoupon)
    return counter.till.selling.present_coupon(basket, found, PROGRAMME)


def wallet(counter: Counter, member: int = 1) -> dict[str, int]:
    return {each.source_id: each.amount for each in counter.account(build.member_id(member)).wallet}


def offer(counter: Counter, basket: Basket, coupon_id: str) -> CouponOffer:
    return next(each for each in counter.price(basket).coupons if each.coupon_id == coupon_id)


def use(counter: Counter, basket: Basket, coupon_id: str) -> Basket:
    with counter.real.ledger.read() as reader:
        customer = counter.real.context.customer(reader, basket.member_id, PROGRAMME)
    return counter.till.selling.use_coupon(basket, customer, PROGRAMME, offer(counter, basket, coupon_id))


def test_a_coupon_given_by_hand_is_scanned_used_and_given_back(coupon_counter: Counter) -> None:
    counter = coupon_counter
    move = give(counter, "ten")
    assert counter.kinds()[-1] == RecordKind.COUPON_ISSUED
    basket = scan(counter, counter.till.coupons.printed_code(move), counter.basket((20, 1)))
    assert basket.member_id == build.member_id(1)  # the code says for whom
    before = counter.price(counter.basket((20, 1))).payable
    done = counter.sell(basket)
    assert done.sale.payable == before - Money(100)
    assert wallet(counter) == {}
    with refused("coupon.used", receipt_no=done.sale.receipt_no):
        counter.till.lookup.resolve(move.code)
    counter.till.refunds.refund(MANAGER, None, done.sale.receipt_no, RefundRequest(((1, 1_000),)))
    assert wallet(counter) == {"ten": 1}
    assert isinstance(counter.till.lookup.resolve(move.code.lower()), FoundCoupon)
    assert counter.audit().ok


def test_single_use_is_single_use_whatever_the_screen_still_shows(coupon_counter: Counter) -> None:
    counter = coupon_counter
    basket = scan(counter, give(counter, "ten").code, counter.basket((20, 1)))
    payable = counter.price(basket).payable.minor
    counter.sell(basket)
    with counter.refuses("sale.price_changed"):
        counter.sell(basket, cash(payable), expected=payable)


def test_a_coupon_of_whoever_has_it_is_used_without_a_member(coupon_counter: Counter) -> None:
    counter = coupon_counter
    move = give(counter, "bearer", member=None)
    assert move.account_id != build.member_id(1)
    basket = scan(counter, move.code, counter.basket((20, 1)))
    assert basket.member_id is None
    done = counter.sell(basket)
    assert done.sale.member is None
    assert [each.amount for each in done.sale.moves] == [-1]
    with refused("coupon.used", receipt_no=done.sale.receipt_no):
        counter.till.lookup.resolve(counter.till.coupons.printed_code(move))
    assert counter.audit().ok


def test_a_held_basket_keeps_the_coupon_of_whoever_has_it(coupon_counter: Counter) -> None:
    counter = coupon_counter
    basket = scan(counter, give(counter, "bearer", member=None).code, counter.basket((20, 1)))
    payable = counter.price(basket).payable
    held = counter.till.selling.hold(CASHIER, basket)
    counter.restart()
    assert counter.price(counter.till.selling.recall(CASHIER, held.hold_id)).payable == payable


@pytest.mark.parametrize("change", ["coupon", "day", "lot", "signature", "letter"])
def test_a_forged_or_altered_code_is_refused(coupon_counter: Counter, change: str) -> None:
    counter = coupon_counter
    move = give(counter, "ten")
    seal = counter.real.context.seal
    day, lot, coupon = move.expires_on, move.lot_id, "ten"
    message = coupon_message(coupon, lot, day, seal.public_key)
    signature = seal.sign(to_sign(message))
    match change:
        case "coupon":
            message = coupon_message("alone", lot, day, seal.public_key)
        case "day":
            message = coupon_message(coupon, lot, dt.date(2030, 1, 1), seal.public_key)
        case "lot":
            message = coupon_message(coupon, LotId(build.some_uuid(5)), day, seal.public_key)
        case "signature":
            signature = DeviceKey(b"x" * 32).sign(to_sign(message))
        case "letter":
            signature = signature[:-1] + bytes((signature[-1] ^ 1,))
    with counter.refuses("coupon.not_genuine"):
        counter.till.lookup.resolve(signed_code(message, signature))


def test_codes_of_other_tills_and_shops(coupon_counter: Counter) -> None:
    counter = coupon_counter
    other = DeviceKey(b"o" * 32)
    message = coupon_message("ten", LotId(build.some_uuid(5)), None, other.public_key)
    code = signed_code(message, other.sign(to_sign(message)))
    with counter.refuses("coupon.other_shop"):
        counter.till.lookup.resolve(code)
    with counter.real.ledger.write(CASHIER.staff_id) as tx:
        tx.put_master(MasterKind.TILL_KEY, [(key_id(other.public_key).hex(), other.public_key)])
    with counter.refuses("coupon.elsewhere"):
        counter.till.lookup.resolve(code)


def test_of_a_till_out_of_service_only_what_it_gave_before_is_honoured(coupon_counter: Counter) -> None:
    counter = coupon_counter
    other = DeviceKey(b"o" * 32)
    name, ends_ms = key_id(other.public_key).hex(), 1_750_000_000_000
    told.say(
        counter.real,
        told.plain(RowKind.TILL_KEY, name, base64.b64encode(other.public_key).decode()),
        told.plain(RowKind.TILL_KEY_END, name, ends_ms),
    )

    def code(made_ms: int) -> str:
        lot = LotId(derived_id(uuid7(made_ms, bytes(10)), "coupon"))  # as gifts make theirs
        message = coupon_message("ten", lot, None, other.public_key)
        return signed_code(message, other.sign(to_sign(message)))

    with counter.refuses("coupon.elsewhere"):  # genuine; what is left of it, head office knows
        counter.till.lookup.resolve(code(ends_ms))
    with counter.refuses("coupon.not_genuine"):
        counter.till.lookup.resolve(code(ends_ms + 1))
    told.say(counter.real, told.master(RowKind.TILL_KEY_END, name, None))
    with counter.refuses("coupon.elsewhere"):
        counter.till.lookup.resolve(code(ends_ms + 1))


def test_over_unknown_and_mistyped_codes(coupon_counter: Counter) -> None:
    counter = coupon_counter
    move = give(counter, "ten")
    with refused("coupon.unknown"):
        counter.till.lookup.resolve("Q0000000000" + "0")
    wrong = move.code[:-1] + ("A" if move.code[-1] != "A" else "B")
    with refused("input.wrong_check_digit"):
        counter.till.lookup.resolve(wrong)
    counter.real.clock.advance(days=8)
    with refused("coupon.expired", expires_on=move.expires_on.isoformat() if move.expires_on else ""):
        counter.till.lookup.resolve(move.code)


def test_anothers_coupon_does_not_change_whose_sale_it_is(coupon_counter: Counter) -> None:
    counter = coupon_counter
    move = give(counter, "ten")
    with refused("coupon.other_member"):
        scan(counter, move.code, counter.basket(20, member=counter.member(2)))
    once = scan(counter, move.code, counter.basket(20))
    with refused("coupon.in_sale"):
        scan(counter, move.code, once)


def test_a_published_code_counts_against_its_limit_until_the_goods_are_back(coupon_counter: Counter) -> None:
    counter = coupon_counter
    basket = scan(counter, "spring20", counter.basket(20, member=counter.member(1)))
    done = counter.sell(basket)
    assert done.sale.moves == ()
    assert offer(counter, basket, "spring").reason == "coupon_used_up"
    counter.till.refunds.refund(MANAGER, None, done.sale.receipt_no, RefundRequest(((1, 1_000),)))
    assert offer(counter, basket, "spring").reason == ""
    assert counter.audit().ok


def test_using_and_leaving_by_touch(coupon_counter: Counter) -> None:
    counter = coupon_counter
    for coupon_id in ("ten", "twice", "alone"):
        give(counter, coupon_id)
    plain = counter.basket((20, 2), member=counter.member(1))
    one = use(counter, plain, "twice")
    two = use(counter, one, "twice")
    assert (offer(counter, one, "twice").used, offer(counter, two, "twice").used) == (1, 2)
    with refused("coupon.in_sale"):
        use(counter, two, "twice")
    assert counter.till.selling.leave_coupon(two, offer(counter, two, "twice")) == one
    both = use(counter, one, "ten")
    alone = use(counter, both, "alone")
    assert [each.source_id for each in alone.used] == ["alone"]  # the others were left
    assert [each.source_id for each in use(counter, alone, "ten").used] == ["ten"]
    with counter.real.ledger.read() as reader:
        customer = counter.real.context.customer(reader, plain.member_id, PROGRAMME)
    best = counter.till.selling.use_best_coupons(plain, customer, PROGRAMME)
    assert counter.price(best).payable == Money(0)


def test_giving_by_hand_needs_permission_and_a_reason(coupon_counter: Counter) -> None:
    counter = coupon_counter
    who = build.member_id(1)
    with counter.refuses("permission.missing", permission="give_coupon"):
        counter.till.coupons.give(CASHIER, None, "ten", who, "等候太久")
    assert counter.till.coupons.give(CASHIER, MANAGER, "ten", who, "等候太久").moves
    with counter.refuses("coupon.no_reason"):
        counter.till.coupons.give(MANAGER, None, "ten", who, " ")
    with counter.refuses("coupon.not_given"):
        counter.till.coupons.give(MANAGER, None, "spring", who, "x")
    with counter.refuses("coupon.not_given"):
        counter.till.coupons.give(MANAGER, None, "ten", None, "x")
    with counter.refuses("coupon.ended"):
        counter.till.coupons.give(MANAGER, None, "gone", who, "x")
    with counter.refuses("member.unknown"):
        counter.till.coupons.give(MANAGER, None, "ten", MemberId(build.some_uuid(3)), "x")


def test_a_coupon_comes_back_under_a_newer_programme_that_does_not_know_it(coupon_counter: Counter) -> None:
    counter = coupon_counter
    done = counter.sell(scan(counter, give(counter, "ten").code, counter.basket(20)))
    newer = msgspec.structs.replace(PROGRAMME, version=2, coupons=())
    counter.real.replica.writer.put_programme(newer)
    counter.till.refunds.refund(MANAGER, None, done.sale.receipt_no, RefundRequest(((1, 1_000),)))
    held: tuple[Holding, ...] = counter.account(build.member_id(1)).wallet
    assert [(each.source_id, each.amount) for each in held] == [("ten", 1)]
    shown = counter.price(counter.basket(20, member=counter.member(1))).coupons
    assert [each.reason for each in shown] == ["coupon_unknown"]


def paper(counter: Counter, job: PrintJob) -> str:
    """What the printer puts on paper, as text."""
    content = counter.till.contents.content(job)
    return receipt_text(content, ShopHeader(LocalText("花田超市")), ReceiptSettings())


def test_a_coupon_given_by_hand_is_printed_with_its_code(coupon_counter: Counter) -> None:
    counter = coupon_counter
    move = give(counter, "bearer", member=None)
    (job,) = counter.till.queue.open_jobs()
    assert job.kind is JobKind.COUPON
    (printed,) = counter.till.contents.content(job).coupons
    assert (printed.code, printed.last_day) == (move.code, move.expires_on)
    found = counter.till.lookup.resolve(printed.signed)
    assert isinstance(found, FoundCoupon)
    text = paper(counter, job)
    assert f"券码 {move.code}" in text
    assert "2025-06-18 至 2025-06-24 可用" in text


def test_receipts_say_what_is_left_and_what_is_given_back(coupon_counter: Counter) -> None:
    counter = coupon_counter
    give(counter, "ten")
    basket = use(counter, scan(counter, give(counter, "twice").code, counter.basket((20, 2))), "ten")
    done = counter.sell(basket)
    sold = paper(counter, counter.till.queue.open_jobs()[-1])
    assert "兑换券 twice 还可用 1 次" in sold
    assert "代金券 ten" in sold
    counter.till.refunds.refund(MANAGER, None, done.sale.receipt_no, RefundRequest(((1, 2_000),)))
    assert "退还优惠券 兑换券 twice" in paper(counter, counter.till.queue.open_jobs()[-1])
