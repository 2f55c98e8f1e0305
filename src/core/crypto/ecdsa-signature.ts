/** Signatures of ECDSA as they travel: two integers in DER (RFC 3279, section 2.2.3). */

import { concatBytes, readSequence } from '../encoding/index.ts';
import { CountersignError, fail } from '../errors/index.ts';
import type { PublicKeyKind } from './public-key.ts';

export type EcdsaKind = Extract<PublicKeyKind, `ecdsa-${string}`>;

const scalarLengths = { 'ecdsa-p256': 32, 'ecdsa-p384': 48, 'ecdsa-p521': 66 } as const satisfies Record<
  EcdsaKind,
  number
>;

/** Returns r ‖ s of fixed width, as WebCrypto takes it; `undefined` if the signature is not strict DER. */
export function readEcdsaSignature(signature: Uint8Array, kind: EcdsaKind): Uint8Array<ArrayBuffer> | undefined {
  const scalarLength = scalarLengths[kind];
  try {
    return readSequence(signature, (der) => {
      const scalars = [der.integerBytes(), der.integerBytes()].map((scalar) => {
        const digits = scalar[0] === 0 ? scalar.subarray(1) : scalar;
        if ((scalar[0] ?? 0x80) >= 0x80 || digits.length > scalarLength)
          fail('DER_INVALID', 'a scalar of the signature is out of range');
        return concatBytes(new Uint8Array(scalarLength - digits.length), digits);
      });
      return concatBytes(...scalars);
    });
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
