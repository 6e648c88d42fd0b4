"""One-time codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import enrolment


@given(st.binary(min_size=12, max_size=12), st.booleans())
def test_a_code_is_read_however_it_is_typed(noise: bytes, small: bool) -> None:
    code = enrolment.make_code(noise)
    typed = code.replace("-", " ")
    parsed = enrolment.parse_code(typed.lower() if small else typed)
    assert parsed is not None
    assert "".join(parsed) == code.replace("-", "")


def test_look_alikes_are_understood_and_nonsense_is_not() -> None:
    assert enrolment.parse_code("OIL0-1111-1111") == ("0110", "11111111")
    assert enrolment.parse_code("K7QM-2XWD") is None
    assert enrolment.parse_code("K7QM-2XWD-94T!") is None


def test_each_side_proves_with_the_code_alone() -> None:
    salt = bytes(16)
    right, wrong = enrolment.stretch("2XWD94TP", salt), enrolment.stretch("2XWD94TQ", salt)
    assert enrolment.is_proof(enrolment.offer_proof(right, "CA"), enrolment.offer_proof(right, "CA"))
    assert not enrolment.is_proof(enrolment.offer_proof(right, "CA"), enrolment.offer_proof(wrong, "CA"))
    assert not enrolment.is_proof(enrolment.offer_proof(right, "CA"), enrolment.offer_proof(right, "CB"))
    assert enrolment.request_proof(right, bytes(32), "") != enrolment.request_proof(right, bytes(32), "till-1")
