#!/bin/sh
# Debian's dieharder over the hot path's hash; the dated result goes to docs/results. About an hour; dieharder.sh 1 2 … runs
# only these tests.
set -eu
cd "$(dirname "$0")/.."
command -v dieharder >/dev/null || {
    echo "Missing system packages (install them, then repeat): dieharder" >&2
    exit 1
}
mkdir -p build docs/results
c++ -std=c++20 -O3 -Icpp tools/hash_stream.cpp -o build/hash_stream
result=docs/results/dieharder-$(date +%Y-%m-%d).txt
{
    echo "dieharder over tools/hash_stream.cpp, $(date +%Y-%m-%d), $(dieharder -l | sed -n 2p | tr -s '# ' ' ')"
    for stream in hash words; do
        echo "== $stream"
        if [ $# = 0 ]; then
            build/hash_stream $stream | dieharder -a -g 200 -k 2 -Y 1
        else
            for test in "$@"; do build/hash_stream $stream | dieharder -d "$test" -g 200 -k 2 -Y 1; done
        fi | grep -E 'PASSED|WEAK|FAILED'
    done
} | tee "$result"
! grep -q FAILED "$result"
