import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  ed25519,
  eddsa
} from "./chunk-N3YVTKBA.mjs";
import {
  p256,
  p384,
  p521
} from "./chunk-DTGJNXJU.mjs";
import {
  readEcdsaSignature
} from "./chunk-RCED7V4C.mjs";
import {
  sha512
} from "./chunk-HQS2C6LB.mjs";
import {
  concatBytes,
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";
import "./chunk-ON453OIK.mjs";

// src/core/crypto/verify-on-curve.ts
var curves = { "ecdsa-p256": p256, "ecdsa-p384": p384, "ecdsa-p521": p521 };
function verifyEcdsa(kind, point, signature, digest) {
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === void 0) return false;
  const options = { prehash: false, lowS: false, format: "compact" };
  return accepted(() => curves[kind].verify(scalars, digest.bytes, point, options));
}
var ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data) => concatBytes(utf8("SigEd25519 no Ed25519 collisions"), new Uint8Array([1, 0]), data)
});
function verifyEd25519ph(key, signature, digest) {
  if (digest.algorithm !== "sha512") {
    fail("KEY_UNSUPPORTED", `an Ed25519 signature cannot be verified by a ${digest.algorithm} digest`, {
      remedy: "Give the artifact itself, or its SHA-512 digest."
    });
  }
  return accepted(() => ed25519OfDigest.verify(signature, digest.bytes, key.raw, { zip215: false }));
}
function accepted(verify) {
  try {
    return verify();
  } catch {
    return false;
  }
}
export {
  verifyEcdsa,
  verifyEd25519ph
};
