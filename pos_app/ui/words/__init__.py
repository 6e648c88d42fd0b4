"""The words for codes, one module for each part of the shop; :mod:`pos_app.ui.messages` finds them."""
