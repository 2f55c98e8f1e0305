import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  formatDigest
} from "./chunk-UYWXTOMP.mjs";

// src/report/outputs.ts
var maxOutputLength = 5e5;
function subjectsJson({ identity, signed, manifestPath }) {
  const items = [];
  let length = 1;
  for (const subject of signed) {
    const item = JSON.stringify(subjectJson(subject, identity));
    length += item.length + 1;
    if (length > maxOutputLength)
      return JSON.stringify({ truncated: true, count: signed.length, manifest: manifestPath ?? null });
    items.push(item);
  }
  return `[${items.join(",")}]`;
}
function subjectJson({ name, digest, bundlePath, logs, signedAt, resumed, certificateValidity }, identity) {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // As bundles have it: 64 bits are more than a JSON number holds everywhere.
    logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    certificate: {
      notBefore: certificateValidity.notBefore.toISOString(),
      notAfter: certificateValidity.notAfter.toISOString()
    },
    signedAt: signedAt.toISOString(),
    resumed
  };
}

export {
  maxOutputLength,
  subjectsJson
};
