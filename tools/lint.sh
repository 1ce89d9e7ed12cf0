#!/usr/bin/env bash
# The quick half of `make verify`: formatting, shell and Python scripts, Go sources, links, and that the mutants still
# apply. All checks run; each that fails says what to do about it.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.." || exit 1
"$here/check-prerequisites.sh" || exit 1
failed=()

check() { # TITLE REMEDY COMMAND..
  local title=$1 remedy=$2
  shift 2
  if "$@"; then
    echo "lint: $title: ok"
  else
    echo "lint: $title: FAILED; $remedy" >&2
    failed+=("$title")
  fi
}

format() { JAVA_HOME=$("$here/jdk25.sh") mvn -q -B -ntp spotless:check 2> >(grep -v -e '^WARNING: ' >&2); }

shell() {
  if ! command -v shellcheck >/dev/null; then
    echo "shellcheck is not installed (make ci-deps)" >&2
    return 1
  fi
  git ls-files -z '*.sh' .ci/run plugin/kubectl-cbtguard | xargs -0 shellcheck
}

python() {
  local file
  while IFS= read -r -d '' file; do
    python3 -c 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")' "$file" || return 1
  done < <(git ls-files -z '*.py')
}

go_sources() {
  local unformatted
  unformatted=$(gofmt -l tools) || return 1
  [[ -z $unformatted ]] || {
    echo "$unformatted" >&2
    return 1
  }
}

check "Java format" "run: make format" format
check "shell scripts" "see above" shell
check "Python scripts" "see above" python
check "Go format" "run: gofmt -w tools" go_sources
check "table of values" "run: tools/values-table.py" "$here/values-table.py" --check
check "API reference" "run: \"\$(tools/python.sh)\" tools/api-reference.py" "$("$here/python.sh")" "$here/api-reference.py" --check
check "alerts for Grafana" "run: \"\$(tools/python.sh)\" tools/grafana-alerts.py" "$("$here/python.sh")" "$here/grafana-alerts.py" --check
check "links" "mend the links above" "$here/check-links.py"
check "mutants apply" "bring the patches named above up to date" "$here/mutants.sh" --check

if ((${#failed[@]})); then
  printf 'lint: failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
