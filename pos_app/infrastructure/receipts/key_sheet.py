"""The sheet of key codes as a document."""

from __future__ import annotations

from typing import Final

from hardware.printers.document import Align, Barcode, Cut, Divider, Document, Feed, Text
from pos_app.application.key_sheet import KEYS, key_prefix

#: What stands above each code: the key, and what it mostly does. The same on every sheet, in both languages.
_WORDS: Final = {
    "ENTER": "Enter  确定",
    "ESC": "Esc  返回",
    "DEL": "Del  删除",
    "BACK": "Backspace  退格",
    "UP": "上一行 Up",
    "DOWN": "下一行 Down",
    "SPACE": "空格 Space",
    "PLUS": "+  加一件",
    "MINUS": "-  减一件",
    "TIMES": "*  数量",
    "POINT": ".  小数点",
    "F1": "F1  帮助 Help",
    "F2": "F2  会员 Member",
    "F3": "F3  数量 Qty",
    "F4": "F4  折扣 Discount",
    "F5": "F5  挂单 Hold",
    "F6": "F6  取单 Recall",
    "F7": "F7  退货 Refund",
    "F8": "F8  权益 Benefits",
    "F9": "F9  结账 Pay",
    "F10": "F10  更多 More",
}


def key_sheet_document(name: str, mark: str) -> Document:
    """Every key with its code and the shop's mark in it, to be cut out or laid beside the till."""
    prefix = key_prefix(mark)
    elements: list[Text | Barcode | Divider | Feed | Cut] = [
        Text("扫码按键\nKey codes", align=Align.CENTER, bold=True, height_factor=2, width_factor=2),
        Text("扫一下，等于按一下。\nA scan presses the key.", align=Align.CENTER),
        Divider(),
    ]
    for key in KEYS:
        elements += [Text(_WORDS.get(key, key), align=Align.CENTER, bold=True), Barcode(f"{prefix}{key}"), Feed(1)]
    elements += [Feed(3), Cut()]
    return Document(tuple(elements), name)
