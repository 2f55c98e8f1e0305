/** A timestamp authority (RFC 3161) of the shape of Sigstore's: a root, and a signer certified by it. */

import { der, encodeHex } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import {
  type CertifiedKey,
  certifyAuthority,
  certifyTimestampSigner,
  freshSerialNumber,
  type HashName,
  type KeyKind,
  type ProfileOverrides,
} from '../pki/index.ts';
import { type Sources, secondsAfter, wholeSecond } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';
import { hashLengths, hashOfOid, readTimestampQuery, type TimestampQuery } from './query.ts';
import { encodeToken, oids, type TokenOverrides } from './token.ts';

export interface TimestampAuthorityOptions {
  readonly sources: Sources;
  readonly organization?: string;
  /** Whether the root carries the sandbox's marker; true by default. */
  readonly marked?: boolean;
  /** The kind of the signer's key. P-384 by default, which signs with SHA-256 nevertheless, as Sigstore's does. */
  readonly kind?: KeyKind;
  readonly notBefore?: Date;
  /** Whole seconds, as Sigstore's gives them, or milliseconds. */
  readonly precision?: 'second' | 'millisecond';
  readonly root?: ProfileOverrides;
  readonly signer?: ProfileOverrides;
  /** Where its keys and certificates are kept; by default in memory. */
  readonly storage?: Storage;
  /** What tells its certificates from those of other sandboxes; by default random. */
  readonly name?: string;
}

/** What is to be stamped. Anything else of the token has a default, which may be overridden. */
export type TimestampRequest = TokenOverrides & {
  readonly imprint: Uint8Array;
};

/** The bits of PKIFailureInfo (RFC 3161, section 2.4.2). */
const failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const;

const policyOid = '1.3.6.1.4.1.57264.2';
const tenYears = 10 * 365 * 24 * 3600;
const granted = 0;
const rejection = 2;

/**
 * @example
 * const imprint = new Uint8Array(createHash('sha256').update(signature).digest());
 * const right = authority.timestamp({ imprint });
 * const late = authority.timestamp({ imprint, genTime: new Date('2031-01-01T00:00:00Z') });
 * const stray = authority.timestamp({ imprint, signingKey: otherAuthority.signer.key });
 */
export class TimestampAuthority {
  readonly root: CertifiedKey;
  readonly signer: CertifiedKey;
  readonly #sources: Sources;
  readonly #precision: 'second' | 'millisecond';

  constructor({
    sources,
    organization = 'countersign-sandbox',
    marked = true,
    kind = 'P-384',
    ...options
  }: TimestampAuthorityOptions) {
    const notBefore = wholeSecond(options.notBefore ?? secondsAfter(sources.clock(), -3600));
    const notAfter = secondsAfter(notBefore, tenYears);
    const { name = encodeHex(sources.random(4)), storage = new MemoryStorage() } = options;
    this.#sources = sources;
    this.#precision = options.precision ?? 'second';
    this.root = certifyAuthority(
      {
        storage,
        name: 'timestamp-root',
        subject: { organization, commonName: `sandbox-timestamp-root-${name}` },
        kind: 'P-384',
        notBefore,
        notAfter,
        pathLength: 0,
        codeSigning: false,
        marked,
        overrides: options.root ?? {},
      },
      sources,
    );
    this.signer = certifyTimestampSigner(
      {
        storage,
        name: 'timestamp',
        subject: { organization, commonName: `sandbox-timestamp-${name}` },
        kind,
        issuer: this.root,
        notBefore,
        notAfter,
        overrides: options.signer ?? {},
      },
      sources,
    );
  }

  /** The signer's certificate and the root's, DER, as a trusted root lists them. */
  get chain(): readonly Uint8Array[] {
    return [this.signer.certificate, this.root.certificate];
  }

  /** A granted TimeStampResp over an imprint, DER: what a bundle holds as `signedTimestamp`. */
  timestamp(request: TimestampRequest): Uint8Array {
    const { signer } = this;
    const now = this.#sources.clock();
    const genTime = request.genTime ?? (this.#precision === 'second' ? wholeSecond(now) : now);
    const token = encodeToken({
      version: 1,
      policy: policyOid,
      imprintHash: 'sha256',
      serialNumber: freshSerialNumber(this.#sources.random),
      genTime,
      accuracySeconds: 1,
      nonce: undefined,
      authorityName: signer.profile.subject,
      signedDataVersion: 3,
      contentType: oids.timestampInfo,
      certificates: [],
      signerInfos: 1,
      signerIssuer: signer.profile.issuer,
      signerSerialNumber: signer.profile.serialNumber,
      digestHash: 'sha256',
      signingTime: genTime,
      messageDigest: undefined,
      signingCertificate: signer.certificate,
      amendSignedAttributes: (attributes) => attributes,
      signingKey: signer.key,
      amendSignature: (signature) => signature,
      ...request,
    });
    return timestampResponse(granted, token);
  }

  /**
   * Answers a TimeStampReq: a granted response, with whatever of the token is to be otherwise, or a rejection with its reason.
   *
   * @throws CountersignError `DER_INVALID` if it is not a TimeStampReq
   */
  respond(query: Uint8Array, overrides: TokenOverrides = {}): Uint8Array {
    const request = readTimestampQuery(query);
    const imprintHash = hashOfOid(request.hashOid);
    const failure = this.#failureOf(request, imprintHash);
    if (imprintHash === undefined || failure !== undefined) return rejectionOf(failure ?? 'badAlg');
    return this.timestamp({
      imprint: request.imprint,
      imprintHash,
      nonce: request.nonce,
      certificates: request.certificatesRequested ? [this.signer.certificate] : [],
      ...overrides,
    });
  }

  /** The endpoint at this path. What cannot be read is answered with HTTP 400, as timestamp-server does. */
  routes(path: string): readonly Route[] {
    return [{ method: 'POST', path, handle: ({ headers, body }) => this.#answer(headers['content-type'], body) }];
  }

  #answer(contentType: unknown, body: Uint8Array): HttpResponse {
    if (contentType !== 'application/timestamp-query') {
      return jsonResponse(415, { code: 415, message: `unsupported media type "${String(contentType)}"` });
    }
    try {
      return { status: 200, headers: { 'content-type': 'application/timestamp-reply' }, body: this.respond(body) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return jsonResponse(400, { code: 400, message: `Error parsing timestamp request: ${error.message}` });
    }
  }

  #failureOf(request: TimestampQuery, hash: HashName | undefined): keyof typeof failures | undefined {
    if (hash === undefined) return 'badAlg';
    if (request.imprint.length !== hashLengths[hash]) return 'badDataFormat';
    if (request.policy !== undefined && request.policy !== policyOid) return 'unacceptedPolicy';
    return request.hasExtensions ? 'unacceptedExtension' : undefined;
  }
}

/** TimeStampResp (RFC 3161, section 2.4.2) with a status of one's choice. */
export function timestampResponse(status: number, token: Uint8Array | undefined): Uint8Array {
  return der.sequence(der.sequence(der.integer(status)), ...(token === undefined ? [] : [token]));
}

function rejectionOf(failure: keyof typeof failures): Uint8Array {
  const text = der.sequence(der.utf8String(failure));
  return der.sequence(der.sequence(der.integer(rejection), text, der.namedBits(failures[failure])));
}
