"""Invented states of goods to touch and of choosing."""

from __future__ import annotations

from gallery_sale import SELLING
from gallery_shot import Shot

from pos_app.domain.money import Money
from pos_app.ui.screens.choice.state import Choice, ChoiceState
from pos_app.ui.screens.goods.state import GoodsState, Tile
from pos_app.ui.state import Notice, Phase, Tone

CATEGORIES = (("drinks", "饮料"), ("snacks", "零食"), ("fruit", "水果"), ("services", "服务与代收"))
TILES = (
    Tile("1", "云岭 冰红茶 500ml", Money(350)),
    Tile("2", "新疆阿克苏冰糖心红富士苹果 礼盒装 特大果 12 枚 约 5 斤", Money(12_800)),
    Tile("3", "红富士苹果", Money(1_180), "kg"),
    Tile("4", "快递费", None),
)


def goods_shots() -> list[Shot]:
    selling = ("selling", SELLING)
    shown = GoodsState(CATEGORIES, "fruit", TILES, pieces="5 + 1.285 kg", payable=Money(10_894))
    added = GoodsState(
        CATEGORIES,
        "fruit",
        TILES,
        pieces="6",
        payable=Money(1_234_567),
        notice=Notice(Tone.SUCCESS, "goods.added", {"name": "红富士苹果"}),
    )
    choices = (
        Choice(0, "云岭 冰红茶 1L", "10023", Money(550)),
        Choice(1, "新疆阿克苏冰糖心红富士苹果 礼盒装 特大果 12 枚 约 5 斤", "20001", Money(12_800)),
        Choice(2, "王*", "138****1234", tier="金卡", tier_rank=2),
    )
    return [
        Shot("goods", "goods", shown),
        Shot("goods_added", "goods", added),
        Shot("goods_empty", "goods", GoodsState(phase=Phase.EMPTY, pieces="0", payable=Money(0))),
        Shot("choice", "choice", ChoiceState(choices, more=True), behind=selling),
    ]
