"""``replica.db``, the disposable file: members, catalogue, programme and staff, made for fast questions.

``store`` opens it, or makes it again from the ledger; ``reader`` asks, ``writer`` takes over, ``bulk`` loads millions;
``members`` are the rows, ``pinyin`` what names are searched by; ``statements`` is made by ``..sql``.
"""
