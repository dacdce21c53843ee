#!/bin/sh
# ndlib 6.0.1: setting the probability of a tie in both directions discards the probabilities of all ties.
#
# add_edge_configuration stores an edge parameter under the pair it is given. set_initial_status keeps the parameters
# only if there are exactly as many of them as the graph has edges; otherwise all are dropped, in silence, and
# IndependentCascadesModel goes by 1 / (number of neighbors). In an undirected graph a loop over people and their
# neighbors sets every tie twice and loses everything. A pair of people with probability 0 in both directions then
# passes the post on with certainty; set once, as 0, it does not pass.
#
# Output seen (Python 3.11), a pair of whom one is infected:
#   probability 0 set for (ann, ben): reached 1 of 2
#   probability 0 set for (ann, ben) and (ben, ann): reached 2 of 2
#
# The documentation gives 0.1 as the default of the edge threshold, and an example over the edges of the graph. It
# says nothing about the number of entries. A node parameter that is incomplete raises an error.
#
# What this project must do: compare cascades with a loop of its own, or read the model's parameters back after
# setting them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
        ndlib==6.0.1 networkx==3.6.1 numpy==2.4.6 scipy==1.17.1 six==1.17.0
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import networkx as nx
from ndlib.models.epidemics import IndependentCascadesModel
from ndlib.models.ModelConfig import Configuration

Tie = tuple[str, str]


def reached(ties: list[Tie]) -> int:
    """Return how many of a pair a cascade reaches, with probability 0 set for these ties."""
    model = IndependentCascadesModel(nx.Graph([("ann", "ben")]), seed=1)
    configuration = Configuration()
    configuration.add_model_initial_configuration("Infected", ["ann"])
    for tie in ties:
        configuration.add_edge_configuration("threshold", tie, 0.0)
    model.set_initial_status(configuration)
    model.iteration_bunch(5)
    return sum(status != 0 for status in model.status.values())


print(f"ndlib {version('ndlib')}, networkx {version('networkx')}")
once, both = [("ann", "ben")], [("ann", "ben"), ("ben", "ann")]
seen = []
for ties in (once, both):
    seen.append(reached(ties))
    print(f"probability 0 set for {' and '.join(f'({one}, {other})' for one, other in ties)}: reached {seen[-1]} of 2")
sys.exit(0 if seen == [1, 2] else 1)
EOF
