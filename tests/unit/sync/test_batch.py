"""Batches: the way back is exact, and nothing hostile gets through."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.ledger import journal
from sync.protocol import batch, chain
from sync.protocol.batch import Batch, BatchHeader, PersonRow
from sync.protocol.chain import Head
from sync.protocol.errors import Refusal, RefusedError

ZEROS = bytes(32)
_TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20)
_IDS = st.sampled_from([f"01a2033f-03f7-74c6-b945-{n:012x}" for n in range(40)])
_PAYLOADS = st.lists(
    st.dictionaries(_TEXT, st.one_of(_TEXT, _IDS, st.integers(), st.lists(_IDS, max_size=3)), max_size=5).map(
        msgspec.json.encode
    ),
    max_size=30,
)


def header(count: int, **more: object) -> BatchHeader:
    signature = bytes(64) if count else b""
    return BatchHeader("till-1", 1, Head(0, ZEROS), count, signature, **more)  # type: ignore[arg-type]


@given(_PAYLOADS)
def test_what_is_packed_comes_back_to_the_byte(payloads: list[bytes]) -> None:
    people = (PersonRow(1, msgspec.Raw(b'{"name":"x"}')),) if payloads else ()
    sent = Batch(header(len(payloads), people=people), tuple(payloads))
    assert batch.unpack(batch.pack(sent)) == sent


@given(st.lists(st.sampled_from("0af-") | _IDS | st.sampled_from(["-0123-4567-89ab-", "-0123456789ab"]), max_size=30))
def test_what_looks_like_an_id_comes_back_too(pieces: list[str]) -> None:
    payload = "".join(pieces).encode()
    sent = Batch(header(1), (payload,))
    assert batch.unpack(batch.pack(sent)) == sent


def test_ids_that_share_digits_come_back() -> None:
    payload = b"01234567-0123-4567-89ab-0123456789ab-0123-4567-89ab-0123456789ab"
    sent = Batch(header(2), (payload, payload))
    assert batch.unpack(batch.pack(sent)) == sent


@pytest.mark.parametrize("distance", [1, 2, 3, 127, 128, 129, 130, 256, 257, 258, 300])
def test_a_distance_that_looks_like_a_mark_is_none(distance: int) -> None:
    """Of the bytes of a distance the last one may be any below 0x80: that of a mark as well."""
    ids = [f"01a2033f-03f7-74c6-b945-{n:012x}".encode() for n in range(distance)]
    payloads = (
        b"|".join(ids),
        ids[0] + b"x" + ids[0],
        ids[0] + b"-" + ids[-1] + b"new 01a2033f-03f7-74c6-b945-00000000ffff",
    )
    sent = Batch(header(3), payloads)
    assert batch.unpack(batch.pack(sent)) == sent


@pytest.mark.parametrize(
    "text", [b"\x02", b"a\x02\x80", b"\x02\x80\x80\x80\x80\x80\x00", b"\x02\x01", b"\x01\x01", b"\x02\x00"]
)
def test_marks_that_lead_nowhere_are_refused(text: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        batch.unpack(_of_plain(b"\x01\x00\x00\x00" + bytes(16) + len(text).to_bytes(4, "little") + text))
    assert refused.value.code is Refusal.BAD_REQUEST


def _of_plain(plain: bytes) -> bytes:
    """A batch of one record with this in it."""
    packed = batch.pack(Batch(header(1), (b"{}",)))
    _, place = batch.unpack_header(packed)
    return packed[:place] + zstandard.ZstdCompressor().compress(plain)


@given(st.binary(max_size=200))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        batch.unpack(data)


@given(_PAYLOADS.filter(bool), st.data())
def test_a_damaged_batch_is_refused_or_means_something_else(payloads: list[bytes], data: st.DataObject) -> None:
    """Whatever a line does to the bytes, nothing but a refusal comes out of it (the chain finds what is left)."""
    packed = bytearray(batch.pack(Batch(header(len(payloads)), tuple(payloads))))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(RefusedError):
        assert len(batch.unpack(bytes(packed)).payloads) <= batch.MAX_RECORDS


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    packed = batch.pack(Batch(header(1), (b"{}",)))
    _, place = batch.unpack_header(packed)
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(batch.MAX_PLAIN + 1))
    with pytest.raises(RefusedError) as refused:
        batch.unpack(packed[:place] + bomb)
    assert refused.value.code is Refusal.TOO_LARGE
    # One that does not say how large it is, neither.
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1 << 20))
    with pytest.raises(RefusedError):
        batch.unpack(packed[:place] + silent)


@pytest.mark.parametrize(("ids", "text"), [(1, b"\x01" + b"\x02\x01" * (1 << 20)), (1 << 20, b"\x01" * (1 << 20))])
def test_marks_that_stand_for_more_than_a_batch_may_hold_are_refused(ids: int, text: bytes) -> None:
    plain = ids.to_bytes(4, "little") + bytes(16 * ids) + len(text).to_bytes(4, "little") + text
    assert len(plain) < batch.MAX_PLAIN
    with pytest.raises(RefusedError) as refused:
        batch.unpack(_of_plain(plain))
    assert refused.value.code is Refusal.TOO_LARGE


def test_the_chain_is_the_journals() -> None:
    payloads = [b'{"a":1}', b'{"a":2}']
    first = journal.record_hash(journal.GENESIS_HASH, payloads[0])
    assert list(chain.hashes(chain.GENESIS_HASH, payloads)) == [first, journal.record_hash(first, payloads[1])]
