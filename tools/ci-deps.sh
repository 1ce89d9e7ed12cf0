#!/usr/bin/env bash
# Installs what a Debian machine lacks for `make verify`: packages (no daemon is started), the Python clients of
# tools/python/requirements.txt in an environment of their own, and the pinned Go tools. Does nothing, fast, where all
# is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# COMMAND PACKAGE
wanted=("shellcheck shellcheck" "promtool prometheus" "prometheus-alertmanager prometheus-alertmanager"
  "flock util-linux")
packages=()
for entry in "${wanted[@]}"; do
  read -r command package <<<"$entry"
  command -v "$command" >/dev/null || packages+=("$package")
done
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)

if ((${#packages[@]})); then
  if ! command -v apt-get >/dev/null; then
    echo "ci-deps: install these by hand, there is no apt-get: ${packages[*]}" >&2
    exit 1
  fi
  as_root=()
  [[ $(id -u) == 0 ]] || as_root=(sudo)
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    # Debian's way to say that packages may be installed but not started.
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
  fi
  echo "ci-deps: installing ${packages[*]}"
  install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends)
  # The package lists may be absent or old: then they are fetched, and only then.
  "${install[@]}" "${packages[@]}" >/dev/null 2>&1 || {
    "${as_root[@]}" apt-get update -qq
    "${install[@]}" "${packages[@]}" >/dev/null
  }
fi
"$here/python.sh" >/dev/null
"$here/build.sh"
echo "ci-deps: all there"
