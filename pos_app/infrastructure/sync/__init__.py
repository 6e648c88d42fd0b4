"""The till's stores as head office's line sees them: the journal on its way up, the replica on its way down.

``journal`` and ``membership`` are the way up and to whom the till belongs; ``feed_sink`` takes over pages of head
office and ``told_rows`` single rows of it; ``kept_data`` is what the till knows better.
"""
