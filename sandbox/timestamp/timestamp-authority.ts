/** A timestamp authority (RFC 3161) like Sigstore's: a root, and a signer that it certifies. */

import { der } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import {
  type AuthorityOptions,
  authorityDefaults,
  type CertifiedKey,
  certifyAuthority,
  certifyTimestampSigner,
  freshSerialNumber,
  type HashName,
  hashLengths,
  type KeyKind,
  type ProfileOverrides,
} from '../pki/index.ts';
import { type Sources, wholeSecond } from '../sources.ts';
import { hashOfOid, readTimestampQuery, type TimestampQuery } from './query.ts';
import { encodeToken, oids, type TokenOverrides } from './token.ts';

export interface TimestampAuthorityOptions extends AuthorityOptions {
  /** The kind of the signer's key; by default P-384, which signs with SHA-256 nevertheless, as Sigstore's does. */
  readonly kind?: KeyKind;
  /** The precision of its times; by default a second, as Sigstore's. */
  readonly precision?: 'second' | 'millisecond';
  /** Changes to the certificate of the signer. */
  readonly signer?: ProfileOverrides;
}

/** The imprint of a timestamp, and changes to the defaults of its token. */
export type TimestampRequest = TokenOverrides & { readonly imprint: Uint8Array };

/** The bits of PKIFailureInfo (RFC 3161, section 2.4.2). */
const failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const;

const policyOid = '1.3.6.1.4.1.57264.2';
const granted = 0;
const rejection = 2;

/**
 * @example
 * const imprint = new Uint8Array(createHash('sha256').update(signature).digest());
 * const valid = authority.timestamp({ imprint });
 * const late = authority.timestamp({ imprint, genTime: new Date('2031-01-01T00:00:00Z') });
 */
export class TimestampAuthority {
  readonly root: CertifiedKey;
  readonly signer: CertifiedKey;
  readonly #sources: Sources;
  readonly #precision: 'second' | 'millisecond';

  constructor(options: TimestampAuthorityOptions) {
    const { sources, kind = 'P-384', precision = 'second', root = {}, signer = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.#precision = precision;
    const rootRole = { name: 'timestamp-root', subject: subject('timestamp-root'), pathLength: 0, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: 'timestamp', subject: subject('timestamp'), kind, issuer: this.root };
    this.signer = certifyTimestampSigner({ ...certificates, ...role, overrides: signer }, sources);
  }

  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain(): readonly Uint8Array[] {
    return [this.signer.certificate, this.root.certificate];
  }

  /** Returns a granted TimeStampResp, DER, which is a bundle's `signedTimestamp`. */
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
   * Answers a TimeStampReq with a token, perhaps changed, or with a rejection and its reason.
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

/** Encodes a TimeStampResp (RFC 3161, section 2.4.2). */
export function timestampResponse(status: number, token: Uint8Array | undefined): Uint8Array {
  return der.sequence(der.sequence(der.integer(status)), ...(token === undefined ? [] : [token]));
}

function rejectionOf(failure: keyof typeof failures): Uint8Array {
  const text = der.sequence(der.utf8String(failure));
  return der.sequence(der.sequence(der.integer(rejection), text, der.namedBits(failures[failure])));
}
