"""The till's stores as head office's line sees them: the journal on its way up, the replica on its way down."""
