"""What can be wrong with a document, as opposed to a printer."""

from __future__ import annotations


class DocumentError(ValueError):
    """A document cannot be printed as it is: a picture that is none, a code that holds too much."""
