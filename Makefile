# Everything starts here; `make help` lists what there is. Set-up happens by itself.

PYTHON ?= python3
MONTH ?= 2026-10
COMPANIES ?= 20
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
BASE := $(VENV)/.base-installed
TEST := $(VENV)/.test-installed
ENGINES := $(VENV)/.engines-installed
WORKERS ?= $(shell cores=$$(getconf _NPROCESSORS_ONLN || echo 2); echo $$((cores < 2 ? 2 : cores > 4 ? 4 : cores)))
INSTALLER := requirements/install.sh requirements/uv.txt pyproject.toml

export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export RUNTIME__DLTHUB_TELEMETRY := false

.DEFAULT_GOAL := help
.PHONY: help demo test test-nightly test-engines test-schemas fuzz faults audit real ui lint lint-models lint-types format bench bench-rollout bench-attribution bench-scale bench-month bench-further bench-workbooks bench-connectors clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(BASE) ## Create the sample company in ./demo and run one month to its workbooks
	@test -f demo/capstream.yaml || $(BIN)/capstream init demo --sample
	@$(BIN)/capstream run --company demo --month $(MONTH)

test: $(TEST) ## Run the whole test suite
	@requirements/system.sh
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadgroup --no-loadscope-reorder -m "not nightly"

test-nightly: $(TEST) ## Five hundred companies, a thousand asset lives, two thousand rollouts, months at the edge
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile -m nightly tests/e2e
	@CAPSTREAM_COMPANIES=500 CAPSTREAM_LIVES=1000 $(BIN)/python -m pytest tests/property
	@CAPSTREAM_ROLLOUTS=2000 $(BIN)/python -m pytest tests/unit/test_effect_simulations.py

test-engines: $(ENGINES) ## COMPANIES (20) random companies on PostgreSQL and Spark against DuckDB, relation by relation
	@requirements/system.sh java
	@CAPSTREAM_ENGINE_COMPANIES=$(COMPANIES) CAPSTREAM_SPARK_COMPANIES=$(COMPANIES) $(BIN)/python -m pytest tests/engines

test-schemas: $(TEST) ## Hold questions and local hosts against GitHub's published schema (fetched by npm)
	@mkdir -p build/schemas
	@cd build/schemas && npm pack --silent @octokit/graphql-schema@15.26.1
	@$(BIN)/python -m pytest tests/connectors/test_vendor_schemas.py

fuzz: $(TEST) ## Thirty thousand damaged companies, configurations and extracts
	@CAPSTREAM_FUZZ=30000 $(BIN)/python -m pytest --numprocesses=$(WORKERS) tests/fuzz

faults: $(BASE) ## Kill loads, runs and closings two hundred times; compare with a twin never killed
	@$(BIN)/python -m benchmarks.run_kills --kills 200

audit: $(TEST) ## Licences, bill of materials and known holes of the locked packages
	@$(BIN)/python requirements/supply_chain.py
	@if command -v pip-audit >/dev/null; then \
		pip-audit --no-deps --disable-pip --requirement requirements/container.txt; \
	else echo "known holes: not audited (no pip-audit on this machine)"; fi

real: $(BASE) ## Run companies built around real records (CAPSTREAM_REAL_DATA names their folder)
	@$(BIN)/python -m benchmarks.run_real
	@$(BIN)/python -m benchmarks.ai_traces

ui: $(BASE) ## Open the orchestrator's web page for ./demo on this machine
	@test -f demo/capstream.yaml || $(BIN)/capstream init demo --sample
	@$(BIN)/capstream ui --company demo

lint: $(TEST) ## Check format, style, types, layers, models and what must not be in a file
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory --jobs=2 lint-models lint-types

lint-models:
	@$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar dbt_project/models

lint-types:
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/dbt/test_manifest_rules.py tests/unit/test_repository.py

format: $(TEST) ## Put files into the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(BASE) ## Measure a run on the sample, long journals, a large rollout, delivery and flow
	@$(BIN)/python -m benchmarks.run_sample
	@$(BIN)/python -m benchmarks.run_journals
	@$(BIN)/python -m benchmarks.run_effects
	@$(BIN)/python -m benchmarks.run_delivery

bench-rollout: $(BASE) ## Find the planted effect of a company of forty teams, by weeks
	@$(BIN)/python -m benchmarks.planted_effect build/forty

bench-attribution: $(TEST) ## Measure attribution against simulated companies with known effort
	@$(BIN)/python -m benchmarks.attribution

bench-connectors: $(TEST) ## Measure the first load of 30,000 and of 300,000 issues from files
	@$(BIN)/python -m benchmarks.run_connectors

bench-scale: $(TEST) ## Measure the whole ledger of 1,000 and of 2,000 people over 36 months, by model
	@$(BIN)/python -m benchmarks.ledger

bench-month: $(TEST) ## Measure a month from loaded tables to workbooks at four sizes; write docs/performance.md
	@$(BIN)/python -m benchmarks.scale
	@$(BIN)/python -m benchmarks.scale.page

bench-further: $(TEST) ## Measure a month and one further month of 500 people after one and after three years
	@$(BIN)/python -m benchmarks.scale --people 500 --months 12 --further
	@$(BIN)/python -m benchmarks.scale --people 500 --further
	@$(BIN)/python -m benchmarks.scale.page

bench-workbooks: $(BASE) ## Measure the three workbooks of 2,000 people: seconds, memory, size
	@test -f demo/var/capstream.duckdb || $(MAKE) demo
	@$(BIN)/python -m benchmarks.run_workbooks demo $(MONTH)

clean: ## Remove the environment, caches and the demo
	rm -rf .venv .cache demo real build *.egg-info dbt_project/target dbt_project/logs \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Capstream needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

# An environment with the test packages serves the demo as well, so it is never cut back.
$(BASE): requirements/base.txt $(INSTALLER) | $(VENV)/bin/python
	@echo "setting up (once)"
	@requirements/install.sh $(VENV) $(if $(wildcard $(TEST)),requirements/test.txt,requirements/base.txt)
	@$(BIN)/python -m orchestration.lib.dbt_project
	@touch $@

$(TEST): requirements/test.txt $(INSTALLER) | $(VENV)/bin/python
	@echo "setting up the tests (once)"
	@requirements/install.sh $(VENV) requirements/test.txt
	@$(BIN)/python -m orchestration.lib.dbt_project
	@touch $(BASE) $@

# Spark beside the tests: too large for an environment that only runs `make test`, which removes it
# again whenever one of the other locks has changed.
$(ENGINES): requirements/engines.txt requirements/base.txt $(TEST)
	@echo "setting up Spark (once)"
	@requirements/install.sh $(VENV) requirements/test.txt requirements/engines.txt
	@touch $@
