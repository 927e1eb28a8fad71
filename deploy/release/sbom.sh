#!/bin/sh
# sbom.sh: the bill of materials of a production installation, CycloneDX, from the lock file.
# `npm sbom --omit=dev` leaves out every package that a development package needs too, the SQL driver among them. So npm is
# shown a project without development packages.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

node - "$folder" <<'SCRIPT'
const { readFileSync, writeFileSync } = require('node:fs');
const [, , folder] = process.argv;
const read = (name) => JSON.parse(readFileSync(name, 'utf8'));
const manifest = { ...read('package.json'), devDependencies: {} };
const lock = read('package-lock.json');
const packages = Object.fromEntries(Object.entries(lock.packages).filter(([, { dev }]) => !dev));
packages[''] = { ...packages[''], devDependencies: {} };
writeFileSync(`${folder}/package.json`, JSON.stringify(manifest));
writeFileSync(`${folder}/package-lock.json`, JSON.stringify({ ...lock, packages }));
SCRIPT
cd "$folder"
npm sbom --package-lock-only --sbom-format=cyclonedx --offline --loglevel=error
