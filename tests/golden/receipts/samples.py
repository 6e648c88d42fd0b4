"""The golden receipts: a member sale, in Chinese and English, as the till prints it."""

from __future__ import annotations

from hardware.printers.document import (
    Align,
    Barcode,
    Cell,
    Columns,
    Cut,
    Divider,
    Document,
    DrawerPulse,
    Element,
    Feed,
    QrCode,
    Text,
)

RECEIPT_NUMBER = "GT-A1-260115-000123-K"


_NARROW_COLUMNS = 32


def _item(name: str, quantity: str, price: str, amount: str, columns: int) -> tuple[Element, ...]:
    """Return one line on wide paper, two on narrow paper, where a name would have eight columns left."""
    right = Align.RIGHT
    if columns > _NARROW_COLUMNS:
        return (Columns((Cell(name), Cell(quantity, 6, right), Cell(price, 8, right), Cell(amount, 9, right))),)
    return (Text(name), Columns((Cell(quantity, 8, right), Cell(price, 0, right), Cell(amount, 10, right))))


def _row(name: str, value: str, *, bold: bool = False) -> Columns:
    return Columns((Cell(name), Cell(value, 12, Align.RIGHT)), bold=bold)


def chinese(columns: int) -> Document:
    elements: tuple[Element, ...] = (
        DrawerPulse(),
        Text("柜台示范店", align=Align.CENTER, bold=True, width_factor=2, height_factor=2),
        Text("杭州市西湖区文三路 90 号 · 0571-88880000", align=Align.CENTER),
        Divider(),
        Text("单号 " + RECEIPT_NUMBER),
        Text("2026-01-15 14:05   收银员 01 小李"),
        Divider(),
        *_item("商品", "数量", "单价", "金额", columns),
        *_item("农夫山泉饮用天然水 550ml", "2", "2.00", "4.00", columns),
        Text("  会员价 −0.40"),
        *_item("红富士苹果", "0.285", "39.80", "11.34", columns),
        *_item("老干妈风味豆豉油制辣椒 280g 玻璃瓶装", "12", "10.90", "130.80", columns),
        *_item("雀巢 Nescafé 咖啡 1+2 原味 100 条", "1", "99.90", "99.90", columns),
        Divider(),
        _row("合计", "¥246.04"),
        _row("会员优惠", "−¥0.40"),
        _row("积分抵扣 800 分", "−¥8.00"),
        Columns((Cell("应收"), Cell("¥237.64", 14, Align.RIGHT)), bold=True),
        _row("现金", "¥240.00"),
        _row("找零", "¥2.36"),
        Divider(),
        Text("会员 王* 138****1234  金卡", underline=True),
        _row("原有积分", "1,280"),
        _row("本次使用", "−800"),
        _row("本次获得（消费 1 元 1 分 ×1.5）", "+356"),
        _row("积分余额", "836", bold=True),
        Text("30 天内到期 200 分；再消费 ¥120.00 升级白金卡。"),
        Feed(1),
        QrCode(RECEIPT_NUMBER),
        Text("凭此码退换货", align=Align.CENTER),
        Text("谢谢惠顾！", align=Align.CENTER, height_factor=2),
        Cut(),
    )
    return Document(elements, title="销售小票")


def english(columns: int) -> Document:
    elements: tuple[Element, ...] = (
        DrawerPulse(pin=5, on_ms=120, off_ms=240),
        Text("Guitai Demo Shop", align=Align.CENTER, bold=True, width_factor=2),
        Text("90 Wensan Road, Hangzhou", align=Align.CENTER),
        Divider("="),
        Text(f"No. {RECEIPT_NUMBER}"),
        *_item("Item", "Qty", "Price", "Amount", columns),
        *_item("Spring water 550 ml", "2", "2.00", "4.00", columns),
        *_item("Fuji apples", "0.285", "39.80", "11.34", columns),
        *_item("Ultra-comfortable noise-cancelling headphones", "1", "1299.00", "1,299.00", columns),
        Divider(),
        _row("PAYABLE", "¥1,314.34", bold=True),
        _row("Card", "¥1,314.34"),
        Divider(),
        _row("Points before", "1,280"),
        _row("Earned (1 per yuan)", "+1,314"),
        _row("Points balance", "2,594", bold=True),
        Feed(1),
        Barcode(RECEIPT_NUMBER),
        Text("Thank you • see you soon", align=Align.CENTER),
        Cut(),
    )
    return Document(elements, title="Receipt")


DOCUMENTS = {"zh": chinese, "en": english}
