import { digest, equalDigests, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { parseJson, asList, asObject } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
var indexMediaType = "application/vnd.oci.image.index.v1+json";
var imageMediaType = "application/vnd.oci.image.manifest.v1+json";
var emptyMediaType = "application/vnd.oci.empty.v1+json";
var manifestMediaTypes = [
  indexMediaType,
  imageMediaType,
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json"
];
var maxManifestLength = 4 * 1024 * 1024;
var maxDescriptors = 2e4;
function isManifestMediaType(text) {
  return manifestMediaTypes.includes(text);
}
function readManifest(bytes, contentType, wanted, what) {
  const mediaType = readMediaType(contentType, what);
  const actual = demandDigest(bytes, wanted, what);
  const { mediaType: own, manifests, layers, config } = parseObject(bytes, what);
  if (own !== void 0 && own !== mediaType)
    fail("SERVICE_RESPONSE_INVALID", `${what} states a different media type than the registry`);
  if (manifests !== void 0 && (layers !== void 0 || config !== void 0)) {
    fail("SERVICE_RESPONSE_INVALID", `${what} is both an index and an image manifest`);
  }
  return { mediaType, digest: actual, bytes };
}
function readMediaType(contentType, what) {
  const named = mediaTypeOf(contentType);
  if (isManifestMediaType(named)) return named;
  const shown = named === "" ? "no media type" : `the media type ${JSON.stringify(named.slice(0, 100))}`;
  return fail("SERVICE_RESPONSE_INVALID", `${what} has ${shown}, which is not an OCI or Docker manifest or index`);
}
function mediaTypeOf(contentType) {
  return typeof contentType === "string" ? (contentType.split(";")[0] ?? "").trim().toLowerCase() : "";
}
function demandDigest(bytes, wanted, what) {
  const algorithm = wanted?.algorithm ?? "sha256";
  const actual = digest(algorithm, bytes);
  if (wanted !== void 0 && !equalDigests(actual, wanted)) {
    fail("SERVICE_RESPONSE_INVALID", `${what} has the wrong content: its digest is ${formatDigest(actual)}`);
  }
  return actual;
}
function readIndex(bytes, what) {
  const { manifests: listed } = parseObject(bytes, what);
  const manifests = asList(listed === null ? [] : listed) ?? fail("SERVICE_RESPONSE_INVALID", `${what} is not an index: it has no list "manifests"`);
  if (manifests.length > maxDescriptors) fail("LIMIT_EXCEEDED", `${what} lists more than ${maxDescriptors} manifests`);
  return manifests.map((item, at) => readDescriptor(item, `${what}: manifests[${at}]`));
}
function readImageManifest(bytes, what) {
  const { artifactType, layers: listed, subject } = parseObject(bytes, what);
  if (artifactType !== void 0 && typeof artifactType !== "string")
    return fail("SERVICE_RESPONSE_INVALID", `${what} has an artifactType that is not a string`);
  const layers = asList(listed ?? []) ?? fail("SERVICE_RESPONSE_INVALID", `${what} has layers that are not a list`);
  if (layers.length > maxDescriptors) fail("LIMIT_EXCEEDED", `${what} has more than ${maxDescriptors} layers`);
  return {
    artifactType,
    listsLayers: listed !== void 0,
    layers: layers.map((item, at) => readDescriptor(item, `${what}: layers[${at}]`)),
    subject: subject === void 0 || subject === null ? void 0 : readDescriptor(subject, `${what}: subject`)
  };
}
function readConfigDescriptor(bytes, what) {
  const { config } = parseObject(bytes, what);
  return config === void 0 ? fail("SERVICE_RESPONSE_INVALID", `${what} has no configuration`) : readDescriptor(config, `${what}: config`);
}
function readDescriptor(value, what) {
  const { mediaType, digest: written, size, artifactType, annotations, platform: named } = toObject(value, what);
  const refuse = (problem) => fail("SERVICE_RESPONSE_INVALID", `${what} ${problem}`);
  if (typeof mediaType !== "string" || mediaType === "") return refuse("has no media type");
  if (typeof written !== "string" || !/^[a-z0-9]+:[0-9a-f]+$/.test(written)) return refuse("has no digest");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return refuse("has no size");
  if (artifactType !== void 0 && typeof artifactType !== "string")
    return refuse("has an artifactType that is not a string");
  const platform = readPlatform(named);
  return {
    mediaType,
    digest: reading("SERVICE_RESPONSE_INVALID", what, () => parseDigest(written)),
    size,
    ...artifactType !== void 0 && { artifactType },
    ...annotations !== void 0 && { annotations: readAnnotations(annotations, what) },
    ...platform !== void 0 && { platform }
  };
}
function formatPlatform({ os, architecture, variant }) {
  return [os, architecture, ...variant === void 0 ? [] : [variant]].join("/");
}
function readPlatform(value) {
  const { os, architecture, variant } = asObject(value) ?? {};
  if (typeof os !== "string" || typeof architecture !== "string") return void 0;
  return { os, architecture, ...typeof variant === "string" && { variant } };
}
function readAnnotations(value, what) {
  const annotations = toObject(value, `${what}: annotations`);
  if (!Object.values(annotations).every((text) => typeof text === "string")) {
    fail("SERVICE_RESPONSE_INVALID", `${what}: annotations has a value that is not a string`);
  }
  return annotations;
}
function parseObject(bytes, what) {
  return toObject(
    reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(bytes, { maxLength: maxManifestLength })),
    what
  );
}
function toObject(value, what) {
  return asObject(value) ?? fail("SERVICE_RESPONSE_INVALID", `${what} is not an object`);
}
function descriptorJson({ digest: named, platform, ...rest }) {
  return { ...rest, digest: formatDigest(named), ...platform !== void 0 && { platform: { ...platform } } };
}
export {
  demandDigest,
  descriptorJson,
  emptyMediaType,
  formatPlatform,
  imageMediaType,
  indexMediaType,
  isManifestMediaType,
  manifestMediaTypes,
  maxManifestLength,
  mediaTypeOf,
  parseObject,
  readConfigDescriptor,
  readImageManifest,
  readIndex,
  readManifest,
  readMediaType,
  readPlatform
};
