/** The catalogue of misbehaviours: a row for each, with what is wrong and what a client or a monitor must do about it. */
import type { ServiceName } from '../http/index.ts';
import { type TransportName } from './transport.ts';
/** The rows that all logs have. */
declare const logRows: {
    readonly 'forked-tree': 'The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.';
    readonly 'rolled-back-checkpoint': 'The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.';
    readonly 'stale-checkpoint': 'The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.';
    readonly 'missing-entry': 'The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.';
    readonly 'altered-entry': 'One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.';
    readonly 'wrong-root-hash': 'The log signs roots that its entries do not lead to: a client or a monitor must notice.';
    readonly 'wrong-inclusion-proof': 'The last hash of an inclusion proof is wrong: a client must refuse the proof.';
};
declare const lies: {
    readonly 'oidc:expired-token': 'Tokens ended ten seconds ago: a client must not present them.';
    readonly 'oidc:future-token': 'Tokens are valid only in an hour: a client must not present them.';
    readonly 'oidc:another-audience': 'Tokens are for another audience: a client must not present them, and an authority must refuse them.';
    readonly 'oidc:another-issuer': 'Tokens say that another issuer has issued them: an authority must not look for its keys.';
    readonly 'oidc:without-subject': 'Tokens are about nobody: a client must notice that it cannot prove anything.';
    readonly 'oidc:without-email': 'Tokens of people name no e-mail address: a client must notice that it has no identity.';
    readonly 'oidc:unverified-email': 'Tokens of people name an e-mail address that nobody has verified: an authority must not certify it.';
    readonly 'oidc:another-key': 'Tokens are signed by a key that their issuer does not publish: an authority must refuse them.';
    readonly 'fulcio:another-identity': 'The certificate is for another repository’s workflow, with the asker’s key: a client must notice that it is not its own identity.';
    readonly 'fulcio:another-key': 'The certificate is for the asker’s identity, with another key: a client must notice before it signs.';
    readonly 'fulcio:another-issuer': 'The certificate says that another issuer vouches for the identity: a client must notice.';
    readonly 'fulcio:expired-certificate': 'The certificate ended a day ago: a client must not sign with it.';
    readonly 'fulcio:future-certificate': 'The certificate begins in a day: a client must not sign with it yet.';
    readonly 'fulcio:certificate-without-usage': 'The certificate is for nothing in particular: a client must not take it for one that signs code.';
    readonly 'fulcio:certificate-of-wrong-usage': 'The certificate is for TLS servers: a client must not take it for one that signs code.';
    readonly 'fulcio:authority-certificate': 'The certificate is an authority’s, which could certify others: a client must not take it for a signer’s.';
    readonly 'fulcio:without-sct': 'No certificate log has promised anything: a client must not use a certificate that nobody can see.';
    readonly 'fulcio:without-log': 'The authority has no certificate log, and answers in Fulcio’s form for that: a client must not use a certificate that nobody can see.';
    readonly 'fulcio:sct-of-unknown-log': 'The SCT is of a log that nobody knows: a client must not count it.';
    readonly 'fulcio:sct-by-another-key': 'The SCT names the log and is signed by another key: a client must refuse its signature.';
    readonly 'fulcio:sct-of-another-certificate': 'The SCT is the log’s, for another certificate of the same asker: a client must refuse its signature.';
    readonly 'fulcio:another-authority': 'The certificate, its chain and its SCT are of an authority and a log that nobody knows: a client must trust neither.';
    readonly 'ct:wrong-consistency-proof': "The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.";
    readonly 'ct:altered-tile': "One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.";
    readonly 'ct:wrong-tree-head-signature': 'The signature of a tree head has one bit that is another: a monitor must refuse it.';
    readonly 'timestamp:stale-time': 'The time is a day ago: a client must notice that there was no certificate then.';
    readonly 'timestamp:future-time': 'The time is in a day: a client must not believe a time that is not yet.';
    readonly 'timestamp:another-nonce': 'The nonce is another than that of the request: a client must notice that it is the answer to another.';
    readonly 'timestamp:without-nonce': 'There is no nonce: a client that sent one must not take the answer for its own.';
    readonly 'timestamp:another-imprint': 'What is stamped is something else: a client must notice that it is not its signature.';
    readonly 'timestamp:another-key': 'The token names the authority’s certificate and is signed by another key: a client must refuse the signature.';
    readonly 'timestamp:certificate-without-usage': 'The signer is certified by the same root, for nothing in particular: a client must not take it for a timestamp authority.';
    readonly 'timestamp:certificate-of-wrong-usage': 'The signer is certified by the same root, to sign code: a client must not take it for a timestamp authority.';
    readonly 'timestamp:rejected': 'The answer is a rejection, with the status 200 of HTTP: a client must not take it for a timestamp.';
    readonly 'rekor-v1:wrong-consistency-proof': "The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.";
    readonly 'rekor-v1:without-checkpoint': 'Entries and the state of the log come without a checkpoint: a client must not do without.';
    readonly 'rekor-v1:another-entry': 'The answer to an entry is an earlier one, and nothing is added: a client must notice that it is not its own.';
    readonly 'rekor-v1:promise-by-another-key': 'The promise (signed entry timestamp) is signed by another key: a client must refuse its signature, and the time with it.';
    readonly 'rekor-v1:stale-integrated-time': 'Entries are said, signed, to have come a day ago: a client must notice that there was no certificate then.';
    readonly 'rekor-v1:future-integrated-time': 'Entries are said, signed, to come in a day: a client must not believe a time that is not yet.';
    readonly 'rekor-v2:altered-tile': "One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.";
    readonly 'rekor-v2:without-checkpoint': 'Entries are acknowledged without a checkpoint, and none is published: a client must not do without.';
    readonly 'rekor-v2:another-entry': 'The answer to an entry is the first of the log, and nothing is added: a client must notice that it is not its own.';
    readonly 'tuf:expired-timestamp': 'The timestamp role ended a day ago: a client must not take what it says for the newest.';
    readonly 'tuf:rolled-back-timestamp': 'The timestamp role is of version 1, signed: a client that has seen a later one must not go back.';
    readonly 'tuf:timestamp-by-another-key': 'The timestamp role is signed by a key that the root does not name for it: a client must refuse it.';
    readonly 'tuf:altered-target': 'One byte of each target is another: a client must notice by its hash.';
    readonly "ct:altered-entry": "One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.";
    readonly "ct:forked-tree": "The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.";
    readonly "ct:missing-entry": "The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.";
    readonly "ct:rolled-back-checkpoint": "The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.";
    readonly "ct:stale-checkpoint": "The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.";
    readonly "ct:wrong-inclusion-proof": "The last hash of an inclusion proof is wrong: a client must refuse the proof.";
    readonly "ct:wrong-root-hash": "The log signs roots that its entries do not lead to: a client or a monitor must notice.";
    readonly "rekor-v1:altered-entry": "One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.";
    readonly "rekor-v1:checkpoint-by-another-key": "Checkpoints are signed by another key under the log’s name and key id: a client must refuse the signature.";
    readonly "rekor-v1:forked-tree": "The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.";
    readonly "rekor-v1:missing-entry": "The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.";
    readonly "rekor-v1:rolled-back-checkpoint": "The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.";
    readonly "rekor-v1:split-view": "Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.";
    readonly "rekor-v1:stale-checkpoint": "The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.";
    readonly "rekor-v1:wrong-inclusion-proof": "The last hash of an inclusion proof is wrong: a client must refuse the proof.";
    readonly "rekor-v1:wrong-key-hint": "The signature of a checkpoint is right, under a key id that is not the key’s: a client must not take it for the log’s.";
    readonly "rekor-v1:wrong-origin": "Checkpoints are of a log of another name, by the right key: a client must not take one log for another.";
    readonly "rekor-v1:wrong-root-hash": "The log signs roots that its entries do not lead to: a client or a monitor must notice.";
    readonly "rekor-v2:altered-entry": "One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.";
    readonly "rekor-v2:checkpoint-by-another-key": "Checkpoints are signed by another key under the log’s name and key id: a client must refuse the signature.";
    readonly "rekor-v2:forked-tree": "The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.";
    readonly "rekor-v2:missing-entry": "The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.";
    readonly "rekor-v2:rolled-back-checkpoint": "The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.";
    readonly "rekor-v2:split-view": "Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.";
    readonly "rekor-v2:stale-checkpoint": "The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.";
    readonly "rekor-v2:wrong-inclusion-proof": "The last hash of an inclusion proof is wrong: a client must refuse the proof.";
    readonly "rekor-v2:wrong-key-hint": "The signature of a checkpoint is right, under a key id that is not the key’s: a client must not take it for the log’s.";
    readonly "rekor-v2:wrong-origin": "Checkpoints are of a log of another name, by the right key: a client must not take one log for another.";
    readonly "rekor-v2:wrong-root-hash": "The log signs roots that its entries do not lead to: a client or a monitor must notice.";
};
/** A family of its own: these are for clients of a registry, not for signers. */
declare const registryLies: {
    readonly 'registry:altered-manifest': 'A digest inside of each manifest is another: a client must notice that the bytes do not match the manifest’s own digest.';
    readonly 'registry:altered-blob': 'The last byte of each blob is another: a client must notice that the bytes do not match the digest.';
    readonly 'registry:forgotten-manifest': 'Manifests are acknowledged and not kept: a client must read back what it has pushed.';
    readonly 'registry:moved-tag': 'Once a tag has been read, it is at another manifest: a client must notice that it is not what was signed.';
    readonly 'registry:redirected-blobs': 'Blobs are at another host, by signed URLs: a client must go there without its credentials.';
    readonly 'registry:missing-manifest': 'What an index or a list of referrers names is not there: a client must say what is missing.';
    readonly 'registry:large-headers': 'Each answer has 24 KiB of headers more: a client must take them.';
};
export type LogLie = keyof typeof logRows;
export type LieName = keyof typeof lies;
export type RegistryLieName = keyof typeof registryLies;
/** `<service>:<misbehaviour>` */
export type MisbehaviourName = LieName | RegistryLieName | TransportName;
export declare const lieNames: readonly LieName[];
export declare const registryLieNames: readonly RegistryLieName[];
export declare const misbehaviourNames: ("artifacts:429" | "artifacts:500" | "artifacts:502" | "artifacts:503" | "artifacts:504" | "artifacts:garbage" | "artifacts:html" | "artifacts:oversized" | "artifacts:redirect" | "artifacts:reset" | "artifacts:slow" | "artifacts:stalled" | "artifacts:truncated" | "blobs:429" | "blobs:500" | "blobs:502" | "blobs:503" | "blobs:504" | "blobs:garbage" | "blobs:html" | "blobs:oversized" | "blobs:redirect" | "blobs:reset" | "blobs:slow" | "blobs:stalled" | "blobs:truncated" | "ct:429" | "ct:500" | "ct:502" | "ct:503" | "ct:504" | "ct:altered-entry" | "ct:altered-tile" | "ct:forked-tree" | "ct:garbage" | "ct:html" | "ct:missing-entry" | "ct:oversized" | "ct:redirect" | "ct:reset" | "ct:rolled-back-checkpoint" | "ct:slow" | "ct:stale-checkpoint" | "ct:stalled" | "ct:truncated" | "ct:wrong-consistency-proof" | "ct:wrong-inclusion-proof" | "ct:wrong-root-hash" | "ct:wrong-tree-head-signature" | "fulcio:429" | "fulcio:500" | "fulcio:502" | "fulcio:503" | "fulcio:504" | "fulcio:another-authority" | "fulcio:another-identity" | "fulcio:another-issuer" | "fulcio:another-key" | "fulcio:authority-certificate" | "fulcio:certificate-of-wrong-usage" | "fulcio:certificate-without-usage" | "fulcio:expired-certificate" | "fulcio:future-certificate" | "fulcio:garbage" | "fulcio:html" | "fulcio:oversized" | "fulcio:redirect" | "fulcio:reset" | "fulcio:sct-by-another-key" | "fulcio:sct-of-another-certificate" | "fulcio:sct-of-unknown-log" | "fulcio:slow" | "fulcio:stalled" | "fulcio:truncated" | "fulcio:without-log" | "fulcio:without-sct" | "oidc:429" | "oidc:500" | "oidc:502" | "oidc:503" | "oidc:504" | "oidc:another-audience" | "oidc:another-issuer" | "oidc:another-key" | "oidc:expired-token" | "oidc:future-token" | "oidc:garbage" | "oidc:html" | "oidc:oversized" | "oidc:redirect" | "oidc:reset" | "oidc:slow" | "oidc:stalled" | "oidc:truncated" | "oidc:unverified-email" | "oidc:without-email" | "oidc:without-subject" | "registry:429" | "registry:500" | "registry:502" | "registry:503" | "registry:504" | "registry:altered-blob" | "registry:altered-manifest" | "registry:forgotten-manifest" | "registry:garbage" | "registry:html" | "registry:large-headers" | "registry:missing-manifest" | "registry:moved-tag" | "registry:oversized" | "registry:redirect" | "registry:redirected-blobs" | "registry:reset" | "registry:slow" | "registry:stalled" | "registry:truncated" | "rekor-v1:429" | "rekor-v1:500" | "rekor-v1:502" | "rekor-v1:503" | "rekor-v1:504" | "rekor-v1:altered-entry" | "rekor-v1:another-entry" | "rekor-v1:checkpoint-by-another-key" | "rekor-v1:forked-tree" | "rekor-v1:future-integrated-time" | "rekor-v1:garbage" | "rekor-v1:html" | "rekor-v1:missing-entry" | "rekor-v1:oversized" | "rekor-v1:promise-by-another-key" | "rekor-v1:redirect" | "rekor-v1:reset" | "rekor-v1:rolled-back-checkpoint" | "rekor-v1:slow" | "rekor-v1:split-view" | "rekor-v1:stale-checkpoint" | "rekor-v1:stale-integrated-time" | "rekor-v1:stalled" | "rekor-v1:truncated" | "rekor-v1:without-checkpoint" | "rekor-v1:wrong-consistency-proof" | "rekor-v1:wrong-inclusion-proof" | "rekor-v1:wrong-key-hint" | "rekor-v1:wrong-origin" | "rekor-v1:wrong-root-hash" | "rekor-v2:429" | "rekor-v2:500" | "rekor-v2:502" | "rekor-v2:503" | "rekor-v2:504" | "rekor-v2:altered-entry" | "rekor-v2:altered-tile" | "rekor-v2:another-entry" | "rekor-v2:checkpoint-by-another-key" | "rekor-v2:forked-tree" | "rekor-v2:garbage" | "rekor-v2:html" | "rekor-v2:missing-entry" | "rekor-v2:oversized" | "rekor-v2:redirect" | "rekor-v2:reset" | "rekor-v2:rolled-back-checkpoint" | "rekor-v2:slow" | "rekor-v2:split-view" | "rekor-v2:stale-checkpoint" | "rekor-v2:stalled" | "rekor-v2:truncated" | "rekor-v2:without-checkpoint" | "rekor-v2:wrong-inclusion-proof" | "rekor-v2:wrong-key-hint" | "rekor-v2:wrong-origin" | "rekor-v2:wrong-root-hash" | "timestamp:429" | "timestamp:500" | "timestamp:502" | "timestamp:503" | "timestamp:504" | "timestamp:another-imprint" | "timestamp:another-key" | "timestamp:another-nonce" | "timestamp:certificate-of-wrong-usage" | "timestamp:certificate-without-usage" | "timestamp:future-time" | "timestamp:garbage" | "timestamp:html" | "timestamp:oversized" | "timestamp:redirect" | "timestamp:rejected" | "timestamp:reset" | "timestamp:slow" | "timestamp:stale-time" | "timestamp:stalled" | "timestamp:truncated" | "timestamp:without-nonce" | "tuf:429" | "tuf:500" | "tuf:502" | "tuf:503" | "tuf:504" | "tuf:altered-target" | "tuf:expired-timestamp" | "tuf:garbage" | "tuf:html" | "tuf:oversized" | "tuf:redirect" | "tuf:reset" | "tuf:rolled-back-timestamp" | "tuf:slow" | "tuf:stalled" | "tuf:timestamp-by-another-key" | "tuf:truncated")[];
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
/** Refuses two transport faults of one service, as each is about the whole answer. */
export declare function demandCompatible(names: readonly MisbehaviourName[]): void;
export {};
