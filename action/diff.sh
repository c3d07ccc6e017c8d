#!/usr/bin/env bash
# What changed for BPF programs since the base, as a summary of the job. Fails for breaking changes only if asked to.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The registry may stand in another checkout than that of the workspace.
in_registry() {
  git -C "$(dirname -- "$REGISTRY")" "$@"
}

# What the head was merged into, if GitHub's merge of both is what stands here: it may be newer than the event says.
merged_into() {
  if [ "$(in_registry rev-parse HEAD)" = "${GITHUB_SHA:-}" ]; then
    in_registry cat-file -p HEAD |
      awk '/^$/ { ends = 1 } !ends && $1 == "parent" { parents[++n] = $2 } END { if (n == 2) print parents[1] }'
  fi
}

against=$BASE
if [ -z "$against" ] && [ -n "$PULL_REQUEST_BASE" ]; then
  against=$(merged_into)
  against=${against:-$PULL_REQUEST_BASE}
elif [ -z "$against" ] && [[ $PUSH_BEFORE =~ [1-9a-f] ]]; then
  against=$PUSH_BEFORE
fi
if [ -z "$against" ]; then
  echo 'There is no base to compare with.'
  exit 0
fi

if ! in_registry rev-parse --verify --quiet --end-of-options "$against^{commit}" >/dev/null; then
  depth=()
  if [ "$(in_registry rev-parse --is-shallow-repository)" = true ]; then
    depth=(--depth=1)
  fi
  if ! in_registry fetch --no-tags ${depth[@]+"${depth[@]}"} -- origin "$against"; then
    annotate error 'kfuncs diff' "the base $against is not in this clone, and could not be fetched: give actions/checkout \`fetch-depth: 0\`"
    exit 1
  fi
  against=FETCH_HEAD
fi
against=$(in_registry rev-parse --verify --short=12 --end-of-options "$against^{commit}")

markdown=$RUNNER_TEMP/kfuncs-diff.md
status=0
kfuncs diff --registry="$REGISTRY" --format markdown --fail-on-breaking -- "$against" "$REGISTRY" >"$markdown" || status=$?
if [ "$status" -gt 1 ]; then
  annotate error 'kfuncs diff' "kfuncs ended with $status: the log of this step says why"
  exit "$status"
fi
cat "$markdown"
cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
breaking=false
if [ "$status" = 1 ]; then
  breaking=true
fi
printf 'markdown=%s\nbreaking=%s\n' "$markdown" "$breaking" >>"$GITHUB_OUTPUT"
if [ "$breaking" = true ] && [ "$FAIL_ON_BREAKING" = true ]; then
  annotate error 'kfuncs diff' 'programs that loaded before may not load after: the summary of the job lists the breaking changes'
  exit 1
elif [ "$breaking" = true ]; then
  annotate warning 'kfuncs diff' 'programs that loaded before may not load after: the summary of the job lists the breaking changes'
fi
