# The archive's commands. Each says what it does, can be called again at any time, and needs Python 3.11+, git and make.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 1000
SECONDS ?= 60
GOLD ?=
JUDGED ?=
KEEP ?=
ONLY ?=
WITHOUT ?=
SHOTS ?=
DATA := $(or $(ARCHIVE_DATA_DIR),var)
RUN := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run test lint format shots bench fuzz lock chromium

help:
	@echo "make run [PORT=8000]   the archive in a browser, with the seed documents; Ctrl-C stops it"
	@echo "make test              lint, types and all tests"
	@echo "make setup             only install what the archive needs, into .venv"
	@echo "make lint              only lint and types"
	@echo "make format            bring code and templates into form"
	@echo "make shots             pictures of every page in every state, in var/screenshots (SHOTS=PATH), to be looked at"
	@echo "make bench [SIZE=1000] measure extraction, import and search on made-up reports, or on several numbers of them"
	@echo "                       (SIZE=1000,10000); GOLD=PATH scores extraction; KEEP, ONLY and WITHOUT: see README.md"
	@echo "make fuzz [SECONDS=60] look for texts that extraction cannot bear"
	@echo "make lock              write the pins in requirements*.txt anew"

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("the archive needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ": name another with make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; \
	else echo "Python's venv module is missing: install it first (Debian: apt-get install python3-venv)" >&2; exit 1; fi
	@rm -rf .venv && $(PYTHON) -m venv .venv

.venv/requirements: .venv/bin/pip requirements.txt
	@echo "Installing what the archive needs"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/requirements-dev: .venv/requirements requirements-dev.txt
	@echo "Installing what the tests need"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

setup: .venv/requirements
	@echo "Ready: $(RUN) has what the archive needs"

# A key of its own for this machine, so that nobody has to think of one before reading the first report.
run: .venv/requirements
	@mkdir -p "$(DATA)" 2>/dev/null || { echo "ARCHIVE_DATA_DIR='$(DATA)' makes no sense: it cannot be made a directory" >&2; exit 1; }
	@[ -n "$$SECRET_KEY" ] || [ -s "$(DATA)/secret-key" ] || \
		(umask 077 && $(RUN) -c 'import secrets; print(secrets.token_urlsafe(50))' > "$(DATA)/secret-key")
	@exec $(RUN) manage.py serve --port $(PORT)

chromium:
	@sh tests/chromium.sh

test: .venv/requirements-dev chromium lint
	@echo "Tests"
	@CHROMIUM="$$(sh tests/chromium.sh)" $(RUN) -m pytest --cov --cov-report=term --cov-fail-under=90

lint: .venv/requirements-dev
	@echo "Lint and types"
	@$(RUN) -m ruff check --quiet .
	@$(RUN) -m ruff format --quiet --check .
	@$(RUN) -m mypy
	@$(RUN) -m djlint --quiet --check --lint templates
	@DEBUG=1 DATABASE_URL=postgres://nobody@localhost/none $(RUN) manage.py makemigrations --check --dry-run 2>&1 | { ! grep -v -i -e warn -e 'no changes' ; }

format: .venv/requirements-dev
	@$(RUN) -m ruff check --quiet --fix . ; $(RUN) -m ruff format --quiet . ; $(RUN) -m djlint --quiet --reformat templates

shots: .venv/requirements-dev chromium
	@CHROMIUM="$$(sh tests/chromium.sh)" SHOTS="$(SHOTS)" $(RUN) -m pytest --quiet --no-header tests/browser/every_page/shots.py
	@echo "They are in $(or $(SHOTS),var/screenshots)"

bench: .venv/requirements-dev
	@$(RUN) -m tests.bench --size "$(SIZE)" --gold "$(GOLD)" --keep "$(KEEP)" --only "$(ONLY)" --without $(WITHOUT) --judged "$(JUDGED)"

.venv/requirements-fuzz: .venv/requirements-dev requirements-fuzz.txt
	@echo "Installing what fuzzing needs"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-fuzz.txt
	@touch $@

# What it has found to be interesting is kept, so that each run goes on from there.
fuzz: .venv/requirements-fuzz
	@mkdir -p "$(DATA)/fuzz/texts"
	@$(RUN) -m tests.fuzz_extraction -max_total_time=$(SECONDS) -max_len=1200 -timeout=20 -verbosity=0 \
		-artifact_prefix="$(DATA)/fuzz/" "$(DATA)/fuzz/texts"
	@echo "Nothing was found in $(SECONDS) seconds"

lock: .venv/requirements-dev
	@for name in requirements requirements-dev requirements-fuzz; do \
		$(RUN) -m uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
			--no-emit-find-links --custom-compile-command "make lock" $$name.in --output-file $$name.txt; done
