# glm2mlp: `make grade` shows it at work, `make test` proves it. Everything is made in .venv and build/.

COURSE := build/course
SAMPLE_SEED := 2025

# The first Python of these that is 3.11 or newer.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
UV := $(shell command -v uv || echo .uv/bin/uv)
RUN := PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/

export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
# The sandbox cannot write compiled modules into what it may only read.
export UV_COMPILE_BYTECODE := 1

.PHONY: help grade test lint build bench notebooks clean
help:
	@echo 'make grade      build the course, grade the sample class, print a table'
	@echo 'make test       run all tests'
	@echo 'make lint       format, lint and type checks'
	@echo 'make bench      measure the throughput beside stock nbgrader'
	@echo 'make notebooks  write the notebooks beside their text sources'
	@echo 'make clean      remove what was made'

.uv/bin/uv:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed' >&2; exit 1; }
	@"$(PYTHON)" -m venv .uv || { echo 'this Python lacks venv: install your system'"'"'s package python3-venv' >&2; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.ready: pyproject.toml glm2mlp/pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed' >&2; exit 1; }
	@echo 'Making the environment …'
	@$(UV) sync --frozen --quiet --python "$(PYTHON)"
	@touch $@

build: .venv/.ready
	@$(RUN)autograder build --course $(COURSE)

grade: build
	@$(RUN)python -m sample.make_class $(COURSE) --seed $(SAMPLE_SEED)
	@$(RUN)autograder grade logistic_regression softmax_regression --course $(COURSE)

test: .venv/.ready
	@$(RUN)python -m pytest

lint: .venv/.ready
	@$(RUN)ruff format --check
	@$(RUN)ruff check
	@$(RUN)mypy
	@$(RUN)autograder build --check

bench: .venv/.ready
	@$(RUN)python bench/throughput.py --write

notebooks: .venv/.ready
	@$(RUN)autograder build --notebooks

clean:
	rm -rf build .venv .uv
