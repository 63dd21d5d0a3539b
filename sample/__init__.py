"""The sample class: 24 students, all assignments, and what each of them has to earn. Trusted side."""
