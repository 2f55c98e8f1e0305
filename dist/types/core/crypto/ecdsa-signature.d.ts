/** Signatures of ECDSA as they travel: two integers in DER (RFC 3279, section 2.2.3). */
import type { PublicKeyKind } from './public-key.ts';
export type EcdsaKind = Extract<PublicKeyKind, `ecdsa-${string}`>;
/** r ‖ s of fixed width, as WebCrypto takes it; `undefined` if it is not strictly DER. */
export declare function readEcdsaSignature(signature: Uint8Array, kind: EcdsaKind): Uint8Array<ArrayBuffer> | undefined;
