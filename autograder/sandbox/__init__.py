"""The trusted side of the sandbox: what the host offers, the jail, the zygote and its workers."""
