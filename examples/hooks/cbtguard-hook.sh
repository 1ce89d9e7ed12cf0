#!/usr/bin/env bash
# Before and after a backup job, for any tool that can run a command there. README.md beside this file says how.
#   cbtguard-hook.sh pre VM                        0: back up, as standard output says; anything else: take no backup
#   cbtguard-hook.sh post VM --snapshot .. --disk ..   reports; options and exit codes of `kubectl cbtguard report`
#   cbtguard-hook.sh post VM --failed              the job failed: there is no restore point
set -uo pipefail

state=${CBTGUARD_STATE:-/var/lib/cbtguard-hook}
chain=${CBTGUARD_CHAIN:-default}
plugin=("${CBTGUARD_PLUGIN:-kubectl-cbtguard}")
namespace=${CBTGUARD_NAMESPACE:-}

say() { printf 'cbtguard-hook: %s\n' "$*" >&2; }

if [[ $# -lt 2 || ! $2 =~ ^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$ ]] || [[ $1 != pre && $1 != post ]]; then
  say "usage: cbtguard-hook.sh pre VM | post VM --snapshot MOREF --disk DISK.. | post VM --failed"
  exit 2
fi
step=$1
vm=$2
shift 2
[[ -z $namespace ]] || plugin+=(--namespace "$namespace")
folder=$state/${namespace:-current}/$vm/$chain # what lies here is of the run that is open
command -v "${plugin[0]}" >/dev/null || {
  say "there is no ${plugin[0]}; put it into the PATH or its place into CBTGUARD_PLUGIN"
  exit 1
}

pre() {
  local run code
  mkdir -p "$folder" || return 1
  if [[ -s $folder/decision ]]; then
    # The last job began and never told its end; while its run is open the VM gets no other decision.
    run=$(<"$folder/run")
    say "run $run was begun and not reported: reporting it as failed"
    "${plugin[@]}" report "$run" --failed --message "not reported before the next job began" --timeout 1m >/dev/null ||
      say "that was not possible; if the run is still open the next decision says so"
    rm -f "$folder/run" "$folder/decision"
  fi
  # The name is kept before it is used: if the answer is lost, the same request is made again, not a second one.
  [[ -s $folder/run ]] || printf '%s-%s-%04x\n' "${vm:0:200}" "$(date -u +%Y%m%d-%H%M%S)" "$RANDOM" >"$folder/run" || return 1
  run=$(<"$folder/run")
  "${plugin[@]}" decide "$vm" --run "$run" --chain "$chain" --type "${CBTGUARD_TYPE:-Auto}" \
    --timeout "${CBTGUARD_TIMEOUT:-15m}" >"$folder/answer"
  code=$?
  case $code in
    0 | 10)
      mv "$folder/answer" "$folder/decision" && cat "$folder/decision"
      return
      ;;
    11 | 12) rm -f "$folder/run" ;; # this run has ended, or ends by its deadline
  esac
  cat "$folder/answer"
  rm -f "$folder/answer"
  return "$code"
}

post() {
  local code
  [[ -s $folder/decision ]] || {
    say "no run of $vm is open in $folder: was there a pre?"
    return 1
  }
  "${plugin[@]}" report "$(<"$folder/run")" "$@"
  code=$?
  case $code in
    1 | 2 | 12) ;; # said again, it may succeed
    *) rm -f "$folder/run" "$folder/decision" ;;
  esac
  return "$code"
}

"$step" "$@"
