"""The databases' statements in SQLAlchemy Core: shapes in ``*_tables``, then ``*_questions`` and ``*_changes``.

``python -m pos_app.infrastructure.sql`` compiles them into ``*statements.py`` of ledger and replica; a test compares.
Nothing here is imported while the till runs: SQLAlchemy would cost a third of the time to the first picture (see
``pos_app/decisions/009-finished-statements.md``).
"""
