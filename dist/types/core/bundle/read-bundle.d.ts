/** Reading bundles: version 0.3, strictly. */
import { ProtoField } from '../encoding/index.ts';
import type { Bundle, LogEntry } from './bundle.ts';
/**
 * Reads a bundle. Nothing is verified; unknown members are passed over, for nothing unknown is ever believed.
 *
 * @throws CountersignError `BUNDLE_INVALID`, `BUNDLE_UNSUPPORTED`, `LIMIT_EXCEEDED`
 */
export declare function readBundle(json: string | Uint8Array): Bundle;
/**
 * Reads an entry of a transparency log, in a bundle or as a log answers it.
 *
 * @throws CountersignError the code of the document it is part of
 */
export declare function readLogEntry(entry: ProtoField): LogEntry;
