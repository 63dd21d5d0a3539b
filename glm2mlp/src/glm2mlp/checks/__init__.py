"""Instant checks: the visible tests of each assignment, run by students in their notebook.

A notebook says `from glm2mlp.checks.softmax_regression import check, check_all`. Public: whatever
stands here, students see. `suite` runs the tests, `compare` states what was expected and what came,
`report` shows it.
"""
