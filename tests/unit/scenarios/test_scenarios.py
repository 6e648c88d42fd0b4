"""Every scenario that ships is kept: its folder is the specification of its programme."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from pos_testkit.builders import ROOT

from pos_app.application.scenarios.comparing import differences
from pos_app.application.scenarios.document import Return
from pos_app.application.scenarios.expected import LotLeft
from pos_app.application.scenarios.running import run_scenario
from pos_app.cli.programme_command import later_programmes, read_programme, read_scenario, scenario_files
from pos_app.domain.ledger.usage import sum_usage
from pos_app.domain.member import Usage
from pos_app.domain.programme.findings import Severity
from pos_app.domain.programme.review import review_programme

SCENARIOS = ROOT / "resources" / "scenarios"
FOLDERS = sorted(path for path in SCENARIOS.iterdir() if path.is_dir())
FILES = scenario_files(SCENARIOS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_till_does_what_the_scenario_says(file: Path) -> None:
    scenario, programme = read_scenario(file)
    found = differences(scenario, run_scenario(scenario, programme, later_programmes(file, scenario)))
    assert not found, f"{scenario.why}\n" + "\n".join(each.text.en for each in found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_comes_back_whole_leaves_no_trace(file: Path) -> None:
    """Whatever a scenario is about: selling and giving everything back on the same day changes no balance."""
    scenario, programme = read_scenario(file)
    everything = msgspec.structs.replace(scenario, refunds=(Return(),))
    outcome = run_scenario(everything, programme)
    if outcome.sale is None or outcome.account is None or scenario.member is None:
        return
    after = outcome.refunds[0].account
    assert after is not None
    assert outcome.refunds[0].refused == ""
    told = scenario.member
    lots = [LotLeft(lot.points, lot.expires_on) for lot in told.lots] or [LotLeft(told.points)] * bool(told.points)
    alive = [lot for lot in lots if lot.expires_on is None or lot.expires_on >= outcome.today]
    before = sum(lot.points for lot in alive) - told.receivable
    if scenario.before:
        nothing_sold = run_scenario(msgspec.structs.replace(scenario, basket=(), terms=(), refunds=()), programme)
        assert outcome.refunds[0].held == nothing_sold.held
        there = nothing_sold.account
        assert there is not None
        assert (after.lots, after.receivable, after.usage) == (there.lots, there.receivable, there.usage)
        return
    assert sum(lot.available for lot in after.lots) - after.receivable == before
    kept = sum((sale.amount.minor for sale in told.history), told.spend.minor)
    assert after.progress.spend.minor <= kept
    assert after.usage == sum_usage(Usage(each.what, each.on, each.amount) for each in told.had)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_trade_has_enough_cases(folder: Path) -> None:
    """A rule without a case is an opinion: no folder falls below ten, and in each something comes back in parts."""
    scenarios = [read_scenario(file)[0] for file in scenario_files(folder)]
    assert len(scenarios) >= 10
    assert any(refund.lines for scenario in scenarios for refund in scenario.refunds)
    assert len({scenario.why for scenario in scenarios}) == len(scenarios)


def test_the_readme_names_every_trade() -> None:
    table = re.findall(r"^\| `([a-z_]+)/` \|", (SCENARIOS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(table) == [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_programmes_have_no_errors(folder: Path) -> None:
    scenarios = [read_scenario(file)[0] for file in scenario_files(folder)]
    later = {refund.programme for scenario in scenarios for refund in scenario.refunds if refund.programme}
    programmes = {folder / name for name in {scenario.programme for scenario in scenarios} | later}
    assert {file.name for file in folder.glob("programme*.toml")} <= {file.name for file in programmes}
    for file in programmes:
        findings = review_programme(read_programme(file))
        assert [each for each in findings if each.severity is Severity.ERROR] == []
