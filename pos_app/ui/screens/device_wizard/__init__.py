"""Setting a device up by answering one question after another."""
