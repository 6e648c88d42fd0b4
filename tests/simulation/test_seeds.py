"""A thousand random worlds in which everything must hold; and they reach what they are meant to reach."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from simulation import running
from simulation.__main__ import STEPS, describe
from simulation.running import Outcome

SEEDS = 1_000
AT_ONCE = 100
TESTS = Path(__file__).resolve().parents[1]
#: What every hundred worlds must have seen.
REACHED = (
    "till crashes",
    "office crashes",
    "request lost",
    "request doubled",
    "request delayed",
    "request truncated",
    "answer lost",
    "answer doubled",
    "answer delayed",
    "answer truncated",
    "lines cut",
    "clock jumps",
    "records sent again",
    "restores of tills",
    "copied disks",
    "forks",
    "successors",
    "office restores",
    "epochs begun",
    "merges",
    "expiries at head office",
    "late spends of what expired",
    "notice spend.overdrawn",
    "outcome Applied",
    "outcome Held",
    "outcome Quarantined",
    "outcome Waiting",
    "poison",
    "upgrades",
    "slow transactions",
    "snapshots taken",
    "pages taken",
    "spent offline",
    "authorisations granted",
    "authorisations declined",
    "authorisations given up",
    "authorisations asked again",
    "ambiguous commits that were there",
    "ambiguous commits that were not",
    "refused: sync.gap",
    "refused: sync.fork",
    "refused: sync.busy",
    "refused: sync.epoch",
    "refused: sync.fenced",
)


def said(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> str:
    describe(running.shrink(outcome), ())
    return capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_everything_holds_in_every_world(first: int, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for number in range(first, first + AT_ONCE):
        outcome = running.seed(number, STEPS)
        if outcome.broken:
            pytest.fail(said(outcome, capsys))
        counts += outcome.counts
    assert [name for name in REACHED if not counts[name]] == []


def test_a_seed_is_the_same_world_again() -> None:
    """Also in another process, whose hashes of texts are others."""
    here = running.seed(7, STEPS).trace
    assert here == running.seed(7, STEPS).trace != running.seed(8, STEPS).trace
    command = [sys.executable, "-m", "simulation", "--seeds", "1", "--from", "7", "--trace"]
    env = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    there = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert f"seed 7: {here}" in there.stdout
