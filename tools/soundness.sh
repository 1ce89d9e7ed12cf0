#!/usr/bin/env bash
# The soundness model's full run: a million random histories (HISTORIES=n for another number), played through block truth
# and the judge. Fails if a restore point that is called Good differs from the disk. More arguments go to the model (--help).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
if [[ ${1:-} == --slow ]]; then
  # Histories with the whole operator, a real API server and SOAP between people, tools and disks (200; --slow n).
  shift
  "$here/build.sh" >/dev/null
  mvn -q -B -ntp -pl operator -am test -Dtest=SlowSoundnessIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dslow.histories="${1:-200}" -Dslow.seed="${2:-1}"
  grep -h '^slow mode' operator/target/surefire-reports/*SlowSoundnessIT-output.txt
  exit
fi
java_home=$("$here/jdk25.sh") || {
  echo "soundness: needs a JDK 25 (see make help)" >&2
  exit 1
}
mvn -q -B -ntp -pl model -am -DskipTests package
exec "$java_home/bin/java" -cp 'model/target/classes:model/target/lib/*' io.cbtguard.model.SoundnessMain \
  --histories "${HISTORIES:-1000000}" --threads "$(nproc)" "$@"
