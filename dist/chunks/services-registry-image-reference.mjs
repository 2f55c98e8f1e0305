import { digest, equalDigests, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { asList, asObject, parseJson } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
function isLoopback({ hostname }) {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
function leadsHere(url) {
  const isAlias = /^(?:0\.0\.0\.0|\[::\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\]|(?:.+\.)?localhost\.)$/;
  return isLoopback(url) || isAlias.test(url.hostname);
}
function mayPointTo(registry, target) {
  if (target.username !== "" || target.password !== "") return false;
  if (target.protocol === "https:") return isLoopback(registry) || !leadsHere(target);
  return target.protocol === "http:" && isLoopback(target) && isLoopback(registry);
}
function resolveAddress(written, base) {
  if (typeof written !== "string" || !URL.canParse(written, base)) return void 0;
  return new URL(written, base);
}
function withParameter(url, name, value) {
  const result = new URL(url);
  const parameter = `${name}=${encodeURIComponent(value)}`;
  result.search = url.search === "" ? parameter : `${url.search}&${parameter}`;
  return result;
}
var alphanumeric = "[a-z0-9]+";
var nameShape = new RegExp(
  `^${alphanumeric}(?:(?:[._]|__|-+)${alphanumeric})*(?:/${alphanumeric}(?:(?:[._]|__|-+)${alphanumeric})*)*$`
);
var label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
var hostShape = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:]+\\])(?::([1-9]\\d{0,4}))?$`);
var tagShape = /^\w[\w.-]{0,127}$/;
var digestShape = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
var maxNameLength = 255;
var maxLength = 1024;
function parseImageReference(text) {
  const shown = JSON.stringify(withoutAccount(text).slice(0, 200));
  const refuse = refusal(text, "image name");
  demandPlain(text, refuse);
  const [named = "", writtenDigest, more] = text.split("@");
  if (more !== void 0) refuse('it contains more than one "@"');
  const { rest, tag } = splitTag(named);
  if (tag !== void 0 && !tagShape.test(tag)) refuse(`its tag must be ${tagRule}`);
  const repository = readRepository(rest, refuse);
  if (tag === void 0 && writtenDigest === void 0) {
    fail("USAGE", `the image name ${shown} has neither a tag nor a digest`, {
      remedy: 'Append "@sha256:\u2026" or ":tag".'
    });
  }
  return {
    repository,
    tag,
    digest: writtenDigest === void 0 ? void 0 : readDigest(writtenDigest, refuse)
  };
}
function parseRepository(text) {
  const refuse = refusal(text, "repository name");
  demandPlain(text, refuse);
  if (text.includes("@") || splitTag(text).tag !== void 0)
    refuse("it has a tag or a digest, or no path after the registry");
  return readRepository(text, refuse);
}
function refusal(text, what) {
  const shown = JSON.stringify(withoutAccount(text).slice(0, 200));
  return (problem, remedy) => fail("USAGE", `${shown} is not a valid ${what}: ${problem}`, remedy === void 0 ? {} : { remedy });
}
function demandPlain(text, refuse) {
  if (text.length > maxLength) refuse(`it has ${text.length} characters; the limit is ${maxLength}`);
  if (text === "") refuse("it is empty");
  if (!/^[\x21-\x7e]+$/.test(text)) refuse("it contains a space or a non-ASCII character");
  if (text.includes("://")) refuse('it is a URL; remove everything up to "://"');
}
var tagRule = 'at most 128 letters, digits, "_", "." and "-", and must not start with "." or "-"';
function parseTag(text) {
  return tagShape.test(text) ? text : fail("USAGE", `${JSON.stringify(text.slice(0, 200))} is not a valid tag: a tag must be ${tagRule}`);
}
function parseRegistry(text) {
  const refuse = (problem) => fail("USAGE", `${JSON.stringify(text.replace(/^.*@/s, "").slice(0, 200))} is not a valid registry: ${problem}`, {
    remedy: "Specify only the host, as in image names: ghcr.io, or registry.example:5000."
  });
  const host = text.replace(/^https?:\/\//, "").replace(/\/(?:v[12]\/?)?$/, "");
  if (host.includes("/")) refuse("it has a path");
  return hubByItsName(readHost(host.toLowerCase(), refuse));
}
function formatRepository({ registry, name }) {
  return `${registry}/${name}`;
}
function registryOrigin({ registry }) {
  const host = registry === dockerHub ? "registry-1.docker.io" : registry;
  const secure = new URL(`https://${host}`);
  return isLoopback(secure) ? new URL(`http://${host}`) : secure;
}
var dockerHub = "docker.io";
function splitTag(named) {
  const colon = named.lastIndexOf(":");
  if (colon === -1 || named.indexOf("/", colon) !== -1) return { rest: named, tag: void 0 };
  return { rest: named.slice(0, colon), tag: named.slice(colon + 1) };
}
function readRepository(text, refuse) {
  const slash = text.indexOf("/");
  const first = slash === -1 ? "" : text.slice(0, slash);
  const isHost = /[.:]/.test(first) || first.toLowerCase() === "localhost";
  const registry = isHost ? hubByItsName(readHost(first.toLowerCase(), refuse)) : dockerHub;
  const written = isHost ? text.slice(slash + 1) : text;
  const name = registry === dockerHub && !written.includes("/") ? `library/${written}` : written;
  if (written === "") refuse("it has no path after the registry");
  if (/[A-Z]/.test(written)) {
    refuse(
      "it contains upper-case letters",
      "Write it in lower case. In a workflow, GITHUB_REPOSITORY keeps the owner's capitals."
    );
  }
  if (!nameShape.test(name)) {
    refuse(
      'a name consists of lower-case letters and digits, with "/" between components, and ".", "_", "__" or "-" within them'
    );
  }
  if (/^[0-9a-f]{64}$/.test(written)) refuse("a name of 64 hexadecimal digits would be read as a digest");
  const { length } = `${registry}/${name}`;
  if (length > maxNameLength) refuse(`registry and name have ${length} characters; the limit is ${maxNameLength}`);
  return { registry, name };
}
function readHost(host, refuse) {
  const [, port] = hostShape.exec(host) ?? refuse("its registry is not a host name with an optional port");
  if (Number(port ?? 0) > 65535) refuse("its registry has a port above 65535");
  const { hostname } = parseHost(host, refuse);
  if (hostname !== host.replace(/:\d+$/, "")) refuse(`its registry must be written as ${hostname}`);
  return host;
}
function parseHost(host, refuse) {
  return URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : refuse("its registry is not a host name");
}
function hubByItsName(host) {
  return host === "index.docker.io" || host === "registry-1.docker.io" ? dockerHub : host;
}
function readDigest(text, refuse) {
  if (!digestShape.test(text))
    refuse("its digest must be sha256:, sha384: or sha512: followed by 64, 96 or 128 lower-case hexadecimal digits");
  return parseDigest(text);
}
function withoutAccount(text) {
  return text.replace(/^([a-z]+:\/\/).*@(?!sha\d+:)/is, "$1").replace(/^[^/@]*:[^/]*@(?=[^/]*[/.])/, "");
}
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

import { sep, win32 } from "node:path";
function readImageName(written, separator = sep) {
  const [, path] = /^(?:oci|oci-archive|docker-archive):(?!\/\/)(.*)$/s.exec(written) ?? [];
  if (path === "") fail("USAGE", `${JSON.stringify(written)} has no path after the colon`);
  if (path !== void 0) return { kind: "path", path };
  const begins = separator === win32.sep ? /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/ : /^\.{0,2}\//;
  if (begins.test(written)) return { kind: "path", path: written };
  return { kind: "reference", reference: parseImageReference(written.replace(/^oci:\/\//, "")) };
}
export {
  demandDigest,
  descriptorJson,
  dockerHub,
  emptyMediaType,
  formatPlatform,
  formatRepository,
  hubByItsName,
  imageMediaType,
  indexMediaType,
  isManifestMediaType,
  manifestMediaTypes,
  maxManifestLength,
  mayPointTo,
  mediaTypeOf,
  parseImageReference,
  parseObject,
  parseRegistry,
  parseRepository,
  parseTag,
  readImageManifest,
  readImageName,
  readIndex,
  readManifest,
  readMediaType,
  registryOrigin,
  resolveAddress,
  withParameter
};
