# Qingji: the commands that the README promises. Everything is set up in .venv on first use.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup night test check lint format docs sample benchmark clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	# The lock names every package there is to install; without --no-deps old pips resolve once more, and stumble.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# One real night, then the next one with a few deliveries changed, on the invented city in sample_data/.
night: $(STAMP)
	rm -rf build/night
	$(BIN)/python -m pipeline.sample lay first_night build/night
	$(BIN)/qingji run build/night
	$(BIN)/python -m pipeline.sample lay second_night build/night
	$(BIN)/qingji run build/night --plain
	$(BIN)/python -m pipeline.sample stories build/night

test: $(STAMP)
	# Two processes, a file of tests never split between them: nights that a file shares are run once.
	$(BIN)/pytest -n 2 --dist loadfile

check: lint test

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 pipeline detectors schemas
	$(BIN)/python -m schemas.dictionary --check
	$(BIN)/python -m schemas.policy_book --check
	$(BIN)/python -m detectors.catalogue --check

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --processes 2 pipeline detectors schemas

docs: $(STAMP)
	$(BIN)/python -m schemas.dictionary
	$(BIN)/python -m schemas.policy_book
	$(BIN)/python -m detectors.catalogue

sample: $(STAMP)
	$(BIN)/python -m pipeline.sample small

benchmark: $(STAMP)
	$(BIN)/pytest -s tests/benchmarks/bench_*.py tests/benchmarks/linkage/bench_*.py

clean:
	rm -rf build .venv
