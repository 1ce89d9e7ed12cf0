#!/usr/bin/env bash
# Plausible mistakes (mutants/*.patch), each of which a test must notice. Applies each to a copy of the checkout's last
# commit, runs the test it names, and expects red; prints a table, and fails if a mutant survives. Each patch begins:
#   # title: what the mistake is
#   # test: MODULE TestClass#method
# A mistake in Java is compiled by itself and laid over the classes, tests that need no cluster run side by side
# (WORKERS=n); for a mistake in any other file Maven builds and tests the module. The classes are those of the last
# commit, so a mistake must not change what other files were compiled against.
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
work=$(mktemp -d) # outside of any checkout, or git would look for the files of a patch there
trap 'rm -rf "$work"; git worktree remove --force "$copy" 2>/dev/null || rm -rf "$copy"' EXIT
git worktree add --quiet --detach --force "$copy" HEAD
jdk=$("$here/jdk25.sh")
export root copy work jdk

# Mistakes are compiled without the checks of the build: only a test is to notice them.
maven() { # GOALS AND OPTIONS
  (cd "$copy" && timeout 1200 mvn -q -B -ntp -Dspotless.check.skip=true -Dmaven.compiler.useIncrementalCompilation=false \
    -Derrorprone.flags=-XepDisableAllChecks -Dnullaway.level=OFF "$@") </dev/null
}

built() { # MODULE TESTS -> green, red, or broken (did not compile, or no such test)
  local log=$root/target/mutants.log
  rm -rf "$copy"/*/target/surefire-reports
  if maven -pl "$1" -am test -Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1; then
    if compgen -G "$copy/$1/target/surefire-reports/TEST-*.xml" >/dev/null; then echo green; else echo broken; fi
  elif grep -qE 'COMPILATION ERROR|Could not resolve' "$log"; then
    echo broken
  else
    echo red
  fi
}

classpath() { # MODULE
  echo "$copy/$1/target/test-classes:$copy/$1/target/classes:$(<"$copy/$1/target/test.classpath")"
}

launched() { # LOG FOLDER-OF-CLASSES-LAID-OVER MODULE TestClass#method.. -> green, red, or broken
  local log=$1 over=$2 module=$3 test file class methods=() options=()
  shift 3
  for test in "$@"; do
    while read -r file; do # a name may be that of classes in several packages
      class=${file#./}
      class=${class%.java}
      class=${class//\//.}
      options+=(--select-class "$class")
      if [[ $test == *#* ]]; then methods+=("${class}(\\$.*)?#${test##*#}"); else methods+=("${class}(\\$.*)?#.*"); fi
    done < <(cd "$copy/$module/src/test/java" && find . -name "${test%%#*}.java")
  done
  options+=(--include-methodname "$(IFS='|' && echo "${methods[*]}")")
  local status=0 # a mistake may make a test wait for ever; that is red as well
  (cd "$copy/$module" && timeout 1200 "$jdk/bin/java" -cp "$over:$(classpath "$module")" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=summary --fail-if-no-tests \
    --include-classname '.*' "${options[@]}") >"$log" 2>&1 </dev/null || status=$?
  case $status in
    0) echo green ;;
    124) echo red ;;
    # the JVM itself ends with 1, too, when it cannot start
    1) if grep -qE '[1-9][0-9]* (tests|containers) failed' "$log"; then echo red; else echo broken; fi ;;
    *) echo broken ;;
  esac
}

files_of() { sed -n 's|^+++ b/||p' "$1"; }
in_java() { ! files_of "$1" | grep -qv '/src/main/java/.*\.java$'; }

row() { # PATCH green|red|broken
  local outcome='no verdict: does not compile'
  case $2 in
    red) outcome=caught ;;
    green) outcome=SURVIVED ;;
  esac
  printf '%-34s %-9s %s (%s)\n' "$(basename "$1" .patch)" "$outcome" "$(field title "$1")" "$(field test "$1" | cut -d' ' -f2)" |
    tee -a "$work/rows"
}

overlaid() { # PATCH
  local patch=$1 own module class file
  own=$work/$(basename "$patch" .patch)
  read -r module class <<<"$(field test "$patch")"
  while read -r file; do
    mkdir -p "$own/$(dirname "$file")"
    cp "$copy/$file" "$own/$file"
  done < <(files_of "$patch")
  mkdir "$own/classes"
  if (cd "$own" && git apply "$root/$patch" && files_of "$root/$patch" | xargs "$jdk/bin/javac" -nowarn -proc:none \
    -parameters -d classes -cp "$(classpath "$module")") >"$own/log" 2>&1; then
    row "$patch" "$(launched "$own/log" "$own/classes" "$module" "$class")"
  else
    row "$patch" broken
  fi
}
export -f field files_of classpath launched row overlaid

quick=() cluster=() other=()
for patch in "${patches[@]}"; do
  if ! in_java "$patch"; then
    other+=("$patch")
  elif [[ $(field test "$patch") =~ IT(#|$) ]]; then
    cluster+=("$patch")
  else
    quick+=("$patch")
  fi
done

# A test that is red without the mistake says nothing about it.
green_at_first() { # built|launched PATCHES
  local how=$1 module tests outcome
  shift
  for module in $(for patch; do field test "$patch"; done | cut -d' ' -f1 | sort -u); do
    mapfile -t tests < <(for patch; do field test "$patch"; done | sort -u | sed -n "s/^$module //p")
    echo "mutants: the tests of $module without a mistake ..."
    if [[ $how == built ]]; then
      outcome=$(built "$module" "$(IFS=, && echo "${tests[*]}")")
    else
      outcome=$(launched "$root/target/mutants.log" "$work" "$module" "${tests[@]}")
    fi
    if [[ $outcome != green ]]; then
      echo "mutants: they are $outcome; see target/mutants.log" >&2
      exit 1
    fi
  done
}

maven test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath
green_at_first launched ${quick[@]+"${quick[@]}"} ${cluster[@]+"${cluster[@]}"}
green_at_first built ${other[@]+"${other[@]}"}

# shellcheck disable=SC2016 # each shell that is started expands its own argument
((${#quick[@]} == 0)) || printf '%s\0' "${quick[@]}" | xargs -0 -P "${WORKERS:-2}" -n 1 bash -c 'overlaid "$0"'
for patch in ${cluster[@]+"${cluster[@]}"}; do
  overlaid "$patch"
done
for patch in ${other[@]+"${other[@]}"}; do
  read -r module class <<<"$(field test "$patch")"
  git -C "$copy" apply "$root/$patch"
  row "$patch" "$(built "$module" "$class")"
  git -C "$copy" reset --quiet --hard
done

echo
sort "$work/rows"
caught=$(grep -cE '^[^ ]+ +caught ' "$work/rows" || true)
echo "mutants: ${#patches[@]} run, $caught caught, $((${#patches[@]} - caught)) not"
((caught == ${#patches[@]}))
