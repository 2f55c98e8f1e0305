/** What a certificate says of an identity: its alternative name and Fulcio's extensions (fulcio, docs/oid-info.md). */

import { der, type JsonObject, utf8 } from '../../core/encoding/index.ts';
import type { CertificateProfile, Extension } from '../pki/index.ts';

/** The part of a certificate profile that is about who was certified. */
export type CertifiedIdentity = Pick<CertificateProfile, 'subjectAlternativeNames' | 'additionalExtensions'>;

const arc = '1.3.6.1.4.1.57264.1';
const server = 'https://github.com/';

/** An extension of Fulcio's arc: numbers 1 to 6 hold the bare text, those from 8 on a UTF8String. */
export function fulcioExtension(number: number, text: string): Extension {
  return { oid: `${arc}.${number}`, critical: false, value: number < 8 ? utf8(text) : der.utf8String(text) };
}

/**
 * A job of GitHub Actions: the workflow file that defines it, and extensions 1 to 6 and 8 to 24. An extension whose claim
 * is missing or empty is left out.
 */
export function jobIdentity(claims: JsonObject): CertifiedIdentity {
  const claim = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  const page = (name: string): string => claim(name) && server + claim(name);
  const run = `${server}${claim('repository')}/actions/runs/${claim('run_id')}/attempts/${claim('run_attempt')}`;
  const texts: readonly (readonly [number: number, text: string])[] = [
    [1, claim('iss')],
    [2, claim('event_name')],
    [3, claim('sha')],
    [4, claim('workflow')],
    [5, claim('repository')],
    [6, claim('ref')],
    [8, claim('iss')],
    [9, page('job_workflow_ref')],
    [10, claim('job_workflow_sha')],
    [11, claim('runner_environment')],
    [12, page('repository')],
    [13, claim('sha')],
    [14, claim('ref')],
    [15, claim('repository_id')],
    [16, page('repository_owner')],
    [17, claim('repository_owner_id')],
    [18, page('workflow_ref')],
    [19, claim('workflow_sha')],
    [20, claim('event_name')],
    [21, run],
    [22, claim('repository_visibility')],
    [23, claim('environment')],
    [24, claim('sub')],
  ];
  return {
    subjectAlternativeNames: {
      critical: true,
      names: [{ kind: 'uniformResourceIdentifier', value: page('job_workflow_ref') }],
    },
    additionalExtensions: texts.flatMap(([number, text]) => (text === '' ? [] : [fulcioExtension(number, text)])),
  };
}

/** A person, known by e-mail address: the name, the issuer twice, and the token's subject. */
export function personIdentity(claims: JsonObject): CertifiedIdentity {
  const claim = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'rfc822Name', value: claim('email') }] },
    additionalExtensions: [
      fulcioExtension(1, claim('iss')),
      fulcioExtension(8, claim('iss')),
      ...(claim('sub') === '' ? [] : [fulcioExtension(24, claim('sub'))]),
    ],
  };
}
