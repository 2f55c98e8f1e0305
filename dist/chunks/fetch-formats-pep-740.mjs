import { bundleMediaType } from "./core-bundle-write-bundle.mjs";
import { statementPayloadType } from "./core-certificate-path.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { decodeBase64 } from "./core-encoding-der.mjs";
import { asList, asObject, asText, memberAt, decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
function malformedRubyGemsBundle(bundle) {
  const rawBytes = asText(memberAt(bundle, "verificationMaterial", "certificate", "rawBytes"));
  if (rawBytes === void 0 || !isEncodedTwice(rawBytes)) return void 0;
  return new CountersignError(
    "FORMAT_UNSUPPORTED",
    "the bundle is malformed: its certificate is base64-encoded twice, as in some bundles of RubyGems.org",
    {
      remedy: "Download the bundle again from RubyGems.org, which repairs such bundles, or ask the publisher of the gem for the original."
    }
  );
}
function isEncodedTwice(text) {
  const decoded = attempt(() => decodeUtf8(decodeBase64(text))) ?? "";
  return /^(?:-----BEGIN CERTIFICATE-----|MI[A-Za-z0-9+/\r\n]{64})/.test(decoded);
}
var maxWrapped = 1e3;
function isBundleObject(value) {
  const { mediaType = value.media_type } = value;
  if (typeof mediaType === "string" && /sigstore\.bundle/i.test(mediaType)) return true;
  return ["verificationMaterial", "messageSignature", "dsseEnvelope"].some((name) => name in value);
}
function wrapped(value, at) {
  return {
    at,
    read: () => {
      try {
        return readBundle(JSON.stringify(value));
      } catch (failure) {
        const object = asObject(value);
        if (!(failure instanceof CountersignError) || object === void 0) throw failure;
        throw malformedRubyGemsBundle(object) ?? failure;
      }
    }
  };
}
function withoutBundle(at, problem, remedy) {
  return { at, read: () => fail("FORMAT_UNSUPPORTED", problem, { remedy }) };
}
function demandNotTooMany(count) {
  if (count > maxWrapped) fail("LIMIT_EXCEEDED", `the file contains ${count} bundles; the limit is ${maxWrapped}`);
}
function readPep740(object, at) {
  if (!("verification_material" in object) || !("envelope" in object)) return void 0;
  return [{ at, read: () => readBundle(JSON.stringify(bundleJson(object))) }];
}
function readPyPiProvenance(object, at) {
  const groups = asList(object.attestation_bundles);
  if (groups === void 0) return void 0;
  demandNotTooMany(groups.length);
  const found = groups.flatMap((group, number) => {
    const list = asList(asObject(group)?.attestations) ?? [];
    demandNotTooMany(list.length);
    return list.flatMap((item, index) => {
      const place = `${at === "" ? "" : `${at}.`}attestation_bundles[${number}].attestations[${index}]`;
      return [{ at: place, read: () => readBundle(JSON.stringify(bundleJson(asObject(item) ?? {}))) }];
    });
  });
  demandNotTooMany(found.length);
  return found;
}
function bundleJson(attestation) {
  const {
    version,
    verification_material: material,
    envelope
  } = demandMembers(attestation, ["version", "verification_material", "envelope"], "the attestation");
  if (version !== 1)
    fail(
      "BUNDLE_UNSUPPORTED",
      `version ${JSON.stringify(version ?? null).slice(0, 50)} of PEP 740 attestations is not supported; only 1 is`
    );
  const { certificate, transparency_entries: entries } = demandMembers(
    material,
    ["certificate", "transparency_entries"],
    "verification_material"
  );
  const { statement, signature } = demandMembers(envelope, ["statement", "signature"], "envelope");
  return {
    mediaType: bundleMediaType,
    verificationMaterial: { certificate: { rawBytes: certificate ?? null }, tlogEntries: entries ?? [] },
    dsseEnvelope: {
      payload: statement ?? null,
      payloadType: statementPayloadType,
      signatures: [{ sig: signature ?? null }]
    }
  };
}
function demandMembers(value, names, what) {
  const object = asObject(value) ?? fail("BUNDLE_INVALID", `${what} is not an object`);
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown === void 0) return object;
  return fail("BUNDLE_INVALID", `${what} has an unknown member ${JSON.stringify(unknown.slice(0, 80))}`);
}
export {
  demandNotTooMany,
  isBundleObject,
  malformedRubyGemsBundle,
  readPep740,
  readPyPiProvenance,
  withoutBundle,
  wrapped
};
