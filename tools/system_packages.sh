#!/bin/sh
# Makes sure that the system packages of a make target are there: system_packages.sh demo|test|bench
# Installs what is missing if that is possible; else names it in one line and fails.
set -eu
python=${PYTHON:-python3}
missing=""
need() { # need PACKAGE COMMAND…: the package is missing if the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_header() { printf '#include <%s>\n' "$1" | c++ -E -x c++ - ; }
compiles() { printf '#include <concepts>\nint main() {}\n' | c++ -std=c++20 -x c++ -o /dev/null - ; }

need g++ compiles
need python3 command -v "$python"
need python3-venv "$python" -c 'import ensurepip, venv'
need python3-dev "$python" -c 'import os, sysconfig; os.stat(os.path.join(sysconfig.get_path("include"), "Python.h"))'
if [ "$1" != demo ]; then
    need git command -v git
    need cmake command -v cmake
    need ninja-build command -v ninja
    need clang-format command -v clang-format
    need clang-tidy command -v clang-tidy
    need libgtest-dev has_header gtest/gtest.h
fi
if [ "$1" = bench ]; then
    need libbenchmark-dev has_header benchmark/benchmark.h
fi

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
        root="sudo"
    else
        root="none"
    fi
    if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing system packages (install them, then repeat):$missing" >&2
        exit 1
    fi
    echo "Installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq
    # shellcheck disable=SC2086
    $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

"$python" -c 'import sys
if sys.version_info < (3, 11):
    sys.exit("Groundswell needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (set PYTHON=…)")'
