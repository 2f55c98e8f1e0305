/** Writing bundles of version 0.3, in the proto3 JSON mapping that every client reads. */
import type { Bundle } from './bundle.ts';
/** The media type of the bundles that Countersign writes. */
export declare const bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** Returns the JSON text of a bundle, on one line. */
export declare function writeBundle(bundle: Bundle): string;
