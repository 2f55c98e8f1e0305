/** Step 5: the content, which the signer's key signed: this artifact, or a statement about it. */

import type { Bundle, DsseEnvelope, MessageSignature } from '../../bundle/index.ts';
import {
  type Digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  isHash,
  type PublicKey,
  type SubjectDigest,
  signingHashes,
  verifyDigestSignature,
  verifySignature,
} from '../../crypto/index.ts';
import { preAuthenticationEncoding } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import { describeExpectation, type Expectation, meets, type Policy } from '../../policy/index.ts';
import {
  findSubject,
  readStatement,
  type Statement,
  type StatementSubject,
  statementPayloadType,
} from '../../statement/index.ts';
import { type Artifact, describeArtifact, digestOf } from '../artifact.ts';
import { type Checked, type Criterion, type CriterionName, check } from '../criterion.ts';
import type { Release } from '../release.ts';
import { remember } from '../remember.ts';
import type { Signer } from '../signer.ts';
import type { ClaimedSigner } from './certificate.ts';

export type VerifiedContent =
  | { readonly kind: 'message-signature'; readonly digest: Digest }
  /** A signature over a document that names the image, of this digest. */
  | { readonly kind: 'simple-signing'; readonly digest: Digest; readonly dockerReference: string }
  | {
      readonly kind: 'dsse-envelope';
      readonly digest: SubjectDigest;
      readonly statement: Statement;
      /** The subject of the statement that the artifact is. */
      readonly subject: StatementSubject;
    }
  /** A statement about a release of GitHub, which was verified as a whole. */
  | { readonly kind: 'release'; readonly digest?: undefined; readonly statement: Statement; readonly release: Release };

/** The content that a bundle's signature covers: the document of a simple signature, or a statement as a whole before it is read. */
type SignedContent =
  | Exclude<VerifiedContent, { kind: 'simple-signing' | 'release' }>
  | { readonly kind: 'statement'; readonly statement: Statement };

/** Prepares the step for one artifact, and starts its signature. That of a statement is verified once, whatever the artifact. */
export function contentStep(
  { content }: Bundle,
  { content: policy }: Policy,
  claimed: ClaimedSigner | undefined,
): (artifact: Artifact) => (signer: Signer | undefined) => Promise<Checked<VerifiedContent>> {
  if (content.kind === 'message-signature') {
    return (artifact) => {
      const signedBy = remember((publicKey: PublicKey) => verifyMessageSignature(content, artifact, publicKey));
      if (claimed !== undefined) signedBy(claimed.publicKey);
      return (signer) => examineContent(signer, artifact, policy, signedBy);
    };
  }
  const signedBy = remember((publicKey: PublicKey) => verifyEnvelope(content, publicKey));
  if (claimed !== undefined) signedBy(claimed.publicKey);
  return (artifact) => (signer) =>
    examineContent(signer, artifact, policy, async (publicKey) => {
      const statement = await signedBy(publicKey);
      return artifact.isRelease ? { kind: 'statement', statement } : aboutArtifact(statement, artifact);
    });
}

async function examineContent(
  signer: Signer | undefined,
  artifact: Artifact,
  { release, ...texts }: Policy['content'],
  signedBy: (publicKey: PublicKey) => Promise<SignedContent>,
): Promise<Checked<VerifiedContent>> {
  const signature = await check(
    { name: 'signature', expected: `over ${describeArtifact(artifact)}` },
    { signer },
    (basis) => signedBy(basis.signer.publicKey),
    describeContent,
  );
  const content = signature.proven;
  const statement = content === undefined ? undefined : statementIn(content);
  const criteria = [...signature.criteria, ...(await checkTexts('signature', content, texts))];
  let proven: VerifiedContent | undefined = content?.kind === 'statement' ? undefined : content;
  if (release !== undefined) {
    const { examineRelease } = await import('../release.ts');
    const named = await examineRelease(content && { statement }, release);
    criteria.push(...named.criteria);
    if (content?.kind === 'statement')
      proven = named.proven && { kind: 'release', statement: content.statement, release: named.proven };
  }
  return { criteria, proven };
}

/** The texts that a policy expects of content. */
interface TextPolicy {
  readonly predicateType?: Expectation | undefined;
  readonly subjectName?: Expectation | undefined;
}

/**
 * Checks the texts that a policy expects of content: the predicate type, and the name of the subject.
 *
 * @param by the name of what proves the content
 */
export async function checkTexts(
  by: 'signature' | 'image',
  content: VerifiedContent | SignedContent | undefined,
  { predicateType, subjectName }: TextPolicy,
): Promise<readonly Criterion[]> {
  const demand = async (
    name: CriterionName,
    expected: Expectation | undefined,
    match: typeof matchPredicateType,
    textIn: (content: VerifiedContent | SignedContent) => string | undefined,
  ): Promise<readonly Criterion[]> => {
    if (expected === undefined) return [];
    const { criteria } = await check(
      { name, expected: describeExpectation(expected) },
      { [by]: content },
      () => match(content ?? fail('BUNDLE_INVALID', `there is no ${by}`), expected),
      () => (content && textIn(content)) ?? '',
    );
    return criteria;
  };
  return [
    ...(await demand('predicate-type', predicateType, matchPredicateType, (one) => statementIn(one)?.predicateType)),
    ...(await demand('subject-name', subjectName, matchSubjectName, nameIn)),
  ];
}

function describeContent(content: SignedContent): string {
  switch (content.kind) {
    case 'dsse-envelope':
      return `over a statement about ${formatDigest(content.digest)}, ${JSON.stringify(content.subject.name)}`;
    case 'message-signature':
      return `over ${formatDigest(content.digest)}`;
    case 'statement':
      return `over a statement of the type ${content.statement.predicateType}`;
  }
}

/** Returns the statement that was signed, if one was. */
function statementIn(content: VerifiedContent | SignedContent): Statement | undefined {
  return 'statement' in content ? content.statement : undefined;
}

async function verifyMessageSignature(
  { messageDigest, signature }: MessageSignature,
  artifact: Artifact,
  publicKey: PublicKey,
): Promise<SignedContent> {
  if (artifact.isRelease) fail('ARTIFACT_MISMATCH', 'the bundle is for a file, not for a release');
  if (messageDigest !== undefined && !equalDigests(messageDigest, digestOf(artifact, messageDigest.algorithm))) {
    fail(
      'ARTIFACT_MISMATCH',
      `the bundle is for the artifact ${formatDigest(messageDigest)}, not ${describeArtifact(artifact)}`,
    );
  }
  for (const algorithm of candidates(messageDigest, publicKey)) {
    const known = artifact.digests.find((one): one is Digest => one.algorithm === algorithm);
    if (known !== undefined && (await isOver(known, publicKey, signature, artifact)))
      return { kind: 'message-signature', digest: known };
  }
  const [first] = artifact.digests.filter(isHash);
  if (first !== undefined && (await isPure(publicKey, signature, artifact)))
    return { kind: 'message-signature', digest: first };
  // Names the digest that would have been needed, if it is not known.
  const [wanted] = candidates(messageDigest, publicKey);
  digestOf(artifact, wanted);
  return fail(
    'SIGNATURE_INVALID',
    `the signature does not verify for ${describeArtifact(artifact)} with the signer's key`,
  );
}

/** Returns the hash that the bundle names; else those of the key. A key of Ed25519 has one, whatever the bundle names. */
function candidates(messageDigest: Digest | undefined, key: PublicKey): readonly [HashAlgorithm, ...HashAlgorithm[]] {
  return messageDigest === undefined || key.kind === 'ed25519' ? signingHashes(key) : [messageDigest.algorithm];
}

/** Below this size, hashing an artifact again costs less than curve arithmetic without WebCrypto, which takes no digest. */
const worthHashing = 4 * 1024 * 1024;

/** Reports whether the key signed an artifact with this digest. */
async function isOver(known: Digest, key: PublicKey, signature: Uint8Array, { bytes }: Artifact): Promise<boolean> {
  return bytes !== undefined && bytes.length <= worthHashing && key.kind !== 'ed25519'
    ? verifySignature(key, signature, bytes, known.algorithm)
    : verifyDigestSignature(key, signature, known);
}

/** Reports whether the key signed the artifact itself (pure Ed25519). An artifact that is not at hand must not pass for an empty one. */
async function isPure(key: PublicKey, signature: Uint8Array, { bytes }: Artifact): Promise<boolean> {
  return key.kind === 'ed25519' && bytes !== undefined && verifySignature(key, signature, bytes, 'sha512');
}

/** Returns the statement of an envelope that the key signed. */
async function verifyEnvelope(
  { payloadType, payload, signature }: DsseEnvelope,
  publicKey: PublicKey,
): Promise<Statement> {
  // The signature first: a payload that nobody signed is not parsed.
  if (!(await isSigned(publicKey, signature, preAuthenticationEncoding(payloadType, payload)))) {
    fail('SIGNATURE_INVALID', "the signature of the envelope does not verify with the signer's key");
  }
  if (payloadType !== statementPayloadType) {
    fail(
      'BUNDLE_UNSUPPORTED',
      `the envelope's payload type is ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are supported`,
    );
  }
  return readStatement(payload);
}

/** Finds the artifact among the subjects of a verified statement. */
function aboutArtifact(statement: Statement, artifact: Artifact): SignedContent {
  const { subject, digest } = findSubject(statement, artifact.digests);
  return { kind: 'dsse-envelope', digest, statement, subject };
}

async function isSigned(key: PublicKey, signature: Uint8Array, encoded: Uint8Array): Promise<boolean> {
  for (const hash of signingHashes(key)) if (await verifySignature(key, signature, encoded, hash)) return true;
  return false;
}

/** Compares the predicate type. @throws CountersignError `PREDICATE_TYPE_MISMATCH` */
export function matchPredicateType(content: VerifiedContent | SignedContent, expected: Expectation): void {
  const found = statementIn(content)?.predicateType;
  if (found === undefined || !meets(expected, found)) {
    const is =
      found === undefined
        ? `the signature is over ${content.kind === 'simple-signing' ? 'a simple signing document' : 'the artifact itself'}, not a statement`
        : `the predicate type is ${JSON.stringify(found)}`;
    fail('PREDICATE_TYPE_MISMATCH', `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}

function nameIn(content: VerifiedContent | SignedContent): string | undefined {
  if (content.kind === 'dsse-envelope') return content.subject.name;
  return content.kind === 'simple-signing' ? content.dockerReference : undefined;
}

/** Compares the name of the subject. @throws CountersignError `SUBJECT_NAME_MISMATCH` */
export function matchSubjectName(content: VerifiedContent | SignedContent, expected: Expectation): void {
  const found = nameIn(content);
  if (found === undefined || !meets(expected, found)) {
    const is =
      found === undefined ? 'the signature has no subject name' : `the subject name is ${JSON.stringify(found)}`;
    fail('SUBJECT_NAME_MISMATCH', `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}
