{{- define "cbtguard.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name -}}
{{- end -}}
{{- end -}}

{{- define "cbtguard.operator" -}}
{{- printf "%s-operator" (include "cbtguard.fullname" . | trunc 40 | trimSuffix "-") -}}
{{- end -}}

{{- define "cbtguard.serviceAccount" -}}
{{- default (include "cbtguard.operator" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "cbtguard.selector" -}}
app.kubernetes.io/name: cbtguard
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "cbtguard.labels" -}}
{{ include "cbtguard.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* Namespaces that hold VCenters. */ -}}
{{- define "cbtguard.vcenterNamespaces" -}}
{{- default (list .Release.Namespace) .Values.vcenterNamespaces | uniq | join "," -}}
{{- end -}}

{{- /*
The text of a plain file with the release's names in it. Takes (list $ file). Placeholders come first, so that a release
that is itself called like one of the plain names is not renamed twice.
*/ -}}
{{- define "cbtguard.file" -}}
{{- $root := index . 0 -}}
{{- $text := $root.Files.Get (index . 1) -}}
{{- $text = $text | replace "kind: ServiceAccount\n  name: cbtguard-operator" "kind: ServiceAccount\n  name: @account@" -}}
{{- $text = $text | replace "cbtguard-system:cbtguard-operator" "@namespace@:@account@" | replace "cbtguard-system" "@namespace@" -}}
{{- $text = regexReplaceAll "cbtguard-(operator|view|edit|admin|records|statuses)" $text "@name@-${1}" -}}
{{- $text = $text | replace "@name@-operator" (include "cbtguard.operator" $root) -}}
{{- $text = $text | replace "@name@" (include "cbtguard.fullname" $root | trunc 40 | trimSuffix "-") -}}
{{- $text | replace "@account@" (include "cbtguard.serviceAccount" $root) | replace "@namespace@" $root.Release.Namespace -}}
{{- end -}}

{{- /* One object of a plain file with the chart's labels added. Takes (list $ object). */ -}}
{{- define "cbtguard.labelled" -}}
{{- $root := index . 0 -}}
{{- $object := index . 1 -}}
{{- $labels := merge (default dict $object.metadata.labels) (include "cbtguard.labels" $root | fromYaml) -}}
{{- $_ := set $object.metadata "labels" $labels }}
---
{{ toYaml $object }}
{{- end -}}

{{- /* What every pod of the operator has: its account, its user, where it may run. */ -}}
{{- define "cbtguard.pod" -}}
serviceAccountName: {{ include "cbtguard.serviceAccount" . }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
volumes:
- name: tmp
  emptyDir: {sizeLimit: {{ .Values.tmp.sizeLimit }}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
The operator in a pod. Takes (list $ (list more arguments)). Values that earlier charts did not have are given their defaults
here: helm upgrade --reuse-values brings none.
*/ -}}
{{- define "cbtguard.container" -}}
{{- $root := index . 0 -}}
{{- $more := index . 1 -}}
{{- with $root -}}
- name: operator
  {{- with .Values.image }}
  image: {{ printf "%s%s" .repository (ternary (printf "@%s" .digest) (printf ":%s" (default $root.Chart.AppVersion .tag)) (ne .digest "")) | quote }}
  imagePullPolicy: {{ .pullPolicy }}
  {{- end }}
  args:
  - --http-port={{ .Values.ports.http }}
  - --page-port={{ default 8081 .Values.ports.page }}
  - --leader-elect={{ .Values.leaderElection.enabled }}
  - --lease-seconds={{ default 15 .Values.leaderElection.leaseSeconds }}
  - --log-format={{ .Values.log.format }}
  - --per-vm-metrics={{ get (dict "true" "on" "false" "off") (toString .Values.metrics.perVm) | default .Values.metrics.perVm | default "auto" }}
  - --vcenter-namespaces={{ include "cbtguard.vcenterNamespaces" . }}
  {{- range .Values.extraArgs }}
  - {{ quote . }}
  {{- end }}
  {{- range $more }}
  - {{ . }}
  {{- end }}
  env:
  - name: POD_NAMESPACE
    valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
  - name: POD_NAME
    valueFrom: {fieldRef: {fieldPath: metadata.name}}
  {{- with .Values.jvm.options }}
  - name: JAVA_TOOL_OPTIONS
    value: {{ join " " . | quote }}
  {{- end }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with .Values.resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities: {drop: [ALL]}
  volumeMounts:
  - {name: tmp, mountPath: /tmp}
{{- end -}}
{{- end -}}
