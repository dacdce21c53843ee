#!/bin/sh
# pyvis 0.3.2 with NetworkX 3.6.1: drawing a graph takes the weights out of the graph that was drawn.
#
# Network.from_nx(graph) works on the attribute dictionaries of the graph it is given. It moves every edge's "weight"
# to "width", gives every node a "size", and cuts a size that is there to a whole number. Nothing is copied, so what
# is computed from the graph after the picture no longer knows its weights: NetworkX counts an edge without a weight
# as 1. The strength of a person with ties of 5 and 0.5 hours fell from 5.5 to 2, and a share of 0.8 under the name
# "size" became 0.
#
# Output seen (Python 3.11):
#   before: strength 5.5, size 0.8, edge {'weight': 5.0}
#   after: strength 2, size 0, edge {'width': 5.0}
#
# The documentation says that the translation is done in place. It does not say that this means the graph passed in,
# and names no attribute that is taken away.
#
# What this project must do: hand copies to what draws, and test that drawing changes nothing that was passed in.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyvis==0.3.2 networkx==3.6.1
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import networkx as nx
from pyvis.network import Network

print(f"pyvis {version('pyvis')}, networkx {version('networkx')}")
graph = nx.Graph()
graph.add_node("ann", size=0.8)
graph.add_edge("ann", "ben", weight=5.0)
graph.add_edge("ann", "cleo", weight=0.5)


def state() -> tuple[float, float, dict[str, float]]:
    """Return the strength and size of one person and the attributes of one tie."""
    return graph.degree("ann", weight="weight"), graph.nodes["ann"]["size"], dict(graph.edges["ann", "ben"])


seen = [state()]
Network().from_nx(graph)
seen.append(state())
for when, (strength, size, edge) in zip(("before", "after"), seen, strict=True):
    print(f"{when}: strength {strength}, size {size}, edge {edge}")
sys.exit(0 if seen == [(5.5, 0.8, {"weight": 5.0}), (2, 0, {"width": 5.0})] else 1)
EOF
