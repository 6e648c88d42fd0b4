"""The programme: every rule of a membership, as one typed, versioned document.

``document`` has the types, with ``rules`` (who, when, where, what) and ``benefits`` (the kinds, how they go together);
``conditions`` decides whether a rule speaks, ``loading`` reads and checks a file with ``benefit_checks``, ``tiers`` and
``points`` are the rules' arithmetic. Pricing lives in ``pos_app.domain.pricing``.
"""
