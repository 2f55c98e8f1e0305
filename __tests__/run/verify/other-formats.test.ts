/** Files of other tools in place of bundles: those that hold bundles are verified as strictly, all others are named. */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, encodePem, utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { type VerificationReport, verificationJson, verificationText } from '../../../src/report/index.ts';
import { loadPolicy, loadTrust } from '../../../src/run/policy/index.ts';
import { demandVerified, verifyRun } from '../../../src/run/verify/index.ts';
import {
  artifact,
  bodiesV1,
  certificateOf,
  Instance,
  identity,
  issuer,
  now,
  submittedPem,
  withEntries,
} from '../../kit/instance.ts';
import { annotationsOf, names } from '../../kit/signed-images.ts';

const instance = new Instance();
let folder: string;
let workspace: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-formats-'));
  await writeFile(join(folder, 'trusted_root.json'), JSON.stringify(instance.trustedRoot()));
});
beforeEach(async () => {
  workspace = await mkdtemp(join(folder, 'workspace-'));
  await write({ app: artifact });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(contents: Readonly<Record<string, string | Uint8Array | object>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(workspace, name), isText ? content : JSON.stringify(content));
  }
}

interface Places {
  readonly artifacts?: readonly string[];
  readonly bundles?: readonly string[];
  readonly directory?: string;
  readonly files?: typeof files;
}

async function run({
  artifacts = ['app'],
  bundles = [],
  directory,
  files: own = files,
}: Places): Promise<VerificationReport> {
  const world = {
    files: own,
    clock: () => now,
    cancellation: new AbortController().signal,
    random: (length: number) => new Uint8Array(length),
    http: () => Promise.reject(new Error('asked the network')),
  };
  const trust = await loadTrust(
    { name: 'sandbox', purpose: 'verify', trustedRoot: join(folder, 'trusted_root.json') },
    { ...world, files },
  );
  return verifyRun(
    {
      artifacts: artifacts.map((name) => ({ kind: 'file', name, path: join(workspace, name) })),
      bundles: {
        workspace,
        paths: bundles.map((path) => join(workspace, path)),
        directory: directory === undefined ? undefined : join(workspace, directory),
      },
      policy: await loadPolicy({ certificateIdentity: identity, certificateOidcIssuer: issuer }, world),
      trust,
      concurrency: 1,
    },
    world,
  );
}

/** The bundle of each result, and what came of it. */
function outcomes({ results }: VerificationReport): readonly string[] {
  return results.map(({ bundle, failure }) => `${bundle ?? '-'} ${failure?.code ?? 'verified'}`);
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

const subject = [{ name: 'app', digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } }];
const statement = (predicate: object = {}): Uint8Array =>
  utf8(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'x', predicate }));
const attested = instance.attest(statement());
const bundle = JSON.parse(writeBundle(attested));
const broken = (value: unknown): object => {
  const text = JSON.stringify(value);
  const { signature } = attested.content;
  const other = Uint8Array.from(signature, (byte, at) => (at === signature.length - 1 ? byte ^ 1 : byte));
  const changed = text.replaceAll(encodeBase64(signature), encodeBase64(other));
  if (changed === text) throw new Error('nothing was changed');
  return JSON.parse(changed);
};
// PEP 740 has no timestamps: the log's promise has to say when.
const attestedV1 = withEntries(attested, instance.loggedV1('dsse', bodiesV1.dsse(attested, submittedPem(attested))));
const pep740 = {
  version: 1,
  verification_material: {
    certificate: encodeBase64(certificateOf(attested.signer) ?? new Uint8Array()),
    transparency_entries: JSON.parse(writeBundle(attestedV1)).verificationMaterial.tlogEntries,
  },
  envelope: { statement: encodeBase64(attested.content.payload), signature: encodeBase64(attested.content.signature) },
};
const provenance = { version: 1, attestation_bundles: [{ publisher: { kind: 'GitHub' }, attestations: [pep740] }] };

describe('files that hold bundles are verified', () => {
  test.each<[string, object, string]>([
    ['npm’s API', { attestations: [{ predicateType: 'x', bundle }] }, ': attestations[0].bundle'],
    [
      'GitHub’s API',
      { attestations: [{ bundle, repository_id: 1, bundle_url: 'https://e.test/b', initiator: 'user' }] },
      ': attestations[0].bundle',
    ],
    [
      'GitHub’s API, for many digests',
      {
        attestations_subject_digests: { 'sha256:00': null, 'sha256:ab': [{ bundle, repository_id: 1 }] },
        page_info: {},
      },
      ': attestations_subject_digests["sha256:ab"][0].bundle',
    ],
    ['gh attestation verify', [{ attestation: { bundle }, verificationResult: {} }], ': [0].attestation.bundle'],
    ['gh release verify', { attestation: { bundle }, verificationResult: {} }, ': attestation.bundle'],
    ['an array', [bundle], ': [0]'],
    ['an object around it', { bundle }, ': bundle'],
    ['PEP 740', pep740, ''],
    ['PEP 740 in an array', [pep740], ': [0]'],
    ['PyPI’s provenance', provenance, ': attestation_bundles[0].attestations[0]'],
  ])('%s', async (_, document, place) => {
    await write({ x: document });
    const report = await run({ bundles: ['x'] });
    expect(outcomes(report)).toEqual([`x${place} verified`]);
    expect(exitCode(report)).toBe(0);
    // Nothing is believed because of what is around it.
    await write({ x: broken(document) });
    const refused = await run({ bundles: ['x'] });
    expect(refused.results.map(({ verdict }) => verdict)).toEqual([undefined]);
    expect([4, 5]).toContain(exitCode(refused));
    await write({ app: 'another', x: document });
    expect(exitCode(await run({ bundles: ['x'] }))).toBe(4);
  });

  describe('what cosign wrote before it had bundles', () => {
    const signed = ((): Bundle => {
      const made = instance.sign();
      const body = bodiesV1.hashedrekord(made, submittedPem(made), digest('sha256', artifact));
      return withEntries(made, instance.loggedV1('hashedrekord', body));
    })();
    const annotations = annotationsOf(signed);
    const older = {
      base64Signature: annotations[names.signature] ?? '',
      cert: encodeBase64(utf8(annotations[names.certificate] ?? '')),
      rekorBundle: JSON.parse(annotations[names.logEntry] ?? '{}'),
    };

    test.each([
      ['with the certificate in base64', older],
      ['with the certificate as PEM', { ...older, cert: annotations[names.certificate] }],
    ])('%s', async (_, document) => {
      await write({ 'app.bundle': document });
      expect(outcomes(await run({ bundles: ['app.bundle'] }))).toEqual(['app.bundle verified']);
    });

    test.each<[string, object, number]>([
      ['without a log entry', { ...older, rekorBundle: undefined }, 3],
      [
        'of which the entry is about another signature',
        { ...older, base64Signature: encodeBase64(utf8('another')) },
        5,
      ],
      ['without a certificate', { ...older, cert: undefined }, 4],
      [
        'with a public key in its place',
        { ...older, cert: encodeBase64(utf8('-----BEGIN PUBLIC KEY-----\nAAAA\n')) },
        4,
      ],
      ['with no certificate in its place', { ...older, cert: 'AAAA' }, 5],
      ['with a number in its place', { ...older, cert: 7 }, 5],
      [
        'with an altered time',
        {
          ...older,
          rekorBundle: { ...older.rekorBundle, Payload: { ...older.rekorBundle.Payload, integratedTime: 1 } },
        },
        5,
      ],
    ])('%s it is refused', async (_, document, code) => {
      await write({ 'app.bundle': document });
      expect(exitCode(await run({ bundles: ['app.bundle'] }))).toBe(code);
    });

    test('an attestation', async () => {
      const { payload, payloadType, signature } = attested.content;
      const envelope = { payloadType, payload: encodeBase64(payload), signatures: [{ sig: encodeBase64(signature) }] };
      const of = annotationsOf(attestedV1);
      const document = {
        base64Signature: encodeBase64(utf8(JSON.stringify(envelope))),
        cert: encodeBase64(utf8(of[names.certificate] ?? '')),
        rekorBundle: JSON.parse(of[names.logEntry] ?? '{}'),
      };
      await write({ x: document });
      expect(outcomes(await run({ bundles: ['x'] }))).toEqual(['x verified']);
    });
  });

  test('one that verifies is enough, and each that does not is reported', async () => {
    const items = [
      { bundle: broken(bundle) },
      { bundle: { ...bundle, more: 1 } },
      { bundle },
      { bundle_url: 'https://e.test' },
      7,
    ];
    await write({ x: { attestations: items } });
    const report = await run({ bundles: ['x'] });
    expect(outcomes(report)).toEqual([
      expect.stringMatching(/^x: attestations\[0\]\.bundle (?!verified)/),
      'x: attestations[2].bundle verified',
    ]);
    expect(report.warnings).toEqual([
      expect.stringMatching(/x: attestations\[1\]\.bundle cannot be read: .*"more"/),
      expect.stringMatching(/x: attestations\[3\]\.bundle cannot be read: only the URL of a bundle/),
      expect.stringMatching(/x: attestations\[4\] cannot be read: not a bundle/),
    ]);
    await write({ x: { attestations: items.with(2, { bundle: broken(bundle) }) } });
    const refused = await run({ bundles: ['x'] });
    expect(exitCode(refused)).toBe(5);
    expect(refused.results.filter(({ unread }) => unread).map((one) => one.bundle)).toEqual([
      'x: attestations[1].bundle',
      'x: attestations[3].bundle',
      'x: attestations[4]',
    ]);
  });

  test('wrapped bundles in the lines of a file, and in a folder', async () => {
    await write({
      'out/all.jsonl': `${JSON.stringify({ bundle: broken(bundle) })}\n${JSON.stringify([bundle]).slice(1, -1)}\n`,
    });
    expect(outcomes(await run({ directory: 'out' }))).toEqual([
      expect.stringMatching(/^out\/all\.jsonl:1: bundle (?!verified)/),
      'out/all.jsonl:2 verified',
    ]);
  });

  test.each<[string, object, string]>([
    ['a version that is not known', { ...pep740, version: 2 }, 'BUNDLE_UNSUPPORTED'],
    ['a member that is not known', { ...pep740, more: 1 }, 'BUNDLE_INVALID'],
    ['an envelope that is none', { ...pep740, envelope: 'x' }, 'BUNDLE_INVALID'],
    ['a statement that is no text', { ...pep740, envelope: { ...pep740.envelope, statement: 7 } }, 'BUNDLE_INVALID'],
    ['no certificate', { ...pep740, verification_material: { transparency_entries: [] } }, 'BUNDLE_INVALID'],
  ])('PEP 740 with %s is refused', async (_, document, code) => {
    await write({ x: document });
    expect(outcomes(await run({ bundles: ['x'] }))).toEqual([`x ${code}`]);
  });
});

describe('limits', () => {
  test('two members of one name are refused, in whatever is around a bundle', async () => {
    const text = `{"attestations":[],"attestations":[{"bundle":${JSON.stringify(bundle)}}]}`;
    await write({ x: text });
    expect(outcomes(await run({ bundles: ['x'] }))).toEqual(['x BUNDLE_INVALID']);
  });

  test.each<[string, () => string]>([
    ['bundles', () => JSON.stringify({ attestations: Array(1001).fill({ bundle: {} }) })],
    [
      'bundles in several lists',
      () =>
        JSON.stringify({
          attestations_subject_digests: Object.fromEntries(
            Array.from({ length: 11 }, (_, at) => [at, Array(100).fill({ bundle: {} })]),
          ),
        }),
    ],
    ['levels', () => `{"attestations":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['values', () => `{"attestations":[${'{},'.repeat(300_000)}{}]}`],
    ['bytes', () => `{"attestations":["${'x'.repeat(33 * 1024 * 1024)}"]}`],
  ])('too many %s', async (_, text) => {
    await write({ x: text() });
    expect(outcomes(await run({ bundles: ['x'] }))).toEqual(['x LIMIT_EXCEEDED']);
  });
});

describe('what is no bundle is named, and not called broken', () => {
  const pem = encodePem('CERTIFICATE', certificateOf(attested.signer) ?? new Uint8Array());
  const { payload, payloadType, signature } = attested.content;
  const sig = encodeBase64(signature);
  const envelope = { payloadType, payload: encodeBase64(payload), signatures: [{ keyid: '', sig, cert: pem }] };
  const hex = 'ab'.repeat(32);
  test.each<[string, string | Uint8Array | object, RegExp]>([
    ['nothing', '', /it is empty/],
    ['white space', ' \n\n', /it is empty/],
    ['a web page', '<!DOCTYPE html>\n<html><body>404</body></html>', /an HTML page/],
    ['a web page that says nothing of itself', '\n<html lang="en">', /an HTML page/],
    ['XML', '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', /an XML document/],
    ['a bare signature', `${sig}\n`, /a base64-encoded signature/],
    ['a certificate', pem, /a certificate/],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', /a public key/],
    ['a private key', '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n', /a private key/],
    ['PGP', '-----BEGIN PGP SIGNATURE-----\n\niQ\n', /a PGP signature/],
    ['PGP in binary', Uint8Array.of(0x89, 0x02, 0x33, 0x04, 0xff), /a PGP signature/],
    ['SSH', '-----BEGIN SSH SIGNATURE-----\nU1NI\n', /an SSH signature/],
    ['minisign', 'untrusted comment: signature from minisign secret key\nRWQ\n', /minisign/],
    ['checksums', `${hex}  app\n${hex} *b\n`, /checksums/],
    ['checksums of BSD tools', `SHA256 (app) = ${hex}\n`, /checksums/],
    ['text', 'hello, world', /it is text/],
    ['a compressed file', gzipSync('x'), /compressed \(gzip\)/],
    ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff), /a program/],
    [
      'a bundle in the form that GitHub stores',
      Buffer.concat([Uint8Array.of(0xd0, 0x48, 0xf0), utf8('{"mediaType":"application/vnd.dev.sigstore.bundle')]),
      /Snappy/,
    ],
    ['an envelope', envelope, /a DSSE envelope/],
    ['a statement', Buffer.from(payload), /an unsigned in-toto statement/],
    ['a trusted root', instance.trustedRoot(), /a trusted root/],
    ['a TUF document', { signed: {}, signatures: [] }, /TUF metadata/],
    ['an SBOM', { bomFormat: 'CycloneDX', specVersion: '1.6' }, /SBOM/],
    ['a manifest', { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' }, /container image/],
    ['an error of GitHub', { message: 'Not Found', documentation_url: 'https://e.test', status: '404' }, /"Not Found"/],
    ['an error of a registry', { errors: [{ code: 'DENIED', message: 'denied' }] }, /"denied"/],
    ['a log entry', { abc: { body: 'x', integratedTime: 1, logID: 'c0', logIndex: 2 } }, /transparency log/],
    [
      'metadata of npm',
      { _id: 'x@1', name: 'x', dist: { attestations: { url: 'https://e.test' } } },
      /npm package metadata/,
    ],
    ['something else', { a: 1, b: 2 }, /a JSON document with the members "a", "b"/],
    ['an object', {}, /a JSON document without members/],
    ['a list', '[1, 2]', /a JSON list/],
    ['a number', '7', /a JSON value/],
    ['half a document', '{"a": [1,', /invalid JSON/],
  ])('%s', async (_, content, what) => {
    await write({ 'x.json': content });
    const report = await run({ bundles: ['x.json'] });
    expect(outcomes(report)).toEqual(['x.json FORMAT_UNSUPPORTED']);
    expect(report.results[0]?.failure).toMatchObject({
      message: expect.stringMatching(what),
      remedy: expect.stringMatching(/./),
    });
    expect(exitCode(report)).toBe(2);
  });

  test('a bundle as RubyGems.org stored it', async () => {
    const malformed = structuredClone(bundle);
    malformed.verificationMaterial.certificate.rawBytes = encodeBase64(utf8(pem));
    delete malformed.verificationMaterial.tlogEntries[0].kindVersion;
    for (const document of [malformed, [malformed]]) {
      await write({ x: document });
      const report = await run({ bundles: ['x'] });
      expect(report.results[0]?.failure).toMatchObject({
        code: 'FORMAT_UNSUPPORTED',
        message: expect.stringContaining('RubyGems.org'),
      });
    }
  });

  test.each<[string, string | Uint8Array]>([
    ['truncated', JSON.stringify(bundle).slice(0, -10)],
    ['cut off in its first member', '{"mediaType":"application/vnd.dev'],
    ['with a wrong byte', Buffer.concat([utf8(JSON.stringify(bundle)), Uint8Array.of(0xff)])],
    ['with an unknown member', JSON.stringify({ ...bundle, more: 1 })],
    ['without its content', JSON.stringify({ ...bundle, dsseEnvelope: undefined })],
    ['without its media type', JSON.stringify({ ...bundle, mediaType: undefined })],
  ])('a bundle %s is a broken bundle all the same', async (_, content) => {
    await write({ x: content });
    const report = await run({ bundles: ['x'] });
    expect(outcomes(report)).toEqual(['x BUNDLE_INVALID']);
    expect(exitCode(report)).toBe(5);
  });

  test('a list without attestations is absent', async () => {
    for (const document of [{ attestations: [] }, [], { attestations_subject_digests: { 'sha256:00': null } }]) {
      await write({ x: document });
      expect(outcomes(await run({ bundles: ['x'] }))).toEqual(['x BUNDLE_MISSING']);
    }
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp, RegExp]>([
    [
      '.sig and .pem',
      { 'app.sig': sig, 'app.pem': pem },
      /app\.sig and app\.pem, a signature without a log entry/,
      /cosign verify-blob/,
    ],
    ['.intoto.jsonl', { 'app.intoto.jsonl': JSON.stringify(envelope) }, /app\.intoto\.jsonl/, /slsa-verifier/],
    ['.asc', { 'app.asc': 'x' }, /app\.asc, a PGP signature/, /gpg/],
    ['.minisig', { 'app.minisig': 'x' }, /app\.minisig, a minisign signature/, /minisign/],
    [
      'PEP 740',
      { 'app.publish.attestation': JSON.stringify(pep740) },
      /app\.publish\.attestation, which is not used by default/,
      /`bundle`/,
    ],
  ])('beside a file without a bundle: %s', async (_, contents, message, remedy) => {
    await write(contents);
    const report = await run({});
    expect(report.results[0]?.failure).toMatchObject({
      code: 'BUNDLE_MISSING',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
    expect(exitCode(report)).toBe(3);
  });
});

describe('lines that cannot be read', () => {
  const line = JSON.stringify(bundle);
  const other = ((): string => {
    const about = [{ name: 'b', digest: { sha256: 'ab'.repeat(32) } }];
    const text = JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: about,
      predicateType: 'x',
      predicate: {},
    });
    return writeBundle(instance.attest(utf8(text)));
  })();
  const cut = line.slice(0, -20);

  test.each<[string, string, readonly string[], number]>([
    ['cut off, after a good one', `${line}\n${cut}\n`, ['x.jsonl:1 verified'], 0],
    ['cut off, before a good one', `${cut}\n${line}\n`, ['x.jsonl:2 verified'], 0],
    [
      'cut off, after one about something else',
      `${other}\n${cut}\n`,
      ['- BUNDLE_MISSING', 'x.jsonl:2 BUNDLE_INVALID'],
      5,
    ],
    ['that are text', `${other}\nnothing\n`, ['- BUNDLE_MISSING', 'x.jsonl:2 FORMAT_UNSUPPORTED'], 3],
    ['alone', `{"a":1}\n${cut}\n`, ['x.jsonl:1 FORMAT_UNSUPPORTED', 'x.jsonl:2 BUNDLE_INVALID'], 5],
    [
      'that are of another format',
      '{"a":1}\n{"b":1}\n',
      ['x.jsonl:1 FORMAT_UNSUPPORTED', 'x.jsonl:2 FORMAT_UNSUPPORTED'],
      2,
    ],
  ])('%s', async (_, text, expected, code) => {
    await write({ 'x.jsonl': text });
    const report = await run({ bundles: ['x.jsonl'] });
    expect(outcomes(report)).toEqual(expected);
    expect(exitCode(report)).toBe(code);
    // Whatever came of it, each is somewhere in the report, with its line.
    const all = [JSON.stringify(verificationJson(report)), verificationText(report, { verbose: true })];
    for (const [at, one] of text.trim().split('\n').entries())
      if (one !== other) for (const shown of all) expect(shown).toContain(`x.jsonl:${at + 1}`);
  });

  test('beside the artifact: reported for it, and the most severe decides', async () => {
    await write({
      'app.sigstore.jsonl': `${other}\n${cut}\n${JSON.stringify({ a: 1 })}\n`,
    });
    const report = await run({});
    expect(outcomes(report)).toEqual([
      'app.sigstore.jsonl:1 ARTIFACT_MISMATCH',
      'app.sigstore.jsonl:2 BUNDLE_INVALID',
      'app.sigstore.jsonl:3 FORMAT_UNSUPPORTED',
    ]);
    expect(exitCode(report)).toBe(5);
    await write({ 'app.sigstore.jsonl': `${cut}\n${line}\n` });
    const good = await run({});
    expect(outcomes(good)).toEqual(['app.sigstore.jsonl:2 verified', 'app.sigstore.jsonl:1 BUNDLE_INVALID']);
    expect(exitCode(good)).toBe(0);
    expect(verificationText(good, { verbose: true })).toContain(
      '  unreadable app.sigstore.jsonl:1\n  BUNDLE_INVALID: ',
    );
    expect(verificationJson(good)).toMatchObject({ artifacts: [{ results: [{}, { unread: true, verified: false }] }] });
  });

  test('the most severe one counts even after hundreds of others', async () => {
    const many = Array.from({ length: 300 }, (_, at) => JSON.stringify({ a: at })).join('\n');
    await write({ 'x.jsonl': `${many}\n${cut}\n` });
    const report = await run({ bundles: ['x.jsonl'] });
    expect(exitCode(report)).toBe(5);
    expect(report.warnings.at(-1)).toContain('200 more bundles in the same files cannot be read');
  });

  test('an indented bundle that is broken is one bundle', async () => {
    const text = JSON.stringify({ ...bundle, more: 1 }, undefined, 2);
    await write({ 'x.jsonl': text });
    expect(outcomes(await run({ bundles: ['x.jsonl'] }))).toEqual(['x.jsonl BUNDLE_INVALID']);
  });

  test('in a folder, a file that is named after another artifact is not reported for this one', async () => {
    await write({ b: 'b', 'out/b.sigstore.json': cut, 'out/c.sigstore.json': '<html>', 'out/other.json': 'x' });
    const report = await run({ artifacts: ['app', 'b'], directory: 'out' });
    expect(report.results.map((one) => `${one.artifact}: ${one.bundle ?? '-'} ${one.failure?.code}`)).toEqual([
      'app: out/c.sigstore.json FORMAT_UNSUPPORTED',
      'b: out/b.sigstore.json BUNDLE_INVALID',
      'b: out/c.sigstore.json FORMAT_UNSUPPORTED',
    ]);
    await write({ 'out/app.sigstore': line });
    expect(exitCode(await run({ directory: 'out' }))).toBe(0);
  });

  test('of more than a hundred artifacts, each is told the most severe one alone', async () => {
    const artifacts = Array.from({ length: 101 }, (_, at) => `file-${at}`);
    await write(Object.fromEntries(artifacts.map((name) => [name, name])));
    await write({ 'x.jsonl': `${other}\n{"a":1}\n${cut}\n{"b":1}\n` });
    const report = await run({ artifacts, bundles: ['x.jsonl'] });
    expect(report.results).toHaveLength(202);
    expect(report.results.filter(({ failure }) => failure?.code === 'BUNDLE_INVALID')).toHaveLength(101);
    expect(report.warnings).toHaveLength(2);
  });
});

describe('a bundle that is there and cannot be read is not said to be absent', () => {
  const failing = (path: string, code: string): typeof files =>
    new Proxy(files, {
      get: (target, name, receiver) => {
        if (name !== 'open') return Reflect.get(target, name, receiver);
        return async (opened: string, flags: number) => {
          if (opened === join(workspace, path)) throw Object.assign(new Error(code), { code });
          return files.open(opened, flags);
        };
      },
    });

  test.each(['EACCES', 'EIO', 'ELOOP'])('%s', async (code) => {
    await write({ 'app.sigstore.json': bundle, 'app.sigstore': bundle });
    const beside = await run({ files: failing('app.sigstore.json', code) });
    expect(outcomes(beside)).toEqual(['app.sigstore verified', 'app.sigstore.json BUNDLE_UNREADABLE']);
    await rm(join(workspace, 'app.sigstore'));
    for (const places of [{}, { bundles: ['app.sigstore.json'] }, { directory: '.' }]) {
      const report = await run({ ...places, files: failing('app.sigstore.json', code) });
      expect(outcomes(report)).toEqual(['app.sigstore.json BUNDLE_UNREADABLE']);
      expect(report.results[0]?.failure?.message).toContain(code);
      expect(exitCode(report)).toBe(2);
    }
  });

  test('a folder in place of a bundle', async () => {
    await mkdir(join(workspace, 'app.sigstore.json'));
    expect(outcomes(await run({}))).toEqual(['app.sigstore.json BUNDLE_UNREADABLE']);
    const named = await run({ bundles: ['app.sigstore.json'] });
    expect(named.results[0]?.failure).toMatchObject({ remedy: 'Specify a folder with `bundle-dir`.' });
  });

  test('a path that does not exist is absent', async () => {
    await expect(run({ bundles: ['gone.json'] })).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    await expect(run({ directory: 'gone' })).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });
});
