/** The catalogue of misbehaviours: a row for each, with what is wrong and what a client or a monitor must do about it. */

import { fail } from '../../src/core/errors/index.ts';
import type { ServiceName } from '../http/index.ts';
import { type TransportName, transportFaults, transportMisbehaviours } from './transport.ts';

/** The rows that all logs have. */
const logRows = {
  'forked-tree':
    'The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.',
  'rolled-back-checkpoint':
    'The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.',
  'stale-checkpoint':
    'The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.',
  'missing-entry':
    'The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.',
  'altered-entry':
    'One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.',
  'wrong-root-hash': 'The log signs roots that its entries do not lead to: a client or a monitor must notice.',
  'wrong-inclusion-proof': 'The last hash of an inclusion proof is wrong: a client must refuse the proof.',
} as const;
/** The rows that both versions of Rekor have besides. */
const rekorRows = {
  'wrong-key-hint':
    'The signature of a checkpoint is right, under a key id that is not the key’s: a client must not take it for the log’s.',
  'checkpoint-by-another-key':
    'Checkpoints are signed by another key under the log’s name and key id: a client must refuse the signature.',
  'wrong-origin':
    'Checkpoints are of a log of another name, by the right key: a client must not take one log for another.',
  'split-view':
    'Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.',
} as const;
const wrongConsistencyProof =
  'The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.';
const alteredTile =
  'One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.';

const lies = {
  'oidc:expired-token': 'Tokens ended ten seconds ago: a client must not present them.',
  'oidc:future-token': 'Tokens are valid only in an hour: a client must not present them.',
  'oidc:another-audience':
    'Tokens are for another audience: a client must not present them, and an authority must refuse them.',
  'oidc:another-issuer': 'Tokens say that another issuer has issued them: an authority must not look for its keys.',
  'oidc:without-subject': 'Tokens are about nobody: a client must notice that it cannot prove anything.',
  'oidc:without-email': 'Tokens of people name no e-mail address: a client must notice that it has no identity.',
  'oidc:unverified-email':
    'Tokens of people name an e-mail address that nobody has verified: an authority must not certify it.',
  'oidc:another-key': 'Tokens are signed by a key that their issuer does not publish: an authority must refuse them.',

  'fulcio:another-identity':
    'The certificate is for another repository’s workflow, with the asker’s key: a client must notice that it is not its own identity.',
  'fulcio:another-key':
    'The certificate is for the asker’s identity, with another key: a client must notice before it signs.',
  'fulcio:another-issuer': 'The certificate says that another issuer vouches for the identity: a client must notice.',
  'fulcio:expired-certificate': 'The certificate ended a day ago: a client must not sign with it.',
  'fulcio:future-certificate': 'The certificate begins in a day: a client must not sign with it yet.',
  'fulcio:certificate-without-usage':
    'The certificate is for nothing in particular: a client must not take it for one that signs code.',
  'fulcio:certificate-of-wrong-usage':
    'The certificate is for TLS servers: a client must not take it for one that signs code.',
  'fulcio:authority-certificate':
    'The certificate is an authority’s, which could certify others: a client must not take it for a signer’s.',
  'fulcio:without-sct':
    'No certificate log has promised anything: a client must not use a certificate that nobody can see.',
  'fulcio:without-log':
    'The authority has no certificate log, and answers in Fulcio’s form for that: a client must not use a certificate that nobody can see.',
  'fulcio:sct-of-unknown-log': 'The SCT is of a log that nobody knows: a client must not count it.',
  'fulcio:sct-by-another-key':
    'The SCT names the log and is signed by another key: a client must refuse its signature.',
  'fulcio:sct-of-another-certificate':
    'The SCT is the log’s, for another certificate of the same asker: a client must refuse its signature.',
  'fulcio:another-authority':
    'The certificate, its chain and its SCT are of an authority and a log that nobody knows: a client must trust neither.',

  ...prefixed('ct', logRows),
  'ct:wrong-consistency-proof': wrongConsistencyProof,
  'ct:altered-tile': alteredTile,
  'ct:wrong-tree-head-signature': 'The signature of a tree head has one bit that is another: a monitor must refuse it.',

  'timestamp:stale-time': 'The time is a day ago: a client must notice that there was no certificate then.',
  'timestamp:future-time': 'The time is in a day: a client must not believe a time that is not yet.',
  'timestamp:another-nonce':
    'The nonce is another than that of the request: a client must notice that it is the answer to another.',
  'timestamp:without-nonce': 'There is no nonce: a client that sent one must not take the answer for its own.',
  'timestamp:another-imprint': 'What is stamped is something else: a client must notice that it is not its signature.',
  'timestamp:another-key':
    'The token names the authority’s certificate and is signed by another key: a client must refuse the signature.',
  'timestamp:certificate-without-usage':
    'The signer is certified by the same root, for nothing in particular: a client must not take it for a timestamp authority.',
  'timestamp:certificate-of-wrong-usage':
    'The signer is certified by the same root, to sign code: a client must not take it for a timestamp authority.',
  'timestamp:rejected':
    'The answer is a rejection, with the status 200 of HTTP: a client must not take it for a timestamp.',

  ...prefixed('rekor-v1', logRows),
  ...prefixed('rekor-v1', rekorRows),
  'rekor-v1:wrong-consistency-proof': wrongConsistencyProof,
  'rekor-v1:without-checkpoint':
    'Entries and the state of the log come without a checkpoint: a client must not do without.',
  'rekor-v1:another-entry':
    'The answer to an entry is an earlier one, and nothing is added: a client must notice that it is not its own.',
  'rekor-v1:promise-by-another-key':
    'The promise (signed entry timestamp) is signed by another key: a client must refuse its signature, and the time with it.',
  'rekor-v1:stale-integrated-time':
    'Entries are said, signed, to have come a day ago: a client must notice that there was no certificate then.',
  'rekor-v1:future-integrated-time':
    'Entries are said, signed, to come in a day: a client must not believe a time that is not yet.',

  ...prefixed('rekor-v2', logRows),
  ...prefixed('rekor-v2', rekorRows),
  'rekor-v2:altered-tile': alteredTile,
  'rekor-v2:without-checkpoint':
    'Entries are acknowledged without a checkpoint, and none is published: a client must not do without.',
  'rekor-v2:another-entry':
    'The answer to an entry is the first of the log, and nothing is added: a client must notice that it is not its own.',

  'tuf:expired-timestamp': 'The timestamp role ended a day ago: a client must not take what it says for the newest.',
  'tuf:rolled-back-timestamp':
    'The timestamp role is of version 1, signed: a client that has seen a later one must not go back.',
  'tuf:timestamp-by-another-key':
    'The timestamp role is signed by a key that the root does not name for it: a client must refuse it.',
  'tuf:altered-target': 'One byte of each target is another: a client must notice by its hash.',
} as const;

/** A family of its own: these are for clients of a registry, not for signers. */
const registryLies = {
  'registry:altered-manifest':
    'A digest inside of each manifest is another: a client must notice that the bytes do not match the manifest’s own digest.',
  'registry:altered-blob':
    'The last byte of each blob is another: a client must notice that the bytes do not match the digest.',
  'registry:forgotten-manifest': 'Manifests are acknowledged and not kept: a client must read back what it has pushed.',
  'registry:moved-tag':
    'Once a tag has been read, it is at another manifest: a client must notice that it is not what was signed.',
  'registry:redirected-blobs':
    'Blobs are at another host, by signed URLs: a client must go there without its credentials.',
  'registry:missing-manifest':
    'What an index or a list of referrers names is not there: a client must say what is missing.',
  'registry:large-headers': 'Each answer has 24 KiB of headers more: a client must take them.',
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

/** Refuses two transport faults of one service, as each is about the whole answer. */
export function demandCompatible(names: readonly MisbehaviourName[]): void {
  const faults = names.filter((name) => name in transportMisbehaviours);
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== undefined) fail('USAGE', `${name} and ${other} exclude each other: each is about the whole answer`);
  }
}

function readMisbehaviourName(text: string): MisbehaviourName {
  const name = misbehaviourNames.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text.split(':')[0]);
  const faults = Object.keys(transportFaults).map((fault) => `SERVICE:${fault}`);
  const known = near.length > 0 ? near : [...lieNames, ...registryLieNames, ...faults];
  return fail('USAGE', `there is no misbehaviour ${JSON.stringify(text)}`, {
    remedy: `There are ${known.join(', ')}.`,
  });
}
