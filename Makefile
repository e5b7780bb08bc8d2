# make run needs python3 ≥ 3.11 and nothing else; every target sets up what it needs in .venv.
#   make test ARGS="tests/unit -k calendar"      a part of the tests
#   make run PYTHON=/opt/python3.12/bin/python3  another Python (when .venv is made)

.DEFAULT_GOAL := help
.PHONY: help run test check bench format setup setup-run requirements clean

PY := .venv/bin/python
ARGS ?=
UV ?= uv

help:
	@echo "make run      start the assistant: with a token on Telegram, without one in the sandbox"
	@echo "make test     run every test"
	@echo "make check    format, lint, types, import contracts"
	@echo "make bench    the benchmarks, as ratios measured in one run"
	@echo "make format   put the code in form"

run: setup-run
	@exec $(PY) -m bot run $(ARGS)

# Tests of one file share what it starts (a server, a database), hence loadfile;
# two workers, since two cores is what we count on.
test: setup
	@$(PY) -m pytest -n auto --maxprocesses 2 --dist loadfile $(ARGS)

check: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo

bench: setup
	@$(PY) -m tests.bench $(ARGS)

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

setup:
	@requirements/install dev

setup-run:
	@requirements/install run

# Pins requirements/*.in again, for every platform: make requirements ARGS=--upgrade
# It needs uv, which nothing else here does.
requirements: PIN = cd requirements && $(UV) pip compile --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(ARGS)
requirements:
	$(PIN) build.in -o build.txt
	$(PIN) run.in -o run.txt
	$(PIN) -c run.txt dev.in -o dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
