/** Completes one bundle: verifies it as it is, logs its signature, and verifies the new bundle as a stranger would. */

import { type Bundle, bundleMediaType, type LogEntry, readBundle, writeBundle } from '../../core/bundle/index.ts';
import { readCertificate } from '../../core/certificate/index.ts';
import { type Digest, isHash } from '../../core/crypto/index.ts';
import { encodeHex } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { exactIdentity, type Policy, policyFor } from '../../core/policy/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import {
  type Service,
  type SigningConfig,
  selectServices,
  shownUrl,
  type TransparencyLog,
} from '../../core/trust/index.ts';
import { type Artifact, artifactOfDigest, type Verdict, verify } from '../../core/verify/index.ts';
import type { LogReference } from '../../deliver/index.ts';
import { LogEntryDuplicate, type Submission, submitEntry } from '../../services/rekor/index.ts';
import type { Instance, World } from '../world/index.ts';
import { logOf, recoverEntry } from './recover-entry.ts';

/** The instance whose log gets the entries, and what may be published in it. */
export interface CompletionRules {
  readonly instance: Instance;
  /** Adds entries for repositories that are not public to a public log. */
  readonly allowPublicLog: boolean;
}

export interface CompletedBundle {
  /** One line of JSON. */
  readonly text: string;
  readonly verdict: Verdict;
  /** False for a bundle that was complete already. */
  readonly isNew: boolean;
}

type CertifiedBundle = Bundle & { readonly signer: Extract<Bundle['signer'], { kind: 'certificate' }> };

/** Completes the bundles of a run. A signature that is in several of them is logged once. */
export class Completer {
  readonly #rules: CompletionRules;
  readonly #world: Pick<World, 'http' | 'clock'>;
  /** The logs that get the entries. */
  readonly #logs: readonly Service[];
  readonly #entries = new Map<string, Promise<readonly LogEntry[]>>();

  /** @throws CountersignError `NO_SERVICE` if the instance has no log of Rekor v2 */
  constructor(rules: CompletionRules, world: Pick<World, 'http' | 'clock'>) {
    this.#rules = rules;
    this.#world = world;
    this.#logs = logsV2(rules.instance.signingConfig, world.clock());
  }

  /**
   * Completes a bundle.
   *
   * @param json its text
   * @param digest that of the artifact that the bundle must be about; by default one that the bundle names
   * @throws CountersignError those of reading and verifying the bundle; `PUBLIC_LOG_REFUSED`; `LOG_UNKNOWN` if verifiers would not accept an
   *   entry of the log; those of the log
   */
  async complete(json: string, digest?: Digest): Promise<CompletedBundle> {
    const bundle = certified(readBundle(json));
    const subject = digest ?? digestOf(bundle);
    const artifact = artifactOfDigest(subject);
    const { instance } = this.#rules;
    const { thresholds, sandbox } = instance;
    const anyone = policyFor(
      { kind: 'identity', identity: 'any', issuer: 'any', claims: [] },
      { thresholds, sandbox, ...(bundle.logEntries.length === 0 && { timestampOnly: 'accept' }) },
    );
    const before = await this.#verify(bundle, artifact, anyone);
    if (before.logEntries.length >= thresholds.logEntries)
      return { text: oneLine(json), verdict: before, isNew: false };
    const entries = await this.#log(submissionOf(bundle, subject), before);
    const text = writeBundle({ ...bundle, mediaType: bundleMediaType, version: '0.3', logEntries: entries });
    const verdict = await this.#verify(readBundle(text), artifact, strangers(before, { thresholds, sandbox }));
    return { text, verdict, isNew: true };
  }

  #verify(bundle: Bundle, artifact: Artifact, policy: Policy): Promise<Verdict> {
    return verify(bundle, artifact, this.#rules.instance.trust, policy, this.#world.clock());
  }

  /** Returns the entries of a signature, one in each log. */
  #log(submission: Submission, verdict: Verdict): Promise<readonly LogEntry[]> {
    this.#demandPublic(verdict);
    const trusted = this.#logs.map((log) => ({ log, trusted: this.#demandTrusted(log, verdict) }));
    const key = encodeHex(submission.signature);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entries = Promise.all(trusted.map((one) => this.#submit(one.log, one.trusted, submission)));
    this.#entries.set(key, entries);
    entries.catch(() => this.#entries.delete(key));
    return entries;
  }

  /** Adds an entry. One that is there already, as after a run that was interrupted, is read from the log. */
  async #submit(log: Service, trusted: TransparencyLog, submission: Submission): Promise<LogEntry> {
    const { http } = this.#world;
    try {
      return await submitEntry(http, log, submission);
    } catch (error) {
      if (!(error instanceof LogEntryDuplicate) || error.index === undefined) throw error;
      return recoverEntry(trusted, error.index, http);
    }
  }

  /** Refuses to publish the details of a repository that is not public. */
  #demandPublic({ signer }: Verdict): void {
    const { instance, allowPublicLog } = this.#rules;
    const visibility = signer.kind === 'identity' ? signer.identity.claims.sourceRepositoryVisibility : undefined;
    if (!instance.publicLog || allowPublicLog || visibility === undefined || visibility === 'public') return;
    fail(
      'PUBLIC_LOG_REFUSED',
      `the repository was ${JSON.stringify(visibility)}, and an entry would permanently publish the claims of the certificate in a public log`,
      { remedy: 'To publish them, set `public-log: allow`.' },
    );
  }

  /**
   * Demands that verifiers will accept an entry of a log, before it is made: the trusted root must know the log at the time of the timestamp.
   */
  #demandTrusted({ url }: Service, { times }: Verdict): TransparencyLog {
    const moments = times.map(({ time }) => time);
    return (
      logOf(this.#rules.instance.trust, url, moments) ??
      fail(
        'LOG_UNKNOWN',
        `the transparency log ${shownUrl(url)} was not valid at ${moments.map((time) => time.toISOString()).join(' and ')}, the time of the signature, according to the trusted root`,
        {
          remedy:
            'Use the newest trusted root and signing config of the same instance. If they are current, sign again.',
        },
      )
    );
  }
}

/** Returns the entries of a bundle in the form that reports use. */
export function logsOf({ logEntries }: Verdict): readonly LogReference[] {
  return logEntries.map(({ log, logIndex }) => ({ url: log.baseUrl, id: encodeHex(log.keyId), index: logIndex }));
}

/** Returns the logs of Rekor v2. An entry of Rekor v1 would state a time after the end of the certificate. */
function logsV2(config: SigningConfig, now: Date): readonly Service[] {
  if (config.transparencyLogs.some(({ majorApiVersion }) => majorApiVersion === 2))
    return selectServices(config, now, 2).transparencyLogs;
  return fail('NO_SERVICE', 'the signing config has no transparency log of Rekor v2, which completing requires', {
    remedy:
      'Use a signing config with such a log. An entry of Rekor v1 would state a time at which the certificate is no longer valid; sign again instead.',
  });
}

function certified({ signer, ...bundle }: Bundle): CertifiedBundle {
  if (signer.kind === 'certificate') return { ...bundle, signer };
  return fail('BUNDLE_UNSUPPORTED', 'the bundle was signed with a long-lived key and has no certificate', {
    remedy: 'Sign again with the key and a log entry, with the tool that made the bundle.',
  });
}

/** Returns the digest of the artifact that the bundle names: that of a message signature, or the first of a statement. */
function digestOf({ content }: Bundle): Digest {
  const digest =
    content.kind === 'message-signature'
      ? content.messageDigest
      : readStatement(content.payload).subjects.flatMap(({ digests }) => digests.filter(isHash))[0];
  return digest ?? fail('BUNDLE_INVALID', 'the bundle contains no digest of its subject');
}

/** Returns the policy of a stranger who expects exactly this signer. */
function strangers({ signer }: Verdict, options: Pick<Policy, 'thresholds' | 'sandbox'>): Policy {
  if (signer.kind !== 'identity') return fail('IDENTITY_MISMATCH', 'the bundle was signed with a long-lived key');
  const { subjectAlternativeName, issuer = '' } = signer.identity;
  return exactIdentity(subjectAlternativeName, issuer, options);
}

/** Returns what is logged of a bundle whose signature is valid, so that the digest is the one that its key signs: SHA-256. */
function submissionOf({ content, signer: { certificate } }: CertifiedBundle, digest: Digest): Submission {
  const { kind } = readCertificate(certificate).publicKey;
  if (kind !== 'ecdsa-p256')
    fail('KEY_UNSUPPORTED', `the certificate has a key of type ${kind}; only ecdsa-p256 is supported`, {
      remedy: 'Sign again with an entry, with the tool that made the bundle.',
    });
  if (content.kind === 'dsse-envelope') return { ...content, certificate };
  return { kind: content.kind, digest, signature: content.signature, certificate };
}

function oneLine(json: string): string {
  // A line end in JSON is between tokens: a string cannot contain one.
  return json.trim().replace(/\s*[\r\n]\s*/g, '');
}
