#!/usr/bin/env bash
# Builds the pinned Go tools that tests and the demo need (etcd, kube-apiserver, kube-controller-manager, kubectl,
# vcsim, govc, helm) into a cache outside the checkout, once per content of their modules. The last line is the folder
# that holds them all. With --print-dir it builds nothing: prints that folder, and exits 3 if it does not exist yet.
#
# CBTGUARD_CACHE moves the cache. The first build compiles Kubernetes: twelve minutes on two cores, 3 GiB of memory.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${CBTGUARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cbtguard}/tools"
command -v go >/dev/null || exec "$here/check-prerequisites.sh"
kubernetes=$(sed -n 's|^[[:space:]]*k8s.io/kubernetes \(v[0-9.]*\).*|\1|p' "$here/kube/go.mod")
IFS=. read -r k8s_major k8s_minor _ <<<"${kubernetes#v}"
# CGO off: static binaries. trimpath, no VCS stamp: the same binary from every checkout.
export GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=
flags=(-mod=readonly -trimpath -buildvcs=false)
plain_link='-s -w'

# Without the stamp /version is not SemVer, and clients that compare versions misbehave.
kube_link=$plain_link
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  kube_link+=" -X $package.gitVersion=$kubernetes -X $package.gitMajor=$k8s_major -X $package.gitMinor=$k8s_minor"
  kube_link+=" -X $package.gitTreeState=clean -X $package.gitCommit=unknown -X $package.buildDate=1970-01-01T00:00:00Z"
done

# The chart's tests ask which Helm they run.
helm=$(sed -n 's|^[[:space:]]*helm.sh/helm/v4 \(v[0-9.]*\).*|\1|p' "$here/helm/go.mod")
helm_link="$plain_link -X helm.sh/helm/v4/internal/version.version=$helm"

# NAME MODULE PACKAGE LINK-FLAGS; one module per tool family, or one client-go would bind them all.
tools=(
  "vcsim|vcsim|.|$plain_link"
  "govc|govc|github.com/vmware/govmomi/govc|$plain_link"
  "helm|helm|helm.sh/helm/v4/cmd/helm|$helm_link"
  "etcd|kube|go.etcd.io/etcd/server/v3|$plain_link"
  "kube-apiserver|kube|k8s.io/kubernetes/cmd/kube-apiserver|$kube_link"
  "kube-controller-manager|kube|k8s.io/kubernetes/cmd/kube-controller-manager|$kube_link"
  "kubectl|kube|k8s.io/kubernetes/cmd/kubectl|$kube_link"
)

# What a module is built from: its files, the flags, the compiler, the platform.
key() { # MODULE
  (
    cd "$here/$1"
    cat ./go.mod ./go.sum
    find . -name '*.go' -type f | LC_ALL=C sort | xargs -r cat
    printf '%s\n' "${flags[@]}"
    printf '%s\n' "${tools[@]}" | grep -F "|$1|"
    go env GOVERSION GOOS GOARCH
  ) | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16
}

kube_key=$(key kube)
vcsim_key=$(key vcsim)
govc_key=$(key govc)
helm_key=$(key helm)
target="$cache/$kube_key-$vcsim_key-$govc_key-$helm_key/bin"
if [[ ${1:-} == --print-dir ]]; then
  echo "$target"
  [[ -d $target ]] || exit 3
  exit 0
fi
if [[ -d $target ]]; then
  echo "$target"
  exit 0
fi

"$here/check-prerequisites.sh"
mkdir -p "$cache"
exec 9>"$cache/lock"
flock -n 9 || {
  echo "tools: another build is running, waiting for it"
  flock 9
}

heartbeat=
work=
clean_up() {
  [[ -z $heartbeat ]] || kill "$heartbeat" 2>/dev/null || true
  [[ -z $work ]] || rm -rf "$work"
}
trap clean_up EXIT

beat() { # NAME: a line every 20 s, so that nobody takes a long compile for a hang
  local began=$SECONDS
  while sleep 20 >/dev/null 2>&1; do echo "tools: $1: still compiling, $((SECONDS - began)) s"; done
}

build() { # NAME MODULE PACKAGE LINK-FLAGS FOLDER
  local began=$SECONDS
  echo "tools: $1: building"
  beat "$1" 9>&- &
  heartbeat=$!
  (cd "$here/$2" && go build "${flags[@]}" -ldflags "$4" -o "$5/$1" "$3" 9>&-)
  kill "$heartbeat"
  wait "$heartbeat" 2>/dev/null || true
  heartbeat=
  echo "tools: $1: built in $((SECONDS - began)) s"
}

build_module() { # MODULE KEY: into a folder of its own, renamed into place when whole
  local name module package link
  [[ ! -d $cache/$1-$2 ]] || return 0
  work=$(mktemp -d "$cache/.build-XXXXXX")
  for tool in "${tools[@]}"; do
    IFS='|' read -r name module package link <<<"$tool"
    [[ $module != "$1" ]] || build "$name" "$module" "$package" "$link" "$work"
  done
  chmod 755 "$work"
  mv "$work" "$cache/$1-$2"
  work=
}

echo "tools: Kubernetes $kubernetes, etcd, Helm $helm, vcsim and govc into $cache; the first time takes about twelve minutes on two cores"
build_module vcsim "$vcsim_key"
build_module govc "$govc_key"
build_module helm "$helm_key"
build_module kube "$kube_key"
if [[ ! -d $target ]]; then
  work=$(mktemp -d "$cache/.build-XXXXXX")
  mkdir "$work/bin"
  for module in "kube-$kube_key" "vcsim-$vcsim_key" "govc-$govc_key" "helm-$helm_key"; do
    for file in "$cache/$module"/*; do ln -s "$file" "$work/bin/"; done
  done
  chmod 755 "$work"
  mv "$work" "${target%/bin}"
  work=
fi
echo "$target"
