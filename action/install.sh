#!/usr/bin/env bash
# Builds kfuncs out of the action's own checkout, so that the commit in `uses:` is the one that runs.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# A repository that uses itself may have built it before.
if [ ! -f "$action_root/dist/cli/kfuncs.js" ]; then
  cd "$action_root"
  npm ci --no-audit --no-fund
fi
kfuncs --version
