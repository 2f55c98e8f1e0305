#!/usr/bin/env bash
# Stops what up.sh started, by the recorded pids and start times: a pid that now belongs to another process is left alone.
# --clean also removes the state.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/env.sh"
S=$STACK_STATE
same() { [ "$(awk '{print $22}' "/proc/$1/stat" 2>/dev/null)" = "$2" ]; }
[ -d "$S/pid" ] || { echo "nothing recorded in $S/pid"; exit 0; }
for f in "$S"/pid/*; do
  [ -f "$f" ] || continue
  read -r pid began <"$f"
  if same "$pid" "$began"; then kill "$pid" 2>/dev/null || true; fi
done
for f in "$S"/pid/*; do
  [ -f "$f" ] || continue
  read -r pid began <"$f"
  for _ in $(seq 50); do same "$pid" "$began" || break; sleep 0.1; done
  if same "$pid" "$began"; then kill -9 "$pid" 2>/dev/null || true; fi
  rm "$f"
done
[ "${1-}" != --clean ] || rm -rf "$S"
echo down
