/** Valid bundles of every form, for spoiling: some that the real services made, some made afresh. */

import { generateSigningKey } from '../../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  artifactOfDigest,
  CountersignError,
  exactIdentity,
  type Policy,
  parseDigest,
  readBundle,
  readTrustedRoot,
  type TrustedRoot,
  verify,
} from '../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  inVersion,
  now,
  policy,
  policyOfKey,
  submittedPem,
  withEntries,
} from '../../kit/instance.ts';
import { fixture, fixtureText } from '../bundle/vectors.ts';

export interface Base {
  readonly name: string;
  readonly json: string;
  readonly artifact: Artifact;
  readonly trust: TrustedRoot;
  readonly policy: Policy;
  /** The places in which one byte in eight is changed, to save time: other bases have these places too. */
  readonly sampled?: RegExp;
  /** The only place that is spoilt, where all others are as in other bases. */
  readonly only?: RegExp;
}

/**
 * Reports whether a text is a bundle that verifies.
 *
 * @throws what is no failure of ours: nothing that a stranger writes may cause it
 */
export async function verifies(base: Base, json: string | Uint8Array): Promise<boolean> {
  try {
    await verify(readBundle(json), base.artifact, base.trust, base.policy, now);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

const suitePolicy = exactIdentity(
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main',
  'https://token.actions.githubusercontent.com',
  // The statement of one of these bundles is the provenance of another repository.
  { content: { provenance: 'ignore' } },
);
const suiteArtifact = artifactOfDigest(
  parseDigest('sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf'),
);
const publicGood = readTrustedRoot(fixture('roots/public-good.trusted_root.json'));

function real(name: string, vector: string, of: Artifact = suiteArtifact, trust: TrustedRoot = publicGood): Base {
  return { name, json: fixtureText(`vectors/${vector}.json`), artifact: of, trust, policy: suitePolicy };
}

const rootOf = (vector: string): TrustedRoot => readTrustedRoot(fixture(`vectors/${vector}.root.json`));

/** The artifact of a statement, by its first subject. */
function subjectOf(vector: string): Artifact {
  const { dsseEnvelope } = JSON.parse(fixtureText(`vectors/${vector}.json`));
  const { subject } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  return artifactOfDigest(parseDigest(`sha256:${subject[0].digest.sha256}`));
}

const instance = new Instance();
const made = { artifact: artifactOfBytes(artifact), trust: instance.trust(), policy };

/** A signature logged by Rekor v1, with the chain of the certificate beside it, as bundles had it until 0.2. */
function chained(version: '0.1' | '0.2'): string {
  const signed = instance.sign();
  const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(signed, submittedPem(signed)));
  const bundle: Bundle = { ...inVersion(withEntries(signed, entry), version), timestamps: [] };
  const { verificationMaterial, ...rest } = JSON.parse(writeBundle(bundle));
  const { certificate, ...material } = verificationMaterial;
  const [intermediate = new Uint8Array()] = instance.certificateAuthority.chain;
  const certificates = [certificate, { rawBytes: encodeBase64(intermediate) }];
  return JSON.stringify({ ...rest, verificationMaterial: { ...material, x509CertificateChain: { certificates } } });
}

function keyed(): Base {
  const key = generateSigningKey('P-256');
  const bundle = instance.sign({ key, managed: true });
  return { ...made, name: 'a long-lived key', json: writeBundle(bundle), policy: policyOfKey(key) };
}

/** A timestamp that brings the certificates of its authority. */
function withCertificates(): Base {
  const { signer, root } = instance.timestampAuthority;
  const bundle = instance.sign({ timestamp: { certificates: [signer.certificate, root.certificate] } });
  return { ...made, name: 'a timestamp with certificates', json: writeBundle(bundle), only: /signedTimestamp$/ };
}

/** An envelope with a key id. */
function withKeyId(): Base {
  const envelope = instance.attest();
  const entry = instance.loggedV1('dsse', bodiesV1.dsse(envelope, submittedPem(envelope)));
  const json = JSON.parse(writeBundle({ ...withEntries(envelope, entry), timestamps: [] }));
  json.dsseEnvelope.signatures[0].keyid = 'a hint';
  return { ...made, name: 'an envelope with a key id', json: JSON.stringify(json), only: /^dsseEnvelope/ };
}

/** Certificates and bodies are long, and come last: all that is right before them is computed again for each byte. */
const slow = /(?:rawBytes|canonicalizedBody)$/;

export const bases: readonly Base[] = [
  { ...real('real, 0.1', 'happy-path-v0.1'), sampled: slow },
  { ...made, name: '0.2', json: chained('0.2') },
  real('real, 0.3, Rekor v1, an envelope', 'happy-path-intoto-in-dsse-v3', subjectOf('happy-path-intoto-in-dsse-v3')),
  {
    ...real('real, 0.3, Rekor v2', 'rekor2-checkpoint-cosigned', suiteArtifact, rootOf('rekor2-checkpoint-cosigned')),
    sampled: slow,
  },
  {
    ...real(
      'real, 0.3, Rekor v2, an envelope',
      'rekor2-dsse-happy-path',
      subjectOf('rekor2-dsse-happy-path'),
      rootOf('rekor2-dsse-happy-path'),
    ),
    sampled: slow,
  },
  keyed(),
  withKeyId(),
  withCertificates(),
];
