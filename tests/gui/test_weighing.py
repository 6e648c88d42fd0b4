"""Weighed goods at a till with a scale: the steady weight is taken, once; whatever is wrong, the sale goes on."""

import pytest
from pos_testkit.builders import product
from pos_testkit.desk import counter

from pos_app.application.lookup import FoundProduct
from pos_app.domain.quantity import Quantity
from pos_app.runtime.weighing import Weight, WeightState
from pos_app.ui.screens.line_edit.state import Edit, LineEdited

pytestmark = pytest.mark.gui

STABLE = WeightState.STABLE


class _Scale:
    """A scale that says what a test wants."""

    def __init__(self):
        self.weight = None
        self.watched = None
        self.stopped = False

    def start(self, on_weight, on_state):
        self.on_weight, self.on_state = on_weight, on_state

    def watch(self, on):
        self.watched = on

    def current(self):
        return self.weight

    def stop(self):
        self.stopped = True

    def say(self, state, grams=0, *, is_net=False):
        self.weight = None if state is None else Weight(state, grams, is_net)
        self.on_weight(self.weight)


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.scale = _Scale()
        one.desk.scale.use("/dev/ttyS1", one.scale)
        one.sit_down()
        yield one


def _apples(tare_g=0):
    import msgspec

    return msgspec.structs.replace(product(7, 3980, name="红富士苹果", is_weighed=True, unit="kg"), tare_g=tare_g)


def _add(till, goods):
    till.presenter("selling")._add(FoundProduct(goods, Quantity.pieces(1), asks_weight=True))


def _quantities(till):
    return [line.quantity for line in till.presenter("selling")._sale.basket.lines]


def _enter(till, text=""):
    till.view("line_edit").confirm_requested.emit(LineEdited(Edit.QUANTITY, text))


def test_a_steady_weight_is_taken_without_asking_and_only_once(till):
    till.scale.say(STABLE, 285)
    _add(till, _apples())
    assert till.screen == "selling"
    assert _quantities(till) == [Quantity(285)]
    assert till.state("selling").payable.minor == 1134
    _add(till, _apples())
    assert till.screen == "line_edit", "the same apples are still on the scale"
    assert till.state("line_edit").scale.was_sold
    till.view("line_edit").back_requested.emit()
    till.scale.say(WeightState.ZERO)
    till.scale.say(STABLE, 500)
    _add(till, _apples())
    assert _quantities(till) == [Quantity(285), Quantity(500)]


def test_a_moving_weight_is_shown_live_until_it_can_be_taken(till):
    till.scale.say(WeightState.MOVING, 280)
    _add(till, _apples())
    assert till.screen == "line_edit"
    assert till.state("line_edit").scale.weight == Weight(WeightState.MOVING, 280)
    _enter(till)
    assert till.state("line_edit").notice.code == "scale.moving"
    till.scale.say(STABLE, 285)
    assert till.state("line_edit").scale.weight == Weight(STABLE, 285)
    _enter(till)
    assert till.screen == "selling"
    assert _quantities(till) == [Quantity(285)]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (WeightState.ZERO, "scale.empty"),
        (WeightState.NEGATIVE, "scale.negative"),
        (WeightState.OVERLOAD, "scale.overload"),
        (WeightState.UNIT, "scale.wrong_unit"),
        (None, "scale.silent"),
    ],
)
def test_what_cannot_be_sold_by_says_why_and_typing_works(till, state, code):
    till.scale.say(state)
    _add(till, _apples())
    _enter(till)
    assert till.state("line_edit").notice.code == code
    _enter(till, "0.5")
    assert till.screen == "selling"
    assert _quantities(till) == [Quantity(500)]


def test_typed_is_typed_though_something_lies_on_the_scale(till):
    till.scale.say(WeightState.MOVING, 280)
    _add(till, _apples())
    till.scale.say(STABLE, 285)
    _enter(till, "0.3")
    assert _quantities(till) == [Quantity(300)]


def test_the_packaging_is_taken_off_unless_the_scale_did(till):
    till.scale.say(STABLE, 310)
    _add(till, _apples(tare_g=25))
    till.scale.say(WeightState.ZERO)
    till.scale.say(STABLE, 310, is_net=True)
    _add(till, _apples(tare_g=25))
    assert _quantities(till) == [Quantity(285), Quantity(310)]
    till.scale.say(WeightState.ZERO)
    till.scale.say(STABLE, 25)
    _add(till, _apples(tare_g=25))
    assert till.state("selling").notice.code == "scale.only_tare"
    assert len(_quantities(till)) == 2


def test_a_line_is_weighed_again_by_f3(till, qtbot):
    till.scale.say(STABLE, 285)
    _add(till, _apples())
    till.scale.say(STABLE, 400)
    till.view("selling").quantity_requested.emit(None)
    assert till.screen == "line_edit"
    till.view("line_edit").weigh_requested.emit()
    assert _quantities(till) == [Quantity(400)]


def test_goods_by_the_piece_have_nothing_to_do_with_the_scale(till):
    till.scale.say(STABLE, 285)
    selling = till.presenter("selling")
    selling._add(FoundProduct(product(1, 200), Quantity.pieces(1)))
    till.view("selling").quantity_requested.emit(None)
    assert till.state("line_edit").scale is None
    _enter(till, "3")
    assert _quantities(till) == [Quantity.pieces(3)]


def test_a_till_without_a_scale_asks_as_ever(qtbot, tmp_path):
    with counter(tmp_path) as till:
        till.sit_down()
        _add(till, _apples())
        assert till.screen == "line_edit"
        assert till.state("line_edit").scale is None
        _enter(till, "0.285")
        assert _quantities(till) == [Quantity(285)]


def test_a_scale_that_goes_and_comes_back_is_told_and_seen(till):
    till.scale.on_state("idle", "")
    till.scale.on_state("error", "timeout")
    assert till.told[-1] == "scale.gone"
    assert till.desk._header.device_gone == "scale"
    till.scale.on_state("idle", "")
    assert till.told[-1] == "scale.back"
    assert till.desk._header.device_gone == ""


def test_it_is_read_often_only_while_somebody_is_there(till):
    assert till.scale.watched is True
    till.desk.set_operator(None)
    assert till.scale.watched is False
    till.desk.scale.stop()
    assert till.scale.stopped
    assert till.desk.scale.weight is None
