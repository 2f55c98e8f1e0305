/** All misbehaviours, by their names. */

import { fail } from '../../src/core/errors/index.ts';
import type { ServiceName } from '../http/index.ts';
import { certificateLogMisbehaviours } from './certificate-log.ts';
import { fulcioMisbehaviours } from './fulcio.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { oidcMisbehaviours } from './oidc.ts';
import { registryMisbehaviours } from './registry.ts';
import { rekorV1Misbehaviours } from './rekor-v1.ts';
import { rekorV2Misbehaviours } from './rekor-v2.ts';
import { timestampMisbehaviours } from './timestamp.ts';
import {
  type TransportMisbehaviour,
  type TransportName,
  transportFaults,
  transportMisbehaviours,
} from './transport.ts';
import { tufMisbehaviours } from './tuf.ts';

/** Those of one service that signs or is signed with, of which each is a lie of its own. */
const lies = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...tufMisbehaviours,
} as const;

export type LieName = keyof typeof lies;
/** A family of its own: it is not the signer that meets these, but the client of a registry. */
export type RegistryLieName = keyof typeof registryMisbehaviours;
/** `<service>:<what it does>` */
export type MisbehaviourName = LieName | RegistryLieName | TransportName;

const catalogue: Readonly<Record<MisbehaviourName, Misbehaviour | TransportMisbehaviour>> = {
  ...lies,
  ...registryMisbehaviours,
  ...transportMisbehaviours,
};

export const lieNames = Object.keys(lies) as readonly LieName[];
export const registryLieNames = Object.keys(registryMisbehaviours) as readonly RegistryLieName[];
export const misbehaviourNames = Object.keys(catalogue) as readonly MisbehaviourName[];

/** All names, with those that every service has said once. */
const shortNames = [
  ...lieNames,
  ...registryLieNames,
  ...Object.keys(transportFaults).map((fault) => `SERVICE:${fault}`),
];

export function misbehaviourOf(name: MisbehaviourName): Misbehaviour | TransportMisbehaviour {
  return catalogue[name];
}

export function serviceOf(name: MisbehaviourName): ServiceName {
  return name.slice(0, name.indexOf(':')) as ServiceName;
}

/** @throws CountersignError `USAGE`, with the names that there are, or of two that exclude each other */
export function readMisbehaviourNames(texts: readonly string[]): readonly MisbehaviourName[] {
  const names = texts.map(readMisbehaviourName);
  demandCompatible(names);
  return names;
}

/** Of the faults on the way to a service there can be one at a time: each is about the whole answer. */
export function demandCompatible(names: readonly MisbehaviourName[]): void {
  const faults = names.filter((name) => 'fault' in misbehaviourOf(name));
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== undefined) fail('USAGE', `${name} and ${other} exclude each other: each is about the whole answer`);
  }
}

function readMisbehaviourName(text: string): MisbehaviourName {
  const name = misbehaviourNames.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text.split(':')[0]);
  return fail('USAGE', `there is no misbehaviour ${JSON.stringify(text)}`, {
    remedy: `There are ${(near.length > 0 ? near : shortNames).join(', ')}.`,
  });
}
