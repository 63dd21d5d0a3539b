# glm2mlp: `make grade` shows it at work, `make test` proves it. Everything is made in .venv and build/.

COURSE := build/course
SAMPLE_SEED := 2025
# All of the course; asked for only where needed, since there may be no environment yet.
ASSIGNMENTS = $(shell .venv/bin/python -c 'from glm2mlp.catalogue import ASSIGNMENTS; print(*ASSIGNMENTS)')
# What runs on students' machines, whatever they are: no call that only one system has.
STUDENT_SIDE := glm2mlp/src/glm2mlp autograder/bundle/student/start.py

# The first Python of these that is 3.11 or newer.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
UV := $(shell command -v uv || echo .uv/bin/uv)
# Tests of one file share what it makes, so one process runs them.
PYTEST := python -m pytest -n auto --dist loadfile --no-loadscope-reorder
RUN := PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/

export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
# The sandbox cannot write compiled modules into what it may only read.
export UV_COMPILE_BYTECODE := 1
# Every process of the tests imports this project: if it has to compile all modules, collection takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help grade test test-slow test-all fresh lint build bench scale kill fuzz attack guide notebooks lectures study study-repair site site-check lite clean
help:
	@echo 'make grade      build the course, grade the sample class, print a table'
	@echo 'make test       run the tests that a change needs (minutes)'
	@echo 'make test-all   run all tests, also those that repeat others (half an hour)'
	@echo 'make fresh      try properties on examples that no run has seen; SEED=… repeats a run'
	@echo 'make lint       format, lint and type checks, and the tests of written content'
	@echo 'make bench      measure the throughput beside stock nbgrader and otter, and where the time goes (a quarter of an hour)'
	@echo 'make kill       kill the grader at 200 moments, write docs/nothing-lost.md (an hour); MOMENTS=20 only tries'
	@echo 'make fuzz       fuzz what reads hostile data, write docs/fuzzing.md (ten minutes); SHORT=1 only tries'
	@echo 'make attack     play all attacks, with each protection switched off too, and open their pages in Chromium:'
	@echo '                docs/attacks.md (two hours)'
	@echo 'make scale      grade a class of 5,000: docs/scale-measured.md (ten minutes)'
	@echo 'make notebooks  write the notebooks beside their text sources'
	@echo 'make lectures   run every lecture, warnings as errors'
	@echo 'make study      break every derivation, try every known answer: docs/derivations.md, docs/fairness.md (half an hour)'
	@echo 'make guide      run every command of docs/instructor.md and jupyterhub.md, the autograder for Gradescope, and from wheels (minutes)'
	@echo 'make study-repair damage good notebooks in every way, grade them, write docs/repairs.md (minutes)'
	@echo 'make site       build the site in build/site; INSTRUCTOR=1 adds solutions, LECTURE=… builds one'
	@echo 'make site-check test what was built of both sites, in Chromium'
	@echo 'make lite       build the course for browsers (JupyterLite) in build/lite; PYODIDE=folder copies Pyodide from there'
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
	@$(RUN)autograder grade $(ASSIGNMENTS) --course $(COURSE)

test: .venv/.ready
	@$(RUN)$(PYTEST) --ignore=tests/lint -m "not slow and not lint"

# What of all tests neither `make test` nor `make lint` runs.
test-slow: .venv/.ready
	@$(RUN)$(PYTEST) --ignore=tests/lint -m "slow and not lint"

test-all: .venv/.ready
	@$(RUN)$(PYTEST)

# The seed is that of the commit, so that CI tries others with every change.
fresh: SEED ?= $(shell printf '%d' 0x$$(git rev-parse --short=8 HEAD))
fresh: .venv/.ready
	@echo 'The seed is $(SEED). To draw these examples again: make fresh SEED=$(SEED)'
	@$(RUN)python -m pytest -n auto -m hypothesis --hypothesis-profile fresh --hypothesis-seed $(SEED)

lint: .venv/.ready
	@$(RUN)ruff format --check
	@$(RUN)ruff check
	@$(RUN)mypy
	@$(RUN)mypy --platform win32 --cache-dir .mypy_cache/windows $(STUDENT_SIDE)
	@$(RUN)mypy --platform darwin --cache-dir .mypy_cache/macos $(STUDENT_SIDE)
	@$(RUN)codespell
	@$(RUN)autograder build --check
	@$(RUN)python -m pytest -q -m lint

# Another grader has an environment of its own: ours must not change with what it needs.
build/otter/.ready: pyproject.toml glm2mlp/pyproject.toml uv.lock | .venv/.ready
	@echo 'Making the environment of otter …'
	@UV_PROJECT_ENVIRONMENT="$(CURDIR)/build/otter" \
		$(UV) sync --frozen --quiet --python "$(PYTHON)" --only-group bench
	@touch $@

bench: .venv/.ready build/otter/.ready
	@$(RUN)python bench/throughput.py --write

kill: .venv/.ready
	@$(RUN)python -m studies.nothing_lost $(if $(MOMENTS),--moments $(MOMENTS),--write)

.venv/.fuzz: .venv/.ready
	@$(UV) sync --frozen --quiet --inexact --group fuzz
	@touch $@

fuzz: .venv/.fuzz
	@$(RUN)python -m studies.fuzz $(if $(SHORT),--short,--write)

scale: .venv/.ready
	@$(RUN)python bench/scale.py --write

notebooks: .venv/.ready
	@$(RUN)autograder build --notebooks

lectures: .venv/.ready
	@$(RUN)python -m autograder.authoring.lectures

study: .venv/.ready
	@$(RUN)python tests/glm2mlp/derivation_study.py --write docs/derivations.md
	@$(RUN)python -m studies.fairness --write

.venv/.site: .venv/.ready
	@$(UV) sync --frozen --quiet --inexact --group site
	@touch $@

attack: .venv/.ready
	@$(RUN)python -m studies.attacks --write

guide: .venv/.ready
	@$(RUN)python -m pytest tests/project/walk_instructor_guide.py tests/project/walk_jupyterhub.py \
		tests/cli/walk_gradescope_autograder.py tests/project/walk_wheels.py --timeout 900

study-repair: .venv/.ready
	@$(RUN)python -m studies.repairs --write

site: .venv/.site
	@$(RUN)python site/build.py $(if $(INSTRUCTOR),--instructor) $(if $(LECTURE),--preview $(LECTURE))

site-check: .venv/.site
	@tests/browser/site/run

.venv/.lite: .venv/.ready
	@$(UV) sync --frozen --quiet --inexact --group lite
	@touch $@

lite: .venv/.lite
	@$(RUN)python site/lite.py $(if $(PYODIDE),--pyodide "$(PYODIDE)")

clean:
	rm -rf build .venv .uv
