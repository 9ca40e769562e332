# The commands of Telaio. Each does its own set-up; nothing has to be prepared by hand.
PORT ?= 8000
DATA_DIR ?= .data
PYTHON := .venv/bin/python
BIN := .venv/bin
# Compiling a thousand modules anew takes two fifths of every process's start, whatever the caller's shell wants.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check bench drill format lock clean-data

help:
	@echo "make demo        run Telaio with demo data (PORT=$(PORT) DATA_DIR=$(DATA_DIR))"
	@echo "make test        run all tests (ARGS='tests/core -n0' for some of them)"
	@echo "make check       lint, types, import contracts, migrations, translations, deployment settings"
	@echo "make bench       measure against the floor"
	@echo "make drill       load, kills and long runs; not part of CI"
	@echo "make format      let the formatters rewrite the code"
	@echo "make lock        solve the requirements anew into the lock files"
	@echo "make clean-data  stop and remove the data of the demo and the tests in $(DATA_DIR)"

demo:
	@bin/setup demo
	@exec $(PYTHON) -m config.services.launcher --port $(PORT) --data-dir "$(DATA_DIR)"

test:
	@bin/setup test
	@exec $(PYTHON) -m config.services.testing $(ARGS)

check:
	@bin/setup test
	@bin/check

bench:
	@bin/setup test
	@if [ -f bench/run.py ]; then exec $(PYTHON) -m bench.run $(ARGS); else echo "There is no bench yet (bench/run.py)."; fi

drill:
	@bin/setup test
	@$(PYTHON) -m bench.drill
	@# pytest's 5 means that no test carries the mark.
	@$(PYTHON) -m config.services.testing -m drill --override-ini "addopts=--ds=tests.settings -ra --strict-markers --strict-config" $(ARGS) || [ $$? -eq 5 ]

format:
	@bin/setup test
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:
	@bin/setup test
	@bin/lock

clean-data:
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m config.services.cleaning "$(DATA_DIR)"; fi
