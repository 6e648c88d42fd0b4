"""The demo shop's bottles: a genuine label sells, one was sold before, one is forged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.counter import Counter, refused
from pos_testkit.demo import demo_till
from pos_testkit.till import RealTill

from pos_app.application.lookup import FoundProduct, FoundUnit
from pos_app.bootstrap import demo
from pos_app.bootstrap.demo_labels import BOTTLE, DEMO_KEY, DEMO_KEY_ID
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.unit_codes import to_base64
from pos_app.resources import resources_dir
from pos_app.ui.virtual.state import Sample, SampleNote


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with demo_till(tmp_path) as opened:
        yield opened


def labelled(till: RealTill, note: SampleNote) -> list[Sample]:
    return [sample for sample in demo.samples(till.app) if sample.note is note]


def test_the_programme_names_the_demos_key() -> None:
    programme = load_programme((resources_dir() / "demo" / "programme.toml").read_text(encoding="utf-8"))
    (key,) = programme.unit_codes.keys
    assert (key.key_id, key.public_key) == (DEMO_KEY_ID, to_base64(DEMO_KEY.public_key))


def test_each_label_does_what_it_says(till: RealTill) -> None:
    counter = Counter(till)
    counter.open_shift()
    genuine = labelled(till, SampleNote.UNIT_CODE)
    basket = Basket()
    for sample in genuine:
        found = till.app.lookup.resolve(sample.code)
        assert isinstance(found, FoundProduct)
        assert sample.bars == ""
        basket = basket.add(found.product, found.quantity, unit_code=found.unit_code)
    assert len(basket.lines) == 2
    counter.sell(basket)
    (sold,) = labelled(till, SampleNote.SOLD_BEFORE)
    assert isinstance(till.app.lookup.resolve(sold.code), FoundUnit)
    (forged,) = labelled(till, SampleNote.FORGED)
    with refused("unit.not_genuine"):
        till.app.lookup.resolve(forged.code)
    plain = till.replica.reader.product_by_code(BOTTLE)
    assert plain is not None
    with counter.refuses("unit.code_needed"):
        counter.sell(Basket().add(plain, basket.lines[0].quantity))
    assert counter.audit().ok
