"""Words about gifts without a sale, and about who brought whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "reward.given": lambda: QCoreApplication.translate("Messages", "Given: {gifts}"),
    "reward.check_in_done": lambda: QCoreApplication.translate("Messages", "This member has checked in today already."),
    "reward.survey_done": lambda: QCoreApplication.translate(
        "Messages", "This member has taken part in the survey already."
    ),
    "reward.survey_unknown": lambda: QCoreApplication.translate(
        "Messages", "The programme knows no such survey. Choose one from the list."
    ),
    "reward.not_now": lambda: QCoreApplication.translate("Messages", "Nothing can be given now. {why}"),
    "reward.points_wrong": lambda: QCoreApplication.translate("Messages", "Give 1 to {limit} points."),
    "reward.reason_needed": lambda: QCoreApplication.translate(
        "Messages", "Say why in a few words, {limit} characters at most."
    ),
    "referrer.unknown": lambda: QCoreApplication.translate(
        "Messages", "The member who is said to have brought this one is not known. Find them again, or leave it empty."
    ),
    "referrer.refused": lambda: QCoreApplication.translate(
        "Messages", "This member cannot have brought the new one. {why}"
    ),
    "benefit.no_check_in": lambda: QCoreApplication.translate("Messages", "The shop gives nothing for checking in."),
    "benefit.check_in_done": lambda: QCoreApplication.translate("Messages", "Checked in today already."),
    "benefit.survey_done": lambda: QCoreApplication.translate("Messages", "Taken part already."),
}
