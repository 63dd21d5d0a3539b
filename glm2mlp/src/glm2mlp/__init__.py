"""The student package: instant checks, derivations, figures and data for the course notebooks."""
