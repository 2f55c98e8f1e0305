import { ed25519, eddsa } from "./noble-curves-abstract-edwards.mjs";
import { p256, p384, p521 } from "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import { readEcdsaSignature } from "./core-certificate-certificate.mjs";
import "./core-encoding-der.mjs";
import { sha512 } from "./node-regular-file.mjs";
import { concatBytes, utf8 } from "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
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
    fail("KEY_UNSUPPORTED", `a ${digest.algorithm} digest is not enough to verify an Ed25519 signature`, {
      remedy: "Verify the artifact itself, or its SHA-512 digest."
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
