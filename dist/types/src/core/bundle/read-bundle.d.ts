/** Reading bundles: versions 0.1 to 0.3, strictly. */
import { ProtoField } from '../encoding/proto-json.ts';
import type { Bundle, LogEntry } from './bundle.ts';
/** The length of the longest bundle that is read, in bytes: one with a predicate of 16 MiB in base64. */
export declare const maxBundleLength: number;
/**
 * Reads a bundle. Nothing is verified. Unknown members are refused: new members come with a new media type, and a member that is
 * ignored here could mean something to another client.
 *
 * @throws CountersignError `BUNDLE_INVALID`, `BUNDLE_UNSUPPORTED`, `LIMIT_EXCEEDED`
 *
 * @example
 * readBundle(await readFile('app.tar.gz.sigstore.json')).version; // → '0.3'
 */
export declare function readBundle(json: string | Uint8Array): Bundle;
/**
 * Reads an entry of a transparency log, from a bundle or from the answer of a log.
 *
 * @throws CountersignError with the code of the document that the entry is part of
 */
export declare function readLogEntry(entry: ProtoField): LogEntry;
