"""The sample class: 24 students, six assignments, and what each of them has to earn. Trusted side."""
