"""Words for the figures and the outcome of a day's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.screens.end_of_day.state import FigureCode, Verdict
from pos_app.ui.words import parts

if TYPE_CHECKING:
    from pos_app.ui.screens.end_of_day.state import FigureRow


def figure_words(row: FigureRow) -> str:
    """What a row of the comparison says."""
    if row.code is FigureCode.TENDER:
        return parts.word(parts.TENDERS, row.detail)
    words = {
        FigureCode.SALES: QCoreApplication.translate("EndOfDay", "Sales, count"),
        FigureCode.GROSS: QCoreApplication.translate("EndOfDay", "Sales"),
        FigureCode.REFUNDS: QCoreApplication.translate("EndOfDay", "Refunds and voids, count"),
        FigureCode.REFUNDED: QCoreApplication.translate("EndOfDay", "Given back"),
        FigureCode.POINTS_IN: QCoreApplication.translate("EndOfDay", "Points to members"),
        FigureCode.POINTS_OUT: QCoreApplication.translate("EndOfDay", "Points from members"),
        FigureCode.VALUE_IN: QCoreApplication.translate("EndOfDay", "Stored value in"),
        FigureCode.VALUE_OUT: QCoreApplication.translate("EndOfDay", "Stored value out"),
        FigureCode.RECORDS: QCoreApplication.translate("EndOfDay", "Records of the day"),
        FigureCode.HASH: QCoreApplication.translate("EndOfDay", "Hash of the last record"),
    }
    return words[row.code]


def verdict_words(verdict: Verdict) -> str:
    """The outcome as one big line."""
    words = {
        Verdict.ALONE: QCoreApplication.translate("EndOfDay", "The day is closed"),
        Verdict.WAITING: QCoreApplication.translate("EndOfDay", "The day is closed; head office is still to say"),
        Verdict.AGREED: QCoreApplication.translate("EndOfDay", "Equal to the fen and the point"),
        Verdict.SET_ASIDE: QCoreApplication.translate("EndOfDay", "Equal, and some of it set aside at head office"),
        Verdict.DIFFERS: QCoreApplication.translate("EndOfDay", "Head office has other figures"),
    }
    return words[verdict]


def verdict_chip(verdict: Verdict) -> str:
    """The outcome as a short word in a list."""
    words = {
        Verdict.ALONE: QCoreApplication.translate("EndOfDay", "no head office"),
        Verdict.WAITING: QCoreApplication.translate("EndOfDay", "waiting"),
        Verdict.AGREED: QCoreApplication.translate("EndOfDay", "equal"),
        Verdict.SET_ASIDE: QCoreApplication.translate("EndOfDay", "set aside"),
        Verdict.DIFFERS: QCoreApplication.translate("EndOfDay", "differs"),
    }
    return words[verdict]


#: Sign and tone of an outcome.
VERDICT_SIGNS = {
    Verdict.ALONE: ("success", "success"),
    Verdict.WAITING: ("waiting", "warning"),
    Verdict.AGREED: ("success", "success"),
    Verdict.SET_ASIDE: ("warning", "warning"),
    Verdict.DIFFERS: ("danger", "danger"),
}


def day_note(verdict: Verdict, asked: str) -> str:
    """What is said of a day under its name in the list."""
    if verdict is Verdict.ALONE:
        return QCoreApplication.translate("EndOfDay", "Closed while this till worked by itself")
    if not asked:
        return QCoreApplication.translate("EndOfDay", "Head office has not been asked yet; it is made up for by itself")
    return QCoreApplication.translate("EndOfDay", "Head office asked at {time}").format(time=asked)
