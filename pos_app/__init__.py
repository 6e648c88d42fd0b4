"""The till: an offline-first point of sale. See pos_app/README.md for the map."""
