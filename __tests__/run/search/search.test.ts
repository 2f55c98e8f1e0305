/** Searches in the Rekor v1 of a sandbox, through the index of the service. */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { canonicalJson, encodePem, utf8 } from '../../../src/core/encoding/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import type { MonitoredLog } from '../../../src/monitor/log/index.ts';
import { isComplete, type SearchReport } from '../../../src/report/index.ts';
import { readSearchQuery, type SearchRequest, type SearchWishes, searchLogs } from '../../../src/run/search/index.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import type { HttpRequest, HttpResponse } from '../../../src/services/http/index.ts';
import { bodiesV1, Instance, submittedPem } from '../../kit/instance.ts';
import { judge } from '../../kit/judge.ts';
import { type Changes, Workplace } from '../workplace.ts';

const signer = `https://github.com/${exampleJob.job_workflow_ref}`;
const repository = `https://github.com/${exampleJob.repository}`;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('a.txt', 'b.txt', 'c.bin', 'none.bin');
  await sign({ subjects: { files: ['*.txt'], checksums: [], digests: [] } });
  await sign({ subjects: { files: ['c.bin'], checksums: [], digests: [] }, format: 'attestation' });
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.sandbox.behave());

/** Signs with Rekor v1. */
async function sign(changes: Changes): Promise<void> {
  const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
  const { unsigned } = await signRun(
    place.request({ instance: { ...place.instance, signingConfig }, ...changes }),
    place.world(),
  );
  expect(unsigned).toEqual([]);
}

/** Rekor v1 as a log that has no local index. */
function logV1(): SearchRequest['logs'][number] {
  const { trust, thresholds, sandbox } = place.instance;
  const found = trust.transparencyLogs.find(({ baseUrl }) => baseUrl === place.sandbox.urls.rekorV1);
  if (found === undefined) throw new Error('the trusted root has no Rekor v1');
  const { baseUrl, publicKey, keyId, validFor, checkpointKey } = found;
  const log: MonitoredLog = { protocol: 'rekor-v1', baseUrl, publicKey, keyId, validFor, names: checkpointKey.names };
  return { log, trust: { instance: 'sandbox', trust, thresholds, sandbox } };
}

type Alter = (response: HttpResponse, request: HttpRequest) => HttpResponse;

async function search(
  wishes: SearchWishes,
  changes: Partial<SearchRequest> = {},
  alter: Alter = (response) => response,
): Promise<SearchReport> {
  const { http, ...world } = place.world();
  return searchLogs(
    {
      query: await readSearchQuery(wishes, world),
      state: undefined,
      logs: [logV1()],
      areChosen: false,
      limit: 100,
      bundleOut: undefined,
      openReader: () => {
        throw new Error('there is no index');
      },
      ...changes,
    },
    { ...world, http: async (request) => alter(await http(request), request) },
  );
}

const path = (name: string): string => join(place.folder, name);
const digestOf = async (name: string, algorithm = 'sha256'): Promise<string> =>
  `${algorithm}:${createHash(algorithm)
    .update(await readFile(path(name)))
    .digest('hex')}`;
const entriesOf = async (...args: Parameters<typeof search>) => (await search(...args)).entries;

describe('the index of the service', () => {
  test('finds a file: who signed it, when, and where it was logged', async () => {
    const report = await search({ file: path('a.txt') });
    const digest = await digestOf('a.txt');
    expect(report).toMatchObject({
      conditions: [`digest ${digest}`],
      isLimited: false,
      logs: [{ url: place.sandbox.urls.rekorV1, service: true, failures: [], notSearched: undefined }],
      entries: [
        {
          origin: place.sandbox.rekorV1Log.active.log.origin,
          time: expect.any(Date),
          isConfirmed: true,
          claims: { kind: 'hashedrekord', digests: [{ value: digest.slice(7) }], problems: [] },
          signers: [
            {
              signer: { certificate: { names: [{ value: signer }], claims: { sourceRepositoryUri: repository } } },
              issuance: { isTrusted: true, authority: place.sandbox.urls.fulcio },
            },
          ],
          bundle: undefined,
        },
      ],
    });
    expect(isComplete(report)).toBe(true);
  });

  test('finds a digest, and a name in any letter case', async () => {
    expect(await entriesOf({ digest: await digestOf('b.txt') })).toHaveLength(1);
    expect(await entriesOf({ identity: signer })).toHaveLength(3);
    expect(await entriesOf({ identity: signer.toUpperCase() })).toHaveLength(3);
  });

  test('finds nothing, which is a complete answer', async () => {
    const report = await search({ file: path('none.bin') });
    expect(report.entries).toEqual([]);
    expect(isComplete(report)).toBe(true);
  });

  test('what it finds must meet the other conditions too', async () => {
    const file = path('a.txt');
    expect(
      await entriesOf({ file, identity: signer, repo: exampleJob.repository, issuer: place.sandbox.urls.jobIssuer }),
    ).toHaveLength(1);
    expect(await entriesOf({ file, identity: `${signer}x` })).toEqual([]);
    expect(await entriesOf({ file, repo: 'example-org/other' })).toEqual([]);
    expect(await entriesOf({ file, issuer: 'https://other.example.test' })).toEqual([]);
    expect(await entriesOf({ file, key: `sha256:${'0'.repeat(64)}` })).toEqual([]);
  });

  test('finds an attestation by a subject, which only the service knows', async () => {
    const [entry, ...others] = await entriesOf({ file: path('c.bin') });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ claims: { kind: 'dsse' }, isConfirmed: false });
  });

  test('an attestation must meet the other conditions', async () => {
    const file = path('c.bin');
    expect(await entriesOf({ file, identity: signer })).toHaveLength(1);
    expect(await entriesOf({ file, identity: `${signer}x` })).toEqual([]);
  });

  test('finds an attestation of the older kind', async () => {
    const instance = new Instance();
    const attested = instance.attest();
    const digest = `sha256:${'12'.repeat(32)}`;
    const body = bodiesV1.intoto(attested, submittedPem(attested));
    place.sandbox.rekorV1Log.append(utf8(canonicalJson(body)), [digest]);
    expect(await entriesOf({ digest })).toMatchObject([{ claims: { kind: 'intoto' }, isConfirmed: false }]);
  });

  test('an entry is proven under the key of a log that is searched, and no other', async () => {
    const file = path('a.txt');
    const { log, trust } = logV1();
    const stranger = { log: { ...log, keyId: new Uint8Array(32) }, trust };
    const report = await search({ file }, { logs: [stranger] });
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{ code: 'LOG_UNKNOWN' }] }] });
    // A log of the same key at another URL.
    const [other, ...others] = trust.trust.transparencyLogs;
    if (other === undefined) throw new Error('the trusted root has no log');
    const renamed = { ...other, keyId: log.keyId, baseUrl: 'https://other.example.test' };
    const both = { ...trust, trust: { ...trust.trust, transparencyLogs: [renamed, ...others] } };
    expect(await entriesOf({ file }, { logs: [{ log, trust: both }] })).toHaveLength(1);
  });

  test('an entry that the service returns for another digest is not shown', async () => {
    const digest = `sha256:${'34'.repeat(32)}`;
    const bundle = new Instance().sign();
    const body = bodiesV1.hashedrekord(bundle, submittedPem(bundle));
    place.sandbox.rekorV1Log.append(utf8(canonicalJson(body)), [digest]);
    const report = await search({ digest });
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [] }] });
  });

  test('finds a key', async () => {
    const [entry] = await entriesOf({ file: path('a.txt') });
    const signed = entry?.signers[0]?.signer;
    if (signed?.kind !== 'certificate' || signed.certificate.keyHash === undefined) throw new Error('no certificate');
    const key = `sha256:${signed.certificate.keyHash}`;
    // The service has only hashes of PEM texts.
    const report = await search({ key });
    expect(report.logs).toMatchObject([{ notSearched: expect.stringContaining('cannot answer'), service: false }]);
    expect(isComplete(report)).toBe(false);
  });

  test('finds a key that signs without a certificate', async () => {
    const key = generateSigningKey('P-256');
    await writeFile(path('key.pem'), encodePem('PUBLIC KEY', key.publicKey));
    const content = await readFile(path('none.bin'));
    const body = JSON.stringify({
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: 'sha256', value: (await digestOf('none.bin')).slice(7) } },
        signature: {
          content: Buffer.from(key.sign(content)).toString('base64'),
          publicKey: { content: Buffer.from(encodePem('PUBLIC KEY', key.publicKey)).toString('base64') },
        },
      },
    });
    const url = `${place.sandbox.urls.rekorV1}/api/v1/log/entries`;
    expect((await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status).toBe(
      201,
    );
    const [entry] = await entriesOf({ key: path('key.pem') });
    expect(entry).toMatchObject({ signers: [{ signer: { kind: 'public-key' }, issuance: undefined }] });
  });

  test('returns no more than the limit, and says that there are more', async () => {
    const report = await search({ identity: signer }, { limit: 2 });
    expect(report.entries).toHaveLength(2);
    expect(report.isLimited).toBe(true);
  });

  test.each<[string, SearchWishes]>([
    ['a repository', { repo: 'example-org/example-repo' }],
    ['an issuer', { issuer: 'https://issuer.example.test' }],
    ['SHA-384', { digest: `sha384:${'0'.repeat(96)}` }],
    ['a name of more than 512 characters', { identity: 'x'.repeat(513) }],
  ])('cannot find %s: the answer says so, and is not complete', async (_, wishes) => {
    const report = await search(wishes);
    expect(report).toMatchObject({ entries: [], logs: [{ service: false, notSearched: expect.any(String) }] });
    expect(isComplete(report)).toBe(false);
  });
});

describe('is not complete', () => {
  test('if the index is down', async () => {
    const report = await search({ file: path('a.txt') }, {}, (response, { url }) =>
      url.pathname.endsWith('/retrieve') ? { ...response, status: 503, body: new Uint8Array() } : response,
    );
    expect(report).toMatchObject({
      entries: [],
      logs: [{ failures: [{ kind: 'unavailable' }, { kind: 'unavailable' }] }],
    });
    expect(isComplete(report)).toBe(false);
  });

  const isEntry = ({ url }: HttpRequest): boolean => url.pathname.includes('/log/entries/');
  const changed =
    (change: (entry: Entry) => void): Alter =>
    (response, request) => {
      if (!isEntry(request)) return response;
      const answer = JSON.parse(Buffer.from(response.body).toString());
      change(Object.values(answer)[0] as Entry);
      return { ...response, body: Buffer.from(JSON.stringify(answer)) };
    };
  interface Entry {
    body: string;
    integratedTime: number;
    logID: string;
    verification: {
      signedEntryTimestamp: string;
      inclusionProof: { logIndex: number; hashes: string[]; checkpoint: string; treeSize: number; rootHash: string };
    };
  }
  const flip = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  const flipHex = (text: string): string => `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;

  test.each<[string, Alter, string]>([
    [
      'an entry cannot be fetched',
      (response, request) => (isEntry(request) ? { ...response, status: 404 } : response),
      'SERVICE_REFUSED',
    ],
    [
      'the service returns another body',
      changed((entry) => {
        entry.body = Buffer.from(`${Buffer.from(entry.body, 'base64')} `).toString('base64');
      }),
      'LOG_ENTRY_INVALID',
    ],
    [
      'the entry names another log',
      changed((entry) => {
        entry.logID = flipHex(entry.logID);
      }),
      'LOG_UNKNOWN',
    ],
    [
      'the proof leads elsewhere',
      changed(({ verification: { inclusionProof } }) => {
        inclusionProof.hashes = inclusionProof.hashes.map(flipHex);
      }),
      'INCLUSION_PROOF_INVALID',
    ],
    [
      'the proof is of another tree than the checkpoint',
      changed(({ verification: { inclusionProof } }) => {
        inclusionProof.rootHash = flipHex(inclusionProof.rootHash);
      }),
      'INCLUSION_PROOF_INVALID',
    ],
    [
      'the checkpoint is not signed',
      changed(({ verification: { inclusionProof } }) => {
        inclusionProof.checkpoint = inclusionProof.checkpoint.replace(
          /\n(\d+)\n/,
          (_, size) => `\n${Number(size) + 1}\n`,
        );
      }),
      'CHECKPOINT_INVALID',
    ],
    [
      'the time is not signed',
      changed((entry) => {
        entry.integratedTime += 1;
      }),
      'LOG_ENTRY_INVALID',
    ],
    [
      'the promise is not signed',
      changed(({ verification }) => {
        verification.signedEntryTimestamp = flip(verification.signedEntryTimestamp);
      }),
      'LOG_ENTRY_INVALID',
    ],
  ])('if %s', async (_, alter, code) => {
    const report = await search({ digest: await digestOf('a.txt') }, {}, alter);
    expect(report).toMatchObject({ entries: [], logs: [{ failures: [{ code }] }] });
    expect(isComplete(report)).toBe(false);
  });
});

describe('bundles', () => {
  test('are made from entries of Rekor v1, and verify', async () => {
    const bundleOut = path('bundles');
    const [entry] = await entriesOf({ file: path('a.txt') }, { bundleOut });
    expect(entry?.bundle).toEqual({ path: expect.stringMatching(/-\d+\.sigstore\.json$/) });
    const [name = ''] = await readdir(bundleOut);
    const bundle = JSON.parse(await readFile(join(bundleOut, name), 'utf8'));
    expect(
      judge(place.sandbox.trustedRoot, bundle, await readFile(path('a.txt'))).identity?.subjectAlternativeName,
    ).toBe(signer);
  });

  test('are not made where the log does not hold the content', async () => {
    const [entry] = await entriesOf({ file: path('c.bin') }, { bundleOut: path('bundles') });
    expect(entry?.bundle).toEqual({ reason: expect.stringContaining('only hashes') });
  });

  test('are not made under another trusted root', async () => {
    await using other = await Workplace.open();
    const { log, trust } = logV1();
    const stranger = {
      ...trust,
      trust: { ...trust.trust, certificateAuthorities: other.instance.trust.certificateAuthorities },
    };
    const [entry] = await entriesOf(
      { file: path('b.txt') },
      { bundleOut: path('bundles'), logs: [{ log, trust: stranger }] },
    );
    expect(entry).toMatchObject({
      signers: [{ issuance: { isTrusted: false, reason: expect.any(String) } }],
      bundle: { reason: expect.any(String) },
    });
    expect(await readdir(path('bundles'))).toHaveLength(1);
  });
});

describe('conditions', () => {
  test.each<[string, SearchWishes, string]>([
    ['none', {}, 'USAGE'],
    ['a file and a digest', { file: 'a.txt', digest: 'sha256:00' }, 'USAGE'],
    ['an empty identity', { identity: ' ' }, 'USAGE'],
    ['an invalid digest', { digest: 'sha256:00' }, 'DIGEST_INVALID'],
    ['an invalid repository', { repo: 'a b' }, 'USAGE'],
    ['a file that does not exist', { file: 'missing' }, 'SUBJECT_UNREADABLE'],
    ['a key that does not exist', { key: 'missing' }, 'USAGE'],
  ])('%s are refused', async (_, wishes, code) => {
    await expect(readSearchQuery(wishes, place.world())).rejects.toMatchObject({ code });
  });

  test.each([
    ['a/b', 'https://github.com/a/b'],
    ['https://gitlab.com/a/b/c', 'https://gitlab.com/a/b/c'],
    ['https://github.com/a/b.git', 'https://github.com/a/b'],
  ])('the repository %s is %s', async (repo, uri) => {
    expect((await readSearchQuery({ repo }, place.world())).repository).toBe(uri);
  });
});
