"""Invented states of the sheet of benefits: every list, empty and full, and what it asks for."""

from __future__ import annotations

from gallery_sale import SELLING
from gallery_shot import Shot

from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import Ask, BenefitsState
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.ui.widgets.rows import Row

COUNTS = ((st.COUPONS, 3), (st.REDEEM, 2), (st.CARDS, 1), (st.TAKE_PART, 1))
SALE = (
    Row(0, "会员价", figure="−¥2.40", chip="已享受", chip_tone="success"),
    Row(1, "满100减20", "还差 ¥12.00 可享下一档"),
    Row(2, "金卡98折", "同样的商品已用更优惠的。"),
    Row(3, "会员日生鲜97折", "今天不是这个活动日。"),
)
COUPONS = (
    Row("a", "满50减10代金券", "12-31 到期 · 不含烟酒", "−¥10.00", "本单可省", ticked=True),
    Row("b", "生鲜九折券", "11-30 到期", "−¥4.20", "本单可省", chip="3 张", ticked=False),
    Row("c", "洗护第二件半价券", "购物篮里没有适用的商品。", "", ticked=False, enabled=False),
    Row(
        "d",
        "新疆阿克苏冰糖心红富士苹果礼盒装特大果十二枚专享八五折优惠券",
        "还差 ¥38.00",
        "",
        ticked=False,
        enabled=False,
    ),
)
LADDERS = (
    Row("a", "充 ¥1,000 送 ¥100", "余额将为 ¥1,186.00", "¥1,000.00", chip="最划算", chip_tone="success"),
    Row("b", "充 ¥500 送 ¥30", "余额将为 ¥616.00", "¥500.00"),
    Row("c", "其他金额", "最低 ¥10.00"),
    Row("d", "礼品卡 ¥200", "扫一张新卡", "¥200.00"),
)
REDEEM = (
    Row("a", "保温杯", "库存 12 · 每人每月 1 个", "500 分", chip="可兑换", chip_tone="success"),
    Row("b", "换购 洗衣液 2kg", "积分 + 现金", "200 分 + ¥9.90"),
    Row("c", "幸运抽奖", "今天还可抽 1 次", "50 分"),
    Row("d", "礼盒", "还差 220 分", "1,500 分", enabled=False),
)


def benefits_shots() -> list[Shot]:
    selling = ("selling", SELLING)

    def shot(name: str, state: BenefitsState) -> Shot:
        return Shot(name, "benefits", state, behind=selling)

    foot = "积分抵现  ·  800 积分可抵 ¥8.00"
    balance = "储值余额 ¥86.00（本金 50.00 赠送 36.00）"
    refused = Notice(Tone.DANGER, "basket.offering_fixed")
    return [
        shot("benefits", BenefitsState(st.SALE, COUNTS, SALE, foot=foot, primary="用积分付款", can_explain=True)),
        shot("benefits_none", BenefitsState(phase=Phase.EMPTY, empty="店里没有优惠。")),
        shot("benefits_coupons", BenefitsState(st.COUPONS, COUNTS, COUPONS, primary="用最划算的", can_explain=True)),
        shot(
            "benefits_recharge",
            BenefitsState(st.RECHARGE, COUNTS, LADDERS, foot=balance),
        ),
        shot(
            "benefits_amount",
            BenefitsState(st.RECHARGE, COUNTS, LADDERS, ask=Ask("充值多少？", is_amount=True), notice=refused),
        ),
        shot("benefits_redeem", BenefitsState(st.REDEEM, COUNTS, REDEEM, foot="可用积分 1,280")),
        shot(
            "benefits_nobody",
            BenefitsState(st.CARDS, phase=Phase.EMPTY, empty="还没有会员", hint="扫会员卡，或输入手机号。"),
        ),
    ]
