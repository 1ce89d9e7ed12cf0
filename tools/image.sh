#!/usr/bin/env bash
# Builds the operator's image without a registry and without a container engine: operator/target/jib-image.tar, on nothing
# but a Java runtime (jlink) and the C library of this machine, with bill of materials and licences in it.
#   tools/image.sh          builds
#   tools/image.sh --root   makes only operator/target/image-root, what the image has beside the operator
# More arguments go to Maven. With what it needs in its local repository no network is asked for; -o is no way to say so, as the
# plugin for the bill of materials then does nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
root=operator/target/image-root

# What the operator and its libraries load: java.desktop holds java.beans, which the SOAP stack needs; java.sql the types
# that JSON knows; jdk.unsupported sun.misc.Unsafe.
modules=java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules+=,jdk.httpserver,jdk.management,jdk.unsupported

copy_library() { # FILE: to the same place, so that the loader finds it where it was made for
  install -D -m 755 "$(readlink -f "$1")" "$root$1"
}

make_root() {
  local java loader library
  java=$("$here/jdk25.sh")
  rm -rf "$root"
  mkdir -p "$root"/{etc,opt,proc,tmp,usr/share/doc/libc}
  # Nothing is ever drawn: the libraries for that would want X11.
  "$java/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress zip-6 \
    --exclude-files '/java.desktop/**.so' --output "$root/opt/java"
  rm "$root"/opt/java/bin/{jwebserver,keytool}
  ldd "$root/opt/java/bin/java" "$root"/opt/java/lib/{,server/}*.so |
    awk '$2 == "=>" && $3 ~ /^\/(usr\/)?lib/ { print $3 } $1 ~ /^\/lib.*ld-/ { print $1 }' | sort -u |
    while read -r library; do copy_library "$library"; done
  for loader in /usr/share/doc/libc6/copyright /usr/share/licenses/glibc/LICENSES; do
    [[ ! -r $loader ]] || cp "$loader" "$root/usr/share/doc/libc/"
  done
  echo 'operator:x:65532:65532:CBT Guard:/:/sbin/nologin' >"$root/etc/passwd"
  echo 'operator:x:65532:' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

case $(uname -s)/$(uname -m) in
  Linux/x86_64) architecture=amd64 ;;
  Linux/aarch64) architecture=arm64 ;;
  *)
    echo "image: this machine's C library goes into the image: build on Linux (x86_64 or aarch64)" >&2
    exit 1
    ;;
esac
make_root
[[ ${1:-} != --root ]] || exit 0
rm -rf operator/target/bill
mvn -q -B -ntp -Pbill,image-offline -Dimage.architecture="$architecture" -Dmaven.test.skip=true -pl operator -am "$@" package
if [[ ! -s operator/target/bill/bom.json ]]; then
  echo "image: it has no bill of materials: build it without -o" >&2
  exit 1
fi
ls -l operator/target/jib-image.tar
