/** Verifying files, digests and pipes against bundles wherever they are: what is found, what it comes to, and what it costs. */

import { createHash, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest, parseDigest } from '../../../src/core/crypto/index.ts';
import { encodeBase64, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { examineUnderRoots } from '../../../src/core/verify/index.ts';
import { artifactOutcomes, type VerificationReport } from '../../../src/report/index.ts';
import type { PolicyRequest } from '../../../src/run/policy/index.ts';
import { loadPolicy, loadTrust } from '../../../src/run/policy/index.ts';
import type { Verifiable, VerifyRequest } from '../../../src/run/verify/index.ts';
import { demandVerified, verifyRun } from '../../../src/run/verify/index.ts';
import type { InstanceName } from '../../../src/run/world/index.ts';
import { Instance, identity, issuer, now } from '../../kit/instance.ts';

const signer = { certificateIdentity: identity, certificateOidcIssuer: issuer };
const never = new AbortController().signal;

let folder: string;
let workspace: string;
let instance: Instance;
let trustedRoot: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'));
  instance = new Instance();
  trustedRoot = join(folder, 'trusted_root.json');
  await writeFile(trustedRoot, JSON.stringify(instance.trustedRoot()));
});
beforeEach(async () => {
  workspace = await mkdtemp(join(folder, 'workspace-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly artifacts: readonly (string | Verifiable)[];
  readonly bundles?: readonly string[];
  readonly directory?: string;
  readonly policy?: PolicyRequest;
  readonly instance?: InstanceName;
  readonly trustedRoot?: string;
  readonly files?: typeof files;
  readonly cancellation?: AbortSignal;
  readonly concurrency?: number;
}

async function run(request: Run): Promise<VerificationReport> {
  const world = {
    files: request.files ?? files,
    clock: () => now,
    cancellation: request.cancellation ?? never,
    random: (length: number) => new Uint8Array(length),
    http: () => Promise.reject(new Error('asked the network')),
  };
  const trust = await loadTrust(
    { name: request.instance ?? 'sandbox', purpose: 'verify', trustedRoot: request.trustedRoot ?? trustedRoot },
    world,
  );
  const verify: VerifyRequest = {
    artifacts: request.artifacts.map((artifact) => (typeof artifact === 'string' ? file(artifact) : artifact)),
    bundles: {
      workspace,
      paths: (request.bundles ?? []).map((path) => join(workspace, path)),
      directory: request.directory === undefined ? undefined : join(workspace, request.directory),
    },
    policy: await loadPolicy(request.policy ?? signer, world),
    trust,
    concurrency: request.concurrency ?? 1,
  };
  return verifyRun(verify, world);
}

function file(name: string): Verifiable {
  return { kind: 'file', name, path: join(workspace, name) };
}

/** Returns the code of each result, or `verified`. */
function outcomes({ results }: VerificationReport): readonly string[] {
  return results.map(({ failure }) => failure?.code ?? 'verified');
}

function exitCode(report: VerificationReport): number {
  try {
    demandVerified(report);
    return 0;
  } catch (error) {
    if (error instanceof CountersignError) return error.exitCode;
    throw error;
  }
}

async function write(contents: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), content);
  }
}

/** Writes a file of zeros. */
async function writeZeros(name: string, length: number): Promise<void> {
  await writeFile(join(workspace, name), '');
  await files.truncate(join(workspace, name), length);
}

/** A bundle over a text. */
function signed(text: string, changes: Parameters<Instance['sign']>[0] = {}): string {
  const bundle = instance.sign({ signed: utf8(text), ...changes });
  return written(bundle, { messageDigest: digest('sha256', utf8(text)) });
}

function written(bundle: Bundle, content: object = {}): string {
  return writeBundle({ ...bundle, content: { ...bundle.content, ...content } } as Bundle);
}

function attested(text: string, predicateType = 'https://slsa.dev/provenance/v1', name = 'app'): string {
  const subject = [{ name, digest: { sha256: createHash('sha256').update(text).digest('hex') } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} };
  return writeBundle(instance.attest(utf8(JSON.stringify(statement))));
}

const spoilt = (bundle: string): string => {
  const json = JSON.parse(bundle);
  json.messageSignature.signature = encodeBase64(new Uint8Array(70));
  return JSON.stringify(json);
};

describe('a bundle that covers several artifacts is found', () => {
  test.each([
    ['an attestation beside the file', 'deep/attestation.sigstore.json'],
    ['an attestation in a folder above', 'attestation.sigstore.json'],
    ['all bundles of a run beside the file', 'deep/bundles.sigstore.jsonl'],
    ['all bundles of a run in a folder above', 'bundles.sigstore.jsonl'],
  ])('%s', async (_, path) => {
    const bundles = path.endsWith('l') ? `${signed('x')}\n${attested('app')}\n${signed('y')}\n` : attested('app');
    await write({ 'deep/app.tgz': 'app', [path]: bundles });
    const report = await run({ artifacts: ['deep/app.tgz'] });
    expect([outcomes(report), report.warnings]).toEqual([['verified'], []]);
    expect(report.results[0]?.bundle).toBe(path.endsWith('l') ? `${path}:2` : path);
  });

  test.each([
    'attestation',
    'attestation-2',
    'attestation-3',
    'attestation-7',
    'attestation-spdx',
    'attestation-test-result-2',
  ])('of a later step, or of another type: %s', async (name) => {
    const steps = { 'attestation.sigstore.json': attested('x'), 'attestation-2.sigstore.json': attested('y') };
    await write({ app: 'app', ...steps, [`${name}.sigstore.json`]: attested('app') });
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['verified']);
  });

  test('among the first 200 of a folder', async () => {
    const other = attested('x');
    const others = Array.from({ length: 200 }, (_, number) => [`attestation-${number + 100}.sigstore.json`, other]);
    await write({ app: 'app', ...Object.fromEntries(others), 'attestation-z.sigstore.json': attested('app') });
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['BUNDLE_MISSING']);
    await rm(join(workspace, 'attestation-100.sigstore.json'));
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['verified']);
  });

  test('of a plain signature too, and for a digest', async () => {
    await write({ app: 'app', 'bundles.sigstore.jsonl': `${signed('x')}\n${signed('app')}\n` });
    const known = { kind: 'digest', name: 'app', digest: digest('sha256', utf8('app')) } as const;
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['verified']);
    expect(outcomes(await run({ artifacts: [known] }))).toEqual(['verified']);
  });

  test('where the one beside the file does not meet the policy', async () => {
    await write({ app: 'app', 'app.sigstore.json': signed('app'), 'attestation.sigstore.json': attested('app') });
    const policy = { ...signer, predicateType: 'https://slsa.dev/provenance/v1' };
    const report = await run({ artifacts: ['app'], policy });
    expect(outcomes(report)).toEqual(['PREDICATE_TYPE_MISMATCH', 'verified']);
    expect(exitCode(report)).toBe(0);
    // Where that one does, no other is looked at.
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['verified']);
  });

  test('only if it names the artifact', async () => {
    await write({
      app: 'changed',
      'attestation.sigstore.json': attested('app'),
      'bundles.sigstore.jsonl': signed('app'),
    });
    const report = await run({ artifacts: ['app'] });
    expect(outcomes(report)).toEqual(['BUNDLE_MISSING']);
    expect(exitCode(report)).toBe(3);
  });

  test('only if it verifies', async () => {
    await write({ app: 'app', 'bundles.sigstore.jsonl': `${signed('x')}\n${spoilt(signed('app'))}\n` });
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['TIMESTAMP_MISMATCH']);
    const policy = { ...signer, certificateIdentity: `${identity}x` };
    await write({ 'bundles.sigstore.jsonl': `${signed('x')}\n${signed('app')}\n` });
    expect(outcomes(await run({ artifacts: ['app'], policy }))).toEqual(['IDENTITY_MISMATCH']);
  });

  test('not where bundles were named', async () => {
    await write({
      app: 'app',
      'attestation.sigstore.json': attested('app'),
      'x.json': attested('x'),
      'y.json': signed('y'),
    });
    expect(outcomes(await run({ artifacts: ['app'], bundles: ['x.json', 'y.json'] }))).toEqual(['BUNDLE_MISSING']);
  });

  test('not above the workspace', async () => {
    await writeFile(join(workspace, '..', 'attestation.sigstore.json'), attested('app'));
    await write({ app: 'app' });
    expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['BUNDLE_MISSING']);
    await rm(join(workspace, '..', 'attestation.sigstore.json'));
  });

  test('and one that cannot be read is reported, as a failure or a warning', async () => {
    await write({ app: 'app', 'attestation.sigstore.json': '{"mediaType":1}' });
    expect(await run({ artifacts: ['app'] })).toMatchObject({
      results: [{ bundle: 'attestation.sigstore.json', failure: { code: 'BUNDLE_INVALID' } }],
    });
    await write({ 'bundles.sigstore.jsonl': `${signed('x')}\n${signed('app')}\n` });
    const report = await run({ artifacts: ['app'] });
    expect(outcomes(report)).toEqual(['verified']);
    expect(report.warnings).toEqual([expect.stringMatching(/^the bundle attestation\.sigstore\.json cannot be read/)]);
  });

  test('and is read once for all files', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.txt`);
    const lines = names.map((name) => `${signed(name)}\n`).join('');
    await write({ ...Object.fromEntries(names.map((name) => [name, name])), 'bundles.sigstore.jsonl': lines });
    const opened: string[] = [];
    const open: typeof files.open = (path, ...more) => {
      opened.push(String(path));
      return files.open(path, ...more);
    };
    const report = await run({ artifacts: names, files: { ...files, open }, concurrency: 4 });
    expect(new Set(outcomes(report))).toEqual(new Set(['verified']));
    expect(opened.filter((path) => path.endsWith('/bundles.sigstore.jsonl'))).toHaveLength(1);
  });
});

describe('bundles are found', () => {
  test.each([
    ['beside the file', 'deep/app.tgz.sigstore.json', {}],
    ['under the shorter name', 'deep/app.tgz.sigstore', {}],
    ['one a line', 'deep/app.tgz.sigstore.jsonl', {}],
    ['where they were named', 'elsewhere/x.json', { bundles: ['elsewhere/x.json'] }],
    ['in a folder, by name', 'out/deep/app.tgz.sigstore.json', { directory: 'out' }],
    ['in a folder, by what they are about', 'out/a/b/some.sigstore', { directory: 'out' }],
    ['in a folder that is named like a bundle', 'out/x.sigstore.json/app.sigstore', { directory: 'out' }],
    ['as gh downloads them', 'out/sha256:abc.jsonl', { directory: 'out' }],
  ])('%s', async (_, path, places) => {
    await write({ 'deep/app.tgz': 'app', [path]: signed('app') });
    const report = await run({ artifacts: ['deep/app.tgz'], ...places });
    expect(outcomes(report)).toEqual(['verified']);
    expect(report.results).toMatchObject([
      {
        artifact: 'deep/app.tgz',
        bundle: path,
        digest: `sha256:${createHash('sha256').update('app').digest('hex')}`,
      },
    ]);
    expect(exitCode(report)).toBe(0);
  });

  test('for each of many artifacts in one file of many', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await write({
      ...Object.fromEntries(names.map((name) => [name, name])),
      'all.jsonl': `${names.map((name) => signed(name)).join('\n')}\n\n${attested('a')}\n`,
    });
    const report = await run({ artifacts: names, bundles: ['all.jsonl'], concurrency: 3 });
    expect(outcomes(report)).toEqual(['verified', 'verified', 'verified', 'verified', 'verified']);
    expect(report.results.map(({ artifact, bundle }) => [artifact, bundle])).toEqual([
      ['a', 'all.jsonl:1'],
      ['a', 'all.jsonl:6'],
      ['b', 'all.jsonl:2'],
      ['c', 'all.jsonl:3'],
      ['d', 'all.jsonl:4'],
    ]);
  });

  test('that are written on many lines', async () => {
    await write({ a: 'a', 'a.sigstore.json': JSON.stringify(JSON.parse(signed('a')), undefined, 2) });
    expect(outcomes(await run({ artifacts: ['a'] }))).toEqual(['verified']);
  });

  test('for digests, by all three hashes that a statement may name', async () => {
    const hex = (algorithm: string): string => createHash(algorithm).update('app').digest('hex');
    const subject = [{ name: 'app', digest: { sha384: hex('sha384'), sha512: hex('sha512') } }];
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'x', predicate: {} };
    await write({ 'app.json': writeBundle(instance.attest(utf8(JSON.stringify(statement)))), app: 'app' });
    for (const algorithm of ['sha384', 'sha512']) {
      const name = `${algorithm}:${hex(algorithm)}`;
      const artifact = { kind: 'digest', name, digest: parseDigest(name) } as const;
      expect(outcomes(await run({ artifacts: [artifact], bundles: ['app.json'] }))).toEqual(['verified']);
    }
    expect(outcomes(await run({ artifacts: ['app'], bundles: ['app.json'] }))).toEqual(['verified']);
    const name = `sha256:${hex('sha256')}`;
    const report = await run({
      artifacts: [{ kind: 'digest', name, digest: parseDigest(name) }],
      bundles: ['app.json'],
    });
    expect(outcomes(report)).toEqual(['ARTIFACT_MISMATCH']);
  });

  test('for digests, where gh puts them', async () => {
    const name = `sha256:${createHash('sha256').update('app').digest('hex')}`;
    await write({ [`${name}.jsonl`]: `${attested('app')}\n${attested('app')}\n` });
    const report = await run({ artifacts: [{ kind: 'digest', name, digest: parseDigest(name) }] });
    expect(outcomes(report)).toEqual(['verified', 'verified']);
  });

  test('for what comes in by a pipe, in pieces', async () => {
    await write({ 'app.json': signed('one two') });
    const pipe = { kind: 'stream', name: '-', content: Readable.from([utf8('one'), utf8(' two')]) } as const;
    expect(outcomes(await run({ artifacts: [pipe], bundles: ['app.json'] }))).toEqual(['verified']);
    const without = await run({ artifacts: [{ kind: 'stream', name: '-', content: Readable.from([]) }] });
    expect(outcomes(without)).toEqual(['USAGE']);
  });
});

describe('an artifact is verified if one of its bundles is', () => {
  test('and the report lists every one', async () => {
    await write({
      app: 'app',
      'app.sigstore.json': spoilt(signed('app')),
      'app.sigstore': signed('app'),
    });
    const report = await run({ artifacts: ['app'] });
    expect(outcomes(report)).toEqual(['TIMESTAMP_MISMATCH', 'verified']);
    expect(exitCode(report)).toBe(0);
  });

  test('by the whole policy: parts of it in two bundles are not enough', async () => {
    await write({
      app: 'app',
      'all.jsonl': `${attested('app', 'type/a', 'x')}\n${attested('app', 'type/b', 'app')}\n`,
    });
    const policy = { ...signer, predicateType: 'type/a', subjectName: 'app' };
    const report = await run({ artifacts: ['app'], bundles: ['all.jsonl'], policy });
    expect(outcomes(report)).toEqual(['SUBJECT_NAME_MISMATCH', 'PREDICATE_TYPE_MISMATCH']);
    expect(exitCode(report)).toBe(4);
    expect(
      outcomes(
        await run({ artifacts: ['app'], bundles: ['all.jsonl'], policy: { ...policy, predicateType: 'type/b' } }),
      ),
    ).toEqual(['PREDICATE_TYPE_MISMATCH', 'verified']);
  });

  test('a plain signature is no statement of the type that is asked for', async () => {
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    const report = await run({ artifacts: ['app'], policy: { ...signer, predicateType: '**' } });
    expect(outcomes(report)).toEqual(['PREDICATE_TYPE_MISMATCH']);
  });
});

describe('what is wrong is told apart', () => {
  test.each<[string, Readonly<Record<string, string>>, Partial<Run>, readonly string[], number]>([
    ['no file', {}, {}, ['SUBJECT_UNREADABLE'], 3],
    ['no file, though a bundle', { 'app.sigstore.json': 'app' }, {}, ['SUBJECT_UNREADABLE'], 3],
    ['no bundle', { app: 'app' }, {}, ['BUNDLE_MISSING'], 3],
    ['a bundle of another file', { app: 'app', 'app.sigstore.json': 'other' }, {}, ['ARTIFACT_MISMATCH'], 4],
    ['lines about other files', { app: 'app', 'app.sigstore.jsonl': 'one,two' }, {}, ['ARTIFACT_MISMATCH'], 4],
    ['the one bundle that was named', { app: 'app', x: 'other' }, { bundles: ['x'] }, ['ARTIFACT_MISMATCH'], 4],
    ['none of several', { app: 'app', 'x.jsonl': 'one,two' }, { bundles: ['x.jsonl'] }, ['BUNDLE_MISSING'], 3],
    [
      'a folder with one named after it, about something else',
      { app: 'app', 'out/app.sigstore.json': 'one', 'out/x.sigstore.json': 'two' },
      { directory: 'out' },
      ['ARTIFACT_MISMATCH'],
      4,
    ],
    [
      'a folder with none',
      { app: 'app', 'out/y.sigstore.json': 'one', 'out/x.sigstore.json': 'two' },
      { directory: 'out' },
      ['BUNDLE_MISSING'],
      3,
    ],
    ['a folder that is empty', { app: 'app', 'out/readme': 'one' }, { directory: 'out' }, ['BUNDLE_MISSING'], 3],
    [
      'another identity',
      { app: 'app', 'app.sigstore.json': 'app' },
      { policy: { repo: 'acme/app' } },
      ['ISSUER_MISMATCH'],
      4,
    ],
    [
      'no sandbox asked for',
      { app: 'app', 'app.sigstore.json': 'app' },
      { instance: 'custom' },
      ['CERTIFICATE_SANDBOX'],
      4,
    ],
  ])('%s', async (_, contents, changes, codes, code) => {
    const bundles = Object.entries(contents).map(([name, text]) => [
      name,
      name === 'app' || name === 'out/readme'
        ? text
        : text
            .split(',')
            .map((one) => signed(one))
            .join('\n'),
    ]);
    await write(Object.fromEntries(bundles));
    const report = await run({ artifacts: ['app'], ...changes });
    expect({ codes: outcomes(report), exit: exitCode(report) }).toEqual({ codes, exit: code });
  });

  test('a forged bundle, and one that is none', async () => {
    await write({ app: 'app', 'app.sigstore.json': spoilt(signed('app')), 'app.sigstore': '{"mediaType":' });
    const report = await run({ artifacts: ['app'] });
    expect(outcomes(report).toSorted()).toEqual(['BUNDLE_INVALID', 'TIMESTAMP_MISMATCH']);
    expect(exitCode(report)).toBe(5);
  });

  test('a bundle with more behind it is none, whatever that is', async () => {
    for (const more of ['{}', signed('app')]) {
      await write({ app: 'app', 'app.sigstore.json': `${signed('app')}\n${more}\n` });
      expect(outcomes(await run({ artifacts: ['app'] }))).toEqual(['BUNDLE_INVALID']);
    }
  });

  test('a bundle that cannot be read among many is said, and hides nothing', async () => {
    await write({ app: 'app', 'all.jsonl': `${signed('app')}\n{"mediaType":"x"}\n` });
    const report = await run({ artifacts: ['app'], bundles: ['all.jsonl'] });
    expect(outcomes(report)).toEqual(['verified']);
    expect(report.warnings).toEqual([expect.stringContaining('all.jsonl:2 cannot be read')]);
  });

  test('a certificate that cannot be read hides no other bundle', async () => {
    const signer = { kind: 'certificate', certificate: utf8('not a certificate') } as const;
    const broken = written(
      { ...instance.sign({ signed: utf8('app') }), signer },
      { messageDigest: digest('sha256', utf8('app')) },
    );
    await write({ app: 'app', 'all.jsonl': `${broken}\n${signed('app')}\n` });
    const report = await run({ artifacts: ['app'], bundles: ['all.jsonl'] });
    expect(outcomes(report)).toEqual(['CERTIFICATE_INVALID', 'verified']);
  });

  test('the worst decides: invalid, mismatch, absent, unavailable', async () => {
    await write({
      good: 'good',
      'good.sigstore.json': signed('good'),
      invalid: 'invalid',
      'invalid.sigstore.json': '{"mediaType":',
      mismatch: 'mismatch',
      'mismatch.sigstore.json': signed('other'),
      absent: 'absent',
    });
    const all = ['good', 'absent', 'mismatch', 'invalid'];
    expect(exitCode(await run({ artifacts: all.slice(0, 1) }))).toBe(0);
    expect(exitCode(await run({ artifacts: all.slice(0, 2) }))).toBe(3);
    expect(exitCode(await run({ artifacts: all.slice(0, 3) }))).toBe(4);
    const report = await run({ artifacts: all });
    expect(exitCode(report)).toBe(5);
    expect(() => demandVerified(report)).toThrow('3 of 4 artifacts could not be verified; invalid: ');
    expect(artifactOutcomes(report).map(({ artifact, failure }) => [artifact, failure?.kind])).toEqual([
      ['good', undefined],
      ['absent', 'absent'],
      ['mismatch', 'mismatch'],
      ['invalid', 'invalid'],
    ]);
  });

  test('nothing to verify is no success', async () => {
    await expect(run({ artifacts: [] })).rejects.toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test('bundles that were named and are not there', async () => {
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    await expect(run({ artifacts: ['app'], bundles: ['gone'] })).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    await expect(run({ artifacts: ['app'], directory: 'gone' })).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });

  test('a file of bundles that is too long to be read', async () => {
    await write({ app: 'app' });
    await writeZeros('all.jsonl', 128 * 1024 * 1024 + 1);
    await expect(run({ artifacts: ['app'], bundles: ['all.jsonl'] })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('all.jsonl is too large: the limit is 134217728 bytes'),
    });
  });

  test('what was cancelled is not verified', async () => {
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    const report = await run({ artifacts: ['app'], cancellation: AbortSignal.abort() });
    expect(outcomes(report)).toEqual(['CANCELLED']);
    expect(exitCode(report)).toBe(6);
  });
});

describe('trusted roots', () => {
  const logless = ({ tlogs: _, ctlogs: __, ...root }: JsonObject): JsonObject => root;
  /** A signature as GitHub's own instance makes it: with a timestamp, and in no log. */
  const unlogged = (text: string): string => {
    const bundle = instance.sign({ signed: utf8(text) });
    return written({ ...bundle, logEntries: [] }, { messageDigest: digest('sha256', utf8(text)) });
  };

  async function roots(...all: readonly JsonObject[]): Promise<string> {
    const path = join(workspace, 'roots.jsonl');
    await writeFile(path, all.map((root) => `${JSON.stringify(root)}\n`).join(''));
    return path;
  }

  test('each bundle is examined under each, until one passes', async () => {
    const other = new Instance().trustedRoot();
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    expect(
      outcomes(await run({ artifacts: ['app'], trustedRoot: await roots(other, instance.trustedRoot()) })),
    ).toEqual(['verified']);
    expect(
      outcomes(await run({ artifacts: ['app'], trustedRoot: await roots(instance.trustedRoot(), other) })),
    ).toEqual(['verified']);
    expect(outcomes(await run({ artifacts: ['app'], trustedRoot: await roots(other) }))).toEqual([
      'TIMESTAMP_UNTRUSTED',
    ]);
  });

  test('without any, nothing is verified', async () => {
    const examined = examineUnderRoots([], () => Promise.reject(new Error('examined under no root')));
    await expect(examined).rejects.toMatchObject({ code: 'TRUSTED_ROOT_MISSING' });
  });

  test('they are never mixed: the authority of one and the log of another are no proof', async () => {
    const own = instance.trustedRoot();
    const other = new Instance().trustedRoot();
    const mixed = [
      { ...own, tlogs: other.tlogs ?? [] },
      { ...other, tlogs: own.tlogs ?? [] },
    ];
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    expect(outcomes(await run({ artifacts: ['app'], trustedRoot: await roots(...mixed) }))).toEqual(['LOG_UNKNOWN']);
  });

  test('where all refuse, the report is of the one under which most holds', async () => {
    const other = new Instance().trustedRoot();
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    const policy = { ...signer, certificateIdentity: 'somebody else' };
    const trustedRoot = await roots(other, instance.trustedRoot());
    expect(outcomes(await run({ artifacts: ['app'], policy, trustedRoot }))).toEqual(['IDENTITY_MISMATCH']);
  });

  test('one without logs counts only for who asked for such a one', async () => {
    const own = logless(instance.trustedRoot());
    const policy = { ...signer };
    await write({ app: 'app', 'app.sigstore.json': unlogged('app') });
    const refused = await run({ artifacts: ['app'], policy, trustedRoot: await roots(own) });
    expect(outcomes(refused)).toEqual(['SCT_MISSING']);
    const both = await roots(new Instance().trustedRoot(), own);
    expect(outcomes(await run({ artifacts: ['app'], policy, trustedRoot: both }))).toEqual(['verified']);
    // gh's file does not make a proof unnecessary where the root has logs.
    const logged = await roots(new Instance().trustedRoot(), instance.trustedRoot());
    expect(outcomes(await run({ artifacts: ['app'], policy, trustedRoot: logged }))).toEqual(['LOG_ENTRY_MISSING']);
    const asked = await run({ artifacts: ['app'], policy: { ...policy, logEntries: '1' }, trustedRoot: both });
    expect(outcomes(asked)).toEqual(['LOG_ENTRY_MISSING']);
  });

  test('by the name of GitHub’s instance, one without logs is enough, and one with logs is not made less of', async () => {
    const trust = async (root: JsonObject) => {
      const world = {
        files,
        clock: () => now,
        cancellation: never,
        random: () => new Uint8Array(),
        http: () => Promise.reject(),
      };
      const { roots: found } = await loadTrust(
        { name: 'github', purpose: 'verify', trustedRoot: await roots(root) },
        world,
      );
      return found.map(({ thresholds, sandbox }) => [thresholds, sandbox]);
    };
    expect(await trust(logless(instance.trustedRoot()))).toEqual([
      [{ signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 }, 'refuse'],
    ]);
    expect(await trust(instance.trustedRoot())).toEqual([
      [{ signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 }, 'refuse'],
    ]);
  });
});

describe('keys that are kept', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pure = (text: string, messageDigest = true): string =>
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: '' } },
      messageSignature: {
        ...(messageDigest && {
          messageDigest: { algorithm: 'SHA2_512', digest: createHash('sha512').update(text).digest('base64') },
        }),
        signature: signBytes(null, Buffer.from(text), privateKey).toString('base64'),
      },
    });
  const keyPolicy = async (): Promise<PolicyRequest> => {
    await write({ 'key.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString() });
    return { key: join(workspace, 'key.pub'), insecureIgnoreTlog: true };
  };

  test('a signature of pure Ed25519 is verified over the file and over what comes by a pipe', async () => {
    await write({
      app: 'app',
      'app.sigstore.json': pure('app'),
      forged: 'forged',
      'forged.sigstore.json': pure('app', false),
    });
    const policy = await keyPolicy();
    const report = await run({ artifacts: ['app', 'forged'], policy });
    expect(outcomes(report)).toEqual(['verified', 'SIGNATURE_INVALID']);
    expect(report.warnings).toEqual([expect.stringContaining('transparency log entries are not required')]);
    const pipe = { kind: 'stream', name: '-', content: Readable.from([utf8('a'), utf8('pp')]) } as const;
    expect(outcomes(await run({ artifacts: [pipe], bundles: ['app.sigstore.json'], policy }))).toEqual(['verified']);
  });

  test('a log is asked for all the same', async () => {
    await write({ app: 'app', 'app.sigstore.json': pure('app') });
    const { key } = await keyPolicy();
    expect(outcomes(await run({ artifacts: ['app'], policy: key === undefined ? {} : { key } }))).toEqual([
      'LOG_ENTRY_MISSING',
    ]);
  });

  test('more than 64 MiB are not kept in memory for it, and that is said', async () => {
    await write({ 'big.sigstore.json': pure('big', false) });
    await writeZeros('big', 64 * 1024 * 1024 + 1);
    const report = await run({ artifacts: ['big'], policy: await keyPolicy() });
    expect(outcomes(report)).toEqual(['LIMIT_EXCEEDED']);
    const [result] = report.results;
    expect(result?.failure?.message).toContain('64 MiB');
  });

  test('a failure for another reason than the length is reported as what it is', async () => {
    await write({
      'big.sigstore.json': pure('other'),
      large: 'x'.repeat(1024 * 1024 + 1),
      'large.sigstore.json': JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: '' } },
        dsseEnvelope: {
          payload: encodeBase64(utf8('{}')),
          payloadType: 'application/vnd.in-toto+json',
          signatures: [{ sig: encodeBase64(new Uint8Array(64)) }],
        },
      }),
    });
    await writeZeros('big', 64 * 1024 * 1024 + 1);
    const report = await run({ artifacts: ['big', 'large'], policy: await keyPolicy() });
    expect(outcomes(report)).toEqual(['ARTIFACT_MISMATCH', 'SIGNATURE_INVALID']);
  });

  test('a digest is not too long for a signature of pure Ed25519, which is invalid for it', async () => {
    await write({ 'app.json': pure('app') });
    const artifact = { kind: 'digest', name: 'app', digest: digest('sha512', utf8('app')) } as const;
    const report = await run({ artifacts: [artifact], bundles: ['app.json'], policy: await keyPolicy() });
    expect(outcomes(report)).toEqual(['SIGNATURE_INVALID']);
  });
});

describe('what it costs', () => {
  test('a file is opened once, however many bundles there are', async () => {
    await write({ app: 'app', 'all.jsonl': Array.from({ length: 5 }, () => signed('app')).join('\n') });
    const opened: string[] = [];
    const counting = new Proxy(files, {
      get: (target, name, receiver) => {
        if (name !== 'open') return Reflect.get(target, name, receiver);
        return (path: string, ...rest: readonly number[]) => {
          opened.push(path);
          return files.open(path, ...rest);
        };
      },
    });
    const report = await run({ artifacts: ['app'], bundles: ['all.jsonl'], files: counting });
    expect(outcomes(report)).toEqual(Array.from({ length: 5 }, () => 'verified'));
    expect(opened.filter((path) => path === join(workspace, 'app'))).toHaveLength(1);
    expect(opened).toEqual([...new Set(opened)]);
  });

  test('an artifact that is named twice is verified once', async () => {
    await write({ app: 'app', 'app.sigstore.json': signed('app') });
    expect(outcomes(await run({ artifacts: ['app', 'app'] }))).toEqual(['verified']);
  });

  test('bundles that may be about anything are not examined without end', async () => {
    const one = JSON.parse(signed('app'));
    delete one.messageSignature.messageDigest;
    const lines = Array.from({ length: 257 }, (_, at) => JSON.stringify(one).replace('{', `{${' '.repeat(at)}`));
    await write({ app: 'app', 'all.jsonl': lines.join('\n') });
    expect(outcomes(await run({ artifacts: ['app'], bundles: ['all.jsonl'] }))).toEqual(['LIMIT_EXCEEDED']);
  });

  test('a line that is there thousands of times is one bundle', async () => {
    const one = JSON.parse(signed('app'));
    delete one.messageSignature.messageDigest;
    await write({ app: 'app', 'all.jsonl': `${JSON.stringify(one)}\n{}\n`.repeat(10_000) });
    const report = await run({ artifacts: ['app'], bundles: ['all.jsonl'] });
    expect(report.results.map(({ bundle }) => bundle)).toEqual(['all.jsonl:1']);
    expect(outcomes(report)).toEqual(['verified']);
    expect(report.warnings.filter((warning) => /cannot be read/.test(warning))).toHaveLength(1);
  });
});

test('of many artifacts, those that a bundle does not name are not examined with it', async () => {
  await write({ 'all.json': attested('named') });
  const artifact = (text: string): Verifiable => ({ kind: 'digest', name: text, digest: digest('sha256', utf8(text)) });
  const others = Array.from({ length: 100 }, (_, at) => artifact(`other ${at}`));
  const report = await run({ artifacts: [artifact('named'), ...others], bundles: ['all.json'] });
  expect(outcomes(report)).toEqual(['verified', ...others.map(() => 'ARTIFACT_MISMATCH')]);
  expect(report.results.slice(1).every(({ criteria }) => criteria.length === 0)).toBe(true);
  expect(exitCode(report)).toBe(4);
  const few = await run({ artifacts: [artifact('named'), ...others.slice(1)], bundles: ['all.json'] });
  expect(few.results.every(({ criteria }) => criteria.length > 0)).toBe(true);
  expect(outcomes(few)).toEqual(['verified', ...others.slice(1).map(() => 'ARTIFACT_MISMATCH')]);
});

test('one digest under many names is examined once', async () => {
  await write({ 'all.json': signed('named') });
  const artifacts = Array.from({ length: 200 }, (_, at): Verifiable => {
    return { kind: 'digest', name: `name ${at}`, digest: digest('sha256', utf8('named')) };
  });
  const { results } = await run({ artifacts, bundles: ['all.json'], concurrency: 8 });
  expect(new Set(results.map(({ verdict }) => verdict)).size).toBe(1);
  expect(outcomes({ results, warnings: [] })).toEqual(artifacts.map(() => 'verified'));
});

test('what a policy leaves open is said with the result, and stands in its criteria', async () => {
  await write({ app: 'app', 'app.sigstore.json': signed('app') });
  const report = await run({ artifacts: ['app'], policy: { anyIdentity: true, anyIssuer: true } });
  expect(outcomes(report)).toEqual(['verified']);
  expect(report.warnings).toHaveLength(2);
  const [result] = report.results;
  const criteria = result?.criteria ?? [];
  expect(criteria.filter(({ expected }) => expected === 'any').map(({ name }) => name)).toEqual(['issuer', 'identity']);
});
