import type * as fs from 'node:fs/promises';
/** Returns the names of what is in a folder; none if it does not exist. */
export declare function namesIn(folder: string, files: Pick<typeof fs, 'readdir'>): Promise<string[]>;
