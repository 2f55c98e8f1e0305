/** Reads the signer's part of a policy file. */
import type { LogFallback } from '../../sign/index.ts';
import { type InputWorld } from '../world/index.ts';
import { type Entry, YamlReader } from './file/yaml-reader.ts';
/** What signing may do. */
export interface SignPolicy {
    /** What may be done if a transparency log is down. */
    readonly onOutage: readonly LogFallback['kind'][];
}
/** Reads the value of `sign`. */
export declare function readSignPart(reader: YamlReader, node: Entry['value']): SignPolicy;
/**
 * Loads the policy of signing from a policy file.
 *
 * @throws CountersignError `POLICY_INVALID` with the place in the file, also for a file without `sign`; `USAGE` for a file that cannot be read
 */
export declare function loadSignPolicy(path: string, world: InputWorld): Promise<SignPolicy>;
