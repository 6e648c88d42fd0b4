"""What every paper promises: figures that sum and stand at the right edge, nothing wider than it, no injection."""

import datetime as dt
import re
from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pos_testkit import builders as make
from pos_testkit import giving, strategies
from pos_testkit import print_contents as contents

from hardware.printers.document import Barcode, Cut, DrawerPulse
from hardware.printers.profile import PAPER_58, PAPER_80, Charset, PrinterProfile
from pos_app.application.ports import JobKind
from pos_app.domain.ids import LotId
from pos_app.domain.ledger.bodies import NewLot, Sale
from pos_app.domain.ledger.moves import Move, Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.errors import BugError
from pos_app.infrastructure.receipts.common import mask_reference, percent
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.output import (
    ReceiptSettings,
    receipt_bytes,
    receipt_paper,
    receipt_png,
    receipt_text,
)
from pos_app.infrastructure.receipts.render import render
from pos_app.infrastructure.receipts.sheet import LONGEST, amount, columns_of, one_line
from pos_app.infrastructure.receipts.shop import ShopHeader
from pos_app.infrastructure.receipts.templates import SaleTemplate, Templates

NARROW = PrinterProfile(name="42 columns", columns=42, dots=504)
PAPERS = st.sampled_from([PAPER_58, PAPER_80, NARROW])
LANGUAGES = st.sampled_from(["zh_CN", "en"])
ZH_58 = ReceiptSettings(builtin_templates("zh_CN"), PAPER_58)
EN_80 = ReceiptSettings(builtin_templates("en"), PAPER_80)
AMOUNT = re.compile(r"-?[0-9,]+\.[0-9]{2}$")


def amounts_at_the_edge(paper):
    """The amounts that end at the right edge of the paper."""
    return [
        found[0]
        for line in paper.lines
        if line.columns == paper.format.columns and (found := AMOUNT.search(line.text.replace("￥", " ")))
    ]


def expected_amounts(sale: Sale) -> Counter[str]:
    result = [amount(line.regular_amount) for line in sale.lines]
    reductions = [each for line in sale.lines for each in line.reductions]
    result += [amount(-each.amount) for each in reductions if each.kind is not ReductionKind.MANUAL_BILL]
    result.append(amount(sale.payable))
    result += [amount(tender.received) for tender in sale.tenders]
    if any(tender.kind is TenderKind.CASH for tender in sale.tenders):
        result.append(amount(sale.change))
    if sale.saved:
        result += [amount(sale.regular_total), amount(-sale.saved)]
    return Counter(result)


def minor(text: str) -> int:
    return Money.parse(text.replace("-", "")).minor * (-1 if "-" in text else 1)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.baskets(), st.booleans(), PAPERS, LANGUAGES)
def test_every_amount_stands_at_the_right_edge_and_they_sum(basket, has_member, profile, locale):
    customer = contents.regular() if has_member else None
    sale = contents.sell(basket, customer)
    job = contents.content(sale, JobKind.SALE, customer)
    paper = receipt_paper(job, contents.SHOP, ReceiptSettings(builtin_templates(locale), profile))
    assert not paper.problems
    assert not any(line.wrapped or line.columns > profile.columns for line in paper.lines)
    found = amounts_at_the_edge(paper)
    assert not expected_amounts(sale) - Counter(found)
    # The column above the totals sums to what is to be paid: goods, what was taken off, the discount on the bill.
    rules = [index for index, line in enumerate(paper.lines) if set(line.text) == {"-"}]
    goods = msgspec.structs.replace(paper, blocks=paper.lines[rules[0] + 1 : rules[1]])
    assert sum(map(minor, amounts_at_the_edge(goods))) == sale.payable.minor


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=120), st.text(max_size=60), PAPERS)
def test_no_text_from_data_changes_the_paper(name, person, profile):
    basket = make.basket(make.product(1, 500, name=name or "x", unit=person[:3]))
    sale = contents.sell(basket, contents.regular())
    job = contents.content(sale, JobKind.SALE, contents.regular())
    assert job.member is not None
    job = msgspec.structs.replace(
        job, opens_drawer=False, member=msgspec.structs.replace(job.member, name=person, tier=LocalText(person))
    )
    paper = receipt_paper(job, ShopHeader(LocalText(name, person)), ReceiptSettings(ZH_58.templates, profile))
    assert not paper.problems
    assert not paper.pulses
    assert paper.cuts == (0 if profile is PAPER_58 else 1)
    assert not any(line.wrapped or line.columns > profile.columns for line in paper.lines)
    assert [code.data for code in paper.codes] == [sale.receipt_no]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("水\n应付  ￥0.01", "水 应付 ￥0.01"),
        ("水\r\n\x1bp\x00\x19\x7f酒", "水 p酒"),
        ("水\u2028\x85酒", "水 酒"),
        ("\u202e001\u202c \u200b元\ufeff", "001 元"),
        ("  很   宽\u3000\u3000的 ", "很 宽 的"),
        ("{amount} {0} %s", "{amount} {0} %s"),
        ("\t\x00\x07", ""),
        ("\ud800坏", "□坏"),
    ],
)
def test_data_becomes_one_plain_line(text, shown):
    assert one_line(text) == shown


def test_absurdly_long_names_are_cut():
    assert columns_of(one_line("长" * 10_000)) == LONGEST
    assert one_line("长" * 10_000).endswith("…")
    assert one_line("长" * (LONGEST // 2)) == "长" * (LONGEST // 2)


def test_a_product_without_a_printable_name_shows_its_number():
    sale = contents.sell(make.basket(make.product(7, 100, name="\u200b")))
    assert "P00007" in receipt_text(contents.content(sale, JobKind.SALE), contents.SHOP, ZH_58)


def test_only_opening_the_drawer_prints_nothing():
    job = contents.content(None, JobKind.OPEN_DRAWER)
    assert render(job, contents.SHOP, ZH_58.templates, 32).elements == (DrawerPulse(),)
    paper = receipt_paper(job, contents.SHOP, ZH_58)
    assert [pulse.offset for pulse in paper.pulses] == [0]
    assert not paper.blocks


def test_a_paper_without_its_record_is_a_bug():
    with pytest.raises(BugError):
        render(contents.content(None, JobKind.SALE), contents.SHOP, ZH_58.templates, 32)


def test_the_drawer_opens_before_anything_else_and_the_paper_is_cut_last():
    elements = render(contents.content(contents.sell(), JobKind.SALE), contents.SHOP, ZH_58.templates, 32).elements
    assert elements[0] == DrawerPulse()
    assert elements[-1] == Cut()
    assert Barcode(contents.sell().receipt_no) in elements


def test_copy_and_training_marks_cannot_be_edited_away():
    bare = msgspec.structs.replace(ZH_58.templates, sale=msgspec.structs.replace(ZH_58.templates.sale, blocks=()))
    job = contents.content(contents.sell(), JobKind.SALE, copy=3, training=True)
    lines = receipt_text(job, contents.SHOP, ReceiptSettings(bare, PAPER_58)).split("\n")
    assert sum("培训单" in line for line in lines) == 2
    assert any("重打 第3次" in line for line in lines)
    assert any("打印时间 2025-06-18 12:42" in line for line in lines)


def edited(**options: object) -> Templates:
    """The Chinese templates with other options for sales."""
    template = msgspec.to_builtins(ZH_58.templates.sale)
    template["options"] |= options
    return msgspec.structs.replace(ZH_58.templates, sale=msgspec.convert(template, SaleTemplate))


def test_a_shop_s_choice_of_code_taxes_and_head():
    own = ReceiptSettings(edited(code="qr", show_taxes=True, show_head=False), PAPER_58)
    sale = contents.sell()
    job = contents.content(sale, JobKind.SALE)
    [code] = receipt_paper(job, contents.SHOP, own).codes
    assert (code.kind, code.data) == ("qr", sale.receipt_no)
    text = receipt_text(job, contents.SHOP, own)
    assert "税率" in text
    assert "凭证码" not in text
    none = ReceiptSettings(edited(code="none"), PAPER_58)
    assert not receipt_paper(job, contents.SHOP, none).codes


def test_earned_points_can_be_one_sum():
    customer = contents.regular()
    job = contents.content(contents.sell(None, customer), JobKind.SALE, customer)
    assert "消费积分" in receipt_text(job, contents.SHOP, ZH_58)
    text = receipt_text(job, contents.SHOP, ReceiptSettings(edited(show_earning_rules=False), PAPER_58))
    assert "消费积分" not in text
    assert re.search(r"本次积分 +\+\d+", text)


def test_a_bill_discount_can_be_shown_by_line():
    own = edited(bill_discount="by_line")
    sale = contents.sell(contents.off_bill(contents.basket(), 500))
    job = contents.content(sale, JobKind.SALE)
    assert receipt_text(job, contents.SHOP, ZH_58).count("整单优惠") == 1
    assert receipt_text(job, contents.SHOP, ReceiptSettings(own, PAPER_58)).count("整单优惠") == len(sale.lines)


def test_points_owed_repaid_and_grace_are_told():
    customer = contents.regular()
    sale = contents.sell(None, customer, points=800)
    assert sale.member is not None
    owing = msgspec.structs.replace(sale, member=msgspec.structs.replace(sale.member, repaid=Points(12)))
    assert "12 分已偿还欠分" in receipt_text(contents.content(owing, JobKind.SALE, customer), contents.SHOP, ZH_58)
    refund = contents.refund_of(sale, (), contents.account_after(sale, customer))
    assert refund.member is not None
    grace = NewLot(LotId(make.some_uuid(77)), Points(800), make.TODAY, make.TODAY.replace(month=7))
    member = msgspec.structs.replace(refund.member, given_back=(), grace_lots=(grace,), owed=Points(5))
    text = receipt_text(
        contents.content(msgspec.structs.replace(refund, member=member), JobKind.REFUND, customer),
        contents.SHOP,
        ZH_58,
    )
    assert re.search(r"退还抵扣积分 +\+800", text)
    assert re.search(r"欠积分（已用） +-5", text)
    assert "2025-07-18 前有效" in text


def test_points_that_a_gift_cost_say_until_when_they_live_once_given_back_late():
    customer = contents.regular()
    sale = contents.sell(None, customer)
    refund = contents.refund_of(sale, (), contents.account_after(sale, customer))
    back = Move(
        Asset.POINTS,
        customer.member.member_id,
        make.lot_id(77),
        300,
        Purpose.REDEEMED,
        source_id="lipstick",
        made_on=make.TODAY,
        expires_on=make.TODAY.replace(month=7),
        makes_lot=True,
    )
    late = msgspec.structs.replace(refund, moves=(*refund.moves, back))
    text = receipt_text(contents.content(late, JobKind.REFUND, customer), contents.SHOP, ZH_58)
    assert re.search(r"退还抵扣积分 +\+300", text)
    assert "2025-07-18 前有效" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"next_spend": Money(12_000)}, "再消费 ￥120.00，即可升级金卡会员"),
        ({"next_visits": 3}, "再来 3 次，即可升级金卡会员"),
        ({"next_points": Points(40)}, "再得 40 积分，即可升级金卡会员"),
        ({"next_spend": Money(12_000), "next_visits": 3}, "再消费 ￥120.00 或再来 3 次\n即可升级金卡会员"),
        (
            {"next_spend": Money(12_000), "next_visits": 3, "next_all": True},
            "再消费 ￥120.00，并再来 3 次\n即可升级金卡会员",
        ),
        ({"tier_until": dt.date(2026, 12, 31)}, "普通会员有效期至 2026-12-31"),
        (
            {"tier_until": dt.date(2026, 12, 31), "keep_spend": Money(5_000), "keep_points": Points(9)},
            "普通会员有效期至 2026-12-31\n再消费 ￥50.00 或再得 9 积分，即可保级",
        ),
    ],
)
def test_the_way_to_the_next_tier_and_what_keeps_this_one(changes, said):
    customer = contents.regular()
    sale = contents.sell(None, customer)
    assert sale.member is not None
    job = contents.content(sale, JobKind.SALE, customer)
    assert job.member is not None
    member = msgspec.structs.replace(sale.member, **({"next_spend": None, "next_visits": None} | changes))
    job = msgspec.structs.replace(
        job,
        body=msgspec.structs.replace(sale, member=member),
        member=msgspec.structs.replace(job.member, next_tier=LocalText("金卡会员", "Gold")),
    )
    assert said in receipt_text(job, contents.SHOP, ReceiptSettings(ZH_58.templates, PAPER_80))


def test_english_counts_one_visit():
    assert EN_80.templates.sale.member.visits_one.format(visits=1) == "1 more visit"


def test_an_erased_member_keeps_figures_without_a_name():
    customer = contents.regular()
    job = contents.content(contents.sell(None, customer), JobKind.SALE, customer)
    assert job.member is not None
    for member in (msgspec.structs.replace(job.member, name="", phone=""), None):
        text = receipt_text(msgspec.structs.replace(job, member=member), contents.SHOP, ZH_58)
        assert "积分余额" in text
        assert "138" not in text


def test_references_show_their_end_only():
    assert mask_reference("6222021234567890123") == "*0123"
    assert mask_reference("004217") == "004217"
    sale = contents.sell()
    card = Tender(TenderKind.BANK_CARD, sale.payable, sale.payable, reference="6222021234567890123")
    paid = msgspec.structs.replace(sale, tenders=(card,), change=Money(0))
    text = receipt_text(contents.content(paid, JobKind.SALE), contents.SHOP, ZH_58)
    assert "尾号 *0123" in text
    assert "6222" not in text
    assert "找零" not in text


def test_rates_and_amounts_are_written_as_people_do():
    assert [percent(rate) for rate in (0, 50, 105, 600, 1300)] == ["0%", "0.5%", "1.05%", "6%", "13%"]
    assert [amount(Money(fen)) for fen in (0, -40, 123_456_789)] == ["0.00", "-0.40", "1,234,567.89"]


@pytest.mark.parametrize("fen", [1, 99_999_999, 9_999_999_999])
@pytest.mark.parametrize("profile", [PAPER_58, PAPER_80])
def test_large_amounts_stay_in_one_piece(fen, profile):
    sale = msgspec.structs.replace(contents.sell(), payable=Money(fen))
    text = receipt_text(contents.content(sale, JobKind.SALE), contents.SHOP, ReceiptSettings(EN_80.templates, profile))
    assert amount(Money(fen)) in text


@pytest.mark.parametrize("charset", list(Charset))
def test_every_charset_prints_and_shows_the_same_text(charset):
    profile = msgspec.structs.replace(PAPER_80, charset=charset)
    job = contents.content(contents.sell(None, contents.regular()), JobKind.SALE, contents.regular())
    with_it = ReceiptSettings(ZH_58.templates, profile)
    assert not receipt_paper(job, contents.SHOP, with_it).problems
    assert receipt_text(job, contents.SHOP, with_it) == receipt_text(
        job, contents.SHOP, ReceiptSettings(ZH_58.templates, PAPER_80)
    )


def test_the_picture_is_made_of_the_bytes():
    job = contents.content(contents.sell(), JobKind.SALE)
    assert receipt_png(job, contents.SHOP, ZH_58).startswith(b"\x89PNG")
    assert receipt_bytes(job, contents.SHOP, ZH_58) == receipt_bytes(job, contents.SHOP, ZH_58)


def test_a_report_s_cash_adds_up_on_paper():
    shift = contents.shift_closed()
    text = receipt_text(contents.content(shift, JobKind.SHIFT_REPORT), contents.SHOP, ZH_58)
    found = {match[1]: match[2] for match in re.finditer(r"^(\S+) +(-?[\d,]+\.\d\d)$", text, re.MULTILINE)}
    parts = sum(minor(found[label]) for label in ("备用金", "现金收款净额", "现金存取"))
    assert parts == minor(found["应有现金"])
    assert minor(found["实点现金"]) - minor(found["应有现金"]) == -500
    assert re.search(r"短款 +-￥5\.00", text)


def test_z_report_names_the_whole_hash():
    text = receipt_text(contents.content(contents.day_closed(), JobKind.Z_REPORT), contents.SHOP, ZH_58)
    digits = contents.day_closed().head_before.hex()
    assert digits[:32] in text
    assert digits[32:] in text
    assert "日结 Z 0037" in text


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (ZH_58, [r"满额礼\s+\+100", r"满额礼：余额\s+10.00", r"满额礼：五元券\s+4 张", r"满额礼：洗车次卡\s+6 次"]),
        (
            EN_80,
            [r"满额礼\s+\+100", r"满额礼: balance\s+10.00", r"满额礼: 五元券\s+× 4", r"满额礼: 洗车次卡\s+uses: 6"],
        ),
    ],
)
def test_a_receipt_says_what_rules_gave(paper: ReceiptSettings, said: list[str]):
    shop = giving.till(giving.spend("full", each=True))
    sale = shop.sell(make.basket((giving.DRINK, 10)), giving.ANNA)
    text = receipt_text(contents.content(sale, JobKind.SALE), contents.SHOP, paper)
    for line in said:
        assert re.search(line, text), text
    assert sale.member is not None
    assert sale.member.points_after == Points(100)
