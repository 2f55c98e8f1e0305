/** Sets outputs that can grow. A step takes an output as an environment variable, which holds 128 KiB with its name on Linux. */

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
  /** Returns the value that stands for one that is too long. */
  readonly instead: (file: string | null) => string;
}

/**
 * Sets an output, and the one with the path of its file, `fileName`. A value that is too long is written into a file in this folder, and a notice says
 * so. Everything is done by then: a file that cannot be written is a warning.
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
  const tooLong = `the output \`${name}\` has ${length} bytes, and an environment variable holds 128 KiB`;
  const title = 'Countersign';
  let written: string | null = path;
  try {
    await deliverFile(files, random, path, `${value}\n`, { workspace: folder, bundleDirectory: undefined });
    notice(plainLine(`${tooLong}: all of it is in ${path}, the output \`${fileName}\``), { title });
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    written = null;
    warning(plainLine(`${tooLong}; its file was not written: ${error.message}`), { title });
  }
  setOutput(name, instead(written));
  setOutput(fileName, written ?? '');
}

/** Returns the JSON that stands for a list that is too long. */
export function truncated(
  count: number,
  places: Readonly<Record<string, string | null>>,
): (file: string | null) => string {
  return (file) => JSON.stringify({ truncated: true, count, ...places, file });
}
