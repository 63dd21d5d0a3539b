"""What a student hands in for one assignment, and the plain way to make it. Trusted side."""

import random
from collections.abc import Callable

from sample.changes import Change
from sample.notebook import Notebook

LOGISTIC = "logistic_regression"
SOFTMAX = "softmax_regression"
MSE = "mse_as_mle"
GLM = "generalized_linear_models"
MLP = "multilayer_perceptron"
WRONG = "what_went_wrong"
REGULAR = "regularization"
ALL = (LOGISTIC, SOFTMAX, MSE, GLM, MLP, WRONG, REGULAR)


class Submitted:
    """What lies in the student's folder of an assignment: `files` by their paths, and symbolic `links`.

    `link` is set if the folder itself is a link. Paths are relative to the folder.
    """

    def __init__(self, student: str, assignment: str, rng: random.Random) -> None:
        self.student = student
        self.assignment = assignment
        self.name = f"{assignment}.ipynb"
        self.rng = rng
        self.notebook = Notebook(assignment, rng)
        self.files: dict[str, bytes] = {}
        self.links: dict[str, str] = {}
        self.link = ""

    def fill(self, *parts: str | Change) -> None:
        """Answer in these styles, where the last one counts; then change it."""
        # A seed of one's own for the pictures, here the student's number.
        self.notebook.find("seed")["source"] = f"seed = {int(self.student[1:3])}"
        self.notebook.fill(*(part for part in parts if isinstance(part, str)))
        for part in parts:
            if not isinstance(part, str):
                part(self.notebook)

    def save(self, name: str = "", text: str | None = None) -> None:
        """Hand in the notebook as it is now, or this text, under its name or another one."""
        content = self.notebook.text() if text is None else text
        self.files[name or self.name] = content.encode()


Story = Callable[[Submitted], None]


def answered(*parts: str | Change) -> Story:
    """Filled in the answers in these styles, with these changes, and handed them in."""

    def story(submitted: Submitted) -> None:
        submitted.fill(*parts)
        submitted.save()

    return story
