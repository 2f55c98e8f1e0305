/** The catalogue of misbehaviours. Each row describes a fault and the reaction that clients or monitors need. */
import type { ServiceName } from '../http/index.ts';
import { type TransportName } from './transport.ts';
/** The rows that all logs have. */
declare const logRows: {
    readonly 'forked-tree': 'The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.';
    readonly 'rolled-back-checkpoint': 'The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.';
    readonly 'stale-checkpoint': 'The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.';
    readonly 'missing-entry': 'The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.';
    readonly 'altered-entry': 'One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.';
    readonly 'wrong-root-hash': 'The log signs root hashes that do not match its entries. Clients and monitors must detect this.';
    readonly 'wrong-inclusion-proof': 'The last hash of each inclusion proof is wrong. Clients must refuse the proof.';
};
declare const lies: {
    readonly 'oidc:expired-token': 'Tokens expired ten seconds ago. Clients must not present them.';
    readonly 'oidc:future-token': 'Tokens become valid in one hour. Clients must not present them.';
    readonly 'oidc:another-audience': 'Tokens are for another audience. Clients must not present them, and CAs must refuse them.';
    readonly 'oidc:another-issuer': 'Tokens name another issuer. CAs must not fetch the keys of that issuer.';
    readonly 'oidc:without-subject': 'Tokens have no subject. Clients must detect that they cannot create a proof of possession.';
    readonly 'oidc:without-email': 'Tokens of people have no email address. Clients must detect that there is no identity.';
    readonly 'oidc:unverified-email': 'Tokens of people have an unverified email address. Clients must not present them, and CAs must not certify it.';
    readonly 'oidc:another-nonce': 'Tokens of people who logged in have another nonce than the login. Clients must detect that the token is not for their login.';
    readonly 'oidc:another-state': 'The redirect after a login has another state. Clients must detect that it does not answer their login.';
    readonly 'oidc:another-redirect-issuer': 'The redirect after a login names another issuer (RFC 9207). Clients must detect that it is not from the issuer at which the person logged in.';
    readonly 'oidc:without-redirect-issuer': 'The redirect after a login names no issuer, although the discovery document announces it (RFC 9207). Clients must detect this.';
    readonly 'oidc:failed-login': 'The redirect after a login is an error (server_error). Clients must report it.';
    readonly 'oidc:refused-code': 'The code of a login is refused (invalid_grant). Clients must report it.';
    readonly 'oidc:another-key': 'Tokens are signed by a key that the issuer does not publish. CAs must refuse them.';
    readonly 'fulcio:another-identity': 'The certificate has the key of the client, but the workflow of another repository. Clients must detect that it is not their identity.';
    readonly 'fulcio:another-key': 'The certificate has the identity of the client, but another key. Clients must detect this before they sign.';
    readonly 'fulcio:another-issuer': 'The certificate names another OIDC issuer. Clients must detect this.';
    readonly 'fulcio:expired-certificate': 'The certificate expired one day ago. Clients must not sign with it.';
    readonly 'fulcio:future-certificate': 'The certificate becomes valid in one day. Clients must not sign with it.';
    readonly 'fulcio:certificate-without-usage': 'The certificate has no extended key usage. Clients must not accept it for code signing.';
    readonly 'fulcio:certificate-of-wrong-usage': 'The certificate is for TLS servers. Clients must not accept it for code signing.';
    readonly 'fulcio:authority-certificate': 'The certificate is a CA certificate. Clients must not accept it as the certificate of a signer.';
    readonly 'fulcio:without-sct': 'The certificate has no SCT. Clients must not use a certificate that is not in a certificate transparency log.';
    readonly 'fulcio:without-log': 'The CA has no certificate transparency log, and responds in the form that Fulcio has for this. Clients must not use the certificate.';
    readonly 'fulcio:sct-of-unknown-log': 'The SCT is from an unknown log. Clients must not count it.';
    readonly 'fulcio:sct-by-another-key': 'The SCT has the ID of the log, but is signed by another key. Clients must refuse the signature.';
    readonly 'fulcio:sct-of-another-certificate': 'The SCT is from the log, but for another certificate of the same client. Clients must refuse the signature.';
    readonly 'fulcio:another-authority': 'The certificate, its chain and its SCT are from an unknown CA and an unknown log. Clients must trust neither.';
    readonly 'ct:wrong-consistency-proof': "The last hash of each consistency proof is wrong. Monitors must refuse the proof.";
    readonly 'ct:altered-tile': "One byte of each hash tile is changed. Monitors must detect that the tiles do not match the root hash.";
    readonly 'ct:wrong-tree-head-signature': 'One bit of each tree head signature is changed. Monitors must refuse the signature.';
    readonly 'timestamp:stale-time': 'The time is one day ago. Clients must detect that the certificate was not valid then.';
    readonly 'timestamp:future-time': 'The time is one day ahead. Clients must not accept a time in the future.';
    readonly 'timestamp:another-nonce': 'The nonce differs from that of the request. Clients must detect that the response is not for their request.';
    readonly 'timestamp:without-nonce': 'There is no nonce. Clients that sent one must refuse the response.';
    readonly 'timestamp:another-imprint': 'The timestamp is for other data. Clients must detect that it is not for their signature.';
    readonly 'timestamp:another-key': 'The timestamp names the certificate of the authority, but is signed by another key. Clients must refuse the signature.';
    readonly 'timestamp:certificate-without-usage': 'The certificate of the timestamp signer is from the same root, but has no extended key usage. Clients must not accept it as that of a timestamp authority.';
    readonly 'timestamp:certificate-of-wrong-usage': 'The certificate of the timestamp signer is from the same root, but for code signing. Clients must not accept it as that of a timestamp authority.';
    readonly 'timestamp:rejected': 'The response is a rejection with HTTP status 200. Clients must not accept it as a timestamp.';
    readonly 'rekor-v1:wrong-consistency-proof': "The last hash of each consistency proof is wrong. Monitors must refuse the proof.";
    readonly 'rekor-v1:without-checkpoint': 'Entries and the state of the log have no checkpoint. Clients must require one.';
    readonly 'rekor-v1:another-entry': 'The response is an earlier entry, and nothing is added. Clients must detect that it is not their entry.';
    readonly 'rekor-v1:promise-by-another-key': 'The signed entry timestamp is signed by another key. Clients must refuse the signature and the time.';
    readonly 'rekor-v1:stale-integrated-time': 'The signed integrated time is one day ago. Clients must detect that the certificate was not valid then.';
    readonly 'rekor-v1:future-integrated-time': 'The signed integrated time is one day ahead. Clients must not accept a time in the future.';
    readonly 'rekor-v2:altered-tile': "One byte of each hash tile is changed. Monitors must detect that the tiles do not match the root hash.";
    readonly 'rekor-v2:without-checkpoint': 'Entries are acknowledged without a checkpoint, and none is published. Clients must require one.';
    readonly 'rekor-v2:another-entry': 'The response is the first entry of the log, and nothing is added. Clients must detect that it is not their entry.';
    readonly 'tuf:expired-timestamp': 'The timestamp metadata expired one day ago. Clients must not accept it as current.';
    readonly 'tuf:rolled-back-timestamp': 'The signed timestamp metadata has version 1. Clients that have seen a later version must refuse it.';
    readonly 'tuf:timestamp-by-another-key': 'The timestamp metadata is signed by a key that the root does not list for it. Clients must refuse it.';
    readonly 'tuf:altered-target': 'One byte of each target is changed. Clients must detect this by the hash.';
    readonly "ct:altered-entry": "One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.";
    readonly "ct:forked-tree": "The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.";
    readonly "ct:missing-entry": "The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.";
    readonly "ct:rolled-back-checkpoint": "The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.";
    readonly "ct:stale-checkpoint": "The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.";
    readonly "ct:wrong-inclusion-proof": "The last hash of each inclusion proof is wrong. Clients must refuse the proof.";
    readonly "ct:wrong-root-hash": "The log signs root hashes that do not match its entries. Clients and monitors must detect this.";
    readonly "rekor-v1:altered-entry": "One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.";
    readonly "rekor-v1:checkpoint-by-another-key": "Checkpoints are signed by another key, with the name and key ID of the log. Clients must refuse the signature.";
    readonly "rekor-v1:forked-tree": "The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.";
    readonly "rekor-v1:missing-entry": "The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.";
    readonly "rekor-v1:rolled-back-checkpoint": "The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.";
    readonly "rekor-v1:split-view": "Signers see the log, and readers see a fork of it. Monitors must compare the checkpoints in bundles with those they read.";
    readonly "rekor-v1:stale-checkpoint": "The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.";
    readonly "rekor-v1:wrong-inclusion-proof": "The last hash of each inclusion proof is wrong. Clients must refuse the proof.";
    readonly "rekor-v1:wrong-key-hint": "Checkpoint signatures are valid but have the wrong key ID. Clients must not accept them as signatures of the log.";
    readonly "rekor-v1:wrong-origin": "Checkpoints have the origin of another log, but are signed by the right key. Clients must not accept them for this log.";
    readonly "rekor-v1:wrong-root-hash": "The log signs root hashes that do not match its entries. Clients and monitors must detect this.";
    readonly "rekor-v2:altered-entry": "One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.";
    readonly "rekor-v2:checkpoint-by-another-key": "Checkpoints are signed by another key, with the name and key ID of the log. Clients must refuse the signature.";
    readonly "rekor-v2:forked-tree": "The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.";
    readonly "rekor-v2:missing-entry": "The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.";
    readonly "rekor-v2:rolled-back-checkpoint": "The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.";
    readonly "rekor-v2:split-view": "Signers see the log, and readers see a fork of it. Monitors must compare the checkpoints in bundles with those they read.";
    readonly "rekor-v2:stale-checkpoint": "The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.";
    readonly "rekor-v2:wrong-inclusion-proof": "The last hash of each inclusion proof is wrong. Clients must refuse the proof.";
    readonly "rekor-v2:wrong-key-hint": "Checkpoint signatures are valid but have the wrong key ID. Clients must not accept them as signatures of the log.";
    readonly "rekor-v2:wrong-origin": "Checkpoints have the origin of another log, but are signed by the right key. Clients must not accept them for this log.";
    readonly "rekor-v2:wrong-root-hash": "The log signs root hashes that do not match its entries. Clients and monitors must detect this.";
};
/** Misbehaviours for clients of a registry. */
declare const registryLies: {
    readonly 'registry:altered-manifest': 'A digest inside each manifest is changed. Clients must detect that the manifest does not match its own digest.';
    readonly 'registry:altered-blob': 'The last byte of each blob is changed. Clients must detect that the blob does not match its digest.';
    readonly 'registry:forgotten-manifest': 'Manifests are acknowledged but not stored. Clients must read back pushed manifests.';
    readonly 'registry:moved-tag': 'After a tag has been read, it points to another manifest. Clients must detect that it is not the signed one.';
    readonly 'registry:redirected-blobs': 'Requests for blobs are redirected to signed URLs on another host. Clients must follow without their credentials.';
    readonly 'registry:missing-manifest': 'Manifests listed in an index or referrers list do not exist. Clients must report what is missing.';
    readonly 'registry:large-headers': 'Each response has 24 KiB of additional headers. Clients must accept them.';
};
export type LogLie = keyof typeof logRows;
export type LieName = keyof typeof lies;
export type RegistryLieName = keyof typeof registryLies;
/** `<service>:<misbehaviour>` */
export type MisbehaviourName = LieName | RegistryLieName | TransportName;
export declare const lieNames: readonly LieName[];
export declare const registryLieNames: readonly RegistryLieName[];
export declare const misbehaviourNames: ("artifacts:429" | "artifacts:500" | "artifacts:502" | "artifacts:503" | "artifacts:504" | "artifacts:garbage" | "artifacts:html" | "artifacts:oversized" | "artifacts:redirect" | "artifacts:reset" | "artifacts:slow" | "artifacts:stalled" | "artifacts:truncated" | "blobs:429" | "blobs:500" | "blobs:502" | "blobs:503" | "blobs:504" | "blobs:garbage" | "blobs:html" | "blobs:oversized" | "blobs:redirect" | "blobs:reset" | "blobs:slow" | "blobs:stalled" | "blobs:truncated" | "ct:429" | "ct:500" | "ct:502" | "ct:503" | "ct:504" | "ct:altered-entry" | "ct:altered-tile" | "ct:forked-tree" | "ct:garbage" | "ct:html" | "ct:missing-entry" | "ct:oversized" | "ct:redirect" | "ct:reset" | "ct:rolled-back-checkpoint" | "ct:slow" | "ct:stale-checkpoint" | "ct:stalled" | "ct:truncated" | "ct:wrong-consistency-proof" | "ct:wrong-inclusion-proof" | "ct:wrong-root-hash" | "ct:wrong-tree-head-signature" | "fulcio:429" | "fulcio:500" | "fulcio:502" | "fulcio:503" | "fulcio:504" | "fulcio:another-authority" | "fulcio:another-identity" | "fulcio:another-issuer" | "fulcio:another-key" | "fulcio:authority-certificate" | "fulcio:certificate-of-wrong-usage" | "fulcio:certificate-without-usage" | "fulcio:expired-certificate" | "fulcio:future-certificate" | "fulcio:garbage" | "fulcio:html" | "fulcio:oversized" | "fulcio:redirect" | "fulcio:reset" | "fulcio:sct-by-another-key" | "fulcio:sct-of-another-certificate" | "fulcio:sct-of-unknown-log" | "fulcio:slow" | "fulcio:stalled" | "fulcio:truncated" | "fulcio:without-log" | "fulcio:without-sct" | "oidc:429" | "oidc:500" | "oidc:502" | "oidc:503" | "oidc:504" | "oidc:another-audience" | "oidc:another-issuer" | "oidc:another-key" | "oidc:another-nonce" | "oidc:another-redirect-issuer" | "oidc:another-state" | "oidc:expired-token" | "oidc:failed-login" | "oidc:future-token" | "oidc:garbage" | "oidc:html" | "oidc:oversized" | "oidc:redirect" | "oidc:refused-code" | "oidc:reset" | "oidc:slow" | "oidc:stalled" | "oidc:truncated" | "oidc:unverified-email" | "oidc:without-email" | "oidc:without-redirect-issuer" | "oidc:without-subject" | "registry:429" | "registry:500" | "registry:502" | "registry:503" | "registry:504" | "registry:altered-blob" | "registry:altered-manifest" | "registry:forgotten-manifest" | "registry:garbage" | "registry:html" | "registry:large-headers" | "registry:missing-manifest" | "registry:moved-tag" | "registry:oversized" | "registry:redirect" | "registry:redirected-blobs" | "registry:reset" | "registry:slow" | "registry:stalled" | "registry:truncated" | "rekor-v1:429" | "rekor-v1:500" | "rekor-v1:502" | "rekor-v1:503" | "rekor-v1:504" | "rekor-v1:altered-entry" | "rekor-v1:another-entry" | "rekor-v1:checkpoint-by-another-key" | "rekor-v1:forked-tree" | "rekor-v1:future-integrated-time" | "rekor-v1:garbage" | "rekor-v1:html" | "rekor-v1:missing-entry" | "rekor-v1:oversized" | "rekor-v1:promise-by-another-key" | "rekor-v1:redirect" | "rekor-v1:reset" | "rekor-v1:rolled-back-checkpoint" | "rekor-v1:slow" | "rekor-v1:split-view" | "rekor-v1:stale-checkpoint" | "rekor-v1:stale-integrated-time" | "rekor-v1:stalled" | "rekor-v1:truncated" | "rekor-v1:without-checkpoint" | "rekor-v1:wrong-consistency-proof" | "rekor-v1:wrong-inclusion-proof" | "rekor-v1:wrong-key-hint" | "rekor-v1:wrong-origin" | "rekor-v1:wrong-root-hash" | "rekor-v2:429" | "rekor-v2:500" | "rekor-v2:502" | "rekor-v2:503" | "rekor-v2:504" | "rekor-v2:altered-entry" | "rekor-v2:altered-tile" | "rekor-v2:another-entry" | "rekor-v2:checkpoint-by-another-key" | "rekor-v2:forked-tree" | "rekor-v2:garbage" | "rekor-v2:html" | "rekor-v2:missing-entry" | "rekor-v2:oversized" | "rekor-v2:redirect" | "rekor-v2:reset" | "rekor-v2:rolled-back-checkpoint" | "rekor-v2:slow" | "rekor-v2:split-view" | "rekor-v2:stale-checkpoint" | "rekor-v2:stalled" | "rekor-v2:truncated" | "rekor-v2:without-checkpoint" | "rekor-v2:wrong-inclusion-proof" | "rekor-v2:wrong-key-hint" | "rekor-v2:wrong-origin" | "rekor-v2:wrong-root-hash" | "timestamp:429" | "timestamp:500" | "timestamp:502" | "timestamp:503" | "timestamp:504" | "timestamp:another-imprint" | "timestamp:another-key" | "timestamp:another-nonce" | "timestamp:certificate-of-wrong-usage" | "timestamp:certificate-without-usage" | "timestamp:future-time" | "timestamp:garbage" | "timestamp:html" | "timestamp:oversized" | "timestamp:redirect" | "timestamp:rejected" | "timestamp:reset" | "timestamp:slow" | "timestamp:stale-time" | "timestamp:stalled" | "timestamp:truncated" | "timestamp:without-nonce" | "tuf:429" | "tuf:500" | "tuf:502" | "tuf:503" | "tuf:504" | "tuf:altered-target" | "tuf:expired-timestamp" | "tuf:garbage" | "tuf:html" | "tuf:oversized" | "tuf:redirect" | "tuf:reset" | "tuf:rolled-back-timestamp" | "tuf:slow" | "tuf:stalled" | "tuf:timestamp-by-another-key" | "tuf:truncated")[];
export declare function misbehaviourOf(name: MisbehaviourName): {
    readonly about: string;
};
export declare function serviceOf(name: MisbehaviourName): ServiceName;
/** Puts the name of a service before the names of rows. */
export declare function prefixed<Service extends ServiceName, Rows extends Readonly<Record<string, unknown>>>(service: Service, rows: Rows): {
    readonly [Name in keyof Rows & string as `${Service}:${Name}`]: Rows[Name];
};
export declare function mapRows<Name extends string, From, To>(rows: Readonly<Record<Name, From>>, map: (row: From) => To): Readonly<Record<Name, To>>;
/** @throws CountersignError `USAGE` for unknown names, with the known ones, and for two that exclude each other */
export declare function readMisbehaviourNames(texts: readonly string[]): readonly MisbehaviourName[];
/** Refuses two transport faults of one service, since each replaces the whole response. */
export declare function demandCompatible(names: readonly MisbehaviourName[]): void;
export {};
