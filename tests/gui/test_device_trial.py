"""The receipt beside the printer's form, the shop's logo and its own words: drawn, chosen, kept, refused."""

import io
from dataclasses import replace

import msgspec
import pytest
from PIL import Image
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER, counter

from pos_app.bootstrap.papers import draw_trial
from pos_app.config import PrinterSettings, Settings, ShopSettings, WireKind
from pos_app.infrastructure.receipts.own import own_receipts
from pos_app.ui import messages
from pos_app.ui.screens.devices.form_state import LogoForm, PrinterForm, WireForm

pytestmark = pytest.mark.gui


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        yield one


@pytest.fixture
def drawing(till):
    """A counter that really draws."""
    till.services.draw = draw_trial
    till.desk.go("devices")
    _look(till)
    return till


def _picture(path, size=(300, 100), ink=0, form="PNG"):
    image = Image.new("L", size, 255)
    image.paste(ink, (0, 0, size[0] // 2, size[1]))
    image.save(path, form)
    return path


def _look(till, **changes):
    till.view("devices").trial_requested.emit(PrinterForm(WireForm(WireKind.TCP), **changes))
    return till.state("devices").trial


def _size(png):
    return Image.open(io.BytesIO(png)).size


def test_without_a_sale_a_sample_is_shown_and_with_one_the_newest(till):
    till.desk.go("devices")
    assert not till.services.trials, "nothing is drawn for who came for something else"
    _look(till, paper_mm=58)
    settings, _, content = till.services.trials[-1]
    assert content.header.training
    assert settings.devices.printer.paper_mm == 58
    sale = till.real.sell(product(1, 150))
    till.desk.go("devices")
    _look(till)
    assert till.services.trials[-1][2].body.receipt_no == sale.sale.receipt_no
    assert till.state("devices").trial.png


def test_the_paper_follows_the_form_before_anything_is_saved(drawing):
    wide, narrow = _look(drawing), _look(drawing, paper_mm=58)
    assert _size(wide.png)[0] - _size(narrow.png)[0] == 576 - 384
    assert _look(drawing, columns=42).png != wide.png
    assert _look(drawing, has_cutter=False).png != wide.png
    assert "-" * 10 in wide.text
    assert not drawing.services.saved


def test_a_way_that_is_not_filled_in_yet_stops_no_picture(drawing):
    before = len(drawing.services.trials)
    _look(drawing, paper_mm=58)
    assert len(drawing.services.trials) == before + 1


def test_what_the_printer_cannot_print_is_named(drawing):
    shop = ShopSettings(name="𠮷祥 Ū 超市")
    drawing.desk.use_settings(msgspec.structs.replace(drawing.desk.settings, shop=shop))
    gbk = _look(drawing)
    assert "𠮷" in gbk.missing
    assert "𠮷" not in gbk.text
    assert "□" in gbk.text
    assert _look(drawing, charset="utf8").missing == ""
    assert "𠮷" not in _look(drawing, charset="gb18030").missing


def test_a_logo_is_shown_as_printed_kept_and_taken_away(drawing, tmp_path):
    view, plain = drawing.view("devices"), _look(drawing).png
    assert drawing.state("devices").own.logo == b""
    view.logo_picked.emit(_picture(tmp_path / "logo.jpg", form="JPEG"))
    own = drawing.state("devices").own
    assert own.is_changed
    shown = Image.open(io.BytesIO(own.logo))
    assert (shown.mode, shown.width) == ("1", 576)
    assert _size(drawing.state("devices").trial.png)[1] > _size(plain)[1], "the receipt has it at once"
    kept = drawing.services.own_papers.folder / "logo.png"
    assert not kept.exists()
    view.save_requested.emit(LogoForm())
    assert drawing.state("devices").notice.code == "settings.saved"
    assert own_receipts("zh_CN", drawing.services.own_papers.folder).logo == kept.read_bytes()
    assert not drawing.state("devices").own.is_changed
    assert drawing.services.applied
    view.logo_picked.emit(None)
    view.save_requested.emit(LogoForm())
    assert not kept.exists()
    assert drawing.state("devices").own.logo == b""


def test_a_logo_named_in_the_settings_gives_way_to_one_that_is_chosen(drawing, tmp_path):
    shop = ShopSettings(name="店", logo="/no/such/logo.png")
    drawing.desk.use_settings(msgspec.structs.replace(drawing.desk.settings, shop=shop))
    drawing.view("devices").logo_picked.emit(_picture(tmp_path / "new.png"))
    drawing.view("devices").save_requested.emit(LogoForm())
    assert drawing.services.saved[-1].shop == ShopSettings(name="店")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b"no picture"), "logo.no_picture"),
        (lambda path: path.write_bytes(b""), "logo.no_picture"),
        (lambda path: path.write_bytes(b"\0" * 20_000_001), "logo.too_large"),
        (lambda path: _picture(path, (5000, 4000)), "logo.too_large"),
        (lambda path: _picture(path, (23, 100)), "logo.too_small"),
        (lambda path: _picture(path, (100, 1_201)), "logo.too_long"),
        (lambda path: _picture(path, ink=255), "logo.nothing_seen"),
        (lambda path: None, "logo.unreadable"),
    ],
)
def test_a_picture_that_is_no_logo_is_refused_with_what_to_do(drawing, tmp_path, make, code):
    path = tmp_path / "picture.png"
    make(path)
    before = drawing.state("devices").own
    drawing.view("devices").logo_picked.emit(path)
    notice = drawing.state("devices").notice
    assert notice.code == code
    assert "picture.png" in messages.words(notice)
    assert "{" not in messages.words(notice)
    assert drawing.state("devices").own == before


@pytest.mark.parametrize("size", [(24, 24), (576, 1_200), (4_000, 4_000)])
def test_pictures_at_the_bounds_are_logos(drawing, tmp_path, size):
    drawing.view("devices").logo_picked.emit(_picture(tmp_path / "logo.png", size))
    assert drawing.state("devices").own.is_changed


def test_own_words_are_laid_out_switched_off_and_read_again(drawing):
    view, folder = drawing.view("devices"), drawing.services.own_papers.folder
    plain = drawing.state("devices").trial.text
    view.words_requested.emit()
    assert drawing.state("devices").notice.code == "receipt.words_copied"
    sale = folder / "zh_CN" / "sale.toml"
    view.own_requested.emit()
    assert drawing.state("devices").trial.text == plain, "a copy changes nothing by itself"
    sale.write_text('[words]\nthanks = "凭小票七天内退换"\n', "utf-8")
    view.words_requested.emit()
    view.own_requested.emit()
    assert "凭小票七天内退换" in drawing.state("devices").trial.text
    sale.write_text("[words]\nthanks = 3\n", "utf-8")
    view.own_requested.emit()
    (problem,) = drawing.state("devices").own.problems
    assert (problem.code, problem.details["place"]) == ("receipt.template_wrong", "words.thanks")
    assert drawing.state("devices").trial.text == plain


def test_the_view_asks_once_after_the_last_key_and_shows_the_paper_large(drawing, qtbot):
    view = drawing.view("devices")
    drawing.shell.show()
    view.show_page("printer")
    asked = []
    view.trial_requested.connect(asked.append)
    with qtbot.waitSignal(view.trial_requested):
        for _ in range(3):
            view.forms["printer"].changed.emit()
    assert len(asked) == 1
    view._on_closer()
    assert view._pages.currentWidget() is view._trial.large
    assert not view._trial.large.paper.pixmap().isNull()
    view._on_escape()
    assert view._pages.currentWidget() is view._places["printer"]
    view.render(replace(drawing.state("devices")))


def test_a_logo_needs_the_right_to_change_settings(drawing, tmp_path):
    from pos_testkit.desk import CASHIER

    drawing.desk.set_operator(CASHIER)
    drawing.desk.go("devices")
    drawing.view("devices").logo_picked.emit(_picture(tmp_path / "logo.png"))
    drawing.view("devices").save_requested.emit(LogoForm())
    assert drawing.screen == "approval"
    assert not drawing.services.own_papers.folder.exists()
    drawing.approve(MANAGER)
    assert (drawing.services.own_papers.folder / "logo.png").exists()


def test_what_cannot_be_drawn_is_left_out_of_the_trial():
    settings = Settings(devices=msgspec.structs.replace(Settings().devices, printer=PrinterSettings(WireKind.VIRTUAL)))
    own = msgspec.structs.replace(own_receipts("zh_CN", None), logo=b"damaged")
    from pos_testkit import print_contents

    from pos_app.application.ports import JobKind

    content = print_contents.content(print_contents.sell(), JobKind.SALE)
    assert draw_trial(settings, own, content).text == draw_trial(settings, own_receipts("zh_CN", None), content).text
