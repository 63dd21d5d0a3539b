"""Fuzzing of what reads hostile data: the wire's decoder, what is done with a reply, the notebook reader."""
