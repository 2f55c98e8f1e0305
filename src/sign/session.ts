/** A signing session: one identity, one key and certificate at a time, any number of signatures. */

import { type Bundle, bundleMediaType } from '../core/bundle/index.ts';
import { type Digest, digest } from '../core/crypto/index.ts';
import { preAuthenticationEncoding } from '../core/encoding/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import { statementPayloadType } from '../core/statement/index.ts';
import type { SelectedServices } from '../core/trust/index.ts';
import type { TokenSource } from '../identity/index.ts';
import { usefulUntil } from '../services/http/index.ts';
import { requestTimestamp } from '../services/timestamp/index.ts';
import { type CertificationOptions, type CertifiedKey, certifyKey } from './certified-key.ts';
import { KeyRotation } from './key-rotation.ts';
import { type LogFallback, Logging, type LogOutage } from './logging.ts';

export type SessionOptions = Omit<CertificationOptions, 'certificateAuthority' | 'tokens'> & {
  /** The session disposes of it. */
  readonly tokens: TokenSource;
  readonly services: SelectedServices;
  /** What is done if a transparency log is down (default: signing fails). */
  readonly fallback?: LogFallback | undefined;
};

/** A bundle, not yet verified, and the life of the certificate in it. */
export interface SignedBundle {
  readonly bundle: Bundle;
  /** The outages because of which the bundle lacks entries, or has entries of another log. */
  readonly outages: readonly LogOutage[];
  readonly certificateValidity: { readonly notBefore: Date; readonly notAfter: Date };
}

/**
 * Holds the private key, and is the only thing that does. Dispose of it, or use `using`: that overwrites the key and drops the identity
 * token.
 *
 * A certificate is requested with the first signature, and replaced before it expires. If a certificate expires during an outage, the
 * content is signed again with the next one.
 *
 * @example
 * using session = openSession(options);
 * const { bundle } = await session.signArtifact(toDigest('sha256', bytes));
 */
export interface SigningSession extends Disposable {
  /** Signs an artifact by its digest. */
  signArtifact(artifact: Digest<'sha256'>): Promise<SignedBundle>;
  /** Signs an in-toto statement. */
  signStatement(statement: Uint8Array): Promise<SignedBundle>;
}

/** The content to sign, and its form in a bundle. */
interface Content {
  /** The digest that the key signs. */
  readonly digest: Digest<'sha256'>;
  bundled(signature: Uint8Array): Bundle['content'];
}

export function openSession(options: SessionOptions): SigningSession {
  const certificateAuthority = options.services.certificateAuthority.url;
  const rotation = new KeyRotation(() => certifyKey({ ...options, certificateAuthority }), options.clock);
  const logging = new Logging(options.services.transparencyLogs, options.fallback);
  return {
    signArtifact: (artifact) =>
      signContent(
        { digest: artifact, bundled: (signature) => messageSignature(artifact, signature) },
        rotation,
        logging,
        options,
      ),
    signStatement: (statement) =>
      signContent(
        {
          digest: digest('sha256', preAuthenticationEncoding(statementPayloadType, statement)),
          bundled: (signature) => envelope(statement, signature),
        },
        rotation,
        logging,
        options,
      ),
    [Symbol.dispose]: () => {
      rotation[Symbol.dispose]();
      options.tokens[Symbol.dispose]();
    },
  };
}

function messageSignature(messageDigest: Digest, signature: Uint8Array): Bundle['content'] {
  return { kind: 'message-signature', messageDigest, signature };
}

function envelope(payload: Uint8Array, signature: Uint8Array): Bundle['content'] {
  return { kind: 'dsse-envelope', payloadType: statementPayloadType, payload, signature };
}

async function signContent(
  content: Content,
  rotation: KeyRotation,
  logging: Logging,
  options: SessionOptions,
): Promise<SignedBundle> {
  let duplicates = 0;
  for (;;) {
    using certifiedKey = await rotation.lend();
    try {
      const { notBefore, notAfter } = certifiedKey;
      return {
        ...(await signWith(certifiedKey, content, logging, options)),
        certificateValidity: { notBefore, notAfter },
      };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      // A log that accepted the entry and whose response was lost calls the second try a duplicate. A fresh signature is not one.
      const duplicate = error.code === 'LOG_ENTRY_DUPLICATE' && ++duplicates < 3;
      // The certificate expired during the outage: sign again with the next one.
      const outlasted = error.code === 'SERVICE_UNAVAILABLE' && rotation.ends(certifiedKey);
      if (!duplicate && !outlasted) throw error;
    }
  }
}

async function signWith(
  { key, certificate, notAfter }: CertifiedKey,
  content: Content,
  logging: Logging,
  { services, http, random }: SessionOptions,
): Promise<Pick<SignedBundle, 'bundle' | 'outages'>> {
  const signature = key.sign(content.digest);
  const bundled = content.bundled(signature);
  const submission =
    bundled.kind === 'dsse-envelope'
      ? { ...bundled, certificate }
      : { kind: bundled.kind, digest: content.digest, signature, certificate };
  const inTime = usefulUntil(http, notAfter);
  // The two are independent of each other.
  const [timestamps, { logEntries, outages }] = await Promise.all([
    Promise.all(services.timestampAuthorities.map(({ url }) => requestTimestamp(inTime, url, signature, random))),
    logging.add(inTime, submission),
  ]);
  return {
    bundle: {
      mediaType: bundleMediaType,
      version: '0.3',
      signer: { kind: 'certificate', certificate },
      logEntries,
      timestamps,
      content: bundled,
    },
    outages,
  };
}
