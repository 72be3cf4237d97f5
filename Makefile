# Everything that people and CI run. `make` alone lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	command -v $$python >/dev/null && \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && \
	command -v $$python && break; done)
BIN := .venv/bin
STAMP := .venv/.installed

# Airflow without compiled files takes twice as long to start, every time.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(STAMP)  ## Install everything into .venv (quick when nothing changed)

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "mastersync needs Python 3.11, 3.12 or 3.13; none was found." >&2; \
		echo "Install one, or name it: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv || { \
		echo "$(PYTHON) could not make .venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/python -m uv pip sync --quiet --require-hashes requirements.lock
	@$(BIN)/python -m uv pip install --quiet --no-deps --editable .
	@touch $@

.PHONY: run
run: setup  ## Sync the sample clients end to end on this machine, and check the outcome
	@$(BIN)/mastersync demo

.PHONY: up
up: setup  ## Start everything on this machine, until Ctrl-C
	@$(BIN)/mastersync up

.PHONY: test
test: setup  ## Run all tests; the end says what this machine could not run
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(TESTS)

.PHONY: lint
lint: setup  ## Check style, layers and SQL; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@PYTHONWARNINGS=ignore::UserWarning $(BIN)/sqlfluff lint --processes 2 include/sql

.PHONY: types
types: setup  ## Check types
	@$(BIN)/mypy

.PHONY: bench
bench: setup  ## Measure what the README says (an hour or more, two hundred chaos schedules among it)
	@for benchmark in benchmarks/[!_]*.py; do echo "== $$benchmark"; $(BIN)/python $$benchmark || exit 1; done
	@for benchmark in sla sla.pages matching.quality; do \
	  echo "== benchmarks.$$benchmark"; $(BIN)/python -m benchmarks.$$benchmark || exit 1; done

.PHONY: screenshots
screenshots: setup  ## Take the README's pictures again (about 4 minutes; needs chromium)
	@$(BIN)/python docs/screenshots.py

.PHONY: sqldoc
sqldoc: setup  ## Write docs/sql.md from the headers of include/sql
	@$(BIN)/python docs/sql_index.py

.PHONY: slastories
slastories: setup  ## Write docs/sla-stories.md from the clock stories of the tests
	@$(BIN)/python docs/sla_stories.py

.PHONY: fmt
fmt: setup  ## Rewrite Python in house style, and SQL where it can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --quiet include/sql || true

.PHONY: lock
lock:  ## Resolve pyproject.toml again into requirements.lock, with hashes
	@$(BIN)/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
