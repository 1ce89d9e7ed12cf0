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
