/** Watches the Rekor v1 of a sandbox through its search index, over HTTP. */

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exampleJob, type JobClaims, jobIdentity } from '../../../sandbox/index.ts';
import { generateSigningKey, type SigningKey } from '../../../sandbox/pki/index.ts';
import { encodePem } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { logUrl, type MonitoredLog } from '../../../src/monitor/log/index.ts';
import { Watch, type WatchReport } from '../../../src/monitor/watch/index.ts';
import { Journal } from '../../../src/monitor/watch/journal.ts';
import { WatchList, type WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { runWatch, type WatchRunRequest } from '../../../src/run/watch/index.ts';
import { issuedUnder } from '../../../src/run/watch/issued.ts';
import {
  type RekorV1Search,
  type RekorV1SearchRequest,
  rekorV1Limits,
  searchRekorV1,
} from '../../../src/run/watch/search-rekor-v1.ts';
import type { Http, HttpResponse } from '../../../src/services/http/index.ts';
import { CountingHistory, observed, ruleFor, watchPolicy } from '../../monitor/kit/watch.ts';
import { Workplace } from '../workplace.ts';

const place = { line: 1 };
const minute = 60_000;

let work: Workplace;
let count = 0;
/** A repository and a state of each test. */
let repository = '';
let state = '';
beforeAll(async () => {
  work = await Workplace.open();
});
afterAll(() => work[Symbol.asyncDispose]());
beforeEach(() => {
  work.sandbox.behave();
  count += 1;
  repository = `example-org/app-${count}`;
  state = join(work.folder, `state-${count}`);
});

/** Submits a hashedrekord entry. @returns its UUID and the digest */
async function submit(key: SigningKey, pem: string): Promise<{ readonly uuid: string; readonly digest: string }> {
  count += 1;
  const content = Buffer.from(`artifact ${count}`);
  const digest = createHash('sha256').update(content).digest('hex');
  const body = JSON.stringify({
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: 'sha256', value: digest } },
      signature: {
        content: Buffer.from(key.sign(content)).toString('base64'),
        publicKey: { content: Buffer.from(pem).toString('base64') },
      },
    },
  });
  const url = `${work.sandbox.urls.rekorV1}/api/v1/log/entries`;
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(201);
  return { uuid: Object.keys((await answer.json()) as object)[0] ?? '', digest };
}

/** Signs as a workflow of the repository. */
function sign(ref = 'refs/heads/main', changes: Partial<JobClaims> = {}) {
  const key = generateSigningKey('P-256');
  const workflow = `${repository}/.github/workflows/release.yml@${ref}`;
  const identity = jobIdentity({
    ...exampleJob,
    iss: work.sandbox.urls.jobIssuer,
    sub: `repo:${repository}:ref:${ref}`,
    repository,
    ref,
    job_workflow_ref: workflow,
    workflow_ref: workflow,
    ...changes,
  });
  const certificate = work.sandbox.certificateAuthority.issue({
    publicKey: key.publicKey,
    notBefore: work.clock(),
    ...identity,
  });
  return submit(key, encodePem('CERTIFICATE', certificate));
}

/** Signs with a key that has no certificate. */
function signWith(key: SigningKey) {
  return submit(key, encodePem('PUBLIC KEY', key.publicKey));
}

function keyHash({ publicKey }: SigningKey): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

type ExpectedParts = Partial<WatchPolicy['repositories'][number]['expected']>;

function repositoryPolicy(expected: ExpectedParts = { workflows: ['release.yml'] }): Partial<WatchPolicy> {
  const nothing = {
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
  const one = { place, name: repository, id: undefined, ownerId: undefined, expected: { ...nothing, ...expected } };
  return { repositories: [one] };
}

interface Options {
  readonly isFromStart?: boolean;
  readonly through?: (http: Http) => Http;
  /** False if the run is killed before the entries are judged. */
  readonly isJudged?: boolean;
  readonly defaultBranch?: string;
  readonly cancellation?: AbortSignal;
}

interface Searched extends RekorV1Search {
  readonly report: WatchReport;
  /** The digests of the entries of findings. */
  readonly found: readonly string[];
  readonly sleeps: readonly number[];
}

/** Watches once. */
async function search(
  changes: Partial<WatchPolicy>,
  { isFromStart = false, through = (http) => http, isJudged = true, defaultBranch, cancellation }: Options = {},
): Promise<Searched> {
  const policy = { ...watchPolicy, ...changes };
  const world = work.world(cancellation && { cancellation });
  const roots = [{ trust: work.instance.trust }];
  const isIssued = issuedUnder(roots);
  const unknown = { kind: 'unknown', reason: 'the test has no services' } as const;
  const github = {
    workflowRun: async () => unknown,
    repository: async (name: string) =>
      defaultBranch === undefined
        ? unknown
        : ({ kind: 'known', value: { id: '1', ownerId: '2', name, defaultBranch, visibility: 'public' } } as const),
    compareToDefaultBranch: async () => unknown,
  };
  const watch = await Watch.open(
    { policy, matcher: WatchList.of(policy), state, isWhole: true },
    {
      ...world,
      facts: { github, receipts: { receipts: async () => unknown } },
      packages: undefined,
      isIssued,
      lookAlikes: { find: () => undefined },
      rules: [ruleFor('P01', '', { check: ({ digests }) => observed(digests[0]?.value ?? '') })],
      readHistory: (value) => new CountingHistory(value),
    },
  );
  const sleeps: number[] = [];
  const request: RekorV1SearchRequest = { logs: [logV1()], policy, isFromStart };
  const result = await searchRekorV1(
    request,
    { watch, roots, github, isIssued },
    { ...world, http: through(world.http), sleep: async (milliseconds) => void sleeps.push(milliseconds) },
  );
  const audit = { logs: [], findings: [], incomplete: [] };
  if (isJudged) await watch.judge(audit);
  const report = await watch.report(audit);
  return { ...result, report, found: report.open.map(({ title }) => title).sort(), sleeps };
}

function logV1(): MonitoredLog {
  const found = work.instance.trust.transparencyLogs.find(({ baseUrl }) => baseUrl === work.sandbox.urls.rekorV1);
  if (found === undefined) throw new Error('the trusted root has no Rekor v1');
  const { baseUrl, publicKey, keyId, validFor } = found;
  return {
    protocol: 'rekor-v1',
    baseUrl: logUrl(baseUrl),
    publicKey,
    keyId,
    validFor,
    names: [work.sandbox.rekorV1Log.active.log.origin],
  };
}

function isIndex({ url }: { readonly url: URL }): boolean {
  return url.pathname.endsWith('/index/retrieve');
}

/** Makes the index answer something else. */
function indexAnswers(change: (response: HttpResponse) => Partial<HttpResponse>): (http: Http) => Http {
  return (http) => async (request) => {
    const response = await http(request);
    return isIndex(request) ? { ...response, ...change(response) } : response;
  };
}

/** Makes the index list more entries. */
function indexLists(...more: readonly string[]): (http: Http) => Http {
  return indexAnswers(({ body }) => ({
    body: Buffer.from(JSON.stringify([...JSON.parse(Buffer.from(body).toString()), ...more])),
  }));
}

describe('a new signature', () => {
  test('of a watched repository is found, and those from before the watch are not', async () => {
    await sign();
    const first = await search(repositoryPolicy());
    expect(first).toMatchObject({ found: [], incomplete: [], report: { matched: 0 } });
    const { digest } = await sign();
    const second = await search(repositoryPolicy());
    expect(second).toMatchObject({ found: [digest], incomplete: [], report: { matched: 1 } });
    expect(second.report.open).toMatchObject([
      {
        about: {
          kind: 'entry',
          entry: {
            kind: 'hashedrekord',
            log: { baseUrl: work.sandbox.urls.rekorV1, origin: work.sandbox.rekorV1Log.active.log.origin },
            signers: [{ isIssued: true }],
            watchedAs: [{ what: 'repository', value: repository }],
          },
        },
      },
    ]);
    const third = await search(repositoryPolicy());
    expect(third).toMatchObject({ found: [digest], report: { matched: 0, changes: [] } });
  });

  test('has the index in its shard, under which the audit finds it too', async () => {
    work.sandbox.rekorV1Log.newShard();
    await search(repositoryPolicy());
    await sign();
    const { report } = await search(repositoryPolicy());
    const index = work.sandbox.rekorV1Log.active.log.size - 1;
    expect(report.open).toMatchObject([{ about: { entry: { index } } }]);
  });

  test('of a watched identity is found, in any letter case', async () => {
    const name = `https://github.com/${repository}/.github/workflows/release.yml@refs/tags/V1`;
    const policy: Partial<WatchPolicy> = {
      identities: [{ place, match: 'exact', value: name.toUpperCase(), issuer: undefined }],
    };
    const exact: Partial<WatchPolicy> = { identities: [{ place, match: 'exact', value: name, issuer: undefined }] };
    await search(exact);
    const { digest } = await sign('refs/tags/V1');
    expect((await search(exact)).found).toEqual([digest]);
    await rm(state, { recursive: true });
    expect((await search(policy, { isFromStart: true })).incomplete).toEqual([]);
  });

  test('with a watched key is found under both forms of the key', async () => {
    const key = generateSigningKey('P-256');
    const policy: Partial<WatchPolicy> = { keys: [{ place, value: keyHash(key), spki: key.publicKey }] };
    await search(policy);
    const { digest } = await signWith(key);
    const asked: unknown[] = [];
    const { found } = await search(policy, {
      through: (http) => (request) => {
        if (isIndex(request)) asked.push(Object.keys(JSON.parse(String(request.body))));
        return http(request);
      },
    });
    expect(found).toEqual([digest]);
    expect(asked).toEqual([['publicKey'], ['hash']]);
  });

  test('of a watched digest is found', async () => {
    const { digest } = await sign();
    const policy: Partial<WatchPolicy> = { digests: [{ place, value: `sha256:${digest}`, label: undefined }] };
    expect((await search(policy, { isFromStart: true })).found).toEqual([digest]);
  });

  test('is found from the start of the log, if that is requested', async () => {
    const { digest } = await sign();
    expect((await search(repositoryPolicy(), { isFromStart: true })).found).toEqual([digest]);
  });

  test('is one finding, whatever values list it', async () => {
    const { digest } = await sign();
    const name = `https://github.com/${repository}/.github/workflows/release.yml@refs/heads/main`;
    const policy: Partial<WatchPolicy> = {
      ...repositoryPolicy(),
      identities: [{ place, match: 'exact', value: name, issuer: undefined }],
      digests: [{ place, value: `sha256:${digest}`, label: undefined }],
    };
    const { found, report } = await search(policy, { isFromStart: true });
    expect(found).toEqual([digest]);
    expect(report.matched).toBe(1);
  });

  test('is found again if the run was killed before it was judged, and is one finding', async () => {
    await search(repositoryPolicy());
    const { digest } = await sign();
    expect((await search(repositoryPolicy(), { isJudged: false })).report.matched).toBe(1);
    const { found, report } = await search(repositoryPolicy());
    expect(found).toEqual([digest]);
    expect(report.signatures.map(({ count: signed }) => signed)).toEqual([1]);
  });
});

describe('the workflows and refs of a repository', () => {
  test('are those of the policy, with the branch that GitHub states', async () => {
    const policy = repositoryPolicy({ workflows: ['release.yml'], refs: ['refs/tags/v1', 'refs/tags/v2*'] });
    await search(policy, { defaultBranch: 'trunk' });
    const digests = [];
    for (const ref of ['refs/heads/main', 'refs/heads/master', 'refs/heads/trunk', 'refs/tags/v1'])
      digests.push((await sign(ref)).digest);
    await sign('refs/tags/v20');
    expect((await search(policy, { defaultBranch: 'trunk' })).found).toEqual(digests.sort());
  });

  test('that were seen are searched for, and entries from before the watch are not reported', async () => {
    await sign('refs/heads/dev');
    work.ahead += 60 * minute;
    const tag: Partial<WatchPolicy> = { ...repositoryPolicy(), digests: [] };
    await search(tag);
    const name = `https://github.com/${repository}/.github/workflows/release.yml@refs/heads/dev`;
    const both: Partial<WatchPolicy> = {
      ...tag,
      identities: [{ place, match: 'exact', value: name, issuer: undefined }],
    };
    await search(both);
    const { digest } = await sign('refs/heads/dev');
    expect((await search(both)).found).toEqual([digest]);
    const later = await sign('refs/heads/dev');
    // The branch was learned from the entry, whose identity is not watched any more.
    expect((await search(tag)).found).toEqual([digest, later.digest].sort());
  });

  test('are not learned from certificates that no trusted authority issued', async () => {
    const stranger = await Workplace.open();
    await using _ = stranger;
    const policy = repositoryPolicy();
    await search(policy);
    const key = generateSigningKey('P-256');
    const workflow = `${repository}/.github/workflows/forged.yml@refs/heads/main`;
    const identity = jobIdentity({
      ...exampleJob,
      iss: work.sandbox.urls.jobIssuer,
      sub: '',
      repository,
      job_workflow_ref: workflow,
      workflow_ref: workflow,
    });
    const certificate = stranger.sandbox.certificateAuthority.issue({
      publicKey: key.publicKey,
      notBefore: work.clock(),
      ...identity,
    });
    const { digest } = await submit(key, encodePem('CERTIFICATE', certificate));
    const watched: Partial<WatchPolicy> = {
      ...policy,
      digests: [{ place, value: `sha256:${digest}`, label: undefined }],
    };
    expect((await search(watched, { isFromStart: true })).found).toEqual([digest]);
    const names: string[] = [];
    await search(policy, {
      through: (http) => (request) => {
        if (isIndex(request)) names.push(String(request.body));
        return http(request);
      },
    });
    expect(names.join()).toContain('release.yml');
    expect(names.join()).not.toContain('forged.yml');
  });
});

describe('an altered answer', () => {
  test('that lists an entry of others is not believed', async () => {
    await search(repositoryPolicy());
    const { uuid } = await sign('refs/heads/main', { repository: 'somebody/else' });
    const other = await signWith(generateSigningKey('P-256'));
    const policy: Partial<WatchPolicy> = { digests: [{ place, value: `sha256:${'0'.repeat(64)}`, label: undefined }] };
    await search(policy);
    const result = await search(policy, { through: indexLists(uuid, other.uuid) });
    expect(result).toMatchObject({ found: [], incomplete: [], report: { matched: 0 } });
  });

  test('that lists an entry which is not in the log is incomplete', async () => {
    await search(repositoryPolicy());
    const uuid = 'ab'.repeat(32);
    const result = await search(repositoryPolicy(), { through: indexLists(uuid) });
    expect(result).toMatchObject({
      found: [],
      incomplete: [expect.stringMatching(/lists 1 entry that could not be proven: /)],
    });
    // It is requested again.
    expect((await search(repositoryPolicy(), { through: indexLists(uuid) })).incomplete).toHaveLength(1);
  });

  test('that is followed by an entry with an altered time is not believed', async () => {
    await search(repositoryPolicy());
    await sign();
    const { found, incomplete } = await search(repositoryPolicy(), {
      through: (http) => async (request) => {
        const response = await http(request);
        if (isIndex(request)) return response;
        const text = Buffer.from(response.body).toString();
        return { ...response, body: Buffer.from(text.replace(/"integratedTime":\d+/, '"integratedTime":1')) };
      },
    });
    expect(found).toEqual([]);
    expect(incomplete).toEqual([expect.stringContaining('could not be proven')]);
    expect((await search(repositoryPolicy())).found).toHaveLength(1);
  });

  test('that is not a list of UUIDs is incomplete', async () => {
    const { incomplete } = await search(repositoryPolicy(), {
      through: indexAnswers(() => ({ body: Buffer.from('{}') })),
    });
    expect(incomplete).toEqual([expect.stringMatching(/did not answer 2 queries: .* is not a list of UUIDs/)]);
  });
});

describe('a service that does not answer', () => {
  test('is incomplete, and the entries are found later', async () => {
    // The first search fails: entries since then are not of before the watch.
    const down = indexAnswers(() => ({ status: 503, body: new Uint8Array() }));
    const { incomplete } = await search(repositoryPolicy(), { through: down });
    expect(incomplete).toEqual([
      expect.stringMatching(/^the search index of .* (?:was not searched to the end|did not answer)/),
      expect.stringMatching(/^1 query was not sent/),
    ]);
    const { digest } = await sign();
    expect(await search(repositoryPolicy())).toMatchObject({ found: [digest], incomplete: [] });
  });

  test('is not asked again after its third refusal, and is left alone as long as it asks for', async () => {
    let asked = 0;
    const busy =
      (http: Http): Http =>
      async (request) => {
        asked += 1;
        const response = await http(request);
        return { ...response, status: 429, headers: { 'retry-after': '7' }, body: new Uint8Array() };
      };
    const policy = repositoryPolicy({ workflows: ['release.yml', 'ci.yml', 'docs.yml'] });
    const { incomplete, sleeps } = await search(policy, { through: busy });
    expect({ asked, sleeps }).toEqual({ asked: 3, sleeps: [7000, 7000] });
    expect(incomplete).toEqual([
      expect.stringContaining('refuses more requests (HTTP 429)'),
      '5 queries were not sent to the search index of ' +
        `${work.sandbox.urls.rekorV1}; the next run continues with them`,
    ]);
  });

  test('is not asked by a run that was cancelled', async () => {
    const { incomplete } = await search(repositoryPolicy(), { cancellation: AbortSignal.abort() });
    expect(incomplete).toEqual([expect.stringContaining('cancelled'), expect.stringContaining('not sent')]);
  });
});

describe('limits', () => {
  test('queries beyond the limit are sent by the next run', async () => {
    const identities = Array.from({ length: rekorV1Limits.requests + 30 }, (_, at) => ({
      place,
      match: 'exact' as const,
      value: `person-${at}@example.com`,
      issuer: undefined,
    }));
    const asked: string[] = [];
    const through =
      (http: Http): Http =>
      (request) => {
        asked.push(String(request.body));
        return http(request);
      };
    const { incomplete } = await search({ identities }, { through });
    expect(asked).toHaveLength(rekorV1Limits.requests);
    expect(incomplete).toEqual([expect.stringMatching(/^30 queries were not sent to the search index/)]);
    await search({ identities }, { through });
    expect(new Set(asked).size).toBe(identities.length);
  });

  test('entries beyond the limit are fetched by the next run', async () => {
    await search(repositoryPolicy({ workflows: ['release.yml'] }));
    const digests = [];
    for (let at = 0; at < 3; at++) digests.push((await sign()).digest);
    const many = Array.from({ length: rekorV1Limits.fetches - 1 }, (_, at) => at.toString(16).padStart(64, '0'));
    let fetched = 0;
    const crowded =
      (http: Http): Http =>
      async (request) => {
        if (isIndex(request)) {
          const response = await http(request);
          const uuids = JSON.parse(Buffer.from(response.body).toString());
          return { ...response, body: Buffer.from(JSON.stringify([...many, ...uuids])) };
        }
        fetched += 1;
        if (many.some((uuid) => request.url.pathname.endsWith(uuid)))
          return { status: 404, headers: {}, body: new Uint8Array() };
        return http(request);
      };
    const { incomplete, found } = await search(repositoryPolicy(), { through: crowded });
    expect(fetched).toBe(rekorV1Limits.fetches);
    expect(found).toHaveLength(1);
    expect(incomplete).toEqual([
      expect.stringMatching(/lists 999 entries that could not be proven/),
      expect.stringMatching(/lists more entries than were fetched; the next run continues with them$/),
    ]);
    expect((await search(repositoryPolicy())).found).toEqual(digests.sort());
  });
});

test('entries for which the journal has no room are found by a later run', async () => {
  await search(repositoryPolicy());
  const { digest } = await sign();
  const full = jest.spyOn(Journal.prototype, 'demandRoom').mockImplementation(() => {
    throw new CountersignError('LIMIT_EXCEEDED', 'the journal is full');
  });
  const { incomplete } = await search(repositoryPolicy());
  full.mockRestore();
  expect(incomplete).toEqual([
    expect.stringMatching(/was not searched to the end: the journal is full$/),
    expect.stringMatching(/lists more entries than were fetched/),
  ]);
  expect((await search(repositoryPolicy())).found).toEqual([digest]);
});

describe('a watch of all logs', () => {
  async function watch(isSearched: WatchRunRequest['isSearched'], through = (http: Http) => http) {
    const policy = { ...watchPolicy, ...repositoryPolicy() };
    const { trust, thresholds, sandbox } = work.instance;
    const world = work.world();
    const unknown = async () => ({ kind: 'unknown', reason: 'the test has no services' }) as const;
    const github = { workflowRun: unknown, repository: unknown, compareToDefaultBranch: unknown };
    return runWatch(
      {
        state,
        policy: { policy, matcher: WatchList.of(policy), lookAlikes: { find: () => undefined } },
        deliveries: [],
        logs: [work.sandbox.urls.rekorV1],
        bundles: [],
        witnesses: [],
        witnessPolicy: undefined,
        from: 'start',
        isIndexed: false,
        maxEntries: undefined,
        maxMinutes: undefined,
        keySource: 'a test',
        tool: 'countersign test',
        isSearched,
      },
      [{ instance: 'sandbox', trust, thresholds, sandbox }],
      { facts: { github, receipts: { receipts: unknown } }, packages: undefined },
      { ...world, http: through(world.http) },
    );
  }

  test('searches the logs that it is told to, and states what it cannot find', async () => {
    await sign();
    const asked: string[] = [];
    const through =
      (http: Http): Http =>
      (request) => {
        if (isIndex(request)) asked.push(String(request.body));
        return http(request);
      };
    const none = await watch(undefined, through);
    expect(asked).toEqual([]);
    expect(none.audit.logs.flatMap(({ notes }) => notes).join()).not.toContain('are found only under');
    await rm(state, { recursive: true });
    const report = await watch(({ baseUrl }) => baseUrl === work.sandbox.urls.rekorV1, through);
    expect(asked).toHaveLength(2);
    const notes = report.audit.logs.flatMap((log) => log.notes);
    expect(
      notes.filter((note) => note.includes(`signatures of ${repository} are found only under 2 names`)),
    ).toHaveLength(1);
    // The audit of this test reads the entries too: the entry is one.
    expect(report.matched).toBe(1);
    expect(none.matched).toBe(1);
  });

  test('is incomplete if the index does not answer', async () => {
    const through =
      (http: Http): Http =>
      async (request) =>
        isIndex(request) ? { status: 400, headers: {}, body: new Uint8Array() } : http(request);
    const { incomplete } = await watch(() => true, through);
    expect(incomplete).toContainEqual(expect.stringContaining('did not answer 2 queries'));
  });
});

test('the report states which entries cannot be found', async () => {
  const { notes } = await search({
    ...repositoryPolicy({
      workflows: ['release.yml', 'other-org/workflows/.github/workflows/build.yml'],
      refs: ['refs/tags/v*'],
    }),
    owners: [{ place, name: 'example-org', id: undefined }],
    issuers: [{ place, value: 'https://issuer.example.test' }],
    identities: [
      { place, match: 'glob', value: 'https://gitlab.com/octo/*', issuer: undefined },
      { place, match: 'segment', value: 'https://gitlab.com/octo', issuer: undefined },
    ],
    keys: [{ place, value: 'ab'.repeat(32) }],
    digests: [{ place, value: `sha384:${'ab'.repeat(48)}`, label: undefined }],
  });
  expect([...notes]).toEqual([
    [
      work.sandbox.urls.rekorV1,
      [
        `signatures of ${repository} are found only under 2 names of workflows with a branch or tag; other workflows, branches and tags are missed`,
        `signatures of ${repository} by workflows of other repositories are not found: other-org/workflows/.github/workflows/build.yml`,
        `branches and tags of ${repository} that match refs/tags/v* are found only if they were seen before`,
        'entries of owners are not found (the index has no owners): example-org',
        'entries of issuers are not found (the index has no issuers): https://issuer.example.test',
        'identities that match segments and globs are not found (the index has only whole names): https://gitlab.com/octo/*, https://gitlab.com/octo',
        `entries of keys are not found (the policy has only the hashes of these keys): ${'ab'.repeat(32)}`,
        `entries about digests are not found (the index has only SHA-256 and SHA-512): sha384:${'ab'.repeat(48)}`,
        'attestations about a watched digest are not found, since the log holds only the hash of a statement',
        'names that look like those of the policy are not found',
      ],
    ],
  ]);
  expect((await search(repositoryPolicy({}))).notes.get(work.sandbox.urls.rekorV1)).toContain(
    `signatures of ${repository} are not found, since the policy states no workflows of it and none was seen`,
  );
});
