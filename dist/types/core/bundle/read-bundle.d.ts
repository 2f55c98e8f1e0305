/** Reading bundles: versions 0.1 to 0.3, strictly. */
import { ProtoField } from '../encoding/index.ts';
import type { Bundle, LogEntry } from './bundle.ts';
/** Longer bundles are refused, in bytes. */
export declare const maxBundleLength: number;
/**
 * Reads a bundle. Nothing is verified. A member that is not known is refused: a new one comes with a new media type, and one that is
 * passed over could mean something to another client.
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
