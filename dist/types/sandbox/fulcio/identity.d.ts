/** The identity in a certificate: its alternative name and Fulcio's extensions (fulcio, docs/oid-info.md). */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import type { CertificateProfile } from '../pki/certificate.ts';
import type { Extension } from '../pki/extension.ts';
import { type JobKind } from './ci-provider.ts';
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
/** Returns an extension of Fulcio's arc. Numbers 1 to 6 have the bare text, and those from 8 on a UTF8String. */
export declare function fulcioExtension(number: number, text: string): Extension;
/** @throws Refusal `invalidArgument` for a job whose token lacks a required claim */
export declare function identityOf(kind: IdentityKind, claims: JsonObject, { url, subjectDomain, spiffeTrustDomain }?: IdentitySettings): CertifiedIdentity;
/** Returns the identity of a job. An extension with an empty value is left out. */
export declare function jobIdentity(claims: JsonObject, kind?: JobKind, url?: string): CertifiedIdentity;
/** Returns the identity of a person: the e-mail address, the issuer twice, and the token's subject. */
export declare function personIdentity(claims: JsonObject): CertifiedIdentity;
