#!/usr/bin/env bash
# Plausible mistakes (mutants/*.patch), each of which a test must notice. Applies each to a copy of the checkout's last
# commit, runs the test it names, and expects red; prints a table, and fails if a mutant survives. Each patch begins:
#   # title: what the mistake is
#   # test: MODULE TestClass#method
# --check only tries whether every patch still applies to the files as they are. Names of patches limit the run to them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
root=$PWD
shopt -s nullglob

only_check=
if [[ ${1:-} == --check ]]; then
  only_check=yes
  shift
fi
patches=("$@")
((${#patches[@]})) || patches=(mutants/*.patch)
field() { sed -n "1,10s/^# $1: *//p" "$2" | head -n 1; }

bad=0
for patch in "${patches[@]}"; do
  test=$(field test "$patch")
  if [[ -z $(field title "$patch") || ! $test =~ ^[a-z]+\ [A-Za-z0-9]+(#[A-Za-z0-9_]+)?$ ]]; then
    echo "mutants: $patch: needs the lines '# title: ..' and '# test: MODULE TestClass#method'" >&2
    bad=1
  elif ! git apply --check "$patch"; then
    echo "mutants: $patch: does not apply any more" >&2
    bad=1
  else
    read -r module class <<<"$test"
    # A test that is gone would make every mutant look caught.
    file=$(find "$module/src/test" -name "${class%%#*}.java" -print -quit)
    if [[ -z $file ]] || { [[ $class == *#* ]] && ! grep -qr "void ${class##*#}(" "$module/src/test"; }; then
      echo "mutants: $patch: there is no test $test" >&2
      bad=1
    fi
  fi
done
((bad == 0)) || exit 1
echo "mutants: ${#patches[@]} patches apply"
[[ -z $only_check ]] || exit 0

"$here/check-prerequisites.sh"
"$here/build.sh" >/dev/null
mkdir -p target
copy=$(mktemp -d "$root/target/mutants-XXXXXX")
trap 'git worktree remove --force "$copy" 2>/dev/null || rm -rf "$copy"' EXIT
git worktree add --quiet --detach --force "$copy" HEAD

run_tests() { # MODULE TESTS -> green, red, or broken (did not compile, or no such test)
  local log=$root/target/mutants.log module=$1 tests=$2
  rm -rf "$copy"/*/target/surefire-reports
  # A mistake may make a test wait for ever; that is red as well. Only the files that changed are compiled again, which
  # is enough for mistakes that lie in one file, and saves most of the time.
  if (cd "$copy" && timeout 1200 mvn -q -B -ntp -pl "$module" -am test -Dtest="$tests" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true -Dmaven.compiler.useIncrementalCompilation=false \
    -Derrorprone.flags=-XepDisableAllChecks -Dnullaway.level=OFF) >"$log" 2>&1 </dev/null; then
    if compgen -G "$copy/$module/target/surefire-reports/TEST-*.xml" >/dev/null; then echo green; else echo broken; fi
  elif grep -qE 'COMPILATION ERROR|Could not resolve' "$log"; then
    echo broken
  else
    echo red
  fi
}

# A test that is red without the mistake says nothing about it.
mapfile -t wanted < <(for patch in "${patches[@]}"; do field test "$patch"; done | sort -u)
for module in $(printf '%s\n' "${wanted[@]}" | cut -d' ' -f1 | sort -u); do
  tests=$(printf '%s\n' "${wanted[@]}" | sed -n "s/^$module //p" | paste -sd, -)
  echo "mutants: the tests of $module without a mistake ..."
  outcome=$(run_tests "$module" "$tests")
  if [[ $outcome != green ]]; then
    echo "mutants: they are $outcome; see target/mutants.log" >&2
    exit 1
  fi
done

survivors=0
rows=()
for patch in "${patches[@]}"; do
  read -r module class <<<"$(field test "$patch")"
  git -C "$copy" apply "$root/$patch"
  case $(run_tests "$module" "$class") in
    red) outcome=caught ;;
    green) outcome=SURVIVED ;;
    *) outcome='no verdict: does not compile' ;;
  esac
  git -C "$copy" reset --quiet --hard
  [[ $outcome == caught ]] || survivors=$((survivors + 1))
  rows+=("$(printf '%-34s %-9s %s (%s)' "$(basename "$patch" .patch)" "$outcome" "$(field title "$patch")" "$class")")
  echo "${rows[-1]}"
done
echo
printf '%s\n' "${rows[@]}"
echo "mutants: ${#patches[@]} run, $((${#patches[@]} - survivors)) caught, $survivors not"
((survivors == 0))
