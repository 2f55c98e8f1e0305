/** Compresses as GitHub does what `bundle_url` leads to: Snappy's raw format (google/snappy, format_description.txt), without framing. */
/** Compresses bytes: what occurred before becomes copies, everything else literals. */
export declare function compressSnappy(bytes: Uint8Array): Uint8Array;
