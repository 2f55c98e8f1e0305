import { writeBundle } from "./core-bundle-write-bundle.mjs";
import { bundlesOf } from "./services-github-attestation-reader.mjs";
import { placeOf, GitHubApi, parseObject, readId } from "./services-github-api.mjs";
import { readStatement } from "./core-certificate-path.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { parseJson, asObject, asText } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
var maxAttestationLength = 16 * 1024 * 1024;
var maxAttempts = 3;
function openAttestationWriter(options) {
  const api = new GitHubApi(options);
  return {
    origin: api.origin,
    store: (repository, bundle, isFresh) => store(api, repository, bundle, isFresh)
  };
}
async function store(api, repository, bytes, isFresh) {
  const bundle = readAttestation(bytes);
  if (!isFresh && await holds(api, repository, bundle)) return { kind: "present" };
  for (let attempts = 1; ; attempts++) {
    try {
      return { kind: "created", id: await create(api, repository, bytes) };
    } catch (error) {
      if (!isUnknownOutcome(error)) throw error;
      if (await holds(api, repository, bundle)) return { kind: "present" };
      if (attempts >= maxAttempts) throw error;
    }
  }
}
function readAttestation(bytes) {
  if (bytes.length > maxAttestationLength)
    fail("LIMIT_EXCEEDED", `the bundle has ${bytes.length} bytes; GitHub stores up to ${maxAttestationLength}`, {
      remedy: "Attest fewer subjects at once, or a smaller document."
    });
  const bundle = readBundle(bytes);
  if (bundle.content.kind !== "dsse-envelope")
    fail("USAGE", "GitHub's attestation store takes statements, and the bundle has a signature without one", {
      remedy: "Set `bundle-format: attestation`."
    });
  const [subject] = readStatement(bundle.content.payload).subjects;
  const digest = subject?.digests.find(({ algorithm }) => algorithm === "sha256") ?? subject?.digests[0];
  if (digest === void 0)
    fail("USAGE", "GitHub's attestation store finds attestations by digests, and the first subject has none", {
      remedy: "Attest a subject with a SHA-256 digest."
    });
  return { bundle, subject: formatDigest(digest) };
}
function isUnknownOutcome(error) {
  return error instanceof CountersignError && (error.code === "SERVICE_UNAVAILABLE" || error.code === "SERVICE_RESPONSE_INVALID");
}
var permission = "attestations: write";
var refusals = [
  {
    status: 403,
    sign: /Feature not available for user-owned private repositories/,
    code: "SERVICE_REFUSED",
    reason: "it has no attestation store for private repositories of users",
    remedy: "Disable `store-attestations`, make the repository public, or move it to an organization with GitHub Enterprise Cloud."
  },
  {
    status: 403,
    sign: /Feature not available/,
    code: "SERVICE_REFUSED",
    reason: "the plan of the organization has no attestation store for private repositories",
    remedy: "Disable `store-attestations`, make the repository public, or use GitHub Enterprise Cloud."
  },
  {
    status: 404,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "the server has no attestation store, or the repository is hidden from the token",
    remedy: "Check the name of the repository, and that the token is of a job of it. GitHub Enterprise Server has no attestation store: disable `store-attestations` there."
  },
  {
    status: 422,
    sign: /values do not match/i,
    code: "SERVICE_REFUSED",
    reason: "the certificate of the bundle names another repository or server",
    remedy: "Store attestations in the repository whose workflow signed them, on its server."
  },
  {
    status: 422,
    sign: /duplicate subject/i,
    code: "SERVICE_REFUSED",
    reason: "a subject occurs twice in the statement",
    remedy: "Attest each subject once."
  },
  {
    status: 422,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "it found the bundle invalid",
    remedy: "Use `bundle-format: attestation`, and a certificate of the job that stores it."
  }
];
async function create(api, repository, bytes) {
  const what = `the attestation for ${repository}`;
  const operation = { what, permission, once: true, refusals };
  const bundle = bundleParameter(bytes);
  const answer = await api.send(
    operation,
    ({ rest }, through) => rest.repos.createAttestation({ ...placeOf(repository), bundle, ...through })
  );
  return readId(parseObject(answer, operation, api.origin).field("id"));
}
async function holds(api, repository, { bundle, subject }) {
  const wanted = writeBundle(bundle);
  const served = await bundlesOf(api, repository, subject);
  const isWanted = ({ text }) => attempt(() => writeBundle(readBundle(text))) === wanted;
  if (served.some((one) => "text" in one && isWanted(one))) return true;
  for (const one of served) if ("failure" in one) throw one.failure;
  return false;
}
function bundleParameter(bytes) {
  const json = asObject(parseJson(bytes, { maxLength: maxAttestationLength, maxValues: 2e6 })) ?? {};
  return {
    mediaType: asText(json.mediaType) ?? "",
    verificationMaterial: { ...asObject(json.verificationMaterial) },
    dsseEnvelope: { ...asObject(json.dsseEnvelope) }
  };
}
export {
  openAttestationWriter
};
