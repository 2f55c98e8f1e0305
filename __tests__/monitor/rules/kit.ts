/** Entries, facts and policies for tests of rules. What a test does not change is an honest release of octo/app. */

import {
  type CertifiedSigner,
  type EntryRule,
  everything,
  type Facts,
  Learned,
  lookAlikeFinder,
  type Observation,
  type RuleContext,
  type Verdict,
  type WatchedEntry,
  type WatchedSigner,
  type WorkflowJob,
  type WorkflowRun,
} from '../../../src/monitor/rules/index.ts';
import type { ExpectedSignatures, WatchedRepository, WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';

export const issuedAt = new Date('2026-11-23T12:00:00Z');
export const now = new Date('2026-11-23T15:00:00Z');
export const commit = '1'.repeat(40);
export const otherCommit = '2'.repeat(40);
export const githubIssuer = 'https://token.actions.githubusercontent.com';
const minute = 60_000;

export function minutesAfter(minutes: number, time = issuedAt): Date {
  return new Date(time.getTime() + minutes * minute);
}

export function daysAfter(days: number, time = issuedAt): Date {
  return minutesAfter(days * 24 * 60, time);
}

type Claims = Readonly<Record<string, string | undefined>>;

/** Claims of a job of GitHub Actions. */
export interface JobClaims {
  readonly repository?: string;
  readonly id?: string;
  readonly ownerId?: string;
  readonly workflow?: string;
  readonly ref?: string;
  readonly commit?: string;
  readonly run?: string;
  readonly attempt?: number;
  readonly trigger?: string;
  /** `octo/workflows/.github/workflows/sign.yml@refs/heads/main`. */
  readonly signer?: string;
  readonly claims?: Claims;
}

/** Returns a certificate as Fulcio issues it to a job. */
export function jobSigner(job: JobClaims = {}, changes: Partial<CertifiedSigner> = {}): CertifiedSigner {
  const { repository = 'octo/app', id = '12345', ownerId = '678', ref = 'refs/tags/v1.0.0' } = job;
  const { workflow = 'release.yml', run = '42', attempt = 1, trigger = 'push' } = job;
  const [owner = ''] = repository.split('/');
  const sha = job.commit ?? commit;
  const config = `https://github.com/${repository}/.github/workflows/${workflow}@${ref}`;
  const builder = job.signer === undefined ? config : `https://github.com/${job.signer}`;
  return {
    kind: 'certificate',
    names: [{ kind: 'uri', value: builder }],
    claims: {
      issuer: githubIssuer,
      buildSignerUri: builder,
      buildSignerDigest: sha,
      runnerEnvironment: 'github-hosted',
      sourceRepositoryUri: `https://github.com/${repository}`,
      sourceRepositoryDigest: sha,
      sourceRepositoryRef: ref,
      sourceRepositoryIdentifier: id,
      sourceRepositoryOwnerUri: `https://github.com/${owner}`,
      sourceRepositoryOwnerIdentifier: ownerId,
      buildConfigUri: config,
      buildConfigDigest: sha,
      buildTrigger: trigger,
      runInvocationUri: `https://github.com/${repository}/actions/runs/${run}/attempts/${attempt}`,
      sourceRepositoryVisibility: 'public',
      githubWorkflowTrigger: trigger,
      githubWorkflowSha: sha,
      githubWorkflowRepository: repository,
      githubWorkflowRef: ref,
      ...job.claims,
    },
    keyHash: 'a'.repeat(64),
    certificateHash: 'b'.repeat(64),
    tbsHash: 'c'.repeat(64),
    notBefore: issuedAt,
    notAfter: minutesAfter(10),
    ...changes,
  };
}

/** Returns a certificate of a person. */
export function personSigner(
  email = 'jane@octo.example',
  issuer = 'https://accounts.google.com',
  changes: Partial<CertifiedSigner> = {},
): CertifiedSigner {
  return jobSigner(
    {},
    { names: [{ kind: 'email', value: email }], claims: { issuer }, keyHash: 'd'.repeat(64), ...changes },
  );
}

export const digest = `${'e'.repeat(64)}`;
export const otherDigest = `${'f'.repeat(64)}`;

export function signature(
  signer: WatchedSigner = jobSigner(),
  {
    digests = [digest],
    ...changes
  }: Partial<Omit<WatchedEntry, 'digests'>> & { readonly digests?: readonly string[] } = {},
): WatchedEntry {
  return {
    log: { origin: 'log.example', baseUrl: 'https://log.example', protocol: 'rekor-v2' },
    index: 7,
    leafHash: '9'.repeat(64),
    seenAt: minutesAfter(30),
    loggedAt: undefined,
    type: 'signature',
    kind: 'hashedrekord',
    digests: digests.map((value) => ({ algorithm: 'sha256', value, of: 'signed' })),
    signers: [signer],
    problems: [],
    watchedAs: [{ what: 'repository', value: 'octo/app', line: 3 }],
    ...changes,
  };
}

/** Returns the entry of a certificate log for the certificate of a signature. */
export function precertificate(
  signer: CertifiedSigner = jobSigner(),
  changes: Partial<WatchedEntry> = {},
): WatchedEntry {
  return {
    ...signature(signer, { digests: [] }),
    log: { origin: 'ct.example', baseUrl: 'https://ct.example', protocol: 'rfc6962' },
    type: 'certificate',
    kind: 'precertificate',
    loggedAt: issuedAt,
    ...changes,
  };
}

export function job(name = 'release', changes: Partial<WorkflowJob> = {}): WorkflowJob {
  return {
    name,
    status: 'completed',
    conclusion: 'success',
    startedAt: minutesAfter(-2),
    completedAt: minutesAfter(2),
    workflowName: 'Release',
    ...changes,
  };
}

export function run(changes: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: '42',
    attempt: 1,
    path: '.github/workflows/release.yml',
    headSha: commit,
    headBranch: 'v1.0.0',
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    createdAt: minutesAfter(-3),
    updatedAt: minutesAfter(3),
    url: 'https://github.com/octo/app/actions/runs/42',
    referencedWorkflows: [],
    jobs: [job()],
    ...changes,
  };
}

const nothingExpected: ExpectedSignatures = {
  workflows: [],
  jobs: [],
  refs: [],
  movingTags: [],
  triggers: [],
  runners: [],
  environments: [],
  signers: [],
  receipts: [],
};

export function repository(
  expected: Partial<ExpectedSignatures> = {},
  changes: Partial<WatchedRepository> = {},
): WatchedRepository {
  return {
    place: { line: 3 },
    name: 'octo/app',
    id: undefined,
    ownerId: undefined,
    expected: { ...nothingExpected, ...expected },
    ...changes,
  };
}

export const emptyPolicy: WatchPolicy = {
  path: '.github/countersign.yml',
  host: 'github.com',
  repositories: [],
  owners: [],
  identities: [],
  issuers: [],
  keys: [],
  digests: [],
  packages: [],
  protectedNames: [],
  rules: new Map(),
  acknowledgements: [],
};

export const knownFacts: Facts = {
  run: { kind: 'known', value: run() },
  repository: {
    kind: 'known',
    value: { id: '12345', ownerId: '678', name: 'octo/app', defaultBranch: 'main', visibility: 'public' },
  },
  commit: { kind: 'known', value: 'behind' },
  receipts: { kind: 'absent' },
};

export interface ContextChanges extends Partial<Omit<RuleContext, 'facts' | 'policy'>> {
  readonly facts?: Partial<Facts>;
  readonly policy?: Partial<WatchPolicy>;
  readonly expected?: Partial<ExpectedSignatures>;
}

export function context({ facts, policy, expected, ...changes }: ContextChanges = {}): RuleContext {
  const watched = 'repository' in changes ? changes.repository : repository(expected);
  const whole = { ...emptyPolicy, repositories: watched === undefined ? [] : [watched], ...policy };
  return {
    policy: whole,
    facts: { ...knownFacts, ...facts },
    factsOf: () => ({ ...knownFacts, ...facts }),
    history: new Learned(),
    lookAlikes: lookAlikeFinder(whole),
    read: { rekor: undefined, certificates: undefined },
    now,
    ...changes,
    repository: watched,
  };
}

/** Returns a history of these entries, in this order. */
export function historyOf(...entries: readonly WatchedEntry[]): Learned {
  const history = new Learned();
  for (const [index, entry] of entries.entries()) history.remember({ ...entry, index });
  return history;
}

/** Returns a history that has learned octo/app from one honest entry 40 days before, and from these ones after it. */
export function learnedHistory(...entries: readonly WatchedEntry[]): Learned {
  const first = signature(jobSigner({ run: '1', ref: 'refs/tags/v0.9.0' }, { ...old, keyHash: '0'.repeat(64) }), {
    digests: ['0'.repeat(64)],
  });
  const history = historyOf(first, ...entries);
  if (!history.isLearned(everything, issuedAt)) throw new Error('the history has not learned');
  return history;
}

const old = { notBefore: daysAfter(-40), notAfter: minutesAfter(10, daysAfter(-40)) } as const;

/** Returns the observation of a rule. */
export function observedBy(rule: EntryRule, entry: WatchedEntry, changes: ContextChanges = {}): Observation {
  const verdict = rule.check(entry, context(changes));
  if (verdict?.kind !== 'observed') throw new Error(`the rule observes nothing: ${JSON.stringify(verdict)}`);
  return verdict;
}

export function verdictOf(rule: EntryRule, entry: WatchedEntry, changes: ContextChanges = {}): Verdict | undefined {
  return rule.check(entry, context(changes));
}
