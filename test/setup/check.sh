#!/bin/sh
# check.sh: all that can be said of the sources without running them, in two hands: what looks at regular expressions takes
# as long as all the rest. Says everything that is wrong, and ends with 1 then.
set -u
linear=$(mktemp)
trap 'rm -f "$linear"' EXIT
npm run -s check:linear >"$linear" 2>&1 &
hand=$!
status=0
biome ci --colors=off --error-on-warnings . || status=1
tsc --noEmit || status=1
knip --no-progress --no-config-hints || status=1
node src/mixin/generate.ts --check || status=1
wait "$hand" || status=1
cat "$linear"
exit "$status"
