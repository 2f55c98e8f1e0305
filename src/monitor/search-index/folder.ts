import { hash } from 'node:crypto';
import { join } from 'node:path';

/** Returns the folder of a log in the folder of all indexes. Its name is a hash, since an origin is no safe file name. */
export function logFolder(folder: string, origin: string): string {
  return join(folder, hash('sha256', origin));
}

/** Returns the folder of all indexes in the folder of an audit. */
export function indexFolder(state: string): string {
  return join(state, 'index');
}
