/** The misbehaviours of the timestamp authority. */

import type { HttpResponse } from '../http/index.ts';
import { certifyTimestampSigner, generateSigningKey, keyPurposes, type ProfileOverrides } from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { type TokenOverrides, timestampResponse } from '../timestamp/index.ts';
import { oneDay } from './answers.ts';
import type { Begin, Family, Parts } from './misbehaviour.ts';

const rejection = 2;

export const timestampMisbehaviours: Family<'timestamp'> = {
  'timestamp:stale-time': stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), -oneDay) })),
  'timestamp:future-time': stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), oneDay) })),
  'timestamp:another-nonce': stamping(() => ({ nonce: new Uint8Array([42]) })),
  'timestamp:without-nonce': stamping(() => ({ nonce: undefined })),
  'timestamp:another-imprint': stamping(() => ({ imprint: new Uint8Array(32).fill(42) })),
  'timestamp:another-key': stamping(({ timestampAuthority: { signer } }) => ({
    signingKey: generateSigningKey(signer.key.kind),
  })),
  'timestamp:certificate-without-usage': certified({ extendedKeyUsage: undefined }),
  'timestamp:certificate-of-wrong-usage': certified({
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] },
  }),
  'timestamp:rejected': () => () => reply(timestampResponse(rejection, undefined)),
};

function stamping(changes: (parts: Parts) => TokenOverrides): Begin {
  return (parts) =>
    ({ body }) =>
      reply(parts.timestampAuthority.respond(body, changes(parts)));
}

/** Signs with another key, certified by the authority's root with changes. */
function certified(overrides: ProfileOverrides): Begin {
  return ({ timestampAuthority, sources }) => {
    const { root, signer } = timestampAuthority;
    const { subject, notBefore, notAfter } = signer.profile;
    const options = { subject, kind: signer.key.kind, issuer: root, notBefore, notAfter, overrides };
    const { key, profile, certificate } = certifyTimestampSigner(options, sources);
    const changes: TokenOverrides = {
      signingKey: key,
      signerSerialNumber: profile.serialNumber,
      signingCertificate: certificate,
      certificates: [certificate],
    };
    return ({ body }) => reply(timestampAuthority.respond(body, changes));
  };
}

function reply(body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/timestamp-reply' }, body };
}
