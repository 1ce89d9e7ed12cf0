#!/usr/bin/env bash
# All fault plans: the operator killed before and after every write of a recorded story, and every answer lost. The
# tests tagged "faults" run a sample of them in `make test`; here they run all, and go on where an earlier run ended.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
"$here/check-prerequisites.sh"
"$here/build.sh"
rm -rf operator/target/surefire-reports
mvn -B -ntp -pl operator -am test -Dgroups=faults -Dcbtguard.faults=all "$@"
grep -qs '<testcase' operator/target/surefire-reports/TEST-*.xml || {
  echo "faults: no test tagged faults was run" >&2
  exit 1
}
