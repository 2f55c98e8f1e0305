/** SBOM and custom predicates: what the feature of this name promises, with real signatures. */

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import type { CountersignError, ErrorCode } from '../../src/core/errors/index.ts';
import { exactly } from '../../src/core/policy/index.ts';
import { readSigningConfig } from '../../src/core/trust/index.ts';
import { type SigningResult, signRun } from '../../src/run/sign/index.ts';
import { verifyRun } from '../../src/run/verify/index.ts';
import {
  cyclonedxDocument,
  documentsByWord,
  linkDocument,
  spdx3Document,
  spdxDocument,
  testResultDocument,
  vulnsDocument,
} from '../kit/documents.ts';
import { type Changes, Workplace } from '../run/workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

async function sign(changes: Changes): Promise<SigningResult> {
  const world = place.world();
  return await signRun(place.request({ format: 'attestation', ...changes }, world), world);
}

/** Writes a document into the folder. */
async function document(name: string, content: object | string): Promise<string> {
  await writeFile(join(place.folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

async function sha(name: string, algorithm = 'sha256'): Promise<string> {
  return createHash(algorithm)
    .update(await readFile(join(place.folder, name)))
    .digest('hex');
}

/** Returns the statement in a bundle. */
async function statementIn(
  name: string,
): Promise<Record<string, unknown> & { readonly subject: { readonly name: string }[] }> {
  const { dsseEnvelope } = JSON.parse(await readFile(join(place.folder, name), 'utf8'));
  return JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
}

/** Demands that a verifier accepts a file, with exactly this type of predicate, from this bundle. */
async function expectVerified(file: string, bundle: string, predicateType: string): Promise<void> {
  const request = place.verification([{ kind: 'file', name: file, path: join(place.folder, file) }], {
    bundles: [join(place.folder, bundle)],
    content: { predicateType: exactly(predicateType) },
  });
  const { results } = await verifyRun(request, place.world());
  expect(results.map(({ failure }) => failure?.message)).toEqual([undefined]);
}

/** Demands that a run ends with an error, before a token is requested or, at the latest, before anything is signed. */
async function expectRefused(
  changes: Changes,
  code: ErrorCode,
  message: RegExp,
  requested: 'no token' | 'token' = 'no token',
): Promise<CountersignError> {
  const error = await sign(changes).then(
    () => undefined,
    (failure: CountersignError) => failure,
  );
  expect(error).toMatchObject({ code, message: expect.stringMatching(message), remedy: expect.stringMatching(/\.$/) });
  expect([place.count('fulcio'), place.count('rekor-v2'), place.count('rekor-v1')]).toEqual([0, 0, 0]);
  if (requested === 'no token') expect(place.count('oidc')).toBe(0);
  expect(await place.bundles()).toEqual([]);
  return error as CountersignError;
}

describe('each type of predicate is signed and verified', () => {
  test.each(Object.entries(documentsByWord))('%s', async (word, [content, uri]) => {
    await place.write('a.txt');
    const predicatePath = await document('document.json', content);
    const { signed } = await sign({ predicateType: word, predicatePath });
    expect(signed.map(({ subject }) => subject.name)).toEqual(['a.txt']);
    const [bundle = ''] = await place.bundles();
    await expectVerified('a.txt', bundle, uri);
    const { predicate } = await statementIn(bundle);
    if (word === 'custom')
      expect(predicate).toEqual({
        Data: JSON.stringify(content),
        Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      });
    else expect(predicate).toEqual(JSON.parse(JSON.stringify(content)));
  });

  test.each([
    ['https://in-toto.io/attestation/link/v0.3', linkDocument],
    ['https://in-toto.io/attestation/vulns/v0.1', vulnsDocument],
    ['https://spdx.dev/Document/v2.2', spdxDocument([], 'SPDX-2.2')],
    ['https://spdx.dev/Document/v3.0.1', spdx3Document()],
    ['https://example.com/review/v1', { anything: [1, null, 'a'] }],
  ])('%s', async (predicateType, content) => {
    await place.write('a.txt');
    await sign({ predicateType, predicate: JSON.stringify(content) });
    const [bundle = ''] = await place.bundles();
    await expectVerified('a.txt', bundle, predicateType);
    expect((await statementIn(bundle)).predicate).toEqual(content);
  });
});

describe('an SBOM', () => {
  test.each([
    ['SPDX 2.2', spdxDocument([], 'SPDX-2.2'), 'https://spdx.dev/Document/v2.2', 'spdx'],
    ['SPDX 2.3', spdxDocument(), 'https://spdx.dev/Document/v2.3', 'spdx'],
    ['SPDX 3', spdx3Document(), 'https://spdx.dev/Document/v3', 'spdx'],
    ...['1.4', '1.5', '1.6', '1.7'].map(
      (version) =>
        [`CycloneDX ${version}`, cyclonedxDocument({}, version), 'https://cyclonedx.org/bom', 'cyclonedx'] as const,
    ),
  ])('%s is recognised by its content, and the bundle has its name', async (_, content, uri, name) => {
    await place.write('a.txt', 'b.txt');
    const { signed } = await sign({ sbomPath: await document('misleading.xml', content) });
    expect(signed.map(({ subject }) => subject.name)).toEqual(['a.txt', 'b.txt']);
    expect(await place.bundles()).toEqual([`attestation-${name}.sigstore.json`]);
    for (const file of ['a.txt', 'b.txt']) await expectVerified(file, `attestation-${name}.sigstore.json`, uri);
  });

  test.each([
    ['a checksum of SPDX 2', (hex: string) => spdxDocument([{ algorithm: 'SHA256', checksumValue: hex }]), 'sha256'],
    ['a SHA-512 checksum', (hex: string) => spdxDocument([{ algorithm: 'SHA512', checksumValue: hex }]), 'sha512'],
    ['a hash of SPDX 3', (hex: string) => spdx3Document([{ algorithm: 'sha256', hashValue: hex }]), 'sha256'],
    [
      'a hash of CycloneDX',
      (hex: string) => cyclonedxDocument({ hashes: [{ alg: 'SHA-256', content: hex }] }),
      'sha256',
    ],
    ['a package URL', (hex: string) => cyclonedxDocument({ purl: `pkg:oci/app@sha256%3A${hex}?tag=1` }), 'sha256'],
    ['a version', (hex: string) => cyclonedxDocument({ version: `sha256:${hex}` }), 'sha256'],
  ])('that names its subject by %s is about that subject alone', async (_, content, algorithm) => {
    await place.write('a.txt', 'b.txt');
    const { signed } = await sign({ sbomPath: await document('sbom.json', content(await sha('b.txt', algorithm))) });
    expect(signed.map(({ subject }) => subject.name)).toEqual(['b.txt']);
    const [bundle = ''] = await place.bundles();
    expect((await statementIn(bundle)).subject.map(({ name }) => name)).toEqual(['b.txt']);
  });

  test.each([
    ['npm.spdx.json', 'https://spdx.dev/Document/v2.3'],
    ['npm.cdx.json', 'https://cyclonedx.org/bom'],
    ['cyclonedx-npm.cdx.json', 'https://cyclonedx.org/bom'],
    ['syft-image.cdx.json', 'https://cyclonedx.org/bom'],
  ])('that a tool wrote and that names no digest, %s, is about all subjects, and unchanged', async (name, uri) => {
    await place.write('a.txt', 'b.txt');
    const sbomPath = fileURLToPath(new URL(`../fixtures/sboms/${name}`, import.meta.url));
    const { signed } = await sign({ sbomPath });
    expect(signed).toHaveLength(2);
    const [bundle = ''] = await place.bundles();
    await expectVerified('b.txt', bundle, uri);
    expect((await statementIn(bundle)).predicate).toEqual(JSON.parse(await readFile(sbomPath, 'utf8')));
  });

  test("that syft wrote of an image is about that image's digest alone", async () => {
    const sbomPath = fileURLToPath(new URL('../fixtures/sboms/syft-image.spdx.json', import.meta.url));
    const digest = 'sha256:4fb65ffc00236aa6e3f2afda44562327988945dfb7f86c952b0554209874feb3';
    const subjects = (...all: readonly string[]) => ({ files: [], checksums: [], digests: all });
    const other = `other@sha256:${'ab'.repeat(32)}`;
    await expectRefused({ sbomPath, subjects: subjects(other) }, 'ARTIFACT_MISMATCH', new RegExp(digest), 'token');
    const { signed } = await sign({ sbomPath, subjects: subjects(other, `demo@${digest}`) });
    expect(signed.map(({ subject }) => subject.name)).toEqual(['demo']);
  });

  test('that describes something else is refused', async () => {
    await place.write('a.txt', 'b.txt');
    const wrong = [{ algorithm: 'SHA256', checksumValue: 'ab'.repeat(32) }];
    await expectRefused(
      { sbomPath: await document('sbom.json', spdxDocument(wrong)) },
      'ARTIFACT_MISMATCH',
      /"sbom\.json" describes sha256:abab.*, which is none of the subjects/,
      'token',
    );
    const half = [
      { algorithm: 'SHA256', checksumValue: await sha('a.txt') },
      { algorithm: 'SHA512', checksumValue: 'ab'.repeat(64) },
    ];
    await expectRefused(
      { sbomPath: await document('sbom.json', spdxDocument(half)) },
      'ARTIFACT_MISMATCH',
      /describes/,
      'token',
    );
  });
});

describe('several attestations in one step', () => {
  test('have one certificate and a bundle each, and are found again by a second run', async () => {
    await place.write('a.txt', 'b.txt');
    const checksums = [{ algorithm: 'SHA256', checksumValue: await sha('a.txt') }];
    const attest = [
      'provenance',
      `sbom=${await document('a.spdx', spdxDocument(checksums))}`,
      `sbom=${await document('b.cdx', cyclonedxDocument())}`,
      `test-result=${await document('tests.json', testResultDocument)}`,
      `https://example.com/review/v1=${await document('review.json', { approved: true })}`,
    ];
    const seen: string[] = [];
    const totals: number[] = [];
    const changes: Changes = {
      attest,
      beforeSigning: async (_, results) => {
        totals.push(results);
      },
      onSubject: ({ subject }) => seen.push(subject.name),
    };
    const { signed } = await sign(changes);
    expect(place.count('fulcio')).toBe(1);
    expect([totals, seen.length, signed.length]).toEqual([[9], 9, 9]);
    expect(await place.bundles()).toEqual([
      'attestation-custom.sigstore.json',
      'attestation-cyclonedx.sigstore.json',
      'attestation-spdx.sigstore.json',
      'attestation-test-result.sigstore.json',
      'attestation.sigstore.json',
    ]);
    await expectVerified('a.txt', 'attestation.sigstore.json', 'https://slsa.dev/provenance/v1');
    await expectVerified('a.txt', 'attestation-spdx.sigstore.json', 'https://spdx.dev/Document/v2.3');
    await expectVerified('b.txt', 'attestation-custom.sigstore.json', 'https://example.com/review/v1');
    expect((await statementIn('attestation-spdx.sigstore.json')).subject.map(({ name }) => name)).toEqual(['a.txt']);

    const again = await sign(changes);
    expect(again.signed.every(({ resumed }) => resumed)).toBe(true);
    expect(await place.bundles()).toHaveLength(5);
  });

  test('of one type get numbers, also in a second step', async () => {
    await place.write('a.txt');
    await document('one.json', { ...vulnsDocument, extra: 1 });
    await document('two.json', { ...vulnsDocument, extra: 2 });
    await sign({ attest: ['vulns=one.json'] });
    await sign({ attest: ['vulns=two.json'] });
    expect(await place.bundles()).toEqual(['attestation-vulns-2.sigstore.json', 'attestation-vulns.sigstore.json']);
    expect((await statementIn('attestation-vulns.sigstore.json')).predicate).toMatchObject({ extra: 1 });
    expect((await statementIn('attestation-vulns-2.sigstore.json')).predicate).toMatchObject({ extra: 2 });
  });

  test('do not fit into one file', async () => {
    await place.write('a.txt');
    await document('review.json', {});
    await expectRefused(
      { attest: ['provenance', 'https://example.com/v1=review.json'], bundlePath: join(place.folder, 'one.json') },
      'USAGE',
      /specifies one file, but 2 bundles/,
      'token',
    );
  });
});

describe('a whole statement', () => {
  const statement = (subject: readonly object[], more: object = {}) => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://example.com/review/v1',
    predicate: { approved: true },
    ...more,
  });
  const none: Changes['subjects'] = { files: [], checksums: [], digests: [] };

  test('names its subjects itself, and is signed to the byte', async () => {
    await place.write('a.txt');
    const text = JSON.stringify(statement([{ name: 'any', digest: { sha256: await sha('a.txt') } }]), null, 2);
    await sign({ subjects: none, statement: await document('statement.json', text) });
    const [bundle = ''] = await place.bundles();
    const { dsseEnvelope } = JSON.parse(await readFile(join(place.folder, bundle), 'utf8'));
    expect(Buffer.from(dsseEnvelope.payload, 'base64').toString()).toBe(text);
    await expectVerified('a.txt', bundle, 'https://example.com/review/v1');
  });

  test('has exactly the subjects of the step', async () => {
    await place.write('a.txt', 'b.txt');
    const [a, b] = [
      { name: 'a', digest: { sha256: await sha('a.txt') } },
      { name: 'b', digest: { sha512: await sha('b.txt', 'sha512') } },
    ];
    const other = { name: 'other', digest: { sha256: 'ab'.repeat(32) } };
    const refused: [object[], RegExp][] = [
      [[a], /is not about b\.txt/],
      [[a, b, other], /is also about "other"/],
      [[other], /is not about a\.txt/],
      [[a, { name: 'b', digest: { ...b.digest, sha256: 'ab'.repeat(32) } }], /is not about b\.txt/],
    ];
    for (const [subject, message] of refused)
      await expectRefused(
        { statement: await document('s.json', statement(subject)) },
        'ARTIFACT_MISMATCH',
        message,
        'token',
      );
    const { signed } = await sign({ statement: await document('s.json', statement([b, a])) });
    expect(signed).toHaveLength(2);
    const [bundle = ''] = await place.bundles();
    for (const file of ['a.txt', 'b.txt']) await expectVerified(file, bundle, 'https://example.com/review/v1');
  });

  test('of a digest that cannot be bound, or of another type than said, is refused', async () => {
    const commit = { name: 'commit', digest: { gitCommit: 'ab'.repeat(20) } };
    const good = { name: 'good', digest: { sha256: 'ab'.repeat(32) } };
    const refused: [object, ErrorCode, RegExp, Changes?][] = [
      [statement([good, commit]), 'STATEMENT_INVALID', /subject\[1\] has no digest/],
      [
        statement([good], { predicateType: 'https://spdx.dev/Document/v2.3' }),
        'STATEMENT_INVALID',
        /spdxVersion is missing/,
      ],
      [
        statement([good], { predicateType: 'https://cyclonedx.org/bom', predicate: spdxDocument() }),
        'PREDICATE_TYPE_MISMATCH',
        /of the type spdx, not cyclonedx/,
      ],
      [statement([good]), 'PREDICATE_TYPE_MISMATCH', /its type is .*review.*, not spdx/, { predicateType: 'spdx' }],
      [statement([good], { predicate: { token: `npm_${'a1'.repeat(18)}` } }), 'SECRET_REFUSED', /"\/predicate\/token"/],
      [
        statement([good], {
          predicateType: 'https://spdx.dev/Document/v2.3',
          predicate: spdxDocument([{ algorithm: 'SHA256', checksumValue: 'cd'.repeat(32) }]),
        }),
        'ARTIFACT_MISMATCH',
        /not one of its subjects/,
      ],
      [spdxDocument(), 'STATEMENT_INVALID', /_type is missing/],
    ];
    for (const [content, code, message, changes] of refused)
      await expectRefused({ subjects: none, statement: await document('s.json', content), ...changes }, code, message);
  });
});

test('provenance that contradicts the certificate is refused before anything is signed', async () => {
  await place.write('a.txt');
  const provenance = (repository: string): object => ({
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: { repository, ref: 'refs/heads/main', path: '.github/workflows/release.yml' } },
    },
    runDetails: { builder: { id: `https://github.com/${exampleJob.job_workflow_ref}` } },
  });
  const stranger = provenance('https://github.com/stranger/app');
  const message = /^nothing was signed, because the provenance contradicts the certificate.*stranger\/app/;
  const predicatePath = await document('document.json', stranger);
  const changes = { predicateType: 'slsaprovenance1', predicatePath };
  await expectRefused(changes, 'PROVENANCE_MISMATCH', message, 'token');
  const statement = await document('statement.json', {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'a.txt', digest: { sha256: await sha('a.txt') } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: stranger,
  });
  await expectRefused({ statement }, 'PROVENANCE_MISMATCH', message, 'token');
  const own = await document('own.json', provenance(`https://github.com/${exampleJob.repository}`));
  expect((await sign({ predicateType: 'slsaprovenance1', predicatePath: own })).signed).toHaveLength(1);
});

describe('bad input is refused before a token is requested', () => {
  const uri = 'https://example.com/v1';

  test.each<[string, string, ErrorCode, RegExp]>([
    ['no JSON', 'text', 'JSON_INVALID', /"d\.json".*expected a JSON value/],
    ['duplicate members', '{"a":1,"a":2}', 'JSON_INVALID', /"a" occurs twice/],
    ['a list', '[]', 'STATEMENT_INVALID', /is not a JSON object/],
    ['a large number', '{"a":12345678901234567890}', 'STATEMENT_INVALID', /number/],
    ['an infinite number', '{"a":1e999}', 'STATEMENT_INVALID', /number/],
    ['half of a surrogate pair', '{"a":"\\ud800"}', 'STATEMENT_INVALID', /surrogate/],
    ['depth', `{"a":${'['.repeat(70)}${']'.repeat(70)}}`, 'LIMIT_EXCEEDED', /nested/],
    ['UTF-16', '\ufeff{}', 'JSON_INVALID', /is not UTF-8 but UTF-16/],
    ['a whole statement', '{"_type":"https://in-toto.io/Statement/v1"}', 'PREDICATE_TYPE_MISMATCH', /whole statement/],
  ])('%s', async (name, text, code, message) => {
    await place.write('a.txt');
    await writeFile(join(place.folder, 'd.json'), Buffer.from(text, name === 'UTF-16' ? 'utf16le' : 'utf8'));
    await expectRefused({ predicateType: uri, predicatePath: 'd.json' }, code, message);
  });

  test('a document of 17 MB, as a file or as text', async () => {
    await place.write('a.txt');
    const long = JSON.stringify({ text: 'a'.repeat(17_000_000) });
    await document('d.json', long);
    await expectRefused({ predicateType: uri, predicatePath: 'd.json' }, 'LIMIT_EXCEEDED', /larger than 16 MiB/);
    await expectRefused({ predicateType: uri, predicate: long }, 'LIMIT_EXCEEDED', /larger than 16 MiB/);
    await expectRefused({ sbomPath: 'd.json' }, 'LIMIT_EXCEEDED', /larger than 16 MiB/);
    await expectRefused({ statement: 'd.json' }, 'LIMIT_EXCEEDED', /larger than 16 MiB/);
  });

  test('what a log of Rekor v1 does not take; a log of Rekor v2 takes it', async () => {
    await place.write('a.txt');
    await document('d.json', { text: 'a'.repeat(8_000_000) });
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    const changes: Changes = { predicateType: uri, predicatePath: 'd.json' };
    await expectRefused(
      { ...changes, instance: { ...place.instance, signingConfig } },
      'LIMIT_EXCEEDED',
      /API version 1 takes 10000000/,
      'token',
    );
    expect((await sign(changes)).signed).toHaveLength(1);
  });

  test('a document that is not there, or is not a regular file', async () => {
    await place.write('a.txt');
    await mkdir(join(place.folder, 'folder'));
    await expectRefused({ sbomPath: 'none.json' }, 'USAGE', /"none\.json" does not exist/);
    await expectRefused({ statement: 'folder' }, 'USAGE', /"folder" is not a regular file/);
  });

  test('an SBOM of another type than said, of another version, or none at all', async () => {
    await place.write('a.txt');
    await document('spdx.json', spdxDocument());
    await document('spdx3.json', spdx3Document());
    await document('old.json', spdxDocument([], 'SPDX-2.1'));
    await document('cdx.json', cyclonedxDocument());
    await document('syft.json', { artifacts: [], schema: {} });
    const refused: [Changes, ErrorCode, RegExp][] = [
      [{ attest: ['cyclonedx=spdx.json'] }, 'PREDICATE_TYPE_MISMATCH', /of the type spdx, not cyclonedx/],
      [{ attest: ['spdx=cdx.json'] }, 'PREDICATE_TYPE_MISMATCH', /of the type cyclonedx, not spdx/],
      [{ attest: ['vulns=cdx.json'] }, 'PREDICATE_TYPE_MISMATCH', /of the type cyclonedx, not vulns/],
      [{ attest: ['https://spdx.dev/Document/v2.2=spdx.json'] }, 'PREDICATE_TYPE_MISMATCH', /v2\.3, not .*v2\.2/],
      [{ attest: ['https://spdx.dev/Document/v2.3=spdx3.json'] }, 'PREDICATE_TYPE_MISMATCH', /v3, not .*v2\.3/],
      [{ sbomPath: 'old.json' }, 'STATEMENT_INVALID', /spdxVersion is not one of SPDX-2\.2, SPDX-2\.3/],
      [{ sbomPath: 'syft.json' }, 'STATEMENT_INVALID', /not an SBOM but in syft's own format/],
    ];
    for (const [changes, code, message] of refused) await expectRefused(changes, code, message);
  });

  test('a document with something like a secret, unless that is allowed', async () => {
    await place.write('a.txt');
    const token = `ghp_${'Ab1'.repeat(12)}`;
    await document('d.json', { runs: [{ 'a/b': `token ${token}` }] });
    const changes: Changes = { predicateType: uri, predicatePath: 'd.json' };
    const error = await expectRefused(changes, 'SECRET_REFUSED', /a GitHub token at "\/runs\/0\/a~1b"/);
    expect(`${error.message}${error.remedy}`).not.toContain(token);
    await document('d.json', `text with ${token}`);
    await expectRefused({ ...changes, predicateType: 'custom' }, 'SECRET_REFUSED', /a GitHub token at "\/Data"/);
    expect((await sign({ ...changes, predicateType: 'custom', allowSecrets: true })).signed).toHaveLength(1);
  });

  test.each<[Changes, RegExp]>([
    [{ sbomPath: 's', predicateType: uri, predicate: '{}' }, /^`sbom-path` and `predicate` cannot be combined/],
    [{ sbomPath: 's', predicatePath: 'p' }, /^`sbom-path` and `predicate-path` cannot be combined/],
    [{ sbomPath: 's', predicateType: uri }, /^`sbom-path` and `predicate-type` cannot be combined/],
    [{ attest: ['provenance'], predicateType: uri }, /^`predicate-type` and `attestations` cannot be combined/],
    [{ statement: 's', attest: ['provenance'] }, /cannot be combined/],
    [{ statement: 's', predicatePath: 'p' }, /cannot be combined/],
    [{ predicateType: uri }, /but no predicate/],
    [{ predicate: '{}' }, /but not its type/],
    [
      { predicateType: uri, predicate: '{}', predicatePath: 'p' },
      /`predicate` and `predicate-path` cannot be combined/,
    ],
    [{ predicateType: 'review', predicate: '{}' }, /^"review" is not a predicate type/],
    [{ attest: ['provenance', 'provenance'] }, /has "provenance" twice/],
    [{ attest: ['sbom'] }, /has "sbom", which is not valid/],
    [{ attest: ['=path'] }, /has "=path", which is not valid/],
    [{ attest: ['provenance'], format: 'per-file' }, /`bundle-format: per-file`/],
  ])('options that say too much or too little: %j', async (changes, message) => {
    await place.write('a.txt');
    await expectRefused(changes, 'USAGE', message);
  });
});
