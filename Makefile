# make serve   see the demo portfolio at http://127.0.0.1:8000
# make test    run every check
# make build   write the demo portfolio to site/
# make docs    write the generated reference again
# make plugins  try labfolio beside other plugins of MkDocs
# make lock    lock the newest dependencies that are a week old (needs uv)
.DEFAULT_GOAL := help
.PHONY: help serve build test docs plugins lock

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What is compiled here was built by what .github/build.lock names, and by nothing else that is fetched for it.
LOCKED := $(PIP) --require-hashes --no-build-isolation
# A release that is a fault or an attack is mostly found within days.
COMPILE := $(UV) pip compile --no-config --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --exclude-newer "7 days" --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock, in labfolio's sources"

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(VENV)/installed: pyproject.toml requirements.lock .github/build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "labfolio needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(LOCKED) -r .github/build.lock
	$(LOCKED) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed requirements-dev.lock
	$(LOCKED) -r requirements-dev.lock
	$(BIN)/python -m pip check
	@touch $@

serve: $(VENV)/installed
	$(BIN)/labfolio serve --address 127.0.0.1:8000

build: $(VENV)/installed
	$(BIN)/mkdocs build --strict

docs: $(VENV)/tested
	$(BIN)/python scripts/reference.py

# They are no part of the locks: nothing of labfolio needs them, and the newest of each is what an author has.
plugins: $(VENV)/tested
	$(PYTHON) -m venv $(VENV)-plugins
	$(BIN)/python -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' \
	  > "$$($(VENV)-plugins/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/tested.pth"
	$(VENV)-plugins/bin/python -m pip install --quiet --disable-pip-version-check -r .github/plugins.in
	$(VENV)-plugins/bin/python -m pytest tests/engines/test_beside_plugins.py

# From the widest to the narrowest, so that a package has one version in all of them.
lock:
	$(COMPILE) --extra dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --no-annotate -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) --no-annotate -c requirements-dev.lock .github/build.in -o .github/build.lock
	$(COMPILE) .github/audit.in -o .github/audit.lock
	$(COMPILE) .github/node.in -o .github/node.lock

test: $(VENV)/tested
	@sh .ci/programs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/reference.py --check
	$(BIN)/zizmor --offline --quiet --persona=auditor .github theme/scaffold/dot_github/dependabot.yml
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal
