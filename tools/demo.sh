#!/usr/bin/env bash
# demo, up, down, bench or bench-estate: builds what is needed and runs the testkit's main class of that name.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
case ${1:-} in
  demo) main=DemoMain ;;
  up) main=UpMain ;;
  down) main=DownMain ;;
  bench | bench-estate) main=BenchMain ;;
  *)
    echo "usage: tools/demo.sh demo|up|down|bench|bench-estate" >&2
    exit 2
    ;;
esac
[[ $1 != bench-estate ]] || estate=yes
"$here/check-prerequisites.sh"
if [[ $main == DownMain && ! -e target/demo ]]; then
  echo "down: nothing is up"
  exit 0
fi
"$here/build.sh" | sed '$d' # all but the folder, which is for scripts
"$here/package.sh"
java=$("$here/jdk25.sh")/bin/java
exec "$java" -Dcbtguard.root="$PWD" -cp 'testkit/target/cbtguard-testkit.jar:testkit/target/lib/*' \
  "io.cbtguard.testkit.demo.$main" ${estate:+estate}
