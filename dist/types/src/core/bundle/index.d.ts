/** Sigstore bundles: their shape, a strict reader, and the writer of version 0.3. */
export type { Bundle, BundleVersion, DsseEnvelope, LogEntry, LogInclusion, MessageSignature, } from './bundle.ts';
export { bundleStem } from './file-name.ts';
export { maxBundleLength, readBundle, readLogEntry } from './read-bundle.ts';
export { bundleMediaType, writeBundle } from './write-bundle.ts';
