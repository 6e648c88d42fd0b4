"""This sale: what was applied, and why the rest was not."""

from __future__ import annotations

from pos_app.ui import i18n, messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.widgets.rows import Row


class SaleTab(BenefitsTab):
    """Says of every benefit what it saved or why it did not; points can be paid with."""

    def shown(self) -> BenefitsState:
        """Applied ones first, then those that are nearly reached."""
        quote, language = self.request.sale.quote, i18n.current()
        outcomes = sorted(quote.benefits, key=lambda each: (not each.applied, each.missing is None))
        rows = []
        for number, one in enumerate(outcomes):
            note = "" if one.applied else messages.sentence(f"benefit.{one.reason}", {})
            if one.missing is not None:
                short = self.tr("{amount} more of it for the next step").format(amount=one.missing.display())
                note = f"{note}  {short}" if note else short
            rows.append(
                Row(
                    number,
                    one.name.in_language(language),
                    note,
                    f"−{one.saved.display()}" if one.applied else "",
                    chip=self.tr("Applied") if one.applied else "",
                    chip_tone="success",
                )
            )
        burn = quote.burn
        foot = ""
        if burn is not None:
            if burn.reason:
                words = messages.sentence(f"benefit.{burn.reason}", {})
            else:
                words = self.tr("{points} points pay {amount}").format(
                    points=burn.points.display(), amount=burn.value.display()
                )
            foot = f"{burn.name.in_language(language)}  ·  {words}"
        return BenefitsState(
            tab=st.SALE,
            rows=tuple(rows),
            empty=self.tr("Nothing is taken off by itself here."),
            foot=foot,
            primary=self.tr("Pay with points") if burn is not None else "",
            primary_enabled=burn is not None and not burn.reason,
        )

    def on_primary(self) -> None:
        """The member wants to use points."""
        self.desk.close()
        self.request.pay_with_points()
