import { parseDigest } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
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
export {
  dockerHub,
  formatRepository,
  hubByItsName,
  mayPointTo,
  parseImageReference,
  parseRegistry,
  parseRepository,
  parseTag,
  registryOrigin,
  resolveAddress,
  withParameter
};
