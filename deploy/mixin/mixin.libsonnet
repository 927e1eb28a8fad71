// Generated from src/mixin and src/mixin/config.ts by `npm run generate`: edit those, not this file.
// Your own values: `(import "milink-exporter/deploy/mixin/mixin.libsonnet") + { _config+:: { lagSeconds: 60 } }`.
{
  _config+:: {
    "selector": "",
    "exporterJob": "milink-exporter",
    "runbookBaseUrl": "https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks",
    "grafanaBaseUrl": "http://localhost:3000",
    "lagSeconds": 300,
    "dataLossSeconds": 900,
    "logSendQueueMebibytes": 1024,
    "redoQueueMebibytes": 1024,
    "growthHours": 4,
    "growthWindow": "30m",
    "growthFloorMebibytes": 16,
    "certificateWarningDays": 30,
    "certificateCriticalDays": 7,
    "staleFactor": 8,
    "viewStaleSeconds": 7200,
  },
  grafanaDashboards+:: {
    "milink-links.json": import "../../grafana/dashboards/milink-links.json",
    "milink-link.json": import "../../grafana/dashboards/milink-link.json",
    "milink-seeding.json": import "../../grafana/dashboards/milink-seeding.json",
    "milink-certificates.json": import "../../grafana/dashboards/milink-certificates.json",
    "milink-exporter.json": import "../../grafana/dashboards/milink-exporter.json",
  },
  prometheusAlerts+:: {
    groups+: [
      {
        "name": "milink-memory",
        "rules": [
          {
            "record": "link_server:milink_replica_role:remembered",
            "expr": "group by (link, managed_instance, server) (milink_replica_role{%(selector)s})\nor\nlast_over_time(link_server:milink_replica_role:remembered[10m])\n  and on (server) max by (server) (milink_up{%(selector)s}) == 0" % $._config,
          },
          {
            "record": "link:milink_replica_connected:remembered",
            "expr": "max by (link, managed_instance) (milink_replica_connected{replica=\"partner\",%(selector)s}) == 1\nor\nlast_over_time(link:milink_replica_connected:remembered[10m])\n  and on (link, managed_instance) group by (link, managed_instance) (milink_link_verdict{%(selector)s})" % $._config,
          },
        ],
      },
      {
        "name": "milink-links",
        "rules": [
          {
            "alert": "MilinkLinkSplitBrain",
            "expr": "(\n  sum by (link, managed_instance) (max by (server, link, managed_instance) (milink_replica_role{role=\"PRIMARY\",%(selector)s})) > 1\n  unless on (link, managed_instance)\n  sum by (link, managed_instance) (max by (server, link, managed_instance) (milink_replica_role{role=\"SECONDARY\",%(selector)s})) > 0\n)\nor\nmax by (link, managed_instance) (milink_link_verdict{verdict=\"split_brain\",%(selector)s}) == 1" % $._config,
            "for": "1m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Both ends of the link are primary.",
              "description": "Both ends of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} have the role PRIMARY: each accepts writes that the other never sees. Stop the writes on one end before anything else.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkSplitBrain.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkNotHealthy",
            "expr": "max by (link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"NOT_HEALTHY\",%(selector)s}) == 1\nunless on (link, managed_instance) (\n  max by (link, managed_instance) (milink_link_verdict{verdict=~\"split_brain|seeding_failed|seeding\",%(selector)s}) == 1\n  or max by (link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|no_partner_row\",%(selector)s}) == 1 unless on (link, managed_instance) link:milink_replica_connected:remembered{%(selector)s}\n)" % $._config,
            "for": "1m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The link is not healthy.",
              "description": "The primary end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} reports the other end as NOT_HEALTHY{{ with printf \"group by (finding) (milink_link_finding{link=%q,managed_instance=%q})\" $labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkNotHealthy.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkPartiallyHealthy",
            "expr": "max by (link, managed_instance) (milink_replica_synchronization_health{replica=\"partner\",health=\"PARTIALLY_HEALTHY\",%(selector)s}) == 1\nunless on (link, managed_instance) max by (link, managed_instance) (milink_link_verdict{verdict=~\"split_brain|seeding_failed|seeding\",%(selector)s}) == 1" % $._config,
            "for": "5m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The link is partially healthy.",
              "description": "The primary end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} reports the other end as PARTIALLY_HEALTHY{{ with printf \"group by (finding) (milink_link_finding{link=%q,managed_instance=%q})\" $labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: it does not keep up as its commit mode asks.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkPartiallyHealthy.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkDisconnected",
            "expr": "max by (link, managed_instance) (milink_replica_connected{replica=\"partner\",%(selector)s}) == 0\nor max by (link, managed_instance) (milink_link_finding{finding=\"no_partner_row\",%(selector)s}) == 1" % $._config,
            "for": "10m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The ends of the link are not connected.",
              "description": "The primary end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not connected with the other end{{ with printf \"group by (finding) (milink_link_finding{link=%q,managed_instance=%q})\" $labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: no change reaches it.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkDisconnected.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-sight",
        "rules": [
          {
            "alert": "MilinkLinkNoPrimary",
            "expr": "max by (link, managed_instance) (milink_link_verdict{verdict=\"no_primary\",%(selector)s}) == 1\nunless on (link, managed_instance) max by (link, managed_instance) (milink_replica_role{role=\"PRIMARY\",%(selector)s}) == 1" % $._config,
            "for": "2m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "No end of the link is primary.",
              "description": "No end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} has the role PRIMARY: its databases take no writes anywhere.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkNoPrimary.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkPrimaryUnreachable",
            "expr": "(\n  link_server:milink_replica_role:remembered{%(selector)s}\n    and on (link, managed_instance) max by (link, managed_instance) (milink_link_verdict{verdict=\"primary_unreachable\",%(selector)s}) == 1\n    and on (server) max by (server) (milink_up{%(selector)s}) == 0\n  or on (link, managed_instance) max by (link, managed_instance) (milink_link_verdict{verdict=\"primary_unreachable\",%(selector)s}) == 1\n)\nunless on (link, managed_instance) max by (link, managed_instance) (milink_replica_role{role=\"PRIMARY\",%(selector)s}) == 1" % $._config,
            "for": "2m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The primary end of the link can not be reached.",
              "description": "The end of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that answers is SECONDARY, and the other one{{ with $labels.server }}, {{ . }},{{ end }} can't be polled or does not show its part of it: the primary may be down, and whether the link works is not known.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkPrimaryUnreachable.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkUnknown",
            "expr": "(\n  max by (link, managed_instance) (milink_link_verdict{verdict=\"unknown\",%(selector)s}) == 1\n  or (\n    group by (link, managed_instance) (link_server:milink_replica_role:remembered{%(selector)s} and on (server) max by (server) (milink_up{%(selector)s}) == 0) == 1\n    unless on (link, managed_instance) group by (link, managed_instance) (milink_link_verdict{%(selector)s})\n  )\n)\nunless on (link, managed_instance) (\n  max by (link, managed_instance) (milink_link_verdict{verdict!=\"unknown\",%(selector)s}) == 1\n  or max by (link, managed_instance) (milink_link_finding{finding=~\"other_end_has_no_row|no_partner_row\",%(selector)s}) == 1 unless on (link, managed_instance) link:milink_replica_connected:remembered{%(selector)s}\n)" % $._config,
            "for": "2m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "Nothing is known of the link.",
              "description": "No exporter can tell how link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is{{ with printf \"group by (finding) (milink_link_finding{link=%q,managed_instance=%q})\" $labels.link $labels.managed_instance | query | sortByLabel \"finding\" }} ({{ range $index, $series := . }}{{ if $index }}, {{ end }}{{ $series.Labels.finding }}{{ end }}){{ end }}: no end of it can be polled, or what its ends show is not enough. A page about the link itself would not come now.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkUnknown.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLinkMissing",
            "expr": "max by (link, managed_instance) (milink_link_verdict{verdict=\"missing\",%(selector)s}) == 1\nunless on (link, managed_instance) max by (link, managed_instance) (milink_link_ends_observed{%(selector)s}) > 0" % $._config,
            "for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A link that should exist is not there.",
              "description": "Link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is in the configuration of the exporter, its servers answer, and none of them has it: it was dropped, or a cutover ended it. Each end may hold a writable copy.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkMissing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-databases",
        "rules": [
          {
            "alert": "MilinkDatabaseSuspended",
            "expr": "max by (link, managed_instance, database) (milink_database_suspended{%(selector)s}) == 1" % $._config,
            "for": "5m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The data movement of a database is suspended.",
              "description": "Data movement of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is suspended{{ with printf \"milink_database_suspended{link=%q,database=%q} == 1\" $labels.link $labels.database | query | sortByLabel \"server\" }} ({{ . | first | label \"reason\" }}, says {{ . | first | label \"server\" }}){{ end }}. Its copy falls behind and the log of the primary grows.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkDatabaseSuspended.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkDatabaseMissing",
            "expr": "max by (link, managed_instance, database) (milink_link_database_present{%(selector)s}) == 0" % $._config,
            "for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A database that the link should carry is not in it.",
              "description": "Database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is in the configuration of the exporter, and the primary end does not show it in the link: it is not protected.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkDatabaseMissing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkDatabaseLagHigh",
            "expr": "max by (link, managed_instance, database) (milink_database_secondary_lag_seconds{%(selector)s}) > %(lagSeconds)s" % $._config,
            "for": "5m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The copy of a database is far behind.",
              "description": "The copy of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is {{ $value | humanizeDuration }} behind its primary.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkDatabaseLagHigh.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkDataLossOverObjective",
            "expr": "max by (link, managed_instance, database) (milink_database_estimated_data_loss_seconds{%(selector)s}) > %(dataLossSeconds)s\nunless on (link, managed_instance) max by (link, managed_instance) (milink_link_verdict{verdict=~\"split_brain|seeding\",%(selector)s}) == 1" % $._config,
            "for": "5m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A forced failover would lose more than the objective allows.",
              "description": "A forced failover now would lose the last {{ $value | humanizeDuration }} of commits of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkDataLossOverObjective.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLogTruncationBlocked",
            "expr": "max by (link, managed_instance, database, server) (milink_database_log_reuse_wait{reason=\"AVAILABILITY_REPLICA\",%(selector)s}) == 1\nand on (link, managed_instance, server) max by (link, managed_instance, server) (milink_replica_role{role=\"PRIMARY\",%(selector)s}) == 1\nunless on (link, managed_instance) max by (link, managed_instance) (milink_link_verdict{verdict=\"seeding\",%(selector)s}) == 1" % $._config,
            "for": "30m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A log can not be truncated because of the link.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} on {{ $labels.server }} can't be truncated, because it waits for the other end (log_reuse_wait_desc AVAILABILITY_REPLICA). It grows until the other end has caught up or the disk is full.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLogTruncationBlocked.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-queues",
        "rules": [
          {
            "alert": "MilinkLogSendQueueHigh",
            "expr": "max by (link, managed_instance, database) (milink_database_log_send_queue_bytes{%(selector)s}) > %(logSendQueueMebibytes)s * 1024 * 1024" % $._config,
            "for": "10m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Too much log waits to be sent.",
              "description": "{{ $value | humanize1024 }}B of log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} wait to be sent: more is written than the connection carries.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLogSendQueueHigh.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkLogSendQueueGrowing",
            "expr": "max by (link, managed_instance, database) (predict_linear(milink_database_log_send_queue_bytes{%(selector)s}[%(growthWindow)s], %(growthHours)s * 3600)) > %(logSendQueueMebibytes)s * 1024 * 1024\nand on (link, managed_instance, database)\nmax by (link, managed_instance, database) (min_over_time(milink_database_log_send_queue_bytes{%(selector)s}[%(growthWindow)s])) > %(growthFloorMebibytes)s * 1024 * 1024\nunless on (link, managed_instance, database)\nmax by (link, managed_instance, database) (milink_database_log_send_queue_bytes{%(selector)s}) > %(logSendQueueMebibytes)s * 1024 * 1024" % $._config,
            "for": "15m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The log that waits to be sent grows.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that waits to be sent has grown for %(growthWindow)s and will be {{ $value | humanize1024 }}B in %(growthHours)s hours: more is written than the connection carries." % $._config,
              "runbook_url": "%(runbookBaseUrl)s/MilinkLogSendQueueGrowing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkRedoQueueHigh",
            "expr": "max by (link, managed_instance, database) (milink_database_redo_queue_bytes{%(selector)s}) > %(redoQueueMebibytes)s * 1024 * 1024" % $._config,
            "for": "10m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Too much log waits to be redone.",
              "description": "{{ $value | humanize1024 }}B of log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} wait to be redone: more arrives than the other end can redo.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkRedoQueueHigh.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkRedoQueueGrowing",
            "expr": "max by (link, managed_instance, database) (predict_linear(milink_database_redo_queue_bytes{%(selector)s}[%(growthWindow)s], %(growthHours)s * 3600)) > %(redoQueueMebibytes)s * 1024 * 1024\nand on (link, managed_instance, database)\nmax by (link, managed_instance, database) (min_over_time(milink_database_redo_queue_bytes{%(selector)s}[%(growthWindow)s])) > %(growthFloorMebibytes)s * 1024 * 1024\nunless on (link, managed_instance, database)\nmax by (link, managed_instance, database) (milink_database_redo_queue_bytes{%(selector)s}) > %(redoQueueMebibytes)s * 1024 * 1024" % $._config,
            "for": "15m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The log that waits to be redone grows.",
              "description": "The log of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} that waits to be redone has grown for %(growthWindow)s and will be {{ $value | humanize1024 }}B in %(growthHours)s hours: more arrives than the other end can redo." % $._config,
              "runbook_url": "%(runbookBaseUrl)s/MilinkRedoQueueGrowing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-seeding",
        "rules": [
          {
            "alert": "MilinkSeedingFailed",
            "expr": "max by (link, managed_instance, database) (milink_seeding_failed{%(selector)s}) == 1" % $._config,
            "for": "1m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The first copy of a database has failed.",
              "description": "The newest attempt to seed database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} failed{{ with printf \"milink_seeding_failed{link=%q,database=%q,error!=''}\" $labels.link $labels.database | query }} (error {{ . | first | label \"error\" }}){{ end }}: the link does not protect it. Seeding starts from the beginning.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkSeedingFailed.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkSeedingStalled",
            "expr": "max by (link, managed_instance, database) (milink_seeding_stalled{%(selector)s}) == 1" % $._config,
            "for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The first copy of a database does not move.",
              "description": "No byte of the seeding of database {{ $labels.database }} of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} has moved for ten minutes. The link is given up after six days, and seeding that is interrupted starts from the beginning.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkSeedingStalled.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.database }}&var-database={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkSeedingRunning",
            "expr": "max by (link, managed_instance) (milink_link_verdict{verdict=\"seeding\",%(selector)s}) == 1" % $._config,
            "for": "1m",
            "labels": {
              "severity": "info",
            },
            "annotations": {
              "summary": "A link is being seeded.",
              "description": "The databases of link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} are being copied for the first time. Until that is done they are not protected, an interruption starts it over, and the log of the primary grows.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkSeedingRunning.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-seeding?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-certificates",
        "rules": [
          {
            "alert": "MilinkCertificateExpired",
            "expr": "(\n  min by (server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\",%(selector)s})\n    and on (server) milink_server_info{engine=\"sql_server\",%(selector)s}\n) - time() <= 0" % $._config,
            "for": "1m",
            "keep_firing_for": "15m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A certificate that the link needs has expired.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} has expired: the ends of the link do not accept each other's next connection.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkCertificateExpired.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkCertificateExpiring",
            "expr": "(\n  min by (server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\",%(selector)s})\n    and on (server) milink_server_info{engine=\"sql_server\",%(selector)s}\n) - time() < %(certificateCriticalDays)s * 86400 > 0" % $._config,
            "for": "15m",
            "keep_firing_for": "15m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "A certificate that the link needs is about to expire.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} expires in {{ $value | humanizeDuration }}. Without it the ends of the link no longer accept each other's connections.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkCertificateExpiring.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkCertificateExpiring",
            "expr": "(\n  min by (server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{usage!=\"partner\",%(selector)s})\n    and on (server) milink_server_info{engine=\"sql_server\",%(selector)s}\n) - time() < %(certificateWarningDays)s * 86400 >= %(certificateCriticalDays)s * 86400" % $._config,
            "for": "15m",
            "keep_firing_for": "15m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A certificate that the link needs is about to expire.",
              "description": "Certificate {{ $labels.certificate }} ({{ $labels.usage }}) on server {{ $labels.server }} expires in {{ $value | humanizeDuration }}. Without it the ends of the link no longer accept each other's connections.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkCertificateExpiring.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-certificates?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkCertificateMismatch",
            "expr": "max by (link, managed_instance, certificate_owner) (milink_link_certificate_matches{%(selector)s}) == 0" % $._config,
            "for": "15m",
            "keep_firing_for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The ends of the link hold different certificates.",
              "description": "The endpoint certificate of {{ if eq $labels.certificate_owner \"sql_server\" }}SQL Server{{ else }}the managed instance{{ end }} in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }} is not the one that the other end holds of it: a connection that stands goes on, the next one will be refused.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkCertificateMismatch.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-certificates?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-changes",
        "rules": [
          {
            "alert": "MilinkLinkErrors",
            "expr": "(\n  max by (link, managed_instance, server, error) (milink_replica_last_connect_error_timestamp_seconds{%(selector)s}) > time() - 3600\n    and on (link, managed_instance, server) min by (link, managed_instance, server) (milink_replica_connected{%(selector)s}) == 0\n  or\n  (\n    max by (server, error) (increase(milink_errors_total{%(selector)s}[15m])) > 0\n    or (\n      max by (server, error) (milink_errors_total{%(selector)s}) > 0\n      unless on (server, error) max by (server, error) (milink_errors_total{%(selector)s} offset 15m)\n      and on (server) group by (server) (milink_up{%(selector)s} offset 15m)\n    )\n  )\n  unless on (server) max by (server) (increase(milink_replica_role_changes_total{%(selector)s}[30m])) > 0\n)\n* on (error) group_left (name) max by (error, name) (milink_error_info{severity=~\"critical|warning\",%(selector)s}) > 0" % $._config,
            "for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server reports errors of the link.",
              "description": "{{ $labels.server }} reports error {{ $labels.error }} ({{ $labels.name }}){{ with $labels.link }} for link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ end }}. What the number means and what to do is in docs/errors.md.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkLinkErrors.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkReplicaRoleChanged",
            "expr": "sum by (link, managed_instance) (max by (link, managed_instance, server, role) (increase(milink_replica_role_changes_total{%(selector)s}[10m]))) > 0" % $._config,
            "for": "30s",
            "labels": {
              "severity": "info",
            },
            "annotations": {
              "summary": "The roles in a link have changed.",
              "description": "A server has changed its role in link {{ $labels.link }}{{ with $labels.managed_instance }} with managed instance {{ . }}{{ end }}{{ with printf \"milink_replica_role{link=%q,managed_instance=%q,role='PRIMARY'} == 1\" $labels.link $labels.managed_instance | query }}; {{ . | first | label \"server\" }} is PRIMARY now{{ end }}.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkReplicaRoleChanged.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-link?from=now-3h{{ with $labels.link }}&var-link={{ . | urlquery }}{{ end }}{{ with $labels.managed_instance }}&var-managed_instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-polling",
        "rules": [
          {
            "alert": "MilinkServerNotPolled",
            "expr": "max by (server) (milink_up{%(selector)s}) == 0" % $._config,
            "for": "3m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server can not be polled.",
              "description": "No exporter can poll server {{ $labels.server }}{{ with printf \"milink_poll_failed{server=%q}\" $labels.server | query }} ({{ . | first | label \"reason\" }}){{ end }}. Until one can, nothing is known of its end of any link: the other alerts can't see it.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkServerNotPolled.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkDataStale",
            "expr": "time() - max by (server) (milink_last_poll_timestamp_seconds{%(selector)s}) > %(staleFactor)s * max by (server) (milink_poll_interval_seconds{%(selector)s})\nor time() - max by (server, view) (milink_view_last_read_timestamp_seconds{%(selector)s}) > %(viewStaleSeconds)s" % $._config,
            "for": "1m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "What is shown of a server is old.",
              "description": "{{ with $labels.view }}View {{ . }} of server{{ else }}Server{{ end }} {{ $labels.server }} was last read {{ $value | humanizeDuration }} ago: the other alerts see it as it was then.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkDataStale.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkViewFailing",
            "expr": "max by (server, view) (milink_view_success{%(selector)s}) == 0\nunless on (server, view) (\n  max by (server, view) (milink_view_failed{reason=\"permission\",%(selector)s}) == 1\n  or max by (server, view) (milink_view_failed{reason=\"missing_object\",view=\"endpoint_certificate\",%(selector)s}) == 1\n)" % $._config,
            "for": "10m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A view of a server can not be read.",
              "description": "View {{ $labels.view }} of server {{ $labels.server }} can't be read{{ with printf \"milink_view_failed{server=%q,view=%q}\" $labels.server $labels.view | query }} ({{ . | first | label \"reason\" }}){{ end }}: what is made from it is absent, and so are the alerts about it.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkViewFailing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkPermissionMissing",
            "expr": "max by (server) (milink_permission{permission=~\"VIEW SERVER STATE|VIEW SERVER PERFORMANCE STATE\",%(selector)s}) == 0\nor max by (server) (milink_permission{permission=\"VIEW ANY DEFINITION\",%(selector)s}) == 0\nor max by (server) (milink_view_failed{reason=\"permission\",view!=\"endpoint_certificate\",%(selector)s}) == 1" % $._config,
            "for": "10m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The login of the exporter lacks a permission.",
              "description": "The login on server {{ $labels.server }} may not read everything that the exporter needs{{ with printf \"milink_view_failed{server=%q,reason='permission'}\" $labels.server | query | sortByLabel \"view\" }} (refused:{{ range . }} {{ .Labels.view }}{{ end }}){{ end }}: links and certificates may not be seen, and catalog views then answer with no rows instead of an error.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkPermissionMissing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkServerTooLarge",
            "expr": "sum by (server) (max by (server, kind) (milink_server_left_out{%(selector)s})) > 0" % $._config,
            "for": "10m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "A server has more than the exporter shows of it.",
              "description": "Server {{ $labels.server }} has more groups or databases than the limits of the exporter's configuration allow: {{ $value }} of them are read and not shown, and have no alerts. The links and databases that the configuration expects are shown first.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkServerTooLarge.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.server }}&var-server={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
        ],
      },
      {
        "name": "milink-exporter",
        "rules": [
          {
            "alert": "MilinkExporterDown",
            "expr": "up{job=\"%(exporterJob)s\",%(selector)s} == 0" % $._config,
            "for": "2m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "The exporter can not be scraped.",
              "description": "Exporter {{ $labels.instance }} of job {{ $labels.job }} gives no metrics: links that no other exporter watches are not watched.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkExporterDown.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkExporterAbsent",
            "expr": "absent(milink_exporter_build_info{job=\"%(exporterJob)s\",%(selector)s})\nunless on (job) up{job=\"%(exporterJob)s\",%(selector)s} == 0" % $._config,
            "for": "2m",
            "labels": {
              "severity": "critical",
            },
            "annotations": {
              "summary": "There is no exporter.",
              "description": "No target of job {{ $labels.job }} gives the metrics of an exporter: no link is watched.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkExporterAbsent.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkConfigReloadFailed",
            "expr": "milink_exporter_config_last_reload_successful{%(selector)s} == 0" % $._config,
            "for": "5m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "The exporter refuses its configuration.",
              "description": "Exporter {{ $labels.instance }} has refused its configuration file and goes on with the former one: what was changed is not in force, and it will not start again with this file.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkConfigReloadFailed.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}{{ with $labels.instance }}&var-instance={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkShardingMismatch",
            "expr": "stdvar by (job) (milink_exporter_total_shards{%(selector)s}) > 0" % $._config,
            "for": "15m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Exporters disagree on the number of shards.",
              "description": "The exporters of job {{ $labels.job }} run with different --total-shards: some links are polled twice, others perhaps not at all.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkShardingMismatch.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}" % $._config,
            },
          },
          {
            "alert": "MilinkShardsMissing",
            "expr": "max by (job) (milink_exporter_total_shards{%(selector)s})\n- count by (job) (count by (job, shard_ordinal) (milink_exporter_shard_ordinal{%(selector)s}))\n> 0" % $._config,
            "for": "15m",
            "labels": {
              "severity": "warning",
            },
            "annotations": {
              "summary": "Some shards have no exporter.",
              "description": "Of the shards that the exporters of job {{ $labels.job }} divide the links into, {{ $value | humanize }} have no exporter: the links of these are not watched.",
              "runbook_url": "%(runbookBaseUrl)s/MilinkShardsMissing.md" % $._config,
              "dashboard_url": "%(grafanaBaseUrl)s/d/milink-exporter?from=now-3h{{ with $labels.job }}&var-job={{ . | urlquery }}{{ end }}" % $._config,
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
            "expr": "max by (link, managed_instance, verdict) (milink_link_verdict{%(selector)s})" % $._config,
          },
          {
            "record": "verdict:milink_link_verdict:sum",
            "expr": "sum by (verdict) (link:milink_link_verdict:max)",
          },
          {
            "record": "link:milink_replica_role:primaries",
            "expr": "sum by (link, managed_instance) (max by (link, managed_instance, server) (milink_replica_role{role=\"PRIMARY\",%(selector)s}))" % $._config,
          },
        ],
      },
      {
        "name": "milink-database-records",
        "rules": [
          {
            "record": "link:milink_database_secondary_lag_seconds:max",
            "expr": "max by (link, managed_instance) (milink_database_secondary_lag_seconds{%(selector)s})" % $._config,
          },
          {
            "record": "link:milink_database_estimated_data_loss_seconds:max",
            "expr": "max by (link, managed_instance) (milink_database_estimated_data_loss_seconds{%(selector)s})" % $._config,
          },
          {
            "record": "database:milink_database_log_send_queue_bytes:max",
            "expr": "max by (link, managed_instance, database) (milink_database_log_send_queue_bytes{%(selector)s})" % $._config,
          },
          {
            "record": "database:milink_database_redo_queue_bytes:max",
            "expr": "max by (link, managed_instance, database) (milink_database_redo_queue_bytes{%(selector)s})" % $._config,
          },
        ],
      },
      {
        "name": "milink-seeding-records",
        "rules": [
          {
            "record": "database:milink_seeding_transferred_bytes:ratio",
            "expr": "max by (link, managed_instance, database) (milink_seeding_transferred_bytes{%(selector)s})\n/\nmax by (link, managed_instance, database) (milink_seeding_database_size_bytes{%(selector)s})" % $._config,
          },
          {
            "record": "database:milink_seeding_estimated_completion_timestamp_seconds:remaining",
            "expr": "clamp_min(max by (link, managed_instance, database) (milink_seeding_estimated_completion_timestamp_seconds{%(selector)s}) - time(), 0)" % $._config,
          },
        ],
      },
      {
        "name": "milink-certificate-records",
        "rules": [
          {
            "record": "certificate:milink_certificate_expiry_timestamp_seconds:min",
            "expr": "min by (server, certificate, usage) (milink_certificate_expiry_timestamp_seconds{%(selector)s})" % $._config,
          },
        ],
      },
    ],
  },
}
