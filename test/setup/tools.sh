#!/bin/sh
# The real tools that the suite runs, from Debian packages.
#   tools.sh check     says which are missing and how to install them; exit 1 if any is
#   tools.sh install   installs what is missing where it may, else names the exact command
set -eu

missing() {
  command -v promtool >/dev/null 2>&1 || echo prometheus
  command -v prometheus-alertmanager >/dev/null 2>&1 || echo prometheus-alertmanager
  command -v prometheus-sql-exporter >/dev/null 2>&1 || echo prometheus-sql-exporter
  command -v tsql >/dev/null 2>&1 || echo freetds-bin
  command -v jsonnet >/dev/null 2>&1 || echo jsonnet
  command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || echo chromium
  command -v docker-compose >/dev/null 2>&1 || echo docker-compose
  command -v systemd-analyze >/dev/null 2>&1 || echo systemd
  command -v yamllint >/dev/null 2>&1 || echo yamllint
  command -v curl >/dev/null 2>&1 || echo curl
  command -v openssl >/dev/null 2>&1 || echo openssl
  command -v systemd-socket-activate >/dev/null 2>&1 || echo systemd
  # Debian's own interpreter: another python3 first on the PATH does not see Debian's modules.
  [ -x /usr/bin/python3 ] || echo python3
  /usr/bin/python3 -c 'import pymssql' 2>/dev/null || echo python3-pymssql
  /usr/bin/python3 -c 'import pyodbc' 2>/dev/null || echo python3-pyodbc
  ls /usr/lib/*/odbc/libtdsodbc.so >/dev/null 2>&1 || echo tdsodbc
  /usr/bin/python3 -c 'import prometheus_client' 2>/dev/null || echo python3-prometheus-client
}

packages=$(missing | tr '\n' ' ' | sed 's/ *$//')
[ -n "$packages" ] || exit 0
install="apt-get install -y --no-install-recommends $packages"

if [ "${1:-check}" = install ] && command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif sudo -n true 2>/dev/null; then
    as_root=sudo
  else
    as_root=none
  fi
  if [ "$as_root" != none ]; then
    echo "==> installing Debian packages for the test suite: $packages"
    # Prometheus and its companions would be started as services: a policy in force for this installation only says no.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      printf '#!/bin/sh\nexit 101\n' | $as_root tee /usr/sbin/policy-rc.d >/dev/null
      $as_root chmod 755 /usr/sbin/policy-rc.d
      trap '$as_root rm -f /usr/sbin/policy-rc.d' EXIT INT TERM
    fi
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive $install >/dev/null
    packages=$(missing | tr '\n' ' ' | sed 's/ *$//')
    [ -n "$packages" ] || exit 0
  fi
fi

{
  echo "the test suite runs real tools that this machine lacks: $packages"
  echo "install them (Debian, Ubuntu) with:"
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
} >&2
exit 1
