"""For each protection an attack that it alone holds: the others do not notice."""

ALONE = {
    "namespaces": "the machine's name",
    "landlock": "folders that everybody may write to",
    "seccomp": "sockets of this machine",
    "dumpable": "a crash whose memory the host keeps",
    "limits": "memory, bit by bit",
    "watch": "time, asleep in a cell",
    "bounds of the wire": "a header of ten million lists",
    "bounds of the reader": "a link to a neighbour's notebook in the place of its own",
    "import rule": "a library answers in its place",
}
