/**
 * Compares SLSA provenance with the certificate that signed it. The signer writes the statement, and the certificate authority the
 * certificate: a job that was taken over can write another source or builder into a statement, and not into its certificate.
 *
 * Only build types that are known say what their parameters mean. What a statement or a certificate lacks contradicts nothing.
 */

import type { FulcioClaims } from '../../certificate/index.ts';
import { asObject, asText, type JsonValue, memberAt } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import { type Provenance, statedList } from '../../statement/index.ts';

/** A value of a statement, and the values of the certificate of which it has to be one. */
interface Comparison {
  readonly what: string;
  readonly stated: string | undefined;
  readonly certified: readonly (string | undefined)[];
}

type Reader = (provenance: Provenance, claims: FulcioClaims) => readonly Comparison[];

/**
 * Compares a statement with a certificate.
 *
 * @returns the kinds of values that were compared and agree, without repetition
 * @throws CountersignError `PROVENANCE_MISMATCH` if one contradicts the certificate; `STATEMENT_INVALID` for a value that is no text
 */
export function compareProvenance(provenance: Provenance, claims: FulcioClaims): readonly string[] {
  const compared = readerOf(provenance)(provenance, claims).flatMap(({ what, stated, certified }) => {
    const known = certified.filter((value) => value !== undefined);
    return stated === undefined || stated === '' || known.length === 0 ? [] : [{ what, stated, known }];
  });
  const differences = compared.flatMap(({ what, stated, known }) =>
    known.includes(stated)
      ? []
      : [`the ${what} ${JSON.stringify(stated.slice(0, 300))}, and the certificate ${JSON.stringify(known[0])}`],
  );
  if (differences.length > 0)
    fail('PROVENANCE_MISMATCH', `the provenance contradicts the certificate: it states ${differences.join('; ')}`, {
      remedy: 'Do not use the artifact. Ask the publisher how the statement was made.',
    });
  return [...new Set(compared.map(({ what }) => what))];
}

const readers: readonly (readonly [buildType: RegExp, version: Provenance['version'], read: Reader])[] = [
  [
    /^https:\/\/(?:actions\.github\.io\/buildtypes|slsa-framework\.github\.io\/github-actions-buildtypes)\/workflow\/v1$/,
    'v1',
    workflowJob,
  ],
  [/^urn:countersign:build-type:forgejo-workflow:v1$/, 'v1', workflowJob],
  [/^urn:countersign:build-type:gitlab-job:v1$/, 'v1', gitlabJob],
  [/^https:\/\/docs\.gitlab\.com\/.*\/slsa\/provenance_v1$/, 'v1', gitlabRunner],
  [/^https:\/\/gitlab\.com\/gitlab-org\/gitlab-runner\/-\/blob\/[^/]+\/PROVENANCE\.md$/, 'v1', gitlabRunner],
  [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, 'v1', generator],
  [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, 'v0.2', generatorV0],
  [/^https:\/\/github\.com\/npm\/cli\/gha[@/]/, 'v0.2', environmentV0],
  [/^https:\/\/github\.com\/npm\/cli\/gitlab[@/]/, 'v0.2', npmOnGitlab],
];

/** Returns the reader of a build type. Other types that state a workflow as GitHub's do are compared by it alone. */
function readerOf({ buildType = '', version }: Provenance): Reader {
  const known = readers.find(([type, of]) => of === version && type.test(buildType));
  if (known !== undefined) return known[2];
  return version === 'v1' ? workflowOf : () => [];
}

/** Compares the workflow: `{ repository, ref, path }`. */
function workflowOf({ predicate }: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const workflow = memberAt(predicate, 'buildDefinition', 'externalParameters', 'workflow');
  const config = configOf(claims);
  return [
    repository(textAt(workflow, 'repository'), claims),
    // npm states the ref of the workflow file, and GitHub the ref that was built.
    ref(textAt(workflow, 'ref'), claims, config?.ref),
    { what: 'workflow', stated: textAt(workflow, 'path'), certified: [config?.path] },
  ];
}

/** Compares a job of GitHub Actions or Forgejo Actions. */
function workflowJob(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, 'buildDefinition', 'internalParameters');
  const job = memberAt(parameters, 'github') ?? memberAt(parameters, 'forgejo');
  return [
    ...workflowOf(provenance, claims),
    ...source(firstDependency(predicate), claims),
    ...ids(job, ['repository_id', 'repository_owner_id', 'event_name', 'runner_environment'], claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, 'runDetails', 'metadata', 'invocationId'), claims),
  ];
}

/** Compares a job of GitLab as Countersign states it. */
function gitlabJob(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate, builderId } = provenance;
  const parameters = memberAt(predicate, 'buildDefinition', 'externalParameters');
  const job = memberAt(predicate, 'buildDefinition', 'internalParameters', 'gitlab');
  return [
    repository(textAt(parameters, 'project'), claims),
    ref(textAt(parameters, 'ref'), claims),
    { what: 'workflow', stated: textAt(parameters, 'config'), certified: [claims.buildConfigUri] },
    ...source(firstDependency(predicate), claims),
    ...ids(job, ['project_id', 'namespace_id', 'pipeline_source', 'runner_environment'], claims),
    { what: 'builder', stated: builderId, certified: [claims.buildSignerUri] },
    ...run(textAt(predicate, 'runDetails', 'metadata', 'invocationId'), claims),
  ];
}

/** Compares a job of GitLab as GitLab states it: the builder is a runner of the project, and the run the number of the job. */
function gitlabRunner(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate } = provenance;
  const definition = memberAt(predicate, 'buildDefinition');
  return [
    repository(textAt(definition, 'externalParameters', 'source'), claims),
    ...source(firstDependency(predicate), claims),
    ...runnerOf(provenance, claims),
    ...run(textAt(definition, 'internalParameters', 'job'), claims),
    ...run(textAt(predicate, 'runDetails', 'metadata', 'invocationId'), claims),
  ];
}

/** Compares v1 of slsa-github-generator, which states the source as an artifact. */
function generator(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, 'buildDefinition', 'externalParameters');
  const stated = memberAt(parameters, 'source');
  // Builder images are dependencies too.
  const cloned = statedList(predicate, 'buildDefinition', 'resolvedDependencies').find((one) =>
    textAt(one, 'uri')?.startsWith('git+'),
  );
  return [
    ...workflowOf(provenance, claims),
    ...source(memberAt(stated, 'artifact') ?? stated, claims),
    ...source(cloned, claims),
    workflowFile(valueAt(parameters, 'workflowPath'), claims),
    ...environment(memberAt(predicate, 'buildDefinition', 'internalParameters'), claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, 'runDetails', 'metadata', 'invocationId'), claims),
  ];
}

function generatorV0(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  return [...environmentV0(provenance, claims), ...workflowBuilder(provenance, claims)];
}

/** Compares v0.2 with the variables of a job of GitHub Actions. */
function environmentV0(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate } = provenance;
  const config = memberAt(predicate, 'invocation', 'configSource');
  return [
    ...source(config, claims),
    ...source(statedList(predicate, 'materials')[0], claims),
    workflowFile(textAt(config, 'entryPoint'), claims),
    ...environment(memberAt(predicate, 'invocation', 'environment'), claims),
    ...runner(provenance, claims),
    ...invocation(predicate, claims),
  ];
}

function npmOnGitlab(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { predicate } = provenance;
  const variables = memberAt(predicate, 'invocation', 'parameters');
  return [
    ...source(memberAt(predicate, 'invocation', 'configSource'), claims),
    ...source(statedList(predicate, 'materials')[0], claims),
    commit(textAt(variables, 'CI_COMMIT_SHA'), claims),
    repository(textAt(variables, 'CI_PROJECT_URL'), claims),
    {
      what: 'repository ID',
      stated: textAt(variables, 'CI_PROJECT_ID'),
      certified: [claims.sourceRepositoryIdentifier],
    },
    { what: 'trigger', stated: textAt(variables, 'CI_PIPELINE_SOURCE'), certified: [claims.buildTrigger] },
    ...runnerOf(provenance, claims),
    ...invocation(predicate, claims),
  ];
}

/** Compares the variables of a job of GitHub Actions, which npm writes in capitals. */
function environment(variables: JsonValue | undefined, claims: FulcioClaims): readonly Comparison[] {
  const variable = (name: string): string | undefined =>
    valueAt(variables, `GITHUB_${name}`) ?? valueAt(variables, `github_${name.toLowerCase()}`);
  const [id, attempt] = [variable('RUN_ID'), variable('RUN_ATTEMPT')];
  return [
    { ...repository(variable('REPOSITORY'), claims), certified: [pathOf(claims.sourceRepositoryUri)?.toLowerCase()] },
    ref(variable('REF'), claims),
    commit(variable('SHA'), claims),
    commit(variable('SHA1'), claims),
    { what: 'repository ID', stated: variable('REPOSITORY_ID'), certified: [claims.sourceRepositoryIdentifier] },
    { what: 'owner ID', stated: variable('REPOSITORY_OWNER_ID'), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: 'trigger', stated: variable('EVENT_NAME'), certified: [claims.buildTrigger] },
    { what: 'workflow', stated: variable('WORKFLOW_REF'), certified: [pathOf(claims.buildConfigUri)] },
    { what: 'workflow commit', stated: variable('WORKFLOW_SHA'), certified: [claims.buildConfigDigest] },
    ...run(id === undefined || attempt === undefined ? id : `${id}-${attempt}`, claims),
  ];
}

/** Compares an artifact that is the source: its URI with the repository and ref, and its digest with the commit. */
function source(artifact: JsonValue | undefined, claims: FulcioClaims): readonly Comparison[] {
  const uri = textAt(artifact, 'uri') ?? '';
  const [, address, at] = /^(?:git\+)?(https?:\/\/[^@#]+)(?:[@#](.*))?$/.exec(uri) ?? [];
  const isCommit = at !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(at);
  return [
    repository(address ?? (uri === '' ? undefined : uri), claims),
    isCommit ? commit(at, claims) : ref(at, claims),
    // GitLab's runner states a commit as a SHA-256.
    ...['gitCommit', 'sha1', 'sha256'].map((algorithm) => commit(textAt(artifact, 'digest', algorithm), claims)),
  ];
}

function firstDependency(predicate: JsonValue): JsonValue | undefined {
  return statedList(predicate, 'buildDefinition', 'resolvedDependencies')[0];
}

/** Letter case makes no difference in the names of repositories. */
function repository(stated: string | undefined, { sourceRepositoryUri }: FulcioClaims): Comparison {
  const plain = (address: string | undefined): string | undefined =>
    address
      ?.replace(/^git\+/, '')
      .replace(/\.git$/, '')
      .toLowerCase();
  return { what: 'repository', stated: plain(stated), certified: [plain(sourceRepositoryUri)] };
}

/** @param other another ref that may be meant */
function ref(stated: string | undefined, { sourceRepositoryRef }: FulcioClaims, other?: string): Comparison {
  // What a certificate without a ref of the source says about the workflow is not about the source.
  const certified = sourceRepositoryRef === undefined ? [] : [sourceRepositoryRef, other];
  return { what: 'ref', stated, certified };
}

/** Compares the path of a workflow file. Older versions of npm state the name of the workflow in its place. */
function workflowFile(stated: string | undefined, claims: FulcioClaims): Comparison {
  const path = stated !== undefined && /\.ya?ml$/.test(stated) ? stated : undefined;
  return { what: 'workflow', stated: path, certified: [configOf(claims)?.path] };
}

function commit(stated: string | undefined, { sourceRepositoryDigest }: FulcioClaims): Comparison {
  return { what: 'commit', stated, certified: [sourceRepositoryDigest] };
}

/** Compares the IDs of repository and owner, the trigger and the runner, by these names. */
function ids(
  job: JsonValue | undefined,
  [repositoryId, ownerId, trigger, environment]: readonly [string, string, string, string],
  claims: FulcioClaims,
): readonly Comparison[] {
  return [
    { what: 'repository ID', stated: textAt(job, repositoryId), certified: [claims.sourceRepositoryIdentifier] },
    { what: 'owner ID', stated: textAt(job, ownerId), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: 'trigger', stated: textAt(job, trigger), certified: [claims.buildTrigger] },
    { what: 'runner', stated: textAt(job, environment), certified: [claims.runnerEnvironment] },
  ];
}

/**
 * Compares a builder that is a workflow: the one that signs, which may be a reusable one of another repository. Behind the delegator of
 * slsa-github-generator, the builder is the workflow that delegates to it.
 */
function workflowBuilder(provenance: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const { builderId = '' } = provenance;
  const { buildSignerUri } = claims;
  const isRunner = /^https:\/\/github\.com\/actions\/runner(?:\/|$)/.test(builderId);
  if (isRunner || (buildSignerUri !== undefined && delegator.test(buildSignerUri))) return runner(provenance, claims);
  return [{ what: 'builder', stated: builderId, certified: [buildSignerUri] }];
}

const delegator =
  /^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\/\.github\/workflows\/delegator_[\w-]+\.yml@/;

/** Compares a builder that is a kind of runner: `https://github.com/actions/runner/github-hosted`. */
function runner({ builderId = '' }: Provenance, { runnerEnvironment }: FulcioClaims): readonly Comparison[] {
  const [, kind] = /^https:\/\/github\.com\/actions\/runner\/(.+)$/.exec(builderId) ?? [];
  return [{ what: 'runner', stated: kind, certified: [runnerEnvironment] }];
}

/** Compares a builder that is a runner of a project of GitLab. */
function runnerOf({ builderId = '' }: Provenance, claims: FulcioClaims): readonly Comparison[] {
  const [, project] = /^(.+)\/-\/runners\/\d+$/.exec(builderId) ?? [];
  return [repository(project, claims)];
}

/** Compares the invocation of v0.2, which npm and older generators write in two spellings. */
function invocation(predicate: JsonValue, claims: FulcioClaims): readonly Comparison[] {
  return ['buildInvocationId', 'buildInvocationID'].flatMap((name) => run(textAt(predicate, 'metadata', name), claims));
}

/** Compares a run: its address; the numbers of run and attempt (`123-1`), or of the run; or the number of a job. */
function run(stated: string | undefined, { runInvocationUri }: FulcioClaims): readonly Comparison[] {
  if (runInvocationUri === undefined) return [];
  const [, id, attempt] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(runInvocationUri) ?? [];
  const [, job] = /\/-\/jobs\/(\d+)$/.exec(runInvocationUri) ?? [];
  const isAddress = stated?.includes('/') ?? false;
  const numbers = id === undefined ? job : stated?.includes('-') ? `${id}-${attempt}` : id;
  return [{ what: 'run', stated, certified: [isAddress ? runInvocationUri : numbers] }];
}

/** Returns the path and the ref of the workflow file; the path is relative to the source repository if it is in there. */
function configOf(claims: FulcioClaims): { readonly path: string; readonly ref: string } | undefined {
  const { buildConfigUri = '', sourceRepositoryUri } = claims;
  const isOwn = sourceRepositoryUri !== undefined && buildConfigUri.startsWith(`${sourceRepositoryUri}/`);
  const relative = isOwn ? buildConfigUri.slice(sourceRepositoryUri.length + 1) : pathOf(buildConfigUri);
  const [, path, ref] = /^(.+?\.ya?ml)@(.+)$/.exec(relative ?? '') ?? [];
  return path === undefined || ref === undefined ? undefined : { path, ref };
}

/** Returns what follows the host of an address. */
function pathOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : /^https?:\/\/[^/]+\/(.+)$/.exec(address)?.[1];
}

/** Returns a text or number; `undefined` if there is nothing. @throws CountersignError `STATEMENT_INVALID` */
function textAt(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const found = memberAt(value, ...path) ?? undefined;
  if (found === undefined) return undefined;
  if (typeof found === 'number') return String(found);
  return asText(found) ?? fail('STATEMENT_INVALID', `${path.join('.')} in the predicate is not a text`);
}

/** Returns a text, which early versions of slsa-github-generator put into an object: `{ "value": "…" }`. */
function valueAt(value: JsonValue | undefined, name: string): string | undefined {
  const found = memberAt(value, name);
  return asObject(found) === undefined ? textAt(value, name) : textAt(found, 'value');
}
