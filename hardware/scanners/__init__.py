"""Scanners: what a code means, and the ways codes come in."""
