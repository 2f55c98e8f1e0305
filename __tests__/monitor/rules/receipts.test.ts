import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { isReceiptFile, ReceiptCollector, type Receipts } from '../../../src/monitor/rules/index.ts';
import { artifact, bodiesV1, exampleStatement, Instance, submittedPem, withEntries } from '../../kit/instance.ts';

const instance = new Instance();
const bundle = instance.sign();
const attested = instance.attest();
const hash = (content: Uint8Array | string, algorithm = 'sha256'): string =>
  `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
const artifactDigest = hash(artifact);
const type = 'application/vnd.in-toto+json';
const encoding = (payload: Uint8Array): string =>
  `DSSEv1 ${type.length} ${type} ${payload.length} ${Buffer.from(payload).toString()}`;

function receiptsOf(name: string, content: Uint8Array | string): Receipts {
  const collector = new ReceiptCollector();
  collector.add(name, typeof content === 'string' ? utf8(content) : content);
  return collector.receipts;
}

const digestsOf = (name: string, content: Uint8Array | string): readonly string[] => [
  ...receiptsOf(name, content).digests,
];

const envelopeOf = (payload: Uint8Array | string, payloadType = type): string =>
  JSON.stringify({ payloadType, payload: Buffer.from(payload).toString('base64'), signatures: [{ sig: 'AA==' }] });

describe('bundles', () => {
  test('a signature of an artifact', () => {
    expect(digestsOf('app.sigstore.json', writeBundle(bundle))).toEqual([artifactDigest]);
  });

  test('an attestation: its pre-authentication encoding, its payload and its subjects', () => {
    const text = encoding(exampleStatement);
    expect(new Set(digestsOf('app.sigstore', writeBundle(attested)))).toEqual(
      new Set([
        ...['sha256', 'sha384', 'sha512'].map((algorithm) => hash(text, algorithm)),
        hash(exampleStatement),
        `sha256:${'0'.repeat(64)}`,
        artifactDigest,
      ]),
    );
  });

  test('an entry of Rekor v1: the digests that the log has', () => {
    const entry = instance.loggedV1('dsse', bodiesV1.dsse(attested, submittedPem(attested)));
    expect(digestsOf('app.sigstore.json', writeBundle(withEntries(attested, entry)))).toContain(
      `sha256:${'ab'.repeat(32)}`,
    );
  });

  test('one in each line', () => {
    const lines = `${writeBundle(bundle)}\n\n${writeBundle(attested)}\n`;
    for (const name of ['attestations.jsonl', 'all.sigstore.jsonl'])
      expect(digestsOf(name, lines)).toEqual(
        expect.arrayContaining([artifactDigest, hash(encoding(exampleStatement))]),
      );
  });

  test('with another name that ends in .json', () => {
    expect(digestsOf('attestation.json', writeBundle(bundle))).toEqual([artifactDigest]);
  });

  test('one that cannot be read', () => {
    expect(() => digestsOf('app.sigstore.json', '{}')).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
    const broken = writeBundle(bundle).replace('"verificationMaterial"', '"other"');
    expect(() => digestsOf('all.jsonl', broken)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });
});

describe('envelopes', () => {
  test('in lines, as slsa-github-generator writes them', () => {
    const digests = digestsOf('multiple.intoto.jsonl', `${envelopeOf(exampleStatement)}\n`);
    expect(digests).toEqual(
      expect.arrayContaining([hash(encoding(exampleStatement)), hash(exampleStatement), artifactDigest]),
    );
  });

  test('without a statement', () => {
    const digests = digestsOf('other.jsonl', envelopeOf('text', 'text/plain'));
    expect(digests).toContain(hash('text'));
    expect(digests).toContain(hash('DSSEv1 10 text/plain 4 text'));
    expect(digests).toHaveLength(4);
    expect(digestsOf('other.jsonl', envelopeOf('text'))).toHaveLength(4);
  });

  test('other lines are ignored', () => {
    const lines = [
      'text',
      '[]',
      '{}',
      '{"payloadType":"a"}',
      '{"payloadType":"a","payload":"?"}',
      '{"payload":"AAAA"}',
    ];
    expect(digestsOf('log.jsonl', lines.join('\n'))).toEqual([]);
  });
});

describe('receipts', () => {
  test('the JSON of countersign sign', () => {
    const subjects = [{ digest: artifactDigest }, { digest: `sha512:${'1'.repeat(128)}` }, { digest: 'none' }, {}];
    const receipt = JSON.stringify({ version: 1, signed: true, subjects });
    expect(digestsOf('receipt.json', receipt)).toEqual([artifactDigest, `sha512:${'1'.repeat(128)}`]);
  });

  test.each(['{"version":2,"subjects":[{"digest":"sha256:00"}]}', '{"name":"package"}', '[]', 'text'])(
    'other JSON is ignored: %s',
    (text) => {
      expect(digestsOf('package.json', text)).toEqual([]);
    },
  );
});

describe('checksums files', () => {
  const line = `${artifactDigest.slice(7)}  app.tar.gz\n`;

  test.each([
    'SHA256SUMS',
    'sha256sum.txt',
    'checksums.txt',
    'app_1.2.3_checksums.txt',
    'app.tar.gz.sha256',
    'SHA512SUMS',
  ])('%s', (name) => {
    expect(isReceiptFile(name)).toBe(true);
    expect(digestsOf(name, line)).toEqual([artifactDigest]);
  });

  test('a digest without a name', () => {
    expect(digestsOf('app.tar.gz.sha256', `${artifactDigest.slice(7).toUpperCase()}\n`)).toEqual([artifactDigest]);
    expect(digestsOf('app.tar.gz.sha512', '1'.repeat(128))).toEqual([`sha512:${'1'.repeat(128)}`]);
  });

  test('too many digests', () => {
    const collector = new ReceiptCollector(1);
    collector.add('SHA256SUMS', utf8(`${line}${line}`));
    const other = utf8(`${'1'.repeat(64)}  other`);
    expect(() => collector.add('SHA256SUMS', other)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('one that cannot be read', () => {
    for (const content of ['text', new Uint8Array([0xff])])
      expect(() => digestsOf('SHA256SUMS', content)).toThrow(expect.objectContaining({ code: 'DIGEST_INVALID' }));
  });
});

test.each(['app.tar.gz', 'README.md', 'sha256sums.sh', 'notes.txt', 'checksum.exe'])('%s is no receipt', (name) => {
  expect(isReceiptFile(name)).toBe(false);
  expect(digestsOf(name, 'text')).toEqual([]);
});

describe('provenance', () => {
  const statement = (predicateType: string, predicate: JsonObject): Bundle =>
    instance.attest(
      utf8(
        JSON.stringify({
          _type: 'https://in-toto.io/Statement/v1',
          subject: [{ name: 'app', digest: { sha256: '0'.repeat(64) } }],
          predicateType,
          predicate,
        }),
      ),
    );
  const provenanceOf = (predicateType: string, predicate: JsonObject) => [
    ...receiptsOf('app.sigstore.json', writeBundle(statement(predicateType, predicate))).provenance,
  ];

  test('SLSA v1', () => {
    const repository = 'https://github.com/octo/app';
    const found = provenanceOf('https://slsa.dev/provenance/v1', {
      buildDefinition: {
        externalParameters: { workflow: { repository, ref: 'refs/tags/v1', path: '.github/workflows/release.yml' } },
        resolvedDependencies: [
          { uri: 'git+https://github.com/octo/other@refs/heads/main', digest: { gitCommit: '2'.repeat(40) } },
          { uri: `git+${repository}@refs/tags/v1`, digest: { gitCommit: '1'.repeat(40) } },
        ],
      },
      runDetails: { metadata: { invocationId: `${repository}/actions/runs/1/attempts/1` } },
    });
    expect(found).toHaveLength(4);
    expect(found[0]?.[1]).toEqual({
      predicateType: 'https://slsa.dev/provenance/v1',
      repository,
      ref: 'refs/tags/v1',
      commit: '1'.repeat(40),
      workflow: '.github/workflows/release.yml',
      invocation: `${repository}/actions/runs/1/attempts/1`,
    });
  });

  test('SLSA v0.2', () => {
    const found = provenanceOf('https://slsa.dev/provenance/v0.2', {
      invocation: {
        configSource: {
          uri: 'git+https://github.com/octo/app@refs/tags/v1',
          digest: { sha1: '1'.repeat(40) },
          entryPoint: '.github/workflows/release.yml',
        },
      },
    });
    expect(found[0]?.[1]).toMatchObject({
      repository: 'https://github.com/octo/app',
      ref: 'refs/tags/v1',
      commit: '1'.repeat(40),
      workflow: '.github/workflows/release.yml',
    });
  });

  test('without the members, and other predicates', () => {
    expect(provenanceOf('https://slsa.dev/provenance/v1', {})[0]?.[1]).toMatchObject({ repository: undefined });
    expect(provenanceOf('https://slsa.dev/provenance/v0.2', {})[0]?.[1]).toMatchObject({ repository: undefined });
    expect(provenanceOf('https://spdx.dev/Document', {})).toEqual([]);
  });
});
