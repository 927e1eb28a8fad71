#!/bin/sh
# pin-images.sh: writes the digest that the tag of each pinned image has now into the Dockerfile and the compose files. Change a
# tag, or let it be moved by its maker, then run this and look at the difference. Needs docker buildx.
set -eu
cd "$(dirname "$0")/../.."
for file in Dockerfile deploy/compose/compose.yaml deploy/docker/sqlserver-dag/compose.yaml; do
  for image in $(grep -oE '[a-z0-9./-]+:[A-Za-z0-9.-]+@sha256:[0-9a-f]{64}' "$file"); do
    tag=${image%@*}
    digest=$(docker buildx imagetools inspect "$tag" --format '{{ .Manifest.Digest }}')
    case $digest in sha256:*) ;; *) echo "$tag has no digest" >&2; exit 1 ;; esac
    sed -i "s|$image|$tag@$digest|" "$file"
  done
done
