"""Building blocks of the screens. Import the module you need: the start pays for every import."""
