#!/bin/sh
# Build the C++ benchmarks and run everything; writes docs/results/benchmark.md. Arguments go to tools/bench.py.
set -eu
cmake --preset bench >/dev/null
cmake --build --preset bench
exec .venv/bin/python tools/bench.py "$@"
