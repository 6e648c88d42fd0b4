"""``ledger.db``, the precious file.

``opening`` makes a ``store``, which gives ``transaction`` (writing) and ``reader`` (asking); ``derived`` writes the
rows that follow from a record; ``migrate`` and ``migrations/`` are the shape; ``statements`` is made by ``..sql``;
``witness`` notices a ledger that went back in time.
"""
