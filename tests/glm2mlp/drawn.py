"""Pictures that several tests look at."""

from collections.abc import Callable, Mapping
from functools import cache

from matplotlib.figure import Figure


class Drawn(dict[str, Callable[[], Figure]]):
    """Pictures by name, each drawn once, when a test looks at it: not while tests are collected."""

    def __init__(self, pictures: Mapping[str, Callable[[], Figure]]) -> None:
        super().__init__({name: cache(draw) for name, draw in pictures.items()})

    def __getitem__(self, name: str) -> Figure:
        return super().__getitem__(name)()
