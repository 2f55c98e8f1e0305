import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  readSequence
} from "./chunk-HQS2C6LB.mjs";
import {
  concatBytes
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/core/crypto/ecdsa-signature.ts
var scalarLengths = { "ecdsa-p256": 32, "ecdsa-p384": 48, "ecdsa-p521": 66 };
function readEcdsaSignature(signature, kind) {
  const scalarLength = scalarLengths[kind];
  try {
    return readSequence(signature, (der) => {
      const scalars = [der.integerBytes(), der.integerBytes()].map((scalar) => {
        const digits = scalar[0] === 0 ? scalar.subarray(1) : scalar;
        if ((scalar[0] ?? 128) >= 128 || digits.length > scalarLength) fail("DER_INVALID", "a scalar out of range");
        return concatBytes(new Uint8Array(scalarLength - digits.length), digits);
      });
      return concatBytes(...scalars);
    });
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}

export {
  readEcdsaSignature
};
