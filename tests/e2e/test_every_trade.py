"""Every trade of ``resources/scenarios`` is sold and refunded through the real window, with nothing but its files.

A folder that is added is taken in by itself: of each trade the first accepted scenario with refunds by name is played,
and the first that is refused or awkward. What the screens and the books say is held against the file and against what
``guitai programme try`` says of it, figure by figure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from e2e.cashier import PaperSink
from pos_testkit.scenario_reach import beyond_the_window
from pos_testkit.scenario_shop import ScenarioShop, scenario_files
from pos_testkit.scenario_window import Counter
from pos_testkit.till import SECRET
from pos_testkit.window import memory_folder, till_window

from pos_app.application.scenarios.comparing import NONE, differences, refund_figures, sale_figures
from pos_app.application.scenarios.document import Return, Scenario
from pos_app.application.scenarios.loading import load_scenario
from pos_app.application.scenarios.outcome import Outcome
from pos_app.application.scenarios.running import run_scenario
from pos_app.config import PrinterSettings, WireKind
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.opening import LEDGER_FILE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e")]
SCENARIOS = Path(__file__).resolve().parents[2] / "resources" / "scenarios"
FOLDERS = sorted(each for each in SCENARIOS.iterdir() if each.is_dir())


def _trades(at_least: int) -> Iterator[Any]:
    """Every folder; one of which too few can be played yet says what for, and counts as failing until they can."""
    for folder in FOLDERS:
        missing = sorted({name for each in _read(folder.name).values() for name in beyond_the_window(each)})
        waits = bool(missing) and len(_scenarios(folder.name)) < at_least
        why = f"no screen for {', '.join(missing)}"
        yield pytest.param(folder.name, marks=pytest.mark.xfail(waits, reason=why, strict=True))


@cache
def _read(trade: str) -> dict[Path, Scenario]:
    return {path: load_scenario(path.read_text(encoding="utf-8")) for path in scenario_files(SCENARIOS / trade)}


def _scenarios(trade: str) -> dict[Path, Scenario]:
    """What of a trade can be played, by name."""
    return {path: each for path, each in _read(trade).items() if not beyond_the_window(each)}


def _with_refunds(trade: str) -> tuple[Path, bool]:
    """The scenario to be refunded, and whether it says itself how; else everything comes back."""
    accepted = {path: each for path, each in _scenarios(trade).items() if each.expect.refused is None}
    assert accepted, f"{trade}: nothing of this trade can be sold at the window"
    found = next((path for path, each in accepted.items() if each.refunds), None)
    return (found, True) if found is not None else (next(iter(accepted)), False)


def _awkward(trade: str) -> Path | None:
    """One that is refused; else one that is merely sold."""
    first = _with_refunds(trade)[0]
    others = {path: each for path, each in _scenarios(trade).items() if path != first and not each.refunds}
    return next((path for path, each in others.items() if each.expect.refused), next(iter(others), None))


def _play(path: Path, *, by_phone: bool, come_back: bool = False) -> tuple[ScenarioShop, Outcome]:
    """Play a scenario; screens, paper and an audit of the books must agree."""
    shop = ScenarioShop.of_file(path)
    if come_back:
        shop.scenario = msgspec.structs.replace(shop.scenario, refunds=(Return(),))
    with memory_folder() as home, PaperSink() as paper:
        paths = shop.make_home(home, PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=paper.port))
        with till_window(paths, "en", shop.clock) as window:
            counter = Counter(window, shop, paper)
            outcome = counter.play(by_phone=by_phone)
        report = verify(paths.data / LEDGER_FILE, Keys(SECRET).ledger)
    assert report.ok, report.reason
    assert not counter.wrong, "\n".join(counter.wrong)
    # What is refused at its scan was never priced, so that there is nothing to say of its price.
    unsaid = outcome.quote is None
    found = [each for each in differences(shop.scenario, outcome) if not (unsaid and each.got == NONE)]
    assert [each.text.en for each in found] == []
    return shop, outcome


def _same_as_tried(shop: ScenarioShop, outcome: Outcome) -> None:
    """Every figure is what ``guitai programme try`` makes of it, whether the file names it or not."""
    tried = run_scenario(shop.scenario, shop.programme)
    assert sale_figures(outcome) == sale_figures(tried)
    assert [refund_figures(each) for each in outcome.refunds] == [refund_figures(each) for each in tried.refunds]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("trade", [*_trades(1)])
def test_a_trade_is_sold_and_refunded_at_the_window(trade: str) -> None:
    path, says_how = _with_refunds(trade)
    shop, outcome = _play(path, by_phone=False, come_back=not says_how)
    assert outcome.sale is not None
    assert any(each.refund is not None for each in outcome.refunds)
    _same_as_tried(shop, outcome)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("trade", [*_trades(2)])
def test_an_awkward_case_of_a_trade_at_the_window(trade: str) -> None:
    path = _awkward(trade)
    assert path is not None, f"{trade}: there is one scenario alone that can be played"
    shop, outcome = _play(path, by_phone=True)
    if outcome.sale is not None:
        _same_as_tried(shop, outcome)
