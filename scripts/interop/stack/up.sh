#!/usr/bin/env bash
# Starts the real Sigstore services on loopback and writes the trust files. build.sh builds the programs, env.sh has the
# settings, down.sh stops what was started. Afterwards $STACK_STATE/stack.env has what a client needs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/env.sh"
. "$here/pki.sh"
S=$STACK_STATE; H=$STACK_HOST
if [ -d "$S/pid" ] && [ -n "$(ls -A "$S/pid")" ]; then echo "the services are up, or were not taken down: run down.sh, or remove $S/pid" >&2; exit 1; fi
mkdir -p "$S/pid" "$S/log" "$S/data"
[ -f "$S/pki/rekor1.pub" ] || make_pki "$S/pki"
P=$S/pki

# start NAME COMMAND... starts a program in its own session, and records its pid and its start time
start() {
  local name=$1; shift
  setsid "$@" >"$S/log/$name.log" 2>&1 </dev/null &
  echo "$! $(awk '{print $22}' "/proc/$!/stat")" >"$S/pid/$name"
}
# up NAME URL waits until the URL answers
up() {
  local i
  for i in $(seq 150); do
    curl -s -o /dev/null --max-time 2 "$2" && return 0
    kill -0 "$(cut -d' ' -f1 "$S/pid/$1")" 2>/dev/null || { echo "$1 stopped:" >&2; tail -20 "$S/log/$1.log" >&2; return 1; }
    sleep 0.1
  done
  echo "$1 does not answer at $2" >&2; tail -20 "$S/log/$1.log" >&2; return 1
}

# 1. OIDC (Fulcio reads its discovery document when it starts)
start oidc node "$here/oidc.mjs" "$H" "$OIDC_PORT" "$P/oidc.key" "$OIDC_REQUEST_TOKEN"
up oidc "http://$H:$OIDC_PORT/healthz"

# 2. the CT log, and what serves it at its address
start ctlog "$STACK_BIN/ctlog" -listen "$H:$CT_HTTP_PORT" -dir "$S/data/ct" -key "$P/ct.key" -roots "$P/fulcio-root.pem"
up ctlog "http://$H:$CT_HTTP_PORT/ct/v1/get-roots"
start ctlog-front node "$here/ct-front.mjs" "$H" "$CT_PORT" "http://$H:$CT_HTTP_PORT" "$P/ct.pub"
up ctlog-front "http://$H:$CT_PORT/ct/v1/get-roots"

# 3. Fulcio, twice: with the CT log, and the same CA without one
cat >"$S/fulcio.yaml" <<YAML
oidc-issuers:
  http://$H:$OIDC_PORT/gha:
    issuer-url: http://$H:$OIDC_PORT/gha
    client-id: sigstore
    type: ci-provider
    ci-provider: github-workflow
  http://$H:$OIDC_PORT/email:
    issuer-url: http://$H:$OIDC_PORT/email
    client-id: sigstore
    type: email
  http://$H:$OIDC_PORT/gitlab:
    issuer-url: http://$H:$OIDC_PORT/gitlab
    client-id: sigstore
    type: ci-provider
    ci-provider: gitlab-pipeline
  http://$H:$OIDC_PORT/buildkite:
    issuer-url: http://$H:$OIDC_PORT/buildkite
    client-id: sigstore
    type: ci-provider
    ci-provider: buildkite-job
  http://$H:$OIDC_PORT/circleci:
    issuer-url: http://$H:$OIDC_PORT/circleci
    client-id: sigstore
    type: ci-provider
    ci-provider: circleci-job
  http://$H:$OIDC_PORT/forgejo/api/actions:
    issuer-url: http://$H:$OIDC_PORT/forgejo/api/actions
    client-id: sigstore
    type: ci-provider
    ci-provider: forgejo-workflow
  http://$H:$OIDC_PORT/kubernetes:
    issuer-url: http://$H:$OIDC_PORT/kubernetes
    client-id: sigstore
    type: kubernetes
  http://$H:$OIDC_PORT/spiffe:
    issuer-url: http://$H:$OIDC_PORT/spiffe
    client-id: sigstore
    type: spiffe
    spiffe-trust-domain: example.org
  http://$H:$OIDC_PORT/username:
    issuer-url: http://$H:$OIDC_PORT/username
    client-id: sigstore
    type: username
    subject-domain: $H
ci-issuer-metadata:
  gitlab-pipeline:
    default-template-values:
      url: "https://gitlab.com"
      environment: ""
    extension-templates:
      build-signer-uri: "https://{{ .ci_config_ref_uri }}"
      build-signer-digest: ci_config_sha
      runner-environment: runner_environment
      source-repository-uri: "{{ .url }}/{{ .project_path }}"
      source-repository-digest: sha
      source-repository-ref: refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}
      source-repository-identifier: project_id
      source-repository-owner-uri: "{{ .url }}/{{ .namespace_path }}"
      source-repository-owner-identifier: namespace_id
      build-config-uri: "https://{{ .ci_config_ref_uri }}"
      build-config-digest: ci_config_sha
      build-trigger: pipeline_source
      run-invocation-uri: "{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}"
      source-repository-visibility-at-signing: project_visibility
      deployment-environment: environment
    subject-alternative-name-template: "https://{{ .ci_config_ref_uri }}"
  buildkite-job:
    default-template-values:
      url: "https://buildkite.com"
    extension-templates:
      run-invocation-uri: "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}/builds/{{.build_number}}#{{.job_id}}"
      runner-environment: runner_environment
      source-repository-digest: build_commit
      build-trigger: build_source
    subject-alternative-name-template: "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}"
  circleci-job:
    default-template-values:
      api_url: "https://circleci.com/api/v2"
      platform_url: "https://app.circleci.com/"
    extension-templates:
      build-config-uri: '{{.api_url}}/pipeline/{{(index . "oidc.circleci.com/pipeline-id")}}/config'
      build-signer-uri: '{{.api_url}}/projects/{{(index . "oidc.circleci.com/project-id")}}/pipeline-definitions/{{(index . "oidc.circleci.com/pipeline-definition-id")}}'
      run-invocation-uri: '{{.platform_url}}/workflow/{{(index . "oidc.circleci.com/workflow-id")}}/job/{{(index . "oidc.circleci.com/job-id")}}'
      runner-environment: '{{if eq (index . "oidc.circleci.com/ssh-rerun") "true"}}ssh-rerun{{ else }}""{{end}}'
      source-repository-ref: '{{index . "oidc.circleci.com/vcs-ref"}}'
      source-repository-uri: '{{index . "oidc.circleci.com/vcs-origin"}}'
    subject-alternative-name-template: '{{.api_url}}/projects/{{(index . "oidc.circleci.com/project-id")}}/pipeline-definitions/{{(index . "oidc.circleci.com/pipeline-definition-id")}}'
  # As docs/providers/forgejo.md has it.
  forgejo-workflow:
    default-template-values:
      url: "http://$H:$OIDC_PORT/forgejo"
    extension-templates:
      build-signer-uri: "{{ .url }}/{{ .workflow_ref }}"
      source-repository-uri: "{{ .url }}/{{ .repository }}"
      source-repository-digest: "sha"
      source-repository-ref: "ref"
      source-repository-identifier: "repository_id"
      source-repository-owner-uri: "{{ .url }}/{{ .repository_owner }}"
      source-repository-owner-identifier: "repository_owner_id"
      build-config-uri: "{{ .url }}/{{ .workflow_ref }}"
      build-trigger: "event_name"
      run-invocation-uri: "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_number }}"
    subject-alternative-name-template: "{{ .url }}/{{ .workflow_ref }}"
  github-workflow:
    default-template-values:
      url: "https://github.com"
      environment: ""
    extension-templates:
      github-workflow-trigger: event_name
      github-workflow-sha: sha
      github-workflow-name: workflow
      github-workflow-repository: repository
      github-workflow-ref: ref
      build-signer-uri: "{{ .url }}/{{ .job_workflow_ref }}"
      build-signer-digest: job_workflow_sha
      runner-environment: runner_environment
      source-repository-uri: "{{ .url }}/{{ .repository }}"
      source-repository-digest: sha
      source-repository-ref: ref
      source-repository-identifier: repository_id
      source-repository-owner-uri: "{{ .url }}/{{ .repository_owner }}"
      source-repository-owner-identifier: repository_owner_id
      build-config-uri: "{{ .url }}/{{ .workflow_ref }}"
      build-config-digest: workflow_sha
      build-trigger: event_name
      run-invocation-uri: "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}"
      source-repository-visibility-at-signing: repository_visibility
      deployment-environment: environment
    subject-alternative-name-template: "{{ .url }}/{{ .job_workflow_ref }}"
YAML
# fulcio NAME HTTP_PORT GRPC_PORT METRICS_PORT CT_LOG_URL
fulcio() {
  start "$1" "$STACK_BIN/fulcio" serve --config-path "$S/fulcio.yaml" --log_type prod \
    --host "$H" --port "$2" --grpc-host "$H" --grpc-port "$3" --metrics-port "$4" \
    --legacy-unix-domain-socket "$S/$1.sock" --ct-log-url "$5" --ct-log-public-key-path "${5:+$P/ct.pub}" \
    --ca fileca --fileca-cert "$P/fulcio-chain.pem" --fileca-key "$P/fulcio-intermediate.key" --fileca-key-passwd unused --fileca-watch=false
}
rm -f "$S"/fulcio*.sock
fulcio fulcio "$FULCIO_PORT" "$FULCIO_GRPC_PORT" "$FULCIO_METRICS_PORT" "http://$H:$CT_PORT"
fulcio fulcio-noct "$FULCIO_NOCT_PORT" "$FULCIO_NOCT_GRPC_PORT" "$FULCIO_NOCT_METRICS_PORT" ""

# 4. the timestamp authority. Its metrics listener is fixed at port 2112, and it stops if the port is taken; so it starts
#    before Rekor v1, which asks for the same port and runs without it too.
start tsa "$STACK_BIN/timestamp-server" serve --host "$H" --port "$TSA_PORT" --log-type prod --disable-ntp-monitoring \
  --timestamp-signer file --file-signer-key-path "$P/tsa.key" --certificate-chain-path "$P/tsa-chain.pem"

# 5. the witness of Rekor v2. litewitness takes its key from an agent, and reads the logs that it knows from its database.
rekor2_witness=()
if [ -n "$STACK_LITEWITNESS" ]; then
  mkdir -p "$S/trust"
  [ -f "$P/witness.key" ] || ssh-keygen -q -t ed25519 -N '' -C witness -f "$P/witness.key"
  rm -f "$S/agent"
  start witness-agent ssh-agent -D -a "$S/agent"
  for _ in $(seq 50); do [ ! -S "$S/agent" ] || break; sleep 0.1; done
  SSH_AUTH_SOCK="$S/agent" ssh-add -q "$P/witness.key"
  start witness "$STACK_LITEWITNESS" -name witness.local.test -db "$S/data/witness.db" -ssh-agent "$S/agent" \
    -key "$(ssh-keygen -l -f "$P/witness.key.pub" | cut -d' ' -f2)" -listen "$H:$WITNESS_PORT"
  up witness "http://$H:$WITNESS_PORT/"
  rekor2_key=$(node "$here/note-key.mjs" "$H" 1 "$P/rekor2.pub")
  "${STACK_PYTHON:-python3}" "$here/witness_log.py" "$S/data/witness.db" "$H" "$rekor2_key"
  printf 'log %s\nwitness local %s http://%s:%s\nquorum local\n' "$rekor2_key" "$(node "$here/note-key.mjs" witness.local.test 4 "$P/witness.key.pub")" "$H" "$WITNESS_PORT" >"$S/trust/witness_policy.txt"
  rekor2_witness=(--witness-policy-path "$S/trust/witness_policy.txt")
fi

# 6. Rekor v2. The origin of its checkpoints must be the host name of the log's URL, because sigstore-go derives one from the
#    other. It serves no tiles, so files.mjs does.
mkdir -p "$S/data/rekor2"
start rekor2 "$STACK_BIN/rekor-tiles-posix" serve --hostname "$H" --http-address "$H" --http-port "$REKOR2_HTTP_PORT" \
  --grpc-address "$H" --grpc-port "$REKOR2_GRPC_PORT" --http-metrics-port "$REKOR2_METRICS_PORT" \
  --storage-dir "$S/data/rekor2" --signer-filepath "$P/rekor2.key" --checkpoint-interval "$REKOR2_CHECKPOINT_INTERVAL" --batch-max-age 20ms --persistent-antispam \
  "${rekor2_witness[@]}"
start rekor2-front node "$here/files.mjs" "$H" "$REKOR2_PORT" "$S/data/rekor2" /api/v2/ "http://$H:$REKOR2_HTTP_PORT"

# 7. Rekor v1 on an in-memory Trillian
if [ "$STACK_REKOR1" = 1 ]; then
  start trillian "$STACK_BIN/trillianmem" -listen "$H:$TRILLIAN_PORT"
  for _ in $(seq 50); do (exec 3<>"/dev/tcp/$H/$TRILLIAN_PORT") 2>/dev/null && break; sleep 0.1; done
  start rekor1 "$STACK_BIN/rekor-server" serve --log_type prod --rekor_server.address "$H" --port "$REKOR1_PORT" --rekor_server.hostname "$H" \
    --rekor_server.signer "$P/rekor1.key" --trillian_log_server.address "$H" --trillian_log_server.port "$TRILLIAN_PORT" --enable_retrieve_api=false
fi

# 8. two registries: one with the referrers API of OCI 1.1, and one without, where clients fall back to a tag
start registry "$STACK_BIN/ociregistry" -listen "$H:$REGISTRY_PORT"
start registry-noref "$STACK_BIN/ociregistry" -listen "$H:$REGISTRY_NOREF_PORT" -referrers=false

# 9. the artifact service
start results node "$here/results.mjs" "$H" "$RESULTS_PORT" "$S/data/results" "$S/results.token"

up fulcio "http://$H:$FULCIO_PORT/healthz"
up fulcio-noct "http://$H:$FULCIO_NOCT_PORT/healthz"
up tsa "http://$H:$TSA_PORT/ping"
up rekor2 "http://$H:$REKOR2_HTTP_PORT/healthz"
up rekor2-front "http://$H:$REKOR2_PORT/api/v2/checkpoint"
[ "$STACK_REKOR1" != 1 ] || up rekor1 "http://$H:$REKOR1_PORT/ping"
up registry "http://$H:$REGISTRY_PORT/v2/"
up results "http://$H:$RESULTS_PORT/healthz"
up registry-noref "http://$H:$REGISTRY_NOREF_PORT/v2/"

# 10. the trust files
. "$here/trust.sh"
make_trust "$S/trust"
seed_logs "$S/trust"
if [ -n "$STACK_PYTHON" ]; then
  # One repository per state folder, so that a root which a client has cached is valid after a restart.
  [ -f "$S/tuf/repo/1.root.json" ] || "$STACK_PYTHON" "$here/tuf_repo.py" "$S/tuf" "$S/trust/trusted_root.json" "$S/trust/signing_config.json"
  start tuf node "$here/files.mjs" "$H" "$TUF_PORT" "$S/tuf/repo" /
  up tuf "http://$H:$TUF_PORT/1.root.json"
fi

cat >"$S/stack.env" <<ENV
export ACTIONS_ID_TOKEN_REQUEST_URL='http://$H:$OIDC_PORT/gha/token?job=1'
export ACTIONS_ID_TOKEN_REQUEST_TOKEN='$OIDC_REQUEST_TOKEN'
export OIDC_GHA='http://$H:$OIDC_PORT/gha'
export OIDC_EMAIL='http://$H:$OIDC_PORT/email'
export OIDC_GITLAB='http://$H:$OIDC_PORT/gitlab'
export OIDC_BUILDKITE='http://$H:$OIDC_PORT/buildkite'
export OIDC_CIRCLECI='http://$H:$OIDC_PORT/circleci'
export OIDC_FORGEJO='http://$H:$OIDC_PORT/forgejo/api/actions'
export OIDC_KUBERNETES='http://$H:$OIDC_PORT/kubernetes'
export OIDC_SPIFFE='http://$H:$OIDC_PORT/spiffe'
export OIDC_USERNAME='http://$H:$OIDC_PORT/username'
export FULCIO_URL='http://$H:$FULCIO_PORT'
export FULCIO_NOCT_URL='http://$H:$FULCIO_NOCT_PORT'
export CT_URL='http://$H:$CT_PORT'
export REKOR2_URL='http://$H:$REKOR2_PORT'
export REKOR1_URL='http://$H:$REKOR1_PORT'
export TSA_URL='http://$H:$TSA_PORT/api/v1/timestamp'
export REGISTRY='$H:$REGISTRY_PORT'
export REGISTRY_NOREF='$H:$REGISTRY_NOREF_PORT'
export TUF_URL='http://$H:$TUF_PORT'
export ACTIONS_RESULTS_URL='http://$H:$RESULTS_PORT/'
export ACTIONS_RUNTIME_TOKEN='$(cat "$S/results.token")'
export TRUST='$S/trust'
export PATH="$STACK_BIN:\$PATH"
ENV
echo "up: $(ls "$S/pid" | tr '\n' ' ')- settings in $S/stack.env"
