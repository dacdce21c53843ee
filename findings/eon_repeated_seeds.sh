#!/bin/sh
# EoN 2.0 with NetworkX 3.6.1: a person who is named twice among the first infected makes the susceptible negative.
#
# initial_infecteds takes any iterable of nodes. The counts begin from its length, the spread from the nodes in it.
# With one of four people named twice, basic_discrete_SIR counts two infected at the start and ends with 5 recovered
# of 4 people and -1 susceptible. Lists with repeats come from drawing seeds with replacement and from joining lists
# of advocates. The sum of the three counts stays right, so a check of the total passes.
#
# Output seen (Python 3.11), a chain of four people, transmission certain:
#   named once: susceptible 3 2 1 0 0, recovered at the end 4
#   named twice: susceptible 2 1 0 -1 -1, recovered at the end 5
#
# The documentation asks for one node or an iterable of nodes, all of which are infected at the start. It says nothing
# about repeats.
#
# What this project must do: refuse a person who is named twice, with the name; compare cascades from sets only.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
        EoN==2.0 networkx==3.6.1 numpy==2.4.6 scipy==1.17.1
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import EoN
import networkx as nx

print(f"EoN {version('EoN')}, networkx {version('networkx')}")
chain = nx.path_graph(["ann", "ben", "cleo", "dov"])
seen = {}
for name, seeds in {"once": ["ann"], "twice": ["ann", "ann"]}.items():
    _, susceptible, _, recovered = EoN.basic_discrete_SIR(chain, 1.0, initial_infecteds=seeds)
    seen[name] = (susceptible.tolist(), int(recovered[-1]))
    print(f"named {name}: susceptible {' '.join(map(str, seen[name][0]))}, recovered at the end {seen[name][1]}")
stated = {"once": ([3, 2, 1, 0, 0], 4), "twice": ([2, 1, 0, -1, -1], 5)}
sys.exit(0 if seen == stated else 1)
EOF
