"""The pictures of the customer's screen: what is rung, what is to pay, thanks, and the shop while nobody is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect

from pos_app.ui.customer_screen.canvas import CENTER, LEFT, RIGHT
from pos_app.ui.customer_screen.codes import paint_code
from pos_app.ui.customer_screen.state import CustomerState, Scene
from pos_app.ui.customer_screen.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from pos_app.ui.customer_screen.canvas import Canvas
    from pos_app.ui.customer_screen.state import ShownLine

_MARGIN: Final = 28
_HEAD: Final = 64
_ROW: Final = 50
_ROW_TALL: Final = 78
_SIDE: Final = 360


class Pictures:
    """Images that were read before.

    Attributes:
        payment: Code to pay by, or None.
        sign_up: Code that leads to signing up, or None.
        idle: For idle times, or None.
    """

    def __init__(self) -> None:
        self.payment: QImage | None = None
        self.sign_up: QImage | None = None
        self.idle: QImage | None = None


def paint(canvas: Canvas, state: CustomerState, pictures: Pictures) -> None:
    """Paint a state. What it costs is bounded by the size of the screen, not by the basket."""
    canvas.painter.fillRect(canvas.area, canvas.color("window"))
    room = canvas.area
    if state.training:
        room = _paint_training(canvas, state)
    _SCENES[state.scene](canvas, room, state, pictures)


def _paint_training(canvas: Canvas, state: CustomerState) -> QRect:
    band = QRect(canvas.area)
    band.setHeight(canvas.px(40))
    canvas.painter.fillRect(band, canvas.color("training"))
    canvas.text(band, say(state.language, "training"), 22, "on_training", CENTER, bold=True)
    return canvas.area.adjusted(0, band.height(), 0, 0)


def _inside(canvas: Canvas, room: QRect) -> QRect:
    gap = canvas.px(_MARGIN)
    return room.adjusted(gap, canvas.px(12), -gap, -gap)


def _paint_head(canvas: Canvas, place: QRect, state: CustomerState) -> None:
    """Who is greeted, and what they have; the shop's name where nobody is known."""
    facts = []
    if state.points is not None:
        facts.append(say(state.language, "points").format(points=state.points.display()))
    if state.balance is not None:
        facts.append(say(state.language, "balance").format(amount=state.balance.display()))
    wide = canvas.text(place, "   ".join(facts), 26, "text", RIGHT)
    left = place.adjusted(0, 0, -wide - canvas.px(24) if wide else 0, 0)
    if state.greeting:
        canvas.text(left, state.greeting, 32, "accent", LEFT, bold=True, least=26)
    else:
        canvas.text(left, state.shop, 28, "muted", LEFT, least=22)


# The basket


def _paint_basket(canvas: Canvas, room: QRect, state: CustomerState, pictures: Pictures) -> None:
    inside = _inside(canvas, room)
    head = QRect(inside.left(), inside.top(), inside.width(), canvas.px(_HEAD))
    _paint_head(canvas, head, state)
    body = inside.adjusted(0, head.height() + canvas.px(4), 0, 0)
    side, gap = canvas.px(_SIDE), canvas.px(24)
    _paint_lines(canvas, body.adjusted(0, 0, -side - gap, 0), state)
    right = QRect(body.right() + 1 - side, body.top(), side, body.height())
    canvas.card(right)
    _paint_sums(canvas, right, state, pictures)


def _paint_lines(canvas: Canvas, place: QRect, state: CustomerState) -> None:
    canvas.card(place)
    inner = place.adjusted(canvas.px(20), canvas.px(10), -canvas.px(20), -canvas.px(10))
    note = canvas.px(34)
    lines, above, below = _fitting(canvas, inner.height() - 2 * note, inner.height(), state)
    y = inner.top()
    if above:
        words = say(state.language, "above").format(count=above)
        canvas.text(QRect(inner.left(), y, inner.width(), note), words, 20, "muted")
        y += note
    for line in lines:
        height = _height(canvas, line)
        ground = QRect(place.left(), y, place.width(), height)
        if line.is_current:
            canvas.painter.fillRect(ground, canvas.color("accent_soft"))
        _paint_line(canvas, QRect(inner.left(), y, inner.width(), height), line)
        y += height
    if below:
        words = say(state.language, "below").format(count=below)
        canvas.text(QRect(inner.left(), y, inner.width(), note), words, 20, "muted")


def _height(canvas: Canvas, line: ShownLine) -> int:
    return canvas.px(_ROW_TALL if line.is_tall else _ROW)


def _fitting(canvas: Canvas, tight: int, whole: int, state: CustomerState) -> tuple[list[ShownLine], int, int]:
    """The lines that fit, the last ones unless one before them was touched; and how many stand above and below."""
    lines = list(state.lines)
    if not state.above and not state.below and sum(_height(canvas, each) for each in lines) <= whole:
        return lines, 0, 0
    touched = next((number for number, each in enumerate(lines) if each.is_current), len(lines) - 1)
    first, last, used = touched, touched + 1, _height(canvas, lines[touched])
    # Downwards first: what was rung last is what the customer looks for.
    while last < len(lines) and used + _height(canvas, lines[last]) <= tight:
        used += _height(canvas, lines[last])
        last += 1
    while first > 0 and used + _height(canvas, lines[first - 1]) <= tight:
        first -= 1
        used += _height(canvas, lines[first])
    return lines[first:last], state.above + first, state.below + len(lines) - last


def _paint_line(canvas: Canvas, place: QRect, line: ShownLine) -> None:
    row = QRect(place.left(), place.top(), place.width(), canvas.px(_ROW))
    wide = canvas.text(row, line.amount.display(), 28, "text", RIGHT)
    canvas.text(row.adjusted(0, 0, -wide - canvas.px(20), 0), line.name, 26)
    if not line.is_tall:
        return
    under = QRect(place.left(), row.bottom() - canvas.px(6), place.width(), canvas.px(30))
    wide = canvas.text(under, line.measure, 20, "muted")
    words = "   ".join(f"{name} −{off.display()}" for name, off in line.reductions)
    canvas.text(under.adjusted(wide + canvas.px(20) if wide else 0, 0, 0, 0), words, 20, "success")


def _paint_sums(canvas: Canvas, card: QRect, state: CustomerState, pictures: Pictures) -> None:
    """On the right: what is saved and earned above, a code where there is room, and below what it costs."""
    inner = card.adjusted(canvas.px(22), canvas.px(16), -canvas.px(22), -canvas.px(16))
    y = inner.top()
    row = canvas.px(46)
    if state.saved:
        place = QRect(inner.left(), y, inner.width(), row)
        _words(canvas, place, say(state.language, "saved"), state.saved.display(), "success")
        y += row
    if state.earns is not None and state.earns.count:
        place = QRect(inner.left(), y, inner.width(), row)
        _words(canvas, place, say(state.language, "earns"), state.earns.display(), "text")
        y += row
    sum_height = canvas.px(132)
    total = QRect(inner.left(), inner.bottom() - sum_height, inner.width(), sum_height)
    if state.wants_member and pictures.sign_up is not None:
        between = QRect(inner.left(), y, inner.width(), total.top() - y - canvas.px(12))
        paint_code(canvas, between, pictures.sign_up, say(state.language, "scan_to_join"))
    canvas.line(inner.left(), inner.right(), total.top())
    half = canvas.px(44)
    words = QRect(total.left(), total.top() + canvas.px(6), total.width(), half)
    canvas.text(words, say(state.language, "due"), 26, "muted")
    if state.pieces:
        canvas.text(words, say(state.language, "pieces").format(pieces=state.pieces), 22, "muted", RIGHT)
    if state.due is not None:
        canvas.text(total.adjusted(0, half, 0, 0), state.due.display(), 68, "text", RIGHT, bold=True, least=30)


def _words(canvas: Canvas, place: QRect, words: str, figure: str, tone: str) -> None:
    wide = canvas.text(place, figure, 28, tone, RIGHT, bold=True)
    canvas.text(place.adjusted(0, 0, -wide - canvas.px(10), 0), words, 24, "muted", least=17)


# Paying


def _paint_payment(canvas: Canvas, room: QRect, state: CustomerState, pictures: Pictures) -> None:
    inside = _inside(canvas, room)
    head = QRect(inside.left(), inside.top(), inside.width(), canvas.px(_HEAD))
    _paint_head(canvas, head, state)
    body = inside.adjusted(0, head.height() + canvas.px(4), 0, 0)
    code = pictures.payment if state.due else None
    left = QRect(body)
    if code is not None:
        side = min(body.height(), canvas.px(440))
        left.setRight(body.right() - side - canvas.px(24))
        card = QRect(body.right() + 1 - side, body.top(), side, body.height())
        canvas.card(card)
        gap = canvas.px(24)
        paint_code(canvas, card.adjusted(gap, gap, -gap, -gap // 2), code, say(state.language, "scan_to_pay"))
    canvas.card(left)
    _paint_owed(canvas, left.adjusted(canvas.px(28), canvas.px(20), -canvas.px(28), -canvas.px(20)), state)


def _paint_owed(canvas: Canvas, inner: QRect, state: CustomerState) -> None:
    word = say(state.language, "still_to_pay" if state.paid else "to_pay")
    canvas.text(QRect(inner.left(), inner.top(), inner.width(), canvas.px(44)), word, 30, "muted")
    due = QRect(inner.left(), inner.top() + canvas.px(44), inner.width(), canvas.px(120))
    if state.due is not None:
        canvas.text(due, state.due.display(), 92, "text", LEFT, bold=True, least=40)
    rows: list[tuple[str, str, str]] = []
    if state.paid and state.total is not None:
        rows.append((say(state.language, "due"), state.total.display(), "text"))
        rows += [(words, f"−{amount.display()}", "text") for words, amount in state.paid]
    if state.saved:
        rows.append((say(state.language, "saved"), state.saved.display(), "success"))
    if state.earns is not None and state.earns.count:
        rows.append((say(state.language, "earns"), state.earns.display(), "text"))
    _paint_rows(canvas, inner.adjusted(0, due.bottom() - inner.top() + canvas.px(8), 0, 0), rows)


def _paint_rows(canvas: Canvas, place: QRect, rows: list[tuple[str, str, str]]) -> None:
    height = canvas.px(46)
    for number, (words, figure, tone) in enumerate(rows[: place.height() // height]):
        y = place.top() + number * height
        canvas.line(place.left(), place.right(), y)
        _words(canvas, QRect(place.left(), y, place.width(), height), words, figure, tone)


# Thanks, and nobody


def _paint_thanks(canvas: Canvas, room: QRect, state: CustomerState, pictures: Pictures) -> None:
    inside = _inside(canvas, room)
    code = pictures.sign_up if state.wants_member else None
    left = QRect(inside)
    if code is not None:
        side = canvas.px(320)
        left.setRight(inside.right() - side - canvas.px(32))
        right = QRect(inside.right() + 1 - side, inside.top(), side, inside.height())
        place = QRect(right.left(), right.center().y() - side // 2, side, side + canvas.px(44))
        paint_code(canvas, place, code, say(state.language, "scan_to_join"))
    y = left.top() + left.height() // 10
    thanks = state.thanks or say(state.language, "thanks")
    canvas.text(QRect(left.left(), y, left.width(), canvas.px(64)), thanks, 44, "accent", CENTER, bold=True, least=26)
    y += canvas.px(96)
    amount = state.change if state.change is not None else state.total
    word = say(state.language, "change" if state.change is not None else "paid")
    canvas.text(QRect(left.left(), y, left.width(), canvas.px(40)), word, 28, "muted", CENTER)
    y += canvas.px(40)
    if amount is not None:
        place = QRect(left.left(), y, left.width(), canvas.px(124))
        canvas.text(place, amount.display(), 100, "success", CENTER, bold=True, least=40)
    y += canvas.px(148)
    rows: list[tuple[str, str, str]] = []
    if state.saved:
        rows.append((say(state.language, "saved"), state.saved.display(), "success"))
    if state.earns is not None:
        rows.append((say(state.language, "earned"), state.earns.display(), "text"))
    if state.points is not None:
        rows.append((say(state.language, "points_now"), state.points.display(), "text"))
    wide = min(left.width(), canvas.px(520))
    _paint_rows(canvas, QRect(left.center().x() - wide // 2, y, wide, left.bottom() - y), rows)


def _paint_idle(canvas: Canvas, room: QRect, state: CustomerState, pictures: Pictures) -> None:
    if pictures.idle is not None:
        canvas.picture(room, pictures.idle)
        return
    inside = _inside(canvas, room)
    code = pictures.sign_up
    high = canvas.px(300) if code is not None else 0
    y = inside.center().y() - (canvas.px(160) + high) // 2
    shop = QRect(inside.left(), y, inside.width(), canvas.px(92))
    canvas.text(shop, state.shop, 64, "text", CENTER, bold=True, least=32)
    opening = QRect(inside.left(), shop.bottom(), inside.width(), canvas.px(60))
    canvas.text(opening, state.opening, 34, "accent", CENTER, least=22)
    if code is not None:
        place = QRect(inside.left(), opening.bottom() + canvas.px(20), inside.width(), high - canvas.px(10))
        paint_code(canvas, place, code, say(state.language, "scan_to_join"))


_SCENES: Final[dict[Scene, Callable[[Canvas, QRect, CustomerState, Pictures], None]]] = {
    Scene.IDLE: _paint_idle,
    Scene.BASKET: _paint_basket,
    Scene.PAYMENT: _paint_payment,
    Scene.THANKS: _paint_thanks,
}
