"""A file of a till's records gives back what was put in, and says when it was cut."""

from __future__ import annotations

import io

import pytest

from sync.protocol.errors import RefusedError
from sync.protocol.export import read_export, write_export


def test_batches_come_back_in_order() -> None:
    file = io.BytesIO()
    write_export(file, [b"one", b"", b"three"])
    file.seek(0)
    assert list(read_export(file)) == [b"one", b"", b"three"]


def test_a_cut_file_gives_what_is_whole_and_says_that_it_is_cut() -> None:
    whole = io.BytesIO()
    write_export(whole, [b"one", b"three"])
    data = whole.getvalue()
    for cut in range(4, len(data)):
        found: list[bytes] = []
        batches = read_export(io.BytesIO(data[:cut]))
        if cut in (4, 11):
            found.extend(batches)
        else:
            with pytest.raises(RefusedError):
                found.extend(batches)
        assert found == ([b"one"] if cut >= 11 else [])


@pytest.mark.parametrize("data", [b"", b"GJB1", b"GJX1\xff\xff\xff\xff"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        list(read_export(io.BytesIO(data)))
