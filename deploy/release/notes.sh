#!/bin/sh
# notes.sh TAG: the notes of a release, from CHANGELOG.md: what stands under `## VERSION / DATE`.
# Exit 1, with what to do, when the tag is not the version of package.json and of the chart, or has no notes.
set -eu
cd "$(dirname "$0")/../.."

fail() {
  echo "$*" >&2
  exit 1
}

[ $# = 1 ] || fail "usage: notes.sh TAG, for example v1.2.3"
version=${1#v}
[ "v$version" = "$1" ] || fail "$1: a tag starts with v"

# The first version in a file, after the words that stand before it.
version_after() {
  sed -n "s/$1\([0-9][^\"', ]*\).*/\1/p" "$2" | head -n 1
}
for place in '^ *"version": "|package.json' '^appVersion: |deploy/helm/milink-exporter/Chart.yaml' \
  '^version: |deploy/helm/milink-exporter/Chart.yaml' '^ *newTag: |deploy/kubernetes/base/kustomization.yaml'; do
  file=${place#*|}
  found=$(version_after "${place%%|*}" "$file")
  [ "$found" = "$version" ] || fail "$file says $found, the tag says $version: set both to one version and tag again"
done

notes=$(awk -v head="## $version / " '
  index($0, "## ") == 1 { inside = index($0, head) == 1 && $0 ~ / \/ [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/; next }
  inside { print }
' CHANGELOG.md)
[ -n "$(printf %s "$notes" | tr -d '[:space:]')" ] || fail "CHANGELOG.md has no notes under \"## $version / YYYY-MM-DD\""
printf '%s\n' "$notes" | sed '/./,$!d'
