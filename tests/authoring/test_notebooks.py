"""The notebooks run: solved from top to bottom with pictures, untouched without a traceback of ours."""

import nbformat
import pytest
from autograder.authoring.build import release_notebook, source_notebook
from autograder.authoring.cells import load_release
from glm2mlp.catalogue import ASSIGNMENTS
from nbclient import NotebookClient
from nbgrader.apps import NbGraderAPI
from nbgrader.validator import Validator
