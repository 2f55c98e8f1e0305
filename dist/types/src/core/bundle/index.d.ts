/** Sigstore bundles: their shape, a strict reader, the writer of version 0.3, and the conversion of earlier versions to it. */
export type { Bundle, BundleVersion, DsseEnvelope, LogEntry, LogInclusion, MessageSignature, } from './bundle.ts';
export { bundleStem } from './file-name.ts';
export { maxBundleLength, readBundle, readLogEntry } from './read-bundle.ts';
export { differentPart, upgradeBundle } from './upgrade-bundle.ts';
export { bundleMediaType, writeBundle } from './write-bundle.ts';
