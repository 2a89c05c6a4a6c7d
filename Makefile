# Two commands do everything: `make report` builds the whole report, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= _build

.PHONY: report test check fix bench lock browser clean

report: $(VENV)/installed
	$(BIN)/zonebook build data --out $(OUT)

test: $(VENV)/installed browser
	$(BIN)/python -m pytest -q -n 2 --dist loadfile
	@echo "Tests: passed. What each asserts stands in tests/."

check: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m zonebook.book.colours

# A Chromium for the tests that open pages; without one they are skipped and say so.
browser:
	@sh tests/get_browser.sh

# The versions of everything, for Python 3.11 and later on every system.
lock: $(VENV)/installed
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make lock" \
		--no-emit-index-url --no-emit-find-links --extra test pyproject.toml --output-file requirements.lock

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

# Benchmarks of moderate size; `bench/results.py --full` for the large ones. The results: bench/RESULTS.md
bench: $(VENV)/installed
	$(BIN)/python bench/results.py

clean:
	rm -rf $(OUT)
