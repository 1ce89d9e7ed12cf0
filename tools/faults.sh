#!/usr/bin/env bash
# All fault plans: the operator killed before and after every write of a recorded story, and every answer lost. The
# tests tagged "faults" run a sample of them in `make test`; here they run all, and go on where an earlier run ended.
# With -Dcbtguard.faults=TEXT only the plans whose name contains the text run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
"$here/check-prerequisites.sh"
"$here/build.sh"
rm -rf operator/target/surefire-reports
# What the test says goes there line by line; Maven shows it to nobody.
progress=operator/target/faults/progress.txt
mkdir -p "${progress%/*}"
: >"$progress"
tail -n +1 -f "$progress" &
tail=$!
trap 'sleep 1; kill "$tail" 2>/dev/null || true' EXIT
mvn -B -ntp -pl operator -am test -Dgroups=faults -Dsurefire.failIfNoSpecifiedTests=false -Dcbtguard.faults=all "$@"
grep -qs '<testcase' operator/target/surefire-reports/TEST-*.xml || {
  echo "faults: no test tagged faults was run" >&2
  exit 1
}
