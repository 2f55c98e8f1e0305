/** What can be wrong with the signed note that a checkpoint is (C2SP tlog-checkpoint), while the tree under it is right. */

import type { Route, ServiceName } from '../http/index.ts';
import { type CheckpointOverrides, type NoteSigner, noteSigner } from '../log/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { asWith, flipped } from './answers.ts';
import type { Misbehaviour, Parts } from './misbehaviour.ts';

/** A log that signs checkpoints. */
export interface SignedLog {
  readonly signer: NoteSigner;
  /** The routes of the service, as they would be if all its checkpoints were changed so. */
  readonly checkpoints: (changes: CheckpointOverrides) => readonly Route[];
}

const abouts = {
  'wrong-key-hint':
    'The signature of a checkpoint is right, under a key id that is not the key’s: a client must not take it for the log’s.',
  'checkpoint-by-another-key':
    'Checkpoints are signed by another key under the log’s name and key id: a client must refuse the signature.',
  'wrong-origin':
    'Checkpoints are of a log of another name, by the right key: a client must not take one log for another.',
} as const;

type NoteFault = keyof typeof abouts;
type NoteFamily<Service extends ServiceName> = Readonly<Record<`${Service}:${NoteFault}`, Misbehaviour>>;

export function checkpointMisbehaviours<Service extends ServiceName>(
  service: Service,
  logOf: (parts: Parts) => SignedLog,
): NoteFamily<Service> {
  const begin = (fault: NoteFault) => (parts: Parts) => {
    const { signer, checkpoints } = logOf(parts);
    const routes = checkpoints(changes[fault](signer));
    return { [service]: asWith(() => routes) };
  };
  const family = Object.entries(abouts).map(([fault, about]) => [
    `${service}:${fault}`,
    { about, begin: begin(fault as NoteFault) },
  ]);
  return Object.fromEntries(family);
}

const changes: Readonly<Record<NoteFault, (signer: NoteSigner) => CheckpointOverrides>> = {
  'wrong-key-hint': (signer) => ({ signers: [{ ...signer, keyHash: flipped(signer.keyHash, 0) }] }),
  'checkpoint-by-another-key': ({ name, key, keyHash }) => ({
    signers: [{ ...noteSigner(name, generateSigningKey(key.kind)), keyHash }],
  }),
  'wrong-origin': () => ({ origin: 'another-log.invalid' }),
};
