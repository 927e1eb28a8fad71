{{- define "milink-exporter.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Names end after 63 characters: the DNS does not take more. The shorter limit leaves room for what is appended. */}}
{{- define "milink-exporter.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "milink-exporter.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride }}
{{- end }}

{{- define "milink-exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ include "milink-exporter.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "milink-exporter.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "milink-exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with omit .Values.commonLabels "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "milink-exporter.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "milink-exporter.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "milink-exporter.image" -}}
{{- $name := printf "%s/%s" .Values.image.registry .Values.image.repository }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $name .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $name (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* Whether a web configuration is given, and the Secret that holds it; empty without one. */}}
{{- define "milink-exporter.webConfigSecret" -}}
{{- if .Values.existingWebConfigSecret.name }}
{{- .Values.existingWebConfigSecret.name }}
{{- else if .Values.webConfig }}
{{- printf "%s-web" (include "milink-exporter.fullname" .) }}
{{- end }}
{{- end }}

{{/* What is wrong with the values and can't be said by the schema. */}}
{{- define "milink-exporter.validate" -}}
{{- $given := compact (list .Values.existingConfigMap.name .Values.existingConfigSecret.name) }}
{{- if gt (len $given) 1 }}
{{- fail "existingConfigMap.name and existingConfigSecret.name are both given: the configuration comes from one of them" }}
{{- end }}
{{- if and (not $given) (not .Values.config.servers) }}
{{- fail "config.servers is empty: list the servers to poll, or name existingConfigMap or existingConfigSecret" }}
{{- end }}
{{- if and .Values.existingWebConfigSecret.name .Values.webConfig }}
{{- fail "webConfig and existingWebConfigSecret.name are both given: the web configuration comes from one of them" }}
{{- end }}
{{- end }}
