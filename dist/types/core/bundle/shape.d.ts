/** Every member that a bundle may have (protobuf-specs, sigstore_bundle.proto, sigstore_rekor.proto, envelope.proto). */
import type { ProtoShape } from '../encoding/index.ts';
export declare const bundleShape: ProtoShape;
