"""Every code that anything raises or tells has words, in both languages, with the same gaps."""

import ast
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pos_app.application.importing.words import PROBLEMS
from pos_app.cli.devices_words import ERRORS as DEVICES_WORDS
from pos_app.cli.head_office_words import ERRORS as OFFICE_WORDS
from pos_app.cli.words import _ERRORS as TILL_WORDS
from pos_app.domain.money import Money
from pos_app.domain.staff import Permission
from pos_app.domain.tender import TenderKind
from pos_app.infrastructure import database_errors
from pos_app.ui import messages
from pos_app.ui.messages import WORDS
from pos_app.ui.words import parts
from pos_app.ui.words.sync import CONCERNS
from sync.protocol.errors import Refusal

TERMINAL_WORDS = {**TILL_WORDS, **OFFICE_WORDS, **DEVICES_WORDS}
ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "guitai_zh_CN.ts"
CODE = re.compile(r"[a-z]+\.[a-z_]+")
#: Codes put together at run time: ``f"{role}.damaged"`` and its like.
COMPOSED = {
    f"{role}.{what}" for role in ("ledger", "replica") for what in ("damaged", "not_saved", "not_read", "wrong_key")
} | {f"input.{reason}" for reason in ("control_characters", "too_long", "wrong_check_digit", "payment_code")}

#: What is said in a terminal alone has its words there.
TERMINAL = (
    "pos_app/cli/",
    "pos_app/application/scenarios/",
    "pos_app/bootstrap/device_trying.py",
    "pos_app/bootstrap/older_copy.py",
    "pos_app/infrastructure/forgetting.py",
    "pos_app/infrastructure/unit_labels.py",
)


def _raised() -> dict[str, str]:
    """Code and where: first arguments of ``KnownError`` and of what tells codes on screen."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "pos_app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"KnownError": 0, "Notice": 1, "tell": 0}.get(called)
            if place is None or len(node.args) <= place:
                continue
            for part in ast.walk(node.args[place]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
                    found[part.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_every_code_has_words():
    codes = _raised()
    assert len(codes) > 90, "the search for codes finds too little"
    missing = {
        code: place
        for code, place in codes.items()
        if code not in WORDS and code not in PROBLEMS and not (place.startswith(TERMINAL) and code in TERMINAL_WORDS)
    }
    missing |= {code: "put together at run time" for code in COMPOSED if code not in WORDS}
    assert not missing, f"pos_app/ui/words has no words for: {missing}"


def test_every_reason_and_name_inside_a_sentence_has_a_word():
    assert set(parts.PERMISSIONS) == {each.value for each in Permission}
    assert set(parts.TENDERS) == {each.value for each in TenderKind}
    assert {*database_errors._REASONS.values(), "unknown"} <= set(parts.REASONS)


def _chinese(context: str) -> dict[str, str]:
    for each in ET.parse(CATALOGUE).getroot().iter("context"):
        if each.findtext("name") == context:
            return {
                message.findtext("source", ""): message.findtext("translation", "") or ""
                for message in each.iter("message")
            }
    return {}


@pytest.mark.parametrize(
    ("context", "sources"),
    [
        ("Messages", [find() for find in WORDS.values()]),
        (
            "Parts",
            [
                find()
                for table in (parts.PERMISSIONS, parts.REASONS, parts.TENDERS, parts.PAPERS)
                for find in table.values()
            ],
        ),
    ],
)
def test_chinese_is_complete_and_keeps_the_gaps(context, sources):
    chinese = _chinese(context)
    for source in sources:
        words = chinese.get(source, "")
        assert words, f"no Chinese for: {source}"
        gaps = re.findall(r"\{\w+\}", source)
        assert set(re.findall(r"\{\w+\}", words)) == set(gaps), f"other gaps in: {words}"


def test_details_are_shown_as_people_read_them():
    assert messages.sentence("sale.price_changed", {"payable": Money(1250)}).startswith("The price is ¥12.50 now")
    assert "give a discount" in messages.sentence("permission.missing", {"permission": "discount"})
    assert "the disk is full" in messages.sentence("ledger.not_saved", {"reason": "disk_full"})
    assert messages.sentence("pin.wrong", {}) == "Wrong PIN. Try again; tries left: ?."
    assert "abc.def" in messages.sentence("abc.def", {})
    assert "web page" in messages.sentence("import.unreadable", {"reason": "html"})


def test_words_survive_what_comes_from_outside():
    assert messages.sentence("product.unknown", {"code": "{0}{x}%s"}).startswith("No item has the code {0}{x}%s.")


def _set_aside_codes() -> set[str]:
    """Every code with which head office sets a record aside or tells a manager something."""
    found = set()
    told = re.compile(r'(?:Quarantined|Notice)\(\s*"([a-z_.]+)"|NOTICE: Final = "([a-z_.]+)"|"(record\.[a-z_]+)"')
    returned = re.compile(r'return "(refund\.[a-z_]+)"')
    for folder in ("sync/head_office", "pos_app/domain/ledger"):
        for path in sorted((ROOT / folder).glob("*.py")):
            text = path.read_text("utf-8")
            found |= {next(filter(None, groups)) for groups in told.findall(text)}
            if path.name == "sold.py":
                found |= set(returned.findall(text))
    return found


def test_every_code_of_head_office_says_what_to_do():
    codes = _set_aside_codes()
    assert {"record.conflict", "lot.unknown", "refund.twice", "spend.overdrawn", "sync.fork"} <= codes
    assert codes - set(CONCERNS) == set()


def test_every_refusal_of_head_office_has_words():
    assert {refusal.value for refusal in Refusal} - set(WORDS) == set()


def test_an_amount_that_is_owed_is_said_in_what_it_is_of():
    def owed(asset: str) -> str:
        return messages.concern("spend.overdrawn", {"asset": asset, "amount": "1250"})[1]

    assert "1,250 points" in owed("points")
    assert "¥12.50" in owed("principal")
    assert "1,250 uses of a coupon" in owed("coupon")
