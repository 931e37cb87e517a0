# `make help` lists what there is. Every target installs what it needs first.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help build sample test prove-bigquery prove-emulator lint check
.PHONY: test-bigquery test-emulator test-runs daily
.PHONY: docs lock clean bench bench-quality

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLE := data/raw

# Your own logs: make build RAW=DIR RUN_DATE=YYYY-MM-DD
RAW ?= $(OTT_RAW_PATH)
RUN_DATE ?= $(OTT_RUN_DATE)

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' \
		$(MAKEFILE_LIST)
	@echo
	@echo '  make build RAW=DIR RUN_DATE=YYYY-MM-DD builds from your own raw logs;'
	@echo '  it needs OTT_HASH_PEPPER. OTT_DUCKDB_PATH names another database file.'

# The sample's accounts are invented, so its pepper is no secret. Real logs never get it,
# nor the sample's last day: not those of RAW, not those that somebody put in data/raw.
ifeq ($(strip $(RAW)),)
ifeq ($(wildcard $(SAMPLE)/_sample.json),)
override RAW := $(wildcard $(SAMPLE))
endif
endif

ifeq ($(strip $(RAW)),)
build: $(STAMP) sample ## Build the marts (from the sample, or RAW=DIR) and show the day.
	@OTT_HASH_PEPPER="$${OTT_HASH_PEPPER:-pepper-of-the-sample}" \
		$(BIN)/ott build --raw "$(SAMPLE)" --run-date "$(or $(RUN_DATE),$(shell \
		$(BIN)/python -c 'from ott.sample.settings import SAMPLE_END as day; print(day)'))"
else
build: $(STAMP)
	@$(BIN)/ott build --raw "$(RAW)" $(if $(RUN_DATE),--run-date "$(RUN_DATE)")
endif

ifeq ($(strip $(RAW)),)
daily: $(STAMP) ## Bring the marts up to RUN_DATE, or rewrite BACKFILL="FIRST LAST".
	@OTT_HASH_PEPPER="$${OTT_HASH_PEPPER:-pepper-of-the-sample}" \
		$(BIN)/ott daily --raw "$(SAMPLE)" $(if $(BACKFILL),--backfill $(BACKFILL),\
		--date "$(or $(RUN_DATE),$(shell $(BIN)/python -c \
		'from ott.sample.settings import SAMPLE_END as day; print(day)'))")
else
daily: $(STAMP)
	@$(BIN)/ott daily --raw "$(RAW)" $(if $(BACKFILL),--backfill $(BACKFILL),\
		$(if $(RUN_DATE),--date "$(RUN_DATE)"))
endif

sample: $(STAMP) ## Write the sample raw logs, if they are not there.
	@test -d "$(SAMPLE)" || $(BIN)/ott sample --out "$(SAMPLE)"

test: $(STAMP) ## Run every test but those that take minutes, which .ci/run adds.
	@$(BIN)/pytest -q -n 2 --dist loadgroup \
		-m 'not proof and not emulator and not runs' tests/python

prove-bigquery: $(STAMP) ## Prove the BigQuery SQL with Google's ZetaSQL.
	@$(BIN)/ott prove-bigquery

prove-emulator: $(STAMP) ## Build with dbt-bigquery on a local emulator and compare.
	@$(BIN)/ott prove-emulator

test-bigquery: $(STAMP) ## Run the tests of the BigQuery SQL as a whole.
	@$(BIN)/pytest -q -n 2 --dist loadgroup -m proof tests/python

test-emulator: $(STAMP) ## Run the tests on the emulator, three minutes and more.
	@$(BIN)/pytest -q -m emulator tests/python/emulator

test-runs: $(STAMP) ## Run the tests of daily runs, backfills and killed runs.
	@$(BIN)/pytest -q -n 2 --dist load -m runs tests/python/runs

lint: $(STAMP) ## Check the style of SQL, Python and YAML.
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pre-commit run --all-files

check: lint test ## Lint, then test.

docs: $(STAMP) ## Write the data dictionary, site/docs.html.
	@$(BIN)/ott docs

bench: $(STAMP) ## Measure speed and memory against other engines, SCALE=10M or 50M.
	@$(BIN)/python benchmarks/bench.py --scale "$(or $(SCALE),10M)"

bench-quality: $(STAMP) ## Plant faults and measure what the detectors find.
	@$(BIN)/python benchmarks/quality.py

lock: $(STAMP) ## Renew requirements.lock from pyproject.toml.
	@$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 \
		--extra dev --no-annotate --no-header pyproject.toml -o requirements.lock

clean: ## Remove what was built; the environment and the raw logs stay.
	@rm -rf target logs site data/*.duckdb data/*.duckdb.wal
	@find ott tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@python=''; \
	for name in python3.13 python3.12 python3.11 python3; do \
		if "$$name" -c 'import sys, venv, ensurepip; \
			sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer (with venv) is needed; found:" \
			"$$(python3 --version 2>&1 || true). Install one from python.org or" \
			"your system's packages and run make again." >&2; \
		exit 1; \
	fi; \
	test -x $(BIN)/python || "$$python" -m venv $(VENV) || exit 1; \
	if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "$(VENV) holds $$($(BIN)/python --version 2>&1); Python 3.11 or newer is" \
			"needed. Remove the folder $(VENV) and run make again." >&2; \
		exit 1; \
	fi; \
	echo "Installing into $(VENV), with $$($(BIN)/python --version) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps -e .
	@touch $@
