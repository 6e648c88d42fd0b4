"""The shop's own templates and logo, read from its folder."""

import io

import pytest
from PIL import Image

from pos_app.errors import KnownError
from pos_app.infrastructure.receipts.own import LARGEST_LOGO, check_logo, own_receipts


def _png(width: int = 40, height: int = 20) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def test_a_shop_without_its_own_has_the_till_s(tmp_path):
    for folder in (None, tmp_path / "none", tmp_path):
        own = own_receipts("zh_CN", folder)
        assert (own.templates.sale.words.payable, own.logo, own.problems) == ("应付", b"", ())


def test_its_own_words_lie_over_the_till_s(tmp_path):
    (tmp_path / "zh_CN").mkdir()
    (tmp_path / "zh_CN" / "sale.toml").write_text('[words]\npayable = "实付"\n', "utf-8")
    assert own_receipts("zh_CN", tmp_path).templates.sale.words.payable == "实付"
    assert own_receipts("en", tmp_path).templates.sale.words.payable != "实付"


def test_wrong_words_are_a_problem_and_the_till_s_own_are_used(tmp_path):
    (tmp_path / "zh_CN").mkdir()
    (tmp_path / "zh_CN" / "sale.toml").write_text('[words]\npayable = "{x}"\n[options]\ncode = "ean"\n', "utf-8")
    own = own_receipts("zh_CN", tmp_path)
    assert own.templates.sale.words.payable == "应付"
    (problem,) = own.problems
    assert (problem.code, problem.details["file"]) == ("receipt.template_wrong", "zh_CN/sale.toml")


def test_the_logo_of_the_folder_or_of_the_setting(tmp_path):
    (tmp_path / "logo.png").write_bytes(_png())
    (tmp_path / "other.png").write_bytes(_png(80))
    assert own_receipts("zh_CN", tmp_path).logo == _png()
    assert own_receipts("zh_CN", tmp_path, str(tmp_path / "other.png")).logo == _png(80)


@pytest.mark.parametrize("content", [None, bytes(LARGEST_LOGO + 1)])
def test_a_logo_that_is_not_there_or_too_large_is_a_problem(tmp_path, content):
    path = tmp_path / "mine.png"
    if content is not None:
        path.write_bytes(content)
    own = own_receipts("zh_CN", None, str(path))
    assert own.logo == b""
    assert [(each.code, each.details["file"]) for each in own.problems] == [("receipt.logo_wrong", "mine.png")]


def test_a_logo_is_drawn_before_it_is_needed():
    check_logo(_png(), 576)
    for wrong in (b"none", _png(10, 5000)):
        with pytest.raises(KnownError) as caught:
            check_logo(wrong, 576)
        assert caught.value.code == "receipt.logo_wrong"
