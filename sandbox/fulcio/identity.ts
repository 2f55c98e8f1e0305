/** What a certificate says of an identity: its alternative name and Fulcio's extensions (fulcio, docs/oid-info.md). */

import { der, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { CertificateProfile, Extension } from '../pki/index.ts';
import { ciProviders, type JobKind } from './ci-provider.ts';
import { claimText } from './claim-text.ts';
import { renderTemplate } from './template.ts';
import { uriForCertificate } from './uri.ts';

/** What an issuer's tokens are about. */
export type IdentityKind = JobKind | 'email';

/** The part of a certificate profile that is about who was certified. */
export type CertifiedIdentity = Pick<CertificateProfile, 'subjectAlternativeNames' | 'additionalExtensions'>;

const arc = '1.3.6.1.4.1.57264.1';

/** An extension of Fulcio's arc: numbers 1 to 6 hold the bare text, those from 8 on a UTF8String. */
export function fulcioExtension(number: number, text: string): Extension {
  return { oid: `${arc}.${number}`, critical: false, value: number < 8 ? utf8(text) : der.utf8String(text) };
}

/** @throws Refusal `invalidArgument` for a job whose token lacks a claim that is needed */
export function identityOf(kind: IdentityKind, claims: JsonObject): CertifiedIdentity {
  return kind === 'email' ? personIdentity(claims) : jobIdentity(claims, kind);
}

/**
 * A job: the file that defines it, or for Buildkite its pipeline, and the extensions that its provider's claims fill. An
 * extension whose value is empty is left out.
 */
export function jobIdentity(claims: JsonObject, kind: JobKind = 'github-workflow'): CertifiedIdentity {
  const { defaults, subjectAlternativeName, extensions } = ciProviders[kind];
  const values = new Map(Object.entries({ ...defaults, ...claims }).map(([name, value]) => [name, claimText(value)]));
  const issuer = textOf(claims, 'iss');
  const render = (template: string, name: string): string =>
    renderTemplate(template, values, { ExtensionName: name, Issuer: issuer });
  const name = uriForCertificate(render(subjectAlternativeName, 'SubjectAlternativeName'));
  const rendered = extensions.map(([number, called, template]) => [number, render(template, called)] as const);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'uniformResourceIdentifier', value: name }] },
    additionalExtensions: inOrder([...issuerAndSubject(claims), ...rendered]),
  };
}

/** A person, known by e-mail address: the name, the issuer twice, and the token's subject. */
export function personIdentity(claims: JsonObject): CertifiedIdentity {
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'rfc822Name', value: textOf(claims, 'email') }] },
    additionalExtensions: inOrder(issuerAndSubject(claims)),
  };
}

type NumberedText = readonly [number: number, text: string];

/** Whatever the templates say, these are the token's own. */
function issuerAndSubject(claims: JsonObject): readonly NumberedText[] {
  return [
    [1, textOf(claims, 'iss')],
    [8, textOf(claims, 'iss')],
    [24, textOf(claims, 'sub')],
  ];
}

function inOrder(texts: readonly NumberedText[]): readonly Extension[] {
  return texts
    .filter(([, text]) => text !== '')
    .sort(([one], [other]) => one - other)
    .map(([number, text]) => fulcioExtension(number, text));
}

function textOf(claims: JsonObject, name: string): string {
  return typeof claims[name] === 'string' ? claims[name] : '';
}
