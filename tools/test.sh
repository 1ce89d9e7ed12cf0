#!/usr/bin/env bash
# All tests of all modules, then a summary: which cluster ran, how many integration tests on what, every skip by name.
# More arguments go to Maven.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.." || exit 1
"$here/check-prerequisites.sh" && "$here/build.sh" || exit 1

rm -rf ./*/target/surefire-reports # reports of tests that are no more would be counted
python=$("$here/python.sh") || exit 1
CBTGUARD_USED_VERBS=$PWD/target/used-verbs # what operators asked of API servers, for the comparison at the end
export CBTGUARD_USED_VERBS
rm -rf "$CBTGUARD_USED_VERBS"
# Not failing at the first module: one run tells all.
mvn -B -ntp --fail-at-end verify "$@"
outcome=$?
"$here/test-summary.py" || outcome=1
# After a part of the tests it would say nothing.
if (($# == 0)); then
  "$python" "$here/used-verbs.py" "$CBTGUARD_USED_VERBS" || outcome=1
fi
exit "$outcome"
