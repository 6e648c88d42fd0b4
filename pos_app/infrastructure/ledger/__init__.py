"""``ledger.db``, the precious file: ``opening`` makes a ``store``; ``reader`` asks, ``derived`` follows the journal."""
