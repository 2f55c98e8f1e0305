import { digest, equalDigests, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { parseJson, asObject } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
var maxLength = 1024 * 1024;
var types = ["cosign container image signature", "atomic container signature"];
function readSimpleSigning(document) {
  return reading("STATEMENT_INVALID", "the simple signing document", () => {
    const { critical: stated } = object(parseJson(document, { maxLength }), "it");
    const critical = object(stated, "critical", ["identity", "image", "type"]);
    if (!types.includes(critical.type))
      fail("STATEMENT_INVALID", "critical.type is not the type of an image signature");
    const identity = object(critical.identity, "critical.identity", ["docker-reference"]);
    const image = object(critical.image, "critical.image", ["docker-manifest-digest"]);
    const digest2 = image["docker-manifest-digest"];
    const reference = identity["docker-reference"];
    if (typeof digest2 !== "string" || !/^[a-z0-9]+:[0-9a-f]+$/.test(digest2))
      fail("STATEMENT_INVALID", "critical.image.docker-manifest-digest is not a digest");
    if (typeof reference !== "string") fail("STATEMENT_INVALID", "critical.identity.docker-reference is not a string");
    return { dockerReference: reference, manifestDigest: parseDigest(digest2) };
  });
}
function object(value, place, known) {
  const members = asObject(value) ?? fail("STATEMENT_INVALID", `${place} is not an object`);
  const unknown = known && Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== void 0)
    fail("STATEMENT_INVALID", `${place} has an unknown member ${JSON.stringify(unknown.slice(0, 100))}`);
  return members;
}

import { neededDigests } from "./core-verify-needed-digests.mjs";

import { checkTexts, conclude, examine, noVerdict } from "./core-certificate-path.mjs";

import { check, criterionNames } from "./core-certificate-path.mjs";

async function examineSimpleSigning(bundle, document, image, trust, policy, now) {
  const { subjectName, ...content } = policy.content;
  const digests = neededDigests(bundle, policy).map((algorithm) => digest(algorithm, document));
  const signed = await examine(bundle, { digests, bytes: document }, trust, { ...policy, content }, now);
  const signature = signed.criteria.find(({ name, outcome }) => name === "signature" && outcome === "pass");
  const named = await check(
    { name: "image", expected: formatDigest(image) },
    { signature },
    () => namedImage(bundle, document, image),
    (found) => formatDigest(found.digest)
  );
  const texts = await checkTexts("image", named.proven, { subjectName });
  const criteria = [...signed.criteria, ...named.criteria, ...texts];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed.verdict, content: named.proven });
}
function namedImage({ content }, document, image) {
  if (content.kind !== "message-signature")
    fail("BUNDLE_INVALID", "the bundle contains a statement; expected the signature of a simple signing document");
  const { manifestDigest, dockerReference } = readSimpleSigning(document);
  if (!equalDigests(manifestDigest, image)) {
    fail(
      "ARTIFACT_MISMATCH",
      `the signature is for the image ${formatDigest(manifestDigest)}, not ${formatDigest(image)}`
    );
  }
  return { kind: "simple-signing", digest: image, dockerReference };
}
export {
  examineSimpleSigning,
  readSimpleSigning
};
