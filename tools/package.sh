#!/usr/bin/env bash
# Builds what runs: the jars of all modules, with what they need in target/lib beside them. Does nothing where no source
# is newer than the last time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
stamp=target/packaged
if [[ -e $stamp && -e testkit/target/lib && -e operator/target/lib ]]; then
  newer=$(find pom.xml ./*/pom.xml ./*/src/main -newer "$stamp" -print -quit)
  [[ -n $newer ]] || exit 0
fi
echo "package: building the modules"
mvn -q -B -ntp -Dmaven.test.skip=true package
mkdir -p target
touch "$stamp"
