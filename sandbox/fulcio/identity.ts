/** The identity in a certificate: its alternative name and Fulcio's extensions (fulcio, docs/oid-info.md). */

import { asObject, der, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { refuse } from '../http/index.ts';
import type { CertificateProfile, Extension } from '../pki/index.ts';
import { ciProviders, type JobKind } from './ci-provider.ts';
import { claimText, renderTemplate } from './template.ts';
import { uriForCertificate } from './uri.ts';

/** The kind of identities in an issuer's tokens. */
export type IdentityKind = JobKind | 'email' | 'kubernetes' | 'spiffe' | 'username';

/** The part of an issuer's configuration that decides what certificates contain. */
export interface IdentitySettings {
  /** The address of the CI system, if it is not the default. */
  readonly url?: string;
  /** The domain of user names. */
  readonly subjectDomain?: string;
  readonly spiffeTrustDomain?: string;
}

/** The part of a certificate profile with the identity. */
export type CertifiedIdentity = Pick<CertificateProfile, 'subjectAlternativeNames' | 'additionalExtensions'>;

const arc = '1.3.6.1.4.1.57264.1';

/** Returns an extension of Fulcio's arc. Numbers 1 to 6 have the bare text, and those from 8 on a UTF8String. */
export function fulcioExtension(number: number, text: string): Extension {
  return { oid: `${arc}.${number}`, critical: false, value: number < 8 ? utf8(text) : der.utf8String(text) };
}

/** @throws Refusal `invalidArgument` for a job whose token lacks a required claim */
export function identityOf(
  kind: IdentityKind,
  claims: JsonObject,
  { url, subjectDomain = '', spiffeTrustDomain = '' }: IdentitySettings = {},
): CertifiedIdentity {
  switch (kind) {
    case 'email':
      return personIdentity(claims);
    case 'kubernetes':
      return uriIdentity(claims, kubernetesUri(claims));
    case 'spiffe':
      return uriIdentity(claims, spiffeId(textOf(claims, 'sub'), spiffeTrustDomain));
    case 'username':
      return userIdentity(claims, subjectDomain);
    default:
      return jobIdentity(claims, kind, url);
  }
}

/** Returns the identity of a job. An extension with an empty value is left out. */
export function jobIdentity(claims: JsonObject, kind: JobKind = 'github-workflow', url?: string): CertifiedIdentity {
  const { defaults, subjectAlternativeName, extensions } = ciProviders[kind];
  const configured = url === undefined ? defaults : { ...defaults, url };
  const values = new Map(Object.entries({ ...configured, ...claims }).map(([name, value]) => [name, claimText(value)]));
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

/** Returns the identity of a user: the subject and its domain (fulcio, pkg/identity/username). */
function userIdentity(claims: JsonObject, domain: string): CertifiedIdentity {
  const value = der.utf8String(`${textOf(claims, 'sub')}!${domain}`);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'otherName', typeId: `${arc}.7`, value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims)),
  };
}

function uriIdentity(claims: JsonObject, uri: string): CertifiedIdentity {
  const value = uriForCertificate(uri);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: 'uniformResourceIdentifier', value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims)),
  };
}

/** Returns the URI of a service account (fulcio, pkg/identity/kubernetes). */
function kubernetesUri(claims: JsonObject): string {
  const members = asObject(claims['kubernetes.io']) ?? {};
  const account = asObject(members.serviceaccount) ?? {};
  return `https://kubernetes.io/namespaces/${textOf(members, 'namespace')}/serviceaccounts/${textOf(account, 'name')}`;
}

/** @throws Refusal `invalidArgument` for an ID of another trust domain (fulcio, pkg/identity/spiffe) */
function spiffeId(id: string, trustDomain: string): string {
  const isOwn = id.startsWith(`spiffe://${trustDomain}/`);
  return isOwn ? id : refuse('invalidArgument', 'There was an error processing the identity token');
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
