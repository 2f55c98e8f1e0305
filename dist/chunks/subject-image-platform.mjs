import { readImageManifest } from "./services-registry-manifest.mjs";
import { equalDigests } from "./node-regular-file.mjs";
var suffixes = { signatures: "sig", attestations: "att", referrer: void 0 };
async function layoutAttachments(image, path) {
  const attached = await image.attached();
  return {
    getManifest: async (name) => typeof name === "string" ? void 0 : image.getManifest(name),
    getBlob: image.getBlob,
    findReferrers: async (digest) => {
      const descriptors = attached.flatMap(({ kind, manifest }) => {
        const { subject } = kind === "referrer" ? readImageManifest(manifest.bytes, path) : { subject: void 0 };
        return subject !== void 0 && equalDigests(subject.digest, digest) ? [described(manifest)] : [];
      });
      return { source: "layout", descriptors, unread: [], isAnswered: true };
    },
    untagged: (suffix) => attached.filter(({ kind }) => suffixes[kind] === suffix).map(({ manifest }) => manifest)
  };
}
function described({ mediaType, digest, bytes }) {
  return { mediaType, digest, size: bytes.length };
}

import { fail } from "./core-errors-codes.mjs";

function parsePlatform(text) {
  const [os = "", architecture = "", variant, ...more] = text.split("/");
  const isPlain = [os, architecture, variant ?? "v"].every((part) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(part));
  if (!isPlain || more.length > 0)
    fail("USAGE", `${JSON.stringify(text.slice(0, 200))} is not a valid platform`, {
      remedy: "Set `platform` to an operating system and an architecture: linux/amd64, or linux/arm64/v8."
    });
  return { os, architecture, ...variant !== void 0 && { variant } };
}
var usualVariants = /* @__PURE__ */ new Map([
  ["arm64", "v8"],
  ["arm", "v7"]
]);
function isPlatform(platform, wanted) {
  return isSameMachine(platform, wanted) && (wanted.variant === void 0 || variantOf(platform) === variantOf(wanted));
}
function agree(a, b) {
  return isSameMachine(a, b) && (a.variant === void 0 || b.variant === void 0 || variantOf(a) === variantOf(b));
}
function isSameMachine(a, b) {
  return a.os === b.os && a.architecture === b.architecture;
}
function variantOf({ architecture, variant }) {
  return variant ?? usualVariants.get(architecture) ?? "";
}
function isNoPlatform(platform) {
  return platform?.os === "unknown" && platform.architecture === "unknown";
}
export {
  agree,
  isNoPlatform,
  isPlatform,
  layoutAttachments,
  parsePlatform
};
