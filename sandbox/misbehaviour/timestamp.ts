/** The timestamp authority. */

import type { HttpResponse } from '../http/index.ts';
import {
  type CertifiedKey,
  certifyTimestampSigner,
  generateSigningKey,
  keyPurposes,
  type ProfileOverrides,
} from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { type TokenOverrides, timestampResponse } from '../timestamp/index.ts';
import type { Family, Misbehaviour, Parts } from './misbehaviour.ts';

const oneDay = 24 * 3600;
const rejection = 2;

export const timestampMisbehaviours = {
  'timestamp:stale-time': stamping(
    'The time is a day ago: a client must notice that there was no certificate then.',
    ({ sources }) => ({ genTime: secondsAfter(sources.clock(), -oneDay) }),
  ),
  'timestamp:future-time': stamping(
    'The time is in a day: a client must not believe a time that is not yet.',
    ({ sources }) => ({ genTime: secondsAfter(sources.clock(), oneDay) }),
  ),
  'timestamp:another-nonce': stamping(
    'The nonce is another than that of the request: a client must notice that it is the answer to another.',
    () => ({ nonce: new Uint8Array([42]) }),
  ),
  'timestamp:without-nonce': stamping(
    'There is no nonce: a client that sent one must not take the answer for its own.',
    () => ({ nonce: undefined }),
  ),
  'timestamp:another-imprint': stamping(
    'What is stamped is something else: a client must notice that it is not its signature.',
    () => ({ imprint: new Uint8Array(32).fill(42) }),
  ),
  'timestamp:another-key': stamping(
    'The token names the authority’s certificate and is signed by another key: a client must refuse the signature.',
    ({ timestampAuthority: { signer } }) => ({ signingKey: generateSigningKey(signer.key.kind) }),
  ),
  'timestamp:certificate-without-usage': certified(
    'The signer is certified by the same root, for nothing in particular: a client must not take it for a timestamp authority.',
    { extendedKeyUsage: undefined },
  ),
  'timestamp:certificate-of-wrong-usage': certified(
    'The signer is certified by the same root, to sign code: a client must not take it for a timestamp authority.',
    { extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] } },
  ),
  'timestamp:rejected': {
    about: 'The answer is a rejection, with the status 200 of HTTP: a client must not take it for a timestamp.',
    begin: () => ({ timestamp: () => reply(timestampResponse(rejection, undefined)) }),
  },
} as const satisfies Family;

function stamping(about: string, changes: (parts: Parts) => TokenOverrides): Misbehaviour {
  return {
    about,
    begin: (parts) => ({
      timestamp: ({ body }) => reply(parts.timestampAuthority.respond(body, changes(parts))),
    }),
  };
}

/** Signed by one whom the authority's root has certified, otherwise than it should. */
function certified(about: string, overrides: ProfileOverrides): Misbehaviour {
  return {
    about,
    begin: (parts) => {
      const signer = otherSigner(parts, overrides);
      const changes: TokenOverrides = {
        signingKey: signer.key,
        signerSerialNumber: signer.profile.serialNumber,
        signingCertificate: signer.certificate,
        certificates: [signer.certificate],
      };
      return { timestamp: ({ body }) => reply(parts.timestampAuthority.respond(body, changes)) };
    },
  };
}

function otherSigner(
  { timestampAuthority: { root, signer }, sources }: Parts,
  overrides: ProfileOverrides,
): CertifiedKey {
  const { subject, notBefore, notAfter } = signer.profile;
  return certifyTimestampSigner(
    { subject, kind: signer.key.kind, issuer: root, notBefore, notAfter, overrides },
    sources,
  );
}

function reply(body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/timestamp-reply' }, body };
}
