"""The books: ``postings`` and accounts, ``lots``, ``fold``, ``refunds``, ``journal`` records and their bodies."""
