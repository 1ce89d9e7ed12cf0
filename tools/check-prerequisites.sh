#!/usr/bin/env bash
# Says what is missing to build and run the project, and how to get it, before anything starts. Silent when all is there.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
missing=()

go_version=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed 's/^go//')
IFS=. read -r major minor _ <<<"${go_version:-0.0}"
minor=${minor%%[!0-9]*}
if ((major < 1 || (major == 1 && minor < 26))); then
  missing+=("Go 1.26 or newer (found: ${go_version:-none}): an archive from https://go.dev/dl, unpacked, its bin/ in PATH")
fi
"$here/jdk25.sh" >/dev/null ||
  missing+=("JDK 25 or newer (none in JAVA_HOME or /usr/lib/jvm): Temurin 25 from https://adoptium.net, or sdk install java 25-tem")
need() { command -v "$1" >/dev/null || missing+=("$1: $2"); }
need mvn 'Maven 3.8 or newer (it may run on an older JDK): apt-get install maven, or brew install maven'
need make 'apt-get install make'
need python3 'Python 3.9 or newer: apt-get install python3'
need git 'apt-get install git'
need flock 'apt-get install util-linux, or brew install flock'

if ((${#missing[@]})); then
  {
    echo "Missing, nothing has been started:"
    printf '  * %s\n' "${missing[@]}"
  } >&2
  exit 1
fi
