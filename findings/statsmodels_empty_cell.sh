#!/bin/sh
# statsmodels 0.15.0: Table2x2 adds one half to the empty cell alone, where its documentation says to all four.
#
# A table with an empty cell has no odds ratio, so one half is added (the correction of Haldane and Anscombe, to every
# cell). Table2x2 has shift_zeros=True and changes only the cell that is empty. Of 20 people who were referred none
# left within a year, of 80 others 6 did: the odds ratio is 0.308 instead of 0.280, and the row of the referred holds
# 20.5 people, so that the risk ratio is 0.325 instead of the 0.297 that half a person in every cell gives.
#
# Output seen (Python 3.11):
#   table: [[0.5, 20.0], [6.0, 74.0]]
#   odds ratio 0.308, risk ratio 0.325
#   one half in every cell: odds ratio 0.280, risk ratio 0.297
#
# The documentation says that with shift_zeros one half is added to all cells of a table that has a zero.
#
# What this project must do: add one half by itself where a count is 0, to every cell, and say so beside the ratio.
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
from statsmodels.stats.contingency_tables import Table2x2

print(f"statsmodels {version('statsmodels')}, numpy {version('numpy')}")
LEFT_OR_STAYED = np.array([[0, 20], [6, 74]])  # a row each: referred, others
plain = Table2x2(LEFT_OR_STAYED)
every_cell = Table2x2(LEFT_OR_STAYED + 0.5)
ratios = [[round(float(ratio), 3) for ratio in (table.oddsratio, table.riskratio)] for table in (plain, every_cell)]
print(f"table: {plain.table.tolist()}")
print(f"odds ratio {ratios[0][0]:.3f}, risk ratio {ratios[0][1]:.3f}")
print(f"one half in every cell: odds ratio {ratios[1][0]:.3f}, risk ratio {ratios[1][1]:.3f}")
as_stated = plain.table.tolist() == [[0.5, 20.0], [6.0, 74.0]] and ratios == [[0.308, 0.325], [0.28, 0.297]]
sys.exit(0 if as_stated else 1)
EOF
