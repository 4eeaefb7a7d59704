{{- /* Labels of every object. */ -}}
{{- define "apiserver-vip.labels" -}}
app.kubernetes.io/name: apiserver-vip
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- /* What the operator's pods are found by. */ -}}
{{- define "apiserver-vip.operatorSelector" -}}
app.kubernetes.io/name: apiserver-vip
app.kubernetes.io/component: operator
{{- end }}

{{- /* Labels of the operator's objects. */ -}}
{{- define "apiserver-vip.operatorLabels" -}}
{{ include "apiserver-vip.labels" . }}
app.kubernetes.io/component: operator
{{- end }}

{{- /* Labels of the agents' objects. */ -}}
{{- define "apiserver-vip.agentLabels" -}}
{{ include "apiserver-vip.labels" . }}
app.kubernetes.io/component: node-agent
{{- end }}

{{- /* An image by its values; takes a list of them and the chart's appVersion. */ -}}
{{- define "apiserver-vip.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default (index . 1) }}
{{- end -}}
{{- end }}
