/** The files with which other programs use a sandbox: its trust material, and settings for a shell. */
import type { Sandbox } from './sandbox.ts';
import type { Storage } from './storage/storage.ts';
/** Writes `trust/` and `stack.env` into the folder of a sandbox. `path` is the path of that folder. */
export declare function writeSettings(storage: Storage, path: string, sandbox: Sandbox): void;
/**
 * Returns the settings of a sandbox as environment variables.
 *
 * @param trust the path of its folder `trust`
 */
export declare function sandboxVariables({ urls, jobTokens, artifactService }: Sandbox, trust: string): Readonly<Record<string, string>>;
