# `make demo` and `make test` do all the setup themselves. CONTRIBUTING.md describes the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(JOBS)
export PIP_DISABLE_PIP_VERSION_CHECK = 1

CPP := $(shell find cpp tests/cpp -name '*.?pp')
SOURCES := pyproject.toml CMakeLists.txt $(shell find cmake cpp python -type f \
    \( -name '*.?pp' -o -name '*.def' -o -name 'CMakeLists.txt' -o -name '*.cmake' -o -name '*.py' -o -name '*.pyi' -o -name '*.yaml' -o -name '*.csv' -o -name '*.jinja' \))

.PHONY: demo test lint lint-python lint-cpp test-cpp test-asan test-tsan test-python statistical dieharder bench dev docs golden \
    stubs wheel wheel-check constants findings bench-peers bench-against format clean packages-demo packages-test packages-bench

demo: packages-demo $(VENV)/.installed
	$(BIN)/groundswell demo

test: packages-test
	$(MAKE) --no-print-directory $(VENV)/.tools $(VENV)/.installed
	$(MAKE) --no-print-directory lint-python test-cpp test-python test-asan test-tsan lint-cpp
	@echo "make test: all suites passed"

# Setup. The stamps lie in the environment, so that removing it removes them.
packages-demo:
	@PYTHON=$(PYTHON) sh tools/system_packages.sh demo

packages-test:
	@PYTHON=$(PYTHON) sh tools/system_packages.sh test

packages-bench:
	@PYTHON=$(PYTHON) sh tools/system_packages.sh bench

$(VENV)/.created: | packages-demo
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.installed: $(SOURCES) $(VENV)/.created
	$(BIN)/pip install --quiet .
	touch $@

$(VENV)/.tools: pyproject.toml $(VENV)/.created
	$(BIN)/python tools/requirements.py build run dev > $(VENV)/requirements.txt
	$(BIN)/pip install --quiet -r $(VENV)/requirements.txt
	touch $@

# Suites
lint: lint-python lint-cpp

lint-python:
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

lint-cpp:
	clang-format --dry-run -Werror $(CPP)
	cmake --preset tidy > /dev/null
	printf '%s\n' $(filter cpp/%.cpp,$(filter-out cpp/bench/%,$(CPP))) | xargs -P $(JOBS) -n 1 clang-tidy --quiet -p build/tidy

test-cpp:
	cmake --preset release > /dev/null
	cmake --build --preset release
	ctest --preset release

test-asan:
	cmake --preset asan > /dev/null
	cmake --build --preset asan
	ctest --preset asan

test-tsan:
	cmake --preset tsan > /dev/null
	cmake --build --preset tsan --target runner_tests
	ctest --preset tsan

test-python:
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not slow"

statistical: packages-test $(VENV)/.tools $(VENV)/.installed
	cmake --preset release > /dev/null
	cmake --build --preset release
	GS_HASH_SCALE=16 build/release/tests/cpp/test_keyed_hash --gtest_brief=1
	$(BIN)/pytest -q -n 2 -m slow

dieharder: packages-test $(VENV)/.tools
	sh tools/dieharder.sh

bench: packages-bench $(VENV)/.tools $(VENV)/.installed
	sh tools/bench.sh

# Plain spread beside other programs, which have an environment of their own (tools/bench_peers.py).
# NDlib needs six and does not say so.
PEERS := cynetdiff==0.1.18 numba==0.68.1 networkx==3.6.1 ndlib==6.0.1 pynetim==0.5.5 six==1.17.0
build/peers/.installed: Makefile
	$(PYTHON) -m venv build/peers
	build/peers/bin/pip install --quiet $(PEERS)
	touch $@

bench-peers: $(VENV)/.tools dev build/peers/.installed
	$(BIN)/python tools/bench_peers.py

# This revision beside another one, REV (tools/bench_against.py); ARGS go to it, as ARGS="--cases view decision".
bench-against: $(VENV)/.tools dev
	$(BIN)/python tools/bench_against.py $(REV) $(ARGS)

# A wheel that runs where there is no compiler, in dist/; the check installs it in such a place (tools/wheel.sh).
$(VENV)/.wheel: pyproject.toml $(VENV)/.created
	$(BIN)/python tools/requirements.py wheel > $(VENV)/requirements-wheel.txt
	$(BIN)/pip install --quiet -r $(VENV)/requirements-wheel.txt
	touch $@

wheel: packages-demo $(VENV)/.wheel
	nice sh tools/wheel.sh build $(BIN)/python

wheel-check: wheel packages-test $(VENV)/.tools dev
	nice sh tools/wheel.sh check $(BIN)/python

# Solves the constants of the platforms again and writes their dated files.
constants: packages-test $(VENV)/.tools dev
	PYTHONPATH=python $(BIN)/python tools/solve_constants.py

# Surprises about other people's software, each in an environment of its own (findings/README.md).
findings: packages-demo
	@PYTHON=$(PYTHON) sh tools/findings.sh

# For development: the module in python/groundswell, for PYTHONPATH=python. One build at a time.
dev:
	@mkdir -p build
	flock build/.lock sh -c 'cmake --preset release >build/configure.log || { cat build/configure.log; exit 1; }; \
	    cmake --build --preset release --target _core'

# Writes the golden tables anew: where numbers are meant to move.
golden: dev
	PYTHONPATH=python $(BIN)/python -m tests.golden.tables

# Generated pages and lists of docs/; a test fails where one is not up to date.
docs: dev
	PYTHONPATH=python $(BIN)/python tools/docs.py

stubs: dev
	PYTHONPATH=python $(BIN)/python tools/stubs.py

format:
	clang-format -i $(CPP)
	$(BIN)/ruff check --quiet --fix .

clean:
	rm -rf build dist demo_output .mypy_cache .ruff_cache .pytest_cache python/groundswell/_core*.so
