"""What a Z report says of head office: that it has the same, what differs, or what is still to be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pos_app.application.end_of_day import DayState, state_of
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.infrastructure.receipts.sheet import amount
from pos_app.infrastructure.receipts.template_parts import Style

if TYPE_CHECKING:
    from pos_app.application.end_of_day import KeptDay
    from pos_app.domain.ledger.run_figures import RunFigures
    from pos_app.infrastructure.receipts.report_templates import DayWords, ReportStyle
    from pos_app.infrastructure.receipts.sheet import Sheet

_SHORT_HASH: Final = 8
_Figure = tuple[str, str, str]


class DayBlock:
    """Makes the block."""

    def __init__(
        self,
        sheet: Sheet,
        words: DayWords,
        style: ReportStyle,
        *,
        moment: Callable[[dt.datetime], str],
        tender_name: Callable[[str], str],
        zone: dt.tzinfo | None,
    ) -> None:
        self._sheet = sheet
        self._words = words
        self._style = style
        self._moment = moment
        self._tender_name = tender_name
        self._zone = zone

    def make(self, day: KeptDay) -> None:
        """Print what is remembered of a day's comparison."""
        words, sheet, said = self._words, self._sheet, day.comparison
        state = state_of(said)
        sheet.text(words.heading, self._style.heading)
        if day.asked_ms is not None:
            sheet.row(words.asked, self._moment(dt.datetime.fromtimestamp(day.asked_ms / 1000, tz=self._zone)))
        if said.there is None:
            sheet.centred(words.waiting if day.waiting else words.later, Style.BOLD)
            if day.waiting:
                sheet.row(words.to_send, f"{day.waiting:,}")
            sheet.row(words.records, f"{said.last_seq - said.first_seq + 1:,}")
            sheet.row(words.hash_here, said.here_hash.hex()[:_SHORT_HASH])
            return
        verdicts = {
            DayState.AGREED: words.equal,
            DayState.SET_ASIDE: words.equal,
            DayState.WAITING: words.booking,
            DayState.DIFFERS: words.differs,
        }
        sheet.centred(verdicts[state], Style.BOLD)
        differing = state is DayState.DIFFERS
        for label, here, there in self._figures(said.here, said.there):
            if not differing:
                sheet.row(label, there)
            elif here != there:
                sheet.row(label, here)
                sheet.row(words.there, there, self._style.sum, indent=2)
        sheet.row(words.records, f"{said.last_seq - said.first_seq + 1:,}")
        sheet.row(words.hash_here, said.here_hash.hex()[:_SHORT_HASH])
        sheet.row(words.hash_there, said.there_hash.hex()[:_SHORT_HASH])
        if said.set_aside:
            sheet.row(words.set_aside, f"{len(said.set_aside):,}", self._style.sum)

    def _figures(self, here: RunFigures, there: RunFigures) -> list[_Figure]:
        words = self._words
        rows = [
            (words.sales, f"{here.sales:,}", f"{there.sales:,}"),
            (words.gross, _money(here.gross), _money(there.gross)),
            (words.refunds, f"{here.refunds:,}", f"{there.refunds:,}"),
            (words.refunded, _money(-here.refunded), _money(-there.refunded)),
        ]
        ways = sorted({*here.tenders, *there.tenders})
        rows += [(self._tender_name(w), _money(here.tenders.get(w, 0)), _money(there.tenders.get(w, 0))) for w in ways]
        rows += [
            (words.points_in, Points(here.points_in).display(), Points(there.points_in).display()),
            (words.points_out, Points(-here.points_out).display(), Points(-there.points_out).display()),
            (words.value_in, _money(here.value_in), _money(there.value_in)),
            (words.value_out, _money(-here.value_out), _money(-there.value_out)),
        ]
        return rows


def _money(fen: int) -> str:
    return amount(Money(fen))
