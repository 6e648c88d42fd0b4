"""``replica.db``, the disposable file: members, catalogue, programme and staff, made for fast questions."""
