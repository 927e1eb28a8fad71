{{/* Namespace, labels and annotations of a PrometheusRule. */}}
{{- define "milink-exporter.ruleMetadata" -}}
namespace: {{ default (include "milink-exporter.namespace" .) .Values.prometheusRule.namespace }}
labels:
  {{- include "milink-exporter.labels" . | nindent 2 }}
  {{- with .Values.prometheusRule.additionalLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.prometheusRule.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What the rules are filled in with, as YAML. The job is what the ServiceMonitor makes of the name. */}}
{{- define "milink-exporter.ruleSettings" -}}
{{- $defaults := .Files.Get "files/rule-settings.yaml" | fromYaml }}
{{- $_ := set $defaults "exporterJob" (include "milink-exporter.name" .) }}
{{- range $key, $value := .Values.prometheusRule.settings }}
{{- if not (hasKey $defaults $key) }}
{{- fail (printf "prometheusRule.settings: there is no setting %s: use one of %s" $key (keys $defaults | sortAlpha | join ", ")) }}
{{- end }}
{{- $_ := set $defaults $key $value }}
{{- end }}
{{- $text := dict }}
{{- range $key, $value := $defaults }}
{{- if kindIs "float64" $value }}
{{- $value = ternary (printf "%d" (int64 $value)) (printf "%v" $value) (eq (float64 (int64 $value)) $value) }}
{{- end }}
{{- $_ := set $text $key (toString $value) }}
{{- end }}
{{- /* What follows from identityLabels, as src/mixin/config.ts has it. */}}
{{- $by := "" }}
{{- $matchers := "" }}
{{- $values := "" }}
{{- range $label := splitList "," (toString $defaults.identityLabels) }}
{{- with trim $label }}
{{- $by = printf "%s%s, " $by . }}
{{- $matchers = printf "%s%s=%%+q," $matchers . }}
{{- $values = printf "%s$labels.%s " $values . }}
{{- end }}
{{- end }}
{{- $_ := set $text "identity" $by }}
{{- $_ := set $text "identityMatchers" $matchers }}
{{- $_ := set $text "identityValues" $values }}
{{- toYaml $text }}
{{- end }}

{{/* One rule with its settings filled in, as YAML. Only alerts have labels and annotations to add to. */}}
{{- define "milink-exporter.rule" -}}
{{- $settings := .settings }}
{{- $rule := dict }}
{{- range $key, $value := .rule }}
{{- if kindIs "string" $value }}
{{- $_ := set $rule $key (include "milink-exporter.fill" (dict "text" $value "settings" $settings)) }}
{{- else }}
{{- $texts := dict }}
{{- range $name, $text := $value }}
{{- if or (ne $name "dashboard_url") $settings.grafanaBaseUrl }}
{{- $_ := set $texts $name (include "milink-exporter.fill" (dict "text" $text "settings" $settings)) }}
{{- end }}
{{- end }}
{{- $_ := set $rule $key $texts }}
{{- end }}
{{- end }}
{{- if $rule.alert }}
{{- $_ := set $rule "labels" (merge (dict) .values.alertLabels $rule.labels) }}
{{- $_ := set $rule "annotations" (merge (dict) .values.alertAnnotations $rule.annotations) }}
{{- end }}
{{- toYaml $rule }}
{{- end }}

{{/* A text with the settings in the place of their references. */}}
{{- define "milink-exporter.fill" -}}
{{- $text := .text }}
{{- if not .settings.selector }}
{{- $text = $text | replace "{%(selector)s}" "" | replace ",%(selector)s}" "}" }}
{{- end }}
{{- range $key, $value := .settings }}
{{- $text = replace (printf "%%(%s)s" $key) $value $text }}
{{- end }}
{{- $text }}
{{- end }}
