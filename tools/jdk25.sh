#!/usr/bin/env bash
# Prints the home of an installed JDK of version 25 or newer: JAVA_HOME if it is one, else the oldest that fits,
# from the places where the Maven toolchains plugin looks too. Exits 1 without one.
set -euo pipefail

version_of() { # HOME -> major version, or 0 where there is no compiler
  local line=0
  [[ -x $1/bin/javac && -r $1/release ]] && line=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  echo "${line:-0}"
}

if [[ -n ${JAVA_HOME:-} ]] && (($(version_of "$JAVA_HOME") >= 25)); then
  echo "$JAVA_HOME"
  exit 0
fi
best='' best_version=1000
shopt -s nullglob
for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  version=$(version_of "$home")
  if ((version >= 25 && version < best_version)); then
    best=$home best_version=$version
  fi
done
[[ -n $best ]] || exit 1
echo "$best"
