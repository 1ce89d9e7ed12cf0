#!/usr/bin/env bash
# Builds the image twice, here and in a copy of the sources elsewhere, then starts it without a container engine against a
# real API server and a simulated vCenter.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
"$here/check-prerequisites.sh"
"$here/build.sh" >/dev/null
"$here/image.sh" "$@"

again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$again"
"$again/tools/image.sh" "$@"

mvn -q -B -ntp -pl operator -am test -Dtest=ImageIT -Dsurefire.failIfNoSpecifiedTests=false "$@" \
  -Dimage.tar="$PWD/operator/target/jib-image.tar" -Dimage.again="$again/operator/target/jib-image.tar"
grep -h '^image: ' operator/target/surefire-reports/*ImageIT-output.txt
