"""Invented states of the customer's screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from hardware.printers.barcodes import qr_matrix
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui.customer_screen.codes import matrix_image
from pos_app.ui.customer_screen.state import CustomerState, Scene, ShownLine

_LINES = (
    ShownLine("矿泉水 550ml", "2 × ¥2.00", Money(360), (("会员价", Money(40)),)),
    ShownLine("苹果（红富士）", "0.285 kg × ¥39.80", Money(1134)),
    ShownLine(
        "有机初榨特级橄榄油 1L 礼盒装（意大利原装进口）", "1 × ¥128.00", Money(10240), (("满100减20", Money(2560)),)
    ),
    ShownLine("Oatmeal Cookies 200 g <b>new</b>", "3 × ¥9.90", Money(2970)),
    ShownLine("纸巾 3 包", "12 × ¥1,299.00", Money(1_558_800)),
)
_MANY = tuple(replace(_LINES[number % 5], is_current=number == 13) for number in range(14))
_BASE = CustomerState(shop="惠民生鲜 · 文三路店", opening="欢迎光临，今日全场水果九折")
_MEMBER = replace(_BASE, greeting="王女士，您好", points=Points(12_480), wants_member=False)
_BASKET = replace(
    _MEMBER,
    scene=Scene.BASKET,
    lines=(*_LINES[:3], replace(_LINES[3], is_current=True)),
    pieces="4",
    saved=Money(2600),
    due=Money(14_704),
    total=Money(14_704),
    earns=Points(147),
)


@dataclass(frozen=True)
class CustomerShot:
    """One picture: its name, state, whether codes were set, and whether there are pictures for idle times."""

    name: str
    state: CustomerState
    codes: bool = True
    idle: bool = False


def codes() -> tuple[QImage, QImage]:
    """Codes to pay and to sign up by."""
    pay, join = "https://pay.example.com/s/3301-0042", "https://join.example.com/?shop=S001"
    return matrix_image(qr_matrix(pay.encode())), matrix_image(qr_matrix(join.encode()))


def idle_picture() -> QImage:
    """Something for idle times, of another shape than the screen."""
    image = QImage(1600, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    fade = QLinearGradient(0, 0, 1600, 900)
    fade.setColorAt(0, QColor("#f6d365"))
    fade.setColorAt(1, QColor("#fda085"))
    painter.fillRect(image.rect(), fade)
    font = painter.font()
    font.setPixelSize(160)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, "今日水果九折")
    painter.end()
    return image


SHOTS = (
    CustomerShot("customer_idle", _BASE),
    CustomerShot("customer_idle_plain", _BASE, codes=False),
    CustomerShot("customer_idle_picture", _BASE, idle=True),
    CustomerShot("customer_basket_member", _BASKET),
    CustomerShot("customer_basket_stranger", replace(_BASKET, greeting="", points=None, earns=None, wants_member=True)),
    CustomerShot(
        "customer_basket_long",
        replace(_BASKET, lines=_MANY, above=186, pieces="200", balance=Money(8600), saved=None, due=Money(123_456_789)),
    ),
    CustomerShot("customer_basket_middle", replace(_BASKET, lines=_MANY[:10] + _MANY[:4], above=3, below=40)),
    CustomerShot("customer_payment", replace(_BASKET, scene=Scene.PAYMENT)),
    CustomerShot(
        "customer_payment_rest",
        replace(
            _BASKET,
            scene=Scene.PAYMENT,
            due=Money(3904),
            paid=(("积分", Money(800)), ("储值余额", Money(10_000))),
        ),
        codes=False,
    ),
    CustomerShot(
        "customer_thanks",
        replace(
            _MEMBER,
            scene=Scene.THANKS,
            total=Money(14_704),
            change=Money(5296),
            saved=Money(2600),
            earns=Points(147),
            thanks="谢谢惠顾，欢迎再来",
        ),
    ),
    CustomerShot("customer_thanks_stranger", replace(_BASE, scene=Scene.THANKS, total=Money(14_704))),
    CustomerShot("customer_training", replace(_BASKET, training=True)),
)
