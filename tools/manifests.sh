#!/usr/bin/env bash
# Makes the plain manifests in deploy/ (or in the folder given) from the chart, and, without a folder, the chart's CRDs from
# crds/generated, Grafana's alerts and docs/api.md.
# A test compares what is checked in with what this makes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
out=${1:-deploy}
helm=$("$here/build.sh" --print-dir)/helm || {
  echo "manifests: helm is not built: make tools" >&2
  exit 1
}
if (($# == 0)); then
  rm -f helm/cbtguard/crds/*.yml
  cp crds/generated/*.yml helm/cbtguard/crds/
fi
mkdir -p "$out"/{base,advisories,monitoring,prometheus}

render() { # what the chart makes, without what only Helm wants
  echo '# Made from helm/cbtguard by tools/manifests.sh. Do not edit.'
  "$helm" template cbtguard helm/cbtguard --skip-tests --namespace cbtguard-system "$@" |
    sed -e '/^ *app.kubernetes.io\/managed-by: Helm$/d' -e '/^ *helm.sh\/chart: /d' -e '/^# Source: /d'
}

render --set advisories.bundled=false >"$out/base/install.yaml"
render -s templates/advisories.yaml >"$out/advisories/advisories.yaml"
monitoring=(--set "metrics.podMonitor.enabled=true,metrics.service=false,prometheusRule.enabled=true,dashboard.enabled=true")
render "${monitoring[@]}" -s templates/metrics.yaml -s templates/prometheus-rule.yaml -s templates/dashboard.yaml \
  >"$out/monitoring/monitoring.yaml"
render --set prometheusRule.enabled=true -s templates/prometheus-rule.yaml |
  sed -n -e '1p' -e '/^spec:$/,$s/^  //p' >"$out/prometheus/rules.yaml"
if (($# == 0)); then
  "$("$here/python.sh")" "$here/grafana-alerts.py"
  "$("$here/python.sh")" "$here/api-reference.py"
fi
