"""Templates: both languages are whole, a shop's own are laid over them, and mistakes are named with their place."""

import tomllib
from pathlib import Path

import pytest

from pos_app.domain.tender import TenderKind
from pos_app.errors import KnownError
from pos_app.infrastructure.receipts.loading import builtin_templates, load_templates
from pos_app.resources import resources_dir

FOLDER = resources_dir() / "receipts"
FILES = ("common.toml", "sale.toml", "refund.toml", "reports.toml")


def own(folder: Path, file: str, text: str) -> Path:
    path = folder / "zh_CN" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def refused(folder: Path) -> dict[str, object]:
    with pytest.raises(KnownError) as caught:
        load_templates("zh_CN", folder)
    assert caught.value.code == "receipt.template_wrong"
    return caught.value.details


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_till_s_own_templates_are_whole(locale):
    templates = builtin_templates(locale)
    assert templates.locale == locale
    assert set(templates.common.tenders) == {kind.value for kind in TenderKind}


@pytest.mark.parametrize("file", FILES)
def test_both_languages_print_the_same_blocks(file):
    def blocks(table):
        return {key: blocks(value) if isinstance(value, dict) else value for key, value in table.items()
                if isinstance(value, dict) or key == "blocks"}  # fmt: skip

    zh, en = (tomllib.loads((FOLDER / locale / file).read_text("utf-8")) for locale in ("zh_CN", "en"))
    assert blocks(zh) == blocks(en)


def test_a_shop_says_only_what_differs(tmp_path):
    folder = own(tmp_path, "sale.toml", '[words]\nthanks = "多谢"\n[options]\nshow_taxes = true\n')
    templates = load_templates("zh_CN", folder)
    assert templates.sale.words.thanks == "多谢"
    assert templates.sale.options.show_taxes
    assert templates.sale.words.payable == builtin_templates("zh_CN").sale.words.payable
    assert templates.common == builtin_templates("zh_CN").common


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path):
    own(tmp_path, "sale.toml", "")
    (tmp_path / "zh_CN" / "sale.toml").write_bytes(b'\xef\xbb\xbf[words]\r\nthanks = "ok"\r\n')
    assert load_templates("zh_CN", tmp_path).sale.words.thanks == "ok"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[words]\nthank = "x"', "words"),
        ("[words]\nthanks = 3", "words.thanks"),
        ('blocks = ["shop", "shpo"]', "blocks[1]"),
        ('[style]\npayable = "huge"', "style.payable"),
        ('[options]\ncode = "ean13"', "options.code"),
        ('[member]\nspend = "消费 {money}"', "member.spend"),
        ('[member]\nspend = "消费 {amount.__class__}"', "member.spend"),
        ('[member]\nspend = "消费 {amount!r:>10}"', "member.spend"),
        ('[member]\nspend = "消费 {}"', "member.spend"),
        ('[member]\nspend = "消费 {amount"', "member.spend"),
        ('[words]\nthanks = "x', "end of document"),
        ("[words]\nthanks = x", "line 2, column 10"),
        ("words = 1", "words"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path, text, place):
    details = refused(own(tmp_path, "sale.toml", text))
    assert details["file"] == "zh_CN/sale.toml"
    assert str(details["place"]).startswith(place)
    assert details["reason"]


def test_a_line_is_drawn_with_one_character(tmp_path):
    assert refused(own(tmp_path, "common.toml", '[formats]\nline = "-="'))["place"] == "formats.line"


def test_a_file_that_is_not_utf8(tmp_path):
    own(tmp_path, "sale.toml", "")
    (tmp_path / "zh_CN" / "sale.toml").write_bytes("thanks = '欢迎光临'".encode("gbk"))
    assert refused(tmp_path)["reason"] == "not UTF-8"


@pytest.mark.parametrize("locale", ["xx", "../en", "", "zh_CN/.."])
def test_an_unknown_language(locale):
    with pytest.raises(KnownError) as caught:
        load_templates(locale)
    assert caught.value.code == "receipt.template_wrong"
