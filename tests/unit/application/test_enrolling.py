"""Address and code as people type, paste and scan them."""

import pytest

from pos_app.application.enrolling import Invitation, is_whole_code, read_invitation, written_code

CODE = "K7QM-2XWD-94TP"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("k7q", "K7Q"),
        ("k7qm2", "K7QM-2"),
        ("k7qm-2xwd 94tp", CODE),
        ("oilu", "011V"),
        (CODE + "ZZZZ", CODE),
    ],
)
def test_a_code_is_written_in_groups(typed, written):
    assert written_code(typed) == written
    assert written_code(written) == written


def test_a_whole_code_has_all_its_letters():
    assert is_whole_code("k7qm 2xwd 94tp")
    assert not is_whole_code("K7QM-2XWD-94T")


@pytest.mark.parametrize(
    "text",
    [
        "https://office.example.com:8443#K7QM-2XWD-94TP",
        "https://office.example.com:8443 k7qm2xwd94tp",
        " https://office.example.com:8443\nK7QM 2XWD 94TP ",
    ],
)
def test_an_invitation_has_both(text):
    assert read_invitation(text) == Invitation("https://office.example.com:8443", CODE)


@pytest.mark.parametrize(
    "text", ["", CODE, "K7QM 2XWD 94TP", "office.example.com", "office.example.com K7QM", "a|b#" + CODE]
)
def test_what_is_not_both_is_no_invitation(text):
    assert read_invitation(text) is None
