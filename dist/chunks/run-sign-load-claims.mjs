import { provenancePredicateType } from "./identity-verify-token.mjs";
import "./identity-providers-github-actions.mjs";
import "./services-http-back-off.mjs";
import { subjectName } from "./node-concurrency.mjs";
import "./services-http-answer.mjs";
import "./node-secret.mjs";
import { maxPredicateValues, readStatement } from "./core-certificate-path.mjs";
import "./core-log-cosignature.mjs";
import { utf8Text, NotRegularFile, readRegularFile, digestLengths, equalDigests, formatDigest, isHash, isHashAlgorithm, sharedDigests, toDigest } from "./node-regular-file.mjs";
import { decodeHex } from "./core-encoding-der.mjs";
import "./core-encoding-der-writer.mjs";
import { parseJsonObject, asList, asObject, asText, memberAt, isWellFormed, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, inContext, systemCode } from "./core-errors-codes.mjs";
import "./run-world-world.mjs";
import { resolve } from "node:path";
var cosignCustom = "https://cosign.sigstore.dev/attestation/v1";
var custom = {
  name: "custom",
  uris: [cosignCustom],
  words: { custom: cosignCustom },
  read: (document, predicateType) => {
    if (!holdsText(predicateType)) return { predicateType, predicate: document.members };
    const Timestamp = document.readAt.toISOString().replace(/\.\d+Z$/, "Z");
    return { predicateType, predicate: { Data: document.text, Timestamp } };
  }
};
function holdsText(uri5) {
  return uri5 === cosignCustom;
}
function demandExact(document) {
  if (typeof document === "string") demandText(document);
  if (typeof document === "number" && !(Number.isInteger(document) ? Number.isSafeInteger(document) : Number.isFinite(document)))
    fail("STATEMENT_INVALID", "it contains a number that JSON readers do not agree on", {
      remedy: "Write numbers above 2^53 as text."
    });
  for (const item of asList(document) ?? []) demandExact(item);
  for (const [name, value] of Object.entries(asObject(document) ?? {})) {
    demandText(name);
    demandExact(value);
  }
}
function demandText(text) {
  if (!isWellFormed(text)) fail("STATEMENT_INVALID", "it contains half of a surrogate pair, which is not text");
}
var secretPatterns = [
  { kind: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/ },
  { kind: "a fine-grained GitHub token", pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/ },
  { kind: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  { kind: "a PyPI token", pattern: /\bpypi-AgE[A-Za-z0-9_-]{50}/ },
  { kind: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { kind: "a Google API key", pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  { kind: "a Google access token", pattern: /\bya29\.[A-Za-z0-9_-]{30}/ },
  { kind: "an Azure storage key", pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  {
    kind: "an Azure client secret",
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{34}(?![A-Za-z0-9_~.-])/
  },
  { kind: "a Slack token", pattern: /\bxox[abeoprs]-[0-9]{6,}-[A-Za-z0-9-]{10}/ },
  { kind: "a Slack webhook", pattern: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20}/ },
  { kind: "a JSON Web Token", pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10}/ }
];
var maxFound = 10;
function findSecrets(document) {
  const found = [];
  const examine = (text, pointer) => {
    for (const { kind, pattern } of secretPatterns)
      if (found.length < maxFound && pattern.test(text)) found.push({ pointer, kind });
  };
  const visit = (value, pointer) => {
    if (typeof value === "string") examine(value, pointer);
    for (const [index, item] of (asList(value) ?? []).entries()) visit(item, `${pointer}/${index}`);
    for (const [name, inner] of Object.entries(asObject(value) ?? {})) {
      const before = found.length;
      examine(name, pointer);
      visit(inner, found.length > before ? pointer : `${pointer}/${escaped(name)}`);
    }
  };
  visit(document, "");
  return found;
}
function escaped(name) {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
function part(document, ...[first = "", ...path]) {
  return path.reduce(member, { place: first, value: document[first] });
}
function member(outer, name) {
  return { place: `${outer.place}.${name}`, value: objectOf(outer)[name] };
}
function objectOf({ place, value }) {
  return asObject(value) ?? refuse(place, value, "an object");
}
function listOf({ place, value }) {
  const items = asList(value) ?? refuse(place, value, "a list");
  return items.map((item, index) => ({ place: `${place}[${index}]`, value: item }));
}
function textOf({ place, value }) {
  return asText(value) || refuse(place, value, "a text that is not empty");
}
var timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;
function timeOf(one) {
  const text = textOf(one);
  if (!timeShape.test(text) || Number.isNaN(Date.parse(text)))
    refuse(one.place, text, "a time such as 2026-01-31T12:00:00Z");
  return text;
}
function oneOf({ place, value }, allowed) {
  const text = asText(value);
  if (text !== void 0 && allowed.includes(text)) return text;
  return refuse(place, value, `one of ${allowed.join(", ")}`);
}
function optional(one, read) {
  return one.value === void 0 ? void 0 : read(one);
}
function refuse(place, value, wanted) {
  const problem = value === void 0 ? "is missing; it must be" : "is not";
  return fail("STATEMENT_INVALID", `${place} ${problem} ${wanted}`, {
    remedy: "Create the document again with a tool that follows its specification."
  });
}
var uri = "https://cosign.sigstore.dev/attestation/vuln/v1";
var cosignVuln = {
  name: "vuln",
  uris: [uri],
  words: { vuln: uri },
  read: ({ members: document }, predicateType) => {
    check(document);
    return { predicateType, predicate: document };
  }
};
function check(document) {
  objectOf(part(document, "invocation"));
  textOf(part(document, "scanner", "uri"));
  const result = part(document, "scanner", "result");
  if (result.value === void 0) refuse(result.place, result.value, "the report of the scanner");
  timeOf(part(document, "metadata", "scanStartedOn"));
  timeOf(part(document, "metadata", "scanFinishedOn"));
}
function namedDigest(algorithm, hex) {
  if (typeof algorithm !== "string" || typeof hex !== "string") return void 0;
  const name = algorithm.toLowerCase().replace("-", "");
  if (!isHashAlgorithm(name) || hex.length !== digestLengths[name] * 2 || !/^[0-9a-f]*$/i.test(hex)) return void 0;
  return toDigest(name, decodeHex(hex.toLowerCase()));
}
function digestText(text) {
  if (typeof text !== "string") return void 0;
  const [, algorithm, hex] = /^(sha\d+):([0-9a-f]+)$/i.exec(text) ?? [];
  return namedDigest(algorithm, hex);
}
function packageUrlDigests(purl) {
  if (typeof purl !== "string" || !purl.startsWith("pkg:")) return [];
  const [, path = "", query = ""] = /^pkg:([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
  const version = decoded(path.slice(path.lastIndexOf("@") + 1));
  const checksums = query.split("&").filter((pair) => pair.startsWith("checksum=")).flatMap((pair) => decoded(pair.slice("checksum=".length)).split(","));
  return distinct([version, ...checksums].flatMap((text) => digestText(text) ?? []));
}
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
function distinct(digests) {
  return digests.filter(
    (digest, index) => digests.findIndex((one) => one.algorithm === digest.algorithm && equalDigests(one, digest)) === index
  );
}
var uri2 = "https://cyclonedx.org/bom";
var versions = ["1.4", "1.5", "1.6", "1.7"];
var serialNumber = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
var cyclonedx = {
  name: "cyclonedx",
  uris: [uri2],
  words: { cyclonedx: uri2 },
  recognise: ({ bomFormat }) => bomFormat === void 0 ? void 0 : uri2,
  read: ({ members: document }, predicateType) => {
    check2(document);
    return { predicateType, predicate: document };
  },
  describes: (document) => {
    const digests = digestsOf(asObject(memberAt(document, "metadata", "component")) ?? {});
    return digests.length === 0 ? [] : [digests];
  }
};
function check2(document) {
  oneOf(part(document, "bomFormat"), ["CycloneDX"]);
  const version = oneOf(part(document, "specVersion"), versions);
  const revision = part(document, "version");
  const isRequired = version === "1.4";
  if ((isRequired || revision.value !== void 0) && !(Number.isInteger(revision.value) && Number(revision.value) >= 1))
    refuse(revision.place, revision.value, "a number from 1");
  const serial = part(document, "serialNumber");
  if (serial.value !== void 0 && !serialNumber.test(textOf(serial)))
    refuse(serial.place, serial.value, "a `urn:uuid:`");
  optional(part(document, "metadata"), (metadata) => optional(member(metadata, "component"), checkComponent));
  optional(part(document, "components"), (components) => listOf(components).forEach(checkComponent));
}
function checkComponent(component) {
  textOf(member(component, "type"));
  textOf(member(component, "name"));
}
function digestsOf({ hashes, purl, version }) {
  const stated = distinct([
    ...(asList(hashes) ?? []).flatMap((hash) => {
      const { alg, content } = asObject(hash) ?? {};
      return namedDigest(alg, content) ?? [];
    }),
    ...packageUrlDigests(purl)
  ]);
  const named = digestText(version);
  return stated.length > 0 || named === void 0 ? stated : [named];
}
var older = "https://in-toto.io/Link/v1";
var current = "https://in-toto.io/attestation/link/v0.3";
var link = {
  name: "link",
  uris: [current, older],
  words: { link: older },
  read: ({ members: document }, predicateType) => {
    if (predicateType === older) checkOlder(document);
    else check3(document);
    return { predicateType, predicate: document };
  }
};
function check3(document) {
  textOf(part(document, "name"));
  optional(part(document, "command"), (command) => listOf(command).forEach(argument));
  optional(part(document, "materials"), (materials) => {
    for (const material of listOf(materials)) {
      textOf(member(material, "name"));
      objectOf(member(material, "digest"));
    }
  });
  for (const name of ["byproducts", "environment"]) optional(part(document, name), objectOf);
}
function checkOlder(document) {
  oneOf(part(document, "_type"), ["link"]);
  textOf(part(document, "name"));
  listOf(part(document, "command")).forEach(argument);
  for (const name of ["materials", "products", "byproducts", "environment"]) objectOf(part(document, name));
}
function argument(one) {
  if (one.value !== "") textOf(one);
}
var uri3 = "https://openvex.dev/ns";
var openvex = {
  name: "openvex",
  uris: [uri3, `${uri3}/v0.2.0`],
  words: { openvex: uri3 },
  read: ({ members: document }, predicateType) => {
    check4(document);
    return { predicateType, predicate: document };
  }
};
function check4(document) {
  const context2 = part(document, "@context");
  const stated = asText(context2.value) ?? "";
  if (stated !== uri3 && !stated.startsWith(`${uri3}/`)) refuse(context2.place, context2.value, `the context ${uri3}`);
  textOf(part(document, "@id"));
  textOf(part(document, "author"));
  timeOf(part(document, "timestamp"));
  const version = part(document, "version");
  if (typeof version.value !== "number") textOf(version);
  const statements = part(document, "statements");
  if (listOf(statements).length === 0) refuse(statements.place, statements.value, "a list with a statement");
  for (const statement of listOf(statements)) {
    const vulnerability = member(statement, "vulnerability");
    if (typeof vulnerability.value !== "string") textOf(member(vulnerability, "name"));
    oneOf(member(statement, "status"), ["not_affected", "affected", "fixed", "under_investigation"]);
  }
}
var version1 = "https://in-toto.io/attestation/release/v0.1";
var version2 = "https://in-toto.io/attestation/release/v0.2";
var versioned = /^pkg:[A-Za-z][A-Za-z0-9.+-]*\/[^?#]*[^/?#]@[^/@?#]+(?:[?#].*)?$/;
var release = {
  name: "release",
  uris: [version2, version1],
  words: { release: version2 },
  read: ({ members: document }, predicateType) => {
    check5(document, predicateType === version1 ? "releaseId" : "packageId");
    return { predicateType, predicate: document };
  }
};
function check5(document, idMember) {
  const purl = part(document, "purl");
  if (!versioned.test(textOf(purl))) refuse(purl.place, purl.value, "a package URL with a version");
  optional(part(document, idMember), textOf);
}
var version02 = "https://slsa.dev/provenance/v0.2";
var slsaProvenance = {
  name: "provenance",
  uris: [provenancePredicateType, version02],
  words: { slsaprovenance: version02, slsaprovenance02: version02, slsaprovenance1: provenancePredicateType },
  read: ({ members: document }, predicateType) => {
    if (predicateType === version02) check02(document);
    else check6(document);
    return { predicateType, predicate: document };
  }
};
function check6(document) {
  textOf(part(document, "buildDefinition", "buildType"));
  objectOf(part(document, "buildDefinition", "externalParameters"));
  optional(part(document, "buildDefinition", "internalParameters"), objectOf);
  optional(part(document, "buildDefinition", "resolvedDependencies"), (all) => listOf(all).forEach(objectOf));
  textOf(part(document, "runDetails", "builder", "id"));
}
function check02(document) {
  textOf(part(document, "builder", "id"));
  textOf(part(document, "buildType"));
  optional(part(document, "materials"), (all) => listOf(all).forEach(objectOf));
}
var context = /^https:\/\/spdx\.org\/rdf\/(3\.0(?:\.\d+)?)\/spdx-context\.jsonld$/;
function isSpdx3(document) {
  const stated = document["@context"];
  return typeof stated === "string" && stated.startsWith("https://spdx.org/rdf/");
}
function spdx3Version(document) {
  const stated = part(document, "@context");
  const [, version] = context.exec(asText(stated.value) ?? "") ?? [];
  return version ?? refuse(stated.place, stated.value, "the context of SPDX 3.0");
}
function checkSpdx3(document) {
  spdx3Version(document);
  const graph = part(document, "@graph");
  const elements2 = listOf(graph).map(objectOf);
  if (elements2.filter(isOf("SpdxDocument")).length !== 1)
    refuse(graph.place, graph.value, "a graph with exactly one SpdxDocument");
  const ids = elements2.flatMap((element) => idOf(element) ?? []);
  if (new Set(ids).size !== ids.length)
    refuse(graph.place, graph.value, "a graph in which each identifier occurs once");
}
function describedBySpdx3(document) {
  const elements2 = objects(document["@graph"]);
  const byId = new Map(elements2.flatMap((element) => [[idOf(element) ?? "", element]]));
  return roots(elements2.filter(isOf("SpdxDocument")), byId).map((element) => digestsOf2(element, byId)).filter(({ length }) => length > 0);
}
function roots(collections, byId) {
  const found = /* @__PURE__ */ new Set();
  const pending = [...collections];
  for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...objects(next.rootElement, byId));
  }
  return [...found].filter(({ rootElement }) => rootElement === void 0);
}
function digestsOf2(element, byId) {
  const stated = distinct([
    ...objects(element.verifiedUsing, byId).flatMap(
      ({ algorithm, hashValue }) => namedDigest(algorithm, hashValue) ?? []
    ),
    ...packageUrlDigests(element.software_packageUrl),
    ...objects(element.externalIdentifier, byId).flatMap(({ identifier }) => packageUrlDigests(identifier))
  ]);
  const version = digestText(element.software_packageVersion);
  return stated.length > 0 || version === void 0 ? stated : [version];
}
function objects(value, byId = /* @__PURE__ */ new Map()) {
  const items = asList(value) ?? (value === void 0 ? [] : [value]);
  return items.map((item) => typeof item === "string" ? byId.get(item) : asObject(item)).filter((item) => item !== void 0);
}
function isOf(type) {
  return (element) => (element.type ?? element["@type"]) === type;
}
function idOf(element) {
  return asText(element.spdxId ?? element["@id"]);
}
var anyVersion = "https://spdx.dev/Document";
var versions2 = {
  "SPDX-2.2": `${anyVersion}/v2.2`,
  "SPDX-2.3": `${anyVersion}/v2.3`
};
var version3 = `${anyVersion}/v3`;
var spdx = {
  name: "spdx",
  uris: [...Object.values(versions2), version3, `${version3}.0`, `${version3}.0.1`, anyVersion],
  words: { spdx: anyVersion, spdxjson: anyVersion },
  recognise: (document) => document.spdxVersion === void 0 && !isSpdx3(document) ? void 0 : versionUri(document),
  read: ({ members: document }, predicateType) => {
    const own = versionUri(document);
    if (predicateType !== anyVersion && predicateType !== own && !(own === version3 && isVersion3(document, predicateType)))
      fail("PREDICATE_TYPE_MISMATCH", `the document is of the type ${own}, not ${predicateType}`, {
        remedy: `Specify the type ${own}, or \`sbom-path\`, which recognises it.`
      });
    if (own === version3) checkSpdx3(document);
    else checkSpdx2(document);
    return { predicateType, predicate: document };
  },
  describes: (document) => isSpdx3(document) ? describedBySpdx3(document) : describedBySpdx2(document)
};
function isVersion3(document, uri5) {
  return uri5 === `${version3}.0` || uri5 === `${anyVersion}/v${spdx3Version(document)}`;
}
function versionUri(document) {
  if (isSpdx3(document)) return version3;
  return versions2[oneOf(part(document, "spdxVersion"), Object.keys(versions2))] ?? anyVersion;
}
function checkSpdx2(document) {
  oneOf(part(document, "SPDXID"), ["SPDXRef-DOCUMENT"]);
  for (const name of ["name", "dataLicense", "documentNamespace"]) textOf(part(document, name));
  timeOf(part(document, "creationInfo", "created"));
  const creators = part(document, "creationInfo", "creators");
  if (listOf(creators).map(textOf).length === 0) refuse(creators.place, creators.value, "a list with a creator");
  for (const list of ["packages", "files", "relationships"])
    for (const element of document[list] === void 0 ? [] : listOf(part(document, list))) objectOf(element);
}
function describedBySpdx2(document) {
  const described = describedIds(document);
  return [...elements(document, "packages"), ...elements(document, "files")].filter(({ SPDXID: id }) => typeof id === "string" && described.has(id)).map(digestsOf3).filter(({ length }) => length > 0);
}
function describedIds(document) {
  const related = elements(document, "relationships").flatMap(
    ({ spdxElementId: from, relationshipType: type, relatedSpdxElement: to }) => type === "DESCRIBES" && from === document.SPDXID ? [to] : type === "DESCRIBED_BY" && to === document.SPDXID ? [from] : []
  );
  return new Set([...asList(document.documentDescribes) ?? [], ...related].flatMap((id) => asText(id) ?? []));
}
function digestsOf3(element) {
  const stated = distinct([
    ...elements(element, "checksums").flatMap(
      ({ algorithm, checksumValue }) => namedDigest(algorithm, checksumValue) ?? []
    ),
    ...elements(element, "externalRefs").flatMap(({ referenceLocator }) => packageUrlDigests(referenceLocator))
  ]);
  const version = digestText(element.versionInfo);
  return stated.length > 0 || version === void 0 ? stated : [version];
}
function elements(owner, name) {
  return (asList(owner[name]) ?? []).map(asObject).filter((item) => item !== void 0);
}
var uri4 = "https://in-toto.io/attestation/test-result/v0.1";
var testResult = {
  name: "test-result",
  uris: [uri4],
  words: { "test-result": uri4 },
  read: ({ members: document }, predicateType) => {
    check7(document);
    return { predicateType, predicate: document };
  }
};
function check7(document) {
  oneOf(part(document, "result"), ["PASSED", "WARNED", "FAILED"]);
  listOf(part(document, "configuration")).forEach(objectOf);
  optional(part(document, "url"), textOf);
  for (const name of ["passedTests", "warnedTests", "failedTests"])
    optional(part(document, name), (tests) => listOf(tests).forEach(textOf));
}
var version12 = "https://in-toto.io/attestation/vulns/v0.1";
var version22 = "https://in-toto.io/attestation/vulns/v0.2";
var vulns = {
  name: "vulns",
  uris: [version22, version12],
  words: { vulns: version22 },
  read: ({ members: document }, predicateType) => {
    check8(document);
    return { predicateType, predicate: document };
  }
};
function check8(document) {
  textOf(part(document, "scanner", "uri"));
  optional(part(document, "scanner", "version"), textOf);
  timeOf(part(document, "scanner", "db", "lastUpdate"));
  for (const found of listOf(part(document, "scanner", "result"))) {
    textOf(member(found, "id"));
    for (const severity of listOf(member(found, "severity"))) {
      textOf(member(severity, "method"));
      textOf(member(severity, "score"));
    }
    optional(member(found, "annotations"), (annotations) => listOf(annotations).forEach(objectOf));
  }
  timeOf(part(document, "metadata", "scanStartedOn"));
  timeOf(part(document, "metadata", "scanFinishedOn"));
}
var predicateTypes = [
  slsaProvenance,
  spdx,
  cyclonedx,
  testResult,
  vulns,
  cosignVuln,
  openvex,
  release,
  link,
  custom
];
var predicateWords = predicateTypes.flatMap(({ words }) => Object.keys(words));
var absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;
var maxUriLength = 2048;
function namedType(name) {
  for (const type of predicateTypes) {
    const uri5 = Object.hasOwn(type.words, name) ? type.words[name] : void 0;
    if (uri5 !== void 0) return { type, uri: uri5 };
  }
  if (!absoluteUri.test(name) || name.length > maxUriLength)
    fail("USAGE", `${JSON.stringify(name.slice(0, 100))} is not a predicate type`, {
      remedy: `Use a URI, or one of ${predicateWords.join(", ")}.`
    });
  return { type: predicateTypes.find(({ uris }) => uris.includes(name)) ?? custom, uri: name };
}
function recogniseSbom(document) {
  for (const type of [spdx, cyclonedx]) {
    const uri5 = type.recognise?.(document);
    if (uri5 !== void 0) return { type, uri: uri5 };
  }
  return fail("STATEMENT_INVALID", `it is not an SBOM${hint(document)}`, {
    remedy: "Create an SBOM as JSON: SPDX 2.2, 2.3 or 3.0, or CycloneDX 1.4 to 1.7."
  });
}
function hint({ _type, artifacts, schema }) {
  if (asText(_type)?.startsWith("https://in-toto.io/Statement/")) return " but a whole statement";
  return artifacts !== void 0 && schema !== void 0 ? " but in syft's own format" : "";
}
var maxLength = 16 * 1024 * 1024;
async function loadClaims(request, { folder, isAlone }, world) {
  demandOneKind(request);
  const { sbomPath, statement, attest = [], allowSecrets = false, documentFolder = folder } = request;
  const at = (path) => resolve(documentFolder, path);
  if (statement !== void 0) {
    const source = await readSource(at(statement), statement, world);
    return statementClaim(source, request, isAlone);
  }
  const claim = (type, source) => documentClaim(type, source, allowSecrets);
  if (sbomPath !== void 0)
    return { attestations: [claim(void 0, await readSource(at(sbomPath), sbomPath, world))] };
  if (attest.length === 0) {
    const { predicateType, source } = await customSource(request, at, world);
    return { attestations: [claim(predicateType, source)] };
  }
  const attestations = [];
  for (const [index, line] of attest.entries()) {
    if (attest.indexOf(line) !== index)
      fail("USAGE", `\`attestations\` has ${JSON.stringify(line)} twice`, { remedy: "Remove one of them." });
    if (line === "provenance") attestations.push({ kind: "provenance" });
    else {
      const { type, path } = splitLine(line);
      attestations.push(claim(type, await readSource(at(path), path, world)));
    }
  }
  return { attestations };
}
function demandOneKind({
  sbomPath,
  predicateType,
  predicate,
  predicatePath,
  statement,
  attest = []
}) {
  const kinds = [
    ...sbomPath === void 0 ? [] : ["`sbom-path`"],
    ...customOption({ predicate, predicatePath }),
    // A statement may have its expected type beside it.
    ...predicateType === void 0 || (statement ?? predicate ?? predicatePath) !== void 0 ? [] : ["`predicate-type`"],
    ...statement === void 0 ? [] : ["`statement`"],
    ...attest.length === 0 ? [] : ["`attestations`"]
  ];
  if (kinds.length > 1)
    fail("USAGE", `${kinds.join(" and ")} cannot be combined`, {
      remedy: "List all of them in `attestations`, or use a step for each."
    });
}
function customOption({ predicate, predicatePath }) {
  if (predicatePath !== void 0) return ["`predicate-path`"];
  return predicate === void 0 ? [] : ["`predicate`"];
}
async function customSource({ predicateType, predicate, predicatePath }, at, world) {
  if (predicateType === void 0)
    return fail("USAGE", "a predicate is specified, but not its type", { remedy: "Set `predicate-type`." });
  if (predicate !== void 0 && predicatePath !== void 0)
    return fail("USAGE", "`predicate` and `predicate-path` cannot be combined", { remedy: "Remove one of them." });
  if (predicatePath !== void 0)
    return { predicateType, source: await readSource(at(predicatePath), predicatePath, world) };
  if (predicate === void 0)
    return fail("USAGE", "the type of a predicate is specified, but no predicate", {
      remedy: "Set `predicate-path` or `predicate`."
    });
  if (Buffer.byteLength(predicate) > maxLength) failLength("the input `predicate`");
  return { predicateType, source: sourceOf("the input `predicate`", predicate, world) };
}
function splitLine(line) {
  const at = line.indexOf("=");
  const [type, path] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  if (at < 1 || type === "" || path === "")
    fail("USAGE", `\`attestations\` has ${JSON.stringify(line)}, which is not valid`, {
      remedy: "Use `provenance`, or a type and a path, such as `sbom=sbom.spdx.json`."
    });
  return { type: type === "sbom" ? void 0 : type, path };
}
async function readSource(path, shown, world) {
  const title = `the document ${JSON.stringify(shown)}`;
  const bytes = await readRegularFile(world.files, path, maxLength).catch((cause) => failToRead(title, cause));
  return sourceOf(title, utf8Text(bytes, "JSON_INVALID", title), world);
}
function failToRead(title, cause) {
  if (cause instanceof CountersignError && cause.code === "LIMIT_EXCEEDED") failLength(title, cause);
  const isMissing = systemCode(cause) === "ENOENT" || systemCode(cause) === "ENOTDIR";
  if (!isMissing && !(cause instanceof NotRegularFile) && systemCode(cause) === void 0) throw cause;
  const problem = cause instanceof NotRegularFile ? "is not a regular file" : isMissing ? "does not exist" : "cannot be read";
  fail("USAGE", `${title} ${problem}`, { cause, remedy: "Specify the path of the document." });
}
function failLength(title, cause) {
  fail("LIMIT_EXCEEDED", `${title} is larger than 16 MiB`, {
    cause,
    remedy: "Shorten it, or publish it as a file, and attest a predicate with its digest."
  });
}
function sourceOf(title, text, { clock }) {
  let members;
  return {
    title,
    text,
    readAt: clock(),
    get members() {
      members ??= within(title, () => parseDocument(text));
      return members;
    }
  };
}
function parseDocument(text) {
  const parsed = parseJsonObject(text, { maxLength, maxValues: maxPredicateValues });
  return parsed ?? fail("STATEMENT_INVALID", "it is not a JSON object", { remedy: "A predicate is a JSON object." });
}
function within(title, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const { code, message, remedy = "Create the document again." } = inContext(error.code, title, error);
    throw new CountersignError(code, message, { cause: error, remedy });
  }
}
function documentClaim(type, source, allowSecrets) {
  const { title } = source;
  const said = type === void 0 ? void 0 : namedType(type);
  return within(title, () => {
    const named = said ?? recogniseSbom(source.members);
    const claim = checkedClaim(named, source, allowSecrets);
    const described = named.type.describes?.(claim.predicate) ?? [];
    return {
      kind: "claim",
      claim,
      name: named.type.name,
      ...described.length > 0 && aboutDescribed(described, title)
    };
  });
}
function checkedClaim({ type, uri: uri5 }, source, allowSecrets) {
  if (!holdsText(uri5)) demandType({ type, uri: uri5 }, source.members);
  const claim = type.read(source, uri5);
  demandExact(claim.predicate);
  if (!allowSecrets) demandNoSecrets(claim.predicate);
  return claim;
}
function demandType({ type, uri: uri5 }, document) {
  if (asText(document._type)?.startsWith("https://in-toto.io/Statement/"))
    fail("PREDICATE_TYPE_MISMATCH", `it is a whole statement, not a predicate of the type ${uri5}`, {
      remedy: "Sign it with `statement`."
    });
  if (type === custom) return;
  const other = predicateTypes.find((one) => one !== type && attempt(() => one.recognise?.(document)) !== void 0);
  if (other !== void 0)
    fail("PREDICATE_TYPE_MISMATCH", `it is of the type ${other.name}, not ${type.name}`, {
      remedy: "Specify the type of the document, or another document."
    });
}
function demandNoSecrets(document) {
  const found = findSecrets(document);
  if (found.length === 0) return;
  const places = found.map(({ kind, pointer }) => `${kind} at ${JSON.stringify(pointer)}`);
  fail("SECRET_REFUSED", `it contains something like ${places.join(", ")}`, {
    remedy: "Remove it from the document, and revoke it if others have seen it. If it is not a secret, set `allow-secrets: true`."
  });
}
function aboutDescribed(described, title) {
  const isAbout = (subject) => described.some((one) => agrees(one, digestsOf4(subject)));
  return {
    isAbout,
    demand: (subjects) => {
      if (subjects.some(isAbout)) return;
      const stated = described.flat().slice(0, 3).map(formatDigest).join(", ");
      const [only] = subjects.length === 1 ? subjects : [];
      const wanted = only === void 0 ? "none of the subjects" : `not ${subjectName(only.subject)}`;
      fail("ARTIFACT_MISMATCH", `${title} describes ${stated}, which is ${wanted}`, {
        remedy: "Create the document from the artifact that is signed. For an image with several platforms, that is the manifest of one platform: set `recursive`."
      });
    },
    algorithms: described.flat().map(({ algorithm }) => algorithm)
  };
}
function agrees(stated, known) {
  return sharedDigests(known, stated).length > 0;
}
function digestsOf4({ digest, others = [] }) {
  return [digest, ...others];
}
function statementClaim(source, { predicateType: said, allowSecrets = false }, isAlone) {
  const { title } = source;
  const statement = utf8(source.text);
  return within(title, () => {
    const { subjects: stated, predicateType, predicate } = readStatement(statement);
    const subjects = stated.map(({ name, digests }) => ({ name, digests: digests.filter(isHash) }));
    const { type } = namedType(predicateType);
    if (said !== void 0 && !isSaid(said, predicateType))
      fail("PREDICATE_TYPE_MISMATCH", `its type is ${predicateType}, not ${said}`, {
        remedy: "Correct `predicate-type`, or specify another statement."
      });
    for (const [index, { digests }] of subjects.entries())
      if (digests.length === 0)
        fail("STATEMENT_INVALID", `subject[${index}] has no digest of an algorithm that verifiers compare`, {
          remedy: "Add a `sha256` digest to each subject."
        });
    if (type !== custom) {
      demandType({ type, uri: predicateType }, predicate);
      type.read({ text: "", members: predicate, readAt: source.readAt }, predicateType);
    }
    if (!allowSecrets) demandNoSecrets(source.members);
    const described = type.describes?.(predicate) ?? [];
    if (described.length > 0 && !described.some((one) => subjects.some(({ digests }) => agrees(one, digests))))
      fail("ARTIFACT_MISMATCH", "its predicate describes an artifact that is not one of its subjects", {
        remedy: "Create the statement again, about the artifact that the predicate describes."
      });
    const claim = {
      kind: "claim",
      claim: { predicateType, predicate },
      name: type.name,
      statement,
      algorithms: subjects.flatMap(({ digests }) => digests.map(({ algorithm }) => algorithm)),
      ...!isAlone && { demand: (hashed) => demandSameSubjects(subjects, hashed, title) }
    };
    return { attestations: [claim], ...isAlone && { stated: subjects.map(statedSubject) } };
  });
}
function isSaid(said, predicateType) {
  const { type, uri: uri5 } = namedType(said);
  return uri5 === predicateType || Object.hasOwn(type.words, said) && type.uris.includes(predicateType);
}
function demandSameSubjects(subjects, hashed, title) {
  const isListed = (one) => subjects.some(({ digests }) => agrees(digests, digestsOf4(one)));
  const remedy = "Write the statement about exactly the subjects of this step, or specify no subjects to sign it as it is.";
  const left = hashed.find((one) => !isListed(one));
  if (left !== void 0) fail("ARTIFACT_MISMATCH", `${title} is not about ${subjectName(left.subject)}`, { remedy });
  const more = subjects.find(({ digests }) => !hashed.some((one) => agrees(digests, digestsOf4(one))));
  if (more !== void 0)
    fail(
      "ARTIFACT_MISMATCH",
      `${title} is also about ${JSON.stringify(more.name)}, which is not a subject of this step`,
      {
        remedy
      }
    );
}
function statedSubject({ name, digests }, index) {
  const digest = digests.find(({ algorithm }) => algorithm === "sha256") ?? digests[0];
  return {
    kind: "digest",
    name,
    digest: digest ?? fail("STATEMENT_INVALID", `subject[${index}] has no digest`),
    origin: `\`statement\`, subject ${index + 1}`
  };
}
export {
  loadClaims
};
