"""Members' codes from a phone: genuine, of this shop, made just now, and then they find the member."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders
from pos_testkit.clock import NOON
from pos_testkit.counter import Counter, counter_at, refused

from pos_app.__main__ import main
from pos_app.application.lookup import FoundMember
from pos_app.application.scanned_codes import CardCode, MemberScan, UnreadableCode
from pos_app.bootstrap.devices import scan_config
from pos_app.config import Settings
from pos_app.domain.ids import MemberId
from pos_app.domain.member_codes import member_code, member_message, read_member_code, to_sign
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import check_programme
from pos_app.domain.programme.member_codes import MemberCodes
from pos_app.domain.unit_codes import to_base64
from pos_app.infrastructure.code_parser import HardwareCodeParser
from pos_app.infrastructure.keys import DeviceKey

OURS = DeviceKey(hashlib.sha256(b"the mini-programme's key for tests").digest())
OTHERS = DeviceKey(hashlib.sha256(b"another shop's key for tests").digest())
NOON_MS = int(NOON.timestamp() * 1000)
MEMBER = builders.member(7)


def shown(
    member_id: MemberId = MEMBER.member_id, *, minutes: int = 0, key: DeviceKey = OURS, claims: DeviceKey | None = None
) -> str:
    """The code on a phone, made so many minutes after noon."""
    message = member_message(member_id, NOON_MS + minutes * 60_000, (claims or key).public_key)
    return member_code(message, key.sign(to_sign(message)))


def with_codes(**more: object) -> Programme:
    rules = MemberCodes(**{"keys": (to_base64(OURS.public_key),), **more})  # type: ignore[arg-type]
    return msgspec.structs.replace(builders.programme(), member_codes=rules)


@pytest.fixture(scope="module")
def at_counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("member-codes")
    with counter_at(folder, programme=with_codes(), members=[MEMBER]) as opened:
        yield opened


class TestAtTheCounter:
    @pytest.mark.parametrize("minutes", [-5, -1, 0, 2])
    @pytest.mark.parametrize("around", ["{}", "]Q1{}\r\n", " {} "])
    def test_a_fresh_code_finds_the_member(self, at_counter: Counter, minutes: int, around: str) -> None:
        found = at_counter.till.lookup.resolve(around.format(shown(minutes=minutes)))
        assert isinstance(found, FoundMember)
        assert found.member.member_id == MEMBER.member_id

    def test_small_letters_are_the_same_code(self, at_counter: Counter) -> None:
        assert isinstance(at_counter.till.lookup.resolve(shown().lower()), FoundMember)

    @pytest.mark.parametrize("minutes", [-6, -60, -1_000_000])
    def test_an_old_code_is_told_to_be_old(self, at_counter: Counter, minutes: int) -> None:
        with refused("member_code.expired"):
            at_counter.till.lookup.resolve(shown(minutes=minutes))

    def test_a_code_of_the_future_tells_of_the_clock(self, at_counter: Counter) -> None:
        with refused("member_code.clock"):
            at_counter.till.lookup.resolve(shown(minutes=3))

    def test_a_forged_code_and_one_of_another_shop(self, at_counter: Counter) -> None:
        with refused("member_code.not_genuine"):
            at_counter.till.lookup.resolve(shown(key=OTHERS, claims=OURS))
        with refused("member_code.other_shop"):
            at_counter.till.lookup.resolve(shown(key=OTHERS))

    def test_the_minute_cannot_be_moved(self, at_counter: Counter) -> None:
        old = read_member_code(shown(minutes=-60))
        assert old is not None
        fresh = member_message(MEMBER.member_id, NOON_MS, OURS.public_key)
        with refused("member_code.not_genuine"):
            at_counter.till.lookup.resolve(member_code(fresh, old.signature))

    def test_a_code_cut_off_is_not_looked_for_as_a_name(self, at_counter: Counter) -> None:
        for cut in (1, 5, 30):
            with refused("member_code.not_genuine"):
                at_counter.till.lookup.resolve(shown()[:-cut])

    def test_nobody_has_that_id(self, at_counter: Counter) -> None:
        with refused("card.unknown"):
            at_counter.till.lookup.resolve(shown(builders.member(4711).member_id))

    def test_a_swiped_bank_card_is_refused_and_looked_for_nowhere(self, at_counter: Counter) -> None:
        with refused("input.bank_card"):
            at_counter.till.lookup.resolve(";4111111111111111=30121010000000000000?")
        with refused("input.bad_swipe"):
            at_counter.till.lookup.resolve(";E?")


def test_how_long_a_code_lasts_is_the_shops(tmp_path: Path) -> None:
    with counter_at(tmp_path, programme=with_codes(lasts_minutes=1), members=[MEMBER]) as at_counter:
        assert isinstance(at_counter.till.lookup.resolve(shown(minutes=-1)), FoundMember)
        with refused("member_code.expired"):
            at_counter.till.lookup.resolve(shown(minutes=-2))


def test_without_keys_no_code_is_taken(tmp_path: Path) -> None:
    with counter_at(tmp_path, members=[MEMBER]) as at_counter, refused("member_code.other_shop"):
        at_counter.till.lookup.resolve(shown())


class TestFormat:
    def test_the_documented_example(self) -> None:
        """As in the decision record: whoever makes such codes elsewhere can check theirs against it."""
        key = DeviceKey(bytes(range(32)))
        member_id = MemberId(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))
        message = member_message(member_id, 1_750_219_200_000, key.public_key)
        code = member_code(message, key.sign(to_sign(message)))
        assert message.hex() == "0156475aa701bd1a9001890a5dac96774bbcceb302099a8057"
        record = Path("pos_app/decisions/032-member-codes-last-minutes.md").read_text(encoding="utf-8")
        assert code in record.replace("\n", "").replace(" ", "")
        assert message.hex() in record

    @given(st.uuids(), st.integers(0, 2**32 - 1))
    def test_what_is_made_is_read(self, member_id: UUID, minute: int) -> None:
        message = member_message(MemberId(member_id), minute * 60_000, OURS.public_key)
        found = read_member_code(member_code(message, bytes(64)))
        assert found is not None
        assert (found.member_id, found.minute, found.message) == (member_id, minute, message)

    @given(st.text(alphabet="GMABCDEFQ234567=", max_size=200))
    def test_nothing_crashes_it(self, text: str) -> None:
        read_member_code(text)
        read_member_code("GM" + text)

    def test_the_parser_knows_them_from_other_codes(self) -> None:
        parser = HardwareCodeParser(scan_config(Settings()))
        assert isinstance(parser.parse(shown()), MemberScan)
        assert parser.parse("GM" + "A" * 143) == UnreadableCode("member_code_not_genuine")
        assert parser.parse("GTM:M00017") == CardCode("M00017"), "a card's number as a picture that never changes"
        assert parser.parse("GMC") is None


def test_rules_that_cannot_be_are_named() -> None:
    rules = MemberCodes(keys=("short", to_base64(OURS.public_key), to_base64(OURS.public_key)), lasts_minutes=0)
    said = list(check_programme(msgspec.structs.replace(builders.programme(), member_codes=rules)))
    assert [line.partition(":")[0] for line in said] == [
        "member_codes.keys[0]",
        "member_codes.keys[2]",
        "member_codes.lasts_minutes",
    ]


def test_the_command_makes_key_and_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "member.key"
    assert main(["member-codes", "key", str(key)]) == 0
    named = tomllib.loads(capsys.readouterr().out)["member_codes"]
    rules = msgspec.convert(named, MemberCodes)
    assert main(["member-codes", "make", str(MEMBER.member_id), "--key", str(key)]) == 0
    found = read_member_code(capsys.readouterr().out)
    assert found is not None
    assert found.member_id == MEMBER.member_id
    (public,) = rules.public_keys()
    assert found.message == member_message(MEMBER.member_id, found.minute * 60_000, public)
    assert main(["member-codes", "make", "nobody", "--key", str(key)]) != 0
