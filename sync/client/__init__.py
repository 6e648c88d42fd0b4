"""The till's side of the wire: an engine without I/O of its own, and the transport that carries it."""
