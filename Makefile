# make serve   see the demo portfolio at http://127.0.0.1:8000
# make test    run every check
# make build   write the demo portfolio to site/
# make docs    write the generated reference again
.DEFAULT_GOAL := help
.PHONY: help serve build test docs

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "labfolio needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

serve: $(VENV)/installed
	$(BIN)/labfolio serve --address 127.0.0.1:8000

build: $(VENV)/installed
	$(BIN)/mkdocs build --strict

docs: $(VENV)/tested
	$(BIN)/python scripts/reference.py

test: $(VENV)/tested
	@sh .ci/programs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/reference.py --check
	$(BIN)/zizmor --offline --quiet --persona=regular .github/workflows
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal
