{{/* The pod of one shard. The volumes stand side by side: none can be mounted inside another that is read-only. 288 is 0440. */}}
{{- define "milink-exporter.pod" -}}
{{- $shard := .shard }}
{{- $shards := .shards }}
{{- with .root }}
{{- $webSecret := include "milink-exporter.webConfigSecret" . }}
serviceAccountName: {{ include "milink-exporter.serviceAccountName" . }}
automountServiceAccountToken: {{ .Values.automountServiceAccountToken }}
enableServiceLinks: false
{{- if .Values.hostNetwork }}
hostNetwork: true
{{- end }}
{{- with default (ternary "ClusterFirstWithHostNet" "" .Values.hostNetwork) .Values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.extraInitContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: milink-exporter
    image: {{ include "milink-exporter.image" . | quote }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    args:
      - --config.file=/etc/milink-exporter/config/{{ include "milink-exporter.configKey" . }}
      {{- if $webSecret }}
      - --web.config.file=/etc/milink-exporter/web/{{ ternary .Values.existingWebConfigSecret.key "web-config.yaml" (ne .Values.existingWebConfigSecret.name "") }}
      {{- end }}
      - --log.level={{ .Values.log.level }}
      - --log.format={{ .Values.log.format }}
      {{- if gt $shards 1 }}
      - --shard={{ $shard }}
      - --total-shards={{ $shards }}
      {{- end }}
      {{- with .Values.extraArgs }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    env:
      - name: NODE_OPTIONS
        value: {{ with .Values.maxOldSpaceMegabytes }}--max-old-space-size={{ int . }} {{ end }}--disable-sigusr1
      {{- with .Values.extraEnvs }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .Values.extraEnvFrom }}
    envFrom:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    ports:
      - name: http
        containerPort: 10522
        protocol: TCP
    {{- with .Values.securityContext }}
    securityContext:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.livenessProbe }}
    livenessProbe:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.readinessProbe }}
    readinessProbe:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.startupProbe }}
    startupProbe:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.resources }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    volumeMounts:
      - name: config
        mountPath: /etc/milink-exporter/config
        readOnly: true
      {{- range .Values.existingSecrets }}
      - name: secret-{{ . }}
        mountPath: /etc/milink-exporter/secrets/{{ . }}
        readOnly: true
      {{- end }}
      {{- if $webSecret }}
      - name: web-config
        mountPath: /etc/milink-exporter/web
        readOnly: true
      {{- end }}
      {{- if .Values.history.existingClaim }}
      - name: history
        mountPath: /var/lib/milink-exporter
        subPath: shard-{{ $shard }}
      {{- end }}
      {{- with .Values.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
  {{- with .Values.extraContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes:
  - name: config
    {{- if .Values.existingConfigSecret.name }}
    secret:
      secretName: {{ .Values.existingConfigSecret.name }}
      defaultMode: 288
    {{- else }}
    configMap:
      name: {{ default (include "milink-exporter.fullname" .) .Values.existingConfigMap.name }}
    {{- end }}
  {{- range .Values.existingSecrets }}
  - name: secret-{{ . }}
    secret:
      secretName: {{ . }}
      defaultMode: 288
  {{- end }}
  {{- if $webSecret }}
  - name: web-config
    secret:
      secretName: {{ $webSecret }}
      defaultMode: 288
  {{- end }}
  {{- with .Values.history.existingClaim }}
  - name: history
    persistentVolumeClaim:
      claimName: {{ . }}
  {{- end }}
  {{- with .Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "topologySpreadConstraints" "hostAliases" "dnsConfig" }}
{{- with index $.root.Values $field }}
{{ $field }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The name of the configuration file in its volume. */}}
{{- define "milink-exporter.configKey" -}}
{{- if .Values.existingConfigSecret.name }}
{{- .Values.existingConfigSecret.key }}
{{- else if .Values.existingConfigMap.name }}
{{- .Values.existingConfigMap.key }}
{{- else -}}
milink.yaml
{{- end }}
{{- end }}
