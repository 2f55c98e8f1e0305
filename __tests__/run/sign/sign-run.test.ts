import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, type Fault, fault } from '../../../sandbox/index.ts';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { preAuthenticationEncoding } from '../../../src/core/encoding/index.ts';
import type { CountersignError, ErrorCode } from '../../../src/core/errors/index.ts';
import { readSigningConfig, readTrustedRoot, type TrustedRoot } from '../../../src/core/trust/index.ts';
import { readBundle } from '../../../src/core/verify/index.ts';
import { loadPolicy, type PolicyRequest } from '../../../src/run/policy/index.ts';
import type { SigningResult } from '../../../src/run/sign/index.ts';
import { demandComplete, signingReport, signRun, signStatement } from '../../../src/run/sign/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import type { Instance } from '../../../src/run/world/index.ts';
import { judge } from '../../kit/judge.ts';
import { type Changes, type Settings, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

function run(changes: Changes = {}, settings: Settings = {}): Promise<SigningResult> {
  const world = place.world(settings);
  return signRun(place.request(changes, world), world);
}

/** Returns the error of a run that fails as a whole, or those of its subjects. */
async function failure(changes: Changes = {}, settings: Settings = {}): Promise<CountersignError> {
  try {
    demandComplete(await run(changes, settings));
  } catch (error) {
    return error as CountersignError;
  }
  throw new Error('the run succeeded');
}

const read = (name: string): Promise<string> => readFile(join(place.folder, name), 'utf8');

function envelopeOf(json: string): Extract<ReturnType<typeof readBundle>['content'], { kind: 'dsse-envelope' }> {
  const { content } = readBundle(json);
  if (content.kind !== 'dsse-envelope') throw new Error('no envelope');
  return content;
}

async function expectGood(name: string): Promise<void> {
  const bundle = JSON.parse(await read(`${name}.sigstore.json`));
  const { identity } = judge(place.sandbox.trustedRoot, bundle, await readFile(join(place.folder, name)));
  expect(identity?.subjectAlternativeName).toBe(`https://github.com/${exampleJob.job_workflow_ref}`);
}

describe('a bundle a file', () => {
  test('is written beside each, and @sigstore/verify accepts it', async () => {
    await place.write('a.txt', 'b.txt', 'c.txt');
    const { format, signed, unsigned } = await run();
    expect(format).toBe('per-file');
    expect(unsigned).toEqual([]);
    expect(signed.map(({ subject }) => subject.name)).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(await place.list()).toEqual(['a.txt', 'b.txt', 'c.txt'].flatMap((name) => [name, `${name}.sigstore.json`]));
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await expectGood(name);
  });

  test('is made for each of more than 50 files', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `${index}.txt`);
    await place.write(...names);
    const { signed, format } = await run({ concurrency: 16 });
    expect([format, signed.length]).toEqual(['per-file', 60]);
    expect(await place.bundles()).toEqual(names.map((name) => `${name}.sigstore.json`).toSorted());
    expect(place.count('fulcio')).toBe(1);
  });

  test('above 50 entries in a public log, a notice recommends an attestation', async () => {
    const noticesOf = async (count: number, publicLog: boolean): Promise<readonly string[]> => {
      await place.reset();
      await place.write(...Array.from({ length: count }, (_, index) => `${index}.txt`));
      const receipt = await run({ concurrency: 16, instance: { ...place.instance, publicLog } });
      const none = { collection: undefined, results: [], failures: [] };
      return signingReport(receipt, none, place.folder).notices;
    };
    expect(await noticesOf(51, true)).toEqual([
      expect.stringMatching(/^this run created 51 entries .*`bundle-format: attestation`/),
    ]);
    expect([await noticesOf(50, true), await noticesOf(51, false)]).toEqual([[], []]);
  });

  test('is not made in a log of another version than the one that was asked for', async () => {
    await place.write('a.txt');
    const error = await failure({ logVersion: 1 });
    expect(error).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('no transparency log with API version 1'),
    });
    expect([place.count('fulcio'), place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([0, 0, 0]);
  });

  test('50 files make one token request and one certificate request', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `${String(index).padStart(3, '0')}.txt`);
    await place.write(...names);
    const { signed } = await run({ concurrency: 16 });
    expect(signed.map(({ subject }) => subject.name)).toEqual(names);
    expect(['oidc', 'fulcio', 'timestamp', 'rekor-v2'].map((service) => place.count(service))).toEqual([1, 1, 50, 50]);
  });

  test('50 at once at first, whatever the ceiling', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `${index}.txt`);
    await place.write(...names);
    let [waiting, peak] = [0, 0];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    place.sandbox.faults.set('rekor-v2', async (exchange) => {
      waiting++;
      if (waiting >= 50) release();
      await released;
      const { status, headers, body } = await exchange.answer();
      // As a log that answers in waves.
      peak = Math.max(peak, waiting);
      exchange.head(status, { ...headers, 'content-length': String(body.length) });
      waiting--;
      exchange.response.end(body);
    });
    const { signed } = await run({ concurrency: 100 });
    expect([signed.length, peak]).toEqual([60, 50]);
  });

  test.each<[workflow: string, inCertificate: string, pattern: string, stranger: string]>([
    [
      'größer (1).yml@refs/heads/größer',
      'gr%C3%B6%C3%9Fer%20%281%29.yml@refs/heads/gr%C3%B6%C3%9Fer',
      'größer (1).yml',
      'größer.yml',
    ],
    [
      "it's a test.yml@refs/heads/<x>",
      'it%27s%20a%20test.yml@refs/heads/%3Cx%3E',
      "it's a test.yml@refs/heads/*",
      'it.yml',
    ],
    ['機能.yml@refs/tags/v1', '%E6%A9%9F%E8%83%BD.yml@refs/tags/v1', '機能.yml@refs/tags/v*', '機.yml'],
    ['a"b{}|`.yml@refs/heads/x', 'a%22b%7B%7D%7C%60.yml@refs/heads/x', 'a"b{}|`.yml', 'a%2522b%7B%7D%7C%60.yml'],
    [
      'release.yml@refs/heads/100%25',
      'release.yml@refs/heads/100%25',
      'release.yml',
      'release.yml@refs/heads/100%2525',
    ],
  ])(
    'is signed by the workflow %s, and verified by policies in either form',
    async (file, written, pattern, stranger) => {
      await place.write('a.txt');
      const folder = 'example-org/example-repo/.github/workflows';
      const claims = { job_workflow_ref: `${folder}/${file}`, workflow_ref: `${folder}/${file}` };
      place.sandbox.jobTokens.configure({ claims });
      const { signed } = await run();
      place.sandbox.jobTokens.configure({});
      expect(signed).toMatchObject([{ resumed: false }]);
      const world = place.world();
      const { jobIssuer: certificateOidcIssuer } = place.sandbox.urls;
      const verify = async (request: PolicyRequest): Promise<boolean> => {
        const policy = await loadPolicy({ certificateOidcIssuer, ...request }, world);
        const artifacts = [{ kind: 'file', name: 'a.txt', path: join(place.folder, 'a.txt') }] as const;
        const { results } = await verifyRun({ ...place.verification(artifacts), policy }, world);
        return results.every(({ failure }) => failure === undefined);
      };
      const repo = 'example-org/example-repo';
      for (const request of [
        { certificateIdentity: `https://github.com/${folder}/${file}` },
        { certificateIdentity: `https://github.com/${folder}/${written}` },
        { repo },
        { repo, signerWorkflow: `${folder}/${pattern}` },
        { repo, claim: [`build-signer-uri=https://github.com/${folder}/${file}`] },
      ])
        expect([request, await verify(request)]).toEqual([request, true]);
      for (const request of [
        { certificateIdentity: `https://github.com/${folder}/${stranger}` },
        { repo, signerWorkflow: `${folder}/${stranger}` },
        { repo, refuseClaim: [`build-signer-uri=https://github.com/${folder}/${file}`] },
        { repo, refuseClaim: [`build-signer-uri=https://github.com/${folder}/${written}`] },
      ])
        expect([request, await verify(request)]).toEqual([request, false]);
    },
  );

  test('goes through Rekor v1 where that is chosen', async () => {
    await place.write('a.txt');
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigBothLogs));
    const instance = { ...place.instance, signingConfig };
    await run({ instance, logVersion: 1 });
    expect([place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([1, 0]);
    await expectGood('a.txt');
    await place.reset();
    await place.write('a.txt');
    await run({ instance });
    expect([place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([0, 1]);
  });

  test('needs no log, no SCT and nothing public where the instance has none, as GitHub’s own', async () => {
    await place.write('a.txt');
    const { rekorTlogUrls: _, rekorTlogConfig: __, ...withoutLog } = place.sandbox.signingConfig;
    const instance = {
      ...place.instance,
      signingConfig: readSigningConfig(JSON.stringify(withoutLog)),
      thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 },
    };
    const { signed } = await run({ instance });
    expect(signed).toMatchObject([{ verdict: { logEntries: [], times: [{ kind: 'timestamp-authority' }] } }]);
    expect([place.count('rekor-v1'), place.count('rekor-v2')]).toEqual([0, 0]);
    // Where a log is demanded, nothing is signed without one.
    await place.reset();
    await place.write('a.txt');
    const demanding = { ...instance, thresholds: place.instance.thresholds };
    expect(await failure({ instance: demanding })).toMatchObject({
      code: 'SIGNING_CONFIG_INVALID',
      message: 'the signing config has no transparency log; each signature requires 1',
      remedy: expect.stringContaining('`insecure-ignore-tlog`'),
    });
    expect(await place.bundles()).toEqual([]);
    expect([place.count('fulcio'), place.count('timestamp')]).toEqual([0, 0]);
  });

  describe('is not begun where services and trusted root cannot lead to one that verifies', () => {
    type Named = Record<string, unknown>;
    const config = (changes: Named) =>
      readSigningConfig(JSON.stringify({ ...place.sandbox.signingConfig, ...changes }));
    const root = (changes: (root: Named) => Named): TrustedRoot =>
      readTrustedRoot(JSON.stringify({ ...place.sandbox.trustedRoot, ...changes({ ...place.sandbox.trustedRoot }) }));
    const ended = (list: unknown): unknown =>
      JSON.parse(JSON.stringify(list), (key, value) =>
        key === 'validFor' ? { start: '2020-01-01T00:00:00Z', end: '2020-02-01T00:00:00Z' } : value,
      );
    const without = { logEntries: 0, signedCertificateTimestamps: 1, timestamps: 1 };
    const noLog = { rekorTlogUrls: [], rekorTlogConfig: undefined };
    const noAuthority = { tsaUrls: [], tsaConfig: undefined };

    test.each<[what: string, changes: () => Partial<Instance>, code: ErrorCode, message: RegExp]>([
      [
        'Rekor v2 without a timestamp authority',
        () => ({ signingConfig: config(noAuthority) }),
        'SIGNING_CONFIG_INVALID',
        /^the signing config has no timestamp authority, so there is no trusted time/,
      ],
      [
        'no log',
        () => ({ signingConfig: config(noLog) }),
        'SIGNING_CONFIG_INVALID',
        /has no transparency log; each signature requires 1/,
      ],
      [
        'neither, where no log is needed',
        () => ({ signingConfig: config({ ...noLog, ...noAuthority }), thresholds: without }),
        'SIGNING_CONFIG_INVALID',
        /has no timestamp authority/,
      ],
      [
        'fewer logs than are needed',
        () => ({ thresholds: { ...without, logEntries: 2 } }),
        'SIGNING_CONFIG_INVALID',
        /selects only 1 transparency log; each signature requires 2/,
      ],
      [
        'a root without logs',
        () => ({ trust: root(() => ({ tlogs: [] })) }),
        'LOG_UNKNOWN',
        /has 1 transparency logs, but only 0/,
      ],
      [
        'a root without logs, even if none is needed',
        () => ({ trust: root(() => ({ tlogs: [] })), thresholds: without }),
        'LOG_UNKNOWN',
        /but only 0/,
      ],
      [
        'a root whose logs have ended',
        () => ({ trust: root(({ tlogs }) => ({ tlogs: ended(tlogs) })) }),
        'LOG_UNKNOWN',
        /but only 0 in the trusted root are valid now/,
      ],
      [
        'a root in which this log has ended',
        () => ({
          trust: root(({ tlogs }) => ({
            tlogs: (tlogs as Named[]).map((log) =>
              log.baseUrl === place.sandbox.urls.rekor ? (ended(log) as Named) : log,
            ),
          })),
        }),
        'LOG_UNKNOWN',
        /is not valid now according to the trusted root/,
      ],
      [
        'a root without timestamp authorities',
        () => ({ trust: root(() => ({ timestampAuthorities: [] })) }),
        'TIMESTAMP_UNTRUSTED',
        /timestamp authority/,
      ],
      [
        'a root whose timestamp authorities have ended',
        () => ({ trust: root(({ timestampAuthorities }) => ({ timestampAuthorities: ended(timestampAuthorities) })) }),
        'TIMESTAMP_UNTRUSTED',
        /valid now/,
      ],
    ])('%s', async (_, changes, code, message) => {
      await place.write('a.txt');
      const error = await failure({ instance: { ...place.instance, ...changes() } });
      expect(error).toMatchObject({ code, message: expect.stringMatching(message), remedy: expect.any(String) });
      expect(['fulcio', 'timestamp', 'rekor-v1', 'rekor-v2'].map((service) => place.count(service))).toEqual([
        0, 0, 0, 0,
      ]);
    });

    test('but Rekor v1 without a timestamp authority, and services at other addresses than in the root, sign', async () => {
      await place.write('a.txt');
      const v1 = { ...place.sandbox.signingConfigRekorV1, ...noAuthority };
      await run({ instance: { ...place.instance, signingConfig: readSigningConfig(JSON.stringify(v1)) } });
      await expectGood('a.txt');
      await place.reset();
      await place.write('a.txt');
      const elsewhere = root(({ tlogs }) => ({
        tlogs: (tlogs as Named[]).map((log) => ({ ...log, baseUrl: String(log.baseUrl).replace(/:\d+/, '$&/alias') })),
      }));
      await run({ instance: { ...place.instance, trust: elsewhere } });
      await expectGood('a.txt');
    });
  });

  test('is not possible for a digest that a P-256 key does not sign', async () => {
    await place.write('a.txt');
    const subjects = { files: ['*.txt'], checksums: [], digests: [`image@sha512:${'ab'.repeat(64)}`] };
    const { signed, unsigned } = await run({ subjects });
    expect(signed.map(({ subject }) => subject.name)).toEqual(['a.txt']);
    expect(unsigned).toMatchObject([
      { subject: { name: 'image' }, error: { code: 'USAGE', remedy: expect.stringMatching(/attestation/) } },
    ]);
  });
});

describe('one attestation', () => {
  test('is about all, with the provenance of the job', async () => {
    await place.write('a.txt', 'b.txt');
    const subjects = { files: ['*.txt'], checksums: [], digests: [`ghcr.io/o/r@sha512:${'ab'.repeat(64)}`] };
    const { format, signed } = await run({ format: 'attestation', subjects });
    expect(format).toBe('attestation');
    expect(await place.bundles()).toEqual(['attestation.sigstore.json']);
    expect(new Set(signed.map(({ bundlePath }) => bundlePath)).size).toBe(1);
    expect([place.count('rekor-v2'), place.count('fulcio')]).toEqual([1, 1]);

    const bundle = JSON.parse(await read('attestation.sigstore.json'));
    judge(place.sandbox.trustedRoot, bundle, new Uint8Array());
    const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      subject: signed.map(({ subject, digest }) => {
        const [algorithm = '', hex] = formatDigest(digest).split(':');
        return { name: subject.name, digest: { [algorithm]: hex } };
      }),
    });
    expect(statement.predicate).toEqual({
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: 'refs/heads/main',
            repository: 'https://github.com/example-org/example-repo',
            path: '.github/workflows/release.yml',
          },
        },
        internalParameters: {
          github: {
            event_name: 'push',
            repository_id: '700000001',
            repository_owner_id: '700000002',
            runner_environment: 'github-hosted',
          },
        },
        resolvedDependencies: [
          {
            uri: 'git+https://github.com/example-org/example-repo@refs/heads/main',
            digest: { gitCommit: '0123456789abcdef0123456789abcdef01234567' },
          },
        ],
      },
      runDetails: {
        builder: { id: 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main' },
        metadata: { invocationId: 'https://github.com/example-org/example-repo/actions/runs/8000000001/attempts/1' },
      },
    });
  });

  test('is logged by Rekor v1 as a dsse entry', async () => {
    await place.write('a.txt');
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    await run({ format: 'attestation', instance: { ...place.instance, signingConfig } });
    const bundle = JSON.parse(await read('attestation.sigstore.json'));
    expect(bundle.verificationMaterial.tlogEntries).toMatchObject([
      { kindVersion: { kind: 'dsse', version: '0.0.1' } },
    ]);
    judge(place.sandbox.trustedRoot, bundle, new Uint8Array());
  });

  test('is divided where a verifier would not read so many subjects', async () => {
    await place.write('a.txt');
    const digests = Array.from(
      { length: 1100 },
      (_, index) => `image-${index}@sha256:${index.toString(16).padStart(64, '0')}`,
    );
    const { signed } = await run({ format: 'attestation', subjects: { files: ['*.txt'], checksums: [], digests } });
    expect(signed).toHaveLength(1101);
    expect(await place.bundles()).toEqual(['attestation-2.sigstore.json', 'attestation.sigstore.json']);
    const counts = await Promise.all(
      ['attestation.sigstore.json', 'attestation-2.sigstore.json'].map(async (name) => {
        const { content } = readBundle(await read(name));
        return content.kind === 'dsse-envelope'
          ? JSON.parse(Buffer.from(content.payload).toString()).subject.length
          : 0;
      }),
    );
    expect(counts).toEqual([1024, 77]);
  });
});

describe('Run again', () => {
  const all = ['oidc', 'fulcio', 'timestamp', 'rekor-v2'] as const;

  test.each(['per-file', 'attestation'] as const)('signs nothing again (%s)', async (format) => {
    await place.write('a.txt', 'b.txt');
    await run({ format });
    const before = await Promise.all((await place.bundles()).map(read));
    const asked = all.map((service) => place.count(service));
    const { signed } = await run({ format });
    expect(signed.map(({ resumed }) => resumed)).toEqual([true, true]);
    expect(await Promise.all((await place.bundles()).map(read))).toEqual(before);
    expect(place.count('fulcio')).toBe(asked[1]);
    expect(place.count('rekor-v2')).toBe(asked[3]);
  });

  test('signs what has changed, and what is new', async () => {
    await place.write('changed.txt', 'same.txt');
    await run();
    await writeFile(join(place.folder, 'changed.txt'), 'other contents');
    await place.write('new.txt');
    const { signed } = await run();
    expect(signed.filter(({ resumed }) => resumed).map(({ subject }) => subject.name)).toEqual(['same.txt']);
    for (const name of ['changed.txt', 'new.txt']) await expectGood(name);
  });

  test('does not take the bundles of the first for subjects', async () => {
    await place.write('a.txt');
    const subjects = { files: ['**'], checksums: [], digests: [] };
    await run({ subjects });
    await run({ subjects, format: 'attestation' });
    expect((await run({ subjects })).signed.map(({ subject }) => subject.name)).toEqual(['a.txt']);
    const places = { workspace: place.folder, bundleDirectory: join(place.folder, 'out') };
    await run({ subjects, places });
    expect((await run({ subjects, places })).signed.map(({ subject }) => subject.name)).toEqual(['a.txt']);
    await rm(join(place.folder, 'a.txt'));
    await writeFile(join(place.folder, 'somebody-elses.sigstore.json'), '{}');
    const { signed, leftOut } = await run({ subjects, places });
    // What is named like a bundle and is none is a file like any other.
    expect(signed.map(({ subject }) => subject.name)).toEqual(['somebody-elses.sigstore.json']);
    expect(leftOut).toEqual(['a.txt.sigstore.json', 'attestation.sigstore.json', 'out/a.txt.sigstore.json']);
  });

  /** Everything that a certificate can say of another job with the same name: a caller of the same workflow, a run, a commit. */
  const foreign = {
    repository_id: '666',
    repository_owner: 'attacker',
    repository_owner_id: '667',
    repository_visibility: 'internal',
    event_name: 'schedule',
    ref: 'refs/tags/v2',
    sha: '6666666666666666666666666666666666666666',
    run_id: '666',
    runner_environment: 'self-hosted',
    environment: 'production',
    workflow: 'another name',
    workflow_ref: 'attacker/fork/.github/workflows/release.yml@refs/heads/main',
    workflow_sha: '6666666666666666666666666666666666666666',
    job_workflow_sha: '6666666666666666666666666666666666666666',
    sub: 'repo:attacker/fork:ref:refs/heads/main',
  } as const;

  describe.each(['per-file', 'attestation'] as const)('%s', (format) => {
    test.each(Object.entries(foreign))('signs again what a job with the %s %s signed', async (name, value) => {
      await place.write('a.txt');
      place.sandbox.jobTokens.configure({ claims: { [name]: value } });
      await run({ format });
      const planted = await Promise.all((await place.bundles()).map(read));
      place.sandbox.jobTokens.configure({});
      const { signed } = await run({ format });
      expect(signed.map(({ resumed }) => resumed)).toEqual([false]);
      expect(await Promise.all((await place.bundles()).map(read))).not.toEqual(planted);
    });

    test('signs again what a job with an environment did not sign', async () => {
      await place.write('a.txt');
      await run({ format });
      place.sandbox.jobTokens.configure({ claims: { environment: 'production' } });
      const { signed } = await run({ format });
      place.sandbox.jobTokens.configure({});
      expect(signed.map(({ resumed }) => resumed)).toEqual([false]);
    });
  });

  test('of the same run, in another attempt, signs nothing again', async () => {
    await place.write('a.txt');
    await run();
    place.sandbox.jobTokens.configure({ claims: { run_attempt: '2' } });
    const { signed } = await run();
    expect(signed.map(({ resumed }) => resumed)).toEqual([true]);
    // Provenance says which attempt it is of.
    await run({ format: 'attestation' });
    place.sandbox.jobTokens.configure({ claims: { run_attempt: '3' } });
    expect((await run({ format: 'attestation' })).signed.map(({ resumed }) => resumed)).toEqual([false]);
    place.sandbox.jobTokens.configure({});
  });

  test('attests again over a statement with another predicate', async () => {
    await place.write('a.txt');
    await run({ format: 'attestation' });
    const path = join(place.folder, 'attestation.sigstore.json');
    const { payload } = envelopeOf(await read('attestation.sigstore.json'));
    const statement = JSON.parse(Buffer.from(payload).toString());
    await signStatement(
      {
        ...place.request(),
        statement: Buffer.from(JSON.stringify({ ...statement, predicate: { forged: 'built on the moon' } })),
        bundlePath: path,
      },
      place.world(),
    );
    const { signed } = await run({ format: 'attestation' });
    expect(signed.map(({ resumed }) => resumed)).toEqual([false]);
    expect(Buffer.from(envelopeOf(await read('attestation.sigstore.json')).payload).equals(payload)).toBe(true);
  });

  test('does not read bundles where a link leads out of the workspace', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'countersign-elsewhere-'));
    try {
      await mkdir(join(place.folder, 'dist'));
      await place.write('dist/a.txt');
      const places = { workspace: place.folder, bundleDirectory: join(place.folder, 'out') };
      const subjects = { files: ['dist/a.txt'], checksums: [], digests: [] };
      await run({ subjects, places });
      expect(await place.bundles()).toEqual(['out/dist/a.txt.sigstore.json']);
      await rename(join(place.folder, 'out/dist'), join(elsewhere, 'dist'));
      await symlink(join(elsewhere, 'dist'), join(place.folder, 'out/dist'));
      const { signed, unsigned } = await run({ subjects, places });
      expect([signed, unsigned]).toMatchObject([[], [{ error: { code: 'USAGE' } }]]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  test('attests again when a subject is added', async () => {
    await place.write('a.txt');
    await run({ format: 'attestation' });
    await place.write('b.txt');
    const { signed } = await run({ format: 'attestation' });
    expect(signed.map(({ resumed }) => resumed)).toEqual([false, false]);
  });
});

describe('what is there already', () => {
  const formats = ['per-file', 'attestation'] as const;
  const bundleOf = { 'per-file': 'a.txt.sigstore.json', attestation: 'attestation.sigstore.json' } as const;
  const otherWorkflow = { job_workflow_ref: 'other/repo/.github/workflows/x.yml@refs/heads/main' };
  const otherRepository = { repository: 'attacker/fork' };

  async function signedBy(claims: object, changes: Changes = {}): Promise<void> {
    place.sandbox.jobTokens.configure({ claims: { ...claims } });
    await run(changes);
    place.sandbox.jobTokens.configure({});
  }

  describe.each(formats)('%s', (format) => {
    const path = () => join(place.folder, bundleOf[format]);

    test.each<[what: string, make: () => Promise<unknown>, reason: string]>([
      ['a bundle of another workflow', () => signedBy(otherWorkflow, { format }), 'is a bundle of a different signer'],
      [
        'a bundle of another repository that calls the same workflow',
        () => signedBy(otherRepository, { format }),
        'is a bundle of a different signer',
      ],
      ['a file that is no bundle', () => writeFile(path(), '{}'), 'is not a bundle'],
      ['an empty file', () => writeFile(path(), ''), 'is not a bundle'],
      ['a pipe', async () => execFileSync('mkfifo', [path()]), 'cannot be read as a bundle'],
      ['a folder', () => mkdir(path()), 'is a folder'],
    ])('%s is not replaced, and nothing is signed', async (what, make, reason) => {
      await place.write('a.txt');
      await make();
      // Reading the pipe would not end.
      const isPipe = async () => (await lstat(path())).isFIFO();
      const look = async () => ((await isPipe()) ? 'a pipe' : readFile(path()).catch(() => what));
      const [before, entries] = [await look(), place.count('rekor-v2')];
      const error = await failure({ format });
      expect([error.code, error.message]).toEqual([
        'USAGE',
        `nothing was signed, because bundles would overwrite other files: ${path()} ${reason}`,
      ]);
      expect(error.remedy).toContain('`bundle-dir`');
      expect(place.count('rekor-v2')).toBe(entries);
      expect(await look()).toEqual(before);
      if (what === 'a folder') {
        expect(error.remedy).not.toContain('overwrite');
        expect((await failure({ format, overwrite: true })).code).toBe('USAGE');
        return;
      }
      expect(error.remedy).toContain('`overwrite: true`');
      const { signed } = await run({ format, overwrite: true });
      expect(signed.map(({ resumed, bundlePath }) => [resumed, bundlePath])).toContainEqual([false, path()]);
      expect(readBundle(await readFile(path()))).toBeDefined();
    });

    test('a spoilt bundle is not replaced', async () => {
      await place.write('a.txt');
      await run({ format });
      const text = await readFile(path(), 'utf8');
      await writeFile(path(), text.replace(/"signedTimestamp":"..../, '"signedTimestamp":"AAAA'));
      expect((await failure({ format })).message).toContain('is a bundle of a different signer');
    });

    test('a bundle that another run of this workflow made is replaced', async () => {
      await place.write('a.txt');
      await signedBy({ run_id: '666' }, { format });
      const before = await readFile(path(), 'utf8');
      const { signed } = await run({ format });
      expect(signed.map(({ resumed, bundlePath }) => [resumed, bundlePath])).toEqual([[false, path()]]);
      expect(await readFile(path(), 'utf8')).not.toBe(before);
    });
  });

  test('of many files that are in the way, the first are named', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `${index}.txt`);
    await place.write(...names);
    for (const name of names) await writeFile(join(place.folder, `${name}.sigstore.json`), 'mine');
    expect((await failure()).message).toMatch(/4\.txt\.sigstore\.json is not a bundle; and 2 more$/);
  });

  test('an attestation of an earlier step stays: the next has a number', async () => {
    await place.write('a.txt', 'b.txt');
    const only = (name: string) => ({ subjects: { files: [name], checksums: [], digests: [] } });
    const attest = async (name: string) => (await run({ format: 'attestation', ...only(name) })).signed[0]?.bundlePath;
    const first = await attest('a.txt');
    const text = await read('attestation.sigstore.json');
    expect(await attest('b.txt')).toBe(join(place.folder, 'attestation-2.sigstore.json'));
    expect(await attest('*.txt')).toBe(join(place.folder, 'attestation-3.sigstore.json'));
    expect(await read('attestation.sigstore.json')).toBe(text);
    // Each step finds its own again.
    const entries = place.count('rekor-v2');
    expect([await attest('b.txt'), await attest('a.txt')]).toEqual([
      join(place.folder, 'attestation-2.sigstore.json'),
      first,
    ]);
    expect(place.count('rekor-v2')).toBe(entries);
  });

  test('an attestation of a changed file has a number in the same run, and replaces that of an earlier run', async () => {
    await place.write('a.txt');
    await run({ format: 'attestation' });
    await writeFile(join(place.folder, 'a.txt'), 'changed');
    await run({ format: 'attestation' });
    expect(await place.bundles()).toEqual(['attestation-2.sigstore.json', 'attestation.sigstore.json']);
    place.sandbox.jobTokens.configure({ claims: { run_id: '9' } });
    const { signed } = await run({ format: 'attestation' });
    place.sandbox.jobTokens.configure({});
    expect(signed[0]?.bundlePath).toBe(join(place.folder, 'attestation.sigstore.json'));
  });

  test('a plain signature where an attestation goes stays', async () => {
    await place.write('a.txt');
    await run();
    await copyFile(join(place.folder, 'a.txt.sigstore.json'), join(place.folder, 'attestation.sigstore.json'));
    const { signed } = await run({ format: 'attestation' });
    expect(signed[0]?.bundlePath).toBe(join(place.folder, 'attestation-2.sigstore.json'));
  });

  test('an attestation where a plain signature goes is not replaced', async () => {
    await place.write('a.txt');
    await run({ format: 'attestation' });
    await copyFile(join(place.folder, 'attestation.sigstore.json'), join(place.folder, 'a.txt.sigstore.json'));
    expect((await failure()).message).toMatch(
      /a\.txt\.sigstore\.json is a bundle of this run for a different subject$/,
    );
    await run({ overwrite: true });
    await expectGood('a.txt');
  });

  test('a bundle at a path that was given is not replaced by one about another file', async () => {
    await place.write('a.txt', 'b.txt');
    const bundlePath = join(place.folder, 'one.sigstore.json');
    const only = (name: string) => ({ subjects: { files: [name], checksums: [], digests: [] }, bundlePath });
    await run(only('a.txt'));
    const before = await readFile(bundlePath, 'utf8');
    expect((await failure(only('b.txt'))).message).toContain('is a bundle of this run for a different subject');
    expect((await failure({ ...only('b.txt'), format: 'attestation' })).message).toContain('for a different subject');
    expect((await run(only('a.txt'))).signed).toMatchObject([{ resumed: true }]);
    expect(await readFile(bundlePath, 'utf8')).toBe(before);
    await run({ ...only('b.txt'), overwrite: true });
    expect(await readFile(bundlePath, 'utf8')).not.toBe(before);
  });

  test('two digests of one name in two steps have a bundle each', async () => {
    const sign = async (digit: string) => {
      const digests = [`app@sha256:${digit.repeat(64)}`];
      const { signed } = await run({ subjects: { files: [], checksums: [], digests } });
      return signed.map(({ bundlePath, resumed }) => [bundlePath.slice(place.folder.length + 1), resumed]);
    };
    expect(await sign('1')).toEqual([['app.sigstore.json', false]]);
    expect(await sign('2')).toEqual([['app-222222222222.sigstore.json', false]]);
    expect([await sign('1'), await sign('2')]).toEqual([
      [['app.sigstore.json', true]],
      [['app-222222222222.sigstore.json', true]],
    ]);
  });

  test('two files of one name from two folders do not share a bundle in a third', async () => {
    for (const folder of ['linux', 'windows']) {
      await mkdir(join(place.folder, folder));
      await place.write(`${folder}/app.txt`);
    }
    const places = (folder: string) => ({
      workspace: join(place.folder, folder),
      bundleDirectory: join(place.folder, 'out'),
      confinedTo: place.folder,
    });
    await run({ places: places('linux') });
    expect((await failure({ places: places('windows') })).message).toContain('for a different subject');
  });
});

describe('a bundle among what is named', () => {
  const named = (...files: readonly string[]) => ({ subjects: { files, checksums: [], digests: [] } });

  beforeEach(async () => {
    await mkdir(join(place.folder, 'dist'));
    await place.write('dist/a.txt', 'b.txt');
    await run(named('dist/a.txt'));
    await rename(join(place.folder, 'dist/a.txt.sigstore.json'), join(place.folder, 'dist/other'));
  });

  test('is left out where a pattern matches it, whatever its name is and wherever it lies', async () => {
    const places = { workspace: place.folder, bundleDirectory: join(place.folder, 'dist') };
    const { signed, leftOut } = await run({ ...named('**'), places });
    expect([signed.map(({ subject }) => subject.name), leftOut]).toEqual([['b.txt', 'dist/a.txt'], ['dist/other']]);
    expect((await run({ ...named('**'), places })).signed.map(({ resumed }) => resumed)).toEqual([true, true]);
  });

  test('is refused where it is named', async () => {
    const entries = place.count('rekor-v2');
    const error = await failure(named('b.txt', 'dist/other'));
    expect(error).toMatchObject({ code: 'USAGE', remedy: expect.stringContaining('`sign-bundles`') });
    expect(error.message).toBe('"dist/other" is a bundle, and bundles are not signed');
    expect(place.count('rekor-v2')).toBe(entries);
  });

  test('is signed where it is named and forced', async () => {
    const { signed, leftOut } = await run({ ...named('dist/other'), signBundles: true });
    expect([signed.map(({ subject }) => subject.name), leftOut]).toEqual([['dist/other'], []]);
    await expectGood('dist/other');
  });

  test('is left out where a shell names it together with its file', async () => {
    await rename(join(place.folder, 'dist/other'), join(place.folder, 'dist/a.txt.sigstore.json'));
    const both = named('dist/a.txt', 'dist/a.txt.sigstore.json');
    const again = await run(both);
    expect(again.signed.map(({ subject, resumed }) => [subject.name, resumed])).toEqual([['dist/a.txt', true]]);
    expect(again.leftOut).toEqual(['dist/a.txt.sigstore.json']);
    const elsewhere = { workspace: place.folder, bundleDirectory: join(place.folder, 'bundles') };
    expect((await run({ ...both, places: elsewhere })).leftOut).toEqual(['dist/a.txt.sigstore.json']);
  });

  test('is refused where it is forced and lies where a bundle of this run goes', async () => {
    await rename(join(place.folder, 'dist/other'), join(place.folder, 'dist/a.txt.sigstore.json'));
    const entries = place.count('rekor-v2');
    const error = await failure({ ...named('dist/a.txt', 'dist/a.txt.sigstore.json'), signBundles: true });
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe('"dist/a.txt.sigstore.json" is a bundle at a path where this run writes its own bundle');
    expect(place.count('rekor-v2')).toBe(entries);
    await run({ ...named('dist/a.txt.sigstore.json'), signBundles: true });
    await expectGood('dist/a.txt.sigstore.json');
  });

  test('is not what only is named like one', async () => {
    for (const name of [
      'x.sigstore.json',
      'attestation.sigstore.json',
      'bundles.sigstore.jsonl',
      'countersign-manifest.json',
    ])
      await writeFile(join(place.folder, name), '{"mediaType":"text/plain"}\n');
    const { signed, leftOut } = await run({ ...named('*'), format: 'attestation' });
    expect(leftOut).toEqual([]);
    expect(signed.map(({ subject }) => subject.name)).toEqual([
      'attestation.sigstore.json',
      'b.txt',
      'bundles.sigstore.jsonl',
      'countersign-manifest.json',
      'x.sigstore.json',
    ]);
    expect(signed[0]?.bundlePath).toBe(join(place.folder, 'attestation-2.sigstore.json'));
  });

  test('is one in each line of a file, or the file is signed', async () => {
    const bundle = (await read('dist/other')).trim();
    await writeFile(join(place.folder, 'all.jsonl'), `${bundle}\n\n${bundle}\n`);
    await writeFile(join(place.folder, 'some.jsonl'), `${bundle}\n{"mediaType":"x"}\n`);
    await writeFile(join(place.folder, 'lines.txt'), `${bundle}\n${bundle}\n`);
    const { signed, leftOut } = await run(named('*'));
    expect(leftOut).toEqual(['all.jsonl']);
    expect(signed.map(({ subject }) => subject.name)).toEqual(['b.txt', 'lines.txt', 'some.jsonl']);
  });

  test('is all that is named', async () => {
    expect((await failure(named('dist/o*'))).message).toBe('all specified files are bundles');
  });
});

describe('a statement that is signed as it stands', () => {
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'a', digest: { sha256: 'ab'.repeat(32) } }],
      predicateType: 'https://example.test/predicate',
      predicate: {},
    }),
  );
  const sign = (changes: Changes = {}, bundlePath = join(place.folder, 'statement.sigstore.json')) =>
    signStatement({ ...place.request(changes), statement, bundlePath }, place.world());

  test('goes by the same rule as every other signature', async () => {
    const { content } = await sign();
    expect(content).toMatchObject({ kind: 'dsse-envelope' });
    expect(await place.bundles()).toEqual(['statement.sigstore.json']);
  });

  test.each([
    ['a job that strangers can start', { event_name: 'issue_comment' }, {}, 'TRIGGER_REFUSED'],
    [
      'a private repository, into a public log',
      { repository_visibility: 'private' },
      { publicLog: true },
      'PUBLIC_LOG_REFUSED',
    ],
  ])('is refused in %s', async (_, claims, instance, code) => {
    place.sandbox.jobTokens.configure({ claims });
    await expect(sign({ instance: { ...place.instance, ...instance } })).rejects.toMatchObject({ code });
    place.sandbox.jobTokens.configure({});
    expect([place.count('fulcio'), place.count('rekor-v2')]).toEqual([0, 0]);
  });

  test('is not signed where its bundle could not be written', async () => {
    await writeFile(join(place.folder, 'occupied'), '');
    await expect(sign({}, join(place.folder, 'occupied', 'bundle'))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    expect([place.count('fulcio'), place.count('rekor-v2')]).toEqual([0, 0]);
  });
});

describe('a file that is the signing input of another format', () => {
  const statement = JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'evil.tgz', digest: { sha256: 'ab'.repeat(32) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
  });
  const encoded = preAuthenticationEncoding('application/vnd.in-toto+json', Buffer.from(statement));
  const simpleSigning = JSON.stringify({
    critical: {
      identity: { 'docker-reference': 'example.test/app' },
      image: { 'docker-manifest-digest': `sha256:${'ab'.repeat(32)}` },
      type: 'cosign container image signature',
    },
    optional: null,
  });

  test.each([
    ['a DSSE pre-authentication encoding', encoded, 'an attestation'],
    ['a simple signing document', simpleSigning, 'the signature of a container image'],
  ])('%s is not signed as a plain file', async (_, contents, message) => {
    await place.write('a.txt');
    await writeFile(join(place.folder, 'notes.txt'), contents);
    const entries = place.count('rekor-v2');
    const { signed, unsigned } = await run();
    expect(signed.map(({ subject }) => subject.name)).toEqual(['a.txt']);
    expect(unsigned.map(({ subject }) => subject.name)).toEqual(['notes.txt']);
    expect(unsigned[0]?.error).toMatchObject({ code: 'SUBJECT_AMBIGUOUS', message: expect.stringContaining(message) });
    expect(unsigned[0]?.error.remedy).toContain('bundle-format: attestation');
    expect(place.count('rekor-v2')).toBe(entries + 1);
    expect(await place.bundles()).toEqual(['a.txt.sigstore.json']);
  });

  test('is signed in a statement, which says what it is', async () => {
    await writeFile(join(place.folder, 'notes.txt'), encoded);
    const { signed, unsigned } = await run({ format: 'attestation' });
    expect([signed.length, unsigned.length]).toEqual([1, 0]);
  });
});

describe('the session', () => {
  test('is renewed before its certificate ends', async () => {
    await place.write('a.txt', 'b.txt', 'c.txt');
    // Nine minutes and a half pass after the first file: the certificate has half a minute left, the token has ended.
    const { signed } = await run({
      onSubject: ({ subject }) => {
        if (subject.name === 'a.txt') place.ahead += 570_000;
      },
    });
    expect([place.count('oidc'), place.count('fulcio')]).toEqual([2, 2]);
    const certificates = await Promise.all(
      ['a', 'b', 'c'].map(
        async (name) => JSON.parse(await read(`${name}.txt.sigstore.json`)).verificationMaterial.certificate.rawBytes,
      ),
    );
    expect(certificates[0]).not.toBe(certificates[1]);
    expect(certificates[1]).toBe(certificates[2]);
    expect(signed).toHaveLength(3);
  });

  test('is renewed when its token has ended before the first signature needs it', async () => {
    await place.write('a.txt');
    const world = place.world();
    const request = place.request({}, world);
    await request.tokens();
    place.ahead += 280_000;
    await signRun(request, world);
    expect(place.count('oidc')).toBe(2);
  });

  test('signs anew what an outage carried beyond the end of the certificate', async () => {
    await place.write('a.txt');
    // A log that is out for longer than a certificate lives: what was signed and timestamped before is worth nothing then.
    const until = place.clock().getTime() + 700_000;
    const out: Fault = (exchange) =>
      place.clock().getTime() < until
        ? fault.status(503)(exchange)
        : exchange.answer().then((answer) => exchange.send(answer));
    place.sandbox.faults.set('rekor-v2', out);
    await run({}, { retryBudget: 3_600_000 });
    expect(place.count('fulcio')).toBe(2);
    await expectGood('a.txt');
  });

  test('does not ask again for a certificate that was refused', async () => {
    await place.write('a.txt', 'b.txt', 'c.txt');
    place.sandbox.faults.set('fulcio', fault.status(400));
    expect(await failure()).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: expect.stringMatching(/3 of 3 subjects.*certificate authority/s),
    });
    expect(place.count('fulcio')).toBe(1);
  });
});

describe('a service that fails', () => {
  const names = {
    fulcio: 'certificate authority',
    timestamp: 'timestamp authority',
    'rekor-v2': 'transparency log',
  } as const;
  const faults: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['refused', fault.refuse(), 'SERVICE_UNAVAILABLE'],
    ['429', fault.status(429, { headers: { 'retry-after': '2' } }), 'SERVICE_UNAVAILABLE'],
    ['500', fault.status(500), 'SERVICE_UNAVAILABLE'],
    ['502 as HTML', fault.status(502), 'SERVICE_UNAVAILABLE'],
    ['truncated', fault.truncated(), 'SERVICE_UNAVAILABLE'],
    ['oversized', fault.oversized({ bytes: 20 * 1024 * 1024 }), 'SERVICE_RESPONSE_INVALID'],
    ['HTML as success', fault.status(200), 'SERVICE_RESPONSE_INVALID'],
    ['garbage', fault.garbage(201), 'SERVICE_RESPONSE_INVALID'],
  ];

  for (const [service, name] of Object.entries(names) as [keyof typeof names, string][]) {
    test.each(faults)(`${name}: %s, leaves every finished bundle in place and is named`, async (_, spoilt, code) => {
      await place.write('a.txt', 'b.txt', 'c.txt');
      // The certificate is asked for once: with its authority out from the start nothing is finished, and the token was got.
      const finished = service === 'fulcio' ? 0 : 2;
      place.sandbox.faults.set(service, spoilt, { skip: finished });
      const error = await failure();
      // A timestamp that is not one is known by its own code.
      const expected =
        service === 'timestamp' && code === 'SERVICE_RESPONSE_INVALID' && error.code === 'TIMESTAMP_INVALID'
          ? 'TIMESTAMP_INVALID'
          : code;
      expect(error.code).toBe(expected);
      expect(error.message).toMatch(new RegExp(expected === 'TIMESTAMP_INVALID' ? 'timestamp' : name));
      expect(await place.bundles()).toEqual(['a.txt.sigstore.json', 'b.txt.sigstore.json'].slice(0, finished));
      for (const bundle of (await place.bundles()).map((path) => path.replace('.sigstore.json', '')))
        await expectGood(bundle);
      expect((await place.list()).filter((path) => path.endsWith('.tmp'))).toEqual([]);
    });

    test(`${name}: is asked again within the budget`, async () => {
      await place.write('a.txt');
      place.sandbox.faults.set(service, fault.status(429, { headers: { 'retry-after': '2' } }), 2);
      await run({}, { retryBudget: 60_000 });
      expect(place.count(service)).toBe(3);
      await expectGood('a.txt');
    });

    test(`${name}: stops the run when the budget is used up, and says that it is an outage`, async () => {
      await place.write('a.txt', 'b.txt');
      place.sandbox.faults.set(service, fault.status(503));
      const before = place.clock().getTime();
      const error = await failure({}, { retryBudget: 60_000 });
      expect(error).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringMatching(new RegExp(`${name}.*This is an outage`, 's')),
      });
      expect(place.clock().getTime() - before).toBeLessThan(70_000);
    });
  }

  test.each(Object.entries(names) as [keyof typeof names, string][])(
    '%s: stalled, leaves every finished bundle in place and is named',
    async (service, name) => {
      await place.write('a.txt', 'b.txt');
      const finished = service === 'fulcio' ? 0 : 1;
      place.sandbox.faults.set(service, fault.stall(), { skip: finished });
      const error = await failure({}, { timeoutMilliseconds: 1500 });
      expect(error).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringMatching(new RegExp(`${name}.*did not respond within 1\\.5 s`)),
      });
      expect(await place.bundles()).toEqual(['a.txt.sigstore.json'].slice(0, finished));
    },
  );

  test('the identity provider, when the session is to be renewed', async () => {
    await place.write('a.txt', 'b.txt');
    const error = await failure({
      onSubject: () => {
        place.ahead += 570_000;
        place.sandbox.faults.set('oidc', fault.status(500));
      },
    });
    expect(error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/b\.txt.*identity provider/),
    });
    expect(await place.bundles()).toEqual(['a.txt.sigstore.json']);
  });

  test('the identity provider: nothing is signed', async () => {
    await place.write('a.txt');
    place.sandbox.faults.set('oidc', fault.status(500));
    expect(await failure()).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/identity provider/),
    });
    expect(await place.bundles()).toEqual([]);
    expect(place.count('fulcio')).toBe(0);
  });

  test.each(['rekor-v2', 'rekor-v1'] as const)(
    '%s: an entry whose answer was lost is not a failure',
    async (service) => {
      await place.write('a.txt');
      const config = service === 'rekor-v1' ? place.sandbox.signingConfigRekorV1 : place.sandbox.signingConfig;
      place.sandbox.faults.set(service, fault.afterEffect(fault.refuse()), 1);
      const instance = { ...place.instance, signingConfig: readSigningConfig(JSON.stringify(config)) };
      await run({ instance }, { retryBudget: 60_000 });
      await expectGood('a.txt');
    },
  );
});

describe('a file that a checksums file names too', () => {
  const subjects = { files: ['*.txt'], checksums: ['SUMS'], digests: [] };
  const sums = (hex: string): Promise<void> => writeFile(join(place.folder, 'SUMS'), `${hex}  a.txt\n`);

  test('is one subject', async () => {
    await place.write('a.txt');
    await sums(createHash('sha512').update('contents of a.txt\n').digest('hex'));
    expect((await run({ subjects })).signed.map(({ subject }) => subject.kind)).toEqual(['file']);
  });

  test('and is not what it says', async () => {
    await place.write('a.txt');
    await sums('ab'.repeat(32));
    expect(await failure({ subjects })).toMatchObject({
      code: 'SUBJECT_CHANGED',
      message: expect.stringMatching(/^SUMS, line 1: the sha256 digest does not match the file a\.txt/),
    });
    expect(place.count('oidc')).toBe(0);
  });
});

describe('what is not begun', () => {
  test('a job that strangers can start', async () => {
    await place.write('a.txt');
    for (const event_name of ['pull_request_target', 'workflow_run', 'issue_comment']) {
      place.sandbox.jobTokens.configure({ claims: { event_name } });
      expect(await failure()).toMatchObject({ code: 'TRIGGER_REFUSED', message: expect.stringContaining(event_name) });
      expect(place.count('fulcio')).toBe(0);
    }
    await run({ allowDangerousTriggers: true });
    await expectGood('a.txt');
  });

  test('a repository that is not public before a public log', async () => {
    await place.write('a.txt');
    place.sandbox.jobTokens.configure({ claims: { repository_visibility: 'private' } });
    const instance = { ...place.instance, publicLog: true };
    const error = await failure({ instance });
    expect(error.code).toBe('PUBLIC_LOG_REFUSED');
    expect(error.message).toMatch(/private.*repository: example-org\/example-repo.*sha: 0123456789/s);
    expect(place.count('fulcio')).toBe(0);
    await run({ instance, allowPublicLog: true });
    await run();
    await expectGood('a.txt');
  });

  test('nothing', async () => {
    expect(await failure()).toMatchObject({ code: 'SUBJECT_MISSING', message: expect.stringContaining('*.txt') });
    expect(place.count('oidc')).toBe(0);
  });

  test('more than one subject for one bundle', async () => {
    await place.write('a.txt', 'b.txt');
    const bundlePath = join(place.folder, 'one.sigstore.json');
    expect(await failure({ bundlePath })).toMatchObject({ code: 'USAGE' });
    await run({ bundlePath, format: 'attestation' });
    expect(await place.bundles()).toEqual(['one.sigstore.json']);
  });
});

test('a cancelled run keeps what is finished, and says that it was cancelled', async () => {
  await place.write('a.txt', 'b.txt', 'c.txt');
  const cancellation = new AbortController();
  place.sandbox.faults.set('rekor-v2', fault.stall(), { skip: 1 });
  const error = await failure({ onSubject: () => cancellation.abort() }, { cancellation: cancellation.signal }).catch(
    (reason) => reason,
  );
  expect(error).toMatchObject({ code: 'CANCELLED' });
  expect(await place.bundles()).toEqual(['a.txt.sigstore.json']);
});
