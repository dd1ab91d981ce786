# `make run` opens the chat, `make test` runs every test, `make` alone checks format, lint and types and then tests.
# Each step leaves a stamp in .venv once it has succeeded: what is done is skipped, and after an interruption the same
# command goes on where it was.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
PORT := 7860

# Everything that runs here has its models on disk, so nothing may look for them on a network.
OFFLINE := HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 ANONYMIZED_TELEMETRY=False GRADIO_ANALYTICS_ENABLED=False \
	TOKENIZERS_PARALLELISM=false

# Two processes, each taking whole files in their order: tests of one file share what is costly to prepare.
TWO_AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := all
.PHONY: all run test format lint types install install-dev compilers chromium demo clean

all: format lint types test

run: demo
	@echo "==> Opening the chat on http://127.0.0.1:$(PORT) (about 20 seconds; Ctrl-C ends it)"
	@$(OFFLINE) $(BIN)/tastemaker ui --host 127.0.0.1 --port $(PORT)

test: install-dev chromium demo
	@echo "==> Running all tests (about 10 minutes on two cores)"
	@$(OFFLINE) $(BIN)/python -m pytest $(TWO_AT_ONCE)

format: install-dev
	@echo "==> Checking the format (seconds)"
	@$(BIN)/ruff format --check .

lint: install-dev
	@echo "==> Linting (seconds)"
	@$(BIN)/ruff check .

types: install-dev
	@echo "==> Checking the types (about a minute the first time)"
	@$(BIN)/mypy -p tastemaker

demo: install
	@echo "==> Building the demo workspace (about 4 minutes the first time; an up-to-date one is kept)"
	@$(OFFLINE) $(BIN)/tastemaker build demo

install: $(VENV)/installed

install-dev: $(VENV)/installed-dev

$(VENV)/created: constraints.txt
	@set -e; python=; \
	for candidate in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14; do \
		if "$$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python="$$candidate"; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Tastemaker needs Python 3.11 or newer with the venv module (Debian: apt-get install python3-venv);" \
			"install it, or name one with 'make run PYTHON=/path/to/python'." >&2; exit 1; \
	fi; \
	echo "==> Creating $(VENV) with $$("$$python" --version) (seconds)"; \
	"$$python" -m venv $(VENV); \
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --upgrade pip; \
	touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml constraints.txt | compilers
	@echo "==> Installing Tastemaker (2 to 5 minutes, and the first time about 10 more: llama-cpp-python is compiled;"
	@echo "    pip keeps the result, so that happens once a machine)"
	@set -e; began=$$SECONDS; \
	$(BIN)/python -m pip install --constraint constraints.txt --editable .; \
	touch $@; echo "    installed in $$((SECONDS - began)) s"

$(VENV)/installed-dev: $(VENV)/installed
	@echo "==> Installing what the tests need (about a minute)"
	@set -e; began=$$SECONDS; \
	$(BIN)/python -m pip install --constraint constraints.txt --editable '.[dev]'; \
	touch $@; echo "    installed in $$((SECONDS - began)) s"

compilers:
	@if ! { command -v cc && command -v c++; } >/dev/null && ! $(BIN)/python -c 'import llama_cpp' 2>/dev/null; then \
		echo "llama-cpp-python is compiled from source and there is no C and C++ compiler;" \
			"install one (Debian: apt-get install build-essential) and run the same command again." >&2; exit 1; \
	fi

chromium:
	@set -e; \
	if command -v chromium || command -v chromium-browser || command -v google-chrome; then exit 0; fi >/dev/null; \
	if ! command -v apt-get >/dev/null; then root=none; \
	elif [ "$$(id -u)" = 0 ]; then root=; \
	elif sudo -n true 2>/dev/null; then root=sudo; \
	else root=none; fi; \
	if [ "$$root" = none ]; then \
		echo "The tests drive the chat in a real browser and there is no chromium;" \
			"install it (Debian: apt-get install chromium) and run 'make test' again." >&2; exit 1; \
	fi; \
	echo "==> Installing chromium for the browser tests (about a minute)"; \
	$$root apt-get update -qq; \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
