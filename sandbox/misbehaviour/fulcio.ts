/** The certificate authority. */

import { encodePem, type JsonObject } from '../../src/core/encoding/index.ts';
import { CertificateLog } from '../certificate-log/index.ts';
import { CertificateAuthority, fulcioExtension, jobIdentity, type LeafOverrides } from '../fulcio/index.ts';
import { type HttpRequest, jsonResponse } from '../http/index.ts';
import { exampleJob } from '../oidc/index.ts';
import { type Extension, generateSigningKey, hashOf, keyPurposes } from '../pki/index.ts';
import { secondsAfter } from '../sources.ts';
import { isPost, withJson, withMembers } from './answers.ts';
import type { Answer, Family, Misbehaviour, Parts } from './misbehaviour.ts';

const oneDay = 24 * 3600;
const tenMinutes = 600;

type Changes = LeafOverrides;

export const fulcioMisbehaviours = {
  'fulcio:another-identity': certifying(
    'The certificate is for another repository’s workflow, with the asker’s key: a client must notice that it is not its own identity.',
    ({ tokenIssuers: [issuer] }) => jobIdentity(strangersJob(issuer?.url ?? '')),
  ),
  'fulcio:another-key': certifying(
    'The certificate is for the asker’s identity, with another key: a client must notice before it signs.',
    () => ({ publicKey: generateSigningKey('P-256').publicKey }),
  ),
  'fulcio:another-issuer': certifying(
    'The certificate says that another issuer vouches for the identity: a client must notice.',
    () =>
      ({ additionalExtensions }) => ({ additionalExtensions: additionalExtensions.map(withAnotherIssuer) }),
  ),
  'fulcio:expired-certificate': certifying(
    'The certificate ended a day ago: a client must not sign with it.',
    ({ sources }) => validFrom(secondsAfter(sources.clock(), -oneDay)),
  ),
  'fulcio:future-certificate': certifying(
    'The certificate begins in a day: a client must not sign with it yet.',
    ({ sources }) => validFrom(secondsAfter(sources.clock(), oneDay)),
  ),
  'fulcio:certificate-without-usage': certifying(
    'The certificate is for nothing in particular: a client must not take it for one that signs code.',
    () => ({ extendedKeyUsage: undefined }),
  ),
  'fulcio:certificate-of-wrong-usage': certifying(
    'The certificate is for TLS servers: a client must not take it for one that signs code.',
    () => ({ extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } }),
  ),
  'fulcio:authority-certificate': certifying(
    'The certificate is an authority’s, which could certify others: a client must not take it for a signer’s.',
    () => ({ basicConstraints: { authority: true }, keyUsage: ['digitalSignature', 'keyCertSign'] }),
  ),
  'fulcio:without-sct': certifying(
    'No certificate log has promised anything: a client must not use a certificate that nobody can see.',
    () => ({ signedCertificateTimestamps: () => [] }),
  ),
  'fulcio:without-log': {
    about:
      'The authority has no certificate log, and answers in Fulcio’s form for that: a client must not use a certificate that nobody can see.',
    begin: (parts) => {
      const withoutSct = certified(parts, () => ({ signedCertificateTimestamps: () => [] }));
      const inDetachedForm = withJson((json) => ({
        signedCertificateDetachedSct: (json as JsonObject).signedCertificateEmbeddedSct ?? {},
      }));
      return {
        fulcio: (request, right) =>
          isPost(request) ? inDetachedForm(request, async () => withoutSct(request, right)) : right(),
      };
    },
  },
  'fulcio:sct-of-unknown-log': certifying(
    'The SCT is of a log that nobody knows: a client must not count it.',
    ({ sources }) => ({
      signedCertificateTimestamps: (precertificate) => [new CertificateLog(sources.clock).submit(precertificate)],
    }),
  ),
  'fulcio:sct-by-another-key': certifying(
    'The SCT names the log and is signed by another key: a client must refuse its signature.',
    ({ certificateLog: { log } }) => ({
      signedCertificateTimestamps: (precertificate) => [
        log.submit(precertificate, { signingKey: generateSigningKey('P-256') }),
      ],
    }),
  ),
  'fulcio:sct-of-another-certificate': {
    about: 'The SCT is the log’s, for another certificate of the same asker: a client must refuse its signature.',
    begin: (parts) => {
      const { log } = parts.certificateLog;
      let other: Uint8Array = new Uint8Array();
      const first = certified(parts, () => ({
        signedCertificateTimestamps: (precertificate) => {
          other = log.submit(precertificate);
          return [other];
        },
      }));
      const second = certified(parts, () => ({ signedCertificateTimestamps: () => [other] }));
      return {
        fulcio: async (request, right) => {
          await first(request, right);
          return second(request, right);
        },
      };
    },
  },
  'fulcio:another-authority': {
    about:
      'The certificate, its chain and its SCT are of an authority and a log that nobody knows: a client must trust neither.',
    begin: (parts) => {
      const { sources } = parts;
      const log = new CertificateLog(sources.clock);
      const stranger = new CertificateAuthority({ sources, log });
      const { certificate, key, profile } = stranger.intermediate;
      const issuerKeyHash = hashOf('sha256', key.publicKey);
      const fromStranger = certified(parts, () => ({
        issuer: profile.subject,
        signingKey: key,
        authorityKeyIdentifier: key.keyIdentifier,
        signedCertificateTimestamps: (precertificate) => [log.submit({ ...precertificate, issuerKeyHash })],
      }));
      const chain = [certificate, stranger.root.certificate].map((one) => encodePem('CERTIFICATE', one));
      const withChain = withMembers(['certificates'], (right) => [
        ...(right as readonly string[]).slice(0, 1),
        ...chain,
      ]);
      return {
        fulcio: (request, right) =>
          isPost(request) ? withChain(request, async () => fromStranger(request, right)) : right(),
      };
    },
  },
} as const satisfies Family;

function certifying(about: string, changes: (parts: Parts) => Changes): Misbehaviour {
  return { about, begin: (parts) => ({ fulcio: certified(parts, () => changes(parts)) }) };
}

/** Who asks for a certificate is given one with changes; whatever else is asked is answered as is right. */
export function certified({ fulcio }: Parts, changes: () => Changes): Answer {
  return async (request, right) =>
    isPost(request) ? jsonResponse(200, await fulcio.certify(request.body, bearer(request), changes())) : right();
}

function validFrom(notBefore: Date): Changes {
  return { notBefore, notAfter: secondsAfter(notBefore, tenMinutes) };
}

function strangersJob(issuer: string): JsonObject {
  const strange = (text: string): string => text.replaceAll('example-', 'strange-');
  const claims = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims, iss: issuer, sub: 'repo:strange-org/strange-repo:ref:refs/heads/main' };
}

/** The issuer stands in two extensions, for those who know only the older one. */
function withAnotherIssuer(extension: Extension): Extension {
  const number = [1, 8].find((one) => fulcioExtension(one, '').oid === extension.oid);
  return number === undefined ? extension : fulcioExtension(number, 'https://another-issuer.invalid');
}

function bearer({ headers }: HttpRequest): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '');
}
