/** The identity in a certificate: its alternative name and Fulcio's extensions (fulcio, docs/oid-info.md). */

import { der, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { CertificateProfile, Extension } from '../pki/index.ts';
import { ciProviders, type JobKind } from './ci-provider.ts';
import { claimText, renderTemplate } from './template.ts';
import { uriForCertificate } from './uri.ts';

/** The kind of identities in an issuer's tokens. */
export type IdentityKind = JobKind | 'email';

/** The part of a certificate profile with the identity. */
export type CertifiedIdentity = Pick<CertificateProfile, 'subjectAlternativeNames' | 'additionalExtensions'>;

const arc = '1.3.6.1.4.1.57264.1';

/** Returns an extension of Fulcio's arc. Numbers 1 to 6 have the bare text, and those from 8 on a UTF8String. */
export function fulcioExtension(number: number, text: string): Extension {
  return { oid: `${arc}.${number}`, critical: false, value: number < 8 ? utf8(text) : der.utf8String(text) };
}

/** @throws Refusal `invalidArgument` for a job whose token lacks a required claim */
export function identityOf(kind: IdentityKind, claims: JsonObject): CertifiedIdentity {
  return kind === 'email' ? personIdentity(claims) : jobIdentity(claims, kind);
}

/** Returns the identity of a job. An extension with an empty value is left out. */
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

/** Returns the identity of a person: the e-mail address, the issuer twice, and the token's subject. */
export function personIdentity(claims: JsonObject): CertifiedIdentity {
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'rfc822Name', value: textOf(claims, 'email') }] },
    additionalExtensions: inOrder(issuerAndSubject(claims)),
  };
}

type NumberedText = readonly [number: number, text: string];

/** Returns the extensions that no template changes. */
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
