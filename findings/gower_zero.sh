#!/bin/sh
# gower 0.1.2: a numeric column whose largest value is 0 drops out of the distance.
#
# gower_matrix divides a column by its largest value and works out the range from the quotient. Where the largest
# value is 0 it sets both to 0 and the column counts as equal for everybody, although it still counts in the number
# of columns. Weeks before a launch, -52 to 0, are such a column. Moved by 100, so that the same differences run from
# 48 to 100, the same three people are twice as far apart.
#
# Output seen (Python 3.11), first person to the second and third:
#   weeks -52, -26, 0: 0.25 0.50
#   weeks 48, 74, 100: 0.50 1.00
#
# The documentation cites Gower (1971), where a difference is divided by the range of the variable; the range of the
# first column is 52. It says nothing about zeros.
#
# What this project must do: when it matches or compares employees, scale by the range (a constant column aside), and
# test that moving a column by a constant changes nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
{
    "${PYTHON:-python3}" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
        gower==0.1.2 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
} || exit 2

"$folder/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import gower
import numpy as np

print(f"gower {version('gower')}, numpy {version('numpy')}")
LEVELS = [1.0, 2.0, 3.0]
seen = []
for weeks in ([-52.0, -26.0, 0.0], [48.0, 74.0, 100.0]):
    distances = gower.gower_matrix(np.array([weeks, LEVELS]).T)
    seen.append([round(float(distance), 4) for distance in distances[0, 1:]])
    print(f"weeks {', '.join(f'{week:g}' for week in weeks)}: {' '.join(f'{value:.2f}' for value in seen[-1])}")
sys.exit(0 if seen == [[0.25, 0.5], [0.5, 1.0]] else 1)
EOF
