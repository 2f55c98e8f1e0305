/** Small documents of every type that can be attested, as their specifications require them. */

const time = '2026-11-30T12:00:00Z';

/** An SBOM in SPDX 2, about a package with these checksums. */
export function spdxDocument(
  checksums: readonly { readonly algorithm: string; readonly checksumValue: string }[] = [],
  version = 'SPDX-2.3',
) {
  return {
    spdxVersion: version,
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'app',
    dataLicense: 'CC0-1.0',
    documentNamespace: 'https://example.com/sbom/app-1.0.0',
    creationInfo: { created: time, creators: ['Tool: example-1.0'] },
    packages: [
      {
        SPDXID: 'SPDXRef-Package',
        name: 'app',
        versionInfo: '1.0.0',
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        copyrightText: 'NOASSERTION',
        ...(checksums.length > 0 && { checksums }),
      },
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-Package' },
    ],
  };
}

/** An SBOM in SPDX 3, about a package with these digests. */
export function spdx3Document(
  verifiedUsing: readonly { readonly algorithm: string; readonly hashValue: string }[] = [],
  version = '3.0.1',
) {
  const creationInfo = '_:creation';
  return {
    '@context': `https://spdx.org/rdf/${version}/spdx-context.jsonld`,
    '@graph': [
      {
        type: 'CreationInfo',
        '@id': creationInfo,
        specVersion: version,
        created: time,
        createdBy: ['https://example.com/sbom/author'],
      },
      { type: 'Organization', spdxId: 'https://example.com/sbom/author', name: 'Example', creationInfo },
      {
        type: 'SpdxDocument',
        spdxId: 'https://example.com/sbom/document',
        creationInfo,
        rootElement: ['https://example.com/sbom/bom'],
      },
      {
        type: 'software_Sbom',
        spdxId: 'https://example.com/sbom/bom',
        creationInfo,
        rootElement: ['https://example.com/sbom/package'],
      },
      {
        type: 'software_Package',
        spdxId: 'https://example.com/sbom/package',
        creationInfo,
        name: 'app',
        software_packageVersion: '1.0.0',
        verifiedUsing: verifiedUsing.map((hash) => ({ type: 'Hash', ...hash })),
      },
    ],
  };
}

/** An SBOM in CycloneDX, about a component with these members. */
export function cyclonedxDocument(component: object = {}, specVersion = '1.6') {
  return {
    bomFormat: 'CycloneDX',
    specVersion,
    serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    version: 1,
    metadata: { timestamp: time, component: { type: 'application', name: 'app', version: '1.0.0', ...component } },
    components: [{ type: 'library', name: 'left-pad', version: '1.3.0' }],
  };
}

export const testResultDocument = {
  result: 'PASSED',
  configuration: [
    { name: '.github/workflows/test.yml', digest: { gitBlob: 'ebe4add40f63c3c98bc9b32ff1e736f04120b023' } },
  ],
  url: 'https://github.com/example-org/example-repo/actions/runs/1',
  passedTests: ['unit', 'integration'],
  warnedTests: [],
  failedTests: [],
};

const scanned = { scanStartedOn: time, scanFinishedOn: time };

export const vulnsDocument = {
  scanner: {
    uri: 'pkg:github/example/scanner@1.0',
    version: '1.0',
    db: { uri: 'https://example.com/db', version: '2', lastUpdate: time },
    result: [{ id: 'CVE-2026-0001', severity: [{ method: 'nvd', score: 'medium' }] }],
  },
  metadata: scanned,
};

export const cosignVulnDocument = {
  invocation: { parameters: ['--all'], uri: 'https://example.com/runs/1', event_id: '1', 'builder.id': 'example' },
  scanner: {
    uri: 'https://example.com/scanner',
    version: '1.0',
    db: { uri: 'https://example.com/db', version: '2' },
    result: { matches: [] },
  },
  metadata: scanned,
};

export const openvexDocument = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/1',
  author: 'Example',
  timestamp: time,
  version: 1,
  statements: [
    {
      vulnerability: { name: 'CVE-2026-0001' },
      products: [{ '@id': 'pkg:generic/app@1.0.0' }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
    },
  ],
};

export const releaseDocument = { purl: 'pkg:npm/%40example/app@1.0.0', packageId: '12345' };

export const linkDocument = {
  name: 'build',
  command: ['make', ''],
  materials: [{ name: 'main.c', digest: { sha256: 'ab'.repeat(32) } }],
  byproducts: { 'return-value': 0 },
  environment: {},
};

export const olderLinkDocument = {
  _type: 'link',
  name: 'build',
  materials: {},
  products: {},
  byproducts: {},
  command: ['make'],
  environment: {},
};

export const provenanceDocument = {
  buildDefinition: {
    buildType: 'https://example.com/build/v1',
    externalParameters: { target: 'release' },
    internalParameters: {},
    resolvedDependencies: [{ uri: 'git+https://example.com/app', digest: { gitCommit: 'ab'.repeat(20) } }],
  },
  runDetails: { builder: { id: 'https://example.com/builder' }, metadata: { invocationId: '1' } },
};

export const olderProvenanceDocument = {
  builder: { id: 'https://example.com/builder' },
  buildType: 'https://example.com/build/v1',
  invocation: { configSource: {}, parameters: {}, environment: {} },
  materials: [{ uri: 'git+https://example.com/app', digest: { sha1: 'ab'.repeat(20) } }],
};

/** The document and the URI of each word that names a type. */
export const documentsByWord: Readonly<Record<string, readonly [document: object, uri: string]>> = {
  slsaprovenance: [olderProvenanceDocument, 'https://slsa.dev/provenance/v0.2'],
  slsaprovenance02: [olderProvenanceDocument, 'https://slsa.dev/provenance/v0.2'],
  slsaprovenance1: [provenanceDocument, 'https://slsa.dev/provenance/v1'],
  link: [olderLinkDocument, 'https://in-toto.io/Link/v1'],
  spdx: [spdxDocument(), 'https://spdx.dev/Document'],
  spdxjson: [spdxDocument(), 'https://spdx.dev/Document'],
  cyclonedx: [cyclonedxDocument(), 'https://cyclonedx.org/bom'],
  vuln: [cosignVulnDocument, 'https://cosign.sigstore.dev/attestation/vuln/v1'],
  openvex: [openvexDocument, 'https://openvex.dev/ns'],
  custom: [{ any: 'thing' }, 'https://cosign.sigstore.dev/attestation/v1'],
  'test-result': [testResultDocument, 'https://in-toto.io/attestation/test-result/v0.1'],
  vulns: [vulnsDocument, 'https://in-toto.io/attestation/vulns/v0.2'],
  release: [releaseDocument, 'https://in-toto.io/attestation/release/v0.2'],
};
