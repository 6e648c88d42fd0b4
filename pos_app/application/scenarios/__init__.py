"""Scenarios: a programme's promises as cases that anybody can write, run and defend.

``document`` has the types of a scenario file, ``loading`` reads one, ``running`` sells and refunds it with pure
functions, ``comparing`` says in words where the outcome differs from what was expected.
"""
