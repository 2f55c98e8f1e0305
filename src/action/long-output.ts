/** Sets outputs that can grow. Steps read outputs as environment variables, which on Linux hold 128 KiB including the name. */

import { join } from 'node:path';
import { notice, setOutput, warning } from '@actions/core';
import { encodeHex } from '../core/encoding/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import { deliverFile } from '../deliver/index.ts';
import { plainLine } from '../report/index.ts';
import type { World } from '../run/world/index.ts';

/** Leaves 1 KiB for the name of the variable. */
const maxBytes = 127 * 1024;

export interface LongOutput {
  readonly value: string;
  /** Returns the replacement for a value that is too long. */
  readonly instead: (file: string | null) => string;
}

/**
 * Sets an output, and the output `fileName` with the path of its file. A value that is too long is written to a file in this folder, with a
 * notice. Outputs come last, so a file that cannot be written is only a warning.
 */
export async function setLongOutput<Name extends string>(
  name: Name,
  fileName: Name,
  { value, instead }: LongOutput,
  folder: string,
  { files, random }: Pick<World, 'files' | 'random'>,
): Promise<void> {
  const length = Buffer.byteLength(value);
  if (length <= maxBytes) {
    setOutput(name, value);
    setOutput(fileName, '');
    return;
  }
  const path = join(folder, `countersign-${name}-${encodeHex(random(8))}.${/^[[{]/.test(value) ? 'json' : 'txt'}`);
  const tooLong = `the output \`${name}\` has ${length} bytes, more than an environment variable can hold (128 KiB)`;
  const title = 'Countersign';
  let written: string | null = path;
  try {
    await deliverFile(files, random, path, `${value}\n`, { workspace: folder, bundleDirectory: undefined });
    notice(plainLine(`${tooLong}. The complete value is in ${path} (output \`${fileName}\`)`), { title });
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    written = null;
    warning(plainLine(`${tooLong}. The file with the complete value could not be written: ${error.message}`), {
      title,
    });
  }
  setOutput(name, instead(written));
  setOutput(fileName, written ?? '');
}

/** Returns the JSON that replaces a list that is too long. */
export function truncated(
  count: number,
  places: Readonly<Record<string, string | null>>,
): (file: string | null) => string {
  return (file) => JSON.stringify({ truncated: true, count, ...places, file });
}
