# `make demo` and `make test` do all the set-up themselves; everything else builds on the same environment.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
DEMO_OUT ?= out/telemark-2027
# The date on the documents; today when empty.
DEMO_ISSUED ?=
SHARED ?= ../shared
# The interpreter of an environment that has Taguette, which the plans are measured beside; without one it is left out.
PEERS ?=
# How many processes run the tests, each a file at a time in the order of the folders: the browser first, whole in one of
# them, with one workspace; the quick last.
JOBS ?= 2
SIDE_BY_SIDE := -n $(JOBS) --dist loadfile --no-loadscope-reorder
# Several people at the same moment: tried on PostgreSQL on a day, on both engines by make verify.
AT_ONCE := $(wildcard tests/web/*/test_*at_once.py tests/web/*/test_together.py)
# What is compiled once is kept for the many processes that tests start.
export PYTHONDONTWRITEBYTECODE :=

# What the pages take from locked npm packages: served by the workspace, and used by its tests alone.
FRONT := src/fotfeste/web/front/static/front/vendor/versions.json
FRONT_TESTS := frontend/node_modules/.package-lock.json

.PHONY: help demo serve test lint style types compiled verify bench data data-check messages api frontend picture screenshots wheel lock clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

demo: $(VENV)/.demo-ready ## Set up, and run the main job on the embedded data (Telemark 2027)
	$(BIN)/fotfeste recommend --county Telemark --year 2027 --total 545 --out $(DEMO_OUT) \
	  $(if $(DEMO_ISSUED),--issued $(DEMO_ISSUED))
	@echo
	@echo "The documents are in $(DEMO_OUT):"
	@cd $(DEMO_OUT) && ls -1 --group-directories-first -p | sed 's|^|  |'

serve: $(VENV)/.demo-ready $(FRONT) ## Set up, and open the workspace at localhost
	$(BIN)/fotfeste serve

test: $(VENV)/.ready $(FRONT) $(FRONT_TESTS) ## Set up, and pass every check and test
	@bash tools/system_packages.sh
	@$(MAKE) --no-print-directory --jobs=$(JOBS) --output-sync=target lint compiled
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow" $(AT_ONCE:%=--ignore=%)
	@echo "Once more on a real PostgreSQL: what rests on the engine (the other rooms are tried on both by make verify):"
	$(BIN)/python tools/with_postgres.py -- $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow" \
	  tests/web/jobs tests/web/trace tests/web/people tests/web/rounds tests/web/upkeep/test_migrations.py \
	  tests/web/upkeep/test_check.py tests/web/plans/test_codings_kept.py $(AT_ONCE)

lint: style types ## Style, formatting, types and the rules of the house

style: $(VENV)/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(VENV)/.ready
	$(BIN)/mypy

# The tests are compiled by one process, while others look at the style and the types; all of those that run them use it.
compiled: $(VENV)/.ready
	@$(BIN)/python -m pytest --collect-only --quiet -m "not slow" >/dev/null

verify: $(VENV)/.ready $(FRONT) $(FRONT_TESTS) ## The long runs: every test with many more examples; writes docs/verify.md
	@bash tools/system_packages.sh
	$(BIN)/python tools/long_runs.py $(JOBS)

bench: $(VENV)/.ready $(FRONT) ## Measure every claim of speed; write docs/benchmarks.md and the README's table
	$(BIN)/python benchmarks/run.py --write docs/benchmarks.md --readme README.md $(if $(PEERS),--peers $(PEERS))

data: $(VENV)/.ready ## Rebuild the embedded data from the public statistics beside the checkout
	$(BIN)/python tools/build_data.py --shared $(SHARED)/data --out src/fotfeste/data

data-check: $(VENV)/.ready ## Check that the embedded data are what the public statistics give, to the byte
	$(BIN)/python tools/build_data.py --shared $(SHARED)/data --out src/fotfeste/data --check
	@echo "The embedded data are what the public statistics give, to the byte."

messages: $(VENV)/.ready ## Collect texts for translation and compile the translations
	$(BIN)/python tools/messages.py

frontend: $(FRONT) $(FRONT_TESTS) ## Fetch the front-end files of the workspace, and what its tests use
	$(BIN)/python tools/frontend.py --check

api: $(VENV)/.ready ## Renew the list of public names in docs/api.md and the description of the API
	$(BIN)/python tools/public_names.py
	$(BIN)/python tools/api_description.py

picture: $(VENV)/.ready ## Make the README's picture from real output
	$(BIN)/python tools/make_picture.py

screenshots: $(VENV)/.ready $(FRONT) ## Take the pictures of the workspace's main pages for the guide
	$(BIN)/python tools/screenshots.py

wheel: $(VENV)/.ready ## Build the wheel and the source archive into dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .

lock: $(VENV)/.ready ## Renew the lock files after a change of dependencies (UPGRADE=1 takes newer releases)
	$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)
	$(BIN)/python tools/frontend.py --lock

clean: ## Remove everything that was made
	rm -rf $(VENV) $(dir $(FRONT)) frontend/node_modules build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Fotfeste needs Python 3.11 or newer; set PYTHON=/path/to/python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bash tools/system_packages.sh python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo-ready: requirements/build.txt requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes --requirement requirements/build.txt --requirement requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.ready: requirements/dev.txt $(VENV)/.demo-ready
	$(PIP) install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

$(FRONT): frontend/package-lock.json tools/frontend.py $(wildcard src/fotfeste/reports/fonts/*.woff2) | $(VENV)/.ready
	$(BIN)/python tools/frontend.py --anew

$(FRONT_TESTS): frontend/package-lock.json | $(VENV)/.ready
	$(BIN)/python tools/frontend.py --tests
	@touch $@
