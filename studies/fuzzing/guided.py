"""One target under Atheris: `python -m studies.fuzzing.guided TARGET FOLDER… OPTIONS`, those of libFuzzer."""

import random
import resource
import sys

import atheris

READERS = (
    "autograder.worker.wire",
    "autograder.sandbox.host",
    "autograder.grading.student",
    "autograder.reading",
    "autograder.report",
)
with atheris.instrument_imports(include=list(READERS)):
    from studies.fuzzing.properties import TARGETS
from studies.fuzzing.seeds import mutated  # noqa: E402 - behind what is instrumented

MEMORY = 1 << 30  # bytes above what the fuzzer itself takes when it starts
TREES = ("notebook", "report")  # JSON all through, which can be changed by its structure


def main() -> None:
    """Run until libFuzzer has had enough; its exit code says whether all held."""
    name = sys.argv[1]
    limit_memory()

    def one_input(data: bytes) -> None:
        TARGETS[name](data)

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        rng = random.Random(seed)  # noqa: S311
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(data, size))
        return mutated(bytes(data), rng)[:size]

    options = {"custom_mutator": mutate} if name in TREES else {}
    atheris.Setup([sys.argv[0], *sys.argv[2:]], one_input, **options)
    atheris.Fuzz()


def limit_memory() -> None:
    """Bound the address space: an input that takes more is a MemoryError, and so a finding."""
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


if __name__ == "__main__":
    main()
