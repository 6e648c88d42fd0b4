"""Pricing: ``basket`` is what the customer wants, ``quote`` what it costs, ``engine`` the pure function between."""
