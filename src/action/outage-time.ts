/** Remembers the time of the last complete run of a watch, in its state. */

import { join } from 'node:path';
import { ProtoField } from '../core/encoding/index.ts';
import { CountersignError, systemCode } from '../core/errors/index.ts';
import { readRegularFile, writeAtomically } from '../node/index.ts';
import type { World } from '../run/world/index.ts';

const name = 'monitor.json';
const schema = 'countersign-monitor/1';
const maxLength = 4096;

/** Returns the time of the last complete run, or of the first run; now if there was none. The file is untrusted. */
export async function lastComplete(state: string, { files, clock }: Pick<World, 'files' | 'clock'>): Promise<Date> {
  const now = clock();
  try {
    const file = ProtoField.parse(await readRegularFile(files, join(state, name), maxLength), 'STATE_INVALID', name);
    const at = file.field('completeAt').time();
    // A time in the future would hide an outage.
    return at === undefined || at > now || file.field('schema').string() !== schema ? now : at;
  } catch (error) {
    if (error instanceof CountersignError || systemCode(error) === 'ENOENT') return now;
    throw error;
  }
}

export async function rememberComplete(
  state: string,
  at: Date,
  { files, random }: Pick<World, 'files' | 'random'>,
): Promise<void> {
  const text = JSON.stringify({ schema, completeAt: at.toISOString() });
  await writeAtomically(files, random, join(state, name), `${text}\n`);
}
