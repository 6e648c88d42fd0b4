"""Invented states of a sale: basket, member, payment, sheets."""

from __future__ import annotations

from dataclasses import replace

from gallery_shot import HEADER_OFFLINE, Shot

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.quantity import Quantity
from pos_app.runtime.weighing import Weight, WeightState
from pos_app.ui.screens.approval.state import ApprovalState
from pos_app.ui.screens.help.state import HelpState
from pos_app.ui.screens.line_edit.state import DiscountKind, Edit, LineEditState, OnScale
from pos_app.ui.screens.open_shift.state import OpenShiftState
from pos_app.ui.screens.payment.state import (
    CARD,
    CASH,
    GIFT_CARD,
    KINDS,
    MOBILE,
    POINTS,
    STORED_VALUE,
    PaymentState,
    TenderTaken,
)
from pos_app.ui.screens.recall.state import HeldSale, RecallState
from pos_app.ui.screens.selling.state import MemberState, Missing, Offer, SellingState
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.ui.widgets.basket import BasketLine

LINES = (
    BasketLine(
        1, "农夫山泉 饮用天然水 550ml", Quantity.pieces(2), Money(360), Money(200), reductions=(("会员价", Money(40)),)
    ),
    BasketLine(2, "红富士苹果", Quantity(285), Money(1134), Money(3980), unit="kg"),
    BasketLine(3, "金龙鱼 东北大米 5kg 真空装 长粒香 2026 新米", Quantity.pieces(1), Money(4990), Money(4990)),
    BasketLine(
        4,
        "蒙牛 特仑苏 纯牛奶 250ml×12",
        Quantity.pieces(1),
        Money(5610),
        Money(6600),
        reductions=(("金卡 95 折", Money(330)), ("满60减6.6", Money(660))),
    ),
    BasketLine(5, "五花肉", Quantity(1_285), Money(4369), Money(3400), unit="kg", note="改价：称重标签破损"),
    BasketLine(6, "塑料袋（大）", Quantity.pieces(2), Money(60), Money(30)),
)
MEMBER = MemberState(
    key="m1",
    name="王*",
    phone="138****1234",
    tier="金卡",
    tier_rank=2,
    points=Points(1_280),
    next_tier="白金卡",
    next_missing=Missing(Money(12_000)),
    next_share_bp=8_800,
    tier_until="2026-12-31",
    keep_missing=Missing(Money(30_000), visits=4, all_of=True),
    points_worth=Money(800),
    points_usable=Points(800),
    expiring=Points(200),
    earns=Points(247),
    offers=(
        Offer("o1", "满50减10代金券", worth=Money(1000), used=True),
        Offer("o2", "800 积分抵 ¥8.00"),
        Offer("o3", "满100减20", Money(1200)),
    ),
    favourites=("特仑苏纯牛奶", "红富士苹果", "五花肉"),
    last_visit="11-03",
    as_of="14:02",
    own_records=2,
    birthday="11-25",
    birthday_near=True,
)
SELLING = SellingState(
    lines=LINES,
    payable=Money(16_523),
    saved=Money(1_030),
    pieces="6 件 + 1.570 kg",
    member=MEMBER,
    held=2,
    can_pay=True,
)
#: The most there can be: long names, large figures.
SELLING_FULL = SellingState(
    lines=tuple(
        BasketLine(
            n,
            f"飞天茅台 53 度 500ml 收藏礼盒 {n} 号",
            Quantity(9_999_000),
            Money(9_999_999_99),
            Money(12_345_678),
            reductions=(("会员日 八八折", Money(123_456)), ("满10000减1000", Money(100_000))) if n % 3 == 0 else (),
        )
        for n in range(1, 31)
    ),
    payable=Money(12_345_678_90),
    saved=Money(1_234_567_89),
    pieces="299,970",
    member=replace(
        MEMBER,
        name="欧阳**",
        tier="白金尊享卡",
        tier_rank=3,
        next_tier="",
        points=Points(12_345_678),
        stored_value=Money(1_234_567_89),
        coupons=128,
        points_worth=Money(1_234_500),
        expiring=Points(1_234_567),
        earns=Points(123_456),
        temporary=True,
        offers=(
            Offer("o1", "会员日全场满1000减200可叠加使用", Money(123_456_00)),
            Offer("o2", "可用 1,234,500 积分抵 ¥12,345.00"),
            Offer("o3", "生日礼包"),
        ),
    ),
    notice=Notice(Tone.DANGER, "input.wrong_check_digit"),
    held=12,
    can_pay=True,
)
PAYMENT = PaymentState(
    total=Money(16_523),
    remaining=Money(16_523),
    kinds=(CASH, CARD, MOBILE, POINTS),
    suggestions=(Money(16_523), Money(16_600), Money(17_000), Money(18_000), Money(20_000)),
    points_usable=Points(800),
    points_worth=Money(800),
    member="王*  138****1234",
)


def sale_shots() -> list[Shot]:
    selling = ("selling", SELLING)
    return [
        Shot("open_shift", "open_shift", OpenShiftState("李娜", 128, Money(50_000), "昨天 22:07 王建国")),
        Shot(
            "open_shift_bad",
            "open_shift",
            OpenShiftState("李娜", 128, Money(50_001), notice=Notice(Tone.DANGER, "money.unreadable")),
        ),
        Shot("selling_empty", "selling", SellingState()),
        Shot("selling", "selling", SELLING),
        Shot(
            "selling_training", "selling", replace(SELLING, notice=Notice(Tone.WARNING, "training.on")), training=True
        ),
        Shot("selling_full", "selling", SELLING_FULL, HEADER_OFFLINE),
        Shot("selling_members_failed", "selling", replace(SELLING, member=None, member_phase=Phase.FAILED)),
        Shot("selling_change", "selling", SellingState(change=Money(3_477), last_number="0002-000128")),
        Shot("payment", "payment", PAYMENT),
        Shot(
            "payment_mixed",
            "payment",
            replace(
                PAYMENT,
                remaining=Money(5_723),
                kind=MOBILE,
                reference_wanted=True,
                tenders=(
                    TenderTaken(1, POINTS, Money(800), "800 积分"),
                    TenderTaken(2, CASH, Money(10_000)),
                ),
                suggestions=(Money(5_723),),
                notice=Notice(Tone.DANGER, "money.too_fine"),
            ),
        ),
        Shot(
            "payment_stored",
            "payment",
            replace(
                PAYMENT,
                kinds=KINDS,
                kind=STORED_VALUE,
                stored_worth=Money(8_600),
                keeps_change=True,
                tenders=(TenderTaken(1, GIFT_CARD, Money(5_000), "*3142"),),
                remaining=Money(11_523),
                suggestions=(),
            ),
        ),
        Shot(
            "payment_gift_card",
            "payment",
            replace(
                PAYMENT, kinds=KINDS, kind=GIFT_CARD, card_wanted=True, keeps_change=False, suggestions=(), member=""
            ),
        ),
        Shot(
            "payment_offline",
            "payment",
            replace(
                PAYMENT,
                kinds=(CASH, CARD, MOBILE),
                unavailable=(POINTS, STORED_VALUE, GIFT_CARD),
                standing=Notice(
                    Tone.WARNING, "spend.offline_tenders", {"assets": ("points", "stored_value", "gift_card")}
                ),
                points_usable=None,
                points_worth=None,
            ),
            HEADER_OFFLINE,
        ),
        Shot(
            "payment_asking",
            "payment",
            replace(
                PAYMENT,
                kinds=KINDS,
                tenders=(TenderTaken(1, STORED_VALUE, Money(16_523)),),
                remaining=Money(0),
                suggestions=(),
                points_usable=None,
                points_worth=None,
                notice=Notice(Tone.INFO, "spend.asking"),
                busy=True,
                asking=True,
            ),
        ),
        Shot(
            "payment_declined",
            "payment",
            replace(
                PAYMENT,
                kinds=KINDS,
                stored_worth=Money(8_600),
                notice=Notice(Tone.DANGER, "spend.declined", {"asset": "stored_value", "available": Money(1_250)}),
            ),
        ),
        Shot(
            "payment_no_answer",
            "payment",
            replace(
                PAYMENT,
                kinds=KINDS,
                tenders=(TenderTaken(1, POINTS, Money(800), "800"), TenderTaken(2, CASH, Money(15_723))),
                remaining=Money(0),
                suggestions=(),
                points_usable=None,
                points_worth=None,
                notice=Notice(Tone.WARNING, "spend.no_answer", {"asset": "points"}),
            ),
        ),
        Shot(
            "payment_done",
            "payment",
            replace(
                PAYMENT,
                done=True,
                remaining=Money(0),
                change=Money(3_477),
                number="0002-20261122-000128",
                points_earned=Points(247),
                points_balance=Points(1_527),
            ),
        ),
        Shot(
            "line_quantity",
            "line_edit",
            LineEditState(Edit.QUANTITY, LINES[0].name, Quantity.pieces(2), "", Money(200), Money(360)),
            behind=selling,
        ),
        Shot(
            "line_weight",
            "line_edit",
            LineEditState(
                Edit.QUANTITY,
                LINES[1].name,
                None,
                "kg",
                Money(3980),
                Money(3980),
                scale=OnScale(Weight(WeightState.STABLE, 285)),
            ),
            behind=selling,
        ),
        Shot(
            "line_weight_moving",
            "line_edit",
            LineEditState(
                Edit.QUANTITY,
                LINES[1].name,
                None,
                "kg",
                Money(3980),
                Money(3980),
                notice=Notice(Tone.DANGER, "scale.moving"),
                scale=OnScale(Weight(WeightState.MOVING, 1_285), tare_g=25),
            ),
            behind=selling,
        ),
        Shot(
            "line_weight_gone",
            "line_edit",
            LineEditState(
                Edit.QUANTITY, LINES[1].name, Quantity(285), "kg", Money(3980), Money(1134), scale=OnScale(None)
            ),
            behind=selling,
        ),
        Shot(
            "line_price",
            "line_edit",
            LineEditState(
                Edit.PRICE,
                LINES[4].name,
                Quantity(1_285),
                "kg",
                Money(3400),
                Money(4369),
                reasons=((1, "标签错误"), (2, "临期"), (3, "破损"), (4, "其他")),
                reason=3,
                approval_needed=True,
            ),
            behind=selling,
        ),
        Shot(
            "line_discount",
            "line_edit",
            LineEditState(
                Edit.DISCOUNT,
                LINES[2].name,
                Quantity.pieces(1),
                "",
                Money(4990),
                Money(4990),
                discount=DiscountKind.WHOLE_AMOUNT,
                reasons=((1, "临期"), (2, "破损"), (3, "老顾客"), (4, "其他")),
                notice=Notice(Tone.DANGER, "discount.out_of_range"),
                approval_needed=True,
            ),
            behind=selling,
        ),
        Shot(
            "approval",
            "approval",
            ApprovalState("price", "五花肉  34.00 → 30.00", (("s2", "王建国"), ("s3", "欧阳晓丽")), "s2"),
            behind=selling,
        ),
        Shot(
            "recall",
            "recall",
            RecallState(
                (
                    HeldSale(1, "农夫山泉 饮用天然水 550ml …", "14:02", "李娜", 6, Money(16_523), "王*"),
                    HeldSale(2, "海天 酱油 1.28L …", "13:47", "王建国", 12, Money(1_286_05)),
                )
            ),
            behind=selling,
        ),
        Shot("recall_empty", "recall", RecallState(), behind=selling),
        Shot(
            "help",
            "help",
            HelpState((*((f"F{n}", f"会员 {n}") for n in range(2, 11)), ("+  −", "增减当前行数量"))),
            behind=selling,
        ),
    ]
