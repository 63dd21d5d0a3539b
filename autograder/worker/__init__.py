"""What runs inside the sandbox: zygote, worker and wire. Only `wire` is used on the trusted side too."""
