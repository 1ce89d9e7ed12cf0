#!/usr/bin/env bash
# Two operators under load, of which the leader is killed and frozen TIMES times each (20); ends in a table of take-over
# times and of writes that came late.
exec "$(dirname "${BASH_SOURCE[0]}")/whole.sh" leader -Dcbtguard.leader.times="${TIMES:-20}" "$@"
