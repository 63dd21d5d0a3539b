"""What students download: notebooks, the student package, and a way to start. Trusted side.

The files in `student/` go into it as they are, but for names in braces; they never run here.
"""
