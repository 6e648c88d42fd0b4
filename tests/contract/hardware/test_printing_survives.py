"""The same contract over every transport: pulled out at any byte, out of paper, talking nonsense, saying nothing.

Nothing is printed twice, nothing is lost, nothing waits for ever, and nothing is called printed that is not.
"""

import io
import re
import sys
import tempfile
import time
from pathlib import Path

import pytest
from contract.hardware import rigs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from hardware.ports import Reason
from hardware.printers.document import Cut, Document, DrawerPulse, Image, Text
from hardware.printers.escpos_encoder import encode
from hardware.printers.receipt_printer import PrinterTimings, PrintState, ReceiptPrinter
from hardware.printers.status import COMPLETION_REQUEST, is_garbage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")
FAST = PrinterTimings(open_ms=1000, status_ms=150, stall_ms=150, confirm_ms=150, close_ms=50)
HEARING = PrinterTimings(open_ms=5000, status_ms=5000, stall_ms=150, confirm_ms=300, close_ms=50)
PATIENT = PrinterTimings(open_ms=5000, status_ms=5000, stall_ms=5000, confirm_ms=10_000, close_ms=500)


def _logo():
    picture = Picture.new("1", (64, 8), 0)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


JOB = encode(Document((DrawerPulse(), Image(_logo()), Text("示范店"), Text("￥5.00"), Cut())), rigs.PROFILE)
RASTER_AT = JOB.index(b"\x1dv0") + 8 + 32  # in the middle of its 64 bytes
EVERYWHERE = range(len(JOB) + len(COMPLETION_REQUEST) + 1)


def _print(rig, device, **fault):
    left = []
    rig.brain.rest()

    def leaving():
        rig.begin(**fault)
        left.append(True)

    outcome = device.print("job", JOB, on_bytes_leaving=leaving)
    assert len(left) <= 1
    assert left or outcome.state is PrintState.FAILED_BEFORE_ANY_BYTE
    return outcome


def _wait_until_taken(rig):
    """Let the other end read a whole job, which a pipe holds for it: it must not be taken for the next one's."""
    end = time.monotonic() + 1
    while JOB not in bytes(rig.brain.job) and time.monotonic() < end:
        time.sleep(0.001)


def _arrived(rig):
    """What arrived of the job; questions asked before it may arrive late, behind an answer to an earlier one."""
    return re.sub(rb"^(\x10(\x04[\x01-\x04]?)?)+", b"", bytes(rig.brain.job))


def _judge(outcome, rig, *, spoke):
    arrived = _arrived(rig)
    assert (JOB + COMPLETION_REQUEST).startswith(arrived[: len(JOB) + 3]), "in order, once, nothing in between"
    match outcome.state:
        case PrintState.CONFIRMED:
            assert arrived.startswith(JOB), "called printed, and is not"
        case PrintState.FAILED_BEFORE_ANY_BYTE:
            assert arrived == b"", "it would be printed again by itself"
        case PrintState.SENT_UNCONFIRMED:
            assert not spoke or arrived.startswith(JOB), "a printer that spoke and went is no success"


@pytest.mark.parametrize("make", rigs.ALL)
def test_a_healthy_one_takes_the_job_once(make, tmp_path):
    with make(tmp_path) as rig:
        outcome = _print(rig, ReceiptPrinter(rig.transport, rigs.PROFILE, timings=PATIENT))
        spoke = make in rigs.TWO_WAY
        assert outcome.state is (PrintState.CONFIRMED if spoke else PrintState.SENT_UNCONFIRMED)
        _judge(outcome, rig, spoke=spoke)


@pytest.mark.parametrize("make", rigs.ALL)
def test_pulled_out_at_every_byte(make, tmp_path):
    spoke = make in rigs.TWO_WAY
    for position in EVERYWHERE:
        with make(tmp_path) as rig:
            outcome = _print(rig, ReceiptPrinter(rig.transport, rigs.PROFILE, timings=PATIENT), left=position)
        assert outcome.state is not PrintState.CONFIRMED or position >= len(JOB), position
        _judge(outcome, rig, spoke=spoke)
        assert outcome.bytes_sent <= len(JOB)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    make=st.sampled_from(rigs.ALL),
    position=st.integers(0, EVERYWHERE[-1]),
    paper=st.one_of(st.none(), st.integers(0, len(JOB))),
    answers=st.one_of(st.sampled_from(["true", "none"]), st.binary(min_size=1, max_size=4)),
    jobs_before=st.integers(0, 1),
)
def test_any_faults_together(make, position, paper, answers, jobs_before):
    with tempfile.TemporaryDirectory() as folder, make(Path(folder), answers) as rig:
        device = ReceiptPrinter(rig.transport, rigs.PROFILE, timings=FAST)
        for _ in range(jobs_before):
            if _print(rig, device).state is not PrintState.FAILED_BEFORE_ANY_BYTE:
                _wait_until_taken(rig)
        outcome = _print(rig, device, left=position, paper_left=paper)
    nonsense = isinstance(answers, bytes) and any(is_garbage(byte) for byte in answers)
    if make in rigs.TWO_WAY and nonsense:
        assert outcome.state is not PrintState.CONFIRMED
    _judge(outcome, rig, spoke=make in rigs.TWO_WAY and answers == "true")


@pytest.mark.parametrize("make", rigs.TWO_WAY)
def test_paper_end_in_the_middle_of_a_picture(make, tmp_path):
    with make(tmp_path) as rig:
        device = ReceiptPrinter(rig.transport, rigs.PROFILE, timings=HEARING)
        outcome = _print(rig, device, paper_left=RASTER_AT)
    assert (outcome.state, outcome.reason) == (PrintState.FAILED_AFTER_BYTES_LEFT, Reason.PAPER_OUT)
    _judge(outcome, rig, spoke=True)


@pytest.mark.parametrize("make", rigs.TWO_WAY)
@pytest.mark.parametrize("garbage", [b"\xff", b"ERROR\r\n", b"\x80\x00", b"\x00\xfe\x00"])
def test_nonsense_confirms_nothing(make, garbage, tmp_path):
    with make(tmp_path, garbage) as rig:
        outcome = _print(rig, ReceiptPrinter(rig.transport, rigs.PROFILE, timings=HEARING))
        assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, Reason.PROTOCOL)
        _judge(outcome, rig, spoke=False)


@pytest.mark.parametrize("make", rigs.TWO_WAY)
def test_one_that_says_nothing_prints_unconfirmed_and_the_next_job_does_not_ask(make, tmp_path):
    with make(tmp_path, "none") as rig:
        device = ReceiptPrinter(rig.transport, rigs.PROFILE, timings=FAST)
        for _ in range(2):
            outcome = _print(rig, device)
            assert (outcome.state, outcome.reason) == (PrintState.SENT_UNCONFIRMED, None)
            end = time.monotonic() + 10
            while len(_arrived(rig)) < len(JOB):
                assert time.monotonic() < end, "it did not all arrive"
                time.sleep(0.002)
        assert _arrived(rig) == JOB, "and nothing is asked"


def test_short_transfers_at_the_bus_lose_nothing(tmp_path):
    for most in (1, 7, 63, 64):
        with rigs.usb(tmp_path) as rig:
            rig.transport._backend.printers[0].most = most
            outcome = _print(rig, ReceiptPrinter(rig.transport, rigs.PROFILE, timings=PATIENT))
            assert outcome.state is PrintState.CONFIRMED
            _judge(outcome, rig, spoke=True)


def test_a_drawer_that_may_have_opened_is_not_opened_again(tmp_path):
    with rigs.usb(tmp_path) as rig:
        device = ReceiptPrinter(rig.transport, rigs.PROFILE, timings=FAST)
        rig.begin(left=2)
        assert device.open_drawer().state is PrintState.FAILED_AFTER_BYTES_LEFT
