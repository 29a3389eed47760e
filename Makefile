# Two commands: `make run` and `make test`. Each first sets up what is missing, and says so when it may not.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test bench setup setup-run python fmt lock coverage

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 18

run: setup-run ## start the demo on http://localhost:8000/ (PORT=8080 make run for another port)
	@$(VENV_PYTHON) -m tests.tools.run

test: setup ## the whole gate: format, lint, layers, types, checks, all tests on SQLite and PostgreSQL
	@$(VENV_PYTHON) -m tests.tools.gate

bench: setup ## measure, on PostgreSQL
	@$(VENV_PYTHON) -m tests.tools.with_servers pytest tests/bench -s -q

setup: python ## set up everything the tests need
	@$(PYTHON) tests/tools/prepare.py test

setup-run: python
	@$(PYTHON) tests/tools/prepare.py run

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 or newer is needed and $(PYTHON) was not found. On Debian or Ubuntu type:"; \
		echo; echo "    sudo apt-get install --yes --no-install-recommends python3 python3-venv"; echo; exit 2; } >&2

fmt: setup ## format Python and templates
	@$(VENV_PYTHON) -m ruff format --quiet
	@$(VENV_PYTHON) -m ruff check --fix --quiet
	@$(VENV_PYTHON) -m djlint --reformat --quiet templates

coverage: setup ## which lines no test has seen (SQLite)
	@$(VENV_PYTHON) -m coverage erase
	@$(VENV_PYTHON) -m coverage run -m pytest -q -m "not worker and not browser"
	@$(VENV_PYTHON) -m coverage combine --quiet
	@$(VENV_PYTHON) -m coverage report

LOCK = $(VENV_PYTHON) -m uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

lock: setup ## write the lock files anew from pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(LOCK) $(UPGRADE) --output-file requirements.lock
	@$(LOCK) $(UPGRADE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
