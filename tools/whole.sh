#!/usr/bin/env bash
# The tests of the operator that carry a JUnit tag: all of what they play a sample of in `make test`. TAG, arguments for Maven.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
tag=$1
shift
"$here/check-prerequisites.sh"
"$here/build.sh"
rm -rf operator/target/surefire-reports
# What the test says goes there line by line; Maven shows it to nobody.
progress=operator/target/$tag/progress.txt
mkdir -p "${progress%/*}"
: >"$progress"
tail -n +1 -f "$progress" &
tail=$!
trap 'sleep 1; kill "$tail" 2>/dev/null || true' EXIT
mvn -B -ntp -pl operator -am test -Dgroups="$tag" -Dsurefire.failIfNoSpecifiedTests=false "$@"
grep -qs '<testcase' operator/target/surefire-reports/TEST-*.xml || {
  echo "$tag: no test tagged $tag was run" >&2
  exit 1
}
