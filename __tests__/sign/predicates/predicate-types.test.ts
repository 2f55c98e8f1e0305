import { describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import { parseJsonObject } from '../../../src/core/encoding/index.ts';
import { namedType, predicateTypes } from '../../../src/sign/predicates/index.ts';
import {
  cosignVulnDocument,
  cyclonedxDocument,
  documentsByWord,
  linkDocument,
  olderLinkDocument,
  olderProvenanceDocument,
  openvexDocument,
  provenanceDocument,
  releaseDocument,
  spdx3Document,
  spdxDocument,
  testResultDocument,
  vulnsDocument,
} from '../../kit/documents.ts';

function parsed(document: object): JsonObject {
  const members = parseJsonObject(JSON.stringify(document));
  if (members === undefined) throw new Error('not an object');
  return members;
}

function read(name: string, document: object): unknown {
  const { type, uri } = namedType(name);
  return type.read({ text: JSON.stringify(document), members: parsed(document), readAt: new Date(0) }, uri);
}

/** Returns a copy in which the member at a path has another value; `undefined` removes it. */
function changed(document: object, path: string, value: unknown): object {
  const copy = structuredClone(document);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let owner = copy as Record<string, unknown>;
  for (const name of names) owner = owner[name] as Record<string, unknown>;
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return copy;
}

test('each word names a type, and cosign words have the URI of cosign', () => {
  expect(Object.keys(documentsByWord).toSorted()).toEqual(
    predicateTypes.flatMap(({ words }) => Object.keys(words)).toSorted(),
  );
  for (const [word, [, uri]] of Object.entries(documentsByWord)) expect(namedType(word).uri).toBe(uri);
});

test('names and URIs are distinct, and a name can be part of a file name', () => {
  const names = predicateTypes.map(({ name }) => name);
  const uris = predicateTypes.flatMap((type) => type.uris);
  expect([new Set(names).size, new Set(uris).size]).toEqual([names.length, uris.length]);
  for (const name of names) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});

test.each([
  'toString',
  'review',
  '',
  'https:',
  'https://example.com/a b',
  'https://exämple.com/',
  `x:${'a'.repeat(2048)}`,
])('%j is no type', (name) => {
  expect(() => namedType(name)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

const time = 'yesterday';
const removed = undefined;

describe.each<[string, object, readonly (readonly [path: string, value: unknown])[]]>([
  [
    'spdx',
    spdxDocument(),
    [
      ['spdxVersion', 'SPDX-2.1'],
      ['spdxVersion', removed],
      ['SPDXID', 'SPDXRef-Other'],
      ['name', ''],
      ['dataLicense', removed],
      ['documentNamespace', removed],
      ['creationInfo', removed],
      ['creationInfo.created', time],
      ['creationInfo.created', '2026-11-31T25:00:00Z'],
      ['creationInfo.creators', []],
      ['creationInfo.creators', [1]],
      ['packages', {}],
      ['packages', [1]],
      ['relationships', 'all'],
    ],
  ],
  [
    'https://spdx.dev/Document/v3',
    spdx3Document(),
    [
      ['@context', 'https://spdx.org/rdf/4.0/spdx-context.jsonld'],
      ['@graph', removed],
      ['@graph', []],
      ['@graph', [1]],
      ['@graph', [...spdx3Document()['@graph'], { type: 'SpdxDocument', spdxId: 'https://example.com/other' }]],
      ['@graph', [...spdx3Document()['@graph'], { type: 'File', spdxId: 'https://example.com/sbom/package' }]],
    ],
  ],
  [
    'cyclonedx',
    cyclonedxDocument({}, '1.4'),
    [
      ['bomFormat', 'cyclonedx'],
      ['specVersion', '1.3'],
      ['specVersion', '2.0'],
      ['version', 0],
      ['version', 1.5],
      ['version', removed],
      ['serialNumber', '1'],
      ['metadata', 1],
      ['metadata.component', {}],
      ['metadata.component.name', removed],
      ['components', {}],
      ['components', [{ name: 'a' }]],
    ],
  ],
  [
    'test-result',
    testResultDocument,
    [
      ['result', 'passed'],
      ['configuration', removed],
      ['configuration', ['a']],
      ['url', 1],
      ['passedTests', 'all'],
      ['warnedTests', [1]],
      ['failedTests', ['']],
    ],
  ],
  [
    'vulns',
    vulnsDocument,
    [
      ['scanner', removed],
      ['scanner.uri', removed],
      ['scanner.version', 1],
      ['scanner.db.lastUpdate', removed],
      ['scanner.result', removed],
      ['scanner.result', [{ severity: [] }]],
      ['scanner.result', [{ id: 'a' }]],
      ['scanner.result', [{ id: 'a', severity: [{ method: 'nvd' }] }]],
      ['scanner.result', [{ id: 'a', severity: [{ score: '1' }] }]],
      ['scanner.result', [{ id: 'a', severity: [], annotations: ['a'] }]],
      ['metadata.scanStartedOn', time],
      ['metadata.scanFinishedOn', removed],
    ],
  ],
  [
    'vuln',
    cosignVulnDocument,
    [
      ['invocation', removed],
      ['scanner.uri', ''],
      ['scanner.result', removed],
      ['metadata.scanStartedOn', removed],
      ['metadata.scanFinishedOn', time],
    ],
  ],
  [
    'openvex',
    openvexDocument,
    [
      ['@context', 'https://openvex.dev/nsx'],
      ['@id', removed],
      ['author', removed],
      ['timestamp', time],
      ['version', removed],
      ['statements', []],
      ['statements', [{ status: 'fixed' }]],
      ['statements', [{ vulnerability: {}, status: 'fixed' }]],
      ['statements', [{ vulnerability: 'CVE-2026-1', status: 'harmless' }]],
    ],
  ],
  [
    'release',
    releaseDocument,
    [
      ['purl', removed],
      ['purl', 'pkg:npm/app'],
      ['purl', 'pkg:npm/@scope/app'],
      ['purl', 'https://example.com/app@1'],
      ['packageId', 1],
    ],
  ],
  [
    'https://in-toto.io/attestation/release/v0.1',
    { purl: releaseDocument.purl, releaseId: '12345' },
    [
      ['purl', removed],
      ['releaseId', 1],
    ],
  ],
  [
    'https://in-toto.io/attestation/link/v0.3',
    linkDocument,
    [
      ['name', removed],
      ['command', 'make'],
      ['command', [1]],
      ['materials', {}],
      ['materials', [{ name: 'a' }]],
      ['materials', [{ digest: {} }]],
      ['byproducts', []],
      ['environment', 1],
    ],
  ],
  [
    'link',
    olderLinkDocument,
    [
      ['_type', removed],
      ['name', removed],
      ['command', removed],
      ['command', [1]],
      ['materials', removed],
      ['products', []],
      ['byproducts', removed],
      ['environment', removed],
    ],
  ],
  [
    'slsaprovenance1',
    provenanceDocument,
    [
      ['buildDefinition', removed],
      ['buildDefinition.buildType', removed],
      ['buildDefinition.externalParameters', removed],
      ['buildDefinition.internalParameters', 1],
      ['buildDefinition.resolvedDependencies', [1]],
      ['runDetails.builder', removed],
      ['runDetails.builder.id', ''],
    ],
  ],
  [
    'slsaprovenance',
    olderProvenanceDocument,
    [
      ['builder', removed],
      ['builder.id', removed],
      ['buildType', removed],
      ['materials', [1]],
    ],
  ],
])('%s', (name, document, refused) => {
  test('is accepted', () => {
    expect(read(name, document)).toEqual({ predicateType: namedType(name).uri, predicate: document });
  });

  test.each(refused.map(([path, value]) => [path, value] as const))('is refused with %s: %j', (path, value) => {
    expect(() => read(name, changed(document, path, value))).toThrow(
      expect.objectContaining({
        code: 'STATEMENT_INVALID',
        message: expect.stringContaining(path.split('.')[0] ?? ''),
        remedy: expect.any(String),
      }),
    );
  });
});

describe('what an SBOM describes', () => {
  const [a, b] = ['ab'.repeat(32), 'cd'.repeat(32)];
  const describes = (name: string, document: object): readonly (readonly string[])[] => {
    const { type } = namedType(name);
    return (type.describes?.(parsed(document)) ?? []).map((digests) => digests.map(formatDigest));
  };
  const checksum = [{ algorithm: 'SHA256', checksumValue: a }];

  test('is what SPDX 2 has a relationship or a list for, and not another package', () => {
    const other = { SPDXID: 'SPDXRef-Other', name: 'other', checksums: [{ algorithm: 'SHA256', checksumValue: b }] };
    const spdx = spdxDocument(checksum);
    const packages = [...spdx.packages, other];
    expect(describes('spdx', { ...spdx, packages })).toEqual([[`sha256:${a}`]]);
    expect(describes('spdx', { ...spdx, packages, relationships: [] })).toEqual([]);
    expect(describes('spdx', { ...spdx, packages, relationships: [], documentDescribes: ['SPDXRef-Other'] })).toEqual([
      [`sha256:${b}`],
    ]);
    const inverse = {
      spdxElementId: 'SPDXRef-Other',
      relationshipType: 'DESCRIBED_BY',
      relatedSpdxElement: 'SPDXRef-DOCUMENT',
    };
    expect(describes('spdx', { ...spdx, packages, relationships: [inverse] })).toEqual([[`sha256:${b}`]]);
    const contains = { ...inverse, relationshipType: 'CONTAINS' };
    expect(describes('spdx', { ...spdx, packages, relationships: [contains] })).toEqual([]);
  });

  test('can be a file', () => {
    const file = { SPDXID: 'SPDXRef-File', fileName: 'app', checksums: checksum };
    const document = { ...spdxDocument(), files: [file], documentDescribes: ['SPDXRef-File'] };
    expect(describes('spdx', document)).toEqual([[`sha256:${a}`]]);
  });

  test('is found in package URLs and versions, and a version counts only alone', () => {
    const purl = (locator: string) => ({
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }],
    });
    const withPackage = (more: object) => {
      const spdx = spdxDocument();
      return { ...spdx, packages: [{ ...spdx.packages[0], ...more }] };
    };
    expect(describes('spdx', withPackage(purl(`pkg:oci/app@sha256:${a}?arch=amd64`)))).toEqual([[`sha256:${a}`]]);
    expect(describes('spdx', withPackage(purl(`pkg:generic/app@1?checksum=sha1:ab,sha256:${b}`)))).toEqual([
      [`sha256:${b}`],
    ]);
    expect(describes('spdx', withPackage({ versionInfo: `sha256:${b}` }))).toEqual([[`sha256:${b}`]]);
    expect(describes('spdx', withPackage({ versionInfo: `sha256:${b}`, checksums: checksum }))).toEqual([
      [`sha256:${a}`],
    ]);
    for (const locator of ['pkg:oci/app@sha256:abcd', 'pkg:npm/app@1.0.0', 'pkg:oci/app@%zz', `app@sha256:${a}`])
      expect(describes('spdx', withPackage(purl(locator)))).toEqual([]);
  });

  test('has digests that signatures use, each once', () => {
    const checksums = [
      { algorithm: 'SHA1', checksumValue: 'ab'.repeat(20) },
      { algorithm: 'MD5', checksumValue: 'ab'.repeat(16) },
      { algorithm: 'SHA256', checksumValue: a.toUpperCase() },
      { algorithm: 'SHA256', checksumValue: a },
      { algorithm: 'SHA512', checksumValue: 'short' },
    ];
    expect(describes('spdx', spdxDocument(checksums))).toEqual([[`sha256:${a}`]]);
  });

  test('is the root of the roots in SPDX 3, also where they refer to each other', () => {
    const document = spdx3Document([{ algorithm: 'sha256', hashValue: a }]);
    expect(describes('https://spdx.dev/Document/v3', document)).toEqual([[`sha256:${a}`]]);
    const graph: object[] = document['@graph'].map((element) =>
      element.type === 'software_Sbom' ? { ...element, rootElement: ['https://example.com/sbom/document'] } : element,
    );
    expect(describes('https://spdx.dev/Document/v3', { ...document, '@graph': graph })).toEqual([]);
  });

  test('is the component of the metadata in CycloneDX', () => {
    const component = { hashes: [{ alg: 'SHA-256', content: a }, 1], purl: 'pkg:npm/app@1.0.0' };
    expect(describes('cyclonedx', cyclonedxDocument(component))).toEqual([[`sha256:${a}`]]);
    expect(describes('cyclonedx', cyclonedxDocument())).toEqual([]);
    expect(describes('cyclonedx', { bomFormat: 'CycloneDX' })).toEqual([]);
  });
});
