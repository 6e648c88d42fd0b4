"""The programme: every rule of a membership, as one typed, versioned document.

``document`` has the types, ``conditions`` decides whether a rule speaks, ``loading`` reads and checks a file,
``tiers`` and ``points`` are the rules' arithmetic. Pricing lives in ``pos_app.domain.pricing``.
"""
