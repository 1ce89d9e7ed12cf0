#!/usr/bin/env bash
# All fault plans: the operator killed before and after every write of a recorded story, and every answer lost. It goes on
# where an earlier run ended. With -Dcbtguard.faults=TEXT only the plans whose name contains the text run.
exec "$(dirname "${BASH_SOURCE[0]}")/whole.sh" faults -Dcbtguard.faults=all "$@"
