/** The JSON of the API, as GitHub's OpenAPI description has it. */

import type { JsonObject, JsonValue } from '../../src/core/encoding/index.ts';
import type { Artifact } from '../artifacts/index.ts';
import { type CommitRelation, distances } from './commits.ts';
import type { SandboxIssue } from './issues.ts';
import type { SandboxRepository, SandboxRun } from './repository.ts';

const web = 'https://github.com';

const avatars = 'https://avatars.githubusercontent.com';

/** Returns the id of an object in GraphQL. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}

/** Returns times without fractions, as GitHub does. */
export function time(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Returns the JSON of a user, bot or organization. */
export function userDocument(api: string, login: string, id: number): JsonObject {
  const url = `${api}/users/${encodeURIComponent(login)}`;
  const isBot = login.endsWith('[bot]');
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `${avatars}/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: isBot ? `${web}/apps/${login.slice(0, -5)}` : `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** Returns the JSON of the user of a token. */
export function privateUserDocument(api: string, login: string, id: number, since: Date): JsonObject {
  return {
    ...userDocument(api, login, id),
    ...Object.fromEntries(['name', 'company', 'location', 'email', 'hireable', 'bio'].map((name) => [name, null])),
    blog: '',
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(since),
    updated_at: time(since),
  };
}

/** The members of a repository with the URLs of its parts, by the rest of each URL. */
const parts: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

function ownerAndName(repository: SandboxRepository): readonly [owner: string, name: string] {
  const [owner = '', name = ''] = repository.name.split('/');
  return [owner, name];
}

/** Returns the JSON of a repository in other objects. */
export function minimalRepositoryDocument(api: string, repository: SandboxRepository): JsonObject {
  const url = `${api}/repos/${repository.name}`;
  const [owner, name] = ownerAndName(repository);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name,
    full_name: repository.name,
    private: !repository.isPublic,
    owner: { ...userDocument(api, owner, repository.ownerId), type: repository.ownerType },
    html_url: `${web}/${repository.name}`,
    description: null,
    fork: repository.isFork,
    url,
    ...Object.fromEntries(Object.entries(parts).map(([member, rest]) => [member, `${url}${rest}`])),
  };
}

export function repositoryDocument(api: string, repository: SandboxRepository): JsonObject {
  const html = `${web}/${repository.name}`;
  const at = time(repository.createdAt);
  const openIssues = repository.issues.filter(({ state }) => state === 'open').length;
  return {
    ...minimalRepositoryDocument(api, repository),
    created_at: at,
    updated_at: at,
    pushed_at: at,
    git_url: `git://github.com/${repository.name}.git`,
    ssh_url: `git@github.com:${repository.name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    topics: [],
    visibility: repository.visibility,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    network_count: 0,
    subscribers_count: 0,
  };
}

/** Returns the number of the workflow with a file name: the same for the same name. */
export function workflowId(file: string): number {
  return [...file].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 100_000_000, 7) + 1;
}

export function runDocument(api: string, repository: SandboxRepository, run: SandboxRun): JsonObject {
  const [owner] = ownerAndName(repository);
  const url = `${api}/repos/${repository.name}/actions/runs/${run.id}`;
  const actor = userDocument(api, owner, repository.ownerId);
  const name = run.workflow.replace(/\.ya?ml$/, '');
  const at = { created_at: time(run.createdAt), updated_at: time(run.updatedAt), run_started_at: time(run.createdAt) };
  return {
    id: run.id,
    name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: `.github/workflows/${run.workflow}`,
    display_title: name,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: workflowId(run.workflow),
    check_suite_id: run.id + 1,
    check_suite_node_id: nodeId('CheckSuite', run.id + 1),
    url,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}`,
    pull_requests: [],
    ...at,
    actor,
    run_attempt: run.attempt,
    referenced_workflows: run.referencedWorkflows.map(({ path, sha, ref }) => ({ path, sha, ...(ref && { ref }) })),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/repos/${repository.name}/check-suites/${run.id + 1}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/repos/${repository.name}/actions/workflows/${workflowId(run.workflow)}`,
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: 'A commit of the sandbox',
      timestamp: time(run.createdAt),
      author: person(owner),
      committer: person(owner),
    },
    repository: minimalRepositoryDocument(api, repository),
    head_repository: minimalRepositoryDocument(api, run.headRepository),
  };
}

function person(login: string): JsonObject {
  return { name: login, email: `${login}@users.noreply.github.com` };
}

export function jobDocument(
  api: string,
  repository: SandboxRepository,
  run: SandboxRun,
  job: SandboxRun['jobs'][number],
): JsonObject {
  const status = job.status ?? 'completed';
  const conclusion = status === 'completed' ? (job.conclusion ?? 'success') : null;
  const started = time(job.startedAt ?? run.createdAt);
  const completed = status === 'completed' ? time(job.completedAt ?? run.updatedAt) : null;
  const isAssigned = status !== 'queued' && conclusion !== 'skipped';
  const url = `${api}/repos/${repository.name}`;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.replace(/\.ya?ml$/, ''),
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}/job/${job.id}`,
    status,
    conclusion,
    created_at: time(run.createdAt),
    started_at: started,
    completed_at: completed,
    name: job.name,
    steps: [],
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: isAssigned ? 1 : null,
    runner_name: isAssigned ? 'GitHub Actions 1' : null,
    runner_group_id: isAssigned ? 0 : null,
    runner_group_name: isAssigned ? 'GitHub Actions' : null,
  };
}

export function artifactDocument(
  api: string,
  repository: SandboxRepository,
  run: SandboxRun,
  artifact: Artifact,
  now: Date,
): JsonObject {
  const url = `${api}/repos/${repository.name}/actions/artifacts/${artifact.id}`;
  return {
    id: Number(artifact.id),
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expiresAt <= now,
    created_at: time(artifact.createdAt),
    updated_at: time(artifact.createdAt),
    expires_at: time(artifact.expiresAt),
    digest: artifact.digest,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

/** Returns the JSON of an issue. `idOf` returns the ids of users. */
export function issueDocument(
  api: string,
  repository: SandboxRepository,
  issue: SandboxIssue,
  idOf: (login: string) => number,
): JsonObject {
  const repositoryUrl = `${api}/repos/${repository.name}`;
  const url = `${repositoryUrl}/issues/${issue.number}`;
  const html = `${web}/${repository.name}/${issue.isPullRequest ? 'pull' : 'issues'}/${issue.number}`;
  const pull = `${repositoryUrl}/pulls/${issue.number}`;
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: userDocument(api, issue.author, idOf(issue.author)),
    labels: issue.labels.map((label) => labelDocument(repositoryUrl, label)),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: issue.closedAt === undefined ? null : time(issue.closedAt),
    author_association: 'NONE',
    active_lock_reason: null,
    body: issue.body,
    closed_by: null,
    timeline_url: `${url}/timeline`,
    state_reason: issue.stateReason,
    ...(issue.isPullRequest && {
      draft: false,
      pull_request: {
        url: pull,
        html_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        merged_at: null,
      },
    }),
  };
}

function labelDocument(repositoryUrl: string, name: string): JsonObject {
  return {
    id: workflowId(name),
    node_id: nodeId('Label', name),
    url: `${repositoryUrl}/labels/${encodeURIComponent(name)}`,
    name,
    color: 'ededed',
    default: false,
    description: null,
  };
}

export function commentDocument(
  api: string,
  repository: SandboxRepository,
  issue: SandboxIssue,
  { id, author, body, at }: SandboxIssue['comments'][number],
  idOf: (login: string) => number,
): JsonObject {
  const url = `${api}/repos/${repository.name}/issues`;
  return {
    url: `${url}/comments/${id}`,
    html_url: `${web}/${repository.name}/issues/${issue.number}#issuecomment-${id}`,
    issue_url: `${url}/${issue.number}`,
    id,
    node_id: nodeId('IssueComment', id),
    user: userDocument(api, author, idOf(author)),
    created_at: time(at),
    updated_at: time(at),
    author_association: 'NONE',
    body,
  };
}

/** Returns the JSON of a comparison, with the commit that only the head has. */
export function comparisonDocument(
  api: string,
  repository: SandboxRepository,
  [base, head]: readonly [base: string, head: string],
  relation: CommitRelation,
): JsonObject {
  const { ahead, behind } = distances(relation);
  const html = `${web}/${repository.name}/compare/${base}...${head}`;
  const commit = commitDocument(api, repository, head);
  return {
    url: `${api}/repos/${repository.name}/compare/${base}...${head}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commit,
    merge_base_commit: commit,
    status: relation,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: ahead === 0 ? [] : [commit],
    files: [],
  };
}

function commitDocument(api: string, repository: SandboxRepository, sha: string): JsonObject {
  const url = `${api}/repos/${repository.name}`;
  const [owner] = ownerAndName(repository);
  const by: JsonObject = { ...person(owner), date: time(repository.createdAt) };
  const user: JsonValue = userDocument(api, owner, repository.ownerId);
  return {
    sha,
    node_id: nodeId('Commit', sha),
    commit: {
      author: by,
      committer: by,
      message: 'A commit of the sandbox',
      tree: { sha, url: `${url}/git/trees/${sha}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url: `${url}/commits/${sha}`,
    html_url: `${web}/${repository.name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    author: user,
    committer: user,
    parents: [],
  };
}
