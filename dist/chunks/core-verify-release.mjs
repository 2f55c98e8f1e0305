import { check, demandMembers } from "./core-certificate-path.mjs";
import { isHash } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { asText } from "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
var releasePredicateTypes = [
  "https://in-toto.io/attestation/release/v0.1",
  "https://in-toto.io/attestation/release/v0.2"
];
var members = {
  repository: true,
  tag: true,
  commits: true,
  repositoryIds: true,
  ownerIds: true
};
function checkRelease(expected) {
  demandMembers(expected, members, "policy.content.release");
  const { repository, tag, commits = [], repositoryIds = [], ownerIds = [] } = expected;
  for (const list of [commits, repositoryIds, ownerIds])
    if (!Array.isArray(list)) fail("POLICY_INVALID", "a list of policy.content.release is not a list");
  const texts = [repository, tag, ...commits, ...repositoryIds, ...ownerIds];
  if (texts.some((one) => typeof one !== "string" || one === ""))
    fail("POLICY_INVALID", "a value of policy.content.release is empty");
}
function describeRelease({ repository, tag, commits = [] }) {
  return `${repository}@${tag}${commits.length === 0 ? "" : `, commit ${commits.join(" or ")}`}`;
}
function readRelease({ predicateType, predicate, subjects: [first, ...others] }) {
  if (!releasePredicateTypes.some((type) => type === predicateType))
    fail(
      "PREDICATE_TYPE_MISMATCH",
      `the predicate type is ${JSON.stringify(predicateType)}; expected that of a release, ${JSON.stringify(releasePredicateTypes.join(" or "))}`
    );
  const [repository, tag] = [text(predicate.repository, "repository"), text(predicate.tag, "tag")];
  const purl = text(predicate.purl, "purl");
  if (!isPackageUrl(purl, repository, tag))
    fail("STATEMENT_INVALID", `the predicate is about ${repository}@${tag}, but its purl is ${JSON.stringify(purl)}`);
  return {
    repository,
    tag,
    commit: commitOf(first, purl),
    repositoryId: id(predicate.repositoryId, "repositoryId"),
    ownerId: id(predicate.ownerId, "ownerId"),
    assets: assetsOf(others)
  };
}
async function examineRelease(signature, expected) {
  checkRelease(expected);
  return check(
    { name: "release", expected: describeRelease(expected) },
    { signature },
    (basis) => matchRelease(basis.signature.statement, expected),
    ({ repository, tag, commit }) => `${repository}@${tag}, commit ${commit}`
  );
}
function matchRelease(statement, expected) {
  if (statement === void 0) fail("PREDICATE_TYPE_MISMATCH", "the signature is not over a statement about a release");
  const release = readRelease(statement);
  const { repository, tag } = release;
  if (repository !== expected.repository || tag !== expected.tag)
    fail(
      "RELEASE_MISMATCH",
      `the attestation is of the release ${JSON.stringify(`${repository}@${tag}`)}; expected ${JSON.stringify(`${expected.repository}@${expected.tag}`)}`
    );
  demandOneOf(expected.commits, release.commit, "commit of the tag");
  demandOneOf(expected.repositoryIds, release.repositoryId, "ID of the repository");
  demandOneOf(expected.ownerIds, release.ownerId, "ID of the owner");
  return release;
}
function demandOneOf(expected, found, what) {
  if (expected !== void 0 && !expected.includes(found))
    fail("RELEASE_MISMATCH", `the ${what} is ${found}; expected ${expected.join(" or ")}`);
}
function commitOf(subject, purl) {
  if (subject?.uri !== purl || subject.name !== "")
    fail("STATEMENT_INVALID", `the first subject is not the tag of the release, ${JSON.stringify(purl)}`);
  return subject.commit ?? fail("STATEMENT_INVALID", "the tag of the release has no commit");
}
function assetsOf(subjects) {
  const names = /* @__PURE__ */ new Set();
  return subjects.map(({ name, digests, uri }, index) => {
    const digest = digests.filter(isHash).find(({ algorithm }) => algorithm === "sha256");
    if (name === "" || uri !== void 0 || digest === void 0)
      fail(
        "STATEMENT_INVALID",
        `subject[${index + 1}] is not a file of the release: it needs a name and a sha256 digest`
      );
    if (names.has(name)) fail("STATEMENT_INVALID", `the statement names the file ${JSON.stringify(name)} twice`);
    names.add(name);
    return { name, digest };
  });
}
function isPackageUrl(purl, repository, tag) {
  const [, path = "", version = ""] = /^pkg:github\/([^/@?#]+\/[^/@?#]+)@([^?#]+)$/.exec(purl) ?? [];
  return (path === repository || path === lowerCase(repository)) && (version === tag || decoded(version) === tag);
}
function lowerCase(text2) {
  return text2.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function decoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return void 0;
  }
}
function text(value, member) {
  return asText(value) || fail("STATEMENT_INVALID", `predicate.${member} is missing`);
}
function id(value, member) {
  const found = text(value, member);
  return /^\d+$/.test(found) ? found : fail("STATEMENT_INVALID", `predicate.${member} is not a numeric ID`);
}

import { expectStatus } from "./services-http-answer.mjs";

import { shownUrl } from "./core-certificate-certificate.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

var maxIssuers = 1024;
async function findIssuer(http, baseUrl, issuer) {
  const request = {
    method: "GET",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/configuration`),
    headers: { accept: "application/json" },
    service: "the certificate authority",
    quotes: "code",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 1024 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200);
  const what = `the configuration of the certificate authority (${request.url.origin})`;
  const issuers = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what).field("issuers").list(maxIssuers);
  const found = issuers.find((one) => one.field("issuerUrl").string() === issuer);
  return found && { type: found.field("issuerType").string(), subjectDomain: found.field("subjectDomain").string() };
}
var domainShape = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
async function withDomain(tokens, { issuer }, http, certificateAuthority) {
  const configured = await findIssuer(http, certificateAuthority, issuer);
  const refuse = (message, remedy) => fail("TOKEN_INVALID", message, { remedy });
  if (configured === void 0)
    return refuse(
      `the certificate authority does not accept identity tokens of ${shownUrl(issuer)}`,
      "Use a token of another issuer, or another `instance`."
    );
  if (configured.type === "email")
    return refuse(
      `the identity token of ${shownUrl(issuer)} has no email address`,
      "Request a token that contains the claim email (scope `openid email`)."
    );
  const domain = configured.subjectDomain;
  if (configured.type !== "username" || !domainShape.test(domain))
    return refuse(
      `identity tokens of ${shownUrl(issuer)} are not supported: it is unknown which name the certificate would contain`,
      "Use a token of a supported provider, or one with an email address."
    );
  const complete = async () => {
    const token = await tokens();
    return { ...token, certificateIdentity: `${token.certificateIdentity}!${domain}` };
  };
  return Object.assign(complete, { [Symbol.dispose]: () => tokens[Symbol.dispose]() });
}
export {
  examineRelease,
  withDomain
};
