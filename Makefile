# Everything a newcomer types. `make help` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
WORKERS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-browser check fix bench harness messages screenshots lock vendor clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_STAMP) ## install what is missing and start it, with demo data (ARGS="--port 8080")
	@exec $(BIN)/tingsu serve --demo $(ARGS)

test: $(DEV_STAMP) ## all but the browser, on DATABASE_URL or SQLite (ARGS="-k clock")
	@$(BIN)/tingsu messages --compile
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-browser: $(DEV_STAMP) ## walk the pages in Chromium
	@$(BIN)/tingsu messages --compile
	$(BIN)/python -m pytest -m browser -n $(WORKERS) --dist loadfile $(ARGS)

# The type checker loads the settings; they must not make their files in a real data folder.
check: export TINGSU_DATA := $(CURDIR)/$(VENV)/check-data
check: $(DEV_STAMP) ## style, types, rooms, templates, packs, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@find src -path '*/templates/*' -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/tingsu pack check
	$(BIN)/tingsu messages --check

fix: $(DEV_STAMP) ## put style right where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@find src -path '*/templates/*' -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

bench: $(DEV_STAMP) ## measure it, against the floor of the same machine
	$(BIN)/python -m benchmarks $(ARGS)

harness: $(DEV_STAMP) ## complaints come in while everything is killed with -9 (ARGS="--complaints 200")
	$(BIN)/python -m benchmarks.killing $(ARGS)

messages: $(DEV_STAMP) ## gather the words of the pages into the catalogues
	$(BIN)/tingsu messages

screenshots: $(DEV_STAMP) ## take the pictures of the README again, from the demo
	$(BIN)/python scripts/screenshots.py $(ARGS)

lock: $(DEV_STAMP) ## compile requirements/*.in into hashed pins (ARGS=--upgrade)
	$(BIN)/python scripts/lock.py $(ARGS)

vendor: ## fetch stylesheet and icons again
	$(PYTHON) scripts/vendor.py

clean: ## throw away what the tools made (never the data folder)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache src/*.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新（Python 3.11 or newer is needed; PYTHON=python3.12 make …）" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "正在安装（第一次约一分钟）…… / installing …"
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP)
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
