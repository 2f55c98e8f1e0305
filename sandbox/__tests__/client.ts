/** A signing client of a few lines, over real HTTP, sharing nothing with Countersign's own: node:crypto and fetch. */

import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { der, encodePem } from '../../src/core/encoding/index.ts';
import type { Sandbox, TransparencyLogEntry } from '../index.ts';

interface CertificateChain {
  readonly chain: { readonly certificates: readonly string[] };
}

/** The answers of the services: an entry, a chain, or a refusal. */
type AnswerBody = TransparencyLogEntry & {
  readonly signedCertificateEmbeddedSct: CertificateChain;
  /** In place of it, of an authority without a log. */
  readonly signedCertificateDetachedSct?: CertificateChain;
  readonly code: number;
  readonly message: string;
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: AnswerBody;
}

export interface Key {
  readonly publicKey: KeyObject;
  readonly sign: (message: Uint8Array) => Buffer;
}

/** A key of any kind that node:crypto can make, to be refused. */
export function keyOf({ publicKey, privateKey }: KeyPairKeyObjectResult, hash: string | null = 'sha256'): Key {
  return { publicKey, sign: (message) => sign(hash, message, privateKey) };
}

export function newKey(curve: 'P-256' | 'P-384' | 'P-521' | 'Ed25519' = 'P-256'): Key {
  const hash = { 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512', Ed25519: null }[curve];
  const { publicKey, privateKey } =
    curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
  return { publicKey, sign: (message) => sign(hash, message, privateKey) };
}

export const spki = (key: Key): Buffer => key.publicKey.export({ type: 'spki', format: 'der' });
export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

export async function post(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

/** Asks for a job's token as a job does. */
export async function jobToken(sandbox: Sandbox, audience = 'sigstore'): Promise<string> {
  const response = await fetch(`${sandbox.jobTokens.requestUrl}&audience=${audience}`, {
    headers: { authorization: `Bearer ${sandbox.jobTokens.requestToken}` },
  });
  const { value } = await response.json();
  return value;
}

/** Asks any of the sandbox's issuers for a token: `{ audience: 'sigstore', 'claim.ref': 'refs/tags/v1', ttl: '-60' }`. */
export async function issuedToken(
  sandbox: Sandbox,
  issuer: Extract<keyof Sandbox['urls'], `${string}Issuer`>,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(
    `${sandbox.urls[issuer]}/token?${new URLSearchParams({ audience: 'sigstore', ...query })}`,
    {
      headers: { authorization: `bearer ${sandbox.jobTokens.requestToken}` },
    },
  );
  const { value } = await response.json();
  if (response.status !== 200) throw new Error(`the issuer answered ${response.status}`);
  return value;
}

export function claimsOf(token: string): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

export function askForCertificate(
  sandbox: Sandbox,
  key: Key,
  token: string,
  challenge = claimsOf(token).email ?? claimsOf(token).sub ?? '',
): Promise<Answer> {
  return post(`${sandbox.urls.fulcio}/api/v2/signingCert`, {
    credentials: { oidcIdentityToken: token },
    publicKeyRequest: {
      publicKey: { algorithm: 'ECDSA', content: key.publicKey.export({ type: 'spki', format: 'pem' }) },
      proofOfPossession: key.sign(Buffer.from(challenge)).toString('base64'),
    },
  });
}

/** Leaf, intermediate, root. */
export async function certificateChain(sandbox: Sandbox, key: Key, token: string): Promise<readonly X509Certificate[]> {
  const { status, json } = await askForCertificate(sandbox, key, token);
  if (status !== 200) throw new Error(`Fulcio answered ${status}: ${JSON.stringify(json)}`);
  const { chain } = json.signedCertificateDetachedSct ?? json.signedCertificateEmbeddedSct;
  const certificates: readonly string[] = chain.certificates;
  return certificates.map((pem) => new X509Certificate(pem));
}

/** The same by a certification request (PKCS #10), which sigstore-python sends, with the token in the header. */
export async function requestCertificate(
  sandbox: Sandbox,
  key: Key,
  token: string,
  signer: Key = key,
): Promise<{ readonly status: number; readonly json: AnswerBody }> {
  const info = der.sequence(der.integer(0), der.sequence(), new Uint8Array(spki(key)), der.context(0));
  const ecdsaWithSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const bytes = der.sequence(info, ecdsaWithSha256, der.bitString(new Uint8Array(signer.sign(info))));
  const response = await fetch(`${new URL(sandbox.urls.fulcio).origin}/api/v2/signingCert`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ certificateSigningRequest: btoa(encodePem('CERTIFICATE REQUEST', bytes)) }),
  });
  return { status: response.status, json: await response.json() };
}

export function entryRequest(digest: Uint8Array, signature: Uint8Array, leaf: X509Certificate) {
  return {
    hashedRekordRequestV002: {
      digest: Buffer.from(digest).toString('base64'),
      signature: {
        content: Buffer.from(signature).toString('base64'),
        verifier: {
          x509Certificate: { rawBytes: leaf.raw.toString('base64') },
          keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        },
      },
    },
  };
}

export function logEntry(sandbox: Sandbox, request: unknown): Promise<Answer> {
  return post(`${sandbox.urls.rekor}/api/v2/log/entries`, request);
}

export interface QueryParts {
  readonly hash?: keyof typeof hashOids;
  readonly imprint?: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly certificates?: boolean;
  readonly policy?: string;
}

const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** A TimeStampReq. */
export function timestampQuery(message: Uint8Array, parts: QueryParts = {}): Uint8Array<ArrayBuffer> {
  const { hash = 'sha256', nonce = randomBytes(8), certificates = false, policy } = parts;
  const imprint = parts.imprint ?? createHash(hash).update(message).digest();
  return der.sequence(
    der.integer(1),
    der.sequence(der.sequence(der.oid(hashOids[hash]), der.null()), der.octetString(imprint)),
    ...(policy === undefined ? [] : [der.oid(policy)]),
    der.unsigned(nonce),
    der.boolean(certificates),
  );
}

export async function askForTimestamp(sandbox: Sandbox, query: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(sandbox.urls.timestamp, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: query,
  });
}

/** Signs a message with everything the sandbox offers, and puts a bundle v0.3 together. */
export async function signMessage(sandbox: Sandbox, message: Uint8Array, token?: string) {
  const key = newKey();
  const [leaf] = await certificateChain(sandbox, key, token ?? (await jobToken(sandbox)));
  if (leaf === undefined) throw new Error('no leaf');
  const signature = key.sign(message);
  const timestamp = await askForTimestamp(sandbox, timestampQuery(signature));
  const { json } = await logEntry(sandbox, entryRequest(sha256(message), signature, leaf));
  const { inclusionPromise: _, integratedTime: __, ...entry } = json;
  return bundle(leaf.raw, signature, sha256(message), Buffer.from(await timestamp.arrayBuffer()), entry);
}

export function bundle(
  leaf: Uint8Array,
  signature: Uint8Array,
  digest: Uint8Array,
  timestamp: Uint8Array,
  entry: object,
) {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      certificate: { rawBytes: base64(leaf) },
      tlogEntries: [entry],
      timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: base64(timestamp) }] },
    },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: base64(digest) },
      signature: base64(signature),
    },
  };
}

/** The Merkle root of RFC 9162, section 2.1.1, by its definition. */
export function naiveRoot(entries: readonly Uint8Array[]): Buffer {
  const [only] = entries;
  if (only === undefined) return sha256();
  if (entries.length === 1) return sha256(new Uint8Array([0]), only);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return sha256(new Uint8Array([1]), naiveRoot(entries.slice(0, split)), naiveRoot(entries.slice(split)));
}

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2). */
export function rootOfProof(
  index: number,
  size: number,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
): Buffer | undefined {
  let node = index;
  let last = size - 1;
  let hash = sha256(new Uint8Array([0]), leaf);
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = sha256(new Uint8Array([1]), sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = sha256(new Uint8Array([1]), hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}

/** Reports whether a proof shows that the first tree is a prefix of the second (RFC 9162, section 2.1.4.2). */
export function provesConsistency(
  [first, firstRoot]: readonly [size: number, root: Uint8Array],
  [second, secondRoot]: readonly [size: number, root: Uint8Array],
  proof: readonly Uint8Array[],
): boolean {
  if (first === second) return proof.length === 0 && Buffer.compare(firstRoot, secondRoot) === 0;
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let [node, last] = [first - 1, second - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let old: Buffer = Buffer.from(start);
  let now: Buffer = Buffer.from(start);
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = sha256(new Uint8Array([1]), hash, old);
      now = sha256(new Uint8Array([1]), hash, now);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      now = sha256(new Uint8Array([1]), now, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.equals(firstRoot) && now.equals(secondRoot);
}
