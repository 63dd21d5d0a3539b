"""Takes submissions out of what learning management systems export. Trusted side."""
