import type * as fs from 'node:fs/promises';
import { systemCode } from '../core/errors/index.ts';

/** Returns the names of what is in a folder; none if it does not exist. */
export async function namesIn(folder: string, files: Pick<typeof fs, 'readdir'>): Promise<string[]> {
  try {
    return await files.readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
