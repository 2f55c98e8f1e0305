import type * as fs from 'node:fs/promises';
/** Reports whether a path exists, with links followed. A path that cannot be read counts as missing. */
export declare function pathExists(path: string, files: Pick<typeof fs, 'stat'>): Promise<boolean>;
