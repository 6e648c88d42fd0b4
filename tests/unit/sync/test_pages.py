"""Pages and chunks come over the wire as they were, also rows of what is no more."""

from __future__ import annotations

import msgspec
import pytest

from sync.protocol.errors import RefusedError
from sync.protocol.messages import FeedPage, FeedRow
from sync.protocol.pages import pack_chunk, pack_page, unpack_chunk, unpack_page

ROWS = (FeedRow("person", "ab", msgspec.Raw(b'{"name":"x"}')), FeedRow("person", "cd"), FeedRow("hologram", "7"))


def plain(rows: tuple[FeedRow, ...]) -> list[tuple[str, str, bytes, bool]]:
    return [(row.kind, row.key, bytes(row.body), row.is_gone) for row in rows]


def test_a_page_comes_as_it_was() -> None:
    page = FeedPage("e", 3, 9, ROWS, 17, behind=2, server_ms=5)
    back = unpack_page(pack_page(page))
    assert plain(back.rows) == plain(ROWS)
    assert [row.is_gone for row in back.rows] == [False, True, True]
    assert (back.after, back.through, back.contains_seq, back.behind) == (3, 9, 17, 2)


def test_a_chunk_comes_as_it_was_and_no_other_in_its_place() -> None:
    name, data = pack_chunk(ROWS)
    assert plain(unpack_chunk(name, data)) == plain(ROWS)
    with pytest.raises(RefusedError):
        unpack_chunk(name, data + b"\x00")
    with pytest.raises(RefusedError):
        unpack_chunk(pack_chunk(ROWS[:1])[0], data)
