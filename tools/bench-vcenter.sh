#!/usr/bin/env bash
# Measures the simulator at several sizes and the first sync by our watch, govmomi and pyVmomi; prints Markdown tables.
# SIM_SIZES="1000 10000 40000" are the sizes of the simulator, SIM_VMS=10000 that of the sync, ROUNDS=5 its runs in turn,
# WARM_UPS=1 the syncs of our watch before them.
# Logs, and histograms of the watch's heap, are left in target/bench. BENCH_JAVA_OPTS goes to the JVM of our watch, such as
# -XX:StartFlightRecording=filename=target/bench/watch.jfr.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
"$here/check-prerequisites.sh"
python=$("$here/python.sh")
"$here/package.sh"
mkdir -p target/bench
(cd tools/bench && GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS='' \
  go build -mod=readonly -trimpath -buildvcs=false -o "$here/../target/bench/govmomi" .)
java=$("$here/jdk25.sh")/bin/java
class_path="operator/target/cbtguard-operator.jar:$(printf '%s:' operator/target/lib/*.jar)"
class_path+="testkit/target/cbtguard-testkit.jar:$(printf '%s:' testkit/target/lib/*.jar)"
# The collector and the object headers that the operator runs with; the Java launcher compiles the sources it is given.
read -r -a more <<<"${BENCH_JAVA_OPTS:-}"
exec "$java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx512m "${more[@]}" -Dcbtguard.root="$PWD" \
  -Dlogback.configurationFile=io/cbtguard/testkit/demo/logback.xml \
  -cp "${class_path%:}" operator/src/test/java/io/cbtguard/bench/VcenterBench.java \
  target/bench target/bench/govmomi "$python" tools/bench/sync.py
