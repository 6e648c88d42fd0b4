"""Words about spending that head office is asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "spend.asking": lambda: QCoreApplication.translate("Messages", "Head office is being asked…"),
    "spend.called_off": lambda: QCoreApplication.translate(
        "Messages", "Called off. Nothing was used; choose how to pay."
    ),
    "spend.declined": lambda: QCoreApplication.translate(
        "Messages", "Head office has only {available} left ({asset}). Pay the rest another way, or leave it out."
    ),
    "spend.offline": lambda: QCoreApplication.translate(
        "Messages", "Offline: {asset} cannot be used. Pay another way or leave it out; the member keeps it."
    ),
    "spend.offline_tenders": lambda: QCoreApplication.translate(
        "Messages", "Offline: {assets} cannot pay now. The member keeps them; everything else goes on."
    ),
    "spend.no_answer": lambda: QCoreApplication.translate(
        "Messages", "No answer from head office ({asset}). Take again to ask again, or take it out and pay another way."
    ),
    "spend.unsettled": lambda: QCoreApplication.translate(
        "Messages", "The member's account is changing at this moment. Take again to try again."
    ),
}
