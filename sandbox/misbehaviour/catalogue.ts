/** The catalogue of misbehaviours. Each row describes a fault and the reaction that clients or monitors need. */

import { fail } from '../../src/core/errors/index.ts';
import type { ServiceName } from '../http/index.ts';
import { type TransportName, transportFaults, transportMisbehaviours } from './transport.ts';

/** The rows that all logs have. */
const logRows = {
  'forked-tree':
    'The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.',
  'rolled-back-checkpoint':
    'The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.',
  'stale-checkpoint':
    'The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.',
  'missing-entry':
    'The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.',
  'withheld-entries':
    'The log does not return entries that its checkpoint covers. Monitors must report that they cannot read them.',
  'altered-entry':
    'One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.',
  'wrong-root-hash': 'The log signs root hashes that do not match its entries. Clients and monitors must detect this.',
  'wrong-inclusion-proof': 'The last hash of each inclusion proof is wrong. Clients must refuse the proof.',
} as const;
/** The additional rows of both versions of Rekor. */
const rekorRows = {
  'wrong-key-hint':
    'Checkpoint signatures are valid but have the wrong key ID. Clients must not accept them as signatures of the log.',
  'checkpoint-by-another-key':
    'Checkpoints are signed by another key, with the name and key ID of the log. Clients must refuse the signature.',
  'wrong-origin':
    'Checkpoints have the origin of another log, but are signed by the right key. Clients must not accept them for this log.',
  'split-view':
    'Signers see the log, and readers see a fork of it. Monitors must compare the checkpoints in bundles with those they read.',
  'late-split-view':
    'Readers see another entry in place of the next one that is added, and the log as it is before it. Only a checkpoint that others have seen, in a bundle or of a witness, reveals this to monitors.',
} as const;
const wrongConsistencyProof = 'The last hash of each consistency proof is wrong. Monitors must refuse the proof.';
const collectedPartials =
  'Partial tiles and bundles no longer exist once the full ones do. Monitors must read the full ones instead.';
const alteredTile =
  'One byte of each hash tile is changed. Monitors must detect that the tiles do not match the root hash.';

const lies = {
  'oidc:expired-token': 'Tokens expired ten seconds ago. Clients must not present them.',
  'oidc:future-token': 'Tokens become valid in one hour. Clients must not present them.',
  'oidc:another-audience': 'Tokens are for another audience. Clients must not present them, and CAs must refuse them.',
  'oidc:another-issuer': 'Tokens name another issuer. CAs must not fetch the keys of that issuer.',
  'oidc:without-subject': 'Tokens have no subject. Clients must detect that they cannot create a proof of possession.',
  'oidc:without-email': 'Tokens of people have no email address. Clients must detect the missing identity.',
  'oidc:unverified-email':
    'Tokens of people have an unverified email address. Clients must not present them, and CAs must not certify it.',
  'oidc:another-nonce':
    'Tokens of people who logged in have another nonce than the login. Clients must detect that the token is not for their login.',
  'oidc:another-state':
    'The redirect after a login has another state. Clients must detect that it does not answer their login.',
  'oidc:another-redirect-issuer':
    'The redirect after a login names another issuer (RFC 9207). Clients must detect that it is not from the issuer at which the person logged in.',
  'oidc:without-redirect-issuer':
    'The redirect after a login names no issuer, although the discovery document announces it (RFC 9207). Clients must detect this.',
  'oidc:failed-login': 'The redirect after a login is an error (server_error). Clients must report it.',
  'oidc:refused-code': 'The code of a login is refused (invalid_grant). Clients must report it.',
  'oidc:another-key': 'Tokens are signed by a key that the issuer does not publish. CAs must refuse them.',

  'fulcio:another-identity':
    'The certificate has the key of the client, but the workflow of another repository. Clients must detect that it is not their identity.',
  'fulcio:another-key':
    'The certificate has the identity of the client, but another key. Clients must detect this before they sign.',
  'fulcio:another-issuer': 'The certificate names another OIDC issuer. Clients must detect this.',
  'fulcio:expired-certificate': 'The certificate expired one day ago. Clients must not sign with it.',
  'fulcio:future-certificate': 'The certificate becomes valid in one day. Clients must not sign with it.',
  'fulcio:certificate-without-usage':
    'The certificate has no extended key usage. Clients must not accept it for code signing.',
  'fulcio:certificate-of-wrong-usage':
    'The certificate is for TLS servers. Clients must not accept it for code signing.',
  'fulcio:authority-certificate':
    'The certificate is a CA certificate. Clients must not accept it as the certificate of a signer.',
  'fulcio:without-sct':
    'The certificate has no SCT. Clients must not use a certificate that is not in a certificate transparency log.',
  'fulcio:without-log':
    'The CA has no certificate transparency log, and responds in the form that Fulcio has for this. Clients must not use the certificate.',
  'fulcio:sct-of-unknown-log': 'The SCT is from an unknown log. Clients must not count it.',
  'fulcio:sct-by-another-key':
    'The SCT has the ID of the log, but is signed by another key. Clients must refuse the signature.',
  'fulcio:sct-of-another-certificate':
    'The SCT is from the log, but for another certificate of the same client. Clients must refuse the signature.',
  'fulcio:another-authority':
    'The certificate, its chain and its SCT are from an unknown CA and an unknown log. Clients must trust neither.',

  ...prefixed('ct', logRows),
  'ct:wrong-consistency-proof': wrongConsistencyProof,
  'ct:altered-tile': alteredTile,
  'ct:collected-partials': collectedPartials,
  'ct:wrong-tree-head-signature': 'One bit of each tree head signature is changed. Monitors must refuse the signature.',

  'timestamp:stale-time': 'The time is one day ago. Clients must detect that the certificate was not valid then.',
  'timestamp:future-time': 'The time is one day ahead. Clients must not accept a time in the future.',
  'timestamp:another-nonce':
    'The nonce differs from that of the request. Clients must detect that the response is not for their request.',
  'timestamp:without-nonce': 'There is no nonce. Clients that sent one must refuse the response.',
  'timestamp:another-imprint':
    'The timestamp is for other data. Clients must detect that it is not for their signature.',
  'timestamp:another-key':
    'The timestamp names the certificate of the authority, but is signed by another key. Clients must refuse the signature.',
  'timestamp:certificate-without-usage':
    'The certificate of the timestamp signer is from the same root, but has no extended key usage. Clients must not accept it as that of a timestamp authority.',
  'timestamp:certificate-of-wrong-usage':
    'The certificate of the timestamp signer is from the same root, but for code signing. Clients must not accept it as that of a timestamp authority.',
  'timestamp:rejected': 'The response is a rejection with HTTP status 200. Clients must not accept it as a timestamp.',

  ...prefixed('rekor-v1', logRows),
  ...prefixed('rekor-v1', rekorRows),
  'rekor-v1:wrong-consistency-proof': wrongConsistencyProof,
  'rekor-v1:changed-inactive-shard':
    'The log signs a consistent tree of its inactive shard with a different first entry. Monitors must detect that an inactive shard has changed.',
  'rekor-v1:without-checkpoint': 'Entries and the state of the log have no checkpoint. Clients must require one.',
  'rekor-v1:another-entry':
    'The response is an earlier entry, and nothing is added. Clients must detect that it is not their entry.',
  'rekor-v1:promise-by-another-key':
    'The signed entry timestamp is signed by another key. Clients must refuse the signature and the time.',
  'rekor-v1:stale-integrated-time':
    'The signed integrated time is one day ago. Clients must detect that the certificate was not valid then.',
  'rekor-v1:future-integrated-time':
    'The signed integrated time is one day ahead. Clients must not accept a time in the future.',

  ...prefixed('rekor-v2', logRows),
  ...prefixed('rekor-v2', rekorRows),
  'rekor-v2:altered-tile': alteredTile,
  'rekor-v2:collected-partials': collectedPartials,
  'rekor-v2:thawed-log':
    'The frozen shard signs a checkpoint with one more entry. Monitors must detect that it has grown after the log signed that it is frozen.',
  'rekor-v2:hundred-signatures':
    'Checkpoints have 100 signatures, most of them by unknown keys. Clients and monitors must ignore those.',
  'rekor-v2:without-cosignatures':
    'No witness cosigns the checkpoints. Clients and monitors that require witnesses must detect this.',
  'rekor-v2:cosignatures-by-another-key':
    'Cosignatures are by other keys, with the names and key IDs of the witnesses. Clients and monitors that require witnesses must refuse the signatures.',
  'rekor-v2:stale-cosignatures':
    'The time of the cosignatures is one day ago. Monitors must not take the checkpoint as a recent one.',
  'rekor-v2:future-cosignatures':
    'The time of the cosignatures is one day ahead. Monitors must not accept a time in the future.',
  'rekor-v2:without-checkpoint':
    'Entries are acknowledged without a checkpoint, and none is published. Clients must require one.',
  'rekor-v2:another-entry':
    'The response is the first entry of the log, and nothing is added. Clients must detect that it is not their entry.',

  'witness:forked-tree':
    'Witnesses show a checkpoint of a fork of Rekor v2, which the log signed and they cosigned. Monitors must detect that the log showed them another tree.',
  'witness:stale-checkpoint':
    'Witnesses keep returning their first checkpoint, although the log grows. Monitors must compare it with the log at its size.',
  'witness:checkpoint-by-another-key':
    'The checkpoint of witnesses is of a fork of Rekor v2 that another key signed, with the name and key ID of the log. Monitors must not count it against the log.',
  'witness:without-cosignature':
    'The checkpoint of witnesses has no cosignature of theirs. Monitors must not take it as the view of a witness.',

  'tuf:expired-timestamp': 'The timestamp metadata expired one day ago. Clients must not accept it as current.',
  'tuf:rolled-back-timestamp':
    'The signed timestamp metadata has version 1. Clients that have seen a later version must refuse it.',
  'tuf:timestamp-by-another-key':
    'The timestamp metadata is signed by a key that the root does not list for it. Clients must refuse it.',
  'tuf:altered-target': 'One byte of each target is changed. Clients must detect this by the hash.',
} as const;

/** Misbehaviours for clients of a registry. */
const registryLies = {
  'registry:altered-manifest':
    'A digest inside each manifest is changed. Clients must detect that the manifest does not match its own digest.',
  'registry:altered-blob':
    'The last byte of each blob is changed. Clients must detect that the blob does not match its digest.',
  'registry:forgotten-manifest': 'Manifests are acknowledged but not stored. Clients must read back pushed manifests.',
  'registry:moved-tag':
    'After a tag has been read, it points to another manifest. Clients must detect that it is not the signed one.',
  'registry:redirected-blobs':
    'Requests for blobs are redirected to signed URLs on another host. Clients must follow without their credentials.',
  'registry:missing-manifest':
    'Manifests listed in an index or referrers list do not exist. Clients must report what is missing.',
  'registry:large-headers': 'Each response has 24 KiB of additional headers. Clients must accept them.',
} as const;

export type LogLie = keyof typeof logRows;
export type LieName = keyof typeof lies;
export type RegistryLieName = keyof typeof registryLies;
/** `<service>:<misbehaviour>` */
export type MisbehaviourName = LieName | RegistryLieName | TransportName;

export const lieNames = Object.keys(lies) as readonly LieName[];
export const registryLieNames = Object.keys(registryLies) as readonly RegistryLieName[];
export const misbehaviourNames = [
  ...lieNames,
  ...registryLieNames,
  ...(Object.keys(transportMisbehaviours) as readonly TransportName[]),
];

const catalogue: Readonly<Record<MisbehaviourName, string>> = {
  ...lies,
  ...registryLies,
  ...mapRows(transportMisbehaviours, ({ about }) => about),
};

export function misbehaviourOf(name: MisbehaviourName): { readonly about: string } {
  return { about: catalogue[name] };
}

export function serviceOf(name: MisbehaviourName): ServiceName {
  return name.slice(0, name.indexOf(':')) as ServiceName;
}

/** Puts the name of a service before the names of rows. */
export function prefixed<Service extends ServiceName, Rows extends Readonly<Record<string, unknown>>>(
  service: Service,
  rows: Rows,
): { readonly [Name in keyof Rows & string as `${Service}:${Name}`]: Rows[Name] } {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${service}:${name}`, row])) as never;
}

export function mapRows<Name extends string, From, To>(
  rows: Readonly<Record<Name, From>>,
  map: (row: From) => To,
): Readonly<Record<Name, To>> {
  return Object.fromEntries(Object.entries<From>(rows).map(([name, row]) => [name, map(row)])) as Record<Name, To>;
}

/** @throws CountersignError `USAGE` for unknown names, with the known ones, and for two that exclude each other */
export function readMisbehaviourNames(texts: readonly string[]): readonly MisbehaviourName[] {
  const names = texts.map(readMisbehaviourName);
  demandCompatible(names);
  return names;
}

/** Refuses two transport faults of one service, since each replaces the whole response. */
export function demandCompatible(names: readonly MisbehaviourName[]): void {
  const faults = names.filter((name) => name in transportMisbehaviours);
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== undefined) fail('USAGE', `${name} and ${other} cannot be combined: each replaces the whole response`);
  }
}

function readMisbehaviourName(text: string): MisbehaviourName {
  const name = misbehaviourNames.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text.split(':')[0]);
  const faults = Object.keys(transportFaults).map((fault) => `SERVICE:${fault}`);
  const known = near.length > 0 ? near : [...lieNames, ...registryLieNames, ...faults];
  return fail('USAGE', `unknown misbehaviour ${JSON.stringify(text)}`, {
    remedy: `Use one of ${known.join(', ')}.`,
  });
}
