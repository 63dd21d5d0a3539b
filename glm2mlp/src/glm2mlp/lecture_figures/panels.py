"""White cards with several panels. Student side, public."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from glm2mlp.figures import BLACK, Picture

Array = np.ndarray[Any, Any]


def panels(
    title: str,
    names: tuple[str, ...],
    size: tuple[float, float] = (8.8, 3.6),
    *,
    share_y: bool = False,
) -> tuple[Picture, list[Axes]]:
    """Return a picture with a panel for each name, side by side."""
    figure = Picture(figsize=size, facecolor="white", layout="constrained")
    figure.suptitle(title, color=BLACK)
    row = list(figure.subplots(1, len(names), sharey=share_y, squeeze=False)[0])
    for axes, name in zip(row, names, strict=True):
        axes.set_title(name, color=BLACK, fontsize="medium")
        axes.spines[["top", "right"]].set_visible(False)
    return figure, row
