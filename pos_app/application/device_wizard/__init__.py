"""Setting a device up by asking the person who stands before it: pure, the same for window and terminal."""
