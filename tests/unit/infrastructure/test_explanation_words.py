"""The paper that explains a bill has words for every reason that the screen has words for."""

from __future__ import annotations

import pytest

from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.ui.messages import WORDS

#: Said about points and about taking part, never of a bill: no reasons of benefits, coupons or gifts.
ELSEWHERE = {
    *("too_few_points", "bill_too_small", "nothing_to_pay", "explained", "no_check_in", "check_in_done", "survey_done"),
}


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_reason_on_the_screen_has_words_on_paper(locale: str) -> None:
    reasons = {code.removeprefix("benefit.") for code in WORDS if code.startswith("benefit.")} - ELSEWHERE
    assert reasons <= set(builtin_templates(locale).explanation.reasons)
