/** Attestations of GitHub's releases: every part of the statement, the signer and the evidence that the verifier checks. */

import { describe, expect, test } from '@jest/globals';
import {
  exampleRelease,
  fulcioExtension,
  generateSigningKey,
  type ProfileOverrides,
  type ReleaseAttestationChanges,
  ReleaseAuthority,
  type ReleaseStatement,
  type SandboxRelease,
} from '../../../sandbox/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import {
  type ContentPolicy,
  exactly,
  type Policy,
  policyFor,
  type SignerPolicy,
} from '../../../src/core/policy/index.ts';
import { readTrustedRoot, type TrustedRoot } from '../../../src/core/trust/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  artifactOfDigest,
  artifactOfRelease,
  type CountersignError,
  type ErrorCode,
  type Examination,
  examine,
} from '../../../src/core/verify/index.ts';
import { artifact, Instance, now, sources } from '../../kit/instance.ts';
import { makeAuthority } from '../certificate/made.ts';

const authority = new ReleaseAuthority({ sources });
const trust = readTrustedRoot(JSON.stringify(authority.trustedRoot));
const signer = {
  kind: 'identity',
  identity: exactly('https://dotcom.releases.github.com'),
  issuer: 'none',
  claims: [],
} as const;
const { repository, tag, commit, repositoryId, ownerId } = exampleRelease;
const thresholds = { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 };
const policyOf = (content: ContentPolicy = {}, changes: Partial<SignerPolicy> = {}): Policy =>
  policyFor({ ...signer, ...changes } as SignerPolicy, {
    content: { release: { repository, tag }, ...content },
    thresholds,
    sandbox: 'accept',
  });
const asset = digest('sha256', exampleRelease.assets['app.zip'] ?? new Uint8Array());

interface Case {
  readonly release?: Partial<SandboxRelease>;
  readonly changes?: ReleaseAttestationChanges;
  readonly policy?: Policy;
  readonly trust?: TrustedRoot;
  readonly artifact?: Artifact;
}

function examined({
  release,
  changes,
  policy = policyOf(),
  trust: root = trust,
  artifact: what = artifactOfRelease(),
}: Case): Promise<Examination> {
  const bundle = readBundle(JSON.stringify(authority.attest({ ...exampleRelease, ...release }, changes)));
  return examine(bundle, what, root, policy, now);
}

async function refused(given: Case, code: ErrorCode, message: RegExp): Promise<void> {
  for (const what of [artifactOfRelease(), artifactOfDigest(asset)]) {
    const { failure } = await examined({ artifact: what, ...given });
    expect([failure?.code, failure?.message]).toEqual([code, expect.stringMatching(message)]);
  }
}

/** A change to the members of the statement. */
const stating = (change: (statement: ReleaseStatement) => object): Case => ({
  changes: { statement: (statement) => ({ ...statement, ...(change(statement) as JsonObject) }) },
});
const predicting = (change: JsonObject): Case =>
  stating(({ predicate }) => ({ predicate: { ...predicate, ...change } }));
const tagged = (change: JsonObject): Case =>
  stating(({ subject: [first, ...others] }) => ({ subject: [{ ...first, ...change }, ...others] }));
const leaf = (changes: ProfileOverrides): Case => ({ changes: { leaf: changes } });

describe('the attestation of a release', () => {
  test('verifies as a whole, with its commit and its files', async () => {
    const { verdict } = await examined({});
    expect(verdict?.content).toMatchObject({
      kind: 'release',
      release: {
        repository,
        tag,
        commit,
        repositoryId,
        ownerId,
        assets: [{ name: 'app.tar.gz' }, { name: 'app.zip', digest: asset }],
      },
    });
    expect(verdict?.signer).toMatchObject({
      identity: { subjectAlternativeName: signer.identity.value, issuer: undefined },
    });
  });

  test('verifies each of its files', async () => {
    const { verdict, criteria } = await examined({ artifact: artifactOfDigest(asset) });
    expect(verdict?.content).toMatchObject({ kind: 'dsse-envelope', digest: asset, subject: { name: 'app.zip' } });
    expect(criteria.find(({ name }) => name === 'release')).toMatchObject({
      outcome: 'pass',
      expected: `${repository}@${tag}`,
      found: `${repository}@${tag}, commit ${commit}`,
    });
  });

  test('of a release without files verifies', async () => {
    const { verdict } = await examined({ release: { assets: {} } });
    expect(verdict?.content).toMatchObject({ kind: 'release', release: { assets: [] } });
  });

  test('refuses a file that is not in it', async () => {
    const { failure } = await examined({ artifact: artifactOfDigest(digest('sha256', new Uint8Array())) });
    expect(failure?.code).toBe('ARTIFACT_MISMATCH');
  });

  test('is of the first version of the predicate too', async () => {
    const older = stating(() => ({ predicateType: 'https://in-toto.io/attestation/release/v0.1' }));
    expect((await examined(older)).failure).toBeUndefined();
  });

  test.each(['a/b', 'app@1.0.0', '1.0.0+build.1', 'release 1 %2F', 'größe'])('may have the tag %j', async (name) => {
    const policy = policyOf({ release: { repository, tag: name } });
    expect((await examined({ release: { tag: name }, policy })).failure).toBeUndefined();
  });

  test('may have the letters of its owner and name folded in its address, as package URLs may, and a tag as it is', async () => {
    const purl = 'pkg:github/acme/app@a/b';
    const release = { repository: 'Acme/App', tag: 'a/b' };
    const folded = stating(({ predicate, subject: [first, ...others] }) => ({
      predicate: { ...predicate, purl },
      subject: [{ ...first, uri: purl }, ...others],
    }));
    expect((await examined({ ...folded, release, policy: policyOf({ release }) })).failure).toBeUndefined();
  });

  test('meets the expected commit and IDs, of which one is enough', async () => {
    const release = {
      repository,
      tag,
      commits: ['0'.repeat(40), commit],
      repositoryIds: [repositoryId],
      ownerIds: [ownerId, '1'],
    };
    expect((await examined({ policy: policyOf({ release }) })).failure).toBeUndefined();
  });
});

describe('the attestation of another release is refused', () => {
  test.each<[string, ContentPolicy['release'], RegExp]>([
    [
      'another tag',
      { repository, tag: 'v1.2.4' },
      /of the release "example-org\/example-repo@v1.2.3"; expected ".*@v1.2.4"/,
    ],
    ['another repository', { repository: 'example-org/other', tag }, /expected "example-org\/other@v1.2.3"/],
    ['a repository in other letters', { repository: 'Example-Org/example-repo', tag }, /expected "Example-Org/],
    [
      'another commit',
      { repository, tag, commits: ['0'.repeat(40)] },
      /the commit of the tag is c0ffee0+; expected 0+$/,
    ],
    [
      'another repository with the name',
      { repository, tag, repositoryIds: ['1'] },
      /ID of the repository is 700000001/,
    ],
    ['another owner with the name', { repository, tag, ownerIds: ['1'] }, /ID of the owner is 6000001/],
  ])('%s', async (_, release, message) => {
    await refused({ policy: policyOf({ ...(release && { release }) }) }, 'RELEASE_MISMATCH', message);
  });
});

describe('a statement that is not one of GitHub about a release is refused', () => {
  test('another type', async () => {
    for (const predicateType of [
      'https://slsa.dev/provenance/v1',
      'https://in-toto.io/attestation/release/v0.3',
      'https://in-toto.io/attestation/release',
    ])
      await refused(
        stating(() => ({ predicateType })),
        'PREDICATE_TYPE_MISMATCH',
        /expected that of a release/,
      );
  });

  test.each<[string, Case, RegExp]>([
    ['no tag', predicting({ tag: null }), /predicate\.tag is missing/],
    ['no repository', predicting({ repository: '' }), /predicate\.repository is missing/],
    ['no package URL', predicting({ purl: 1 }), /predicate\.purl is missing/],
    ['a package URL of another tag', predicting({ purl: `pkg:github/${repository}@v1` }), /but its purl is/],
    [
      'a package URL of another repository',
      predicting({ purl: `pkg:github/example-org/other@${tag}` }),
      /but its purl/,
    ],
    ['a package URL of another owner', predicting({ purl: `pkg:github/example/example-repo@${tag}` }), /but its purl/],
    ['a package URL in capitals', predicting({ purl: `pkg:github/EXAMPLE-ORG/example-repo@${tag}` }), /but its purl/],
    ['a package URL of another type', predicting({ purl: `pkg:npm/${repository}@${tag}` }), /but its purl/],
    ['a package URL with qualifiers', predicting({ purl: `pkg:github/${repository}@${tag}?a=b` }), /but its purl/],
    ['a package URL that cannot be decoded', predicting({ purl: `pkg:github/${repository}@%` }), /but its purl/],
    ['an ID as a number', predicting({ repositoryId: 700000001 }), /predicate\.repositoryId is missing/],
    ['an ID that is no number', predicting({ ownerId: '0x1' }), /predicate\.ownerId is not a numeric ID/],
    ['the tag as a subject with a name', tagged({ name: 'v1.2.3' }), /first subject is not the tag/],
    ['the tag at another address', tagged({ uri: `pkg:github/${repository}@v1` }), /first subject is not the tag/],
    ['the tag without a commit', tagged({ digest: { sha1: 'c0ffee' } }), /tag of the release has no commit/],
    ['the tag without a known digest', tagged({ digest: { md5: '00' } }), /tag of the release has no commit/],
    [
      'no tag among the subjects',
      stating(({ subject }) => ({ subject: subject.slice(1) })),
      /first subject is not the tag/,
    ],
    [
      'the tag after a file',
      stating(({ subject }) => ({ subject: subject.toReversed() })),
      /first subject is not the tag/,
    ],
    ['the tag twice', stating(({ subject }) => ({ subject: [...subject, subject[0]] })), /subject\[3\] is not a file/],
    [
      'a file twice',
      stating(({ subject }) => ({ subject: [...subject, subject[1]] })),
      /names the file "app\.tar\.gz" twice/,
    ],
    [
      'a file without a name',
      stating(({ subject }) => ({ subject: [...subject, { digest: { sha256: '0'.repeat(64) } }] })),
      /subject\[3\] is not a file/,
    ],
    [
      'a file with an address',
      stating(({ subject }) => ({
        subject: [...subject, { name: 'x', uri: 'x', digest: { sha256: '0'.repeat(64) } }],
      })),
      /subject\[3\] is not a file/,
    ],
    [
      'a file without its digest',
      stating(({ subject }) => ({ subject: [...subject, { name: 'x', digest: { sha512: '0'.repeat(128) } }] })),
      /subject\[3\] is not a file/,
    ],
  ])('%s', async (_, given, message) => {
    const whole = { ...given, artifact: artifactOfRelease() };
    const { failure } = await examined(whole);
    expect([failure?.code, failure?.message]).toEqual(['STATEMENT_INVALID', expect.stringMatching(message)]);
    // Each other subject is refused as well.
    const one = await examined({ ...given, artifact: artifactOfDigest(asset) });
    expect(one.failure?.code).toBe('STATEMENT_INVALID');
  });

  test('a signature over a file', async () => {
    const instance = new Instance();
    const { criteria } = await examine(instance.sign(), artifactOfRelease(), instance.trust(), policyOf(), now);
    expect(criteria.find(({ name }) => name === 'signature')?.found).toMatch(/is for a file, not for a release/);
    const { criteria: others } = await examine(
      instance.sign(),
      artifactOfBytes(artifact),
      instance.trust(),
      policyOf(),
      now,
    );
    expect(others.find(({ name }) => name === 'release')?.failure?.code).toBe('PREDICATE_TYPE_MISMATCH');
  });

  test('a release that the policy does not name', async () => {
    const { release: _, ...content } = policyOf().content;
    const { failure, verdict } = await examined({ policy: { ...policyOf(), content } });
    expect([failure?.code, verdict]).toEqual(['BUNDLE_INVALID', undefined]);
  });
});

describe('another signer is refused', () => {
  const name = (value: string) => ({
    subjectAlternativeNames: { critical: false, names: [{ kind: 'uniformResourceIdentifier', value } as const] },
  });

  test.each([
    'https://acme.releases.github.com',
    'https://dotcom.releases.github.com.example',
    'https://dotcom.releases.github.com/',
    'http://dotcom.releases.github.com',
  ])('%s', (value) => refused(leaf(name(value)), 'IDENTITY_MISMATCH', /signed by/));

  test('a tenant, unless the policy names it', async () => {
    const tenant = 'https://acme.releases.github.com';
    const policy = policyOf({}, { identity: exactly(tenant) } as Partial<SignerPolicy>);
    expect((await examined({ ...leaf(name(tenant)), policy })).failure).toBeUndefined();
    await refused({ policy }, 'IDENTITY_MISMATCH', /signed by "https:\/\/dotcom/);
  });

  test.each<[string, number, RegExp]>([
    ['an issuer', 8, /the OIDC issuer is "https:\/\/token/],
    ['a claim alone', 12, /it has the claim source-repository-uri/],
  ])('a job whose certificate has the name, and %s', async (_, arc, message) => {
    const additionalExtensions = [fulcioExtension(arc, 'https://token.actions.githubusercontent.com')];
    await refused(leaf({ additionalExtensions }), 'ISSUER_MISMATCH', message);
  });

  test('an authority that is not of the root, or another key', async () => {
    const stranger = makeAuthority('stranger', undefined);
    const { key, profile } = stranger;
    const by = { issuer: profile.subject, authorityKeyIdentifier: key.keyIdentifier, signingKey: key };
    await refused(leaf(by), 'CERTIFICATE_UNTRUSTED', /was not issued by/);
    const forged = { signingKey: key };
    await refused(leaf(forged), 'CERTIFICATE_UNTRUSTED', /was not signed by its issuer/);
    await refused(leaf({ publicKey: generateSigningKey('P-256').publicKey }), 'SIGNATURE_INVALID', /envelope/);
  });

  test('any authority of the chain may have issued the certificate', async () => {
    for (const { key, profile } of [authority.jobs, authority.root]) {
      const by = { issuer: profile.subject, authorityKeyIdentifier: key.keyIdentifier, signingKey: key };
      expect((await examined(leaf(by))).failure).toBeUndefined();
    }
  });
});

describe('other evidence is refused', () => {
  const withChain = (...certificates: readonly Uint8Array[]): TrustedRoot =>
    new Instance().trust({
      certificateAuthorities: [
        { service: { chain: certificates }, url: 'https://ca.example.test', start: new Date(0) },
      ],
      certificateLogs: [],
      transparencyLogs: [],
      timestampAuthorities: [
        { service: authority.timestampAuthority, url: 'https://tsa.example.test', start: new Date(0) },
      ],
    });

  test('a chain without the issuer, and one that does not lead to the root', async () => {
    const [first, second, root] = authority.chain;
    if (first === undefined || second === undefined || root === undefined) throw new Error('the chain is short');
    await refused({ trust: withChain(first, root) }, 'CERTIFICATE_UNTRUSTED', /not issued by/);
    const other = makeAuthority('other', undefined).certificate;
    await refused({ trust: withChain(first, second, other) }, 'CERTIFICATE_UNTRUSTED', /issued by another authority/);
    expect((await examined({ trust: withChain(second, root) })).failure).toBeUndefined();
  });

  test('a timestamp after the certificate, and one of another authority', async () => {
    const late = { timestamp: { genTime: new Date('2029-01-01T00:00:00Z') } };
    const bundle = readBundle(JSON.stringify(authority.attest(exampleRelease, late)));
    const { failure } = await examine(bundle, artifactOfRelease(), trust, policyOf(), new Date('2030-01-01T00:00:00Z'));
    expect(failure?.code).toBe('CERTIFICATE_OUTSIDE_VALIDITY');
    const other = new Instance().trust({ certificateLogs: [], transparencyLogs: [] });
    await refused(
      { trust: { ...trust, timestampAuthorities: other.timestampAuthorities } },
      'TIMESTAMP_UNTRUSTED',
      /timestamp/,
    );
  });

  test('no log entry, where the root has logs and the thresholds are the usual ones', async () => {
    const usual = { ...policyOf(), thresholds: { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 } };
    await refused({ policy: usual }, 'SCT_MISSING', /0 of 1/);
    const withoutSct = { ...usual, thresholds: { ...usual.thresholds, signedCertificateTimestamps: 0 } };
    await refused({ policy: withoutSct }, 'LOG_ENTRY_MISSING', /0 of 1/);
  });
});

describe('a policy for a release is refused', () => {
  test.each<[string, Policy, RegExp]>([
    [
      'with any name and no issuer',
      policyOf({}, { identity: 'any' } as Partial<SignerPolicy>),
      /requires an exact identity/,
    ],
    [
      'with a path and no issuer',
      policyOf({}, {
        identity: { kind: 'path', value: 'https://dotcom.releases.github.com/a' },
      } as Partial<SignerPolicy>),
      /requires an exact identity/,
    ],
    ['without a tag', policyOf({ release: { repository, tag: '' } }), /a value of policy\.content\.release is empty/],
    ['with an empty commit', policyOf({ release: { repository, tag, commits: [''] } }), /is empty/],
    [
      'with a member that is not known',
      policyOf({ release: { repository, tag, comit: 'x' } as never }),
      /unknown member "comit"/,
    ],
    ['with a text for a list', policyOf({ release: { repository, tag, ownerIds: ownerId as never } }), /is not a list/],
    [
      'with a text for a list of IDs',
      policyOf({ release: { repository, tag, repositoryIds: '1' as never } }),
      /is not a list/,
    ],
    [
      'with a text for a list of commits',
      policyOf({ release: { repository, tag, commits: commit as never } }),
      /is not a list/,
    ],
  ])('%s', async (_, policy, message) => {
    const failure = await examined({ policy }).then(
      () => undefined,
      (error: CountersignError) => error,
    );
    expect([failure?.code, failure?.message]).toEqual(['POLICY_INVALID', expect.stringMatching(message)]);
  });
});
