# Two commands: `make run` and `make test`. Both install what they need, on a fresh Debian 12 with Python 3.11.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
SERVE ?= 1
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run install test fast lint types docs bench messages pictures screenshots clean help

help:            ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: install     ## load the real Hà Nội sample, compute, proof, write the review, serve the site (SERVE=0: do not serve)
	@$(PY) -m sct demo
	@if [ "$(SERVE)" != "0" ]; then exec $(PY) -m sct up --host $(HOST) --port $(PORT); fi

install: $(VENV)/.installed  ## the environment alone

$(VENV)/.installed: pyproject.toml scripts/environment
	@scripts/environment $(VENV) office
	@touch $@

$(VENV)/.tested: pyproject.toml scripts/environment
	@scripts/environment $(VENV) office,test,bench
	@touch $@ $(VENV)/.installed

test: $(VENV)/.tested  ## everything, as CI calls it; as root on Debian it installs the system packages that tests need
	@scripts/system-packages
	@scripts/test all

fast: $(VENV)/.tested  ## the suite that answers within a minute: no browser, no PostgreSQL, no LibreOffice
	@scripts/test fast

lint: $(VENV)/.tested  ## ruff
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: $(VENV)/.tested ## mypy --strict
	@$(VENV)/bin/mypy

docs: $(VENV)/.tested  ## the generated reference pages
	@$(PY) scripts/reference.py

messages: $(VENV)/.tested  ## collect the strings of the screen into locale/en and compile them
	@$(PY) scripts/messages.py

bench: $(VENV)/.tested ## peers side by side
	@$(PY) -m bench

pictures: $(VENV)/.tested ## the pictures of the documentation, from a fresh demo
	@$(PY) scripts/pictures.py

screenshots: $(VENV)/.tested ## each page at 1440 and 390 pixels into build/screenshots
	@scripts/test screenshots

clean:           ## remove the environment and what was built; the ledger in var/ stays
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
