/** The templates for the certificates of CI jobs, as those of the public instance (fulcio, config/identity/config.yaml). */

/** The CI systems, by Fulcio's names. */
export type JobKind = 'github-workflow' | 'gitlab-pipeline' | 'buildkite-job' | 'circleci-job' | 'forgejo-workflow';

/** The number of an extension, its name in Fulcio's messages, and the template or claim of its value. */
export type ExtensionTemplate = readonly [number: number, name: string, template: string];

export interface CiProvider {
  /** The default values of claims. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly subjectAlternativeName: string;
  /** In Fulcio's order, so that its message is about the same missing claim. */
  readonly extensions: readonly ExtensionTemplate[];
}

const circleciDefinition =
  '{{.api_url}}/projects/{{(index . "oidc.circleci.com/project-id")}}/pipeline-definitions/{{(index . "oidc.circleci.com/pipeline-definition-id")}}';

const buildkitePipeline = '{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}';

export const ciProviders: Readonly<Record<JobKind, CiProvider>> = {
  'github-workflow': {
    defaults: { url: 'https://github.com', environment: '' },
    subjectAlternativeName: '{{ .url }}/{{ .job_workflow_ref }}',
    extensions: [
      [2, 'GithubWorkflowTrigger', 'event_name'],
      [3, 'GithubWorkflowSHA', 'sha'],
      [4, 'GithubWorkflowName', 'workflow'],
      [5, 'GithubWorkflowRepository', 'repository'],
      [6, 'GithubWorkflowRef', 'ref'],
      [9, 'BuildSignerURI', '{{ .url }}/{{ .job_workflow_ref }}'],
      [10, 'BuildSignerDigest', 'job_workflow_sha'],
      [11, 'RunnerEnvironment', 'runner_environment'],
      [12, 'SourceRepositoryURI', '{{ .url }}/{{ .repository }}'],
      [13, 'SourceRepositoryDigest', 'sha'],
      [14, 'SourceRepositoryRef', 'ref'],
      [15, 'SourceRepositoryIdentifier', 'repository_id'],
      [16, 'SourceRepositoryOwnerURI', '{{ .url }}/{{ .repository_owner }}'],
      [17, 'SourceRepositoryOwnerIdentifier', 'repository_owner_id'],
      [18, 'BuildConfigURI', '{{ .url }}/{{ .workflow_ref }}'],
      [19, 'BuildConfigDigest', 'workflow_sha'],
      [20, 'BuildTrigger', 'event_name'],
      [21, 'RunInvocationURI', '{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}'],
      [22, 'SourceRepositoryVisibilityAtSigning', 'repository_visibility'],
      [23, 'DeploymentEnvironment', 'environment'],
    ],
  },
  'gitlab-pipeline': {
    defaults: { url: 'https://gitlab.com', environment: '' },
    subjectAlternativeName: 'https://{{ .ci_config_ref_uri }}',
    extensions: [
      [9, 'BuildSignerURI', 'https://{{ .ci_config_ref_uri }}'],
      [10, 'BuildSignerDigest', 'ci_config_sha'],
      [11, 'RunnerEnvironment', 'runner_environment'],
      [12, 'SourceRepositoryURI', '{{ .url }}/{{ .project_path }}'],
      [13, 'SourceRepositoryDigest', 'sha'],
      [14, 'SourceRepositoryRef', 'refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}'],
      [15, 'SourceRepositoryIdentifier', 'project_id'],
      [16, 'SourceRepositoryOwnerURI', '{{ .url }}/{{ .namespace_path }}'],
      [17, 'SourceRepositoryOwnerIdentifier', 'namespace_id'],
      [18, 'BuildConfigURI', 'https://{{ .ci_config_ref_uri }}'],
      [19, 'BuildConfigDigest', 'ci_config_sha'],
      [20, 'BuildTrigger', 'pipeline_source'],
      [21, 'RunInvocationURI', '{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}'],
      [22, 'SourceRepositoryVisibilityAtSigning', 'project_visibility'],
      [23, 'DeploymentEnvironment', 'environment'],
    ],
  },
  'buildkite-job': {
    defaults: { url: 'https://buildkite.com' },
    subjectAlternativeName: buildkitePipeline,
    extensions: [
      [11, 'RunnerEnvironment', 'runner_environment'],
      [13, 'SourceRepositoryDigest', 'build_commit'],
      [20, 'BuildTrigger', 'build_source'],
      [21, 'RunInvocationURI', `${buildkitePipeline}/builds/{{.build_number}}#{{.job_id}}`],
    ],
  },
  'circleci-job': {
    defaults: { api_url: 'https://circleci.com/api/v2', platform_url: 'https://app.circleci.com/' },
    subjectAlternativeName: circleciDefinition,
    extensions: [
      [9, 'BuildSignerURI', circleciDefinition],
      [11, 'RunnerEnvironment', '{{if eq (index . "oidc.circleci.com/ssh-rerun") "true"}}ssh-rerun{{ else }}""{{end}}'],
      [12, 'SourceRepositoryURI', '{{index . "oidc.circleci.com/vcs-origin"}}'],
      [14, 'SourceRepositoryRef', '{{index . "oidc.circleci.com/vcs-ref"}}'],
      [18, 'BuildConfigURI', '{{.api_url}}/pipeline/{{(index . "oidc.circleci.com/pipeline-id")}}/config'],
      [
        21,
        'RunInvocationURI',
        '{{.platform_url}}/workflow/{{(index . "oidc.circleci.com/workflow-id")}}/job/{{(index . "oidc.circleci.com/job-id")}}',
      ],
    ],
  },
  // Not in the public instance. docs/providers/forgejo.md describes it.
  'forgejo-workflow': {
    defaults: { url: 'https://codeberg.org' },
    subjectAlternativeName: '{{ .url }}/{{ .workflow_ref }}',
    extensions: [
      [9, 'BuildSignerURI', '{{ .url }}/{{ .workflow_ref }}'],
      [12, 'SourceRepositoryURI', '{{ .url }}/{{ .repository }}'],
      [13, 'SourceRepositoryDigest', 'sha'],
      [14, 'SourceRepositoryRef', 'ref'],
      [15, 'SourceRepositoryIdentifier', 'repository_id'],
      [16, 'SourceRepositoryOwnerURI', '{{ .url }}/{{ .repository_owner }}'],
      [17, 'SourceRepositoryOwnerIdentifier', 'repository_owner_id'],
      [18, 'BuildConfigURI', '{{ .url }}/{{ .workflow_ref }}'],
      [20, 'BuildTrigger', 'event_name'],
      [21, 'RunInvocationURI', '{{ .url }}/{{ .repository }}/actions/runs/{{ .run_number }}'],
    ],
  },
};
