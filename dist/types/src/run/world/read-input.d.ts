import type { World } from './world.ts';
/** The kinds of such files, as errors name them, each with the code for one that is not text. */
declare const encodingCodes: {
    readonly policy: 'POLICY_INVALID';
    readonly 'public key': 'KEY_INVALID';
    readonly 'trusted root': 'TRUSTED_ROOT_INVALID';
    readonly 'signing config': 'SIGNING_CONFIG_INVALID';
    readonly 'TUF root': 'TRUSTED_ROOT_INVALID';
};
export type InputKind = keyof typeof encodingCodes;
/** The parts of the world that reading an input file needs. */
export type InputWorld = Pick<World, 'files' | 'demandAccepted'>;
/**
 * Reads a security-relevant text file that an option, an input or a policy names: a policy, a key, a trusted root.
 *
 * @returns its bytes in UTF-8, without a byte order mark
 * @throws CountersignError `USAGE`; the code of the kind for a file in another encoding; `LIMIT_EXCEEDED`; `POLICY_INVALID` for a file that a proposed change can modify
 */
export declare function readInput(path: string, what: InputKind, world: InputWorld): Promise<Uint8Array>;
/**
 * Reads a file that an option names.
 *
 * @param what the kind of file, for errors
 * @throws CountersignError `USAGE` for a file that cannot be read; `LIMIT_EXCEEDED`
 */
export declare function readInputFile(path: string, what: string, files: World['files'], maxLength: number): Promise<Uint8Array>;
/**
 * Reads such a file, and parses it. A file of another kind is named for what it is.
 *
 * @throws CountersignError those of {@link readInput} and of the parser
 */
export declare function parseInput<T>(path: string, what: InputKind, world: InputWorld, parse: (bytes: Uint8Array) => T): Promise<T>;
export {};
