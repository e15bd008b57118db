# `make demo` shows the product at work; `make test` proves it; `make help` lists the rest.
# Both set everything up first, from a bare clone, and do nothing twice.

# The first Python that is new enough, unless PYTHON names one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# Test processes: as many as there are cores, up to four.
CORES := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$n" -gt 4 ] && n=4; echo $$n)
N ?= 1000
SEED ?= 1
PAIRS ?= 500
PAGES := $(CURDIR)/var/pages
CODE := selfservice forms integrations workers tests bin wsgi.py config

.DEFAULT_GOAL := help
.PHONY: help demo test check format faults chaos sweep axe acting pages search same-answer supervising outlines browser scanner messages assets lock set-up

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: set-up ## Run the whole product on this machine (PORT=8000, RESET=1 to start afresh)
	@PORT="$(PORT)" RESET="$(RESET)" exec $(BIN)/selfservice demo

test: set-up browser scanner ## Run every test
	@$(BIN)/pytest -n $(CORES) -m "not faults and not slow" $(ARGS)

check: set-up browser scanner ## Format, lint, types, floors and tests: what a change must pass
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n $(CORES) -q -m "not faults and not slow"

format: set-up ## Lay the code out and mend what can be mended
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

faults: set-up ## Break things on purpose and see that nothing is lost or doubled
	@$(BIN)/pytest -n 2 -m faults $(ARGS)

chaos: set-up ## Random kills while submitting (N=1000 SEED=1), on PostgreSQL and Redis
	@$(BIN)/python -m tests.faults.chaos --n $(N) --seed $(SEED)

sweep: set-up browser ## axe on each page of each service; ten by keyboard, ten without scripts; every naughty string (slow)
	@$(BIN)/pytest -n $(CORES) -m slow tests/sweep tests/naughty --deselect tests/sweep/test_kept_pages.py $(ARGS)

axe: set-up browser ## axe on every page that any test of the web fetches, in whatever state, at 360 and 1280 px (slow)
	@rm -rf $(PAGES)
	@SELFSERVICE_PAGES=$(PAGES) $(BIN)/pytest -n $(CORES) -q -m "not faults and not slow" tests/selfservice/web
	@SELFSERVICE_PAGES=$(PAGES) $(BIN)/pytest -n 0 -q -s -m slow tests/sweep/test_kept_pages.py $(ARGS)

acting: set-up ## An agent, three tabs, three customers, anything in any order (N=5000 steps)
	@STEPS=$(if $(filter command line,$(origin N)),$(N),5000) $(BIN)/pytest -n 0 -q -s -m slow tests/acting $(ARGS)

pages: set-up ## Measure what each page costs the server in processor time, on PostgreSQL
	@$(BIN)/python -m tests.speed.page_cost

search: set-up ## Measure how quickly agents find customers among many, on PostgreSQL (N=300000 SEED=1)
	@$(BIN)/python -m tests.speed.search --customers $(if $(filter file,$(origin N)),300000,$(N)) --seed $(SEED)

same-answer: set-up ## Measure whether the time or the words of an answer tell who has an account (PAIRS=500)
	@$(BIN)/python -m tests.speed.same_answer --pairs $(PAIRS)

supervising: set-up ## Measure what a month of a supervisor's figures costs the database, over a year of contacts
	@$(BIN)/python -m tests.speed.supervising

browser: set-up ## Install Chromium for the browser tests, where it can be
	@$(PYTHON) bin/set_up.py browser

scanner: set-up ## Install ClamAV's daemon for the tests of scanning, where it can be
	@$(PYTHON) bin/set_up.py scanner

messages: set-up ## Collect every text for translators (docs/languages.md)
	@$(BIN)/selfservice languages extract

outlines: set-up ## Keep each service's outline as it is now, to see what a later change changes
	@for slug in $$(ls forms/services | sed -n 's/^\([a-z].*\)\.py$$/\1/p' | tr _ -); do \
		$(BIN)/selfservice outline $$slug > tests/forms/outlines/$$slug.txt; done

assets: set-up ## Build style sheets and scripts again
	@$(BIN)/selfservice assets

lock: set-up ## Take newer versions within pyproject.toml's bounds (needs the network)
	$(BIN)/uv pip compile pyproject.toml --extra development --universal --upgrade --generate-hashes \
		--no-header --no-annotate --python-version 3.11 -q -o requirements.lock
	npm install --package-lock-only --ignore-scripts

set-up: ## Everything between a bare clone and a running program, done once
	@test -n "$(PYTHON)" || { echo "selfservice needs Python 3.11 or newer, and there is none here. Install it, or name it: make demo PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) bin/set_up.py
