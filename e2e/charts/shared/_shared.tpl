{{/* Name of the objects: that of the release where the chart's name is in it, as charts have it. */}}
{{- define "fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if contains .Chart.Name .Release.Name -}}
{{ .Release.Name }}
{{- else -}}
{{ .Release.Name }}-{{ .Chart.Name }}
{{- end -}}
{{- end -}}

{{/* Labels by which a Deployment knows its pods, as JSON. */}}
{{- define "labels" -}}
{{ dict "app.kubernetes.io/name" .Chart.Name "app.kubernetes.io/instance" .Release.Name | toJson }}
{{- end -}}

{{/* Name of the service account. From: name, account (its values). */}}
{{- define "account" -}}
{{- if .account.create -}}
{{ .account.name | default .name }}
{{- else -}}
{{ .account.name | default "default" }}
{{- end -}}
{{- end -}}

{{/* A service account. From: release, name, account (its values). */}}
{{- define "serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name }}
  namespace: {{ .release.Namespace }}
  annotations: {{ toJson .account.annotations }}
automountServiceAccountToken: {{ dig "automountServiceAccountToken" true .account }}
{{- end -}}

{{/* Rights in the whole cluster. From: release, name, account (its name), rules (as YAML). */}}
{{- define "rights" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ .name }}
rules: {{ .rules | fromYamlArray | toJson }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ .name }}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ .name | quote }} }
subjects:
- { kind: ServiceAccount, name: {{ .account }}, namespace: {{ .release.Namespace }} }
{{- end -}}

{{/* A budget of disruptions. From: release, name, labels, budget (its spec). */}}
{{- define "disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  namespace: {{ .release.Namespace }}
spec: {{ merge (dict "selector" (dict "matchLabels" .labels)) .budget | toJson }}
{{- end -}}

{{/*
Pods. From: release, name, labels, replicas, account (its name), container (as YAML), and values, where the chart keeps
what it hands to pods as it is; where there are any: context, hostNetwork, strategy, volumes (as YAML).
*/}}
{{- define "deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  namespace: {{ .release.Namespace }}
  labels: {{ toJson .labels }}
spec:
  replicas: {{ .replicas }}
  selector:
    matchLabels: {{ toJson .labels }}
  {{- with .strategy }}
  strategy: {{ toJson . }}
  {{- end }}
  template:
    metadata:
      labels: {{ merge (dict) .labels .values.podLabels | toJson }}
      annotations: {{ toJson .values.podAnnotations }}
    spec:
      serviceAccountName: {{ .account }}
      {{- with .context }}
      securityContext: {{ toJson . }}
      {{- end }}
      {{- if .hostNetwork }}
      hostNetwork: true
      {{- end }}
      {{- range $field := list
        "affinity"
        "dnsPolicy"
        "imagePullSecrets"
        "nodeSelector"
        "priorityClassName"
        "terminationGracePeriodSeconds"
        "tolerations"
        "topologySpreadConstraints" }}
      {{- with get $.values $field }}
      {{ $field }}: {{ toJson . }}
      {{- end }}
      {{- end }}
      containers: [{{ .container | fromYaml | toJson }}]
      {{- with .volumes }}
      volumes: {{ . | fromYamlArray | toJson }}
      {{- end }}
{{- end -}}
