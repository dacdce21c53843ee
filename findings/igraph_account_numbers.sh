#!/bin/sh
# python-igraph 1.0.0 with pandas 3.1.1: a table of ties with a decimal weight merges accounts with long numbers.
#
# Graph.DataFrame(edges, use_vids=False) takes the first two columns as names of vertices. Where a third column holds
# decimals, the whole table is turned into floats before the names are collected, so whole numbers above 2**53 are
# rounded to the nearest one that a float can hold. Account numbers of social platforms have 19 digits: three
# accounts with neighboring numbers became one vertex with two loops, in silence. The same table without the weight,
# with a weight in whole numbers, or with the numbers as text has three vertices.
#
# Output seen (Python 3.11):
#   without a weight: 3 vertices, 0 loops
#   decimal weight: 1 vertices, 2 loops
#   decimal weight, ids as text: 3 vertices, 0 loops
#
# The documentation advises names of text and says that many functions work with names of other types. It does not say
# that numbers can change, or that other columns have a part in it.
#
# What this project must do: never hold ids in the same array as other columns, and write ids as text for others.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check igraph==1.0.0 pandas==3.1.1 numpy==2.4.6
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import igraph
import pandas as pd

print(f"igraph {version('igraph')}, pandas {version('pandas')}")
first = 1755555555555555001
ties = pd.DataFrame({"source": [first, first + 1], "target": [first + 1, first + 2]})
weighted = ties.assign(weight=[1.5, 2.0])
cases = {
    "without a weight": ties,
    "decimal weight": weighted,
    "decimal weight, ids as text": weighted.astype({"source": str, "target": str}),
}
seen = {}
for name, table in cases.items():
    graph = igraph.Graph.DataFrame(table, directed=False, use_vids=False)
    seen[name] = (graph.vcount(), sum(graph.is_loop()))
    print(f"{name}: {seen[name][0]} vertices, {seen[name][1]} loops")
stated = {"without a weight": (3, 0), "decimal weight": (1, 2), "decimal weight, ids as text": (3, 0)}
sys.exit(0 if seen == stated else 1)
EOF
