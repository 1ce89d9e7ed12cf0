#!/usr/bin/env bash
# All tests of all modules, then a summary: which cluster ran, how many integration tests on what, every skip by name.
# More arguments go to Maven.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.." || exit 1
"$here/check-prerequisites.sh" && "$here/build.sh" || exit 1

rm -rf ./*/target/surefire-reports # reports of tests that are no more would be counted
# Not failing at the first module: one run tells all.
mvn -B -ntp --fail-at-end verify "$@"
outcome=$?
"$here/test-summary.py" || outcome=1
exit "$outcome"
