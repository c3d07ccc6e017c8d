#!/usr/bin/env bash
# Annotations and SARIF of all findings. Ends as `kfuncs validate` does; the output `errors` counts what is no warning.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

args=(validate "--registry=$REGISTRY")
read -r -a versions <<<"${KERNELS//$'\n'/ }"
if [ "${#versions[@]}" -gt 0 ]; then
  args+=(--kernel "${versions[@]}")
fi
btf=()
while IFS= read -r file; do
  [ -z "$file" ] || btf+=("$file")
done <<<"$BTF"
if [ "${#btf[@]}" -gt 0 ]; then
  args+=(--btf "${btf[@]}")
fi

annotations=$RUNNER_TEMP/kfuncs-annotations.txt
status=0
kfuncs "${args[@]}" --format github >"$annotations" || status=$?
cat "$annotations"
if [ "$status" -gt 1 ]; then
  annotate error 'kfuncs validate' "kfuncs ended with $status: the log of this step says why"
  exit "$status"
fi
sarif=$RUNNER_TEMP/kfuncs.sarif
kfuncs "${args[@]}" --quiet --format sarif >"$sarif" || [ "$?" = "$status" ]
{
  printf 'sarif=%s\n' "$sarif"
  printf 'errors=%s\n' "$(grep -c '^::error ' "$annotations" || true)"
} >>"$GITHUB_OUTPUT"
if [ "$status" = 1 ]; then
  report=$RUNNER_TEMP/kfuncs-findings.txt
  kfuncs "${args[@]}" --quiet --no-color >"$report" || true
  fold_into_summary 'kfuncs: the registry has findings' "$report"
fi
exit "$status"
