#!/bin/sh
# ndlib 6.0.1: in the Profile model a person with profile 1 never adopts and one with profile 0 always does; "blocked"
# is turned round as well.
#
# ProfileModel draws one number in [0, 1) and lets a susceptible neighbor of an adopter adopt if the number is at
# least the profile: the chance is 1 - profile. A refusal blocks with chance 1 - blocked in the same way, except that
# blocked = 0 switches blocking off. Willingness to share, passed as the profile, turns the eager into those who
# refuse.
#
# Output seen (Python 3.11), a pair of people of whom one has adopted, after 20 steps:
#   profile 1: the other is Susceptible
#   profile 0: the other is Infected
#   profile 1, blocked 1: the other is Susceptible
#   profile 1, blocked 1e-12: the other is Blocked
#
# The documentation reads the other way: a profile says how likely the person is to accept and is the bias of the coin
# that decides it, and blocked is the probability of becoming immune after a refusal.
#
# six is installed here because ndlib imports it and does not require it.
#
# What this project must do: before its participation is compared with this model, pass 1 - willingness, and check the
# two ends (0 and 1) first.
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
from ndlib.models.epidemics import ProfileModel
from ndlib.models.ModelConfig import Configuration

STEPS = 20


def status(profile: float, blocked: float) -> str:
    """Return the status of the one who had not adopted."""
    model = ProfileModel(nx.Graph([("ann", "ben")]), seed=1)
    configuration = Configuration()
    configuration.add_model_parameter("blocked", blocked)
    configuration.add_model_parameter("adopter_rate", 0)
    configuration.add_model_initial_configuration("Infected", ["ann"])
    for person in ("ann", "ben"):
        configuration.add_node_configuration("profile", person, profile)
    model.set_initial_status(configuration)
    model.iteration_bunch(STEPS)
    names = {code: name for name, code in model.available_statuses.items()}
    return names[model.status["ben"]]


print(f"ndlib {version('ndlib')}, networkx {version('networkx')}")
stated = {(1, 0): "Susceptible", (0, 0): "Infected", (1, 1): "Susceptible", (1, 1e-12): "Blocked"}
seen = {case: status(*case) for case in stated}
for (profile, blocked), end in seen.items():
    print(f"profile {profile}{f', blocked {blocked:g}' if blocked else ''}: the other is {end}")
sys.exit(0 if seen == stated else 1)
EOF
