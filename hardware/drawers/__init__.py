"""Cash drawers with a wire of their own; those on a receipt printer are opened by the printer."""
