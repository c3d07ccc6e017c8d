# shellcheck shell=bash
# What the steps share.

action_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

kfuncs() {
  node "$action_root/dist/cli/kfuncs.js" "$@"
}

# An annotation: level, title, text.
annotate() {
  local text=$3
  text=${text//'%'/'%25'}
  text=${text//$'\r'/'%0D'}
  text=${text//$'\n'/'%0A'}
  printf '::%s title=%s::%s\n' "$1" "$2" "$text"
}

# A file as it is, folded away in the summary of the job; of a long one the beginning.
fold_into_summary() {
  {
    printf '### %s\n\n<pre>\n' "$1"
    head -n 500 "$2" | cut -c 1-300 | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
    printf '</pre>\n\n'
  } >>"$GITHUB_STEP_SUMMARY"
}
