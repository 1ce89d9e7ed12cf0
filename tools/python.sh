#!/usr/bin/env bash
# Prints the path of a Python that has the packages of tools/python/requirements.txt: an environment in the cache, made
# at the first call. With --print-path it makes nothing: prints that path, and exits 3 if it is not there yet.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${CBTGUARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cbtguard}/python"
requirements="$here/python/requirements.txt"
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
key=$( (cat "$requirements"; echo "$version") | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16)
target="$cache/$key"

if [[ ${1:-} == --print-path ]]; then
  echo "$target/bin/python"
  [[ -e $target/complete ]] || exit 3
  exit 0
fi
if [[ ! -e $target/complete ]]; then
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  if [[ ! -e $target/complete ]]; then
    echo "python: making the environment of $requirements" >&2
    # Not renamed into place: an environment knows its own path. The last file says that it is whole.
    rm -rf "$target"
    python3 -m venv "$target"
    "$target/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" >&2 9>&-
    touch "$target/complete"
  fi
fi
echo "$target/bin/python"
