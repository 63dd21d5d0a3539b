"""What the commands of the command line do. Trusted side."""
