/** Reads policy files for a program. */
import type { PolicyFile } from './options.ts';
/** The options of {@link readPolicy}. */
export interface PolicyFileOptions {
    /**
     * The path of the file (default: `policy.yml`). Errors name it, and paths in the file are relative to its folder. The file itself is not read.
     */
    readonly path?: string | undefined;
}
/**
 * Reads the text of a policy file (YAML), as `countersign verify --policy` does.
 *
 * @throws CountersignError `POLICY_INVALID`, with the place in the file; `USAGE` for a public key that it names and that cannot be read
 *
 * @example
 * const policy = await readPolicy('policy:\n  repo: example/app\n');
 * policy.warnings; // → []
 */
export declare function readPolicy(text: string, { path }?: PolicyFileOptions): Promise<PolicyFile>;
