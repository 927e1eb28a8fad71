#!/bin/sh
# Joins sql1 and sql2 in the distributed availability group DAG_Sales. Runs in the container `setup` of compose.yaml.
set -eu
cd "$(dirname "$0")"

# -b: an error of severity 11 or more ends sqlcmd with 1, and so this script. -C: trust the servers' own certificates.
run() { # run SERVER FILE [-v NAME=VALUE ...]
  server=$1 file=$2
  shift 2
  echo "==> $server: $file"
  /opt/mssql-tools18/bin/sqlcmd -S "$server" -C -b -i "$file" "$@"
}

# The public half of a server's endpoint certificate, as a hexadecimal literal. No file is exchanged, so no folder has to be
# shared between the containers; the link gives a managed instance its certificate in the same form.
certificate() { # certificate SERVER
  /opt/mssql-tools18/bin/sqlcmd -S "$1" -C -b -h -1 -W -w 65535 -Q "
    SET NOCOUNT ON;
    SELECT CONVERT(varchar(8000), CERTENCODED(CERT_ID('Cert_$1_endpoint')), 1);" | tr -d '[:space:]'
}

for server in sql1 sql2; do
  run "$server" 1-endpoint.sql -v Server="$server" KeyPassword="$SQLCMDPASSWORD" MilinkPassword="$MILINK_PASSWORD"
done
certificate1=$(certificate sql1) certificate2=$(certificate sql2)
run sql1 2-trust.sql -v Partner=sql2 PartnerPassword="$SQLCMDPASSWORD" PartnerCertificate="$certificate2"
run sql2 2-trust.sql -v Partner=sql1 PartnerPassword="$SQLCMDPASSWORD" PartnerCertificate="$certificate1"
run sql1 3-primary.sql
run sql2 4-secondary.sql
run sql1 5-wait.sql
