"""The sample class: twelve students, two assignments, and what each of them has to earn."""
