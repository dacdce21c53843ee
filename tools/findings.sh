#!/bin/sh
# Runs every finding and prints one line each. Fails if one is not as it says any more, or could not be checked, and
# then shows what it printed.
set -eu
cd "$(dirname "$0")/../findings"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
for finding in *.sh; do
    status=0
    nice sh "$finding" >"$output" 2>&1 || status=$?
    case $status in
    0) verdict="as stated" ;;
    1) verdict="changed" ;;
    *) verdict="not checked" ;;
    esac
    printf '%-12s %s\n' "$verdict" "${finding%.sh}"
    if [ "$status" -ne 0 ]; then
        failed=1
        sed 's/^/    /' "$output"
    fi
done
exit "$failed"
