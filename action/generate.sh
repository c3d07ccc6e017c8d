#!/usr/bin/env bash
# Fails where what is generated is stale, and tells which files and how to make them again.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ -z "$GENERATED" ]; then
  echo 'Nothing that is generated is to be checked.'
  exit 0
fi
args=(generate --check "--registry=$REGISTRY" "--out=$GENERATED")
read -r -a names <<<"${TARGETS//$'\n'/ }"
if [ "${#names[@]}" -gt 0 ]; then
  args+=(--target "${names[@]}")
fi
report=$RUNNER_TEMP/kfuncs-stale.txt
status=0
kfuncs "${args[@]}" --no-color >"$report" || status=$?
cat "$report"
if [ "$status" = 1 ]; then
  annotate error 'kfuncs generate --check' "$(tail -n 1 "$report")"
  fold_into_summary 'kfuncs: what is generated is stale' "$report"
fi
exit "$status"
