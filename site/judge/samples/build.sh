#!/bin/sh
# Makes conntrack.bpf.o of conntrack.bpf.c; the object is checked in, so that the site needs no compiler. It is compiled in
# a folder of its own, so that no path of this machine is in it.
set -eu
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cp -r conntrack.bpf.c ../../../test/verifier/programs/include "$folder"
(
  cd "$folder"
  clang -target bpf -O2 -g -mcpu=v3 -Wall -Werror -fdebug-compilation-dir=. -I include -c conntrack.bpf.c -o conntrack.bpf.o
  llvm-strip -g conntrack.bpf.o
)
cp "$folder/conntrack.bpf.o" .
