/** The misbehaviours of the certificate authority. */

import { encodePem, type JsonObject } from '../../src/core/encoding/index.ts';
import { CertificateLog } from '../certificate-log/index.ts';
import {
  bearerToken,
  CertificateAuthority,
  fulcioExtension,
  jobIdentity,
  type LeafOverrides,
} from '../fulcio/index.ts';
import { jsonResponse } from '../http/index.ts';
import { exampleJob } from '../oidc/index.ts';
import { type Extension, generateSigningKey, hashOf, keyPurposes } from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { isPost, oneDay, withJson, withMembers } from './answers.ts';
import type { Answer, Begin, Family, Parts } from './misbehaviour.ts';

const tenMinutes = 600;

export const fulcioMisbehaviours: Family<'fulcio'> = {
  'fulcio:another-identity': certifying(({ tokenIssuers: [issuer] }) => jobIdentity(strangersJob(issuer?.url ?? ''))),
  'fulcio:another-key': certifying(() => ({ publicKey: generateSigningKey('P-256').publicKey })),
  'fulcio:another-issuer': certifying(() => ({ additionalExtensions }) => ({
    additionalExtensions: additionalExtensions.map(withAnotherIssuer),
  })),
  'fulcio:expired-certificate': certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), -oneDay))),
  'fulcio:future-certificate': certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), oneDay))),
  'fulcio:certificate-without-usage': certifying(() => ({ extendedKeyUsage: undefined })),
  'fulcio:certificate-of-wrong-usage': certifying(() => ({
    extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] },
  })),
  'fulcio:authority-certificate': certifying(() => ({
    basicConstraints: { authority: true },
    keyUsage: ['digitalSignature', 'keyCertSign'],
  })),
  'fulcio:without-sct': certifying(() => ({ signedCertificateTimestamps: () => [] })),
  'fulcio:without-log': (parts) => {
    const withoutSct = certified(parts, () => ({ signedCertificateTimestamps: () => [] }));
    const inDetachedForm = withJson((json) => ({
      signedCertificateDetachedSct: (json as JsonObject).signedCertificateEmbeddedSct ?? {},
    }));
    return whenPosted((request, right) => inDetachedForm(request, async () => withoutSct(request, right)));
  },
  'fulcio:sct-of-unknown-log': certifying(({ sources }) => ({
    signedCertificateTimestamps: (precertificate) => [new CertificateLog(sources.clock).submit(precertificate)],
  })),
  'fulcio:sct-by-another-key': certifying(({ certificateLog: { log } }) => ({
    signedCertificateTimestamps: (precertificate) => [
      log.submit(precertificate, { signingKey: generateSigningKey('P-256') }),
    ],
  })),
  'fulcio:sct-of-another-certificate': (parts) => {
    let other: Uint8Array = new Uint8Array();
    const first = certified(parts, () => ({
      signedCertificateTimestamps: (precertificate) => {
        other = parts.certificateLog.log.submit(precertificate);
        return [other];
      },
    }));
    const second = certified(parts, () => ({ signedCertificateTimestamps: () => [other] }));
    return async (request, right) => {
      await first(request, right);
      return second(request, right);
    };
  },
  'fulcio:another-authority': (parts) => {
    const { sources } = parts;
    const log = new CertificateLog(sources.clock);
    const stranger = new CertificateAuthority({ sources, log });
    const { key, profile } = stranger.intermediate;
    const issuerKeyHash = hashOf('sha256', key.publicKey);
    const fromStranger = certified(parts, () => ({
      issuer: profile.subject,
      signingKey: key,
      authorityKeyIdentifier: key.keyIdentifier,
      signedCertificateTimestamps: (precertificate) => [log.submit({ ...precertificate, issuerKeyHash })],
    }));
    const chain = stranger.chain.map((one) => encodePem('CERTIFICATE', one));
    const withChain = withMembers(['certificates'], (right) => [...(right as readonly string[]).slice(0, 1), ...chain]);
    return whenPosted((request, right) => withChain(request, async () => fromStranger(request, right)));
  },
};

function certifying(changes: (parts: Parts) => LeafOverrides): Begin {
  return (parts) => certified(parts, () => changes(parts));
}

/** Issues certificates with changes, and answers all other requests as usual. */
export function certified({ fulcio }: Parts, changes: () => LeafOverrides): Answer {
  return whenPosted(async ({ body, headers }) =>
    jsonResponse(200, await fulcio.certify(body, bearerToken(headers), changes())),
  );
}

function whenPosted(answer: Answer): Answer {
  return (request, right) => (isPost(request) ? answer(request, right) : right());
}

function validFrom(notBefore: Date): LeafOverrides {
  return { notBefore, notAfter: secondsAfter(notBefore, tenMinutes) };
}

function strangersJob(issuer: string): JsonObject {
  const strange = (text: string): string => text.replaceAll('example-', 'strange-');
  const claims = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims, iss: issuer, sub: 'repo:strange-org/strange-repo:ref:refs/heads/main' };
}

/** Replaces the issuer, which is in two extensions: older clients know only the first. */
function withAnotherIssuer(extension: Extension): Extension {
  const number = [1, 8].find((one) => fulcioExtension(one, '').oid === extension.oid);
  return number === undefined ? extension : fulcioExtension(number, 'https://another-issuer.invalid');
}
