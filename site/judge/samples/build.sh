#!/bin/sh
# Makes conntrack.bpf.o of conntrack.bpf.c; the object is checked in, so that the site needs no compiler.
set -eu
cd "$(dirname "$0")"
clang -target bpf -O2 -g -mcpu=v3 -Wall -Werror -fdebug-compilation-dir=. -fdebug-prefix-map=./= \
  -fdebug-prefix-map=../../../test/verifier/programs/= -I ../../../test/verifier/programs/include \
  -c conntrack.bpf.c -o conntrack.bpf.o
llvm-strip -g conntrack.bpf.o
