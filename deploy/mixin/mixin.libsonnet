// Generated from src/mixin and src/mixin/config.ts by `npm run generate`: edit those, not this file.
// Your own values: `(import "milink-exporter/deploy/mixin/mixin.libsonnet") + { _config+:: { lagSeconds: 60 } }`.
{
  _config+:: {
    "selector": "",
    "identityLabels": "",
    "exporterJob": "milink-exporter",
    "runbookBaseUrl": "https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks",
    "grafanaBaseUrl": "http://localhost:3000",
    "scrapeIntervalSeconds": 15,
    "staleFactor": 8,
    "viewStaleSeconds": 7200,
    "lagSeconds": 300,
    "dataLossSeconds": 900,
    "recoverySeconds": 3600,
    "queueSeconds": 600,
    "queueFloorMebibytes": 16,
    "growthHours": 4,
    "certificateWarningDays": 30,
    "certificateCriticalHours": 24,
  } + {
    identityList:: [std.stripChars(label, ' ') for label in std.split(self.identityLabels, ',') if std.stripChars(label, ' ') != ''],
    identity:: std.join('', [label + ', ' for label in self.identityList]),
    identityMatchers:: std.join('', [label + '=%+q,' for label in self.identityList]),
    identityValues:: std.join('', ['$labels.' + label + ' ' for label in self.identityList]),
  },
  grafanaDashboards+:: {
    local labels = $._config.identityList,
    local matchers = std.join('', [label + '="$' + label + '",' for label in labels]),
    local everyText(value, change) =
      if std.isString(value) then change(value)
      else if std.isArray(value) then [everyText(item, change) for item in value]
      else if std.isObject(value) then { [key]: everyText(value[key], change) for key in std.objectFields(value) }
      else value,
    local selecting = [["job=~\"$job\"","%sjob=~\"$job\""],["ALERTS{","ALERTS{%s"],["_avg7d{","_avg7d{%s"],["_avg30d{","_avg30d{%s"],["_avg90d{","_avg90d{%s"],["_seen30d{","_seen30d{%s"],["label_values(milink_exporter_build_info, job)","label_values(milink_exporter_build_info{%s}, job)"]],
    local keeping(text) = std.foldl(function(all, pair) std.strReplace(all, pair[0], std.strReplace(pair[1], '%s', matchers)), selecting, text),
    local variable = {"name":"%s","label":"%s","type":"query","datasource":{"type":"prometheus","uid":"$datasource"},"definition":"label_values(milink_exporter_build_info, %s)","query":{"qryType":1,"query":"label_values(milink_exporter_build_info, %s)","refId":"variable-%s"},"refresh":2,"sort":1},
    local kept(dashboard) = if std.length(labels) == 0 then dashboard else
      local changed = everyText(dashboard, keeping);
      local list = changed.templating.list;
      local own = [everyText(variable, function(text) std.strReplace(text, '%s', label)) for label in labels];
      changed { templating+: { list: [list[0]] + own + list[1:] } },
    "milink-links.json": kept(import "../../grafana/dashboards/milink-links.json"),
    "milink-link.json": kept(import "../../grafana/dashboards/milink-link.json"),
    "milink-seeding.json": kept(import "../../grafana/dashboards/milink-seeding.json"),
    "milink-certificates.json": kept(import "../../grafana/dashboards/milink-certificates.json"),
    "milink-azure.json": kept(import "../../grafana/dashboards/milink-azure.json"),
    "milink-exporter.json": kept(import "../../grafana/dashboards/milink-exporter.json"),
  },
  prometheusAlerts+:: {
    groups+: [
      {
        "name": "milink-alerts",
        "rules": [
          {
            "record": "exporter_server:milink_last_poll_timestamp_seconds:fresh",
            "expr": "max by (" + $._config.identity + "job, instance, server) (milink_last_poll_timestamp_seconds{" + $._config.selector + "} < time() + 20 and time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} - 2 * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15) < 2 * " + $._config.scrapeIntervalSeconds + ")\nor\nmax by (" + $._config.identity + "job, instance, server) (timestamp(milink_up{" + $._config.selector + "}) > time() - 2 * " + $._config.scrapeIntervalSeconds + " unless on (" + $._config.identity + "job, instance) milink_last_poll_timestamp_seconds{" + $._config.selector + "})",
          },
          {
            "record": "server:milink_up:reached",
            "expr": "max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_up{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:fresh\n)",
          },
          {
            "record": "server:milink_up:lost",
            "expr": "max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_up{" + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:fresh\n)\nunless on (" + $._config.identity + "server) server:milink_up:reached",
          },
          {
            "record": "exporter_server:milink_last_poll_timestamp_seconds:newest",
            "expr": "(exporter_server:milink_last_poll_timestamp_seconds:fresh unless on (" + $._config.identity + "job, instance, server) milink_up{" + $._config.selector + "} == 0)\n== on (" + $._config.identity + "server) group_left ()\nmax by (" + $._config.identity + "server) (exporter_server:milink_last_poll_timestamp_seconds:fresh unless on (" + $._config.identity + "job, instance, server) milink_up{" + $._config.selector + "} == 0)",
          },
          {
            "record": "exporter:milink_last_poll_timestamp_seconds:fresh",
            "expr": "max by (" + $._config.identity + "job, instance) (exporter_server:milink_last_poll_timestamp_seconds:fresh)\nor\nmax by (" + $._config.identity + "job, instance) (timestamp(milink_link_verdict{" + $._config.selector + "}) > time() - 2 * " + $._config.scrapeIntervalSeconds + " unless on (" + $._config.identity + "job, instance) milink_last_poll_timestamp_seconds{" + $._config.selector + "})\nor\nmax by (" + $._config.identity + "job, instance) (timestamp(milink_exporter_build_info{" + $._config.selector + "}) > time() - 2 * " + $._config.scrapeIntervalSeconds + " unless on (" + $._config.identity + "job, instance) milink_last_poll_timestamp_seconds{" + $._config.selector + "})",
          },
          {
            "record": "exporter:milink_last_poll_timestamp_seconds:ahead",
            "expr": "max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "} - timestamp(milink_last_poll_timestamp_seconds{" + $._config.selector + "}))",
          },
          {
            "record": "exporter:milink_exporter_build_info:seen",
            "expr": "max by (" + $._config.identity + "job, instance) (timestamp(milink_exporter_build_info{" + $._config.selector + "}))\nor\nlast_over_time(exporter:milink_exporter_build_info:seen[1d]) > time() - 86400",
          },
          {
            "record": "exporter_server:milink_up:seen",
            "expr": "max by (" + $._config.identity + "job, instance, server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_up{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor\nlast_over_time(exporter_server:milink_up:seen[1d]) > time() - 86400",
          },
          {
            "record": "exporter_link:milink_link_verdict:seen",
            "expr": "max by (" + $._config.identity + "job, instance, link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_verdict{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor\nlast_over_time(exporter_link:milink_link_verdict:seen[1d]) > time() - 86400",
          },
          {
            "record": "exporter_link:milink_link_expected:seen",
            "expr": "max by (" + $._config.identity + "job, instance, link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_expected{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor\nlast_over_time(exporter_link:milink_link_expected:seen[1d]) > time() - 86400",
          },
          {
            "record": "link_server:milink_replica_role:seen",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_role{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nor\n0 * (last_over_time(link_server:milink_replica_role:seen[1d]) >= 0 and on (" + $._config.identity + "server) server:milink_up:reached) - 1\nor\nlast_over_time(link_server:milink_replica_role:seen[1d]) >= 0 > time() - 86400",
          },
          {
            "record": "link:milink_replica_connected:seen",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{replica=\"partner\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nor\n0 * (last_over_time(link:milink_replica_connected:seen[1d]) >= 0 and on (" + $._config.identity + "link, managed_instance) link_server:milink_replica_role:seen == -1 unless on (" + $._config.identity + "link, managed_instance) link_server:milink_replica_role:seen >= 0) - 1\nor\nlast_over_time(link:milink_replica_connected:seen[1d]) >= 0 > time() - 86400",
          },
          {
            "record": "link:milink_link_verdict:said",
            "expr": "max by (" + $._config.identity + "link, managed_instance, verdict) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, verdict) (milink_link_verdict{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
          },
          {
            "record": "link:milink_link_verdict:unjoined",
            "expr": "last_over_time(link:milink_link_verdict:unjoined[1d]) >= 0 and on (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|no_partner_row\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0)\nor max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|no_partner_row\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0\nor 0 * (last_over_time(link:milink_link_verdict:unjoined[1d]) >= 0 and on (" + $._config.identity + "link, managed_instance) (link:milink_replica_connected:seen >= 0 or link_server:milink_replica_role:seen == -1 unless on (" + $._config.identity + "link, managed_instance) link_server:milink_replica_role:seen >= 0)) - 1\nor last_over_time(link:milink_link_verdict:unjoined[1d]) >= 0 > time() - 86400",
          },
          {
            "record": "link:milink_link_verdict:new",
            "expr": "(max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|no_partner_row\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0) and on (" + $._config.identity + "link, managed_instance) link:milink_link_verdict:unjoined > time() - 600\nor\nmax by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"partner_not_joined\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nunless on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0",
          },
          {
            "record": "database:milink_seeding_state:running",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_seeding_state{state!~\"COMPLETED|FAILED|CANCELED|CANCELLED\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
          },
          {
            "record": "link_server:milink_replica_role:primary",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_role{role=\"PRIMARY\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
          },
          {
            "record": "link_server:milink_replica_role:secondary",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_role{role=\"SECONDARY\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
          },
          {
            "record": "link_server:milink_replica_role:since",
            "expr": "last_over_time(link_server:milink_replica_role:since[1d]) >= 0 and link_server:milink_replica_role:primary\nor link_server:milink_replica_role:primary\nor 0 * (last_over_time(link_server:milink_replica_role:since[1d]) >= 0 and link_server:milink_replica_role:secondary) - 1\nor last_over_time(link_server:milink_replica_role:since[1d]) >= 0 > time() - 86400",
          },
          {
            "record": "link:milink_link_expected:dismissed",
            "expr": "group by (" + $._config.identity + "link, managed_instance) (exporter_link:milink_link_expected:seen and on (" + $._config.identity + "job, instance) exporter:milink_last_poll_timestamp_seconds:fresh unless on (" + $._config.identity + "link, managed_instance) milink_link_verdict{" + $._config.selector + "})",
          },
          {
            "record": "server:milink_up:dismissed",
            "expr": "group by (" + $._config.identity + "server) (exporter_server:milink_up:seen and on (" + $._config.identity + "job, instance) exporter:milink_last_poll_timestamp_seconds:fresh unless on (" + $._config.identity + "server) exporter_server:milink_last_poll_timestamp_seconds:fresh)",
          },
          {
            "record": "milink:evidence:wait",
            "expr": "label_replace(vector(30), \"wait\", \"30\", \"\", \"\")\nor label_replace(vector(60), \"wait\", \"60\", \"\", \"\")\nor label_replace(vector(120), \"wait\", \"120\", \"\", \"\")\nor label_replace(vector(180), \"wait\", \"180\", \"\", \"\")\nor label_replace(vector(300), \"wait\", \"300\", \"\", \"\")\nor label_replace(vector(420), \"wait\", \"420\", \"\", \"\")\nor label_replace(vector(600), \"wait\", \"600\", \"\", \"\")\nor label_replace(vector(900), \"wait\", \"900\", \"\", \"\")\nor label_replace(vector(1200), \"wait\", \"1200\", \"\", \"\")\nor label_replace(vector(1800), \"wait\", \"1800\", \"\", \"\")",
          },
          {
            "record": "milink:evidence:bad",
            "expr": "(\n  max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary)\n  and on (" + $._config.identity + "link, managed_instance) count by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary) > 1\n  unless on (" + $._config.identity + "link, managed_instance) link_server:milink_replica_role:secondary\n)\nor\nmax by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"split_brain\"})",
            "labels": {
              "alert": "MilinkLinkSplitBrain critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"NOT_HEALTHY\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "link, managed_instance) (\n  max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"split_brain\"})\n  or (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=~\"seeding_failed|seeding\"}) unless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"partner_not_healthy\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  ))\n  or link:milink_link_verdict:new\n)",
            "labels": {
              "alert": "MilinkLinkNotHealthy critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "(\n  max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{replica=\"partner\"," + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  and on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0\n  or max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"partner_disconnected|no_partner_row\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n)\nunless on (" + $._config.identity + "link, managed_instance) (\n  max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"split_brain\"})\n  or link:milink_link_verdict:new\n)",
            "labels": {
              "alert": "MilinkLinkDisconnected critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|partner_not_joined\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{replica=\"partner\"," + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  unless on (" + $._config.identity + "link, managed_instance) link:milink_replica_connected:seen >= 0",
            "labels": {
              "alert": "MilinkLinkDisconnected warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"PARTIALLY_HEALTHY\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "link, managed_instance) (\n  max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"split_brain\"})\n  or (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=~\"seeding_failed|seeding\"}) unless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"partner_partially_healthy\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  ))\n)",
            "labels": {
              "alert": "MilinkLinkPartiallyHealthy warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"no_primary\"})\nunless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary)",
            "labels": {
              "alert": "MilinkLinkNoPrimary critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "(\n  group by (" + $._config.identity + "link, managed_instance, server) (\n    link_server:milink_replica_role:seen >= 0\n    and on (" + $._config.identity + "server) server:milink_up:lost\n  )\n  * on (" + $._config.identity + "link, managed_instance) group_left () max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"primary_unreachable\"})\n  or on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"primary_unreachable\"})\n)\nunless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary)",
            "labels": {
              "alert": "MilinkLinkPrimaryUnreachable critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "(\n  max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"unknown\"})\n  or (\n    0 * group by (" + $._config.identity + "link, managed_instance) (\n      link_server:milink_replica_role:seen >= 0 and on (" + $._config.identity + "server) server:milink_up:lost\n      or link_server:milink_replica_role:seen >= 0\n      and on (" + $._config.identity + "server) max by (" + $._config.identity + "server) (exporter_server:milink_up:seen) < time() - 300\n      unless on (" + $._config.identity + "server) (group by (" + $._config.identity + "server) (exporter_server:milink_up:seen and on (" + $._config.identity + "job, instance) up{" + $._config.selector + "} == 0) or server:milink_up:dismissed)\n    ) + time()\n  )\n)\nunless on (" + $._config.identity + "link, managed_instance) (\n  max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!=\"unknown\"})\n  or link:milink_link_verdict:new\n)",
            "labels": {
              "alert": "MilinkLinkUnknown critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"missing\"})\nunless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_ends_observed{" + $._config.selector + "} > 0)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLinkMissing critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * max by (" + $._config.identity + "link, managed_instance) (exporter_link:milink_link_verdict:seen > time() - 3600 and on (" + $._config.identity + "job, instance) exporter:milink_last_poll_timestamp_seconds:fresh) + time()\nunless on (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{" + $._config.selector + "})\n  or group by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:seen >= 0)\n  or link:milink_link_expected:dismissed\n)\nunless on (" + $._config.identity + "managed_instance) group by (" + $._config.identity + "managed_instance) (group by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{" + $._config.selector + "}) unless on (" + $._config.identity + "link, managed_instance) group by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{" + $._config.selector + "} offset 59m53s500ms))",
            "labels": {
              "alert": "MilinkLinkVanished warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"dropped_at_one_end\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLinkDroppedAtOneEnd critical",
              "wait": "180",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, server) (milink_link_finding{finding=\"end_not_operational\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor (max by (" + $._config.identity + "link, managed_instance, server) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance, server) (milink_link_finding{finding=\"end_not_healthy\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "link, managed_instance, server) (link_server:milink_replica_role:secondary\n    and on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n      group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"primary_not_observed|partner_not_healthy|partner_disconnected|database_not_healthy|database_reverting|database_suspended|database_not_online|seeding_failed\"," + $._config.selector + "} == 1)\n      * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n    )))",
            "labels": {
              "alert": "MilinkReplicaNotHealthy critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, server) (milink_link_finding{finding=~\"end_pending_operation|end_in_recovery|several_primaries_on_one_side\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nor (max by (" + $._config.identity + "link, managed_instance, server) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance, server) (milink_link_finding{finding=\"end_partially_healthy\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "link, managed_instance, server) (link_server:milink_replica_role:secondary\n    and on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n      group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"primary_not_observed|partner_not_healthy|partner_disconnected|database_not_healthy|database_reverting|database_suspended|database_not_online|seeding_failed|partner_partially_healthy|database_partially_healthy\"," + $._config.selector + "} == 1)\n      * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n    )))",
            "labels": {
              "alert": "MilinkReplicaNotHealthy warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, finding) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, server, finding) (milink_link_finding{finding=~\"endpoint_not_started|endpoint_settings_refuse|endpoints_do_not_meet\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkEndpointProblem warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, certificate, finding) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, server, certificate, finding) (milink_link_finding{finding=~\"certificate_not_valid_yet|authority_expired|endpoint_certificate_not_seen\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkCertificateProblem warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, finding) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, server, finding) (milink_link_finding{finding=~\"address_without_server|endpoint_address_differs|build_too_old|commit_modes_differ|connection_not_recognised\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLinkSetupProblem warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_finding{finding=~\"database_not_healthy|database_reverting\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkDatabaseNotHealthy critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_finding{finding=\"database_partially_healthy\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkDatabaseNotHealthy warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_finding{finding=\"database_not_online\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkDatabaseNotOnline critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_finding{finding=~\"database_unprotected|database_orphaned\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkDatabaseUnprotected warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database, server) (milink_link_finding{finding=\"log_full_soon\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLogFullSoon critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database, server) (milink_link_finding{finding=\"log_filling\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLogFilling warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database, server) (milink_link_finding{finding=\"log_backup_missing\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkLogBackupMissing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, finding) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database, finding) (milink_link_finding{finding=~\"azure_link_error|azure_disconnected|azure_not_healthy|azure_certificate_expired\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkAzureLinkError critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, finding) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database, finding) (milink_link_finding{finding=~\"azure_link_error_unconfirmed|azure_partially_healthy|azure_role_differs|azure_link_not_listed|azure_lists_absent_link|azure_certificate_differs|azure_certificate_expiring\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkAzureLinkError warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"azure_instance_not_ready\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkAzureInstanceNotReady warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_suspended{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkDatabaseSuspended critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nunless on (" + $._config.identity + "link, managed_instance, database) max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)\nunless on (" + $._config.identity + "link, managed_instance, database) max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_finding{finding=~\"database_unprotected|database_orphaned|seeding_failed\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkDatabaseMissing warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_secondary_lag_seconds{" + $._config.selector + "} > " + $._config.lagSeconds + ")\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkDatabaseLagHigh warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_estimated_data_loss_seconds{" + $._config.selector + "} > " + $._config.dataLossSeconds + ")\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"split_brain\"})\nunless on (" + $._config.identity + "link, managed_instance, database) database:milink_seeding_state:running",
            "labels": {
              "alert": "MilinkDataLossOverObjective warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_reuse_wait{reason=\"AVAILABILITY_REPLICA\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nand on (" + $._config.identity + "link, managed_instance, server) link_server:milink_replica_role:primary\nunless on (" + $._config.identity + "link, managed_instance, database) database:milink_seeding_state:running",
            "labels": {
              "alert": "MilinkLogTruncationBlocked warning",
              "wait": "1800",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and milink_database_log_send_queue_bytes{" + $._config.selector + "} > " + $._config.queueSeconds + " * milink_database_log_send_rate_bytes_per_second{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkLogSendQueueHigh warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and predict_linear(milink_database_log_send_queue_bytes{" + $._config.selector + "}[29m53s500ms], " + $._config.growthHours + " * 3600) > " + $._config.queueSeconds + " * milink_database_log_send_rate_bytes_per_second{" + $._config.selector + "} and predict_linear(milink_database_log_send_queue_bytes{" + $._config.selector + "}[14m53s500ms], " + $._config.growthHours + " * 3600) > " + $._config.queueSeconds + " * milink_database_log_send_rate_bytes_per_second{" + $._config.selector + "} and min_over_time(milink_database_log_send_queue_bytes{" + $._config.selector + "}[29m53s500ms]) > " + $._config.queueFloorMebibytes + " * 1024 * 1024)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "link, managed_instance, database) max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and milink_database_log_send_queue_bytes{" + $._config.selector + "} > " + $._config.queueSeconds + " * milink_database_log_send_rate_bytes_per_second{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkLogSendQueueGrowing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and milink_database_redo_queue_bytes{" + $._config.selector + "} > " + $._config.queueSeconds + " * milink_database_redo_rate_bytes_per_second{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkRedoQueueHigh warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and predict_linear(milink_database_redo_queue_bytes{" + $._config.selector + "}[29m53s500ms], " + $._config.growthHours + " * 3600) > " + $._config.queueSeconds + " * milink_database_redo_rate_bytes_per_second{" + $._config.selector + "} and predict_linear(milink_database_redo_queue_bytes{" + $._config.selector + "}[14m53s500ms], " + $._config.growthHours + " * 3600) > " + $._config.queueSeconds + " * milink_database_redo_rate_bytes_per_second{" + $._config.selector + "} and min_over_time(milink_database_redo_queue_bytes{" + $._config.selector + "}[29m53s500ms]) > " + $._config.queueFloorMebibytes + " * 1024 * 1024)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "link, managed_instance, database) max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "} > " + $._config.queueFloorMebibytes + " * 1024 * 1024 and milink_database_redo_queue_bytes{" + $._config.selector + "} > " + $._config.queueSeconds + " * milink_database_redo_rate_bytes_per_second{" + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkRedoQueueGrowing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_seeding_failed{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkSeedingFailed critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_seeding_stalled{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkSeedingStalled warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict=\"seeding\"})",
            "labels": {
              "alert": "MilinkSeedingRunning info",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() <= 0 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkCertificateExpired critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() < " + $._config.certificateCriticalHours + " * 3600 > 0 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkCertificateExpiring critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() < " + $._config.certificateWarningDays + " * 86400 >= " + $._config.certificateCriticalHours + " * 3600 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkCertificateExpiring warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance, certificate_owner) (\n  group by (" + $._config.identity + "job, instance, link, managed_instance, certificate_owner) (milink_link_certificate_matches{" + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkCertificateMismatch warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "(\n  max by (" + $._config.identity + "link, managed_instance, server, error) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, error) (milink_replica_last_connect_error_timestamp_seconds{" + $._config.selector + "} > time() - 3600)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  and on (" + $._config.identity + "link, managed_instance, server) max by (" + $._config.identity + "link, managed_instance, server) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{" + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  or\n  max by (" + $._config.identity + "server, error) (\n    group by (" + $._config.identity + "job, instance, server, error) (increase(milink_errors_total{" + $._config.selector + "}[10m17s500ms]) > 0 or (milink_errors_total{" + $._config.selector + "} > 0 unless (milink_errors_total{" + $._config.selector + "} offset 10m17s500ms) and on (" + $._config.identity + "job, instance, server) (milink_up{" + $._config.selector + "} offset 10m17s500ms)))\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  unless on (" + $._config.identity + "server, error) (\n    group by (" + $._config.identity + "server, error) (milink_errors_total{error=~\"35[0-9]{3}|976|983|1480|41[0-9]{3}\"," + $._config.selector + "})\n    and on (" + $._config.identity + "server) max by (" + $._config.identity + "server) (increase(milink_replica_role_changes_total{" + $._config.selector + "}[15m17s500ms])) > 0\n  )\n)\nand on (" + $._config.identity + "error) milink_error_info{severity=~\"critical|warning\"," + $._config.selector + "}",
            "labels": {
              "alert": "MilinkLinkErrors warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  group by (" + $._config.identity + "job, instance, server, link, managed_instance) (increase(milink_replica_role_changes_total{" + $._config.selector + "}[10m17s500ms]) > 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkReplicaRoleChanged info",
              "wait": "30",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "server:milink_up:lost",
            "labels": {
              "alert": "MilinkServerNotPolled warning",
              "wait": "180",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * min by (" + $._config.identity + "server) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) + time() and min by (" + $._config.identity + "server) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 2 * " + $._config.scrapeIntervalSeconds + "\nor max by (" + $._config.identity + "server, view) (\n  group by (" + $._config.identity + "job, instance, server, view) (time() - milink_view_last_read_timestamp_seconds{" + $._config.selector + "} > " + $._config.viewStaleSeconds + ")\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkDataStale warning",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * max by (" + $._config.identity + "job, instance) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15) > 2 * " + $._config.scrapeIntervalSeconds + " and on (" + $._config.identity + "server) exporter_server:milink_last_poll_timestamp_seconds:fresh) + time()",
            "labels": {
              "alert": "MilinkExporterStale warning",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (exporter:milink_last_poll_timestamp_seconds:ahead > 20) + time()\nor 0 * (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[4m53s500ms]) + 2 * max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) < 0 and max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}) > max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "} offset 4m53s500ms)) + time()",
            "labels": {
              "alert": "MilinkExporterClockSkew warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server, view) (\n  group by (" + $._config.identity + "job, instance, server, view) (milink_view_success{" + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nunless on (" + $._config.identity + "server, view) max by (" + $._config.identity + "server, view) (\n  group by (" + $._config.identity + "job, instance, server, view) (milink_view_success{" + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:fresh\n)\nunless on (" + $._config.identity + "server, view) (max by (" + $._config.identity + "server, view) (\n    group by (" + $._config.identity + "job, instance, server, view) (milink_view_failed{reason=\"permission\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ) or max by (" + $._config.identity + "server, view) (\n    group by (" + $._config.identity + "job, instance, server, view) (milink_view_failed{reason=\"missing_object\",view=\"endpoint_certificate\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))",
            "labels": {
              "alert": "MilinkViewFailing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_permission{permission=~\"VIEW SERVER STATE|VIEW SERVER PERFORMANCE STATE\"," + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n) unless on (" + $._config.identity + "server) max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_permission{permission=~\"VIEW SERVER STATE|VIEW SERVER PERFORMANCE STATE\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nor max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_permission{permission=\"VIEW ANY DEFINITION\"," + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)\nor max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_view_failed{reason=\"permission\",view!=\"endpoint_certificate\"," + $._config.selector + "} == 1)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkPermissionMissing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "server) (\n  group by (" + $._config.identity + "job, instance, server) (milink_server_left_out{" + $._config.selector + "} > 0)\n  * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n)",
            "labels": {
              "alert": "MilinkServerTooLarge warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "max by (" + $._config.identity + "managed_instance) (\n  group by (" + $._config.identity + "job, instance, managed_instance) (milink_azure_up{" + $._config.selector + "} == 0)\n  * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n)",
            "labels": {
              "alert": "MilinkAzureNotReadable warning",
              "wait": "1200",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (max by (" + $._config.identity + "job, instance) (up{job=\"" + $._config.exporterJob + "\"," + $._config.selector + "}) == 0\n  or max by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "}) == 0 and on (" + $._config.identity + "job, instance) (exporter:milink_exporter_build_info:seen or on (" + $._config.identity + "job, instance) exporter_server:milink_up:seen)) + time()\nand on (" + $._config.identity + "job, instance) (group by (" + $._config.identity + "job, instance) (exporter_server:milink_up:seen unless on (" + $._config.identity + "server) group by (" + $._config.identity + "server) (exporter_server:milink_last_poll_timestamp_seconds:fresh))\n  or group by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "} unless on (" + $._config.identity + "job, instance) exporter_server:milink_up:seen unless on (" + $._config.identity + "job) group by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "} == 1)))",
            "labels": {
              "alert": "MilinkExporterDown critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (max by (" + $._config.identity + "job, instance) (up{job=\"" + $._config.exporterJob + "\"," + $._config.selector + "}) == 0\n  or max by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "}) == 0 and on (" + $._config.identity + "job, instance) (exporter:milink_exporter_build_info:seen or on (" + $._config.identity + "job, instance) exporter_server:milink_up:seen)) + time()\nunless on (" + $._config.identity + "job, instance) (group by (" + $._config.identity + "job, instance) (exporter_server:milink_up:seen unless on (" + $._config.identity + "server) group by (" + $._config.identity + "server) (exporter_server:milink_last_poll_timestamp_seconds:fresh))\n  or group by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "} unless on (" + $._config.identity + "job, instance) exporter_server:milink_up:seen unless on (" + $._config.identity + "job) group by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "} == 1)))",
            "labels": {
              "alert": "MilinkExporterDown warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "absent(milink_exporter_build_info{job=\"" + $._config.exporterJob + "\"," + $._config.selector + "}) * time()\nunless on () (group by (job) (milink_exporter_build_info{" + $._config.selector + "}) or group by (job) (milink_up{" + $._config.selector + "}) or group by (job) (milink_link_verdict{" + $._config.selector + "}))\nunless on (job) up{job=\"" + $._config.exporterJob + "\"," + $._config.selector + "} == 0",
            "labels": {
              "alert": "MilinkExporterAbsent critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * max by (" + $._config.identity + "job, instance) (milink_up{" + $._config.selector + "} == 0 and on (" + $._config.identity + "server) server:milink_up:reached) + time()\nunless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) (milink_up{" + $._config.selector + "}) == 1",
            "labels": {
              "alert": "MilinkExporterBlind warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (max by (" + $._config.identity + "job, instance) (milink_exporter_config_last_reload_successful{" + $._config.selector + "}) == 0) + time()",
            "labels": {
              "alert": "MilinkConfigReloadFailed warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (max by (" + $._config.identity + "job, instance) (milink_exporter_history_written{" + $._config.selector + "}) == 0) + time()",
            "labels": {
              "alert": "MilinkHistoryNotWritten warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (stdvar by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "}) > 0) + time()",
            "labels": {
              "alert": "MilinkShardingMismatch warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:bad",
            "expr": "0 * (max by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "}) - count by (" + $._config.identity + "job) (count by (" + $._config.identity + "job, shard_ordinal) (milink_exporter_shard_ordinal{" + $._config.selector + "})) > 0) + time()",
            "labels": {
              "alert": "MilinkShardsMissing warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:covered",
            "expr": "milink:evidence:bad{alert=\"MilinkLinkDisconnected warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkLinkDisconnected critical\"} or milink:evidence:told{alert=\"MilinkLinkDisconnected critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkReplicaNotHealthy warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkReplicaNotHealthy critical\"} or milink:evidence:told{alert=\"MilinkReplicaNotHealthy critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkDatabaseNotHealthy warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkDatabaseNotHealthy critical\"} or milink:evidence:told{alert=\"MilinkDatabaseNotHealthy critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkAzureLinkError warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkAzureLinkError critical\"} or milink:evidence:told{alert=\"MilinkAzureLinkError critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkCertificateExpiring warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkCertificateExpiring critical\"} or milink:evidence:told{alert=\"MilinkCertificateExpiring critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkExporterDown warning\"} and on (" + $._config.identity + "link, managed_instance, database, server, certificate, usage, finding, job, instance) (milink:evidence:bad{alert=\"MilinkExporterDown critical\"} or milink:evidence:told{alert=\"MilinkExporterDown critical\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkCertificateExpiring critical|MilinkCertificateExpiring warning\"} and on (" + $._config.identity + "server, certificate, usage) (milink:evidence:bad{alert=\"MilinkCertificateExpired critical\"} or milink:evidence:told{alert=\"MilinkCertificateExpired critical\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkExporterStale warning|MilinkExporterClockSkew warning|MilinkExporterBlind warning|MilinkConfigReloadFailed warning|MilinkHistoryNotWritten warning\"} and on (" + $._config.identity + "job, instance) (milink:evidence:bad{alert=~\"MilinkExporterDown critical|MilinkExporterDown warning\"} or milink:evidence:told{alert=~\"MilinkExporterDown critical|MilinkExporterDown warning\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkLinkNotHealthy critical|MilinkLinkDisconnected critical|MilinkLinkDisconnected warning|MilinkLinkPartiallyHealthy warning|MilinkLinkNoPrimary critical|MilinkDatabaseNotHealthy critical|MilinkDatabaseNotHealthy warning|MilinkDatabaseLagHigh warning|MilinkDataLossOverObjective warning|MilinkLogSendQueueHigh warning|MilinkLogSendQueueGrowing warning|MilinkRedoQueueHigh warning|MilinkRedoQueueGrowing warning\"} and on (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=\"MilinkLinkSplitBrain critical\"} or milink:evidence:told{alert=\"MilinkLinkSplitBrain critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkLinkNotHealthy critical\"} and on (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=\"MilinkDatabaseNotHealthy critical\"} or milink:evidence:told{alert=\"MilinkDatabaseNotHealthy critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkLinkPartiallyHealthy warning\"} and on (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=~\"MilinkDatabaseNotHealthy critical|MilinkDatabaseNotHealthy warning\"} or milink:evidence:told{alert=~\"MilinkDatabaseNotHealthy critical|MilinkDatabaseNotHealthy warning\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkLinkNotHealthy critical|MilinkLinkPartiallyHealthy warning|MilinkDatabaseNotHealthy critical|MilinkDatabaseNotHealthy warning|MilinkDatabaseLagHigh warning|MilinkDataLossOverObjective warning|MilinkLogSendQueueHigh warning|MilinkLogSendQueueGrowing warning\"} and on (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=\"MilinkLinkDisconnected critical\"} or milink:evidence:told{alert=\"MilinkLinkDisconnected critical\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkDatabaseLagHigh warning|MilinkDataLossOverObjective warning|MilinkLogSendQueueHigh warning|MilinkLogSendQueueGrowing warning|MilinkRedoQueueHigh warning|MilinkRedoQueueGrowing warning\"} and on (" + $._config.identity + "link, managed_instance, database) (milink:evidence:bad{alert=~\"MilinkDatabaseSuspended critical|MilinkSeedingFailed critical\"} or milink:evidence:told{alert=~\"MilinkDatabaseSuspended critical|MilinkSeedingFailed critical\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkServerNotPolled warning\"} and on (" + $._config.identity + "server) (milink:evidence:bad{alert=\"MilinkLinkPrimaryUnreachable critical\",server!=\"\"} or milink:evidence:told{alert=\"MilinkLinkPrimaryUnreachable critical\",server!=\"\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkDatabaseNotHealthy critical|MilinkDatabaseNotHealthy warning\"} and on (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=\"MilinkLinkPrimaryUnreachable critical\"} or milink:evidence:told{alert=\"MilinkLinkPrimaryUnreachable critical\"} >= 0)\nor milink:evidence:bad{alert=~\"MilinkViewFailing warning|MilinkPermissionMissing warning\"} and on (" + $._config.identity + "server) (milink:evidence:bad{alert=\"MilinkServerNotPolled warning\"} or milink:evidence:told{alert=\"MilinkServerNotPolled warning\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkLogSendQueueGrowing warning\"} and on (" + $._config.identity + "link, managed_instance, database) (milink:evidence:bad{alert=\"MilinkLogSendQueueHigh warning\"} or milink:evidence:told{alert=\"MilinkLogSendQueueHigh warning\"} >= 0)\nor milink:evidence:bad{alert=\"MilinkRedoQueueGrowing warning\"} and on (" + $._config.identity + "link, managed_instance, database) (milink:evidence:bad{alert=\"MilinkRedoQueueHigh warning\"} or milink:evidence:told{alert=\"MilinkRedoQueueHigh warning\"} >= 0)",
          },
          {
            "record": "milink:evidence:own",
            "expr": "milink:evidence:bad unless milink:evidence:covered",
          },
          {
            "record": "milink:evidence:open",
            "expr": "last_over_time(milink:evidence:bad[59m53s500ms])\nor\nlast_over_time(milink:evidence:told[14m53s500ms]) >= 0",
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:secondary) and on (" + $._config.identity + "link, managed_instance) link_server:milink_replica_role:primary\n  or max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary) and on (" + $._config.identity + "link, managed_instance) count by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:seen >= 0) == 1\n  or max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"split_brain|missing|unknown|no_primary|primary_unreachable\"})\n    and on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (milink_link_ends_observed{" + $._config.selector + "}) == 2)\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkSplitBrain critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkSplitBrain critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"NOT_HEALTHY\"," + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkNotHealthy critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkNotHealthy critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{replica=\"partner\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  unless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n      group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=\"no_partner_row\"," + $._config.selector + "} == 1)\n      * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n    ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkDisconnected critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkDisconnected critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_connected{replica=\"partner\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  unless on (" + $._config.identity + "link, managed_instance) max by (" + $._config.identity + "link, managed_instance) (\n      group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|partner_not_joined\"," + $._config.selector + "} == 1)\n      * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n    ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkDisconnected warning\"}\n)",
            "labels": {
              "alert": "MilinkLinkDisconnected warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"PARTIALLY_HEALTHY\"," + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkPartiallyHealthy warning\"}\n)",
            "labels": {
              "alert": "MilinkLinkPartiallyHealthy warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkNoPrimary critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkNoPrimary critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  (group by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:open{alert=\"MilinkLinkPrimaryUnreachable critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:primary)))\n  and on (" + $._config.identity + "link, managed_instance, server) milink:evidence:open{alert=\"MilinkLinkPrimaryUnreachable critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkPrimaryUnreachable critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!=\"unknown\"})\n  or max by (" + $._config.identity + "link, managed_instance) (milink:evidence:bad{alert=\"MilinkLinkVanished warning\"}))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkUnknown critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkUnknown critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance) (milink_link_ends_observed{" + $._config.selector + "} > 0)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkMissing critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkMissing critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!=\"missing\"})\n  or group by (" + $._config.identity + "link, managed_instance) (milink:evidence:open{alert=\"MilinkLinkVanished warning\"})\n  * on (" + $._config.identity + "managed_instance) group_left ()\n  (group by (" + $._config.identity + "managed_instance) (group by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{" + $._config.selector + "}) unless on (" + $._config.identity + "link, managed_instance) group by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{" + $._config.selector + "} offset 59m53s500ms))) * time())\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkVanished warning\"}\n)",
            "labels": {
              "alert": "MilinkLinkVanished warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (group by (" + $._config.identity + "link, managed_instance) (milink:evidence:open{alert=\"MilinkLinkDroppedAtOneEnd critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkLinkDroppedAtOneEnd critical\"}\n)",
            "labels": {
              "alert": "MilinkLinkDroppedAtOneEnd critical",
              "wait": "180",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  (group by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:open{alert=\"MilinkReplicaNotHealthy critical\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:open{alert=\"MilinkReplicaNotHealthy critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, server) milink:evidence:open{alert=\"MilinkReplicaNotHealthy critical\"}\n)",
            "labels": {
              "alert": "MilinkReplicaNotHealthy critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server) (\n  (group by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:open{alert=\"MilinkReplicaNotHealthy warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:open{alert=\"MilinkReplicaNotHealthy warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, server) milink:evidence:open{alert=\"MilinkReplicaNotHealthy warning\"}\n)",
            "labels": {
              "alert": "MilinkReplicaNotHealthy warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, finding) (\n  (group by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:open{alert=\"MilinkEndpointProblem warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:open{alert=\"MilinkEndpointProblem warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, server, finding) milink:evidence:open{alert=\"MilinkEndpointProblem warning\"}\n)",
            "labels": {
              "alert": "MilinkEndpointProblem warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, certificate, finding) (\n  (group by (" + $._config.identity + "link, managed_instance, server, certificate, finding) (milink:evidence:open{alert=\"MilinkCertificateProblem warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, server, certificate, finding) (milink:evidence:open{alert=\"MilinkCertificateProblem warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, server, certificate, finding) milink:evidence:open{alert=\"MilinkCertificateProblem warning\"}\n)",
            "labels": {
              "alert": "MilinkCertificateProblem warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, finding) (\n  (group by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:open{alert=\"MilinkLinkSetupProblem warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:open{alert=\"MilinkLinkSetupProblem warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, server, finding) milink:evidence:open{alert=\"MilinkLinkSetupProblem warning\"}\n)",
            "labels": {
              "alert": "MilinkLinkSetupProblem warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkDatabaseNotHealthy critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseNotHealthy critical\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseNotHealthy critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkDatabaseNotHealthy warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseNotHealthy warning\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseNotHealthy warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkDatabaseNotOnline critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseNotOnline critical\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseNotOnline critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkDatabaseUnprotected warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseUnprotected warning\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseUnprotected warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  (group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogFullSoon critical\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogFullSoon critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database, server) milink:evidence:open{alert=\"MilinkLogFullSoon critical\"}\n)",
            "labels": {
              "alert": "MilinkLogFullSoon critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  (group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogFilling warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogFilling warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database, server) milink:evidence:open{alert=\"MilinkLogFilling warning\"}\n)",
            "labels": {
              "alert": "MilinkLogFilling warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  (group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogBackupMissing warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached)\n  or group by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:open{alert=\"MilinkLogBackupMissing warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database, server) milink:evidence:open{alert=\"MilinkLogBackupMissing warning\"}\n)",
            "labels": {
              "alert": "MilinkLogBackupMissing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, finding) (\n  (group by (" + $._config.identity + "link, managed_instance, database, finding) (milink:evidence:open{alert=\"MilinkAzureLinkError critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database, finding) milink:evidence:open{alert=\"MilinkAzureLinkError critical\"}\n)",
            "labels": {
              "alert": "MilinkAzureLinkError critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, finding) (\n  (group by (" + $._config.identity + "link, managed_instance, database, finding) (milink:evidence:open{alert=\"MilinkAzureLinkError warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance, database, finding) milink:evidence:open{alert=\"MilinkAzureLinkError warning\"}\n)",
            "labels": {
              "alert": "MilinkAzureLinkError warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (group by (" + $._config.identity + "link, managed_instance) (milink:evidence:open{alert=\"MilinkAzureInstanceNotReady warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"unknown|primary_unreachable|missing\"})))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkAzureInstanceNotReady warning\"}\n)",
            "labels": {
              "alert": "MilinkAzureInstanceNotReady warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_suspended{" + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseSuspended critical\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseSuspended critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  or (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkDatabaseMissing warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said))\n    unless on (" + $._config.identity + "link, managed_instance, database) group by (" + $._config.identity + "link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "})))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseMissing warning\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseMissing warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_secondary_lag_seconds{" + $._config.selector + "} <= " + $._config.lagSeconds + ")\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDatabaseLagHigh warning\"}\n)",
            "labels": {
              "alert": "MilinkDatabaseLagHigh warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_estimated_data_loss_seconds{" + $._config.selector + "} <= " + $._config.dataLossSeconds + ")\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkDataLossOverObjective warning\"}\n)",
            "labels": {
              "alert": "MilinkDataLossOverObjective warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database, server) (\n  (max by (" + $._config.identity + "link, managed_instance, database, server) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_reuse_wait{reason!=\"AVAILABILITY_REPLICA\"," + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database, server) milink:evidence:open{alert=\"MilinkLogTruncationBlocked warning\"}\n)",
            "labels": {
              "alert": "MilinkLogTruncationBlocked warning",
              "wait": "1800",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "} <= " + $._config.queueFloorMebibytes + " * 1024 * 1024 or milink_database_log_send_queue_bytes{" + $._config.selector + "} <= " + $._config.queueSeconds + " * milink_database_log_send_rate_bytes_per_second{" + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkLogSendQueueHigh warning\"}\n)",
            "labels": {
              "alert": "MilinkLogSendQueueHigh warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "} >= 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkLogSendQueueGrowing warning\"}\n)",
            "labels": {
              "alert": "MilinkLogSendQueueGrowing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "} <= " + $._config.queueFloorMebibytes + " * 1024 * 1024 or milink_database_redo_queue_bytes{" + $._config.selector + "} <= " + $._config.queueSeconds + " * milink_database_redo_rate_bytes_per_second{" + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkRedoQueueHigh warning\"}\n)",
            "labels": {
              "alert": "MilinkRedoQueueHigh warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (max by (" + $._config.identity + "link, managed_instance, database) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "} >= 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkRedoQueueGrowing warning\"}\n)",
            "labels": {
              "alert": "MilinkRedoQueueGrowing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkSeedingFailed critical\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said)))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkSeedingFailed critical\"}\n)",
            "labels": {
              "alert": "MilinkSeedingFailed critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (\n  (group by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:open{alert=\"MilinkSeedingStalled warning\"})\n  * on (" + $._config.identity + "link, managed_instance) group_left ()\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said)))\n  and on (" + $._config.identity + "link, managed_instance, database) milink:evidence:open{alert=\"MilinkSeedingStalled warning\"}\n)",
            "labels": {
              "alert": "MilinkSeedingStalled warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (link:milink_link_verdict:said{verdict!~\"seeding|unknown|primary_unreachable\"}))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkSeedingRunning info\"}\n)",
            "labels": {
              "alert": "MilinkSeedingRunning info",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  (max by (" + $._config.identity + "server, certificate, usage) (\n    group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() > 0 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server, certificate, usage) milink:evidence:open{alert=\"MilinkCertificateExpired critical\"}\n)",
            "labels": {
              "alert": "MilinkCertificateExpired critical",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  (max by (" + $._config.identity + "server, certificate, usage) (\n    group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() >= " + $._config.certificateCriticalHours + " * 3600 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  or max by (" + $._config.identity + "server, certificate, usage) (\n    group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() <= 0 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server, certificate, usage) milink:evidence:open{alert=\"MilinkCertificateExpiring critical\"}\n)",
            "labels": {
              "alert": "MilinkCertificateExpiring critical",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server, certificate, usage) (\n  (max by (" + $._config.identity + "server, certificate, usage) (\n    group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() >= " + $._config.certificateWarningDays + " * 86400 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  )\n  or max by (" + $._config.identity + "server, certificate, usage) (\n    group by (" + $._config.identity + "job, instance, server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\"," + $._config.selector + "} - time() < " + $._config.certificateCriticalHours + " * 3600 and on (" + $._config.identity + "job, instance, server) milink_server_info{engine=\"sql_server\"," + $._config.selector + "})\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server, certificate, usage) milink:evidence:open{alert=\"MilinkCertificateExpiring warning\"}\n)",
            "labels": {
              "alert": "MilinkCertificateExpiring warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, certificate_owner) (\n  (max by (" + $._config.identity + "link, managed_instance, certificate_owner) (\n    group by (" + $._config.identity + "job, instance, link, managed_instance, certificate_owner) (milink_link_certificate_matches{" + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  ))\n  and on (" + $._config.identity + "link, managed_instance, certificate_owner) milink:evidence:open{alert=\"MilinkCertificateMismatch warning\"}\n)",
            "labels": {
              "alert": "MilinkCertificateMismatch warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance, server, error) (\n  (group by (" + $._config.identity + "link, managed_instance, server, error) (milink:evidence:open{alert=\"MilinkLinkErrors warning\"})\n  * on (" + $._config.identity + "server) group_left ()\n  (server:milink_up:reached))\n  and on (" + $._config.identity + "link, managed_instance, server, error) milink:evidence:open{alert=\"MilinkLinkErrors warning\"}\n)",
            "labels": {
              "alert": "MilinkLinkErrors warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (\n  (max by (" + $._config.identity + "link, managed_instance) (\n    group by (" + $._config.identity + "job, instance, server, link, managed_instance) (increase(milink_replica_role_changes_total{" + $._config.selector + "}[10m17s500ms]) == 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "link, managed_instance) milink:evidence:open{alert=\"MilinkReplicaRoleChanged info\"}\n)",
            "labels": {
              "alert": "MilinkReplicaRoleChanged info",
              "wait": "30",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server) (\n  (server:milink_up:reached)\n  and on (" + $._config.identity + "server) milink:evidence:open{alert=\"MilinkServerNotPolled warning\"}\n)",
            "labels": {
              "alert": "MilinkServerNotPolled warning",
              "wait": "180",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server, view) (\n  (0 * min by (" + $._config.identity + "server) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) + time() and min by (" + $._config.identity + "server) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) <= 2 * " + $._config.scrapeIntervalSeconds + "\n  or max by (" + $._config.identity + "server, view) (\n    group by (" + $._config.identity + "job, instance, server, view) (time() - milink_view_last_read_timestamp_seconds{" + $._config.selector + "} <= " + $._config.viewStaleSeconds + ")\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server, view) milink:evidence:open{alert=\"MilinkDataStale warning\"}\n)",
            "labels": {
              "alert": "MilinkDataStale warning",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * max by (" + $._config.identity + "job, instance) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) + time() and max by (" + $._config.identity + "job, instance) ((time() - milink_last_poll_timestamp_seconds{" + $._config.selector + "} + on (" + $._config.identity + "job, instance) group_left () (max_over_time(exporter:milink_last_poll_timestamp_seconds:ahead[29m53s500ms]) unless on (" + $._config.identity + "job, instance) max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) > 200 or 0 * max by (" + $._config.identity + "job, instance) (milink_last_poll_timestamp_seconds{" + $._config.selector + "}))) - " + $._config.staleFactor + " * (milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) <= 2 * " + $._config.scrapeIntervalSeconds + ")\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkExporterStale warning\"}\n)",
            "labels": {
              "alert": "MilinkExporterStale warning",
              "wait": "60",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (exporter:milink_last_poll_timestamp_seconds:ahead <= 20 and exporter:milink_last_poll_timestamp_seconds:ahead + 2 * max by (" + $._config.identity + "job, instance) ((milink_poll_interval_seconds{" + $._config.selector + "} or 0 * milink_last_poll_timestamp_seconds{" + $._config.selector + "} + 15)) >= 0) + time())\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkExporterClockSkew warning\"}\n)",
            "labels": {
              "alert": "MilinkExporterClockSkew warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server, view) (\n  (max by (" + $._config.identity + "server, view) (\n    group by (" + $._config.identity + "job, instance, server, view) (milink_view_success{" + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server, view) milink:evidence:open{alert=\"MilinkViewFailing warning\"}\n)",
            "labels": {
              "alert": "MilinkViewFailing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server) (\n  (server:milink_up:reached)\n  and on (" + $._config.identity + "server) milink:evidence:open{alert=\"MilinkPermissionMissing warning\"}\n)",
            "labels": {
              "alert": "MilinkPermissionMissing warning",
              "wait": "420",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "server) (\n  (server:milink_up:reached unless on (" + $._config.identity + "server) max by (" + $._config.identity + "server) (\n    group by (" + $._config.identity + "job, instance, server) (milink_server_left_out{" + $._config.selector + "} > 0)\n    * on (" + $._config.identity + "job, instance, server) group_left () exporter_server:milink_last_poll_timestamp_seconds:newest\n  ))\n  and on (" + $._config.identity + "server) milink:evidence:open{alert=\"MilinkServerTooLarge warning\"}\n)",
            "labels": {
              "alert": "MilinkServerTooLarge warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "managed_instance) (\n  (max by (" + $._config.identity + "managed_instance) (\n    group by (" + $._config.identity + "job, instance, managed_instance) (milink_azure_up{" + $._config.selector + "} == 1)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  )\n  unless on (" + $._config.identity + "managed_instance) max by (" + $._config.identity + "managed_instance) (\n    group by (" + $._config.identity + "job, instance, managed_instance) (milink_azure_up{" + $._config.selector + "} == 0)\n    * on (" + $._config.identity + "job, instance) group_left () exporter:milink_last_poll_timestamp_seconds:fresh\n  ))\n  and on (" + $._config.identity + "managed_instance) milink:evidence:open{alert=\"MilinkAzureNotReadable warning\"}\n)",
            "labels": {
              "alert": "MilinkAzureNotReadable warning",
              "wait": "1200",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (max by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "}) == 1) + time()\n  or 0 * group by (" + $._config.identity + "job, instance) (exporter_server:milink_up:seen) + time() unless on (" + $._config.identity + "job, instance) (group by (" + $._config.identity + "job, instance) (exporter_server:milink_up:seen unless on (" + $._config.identity + "server) group by (" + $._config.identity + "server) (exporter_server:milink_last_poll_timestamp_seconds:fresh))\n    or group by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "} unless on (" + $._config.identity + "job, instance) exporter_server:milink_up:seen unless on (" + $._config.identity + "job) group by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "} == 1))))\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkExporterDown critical\"}\n)",
            "labels": {
              "alert": "MilinkExporterDown critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (max by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "}) == 1) + time()\n  or 0 * group by (" + $._config.identity + "job, instance) (exporter_server:milink_up:seen) + time() unless on (" + $._config.identity + "job, instance) group by (" + $._config.identity + "job, instance) (up{" + $._config.selector + "}))\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkExporterDown warning\"}\n)",
            "labels": {
              "alert": "MilinkExporterDown warning",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job) (\n  (group by (job) (up{job=\"" + $._config.exporterJob + "\"," + $._config.selector + "}) * time() and on () (group by (job) (milink_exporter_build_info{" + $._config.selector + "}) or group by (job) (milink_up{" + $._config.selector + "}) or group by (job) (milink_link_verdict{" + $._config.selector + "})) or on () label_replace(vector(time()), \"job\", \"" + $._config.exporterJob + "\", \"\", \"\") and on () (group by (job) (milink_exporter_build_info{" + $._config.selector + "}) or group by (job) (milink_up{" + $._config.selector + "}) or group by (job) (milink_link_verdict{" + $._config.selector + "})))\n  and on (" + $._config.identity + "job) milink:evidence:open{alert=\"MilinkExporterAbsent critical\"}\n)",
            "labels": {
              "alert": "MilinkExporterAbsent critical",
              "wait": "120",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (max by (" + $._config.identity + "job, instance) (milink_up{" + $._config.selector + "}) == 1) + time())\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkExporterBlind warning\"}\n)",
            "labels": {
              "alert": "MilinkExporterBlind warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (max by (" + $._config.identity + "job, instance) (milink_exporter_config_last_reload_successful{" + $._config.selector + "}) == 1) + time())\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkConfigReloadFailed warning\"}\n)",
            "labels": {
              "alert": "MilinkConfigReloadFailed warning",
              "wait": "300",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job, instance) (\n  (0 * (max by (" + $._config.identity + "job, instance) (milink_exporter_history_written{" + $._config.selector + "}) == 1) + time())\n  and on (" + $._config.identity + "job, instance) milink:evidence:open{alert=\"MilinkHistoryNotWritten warning\"}\n)",
            "labels": {
              "alert": "MilinkHistoryNotWritten warning",
              "wait": "600",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job) (\n  (0 * (stdvar by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "}) == 0) + time())\n  and on (" + $._config.identity + "job) milink:evidence:open{alert=\"MilinkShardingMismatch warning\"}\n)",
            "labels": {
              "alert": "MilinkShardingMismatch warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:well",
            "expr": "max by (" + $._config.identity + "job) (\n  (0 * (max by (" + $._config.identity + "job) (milink_exporter_total_shards{" + $._config.selector + "}) - count by (" + $._config.identity + "job) (count by (" + $._config.identity + "job, shard_ordinal) (milink_exporter_shard_ordinal{" + $._config.selector + "})) <= 0) + time())\n  and on (" + $._config.identity + "job) milink:evidence:open{alert=\"MilinkShardsMissing warning\"}\n)",
            "labels": {
              "alert": "MilinkShardsMissing warning",
              "wait": "900",
            },
          },
          {
            "record": "milink:evidence:since",
            "expr": "(last_over_time(milink:evidence:since[14m53s500ms]) >= 0) and milink:evidence:own\nor\nmilink:evidence:own\nor\n0 * ((last_over_time(milink:evidence:since[14m53s500ms]) >= 0) and (milink:evidence:well or milink:evidence:covered)) - 1",
          },
          {
            "record": "milink:evidence:told",
            "expr": "milink:evidence:own and (milink:evidence:own - milink:evidence:since >= on (wait) group_left () milink:evidence:wait)\nor\nmilink:evidence:own{wait!~\"600|900|1800\"} and ((max_over_time(milink:evidence:own{wait!~\"600|900|1800\"}[14m53s500ms]) - min_over_time(milink:evidence:own{wait!~\"600|900|1800\"}[14m53s500ms]) >= 300) >= on (wait) group_left () milink:evidence:wait)\n  unless count_over_time(milink:evidence:well{wait!~\"600|900|1800\"}[14m53s500ms]) > 1.5 * count_over_time(milink:evidence:own{wait!~\"600|900|1800\"}[14m53s500ms])\nor\nmilink:evidence:own{wait=~\"600|900|1800\"} and ((max_over_time(milink:evidence:own{wait=~\"600|900|1800\"}[59m53s500ms]) - min_over_time(milink:evidence:own{wait=~\"600|900|1800\"}[59m53s500ms]) >= 300) >= on (wait) group_left () milink:evidence:wait)\n  unless count_over_time(milink:evidence:well{wait=~\"600|900|1800\"}[59m53s500ms]) > 1.5 * count_over_time(milink:evidence:own{wait=~\"600|900|1800\"}[59m53s500ms])\nor\nmilink:evidence:bad and (last_over_time(milink:evidence:told[1d]) >= 0)\nor\n0 * ((last_over_time(milink:evidence:told[1d]) >= 0) and ((max_over_time(milink:evidence:well[8m29s500ms]) - min_over_time(milink:evidence:well[8m29s500ms]) >= 60) unless last_over_time(milink:evidence:bad[8m29s500ms])) unless milink:evidence:bad or (last_over_time(milink:evidence:told[1d]) >= 0) and on (" + $._config.identity + "link, managed_instance) link:milink_link_expected:dismissed or last_over_time(milink:evidence:told{link=\"\"}[1d]) >= 0 and on (" + $._config.identity + "server) server:milink_up:dismissed) - 1\nor\n(last_over_time(milink:evidence:told[1d]) >= 0) > time() - 172800",
          },
          {
            "alert": "MilinkLinkSplitBrain",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkSplitBrain critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Both ends of the link are primary.",
              "description": "Both ends of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} have the role PRIMARY{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"server\" }}: {{ range $index, $end := . }}{{ if $index }} and {{ end }}{{ $end.Labels.server }}{{ end }}{{ end }}: each accepts writes that the other never sees.{{ with printf `link_server:milink_replica_role:since{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q} >= 0 < on (" + $._config.identity + "link, managed_instance) group_left () max by (" + $._config.identity + "link, managed_instance) (link_server:milink_replica_role:since{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} The old primary, as seen, is {{ . | first | label \"server\" }}.{{ end }} First stop the applications that write to the old primary; drop or demote nothing before what only it has is saved.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkSplitBrain critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkSplitBrain.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkNotHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkNotHealthy critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The link is not healthy.",
              "description": "The primary end{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }}, {{ . | first | label \"server\" }},{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} reports the other end as NOT_HEALTHY{{ with printf `group by (finding) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}{{ with printf `group by (database) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,severity='critical',database!=''})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"database\" }}, databases{{ range . }} {{ .Labels.database }}{{ end }}{{ end }}: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated. First see in the connection and in each database's state which of them stopped: the runbook has the query.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkNotHealthy critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkNotHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkDisconnected",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkDisconnected critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The ends of the link are not connected.",
              "description": "The primary end{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }}, {{ . | first | label \"server\" }},{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not connected with the other end{{ with printf `group by (finding) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: no change reaches it. First see which error the last attempt to connect left, then test the network from both ends.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkDisconnected critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkDisconnected.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkDisconnected",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkDisconnected warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The other end has not joined the link.",
              "description": "The primary end{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }}, {{ . | first | label \"server\" }},{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} has the link for ten minutes, and the other end has not joined it or does not show it{{ with printf `group by (finding) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}. First see at the other end whether it has the link; if the link is new, which error the last attempt to connect left.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkDisconnected warning',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkDisconnected.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkPartiallyHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkPartiallyHealthy warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The link is partially healthy.",
              "description": "The primary end{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }}, {{ . | first | label \"server\" }},{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} reports the other end as PARTIALLY_HEALTHY{{ with printf `group by (finding) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkPartiallyHealthy warning',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkPartiallyHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkNoPrimary",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkNoPrimary critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "No end of the link is primary.",
              "description": "No end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} has the role PRIMARY: its databases take no writes anywhere. First find out whether a planned failover is under way and who runs it; if none is, the end that was primary last takes the role back.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkNoPrimary critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkNoPrimary.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkPrimaryUnreachable",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:told{alert=\"MilinkLinkPrimaryUnreachable critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The primary end of the link can not be reached.",
              "description": "The end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that answers is SECONDARY, and the other one{{ with $labels.server }}, {{ . }},{{ end }} can't be polled or does not show its part of it: the primary may be down, and whether the link works is not known{{ with printf `group by (finding) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}{{ with printf `group by (database) (milink_link_finding{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,severity='critical',database!=''})` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"database\" }}, databases{{ range . }} {{ .Labels.database }}{{ end }}{{ end }}. First find out whether the primary is alive, from another machine than the exporter's: don't fail over while it is.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkPrimaryUnreachable critical',link=%+q,managed_instance=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkPrimaryUnreachable.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkUnknown",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkUnknown critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Nothing is known of the link.",
              "description": "No exporter can tell how link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is: no end of it can be polled, what its ends show is not enough, or the exporter that saw it is gone. A page about the link itself would not come now. First see which exporter should watch it and what its last poll of each end said.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkUnknown critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkUnknown.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkMissing",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkMissing critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A link that should exist is not there.",
              "description": "Link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is in the configuration of the exporter, its servers answer, and none of them has it: it was dropped, or a cutover ended it. Each end may hold a writable copy. First find out at which end the applications write now; take the link out of the configuration if that was meant.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkMissing critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkMissing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkVanished",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkVanished warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A link that was there is gone.",
              "description": "Link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} was seen within the last hour, its servers answer, and neither shows it any more: it was dropped, or a cutover ended it. It is in no configuration, so nobody is woken. First find out whether that was meant, and at which end the applications write; list the links that have to be there under `links`.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkVanished warning',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkVanished.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkDroppedAtOneEnd",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkLinkDroppedAtOneEnd critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A link was dropped at one end.",
              "description": "Link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is there at one end only: it was dropped at the other, or a cutover ended it, and the databases may take writes there. First run `check`: it says which end has what, and what to remove where.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkDroppedAtOneEnd critical',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkDroppedAtOneEnd.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkReplicaNotHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:told{alert=\"MilinkReplicaNotHealthy critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "An end of the link is not healthy itself.",
              "description": "End {{ with $labels.server }}{{ . }}{{ else }}an end{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} says of itself that it is not healthy or not operational: its databases may not be served. First look at the state of its own availability group and databases, on that end.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkReplicaNotHealthy critical',link=%+q,managed_instance=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkReplicaNotHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkReplicaNotHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server) (milink:evidence:told{alert=\"MilinkReplicaNotHealthy warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "An end of the link does not settle.",
              "description": "End {{ with $labels.server }}{{ . }}{{ else }}an end{{ end }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is partially healthy, pending, in recovery, or has two nodes that say that they are primary, and stays so. First look at the state of its own availability group and databases, on that end, and at its worker threads.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkReplicaNotHealthy warning',link=%+q,managed_instance=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkReplicaNotHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkEndpointProblem",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:told{alert=\"MilinkEndpointProblem warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The next connection of the link will fail at an endpoint.",
              "description": "The database mirroring endpoint of {{ with $labels.server }}{{ . }}{{ else }}an end{{ end }} in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is stopped, or its settings and those of the other end can't meet ({{ $labels.finding }}): a connection that stands goes on, the next one fails. First compare state, encryption and authentication of both endpoints.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkEndpointProblem warning',link=%+q,managed_instance=%+q,server=%+q,finding=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server $labels.finding | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkEndpointProblem.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkCertificateProblem",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server, certificate, finding) (milink:evidence:told{alert=\"MilinkCertificateProblem warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A certificate of the link needs a look.",
              "description": "{{ with $labels.certificate }}Certificate {{ . }} of {{ end }}{{ with $labels.server }}{{ . }}{{ else }}an end{{ end }} in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not valid yet, has an authority that has expired, or can't be seen ({{ $labels.finding }}): a connection that stands goes on, the next one may fail. First run `check`: it says which, and from when on.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkCertificateProblem warning',link=%+q,managed_instance=%+q,server=%+q,certificate=%+q,finding=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server $labels.certificate $labels.finding | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkCertificateProblem.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkSetupProblem",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server, finding) (milink:evidence:told{alert=\"MilinkLinkSetupProblem warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A link is not set up as it has to be.",
              "description": "Link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is set up in a way that does not carry it or that a planned failover refuses ({{ $labels.finding }}{{ with $labels.server }}, on {{ . }}{{ end }}). First run `check`: it says what was read and what it has to be.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkSetupProblem warning',link=%+q,managed_instance=%+q,server=%+q,finding=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server $labels.finding | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkSetupProblem.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseNotHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseNotHealthy critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The copy of a database does not follow.",
              "description": "The copy of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not healthy: changes of it do not reach the other end, whatever its other databases do. First see whether it is suspended or being undone (REVERTING: then wait, and don't restart or fail over), and what the error log of the end with the copy says.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseNotHealthy critical',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseNotHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseNotHealthy",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseNotHealthy warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The copy of a database is not in step.",
              "description": "The copy of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is partially healthy: it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseNotHealthy warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseNotHealthy.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseNotOnline",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseNotOnline critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A database of the link is not online.",
              "description": "Database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not in a state in which it can be used at the primary end. First look at its state and at the error log there; don't fail over before its copy was seen to be good.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseNotOnline critical',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseNotOnline.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseUnprotected",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseUnprotected warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A database has a copy at one end only.",
              "description": "Database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is at one end of the link only: the other end has no copy that has joined, and none is being made. First run `check`: it says at which end it is, and whether it has to be joined or taken out there.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseUnprotected warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseUnprotected.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogFullSoon",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:told{alert=\"MilinkLogFullSoon critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A log that waits for the link will be full within hours.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} on {{ $labels.server }} is kept for a copy that has not got it (log_reuse_wait_desc AVAILABILITY_REPLICA), and will be full within 4 hours at the rate at which it grows, before that if its disk is smaller than its limit. Then the database takes no more writes (error 9002). First look at the free space of its disk, and make room.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogFullSoon critical',link=%+q,managed_instance=%+q,database=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogFullSoon.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogFilling",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:told{alert=\"MilinkLogFilling warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A log that waits for the link will be full within a day.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} on {{ $labels.server }} is kept for a copy that has not got it (log_reuse_wait_desc AVAILABILITY_REPLICA), and will be full within 24 hours at the rate at which it grows, before that if its disk is smaller than its limit. First repair what holds it, or make room.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogFilling warning',link=%+q,managed_instance=%+q,database=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogFilling.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogBackupMissing",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:told{alert=\"MilinkLogBackupMissing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Nobody takes log backups at the primary.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} on {{ $labels.server }} has waited for a log backup (log_reuse_wait_desc LOG_BACKUP) for 2 hours and more, and nothing of it was freed: it grows until its disk is full, and there is nothing to restore from. First see which job takes log backups on that server, and whether it runs since the last failover.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogBackupMissing warning',link=%+q,managed_instance=%+q,database=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogBackupMissing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkAzureLinkError",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, finding) (milink:evidence:told{alert=\"MilinkAzureLinkError critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Azure shows a link that does not work.",
              "description": "Azure shows link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ with $labels.database }}, database {{ . }},{{ end }} as one that does not work ({{ $labels.finding }}): it never began, has lost its partner, or its certificate has expired. First run `check`: it has Azure's own words, the number of its error, what it means and what to do.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkAzureLinkError critical',link=%+q,managed_instance=%+q,database=%+q,finding=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.finding | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkAzureLinkError.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkAzureLinkError",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, finding) (milink:evidence:told{alert=\"MilinkAzureLinkError warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Azure shows something else of a link than it should.",
              "description": "What Azure shows of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ with $labels.database }}, database {{ . }},{{ end }} is not what it should be or not what the servers show ({{ $labels.finding }}). First run `check`: it has what each of them says.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkAzureLinkError warning',link=%+q,managed_instance=%+q,database=%+q,finding=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.finding | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkAzureLinkError.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkAzureInstanceNotReady",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkAzureInstanceNotReady warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Azure says that a managed instance is not ready.",
              "description": "Managed instance {{ $labels.managed_instance }}, which carries link {{ $labels.link }}, is not Ready as Azure says: it is stopped, being made or being changed. First see in Azure who did that, and until when.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkAzureInstanceNotReady warning',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkAzureInstanceNotReady.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseSuspended",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseSuspended critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The data movement of a database is suspended.",
              "description": "Data movement of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is suspended{{ with printf `milink_database_suspended{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q} == 1` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query | sortByLabel \"server\" }} ({{ . | first | label \"reason\" }}, says {{ . | first | label \"server\" }}){{ end }}. Its copy falls behind and the log of the primary grows. First find out who suspended it or which error did; then resume it at the end that says so.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseSuspended critical',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseSuspended.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseMissing",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseMissing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A database that the link should carry is not in it.",
              "description": "Database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is in the configuration of the exporter, and the primary end does not show it in the link: it is not protected. First see whether it exists at the primary and is in its availability group.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseMissing warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseMissing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDatabaseLagHigh",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDatabaseLagHigh warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The copy of a database is far behind.",
              "description": "The copy of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is {{ with printf `max by (database) (milink_database_secondary_lag_seconds{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanizeDuration }}{{ else }}more than was asked for{{ end }} behind its primary. First see whether log waits to be sent or to be redone: the two queues say which end is slow.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDatabaseLagHigh warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDatabaseLagHigh.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDataLossOverObjective",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkDataLossOverObjective warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A forced failover would lose more than the objective allows.",
              "description": "A forced failover now would lose the last {{ with printf `max by (database) (milink_database_estimated_data_loss_seconds{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanizeDuration }}{{ else }}more than was asked for{{ end }} of commits of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}. First see whether its copy moves at all.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDataLossOverObjective warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDataLossOverObjective.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogTruncationBlocked",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database, server) (milink:evidence:told{alert=\"MilinkLogTruncationBlocked warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A log can not be truncated because of a replica.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} on {{ $labels.server }} can't be truncated, because it waits for a replica (log_reuse_wait_desc AVAILABILITY_REPLICA). It grows until that one has caught up or the disk is full. First see which replica holds it, the other end of the link or a node of the server's own group, and how much room the log has.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogTruncationBlocked warning',link=%+q,managed_instance=%+q,database=%+q,server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database $labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogTruncationBlocked.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogSendQueueHigh",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkLogSendQueueHigh warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Too much log waits to be sent.",
              "description": "{{ with printf `max by (database) (milink_database_log_send_queue_bytes{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanize1024 }}{{ else }}more than was asked for{{ end }}B of log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} wait to be sent: more than " + $._config.queueSeconds + " seconds of work at the present rate, {{ with printf `max by (database) (milink_database_log_send_rate_bytes_per_second{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanize1024 }}{{ else }}more than was asked for{{ end }}B per second. First see whether the connection carries what the primary writes.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogSendQueueHigh warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogSendQueueHigh.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLogSendQueueGrowing",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkLogSendQueueGrowing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The log that waits to be sent grows.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that waits to be sent has grown for half an hour and still does: in " + $._config.growthHours + " hours it will be more than " + $._config.queueSeconds + " seconds of work at the present rate. First see whether the connection carries what the primary writes.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLogSendQueueGrowing warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLogSendQueueGrowing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkRedoQueueHigh",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkRedoQueueHigh warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Too much log waits to be redone.",
              "description": "{{ with printf `max by (database) (milink_database_redo_queue_bytes{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanize1024 }}{{ else }}more than was asked for{{ end }}B of log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} wait to be redone: more than " + $._config.queueSeconds + " seconds of work at the present rate, {{ with printf `max by (database) (milink_database_redo_rate_bytes_per_second{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }}{{ . | first | value | humanize1024 }}{{ else }}more than was asked for{{ end }}B per second. First see whether the end with the copy has the processor and the disks that redo needs.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkRedoQueueHigh warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkRedoQueueHigh.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkRedoQueueGrowing",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkRedoQueueGrowing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The log that waits to be redone grows.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that waits to be redone has grown for half an hour and still does: in " + $._config.growthHours + " hours it will be more than " + $._config.queueSeconds + " seconds of work at the present rate. First see whether the end with the copy has the processor and the disks that redo needs.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkRedoQueueGrowing warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkRedoQueueGrowing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkSeedingFailed",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkSeedingFailed critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The first copy of a database has failed.",
              "description": "The newest attempt to seed database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} failed{{ with printf `group by (error) (milink_seeding_failed{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q,database=%+q,error!=''})` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query | sortByLabel \"error\" }} (error {{ . | first | label \"error\" }}){{ end }}: the link does not protect it. Seeding starts from the beginning. First look the error up in docs/errors.md, and never drop what is at the primary.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkSeedingFailed critical',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkSeedingFailed.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkSeedingStalled",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, database) (milink:evidence:told{alert=\"MilinkSeedingStalled warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The first copy of a database does not move.",
              "description": "No byte of the seeding of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} has moved for ten minutes. The link is given up after six days, and seeding that is interrupted starts from the beginning. First see which end waits, its disks or the network.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkSeedingStalled warning',link=%+q,managed_instance=%+q,database=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.database | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkSeedingStalled.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkSeedingRunning",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkSeedingRunning info\"} >= 0)",
            "labels": {
              "severity": "info",
            },
            "annotations": {
              "summary": "A link is being seeded.",
              "description": "The databases of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} are being copied for the first time. Until that is done they are not protected, an interruption starts it over, and the log of the primary grows.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkSeedingRunning info',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkSeedingRunning.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkCertificateExpired",
            "expr": "time() - max by (" + $._config.identity + "server, certificate, usage) (milink:evidence:told{alert=\"MilinkCertificateExpired critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A certificate that the link needs has expired.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} has expired: the ends of the link do not accept each other's next connection. First make a new one at that end and bring its public part to the other end; don't restart the endpoint before.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkCertificateExpired critical',server=%+q,certificate=%+q,usage=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server $labels.certificate $labels.usage | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkCertificateExpired.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkCertificateExpiring",
            "expr": "time() - max by (" + $._config.identity + "server, certificate, usage) (milink:evidence:told{alert=\"MilinkCertificateExpiring critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A certificate that the link needs is about to expire.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} expires in {{ with printf `min by (certificate) (milink_certificate_expiry_timestamp_seconds{" + $._config.identityMatchers + "server=%+q,certificate=%+q,usage=%+q}) - time()` " + $._config.identityValues + "$labels.server $labels.certificate $labels.usage | query }}{{ . | first | value | humanizeDuration }}{{ else }}less than was asked for{{ end }}. Without it the ends of the link no longer accept each other's connections. First make its successor and bring the public part to the other end: docs/runbooks/rotate-a-certificate.md.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkCertificateExpiring critical',server=%+q,certificate=%+q,usage=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server $labels.certificate $labels.usage | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkCertificateExpiring.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkCertificateExpiring",
            "expr": "time() - max by (" + $._config.identity + "server, certificate, usage) (milink:evidence:told{alert=\"MilinkCertificateExpiring warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A certificate that the link needs is about to expire.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} expires in {{ with printf `min by (certificate) (milink_certificate_expiry_timestamp_seconds{" + $._config.identityMatchers + "server=%+q,certificate=%+q,usage=%+q}) - time()` " + $._config.identityValues + "$labels.server $labels.certificate $labels.usage | query }}{{ . | first | value | humanizeDuration }}{{ else }}less than was asked for{{ end }}. Without it the ends of the link no longer accept each other's connections. First make its successor and bring the public part to the other end: docs/runbooks/rotate-a-certificate.md.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkCertificateExpiring warning',server=%+q,certificate=%+q,usage=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server $labels.certificate $labels.usage | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkCertificateExpiring.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkCertificateMismatch",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, certificate_owner) (milink:evidence:told{alert=\"MilinkCertificateMismatch warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The ends of the link hold different certificates.",
              "description": "The endpoint certificate of {{ if eq $labels.certificate_owner \"sql_server\" }}SQL Server{{ else }}the managed instance{{ end }} in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not the one that the other end holds of it: a connection that stands goes on, the next one will be refused. First find out whether a rotation is under way; then bring the certificate that the endpoint uses to the other end.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkCertificateMismatch warning',link=%+q,managed_instance=%+q,certificate_owner=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.certificate_owner | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkCertificateMismatch.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-certificates?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkLinkErrors",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance, server, error) (milink:evidence:told{alert=\"MilinkLinkErrors warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server reports errors of the link.",
              "description": "{{ $labels.server }} reports error {{ $labels.error }}{{ with printf `group by (name) (milink_error_info{" + $._config.identityMatchers + "error=%+q,name!=''})` " + $._config.identityValues + "$labels.error | query | sortByLabel \"name\" }} ({{ . | first | label \"name\" }}){{ end }}{{ with $labels.link }} for link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ end }}. First look the number up in docs/errors.md: it says what it means and what to do.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkLinkErrors warning',link=%+q,managed_instance=%+q,server=%+q,error=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance $labels.server $labels.error | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkLinkErrors.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkReplicaRoleChanged",
            "expr": "time() - max by (" + $._config.identity + "link, managed_instance) (milink:evidence:told{alert=\"MilinkReplicaRoleChanged info\"} >= 0)",
            "labels": {
              "severity": "info",
            },
            "annotations": {
              "summary": "The roles in a link have changed.",
              "description": "A server has changed its role in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ with printf `link_server:milink_replica_role:primary{" + $._config.identityMatchers + "link=%+q,managed_instance=%+q}` " + $._config.identityValues + "$labels.link $labels.managed_instance | query | sortByLabel \"server\" }}; {{ . | first | label \"server\" }} is PRIMARY now{{ end }}.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkReplicaRoleChanged info',link=%+q,managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.link $labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkReplicaRoleChanged.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkServerNotPolled",
            "expr": "time() - max by (" + $._config.identity + "server) (milink:evidence:told{alert=\"MilinkServerNotPolled warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server can not be polled.",
              "description": "No exporter can poll server {{ $labels.server }}{{ with printf `group by (reason) (milink_poll_failed{" + $._config.identityMatchers + "server=%+q})` " + $._config.identityValues + "$labels.server | query | sortByLabel \"reason\" }} ({{ . | first | label \"reason\" }}){{ end }}. Until one can, nothing is known of its end of any link: the other alerts can't see it. First try to log in to it from another machine than the exporter's.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkServerNotPolled warning',server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkServerNotPolled.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkDataStale",
            "expr": "time() - max by (" + $._config.identity + "server, view) (milink:evidence:told{alert=\"MilinkDataStale warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "What is shown of a server is old.",
              "description": "{{ with $labels.view }}View {{ . }} of server{{ else }}Server{{ end }} {{ $labels.server }} was not read for longer than it should be: what is shown of it is from then, and counts for nothing in the other alerts. First look at the exporter's log; one that hangs is restarted.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkDataStale warning',server=%+q,view=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server $labels.view | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkDataStale.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterStale",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkExporterStale warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "One of several exporters does not poll any more.",
              "description": "Exporter {{ $labels.instance }} of job {{ $labels.job }} answers, and has not polled a server for longer than it should, which another exporter does: what it says counts for nothing, and nobody would take over from the other one. First look at its log; one that hangs is restarted.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterStale warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterStale.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterClockSkew",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkExporterClockSkew warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The clock of an exporter is off.",
              "description": "The clock of exporter {{ $labels.instance }} of job {{ $labels.job }} and that of Prometheus are apart{{ with printf `exporter:milink_last_poll_timestamp_seconds:ahead{" + $._config.identityMatchers + "job=%+q,instance=%+q}` " + $._config.identityValues + "$labels.job $labels.instance | query }}, by {{ . | first | value | humanizeDuration }} or a little more{{ end }}. What it says counts for nothing until they agree, so its links are not watched by it. First see which of the two machines has no time service.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterClockSkew warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterClockSkew.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkViewFailing",
            "expr": "time() - max by (" + $._config.identity + "server, view) (milink:evidence:told{alert=\"MilinkViewFailing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A view of a server can not be read.",
              "description": "View {{ $labels.view }} of server {{ $labels.server }} can't be read{{ with printf `group by (reason) (milink_view_failed{" + $._config.identityMatchers + "server=%+q,view=%+q})` " + $._config.identityValues + "$labels.server $labels.view | query | sortByLabel \"reason\" }} ({{ . | first | label \"reason\" }}){{ end }}: what is made from it is absent, and so are the alerts about it. First look at the exporter's log, which has the server's own words.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkViewFailing warning',server=%+q,view=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server $labels.view | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkViewFailing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkPermissionMissing",
            "expr": "time() - max by (" + $._config.identity + "server) (milink:evidence:told{alert=\"MilinkPermissionMissing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The login of the exporter lacks a permission.",
              "description": "The login on server {{ $labels.server }} may not read everything that the exporter needs{{ with printf `group by (view) (milink_view_failed{" + $._config.identityMatchers + "server=%+q,reason='permission'})` " + $._config.identityValues + "$labels.server | query | sortByLabel \"view\" }} (refused:{{ range . }} {{ .Labels.view }}{{ end }}){{ end }}: links and certificates may not be seen, and catalog views then answer with no rows instead of an error. First run `milink-exporter grants --for={{ $labels.server }}`: it writes what is lacking.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkPermissionMissing warning',server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkPermissionMissing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkServerTooLarge",
            "expr": "time() - max by (" + $._config.identity + "server) (milink:evidence:told{alert=\"MilinkServerTooLarge warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server has more than the exporter shows of it.",
              "description": "Server {{ $labels.server }} has more groups or databases than the limits of the exporter's configuration allow: some are read and not shown, and have no alerts. The links and databases that the configuration expects are shown first. First raise the limits, or list what has to be watched.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkServerTooLarge warning',server=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.server | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkServerTooLarge.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkAzureNotReadable",
            "expr": "time() - max by (" + $._config.identity + "managed_instance) (milink:evidence:told{alert=\"MilinkAzureNotReadable warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Azure can not be read.",
              "description": "What Azure says of {{ with $labels.managed_instance }}managed instance {{ . }}{{ else }}the instances of a subscription{{ end }} can't be read{{ with printf `group by (reason) (milink_azure_read_failed{" + $._config.identityMatchers + "managed_instance=%+q})` " + $._config.identityValues + "$labels.managed_instance | query | sortByLabel \"reason\" }} ({{ . | first | label \"reason\" }}){{ end }}{{ with printf `group by (resource) (milink_azure_read_failed{" + $._config.identityMatchers + "managed_instance=%+q})` " + $._config.identityValues + "$labels.managed_instance | query | sortByLabel \"resource\" }}:{{ range . }} {{ .Labels.resource }}{{ end }}{{ end }}. What the servers say is not touched by it. First look at the exporter's log, which has Azure's own words and the right that is missing.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkAzureNotReadable warning',managed_instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.managed_instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkAzureNotReadable.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-azure?from=now-3h{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterDown",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkExporterDown critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The exporter can not be scraped.",
              "description": "Target {{ $labels.instance }} of job {{ $labels.job }} gives no metrics{{ with printf `exporter_server:milink_up:seen{" + $._config.identityMatchers + "job=%+q,instance=%+q}` " + $._config.identityValues + "$labels.job $labels.instance | query | sortByLabel \"server\" }} (it polls{{ range $index, $series := . }}{{ if lt $index 5 }} {{ $series.Labels.server }}{{ end }}{{ end }}{{ if gt (len .) 5 }} and others{{ end }}){{ end }}: nobody else polls what it does, so it is not watched. First see whether its process runs and its port answers.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterDown critical',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterDown.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterDown",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkExporterDown warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "One of several exporters can not be scraped.",
              "description": "Target {{ $labels.instance }} of job {{ $labels.job }} gives no metrics{{ with printf `exporter_server:milink_up:seen{" + $._config.identityMatchers + "job=%+q,instance=%+q}` " + $._config.identityValues + "$labels.job $labels.instance | query | sortByLabel \"server\" }} (it polls{{ range $index, $series := . }}{{ if lt $index 5 }} {{ $series.Labels.server }}{{ end }}{{ end }}{{ if gt (len .) 5 }} and others{{ end }}){{ end }}: another exporter polls all of it, and nobody would take over from that one. First see whether its process runs and its port answers.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterDown warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterDown.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterAbsent",
            "expr": "time() - max by (" + $._config.identity + "job) (milink:evidence:told{alert=\"MilinkExporterAbsent critical\"} >= 0)",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "There is no exporter.",
              "description": "No target gives the metrics of an exporter, neither of job {{ $labels.job }} nor of another: no link is watched. First see whether Prometheus has a target for it.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterAbsent critical',job=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterAbsent.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkExporterBlind",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkExporterBlind warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "One of several exporters reaches no server.",
              "description": "Exporter {{ $labels.instance }} of job {{ $labels.job }} can poll none of its servers, which another exporter can: nobody would take over from that one. First look at its network and its secrets.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkExporterBlind warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkExporterBlind.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkConfigReloadFailed",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkConfigReloadFailed warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The exporter refuses its configuration.",
              "description": "Exporter {{ $labels.instance }} of job {{ $labels.job }} has refused its configuration file and goes on with the former one: what was changed is not in force, and it will not start again with this file. First run `--config.check` with it.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkConfigReloadFailed warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkConfigReloadFailed.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkHistoryNotWritten",
            "expr": "time() - max by (" + $._config.identity + "job, instance) (milink:evidence:told{alert=\"MilinkHistoryNotWritten warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The exporter can not write its history.",
              "description": "Exporter {{ $labels.instance }} of job {{ $labels.job }} can not write to its history.path: after a restart it would not know who was primary before. All else goes on. First see its log for why, then the space and the owner of the directory.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkHistoryNotWritten warning',job=%+q,instance=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job $labels.instance | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkHistoryNotWritten.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkShardingMismatch",
            "expr": "time() - max by (" + $._config.identity + "job) (milink:evidence:told{alert=\"MilinkShardingMismatch warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Exporters disagree on the number of shards.",
              "description": "The exporters of job {{ $labels.job }} run with different --total-shards: some links are polled twice, others perhaps not at all. First see which of them has the old number.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkShardingMismatch warning',job=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkShardingMismatch.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkShardsMissing",
            "expr": "time() - max by (" + $._config.identity + "job) (milink:evidence:told{alert=\"MilinkShardsMissing warning\"} >= 0)",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Some shards have no exporter.",
              "description": "Of the shards that the exporters of job {{ $labels.job }} divide the links into, some have no exporter: the links of these are not watched. First see which of `--shard` is not among the targets.{{ with printf `last_over_time(milink:evidence:since{" + $._config.identityMatchers + "alert='MilinkShardsMissing warning',job=%+q}[1d]) >= 0` " + $._config.identityValues + "$labels.job | query }} Seen without a break since {{ (. | first | value | toTime).Format \"2006-01-02 15:04:05\" }} UTC.{{ end }}{{ if gt $value 86400.0 }} This is old: nothing has been seen of it for {{ $value | humanizeDuration }}, and it is told no longer than two days.{{ else if gt $value 900.0 }} It was last seen {{ $value | humanizeDuration }} ago, and nothing since: it is not known to be over.{{ end }}",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkShardsMissing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}",
            },
          },
        ],
      },
      {
        "name": "milink-prometheus",
        "rules": [
          {
            "alert": "MilinkWatchdog",
            "expr": "vector(1) > 0",
            "labels": {
              "severity": "info",
            },
            "annotations": {
              "summary": "The alerts are on their way.",
              "description": "This alert of {{ $externalURL }} always fires: route it to a dead man’s switch, which calls when it stops coming. docs/alerts.md says how.",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkWatchdog.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h",
            },
          },
          {
            "alert": "MilinkRuleFailing",
            "expr": "max by (job, instance, rule_group) (increase(prometheus_rule_evaluation_failures_total{rule_group=~\".*;milink-.+\"}[14m53s500ms])) > 0",
            "for": "1m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A rule of these alerts fails.",
              "description": "Prometheus {{ $labels.instance }} could not evaluate rules of group {{ $labels.rule_group }} in the last quarter of an hour: the alerts of that group are not told. First read the error on its page /rules.",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkRuleFailing.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkRulesLate",
            "expr": "max by (job, instance, rule_group) (increase(prometheus_rule_group_iterations_missed_total{rule_group=~\".*;milink-.+\"}[14m53s500ms])) > 0",
            "for": "1m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Rules of these alerts are evaluated late.",
              "description": "Prometheus {{ $labels.instance }} has left out evaluations of group {{ $labels.rule_group }} in the last quarter of an hour: it has too much to do, and alerts come late. First see which group takes longest on its page /rules.",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkRulesLate.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
          {
            "alert": "MilinkNotificationsDropped",
            "expr": "max by (job, instance) (increase(prometheus_notifications_dropped_total[14m53s500ms])) > 0\nor max by (job, instance) (prometheus_notifications_alertmanagers_discovered) == 0",
            "for": "1m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Prometheus does not reach an Alertmanager.",
              "description": "Prometheus {{ $labels.instance }} has dropped notifications in the last quarter of an hour, or knows no Alertmanager now: alerts fire and nobody hears of them. First see which Alertmanagers its page /status lists, and its log.",
              "runbook_url": "" + $._config.runbookBaseUrl + "/MilinkNotificationsDropped.md",
              "dashboard_url": "" + $._config.grafanaBaseUrl + "/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}",
            },
          },
        ],
      },
    ],
  },
  prometheusRules+:: {
    groups+: [
      {
        "name": "milink-link-records",
        "rules": [
          {
            "record": "link:milink_link_verdict:max",
            "expr": "max by (" + $._config.identity + "link, managed_instance, verdict) (milink_link_verdict{" + $._config.selector + "})",
          },
          {
            "record": "verdict:milink_link_verdict:sum",
            "expr": "sum by (" + $._config.identity + "verdict) (link:milink_link_verdict:max)",
          },
          {
            "record": "link:milink_replica_role:primaries",
            "expr": "sum by (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance, server) (milink_replica_role{role=\"PRIMARY\"," + $._config.selector + "}))",
          },
        ],
      },
      {
        "name": "milink-database-records",
        "rules": [
          {
            "record": "link:milink_database_secondary_lag_seconds:max",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (milink_database_secondary_lag_seconds{" + $._config.selector + "})",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:max",
            "expr": "max by (" + $._config.identity + "link, managed_instance) (milink_database_estimated_data_loss_seconds{" + $._config.selector + "})",
          },
          {
            "record": "database:milink_database_log_send_queue_bytes:max",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (milink_database_log_send_queue_bytes{" + $._config.selector + "})",
          },
          {
            "record": "database:milink_database_redo_queue_bytes:max",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (milink_database_redo_queue_bytes{" + $._config.selector + "})",
          },
        ],
      },
      {
        "name": "milink-seeding-records",
        "rules": [
          {
            "record": "database:milink_seeding_transferred_bytes:ratio",
            "expr": "max by (" + $._config.identity + "link, managed_instance, database) (milink_seeding_transferred_bytes{" + $._config.selector + "})\n/\nmax by (" + $._config.identity + "link, managed_instance, database) (milink_seeding_database_size_bytes{" + $._config.selector + "})",
          },
          {
            "record": "database:milink_seeding_estimated_completion_timestamp_seconds:remaining",
            "expr": "clamp_min(max by (" + $._config.identity + "link, managed_instance, database) (milink_seeding_estimated_completion_timestamp_seconds{" + $._config.selector + "}) - time(), 0)",
          },
        ],
      },
      {
        "name": "milink-certificate-records",
        "rules": [
          {
            "record": "certificate:milink_certificate_expiry_timestamp_seconds:min",
            "expr": "min by (" + $._config.identity + "server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{" + $._config.selector + "})",
          },
        ],
      },
      {
        "name": "milink-level-records",
        "rules": [
          {
            "record": "link:milink_link_verdict:healthy",
            "expr": "(max by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{verdict=\"healthy\"," + $._config.selector + "} unless ignoring (verdict) (milink_link_verdict{verdict=\"unknown\"," + $._config.selector + "} == 1)))\n* (1 - max by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{verdict=~\"split_brain|missing|no_primary|seeding_failed|disconnected|suspended|not_healthy\"," + $._config.selector + "}))",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:untold",
            "expr": "count by (" + $._config.identity + "link, managed_instance) (group by (" + $._config.identity + "link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "}) unless on (" + $._config.identity + "link, managed_instance, database) milink_database_estimated_data_loss_seconds{" + $._config.selector + "})",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met",
            "expr": "(max by (" + $._config.identity + "link, managed_instance) (milink_database_estimated_data_loss_seconds{" + $._config.selector + "}) <= bool " + $._config.dataLossSeconds + ")\nunless on (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{verdict=\"split_brain\"," + $._config.selector + "}) == 1)\nunless on (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance) (milink_database_estimated_data_loss_seconds{" + $._config.selector + "}) <= " + $._config.dataLossSeconds + " and on (" + $._config.identity + "link, managed_instance) link:milink_database_estimated_data_loss_seconds:untold)",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:untold",
            "expr": "count by (" + $._config.identity + "link, managed_instance) (group by (" + $._config.identity + "link, managed_instance, database) (milink_link_database_present{" + $._config.selector + "}) unless on (" + $._config.identity + "link, managed_instance, database) milink_database_estimated_recovery_seconds{" + $._config.selector + "})",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met",
            "expr": "(max by (" + $._config.identity + "link, managed_instance) (milink_database_estimated_recovery_seconds{" + $._config.selector + "}) <= bool " + $._config.recoverySeconds + ")\nunless on (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance) (milink_link_verdict{verdict=\"split_brain\"," + $._config.selector + "}) == 1)\nunless on (" + $._config.identity + "link, managed_instance) (max by (" + $._config.identity + "link, managed_instance) (milink_database_estimated_recovery_seconds{" + $._config.selector + "}) <= " + $._config.recoverySeconds + " and on (" + $._config.identity + "link, managed_instance) link:milink_database_estimated_recovery_seconds:untold)",
          },
        ],
      },
      {
        "name": "milink-level-sums",
        "interval": "10m",
        "rules": [
          {
            "record": "link:milink_link_verdict:healthy_sum10m",
            "expr": "sum_over_time(link:milink_link_verdict:healthy[10m])",
          },
          {
            "record": "link:milink_link_verdict:healthy_count10m",
            "expr": "count_over_time(link:milink_link_verdict:healthy[10m])",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_sum10m",
            "expr": "sum_over_time(link:milink_database_estimated_data_loss_seconds:met[10m])",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_count10m",
            "expr": "count_over_time(link:milink_database_estimated_data_loss_seconds:met[10m])",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_sum10m",
            "expr": "sum_over_time(link:milink_database_estimated_recovery_seconds:met[10m])",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_count10m",
            "expr": "count_over_time(link:milink_database_estimated_recovery_seconds:met[10m])",
          },
        ],
      },
      {
        "name": "milink-level-shares",
        "interval": "1h",
        "rules": [
          {
            "record": "link:milink_link_verdict:healthy_avg7d",
            "expr": "sum_over_time(link:milink_link_verdict:healthy_sum10m[7d])\n/ sum_over_time(link:milink_link_verdict:healthy_count10m[7d])",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_avg7d",
            "expr": "sum_over_time(link:milink_database_estimated_data_loss_seconds:met_sum10m[7d])\n/ sum_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[7d])",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_avg7d",
            "expr": "sum_over_time(link:milink_database_estimated_recovery_seconds:met_sum10m[7d])\n/ sum_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[7d])",
          },
          {
            "record": "link:milink_link_verdict:healthy_seen7d",
            "expr": "clamp_max(count_over_time(link:milink_link_verdict:healthy_count10m[7d]) / 1008, 1)",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_seen7d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[7d]) / 1008, 1)",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_seen7d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[7d]) / 1008, 1)",
          },
          {
            "record": "link:milink_link_verdict:healthy_avg30d",
            "expr": "sum_over_time(link:milink_link_verdict:healthy_sum10m[30d])\n/ sum_over_time(link:milink_link_verdict:healthy_count10m[30d])",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_avg30d",
            "expr": "sum_over_time(link:milink_database_estimated_data_loss_seconds:met_sum10m[30d])\n/ sum_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[30d])",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_avg30d",
            "expr": "sum_over_time(link:milink_database_estimated_recovery_seconds:met_sum10m[30d])\n/ sum_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[30d])",
          },
          {
            "record": "link:milink_link_verdict:healthy_seen30d",
            "expr": "clamp_max(count_over_time(link:milink_link_verdict:healthy_count10m[30d]) / 4320, 1)",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_seen30d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[30d]) / 4320, 1)",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_seen30d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[30d]) / 4320, 1)",
          },
          {
            "record": "link:milink_link_verdict:healthy_avg90d",
            "expr": "sum_over_time(link:milink_link_verdict:healthy_sum10m[90d])\n/ sum_over_time(link:milink_link_verdict:healthy_count10m[90d])",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_avg90d",
            "expr": "sum_over_time(link:milink_database_estimated_data_loss_seconds:met_sum10m[90d])\n/ sum_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[90d])",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_avg90d",
            "expr": "sum_over_time(link:milink_database_estimated_recovery_seconds:met_sum10m[90d])\n/ sum_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[90d])",
          },
          {
            "record": "link:milink_link_verdict:healthy_seen90d",
            "expr": "clamp_max(count_over_time(link:milink_link_verdict:healthy_count10m[90d]) / 12960, 1)",
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:met_seen90d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_data_loss_seconds:met_count10m[90d]) / 12960, 1)",
          },
          {
            "record": "link:milink_database_estimated_recovery_seconds:met_seen90d",
            "expr": "clamp_max(count_over_time(link:milink_database_estimated_recovery_seconds:met_count10m[90d]) / 12960, 1)",
          },
        ],
      },
    ],
  },
}
