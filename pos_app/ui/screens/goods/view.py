"""Goods by touch: categories on the left, tiles in the middle, a pad for codes and numbers on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.formats import one_line
from pos_app.ui.screens.goods.state import GoodsState, Tile
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Figure, label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.rows import Row, RowList

_TILE_HEIGHT = 92
_COLUMNS, _COLUMNS_WIDE, _WIDE = 3, 6, 1500


class TileButton(Button):
    """A product as a button: its name on two lines, its price below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._tile: Tile | None = None
        self._price = ""
        self.setMinimumHeight(_TILE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tile(self) -> Tile | None:
        """What it stands for."""
        return self._tile

    def show_tile(self, tile: Tile, price: str) -> None:
        """Draw a product."""
        self._tile, self._price = tile, price
        self.setAccessibleName(f"{one_line(tile.name)} {price}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _TILE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._tile is None:
            return
        painter = QPainter(self)
        tokens = theme.tokens()
        font = fonts.sized(theme.SIZE_BODY)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color(tokens.text))
        inner = self.rect().adjusted(theme.SPACE_2, 6, -theme.SPACE_2, -6)
        names = QRect(inner.left(), inner.top(), inner.width(), 2 * metrics.height())
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        name = metrics.elidedText(one_line(self._tile.name), Qt.TextElideMode.ElideRight, 2 * inner.width() - 24)
        painter.drawText(names, flags, name)
        painter.setFont(fonts.sized(theme.SIZE_BODY, bold=True))
        painter.setPen(theme.color(tokens.accent))
        price = QRect(inner.left(), inner.bottom() - metrics.height(), inner.width(), metrics.height())
        painter.drawText(price, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._price)
        painter.end()


class GoodsView(ScreenView[GoodsState]):
    """Everything that is sold, to touch.

    Signals:
        category_requested: Key of a category.
        product_requested: Key of a product: one of it goes into the basket.
        input_requested: What was typed on the pad: a code, a phone number, ``3*``.
        pay_requested: Take payment.
    """

    category_requested = Signal(object)
    product_requested = Signal(object)
    input_requested = Signal(object)
    pay_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[TileButton] = []
        row = QHBoxLayout(self.body)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        row.setSpacing(theme.SPACE_3)
        self._categories = RowList()
        self._categories.setFixedWidth(176)
        self._categories.activated.connect(self.category_requested)
        self._categories.current_changed.connect(self._on_category)
        row.addWidget(self._categories)
        row.addWidget(self._build_grid(), 1)
        row.addWidget(self._build_side())
        self._back = self.bar.add("Esc")
        self._pay = self.bar.add("F9", "primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._pay.clicked.connect(self.pay_requested)
        self.retranslate()

    def _build_grid(self) -> QWidget:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setProperty("role", "window")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.SPACE_2, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE_2)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._scroll.setWidget(page)
        return self._scroll

    def _build_side(self) -> QWidget:
        card = Card()
        card.setFixedWidth(280)
        self._pieces = label("muted")
        self._payable = Figure("payable")
        self._box = TextBox("box", submits=True)
        self._box.submitted.connect(self._on_typed)
        self._message = InlineMessage(lines=2)
        self._pad = NumPad(last="*", key_height=56)
        self._pad.set_target(self._box)
        self._pad.entered.connect(self._on_typed)
        card.column.addWidget(self._pieces)
        card.column.addWidget(self._payable)
        card.column.addWidget(self._message)
        card.column.addStretch(1)
        card.column.addWidget(self._box)
        card.column.addWidget(self._pad)
        return card

    def retranslate(self) -> None:
        self._categories.setAccessibleName(self.tr("Categories"))
        self._box.setPlaceholderText(self.tr("Code, phone or 3*"))
        self._box.setAccessibleName(self.tr("Code, phone or 3*"))
        self._pad.set_enter_words(self.tr("Take"))
        self._message.show_hint(self.tr("Touch what is bought."))
        self._back.setText(self.tr("Back to the basket"))
        self._pay.setText(self.tr("Pay"))

    def focus_home(self) -> None:
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: GoodsState) -> None:
        blocked = self._categories.blockSignals(True)
        self._categories.set_rows([Row(key, name) for key, name in state.categories], state.phase)
        self._categories.select(state.category)
        self._categories.blockSignals(blocked)
        self._draw_tiles(state)
        self._pieces.setText(self.tr("Items: {count}").format(count=state.pieces or "0"))
        if state.payable is not None:
            self._payable.show_money(state.payable)
        self._message.show_notice(state.notice)
        self._pay.setEnabled(state.payable is not None and bool(state.pieces) and state.pieces != "0")

    def _draw_tiles(self, state: GoodsState) -> None:
        while len(self._tiles) < len(state.tiles):
            one = TileButton()
            one.clicked.connect(self._on_tile)
            self._tiles.append(one)
        columns = _COLUMNS_WIDE if self.width() >= _WIDE else _COLUMNS
        for number, one in enumerate(self._tiles):
            shown = number < len(state.tiles)
            one.setVisible(shown)
            if shown:
                tile = state.tiles[number]
                one.show_tile(tile, self._price_words(tile))
                self._grid.addWidget(one, number // columns, number % columns)
        for column in range(_COLUMNS_WIDE):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _price_words(self, tile: Tile) -> str:
        if tile.price is None:
            return self.tr("Price typed")
        return f"{tile.price.display()} / {tile.unit}" if tile.unit else tile.price.display()

    def _on_category(self, key: object) -> None:
        if key is not None and self._state is not None and key != self._state.category:
            self.category_requested.emit(key)

    def _on_tile(self) -> None:
        sender = self.sender()
        if isinstance(sender, TileButton) and sender.tile is not None:
            self.product_requested.emit(sender.tile.key)

    def _on_typed(self, _text: object = None) -> None:
        text = self._box.text().strip()
        self._box.clear()
        if text:
            self.input_requested.emit(text)
