"""Plain Python: money, members, programme, pricing, ledger. No I/O, no clock of its own, no Qt, no SQL."""
