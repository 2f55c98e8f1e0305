/** The verifier: all that a client must check (Sigstore client specification, section 4), in that order. */

import type { Bundle } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import { formatDigest, type PublicKey } from '../crypto/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import { checkPolicy, describeExpectation, type Policy } from '../policy/index.ts';
import type { Statement } from '../statement/index.ts';
import type { TrustedRoot } from '../trust/index.ts';
import { type Artifact, describe } from './artifact.ts';
import { type Criterion, Examination } from './criterion.ts';
import { matchPredicateType, matchSubjectName } from './match-content.ts';
import type { Signer } from './signer.ts';
import { type BegunCertificate, beginVerifying, type VerifiedCertificate } from './steps/certificate.ts';
import { aboutArtifact, type VerifiedContent, verifyEnvelope, verifyMessageSignature } from './steps/content.ts';
import {
  describeClaim,
  type IdentityPolicy,
  matchClaim,
  matchIssuer,
  matchName,
  readIdentity,
  type VerifiedIdentity,
} from './steps/identity.ts';
import { type VerifiedLogEntry, verifyLogEntries } from './steps/log.ts';
import { establishTimes, type VerifiedTime } from './steps/times.ts';
import { checkNotInFuture, type VerifiedSct, verifySCTs } from './steps/transparency.ts';

/** What was proven. There is no verdict that says no: what is not proven throws. */
export interface Verdict {
  readonly signer: VerifiedSigner;
  readonly times: readonly VerifiedTime[];
  readonly signedCertificateTimestamps: readonly VerifiedSct[];
  readonly logEntries: readonly VerifiedLogEntry[];
  readonly content: VerifiedContent;
}

export type VerifiedSigner =
  | {
      readonly kind: 'identity';
      readonly identity: VerifiedIdentity;
      /** The window in which the certificate was valid. */
      readonly certificateValidity: { readonly notBefore: Date; readonly notAfter: Date };
    }
  | { readonly kind: 'key'; readonly publicKey: PublicKey };

/** All that was looked at, whatever came of it. */
export interface Report {
  readonly criteria: readonly Criterion[];
  readonly result: { readonly verdict: Verdict } | { readonly failure: CountersignError };
}

/**
 * Verifies that the signer whom the policy names signed the artifact. Opens no file and no socket.
 *
 * @param now the present, for what claims to be from the future; a bundle stays good for ever
 * @throws CountersignError with the code of the first check that fails
 *
 * @example
 * const bundle = readBundle(await readFile('app.tar.gz.sigstore.json'));
 * const trust = readTrustedRoot(await readFile('trusted_root.json'));
 * const artifact = artifactOfBytes(await readFile('app.tar.gz'));
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 * const { signer } = await verify(bundle, artifact, trust, policy, new Date());
 */
export async function verify(
  bundle: Bundle,
  artifact: Artifact,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Verdict> {
  const { result } = await examine(bundle, artifact, trust, policy, now);
  if ('failure' in result) throw result.failure;
  return result.verdict;
}

/**
 * The same, with a line for each criterion, of what failed as of what holds. What was found wrong is in the report, and not thrown.
 *
 * @throws CountersignError `POLICY_INVALID` for a policy that is none
 */
export function examine(
  bundle: Bundle,
  artifact: Artifact,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): Promise<Report> {
  return examiner(bundle, trust, policy, now)(artifact);
}

/**
 * Examines one bundle against artifact after artifact, as {@link examine} does: what does not depend on the artifact is examined once.
 *
 * @throws CountersignError `POLICY_INVALID` for a policy that is none, when the first artifact is examined
 */
export function examiner(
  bundle: Bundle,
  trust: TrustedRoot,
  policy: Policy,
  now: Date,
): (artifact: Artifact) => Promise<Report> {
  const bySigner = once(() => examineSigner(bundle, trust, policy, now));
  const content = contentVerifier(bundle);
  const entries = entriesVerifier(bundle, trust, policy);
  return async (artifact) => {
    checkPolicy(policy);
    const { criteria, times, moments, signer, vouched } = await bySigner();
    const examination = new Examination();
    // None of these needs another of them.
    const [{ verified, scts }, signed, logEntries] = await Promise.all([
      vouched,
      examineContent(examination, content, artifact, policy, signer),
      examineLogEntries(examination, entries, artifact, policy, signer, moments),
    ]);
    return reportOf(examination.joinedWith(criteria()), { signer: verified, times, scts, content: signed, logEntries });
  };
}

/** What a verdict is made of, as far as it holds. */
interface Proven {
  readonly signer: VerifiedSigner | undefined;
  readonly times: readonly VerifiedTime[] | undefined;
  readonly scts: readonly VerifiedSct[] | undefined;
  readonly content: VerifiedContent | undefined;
  readonly logEntries: readonly VerifiedLogEntry[] | undefined;
}

function reportOf(criteria: readonly Criterion[], { signer, times, scts, content, logEntries }: Proven): Report {
  const failure = criteria.find((criterion) => criterion.failure !== undefined)?.failure;
  if (failure === undefined && times && signer && scts && content && logEntries) {
    const verdict = { signer, times, signedCertificateTimestamps: scts, logEntries, content };
    return { criteria, result: { verdict } };
  }
  // What was not checked builds on what failed, so that there is a failure. If ever there is not, nothing is verified either.
  return {
    criteria,
    result: { failure: failure ?? new CountersignError('BUNDLE_INVALID', 'not everything was checked') },
  };
}

/** All of a bundle that does not depend on the artifact. */
async function examineSigner(bundle: Bundle, trust: TrustedRoot, policy: Policy, now: Date) {
  const examination = new Examination();
  const leaf = beginLeaf(bundle, trust);
  const times = await examineTimes(examination, bundle, trust, policy, now);
  const moments = times?.map(({ time }) => time);
  const { signer, vouched } =
    policy.signer.kind === 'key'
      ? await examineKey(examination, bundle, policy.signer.publicKey)
      : await examineCertificate(examination, leaf, trust, policy, policy.signer, moments, now);
  // Not awaited: the signature is verified meanwhile. The criteria are complete once it is done.
  return { criteria: () => examination.criteria, times, moments, signer, vouched: vouched() };
}

/** Verifies the content of a bundle; of a statement the signature once, whatever the artifacts. */
function contentVerifier(bundle: Bundle): (artifact: Artifact, publicKey: PublicKey) => Promise<VerifiedContent> {
  const { content } = bundle;
  if (content.kind === 'message-signature')
    return (artifact, publicKey) => verifyMessageSignature(content, artifact, publicKey);
  let statement: Promise<Statement> | undefined;
  return async (artifact, publicKey) => {
    statement ??= verifyEnvelope(content, publicKey);
    return aboutArtifact(await statement, artifact);
  };
}

/** Verifies the log entries of a bundle; those about a statement once, since they are the same whatever the artifact. */
function entriesVerifier(
  bundle: Bundle,
  trust: TrustedRoot,
  policy: Policy,
): (artifact: Artifact, signer: Signer, moments: readonly Date[]) => Promise<readonly VerifiedLogEntry[]> {
  const verifyFor = (artifact: Artifact, signer: Signer, moments: readonly Date[]) =>
    verifyLogEntries(bundle, { content: bundle.content, artifact, signer }, trust, moments, policy);
  if (bundle.content.kind === 'message-signature') return verifyFor;
  let entries: Promise<readonly VerifiedLogEntry[]> | undefined;
  return (artifact, signer, moments) => {
    entries ??= verifyFor(artifact, signer, moments);
    return entries;
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function beginLeaf({ signer }: Bundle, trust: TrustedRoot): BegunCertificate | undefined {
  return signer.kind === 'certificate' ? beginVerifying(signer.certificate, trust) : undefined;
}

function examineTimes(
  examination: Examination,
  bundle: Bundle,
  trust: TrustedRoot,
  { thresholds }: Policy,
  now: Date,
): Promise<readonly VerifiedTime[] | undefined> {
  return examination.run(
    { name: 'time', expected: `said by at least ${thresholds.timestamps}` },
    {},
    () => establishTimes(bundle, trust, thresholds.timestamps, now),
    (found) => found.map(({ time }) => time.toISOString()).join(', ') || 'none',
  );
}

/** Whose key it is that is held to have signed, and what remains to be examined of him. */
interface ExaminedSigner {
  readonly signer: Signer | undefined;
  readonly vouched: () => Promise<VouchedSigner>;
}

/** Who the signer is, and who has seen the certificate. */
interface VouchedSigner {
  readonly verified: VerifiedSigner | undefined;
  readonly scts: readonly VerifiedSct[] | undefined;
}

async function examineKey(examination: Examination, bundle: Bundle, publicKey: PublicKey): Promise<ExaminedSigner> {
  const signer = await examination.run(
    { name: 'key', expected: `the ${publicKey.kind} key that was given` },
    {},
    () => {
      // A certificate would say who signed, and nobody would have checked it.
      if (bundle.signer.kind !== 'public-key')
        fail('KEY_MISMATCH', 'the bundle was signed with a certificate; the key that was given was expected');
      return { kind: 'key', publicKey } as const;
    },
    () => publicKey.kind,
  );
  return { signer, vouched: async () => ({ verified: signer, scts: [] }) };
}

async function examineCertificate(
  examination: Examination,
  leaf: BegunCertificate | undefined,
  trust: TrustedRoot,
  { thresholds, sandbox }: Policy,
  policy: IdentityPolicy,
  moments: readonly Date[] | undefined,
  now: Date,
): Promise<ExaminedSigner> {
  const path = await examination.run(
    { name: 'certificate', expected: 'of a trusted authority, valid when it was used, for signing code' },
    { time: moments },
    ({ time }) => {
      if (leaf === undefined)
        fail('IDENTITY_MISMATCH', 'the bundle was signed with a key that is kept; a certificate was expected');
      return leaf.verify(time, sandbox);
    },
    ({ authority }) => authority.uri,
  );
  return {
    signer: path && { kind: 'certificate', certificate: path.certificate, publicKey: path.certificate.publicKey },
    vouched: async () => {
      const [scts, identity] = await Promise.all([
        examineTransparency(examination, trust, thresholds, path, now),
        examineIdentity(examination, policy, path?.certificate),
      ]);
      if (path === undefined || identity === undefined) return { verified: undefined, scts };
      const { notBefore, notAfter } = path.certificate;
      return { verified: { kind: 'identity', identity, certificateValidity: { notBefore, notAfter } }, scts };
    },
  };
}

function examineTransparency(
  examination: Examination,
  trust: TrustedRoot,
  { signedCertificateTimestamps: needed }: Policy['thresholds'],
  certificate: VerifiedCertificate | undefined,
  now: Date,
): Promise<readonly VerifiedSct[] | undefined> {
  return examination.run(
    { name: 'certificate-transparency', expected: `seen by at least ${needed}` },
    { certificate },
    async (basis) => {
      const scts = await verifySCTs(basis.certificate, trust, needed);
      checkNotInFuture(scts, now);
      return scts;
    },
    (found) => found.map(({ log }) => log.baseUrl).join(', ') || 'none',
  );
}

async function examineIdentity(
  examination: Examination,
  policy: IdentityPolicy,
  certificate: Certificate | undefined,
): Promise<VerifiedIdentity | undefined> {
  const expected = (one: IdentityPolicy['issuer']): string => (one === 'any' ? 'any' : describeExpectation(one));
  const identity = await examination.run(
    { name: 'issuer', expected: expected(policy.issuer) },
    { certificate },
    (basis) => {
      const read = readIdentity(basis.certificate);
      matchIssuer(read, policy);
      return read;
    },
    ({ issuer }) => issuer,
  );
  await examination.run(
    { name: 'identity', expected: expected(policy.identity) },
    { issuer: identity },
    ({ issuer }) => matchName(issuer, policy),
    () => identity?.subjectAlternativeName ?? '',
  );
  for (const expectation of policy.claims) {
    const { claim } = expectation;
    await examination.run(
      { name: 'claim', about: claim, expected: describeClaim(expectation) },
      { issuer: identity },
      ({ issuer }) => matchClaim(issuer, expectation),
      () => identity?.claims[claim] ?? '',
    );
  }
  return identity;
}

async function examineContent(
  examination: Examination,
  verifyContent: ReturnType<typeof contentVerifier>,
  artifact: Artifact,
  { content: policy }: Policy,
  signer: Signer | undefined,
): Promise<VerifiedContent | undefined> {
  const content = await examination.run(
    { name: 'signature', expected: `over ${describe(artifact)}` },
    { signer },
    (basis) => verifyContent(artifact, basis.signer.publicKey),
    (found) =>
      found.kind === 'dsse-envelope'
        ? `over a statement about ${formatDigest(found.digest)}, ${JSON.stringify(found.subject.name)}`
        : `over ${formatDigest(found.digest)}`,
  );
  const { predicateType, subjectName } = policy;
  if (predicateType !== undefined) {
    await examination.run(
      { name: 'predicate-type', expected: describeExpectation(predicateType) },
      { signature: content },
      ({ signature }) => matchPredicateType(signature, predicateType),
      () => (content?.kind === 'dsse-envelope' ? content.statement.predicateType : ''),
    );
  }
  if (subjectName !== undefined) {
    await examination.run(
      { name: 'subject-name', expected: describeExpectation(subjectName) },
      { signature: content },
      ({ signature }) => matchSubjectName(signature, subjectName),
      () => (content?.kind === 'dsse-envelope' ? content.subject.name : ''),
    );
  }
  return content;
}

function examineLogEntries(
  examination: Examination,
  verifyEntries: ReturnType<typeof entriesVerifier>,
  artifact: Artifact,
  { thresholds }: Policy,
  signer: Signer | undefined,
  moments: readonly Date[] | undefined,
): Promise<readonly VerifiedLogEntry[] | undefined> {
  return examination.run(
    { name: 'log', expected: `entries in at least ${thresholds.logEntries}` },
    { signer, time: moments },
    (basis) => verifyEntries(artifact, basis.signer, basis.time),
    (found) => found.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(', ') || 'none',
  );
}
