"""The log names nobody and opens nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders

from pos_app.domain.ids import receipt_number
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.logs import HIDDEN, LOG_FILE, logger, redact, redact_event, start_logging

PHONE, CARD, PIN, NAME = "13812345678", "M0001234", "4821", "欧阳娜娜"
SECRETS = (PHONE, "138 1234 5678", "138-1234-5678", CARD, PIN, NAME, Keys(bytes(32)).ledger.hex(), "a@example.com")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    handler = start_logging(tmp_path)
    yield tmp_path / LOG_FILE
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def test_nothing_secret_reaches_the_file_by_any_way(log: Path) -> None:
    ours = logger("sale")
    ours.info("member found", phone=PHONE, card=CARD, name=NAME, seq=42)
    ours.warning(f"scan {PHONE} and card {CARD}", pin=PIN, member=builders.member(1, phone=PHONE, name=NAME))
    ours.error("pin.wrong", entered_pin=PIN, ledger_key=Keys(bytes(32)).ledger)
    ours.info("nested", data={"inner": [{"mobile": PHONE}, f"tel 138 1234 5678 / 138-1234-5678 {SECRETS[6]}"]})
    ours.info("mail to a@example.com")
    try:
        raise ValueError(f"bad phone {PHONE}")
    except ValueError:
        ours.exception("crash", scanned=PHONE)
    logging.getLogger("a.library").warning("GET /members?phone=%s", PHONE)
    try:
        raise ValueError(f"bad card {CARD} of {PHONE}")
    except ValueError:
        logging.getLogger("a.library").exception("failed")
    text = log.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 8
    for secret in SECRETS:
        assert secret not in text, secret
    assert "seq=42" in text
    assert "ValueError" in text


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.text(max_size=10), st.text(max_size=10))
def test_a_phone_number_within_any_text_is_hidden(phone: str, before: str, after: str) -> None:
    if (before[-1:] + after[:1]).isalnum():
        return
    assert phone not in redact(f"{before} {phone} {after}")


def test_what_helps_to_find_a_fault_stays() -> None:
    number = receipt_number(1, "250618", 42)
    event = redact_event(
        None, "info", {"event": f"printed {number}", "seq": 12_345_678, "error": "disk_full", "ms": 12}
    )
    assert number not in event["event"]
    assert event["event"].endswith("00042" + number[-1]) or "receipt-" in event["event"]
    assert event["seq"] == 12_345_678
    assert event["error"] == "disk_full"
    assert event["ms"] == 12
    assert redact(20_000_000) == HIDDEN
    assert redact(b"abc") == "[3 bytes]"
    assert redact(None) is None
    assert redact(True) is True


def test_a_folder_that_cannot_be_written_does_not_stop_the_till(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    handler = start_logging(tmp_path / "file" / "logs")
    logging.getLogger("x").warning("lost")
    logging.getLogger().removeHandler(handler)
    handler.close()
