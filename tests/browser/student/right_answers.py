"""Write a right answer to each exercise of an assignment, as JSON by the cell's name. Run by `run`."""

import json
import sys

from autograder.authoring.cells import solved_cells
from autograder.authoring.stubs import without_marks
from glm2mlp.catalogue import ASSIGNMENTS

right = {
    cell.grade_id: without_marks(cell.source)
    for cell in solved_cells(ASSIGNMENTS[sys.argv[1]])
    if cell.role in ("answer", "written")
}
json.dump(right, sys.stdout)
