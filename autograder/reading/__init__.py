"""Reads a submitted notebook, whatever state it is in, and tells what was mended. Trusted side.

`notebook` reads the file, `patterns` finds what stands in a text, `cells` puts split cells together, takes
merged ones apart and finds out which of ours each is, `submission` decides what runs. Nothing here runs,
parses or imports what stands in the notebook.
"""
