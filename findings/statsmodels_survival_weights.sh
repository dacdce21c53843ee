#!/bin/sh
# statsmodels 0.15.0: frequency weights of a survival curve keep the curve and change its standard errors, even where
# every weight is 1.
#
# SurvfuncRight(time, status, freq_weights=w) gives the same curve as the table in which row i stands w[i] times, as
# it should. Its standard errors are other ones: with weights they come from a formula of their own. Five leavers and
# stayers with weights of 1 have 0.200 and 0.512 instead of 0.179 and 0.226. With weights of 10 the second is 0.162
# instead of 0.071, so a curve of cohorts counted by department looks more than twice as uncertain as the same people
# listed one by one.
#
# Output seen (Python 3.11), curve 0.800 0.267 in every case:
#   rows as they are: errors 0.179 0.226
#   weights of 1: errors 0.200 0.512
#   each row ten times: errors 0.057 0.071
#   weights of 10: errors 0.063 0.162
#
# The documentation calls the argument frequency weights, and excepts covariates, not weights, from where it gives
# standard errors. CumIncidenceRight, beside it, says that it has none with weights.
#
# What this project must do: take intervals of retention curves from rows, one a person, never from counts as weights.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
        statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

WEEKS, LEFT = [2, 2, 4, 4, 6], [1, 0, 1, 1, 0]

print(f"statsmodels {version('statsmodels')}, numpy {version('numpy')}")
curves = {
    "rows as they are": SurvfuncRight(WEEKS, LEFT),
    "weights of 1": SurvfuncRight(WEEKS, LEFT, freq_weights=[1] * 5),
    "each row ten times": SurvfuncRight(WEEKS * 10, LEFT * 10),
    "weights of 10": SurvfuncRight(WEEKS, LEFT, freq_weights=[10] * 5),
}
stated = {
    "rows as they are": [0.179, 0.226],
    "weights of 1": [0.2, 0.512],
    "each row ten times": [0.057, 0.071],
    "weights of 10": [0.063, 0.162],
}
seen = {name: np.round(curve.surv_prob_se, 3).tolist() for name, curve in curves.items()}
same_curve = all(np.allclose(curve.surv_prob, [0.8, 4 / 15]) for curve in curves.values())
for name, errors in seen.items():
    print(f"{name}: errors {' '.join(f'{error:.3f}' for error in errors)}")
sys.exit(0 if same_curve and seen == stated else 1)
EOF
