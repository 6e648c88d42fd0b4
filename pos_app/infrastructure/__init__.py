"""Stores, files, keys, receipts, logs: everything that touches the disk."""
