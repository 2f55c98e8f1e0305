import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  checkPrivacy,
  checkTrigger,
  textClaim,
  verifyTokenClaims
} from "./chunk-FOCVXOSL.mjs";
import {
  artifactName,
  foldName,
  planSubjects,
  safeFileName,
  truncate,
  untilCancelled,
  uploadArtifact,
  writeAtomically
} from "./chunk-K3CGH52S.mjs";
import {
  concurrently
} from "./chunk-OJXCKHX7.mjs";
import {
  usefulUntil
} from "./chunk-JCQVHCZD.mjs";
import {
  artifactOfDigest,
  digestFile,
  encodeHashAlgorithm,
  hashAlgorithmNames,
  hashedRekordV1,
  matchIdentity,
  maxSubjects,
  readBundle,
  readLogEntry,
  readTimestampResponse,
  statementPayloadType,
  verifierPem,
  verify,
  verifyCertificate,
  verifySCTs,
  writeStatement
} from "./chunk-4NIE3LUV.mjs";
import {
  canonicalJson,
  preAuthenticationEncoding
} from "./chunk-22HLDQSG.mjs";
import {
  p256
} from "./chunk-DTGJNXJU.mjs";
import {
  selectServices
} from "./chunk-4PPIKFMH.mjs";
import {
  digest,
  encodeP256PublicKey,
  equalDigests,
  exactIdentity,
  exactly,
  formatDigest,
  readCertificate,
  readPublicKey,
  toDigest
} from "./chunk-UYWXTOMP.mjs";
import {
  decodeHex,
  decodePem,
  der,
  encodeHex,
  encodePem
} from "./chunk-3B3H6NZJ.mjs";
import {
  describeAnswer,
  expectStatus
} from "./chunk-WXJWSKLB.mjs";
import {
  readDer
} from "./chunk-HQS2C6LB.mjs";
import {
  ProtoField,
  encodeBase64
} from "./chunk-Y54HXCFX.mjs";
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  equalBytes,
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail,
  reading
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/deliver/bundle-paths.ts
import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
var suffix = ".sigstore.json";
var maxNameLength = 255;
var distinctionLength = 13;
function bundlePaths(subjects, places) {
  const reserved = subjectPaths(subjects);
  const taken = new Set(reserved);
  const beside = places.bundleDirectory === void 0;
  return new Map([
    ...assign(subjects.filter(isFile), (file) => filePath(file, places), beside ? reserved : taken, taken),
    ...assign(subjects.filter(isDigest), (digest2) => digestPath(digest2, places), taken, taken)
  ]);
}
function attestationPaths(count, subjects, places) {
  const taken = subjectPaths(subjects);
  const paths = [];
  for (let number = 1; paths.length < count; number++) {
    const path = join(directory(places), `attestation${number === 1 ? "" : `-${number}`}${suffix}`);
    if (!taken.has(foldName(path))) paths.push(path);
  }
  return paths;
}
function collectionPaths(subjects, places) {
  const taken = subjectPaths(subjects);
  const free = (...names) => {
    const paths = names.map((name) => join(directory(places), name));
    return paths.find((path) => !taken.has(foldName(path))) ?? fail("USAGE", `${paths.join(" and ")} are subjects themselves, and would be overwritten`, {
      remedy: "Exclude them with a pattern that begins with `!`, or name another folder with `bundle-dir`."
    });
  };
  const own = "countersign-manifest.json";
  return {
    bundles: free("bundles.sigstore.jsonl", "countersign-bundles.sigstore.jsonl"),
    manifest: places.bundleDirectory === void 0 ? free(own) : free("manifest.json", own)
  };
}
function directory({ workspace, bundleDirectory }) {
  return resolve(workspace, bundleDirectory ?? ".");
}
function subjectPaths(subjects) {
  return new Set(subjects.flatMap((subject) => subject.kind === "file" ? [foldName(resolve(subject.path))] : []));
}
function filePath(subject, places) {
  const { bundleDirectory } = places;
  const path = resolve(bundleDirectory === void 0 ? subject.path : join(directory(places), subject.name));
  const inside = relative(directory(places), path);
  if (bundleDirectory !== void 0 && (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)))
    fail("USAGE", `${JSON.stringify(subject.name)} leads out of the folder for bundles`);
  const room = maxNameLength - suffix.length;
  if (Buffer.byteLength(basename(path)) <= room) return `${path}${suffix}`;
  return distinct(`${path}${suffix}`, subject);
}
function digestPath(subject, places) {
  const name = safeFileName(subject.name, maxNameLength - suffix.length - distinctionLength);
  return join(directory(places), `${name}${suffix}`);
}
function assign(subjects, wantedPath, avoided, taken) {
  const wanted = subjects.map((subject) => [subject, wantedPath(subject)]);
  const counts = /* @__PURE__ */ new Map();
  for (const [, path] of wanted) counts.set(foldName(path), (counts.get(foldName(path)) ?? 0) + 1);
  return wanted.map(([subject, path]) => {
    const contested = avoided === taken && (counts.get(foldName(path)) ?? 0) > 1;
    const own = contested || avoided.has(foldName(path)) ? distinct(path, subject) : path;
    let free = own;
    for (let number = 2; avoided.has(foldName(free)); number++) free = lengthen(own, `-${number}`);
    taken.add(foldName(free));
    return [subject, free];
  });
}
function distinct(path, subject) {
  const hex = subject.kind === "digest" ? encodeHex(subject.digest.bytes) : createHash("sha256").update(subject.name).digest("hex");
  return lengthen(path, `-${hex.slice(0, distinctionLength - 1)}`);
}
function lengthen(path, more) {
  const stem = path.slice(0, -suffix.length);
  const room = maxNameLength - suffix.length - Buffer.byteLength(more);
  return `${join(dirname(stem), truncate(basename(stem), room))}${more}${suffix}`;
}
function isFile(subject) {
  return subject.kind === "file";
}
function isDigest(subject) {
  return subject.kind === "digest";
}

// src/deliver/collection.ts
import { createHash as createHash2 } from "node:crypto";
import { dirname as dirname2, relative as relative2, sep as sep2 } from "node:path";
var opening = '{"version":1,"identity":';
var batchLength = 64 * 1024;
async function writeCollection(files, random, { paths, identity, issuer, subjects }) {
  await demandOwn(files, paths.manifest);
  const sorted = subjects.toSorted(bySubject);
  const digests = /* @__PURE__ */ new Map();
  await writeAtomically(files, random, paths.bundles, batched(bundleLines(files, sorted, digests)));
  const hash2 = createHash2("sha256");
  const lines = manifestLines(paths.manifest, identity, issuer, sorted, digests);
  await writeAtomically(files, random, paths.manifest, hashed(batched(lines), hash2));
  const manifestDigest = toDigest("sha256", new Uint8Array(hash2.digest()));
  return { bundlesPath: paths.bundles, manifestPath: paths.manifest, manifestDigest };
}
async function demandOwn(files, path) {
  const present = await files.readFile(path, "utf8").catch(() => opening);
  if (!present.startsWith(opening))
    fail("DELIVERY_FAILED", `${path} is there already, is not a manifest of Countersign, and is not overwritten`, {
      remedy: "Set `bundle-dir` to a folder that holds nothing but bundles."
    });
}
async function* bundleLines(files, subjects, digests) {
  for (const { bundlePath } of subjects) {
    if (digests.has(bundlePath)) continue;
    const bytes = await read(files, bundlePath);
    digests.set(bundlePath, createHash2("sha256").update(bytes).digest("hex"));
    yield `${bytes.toString("utf8").trim().replace(/\s*[\r\n]\s*/g, "")}
`;
  }
}
async function read(files, path) {
  try {
    return await files.readFile(path);
  } catch (cause) {
    return fail("DELIVERY_FAILED", `the bundle ${path} cannot be read back: ${String(cause)}`, {
      cause,
      remedy: "Let nothing else change the folder for bundles while signing, and run again."
    });
  }
}
async function* manifestLines(path, identity, issuer, subjects, digests) {
  yield `${opening}${JSON.stringify(identity)},"issuer":${JSON.stringify(issuer)},"subjects":[`;
  const folder = dirname2(path);
  let separator = "\n";
  for (const { name, digest: digest2, bundlePath, logs, signedAt } of subjects) {
    const subject = {
      name,
      digest: formatDigest(digest2),
      bundle: relative2(folder, bundlePath).split(sep2).join("/"),
      bundleDigest: `sha256:${digests.get(bundlePath)}`,
      logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
      signedAt: signedAt.toISOString()
    };
    yield `${separator}${JSON.stringify(subject)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
async function* batched(texts) {
  let batch = "";
  for await (const text of texts) {
    batch += text;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = "";
  }
  yield batch;
}
async function* hashed(texts, hash2) {
  for await (const text of texts) {
    hash2.update(text);
    yield text;
  }
}
function bySubject(a, b) {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return formatDigest(a.digest) < formatDigest(b.digest) ? -1 : 1;
}

// src/run/signed-by.ts
function signedBy({ signer }) {
  return signer.kind === "identity" ? signer : fail("IDENTITY_MISMATCH", "the bundle was signed with a key that is kept");
}

// src/run/deliver-run.ts
async function deliverRun(receipt, request, world) {
  const failures = [];
  const attempt = async (deliver) => {
    try {
      return await deliver();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      failures.push(error);
      return void 0;
    }
  };
  const [first] = receipt.signed;
  if (first === void 0) return { collection: void 0, artifact: void 0, failures };
  const { subjectAlternativeName, issuer } = signedBy(first.verdict).identity;
  const subjects = receipt.signed.map(delivered);
  const collection = await attempt(
    () => writeCollection(world.files, world.random, {
      paths: collectionPaths(
        receipt.signed.map(({ subject }) => subject),
        request.places
      ),
      identity: subjectAlternativeName,
      issuer,
      subjects
    })
  );
  const { artifact: wanted } = request;
  if (collection === void 0 || wanted === void 0) return { collection, artifact: void 0, failures };
  const rootDirectory = request.places.bundleDirectory ?? request.places.workspace;
  const upload = () => uploadArtifact(
    {
      name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
      files: [
        ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
        collection.bundlesPath,
        collection.manifestPath
      ],
      rootDirectory
    },
    wanted
  );
  const remedy = `The bundles are still in ${rootDirectory}.`;
  const artifact = await attempt(
    () => untilCancelled(upload, "uploading the workflow artifact", remedy, world.cancellation)
  );
  return { collection, artifact, failures };
}
function delivered({ subject, digest: digest2, bundlePath, verdict }) {
  const times = verdict.times.map(({ time }) => time.getTime());
  return {
    name: subject.name,
    digest: digest2,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex
    })),
    signedAt: new Date(Math.min(...times))
  };
}

// src/run/demand-complete.ts
function demandComplete({ signed, unsigned }) {
  const [first] = unsigned;
  if (first === void 0) return;
  const { error, subject } = first;
  const kept = signed.length === 0 ? "" : ` The bundles of the other ${signed.length} are written; a second run signs only what is missing.`;
  fail(
    error.code,
    `${unsigned.length} of ${signed.length + unsigned.length} subjects were not signed; ${subject.name}: ${error.message}`,
    {
      cause: error,
      remedy: `${error.remedy ?? ""}${kept}`.trim()
    }
  );
}

// src/run/signing-report.ts
function signingReport(receipt, deliveries, workspace) {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, failures } = deliveries;
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    predicateType: first?.content.kind === "dsse-envelope" ? first.content.statement.predicateType : void 0,
    signed: receipt.signed.map((signed) => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      resumed: signed.resumed
    })),
    unsigned: receipt.unsigned.map(({ subject, error }) => ({
      name: subject.name,
      code: error.code,
      message: error.message,
      remedy: error.remedy
    })),
    artifact,
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...failures.map(({ message, remedy }) => remedy === void 0 ? message : `${message}. ${remedy}`),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} has a character in its name that GitHub's artifacts do not take`
      )
    ],
    workspace
  };
}

// src/sign/provenance.ts
var provenancePredicateType = "https://slsa.dev/provenance/v1";
function buildProvenance(claims, serverUrl) {
  const claim = (name) => textClaim(claims, name) ?? fail("TOKEN_INVALID", `the identity token does not say ${name}, which provenance needs`);
  const repository = `${serverUrl}/${claim("repository")}`;
  const workflow = readWorkflowRef(claim("workflow_ref"), claim("repository"));
  return {
    buildDefinition: {
      buildType: "https://actions.github.io/buildtypes/workflow/v1",
      externalParameters: { workflow: { ref: workflow.ref, repository, path: workflow.path } },
      internalParameters: {
        github: {
          event_name: claim("event_name"),
          repository_id: claim("repository_id"),
          repository_owner_id: claim("repository_owner_id"),
          runner_environment: claim("runner_environment")
        }
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim("ref")}`, digest: { gitCommit: claim("sha") } }]
    },
    runDetails: {
      builder: { id: `${serverUrl}/${claim("job_workflow_ref")}` },
      metadata: { invocationId: `${repository}/actions/runs/${claim("run_id")}/attempts/${claim("run_attempt")}` }
    }
  };
}
function readWorkflowRef(workflowRef, repository) {
  const relative3 = workflowRef.startsWith(`${repository}/`) ? workflowRef.slice(repository.length + 1) : workflowRef;
  const [, path, ref] = /^(.+?\.ya?ml)@(.+)$/.exec(relative3) ?? fail(
    "TOKEN_INVALID",
    `the identity token's workflow_ref is ${JSON.stringify(workflowRef)}, which names no workflow file`
  );
  return { path: path ?? "", ref: ref ?? "" };
}

// src/core/bundle/write-bundle.ts
var bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
function writeBundle(bundle) {
  return JSON.stringify({
    mediaType: bundle.mediaType,
    verificationMaterial: {
      ...signerJson(bundle.signer),
      tlogEntries: bundle.logEntries.map(logEntryJson),
      timestampVerificationData: {
        rfc3161Timestamps: bundle.timestamps.map((timestamp) => ({ signedTimestamp: encodeBase64(timestamp) }))
      }
    },
    ...contentJson(bundle.content)
  });
}
function signerJson(signer) {
  return signer.kind === "certificate" ? { certificate: { rawBytes: encodeBase64(signer.certificate) } } : { publicKey: { hint: signer.hint } };
}
function contentJson(content) {
  const signature = encodeBase64(content.signature);
  if (content.kind === "dsse-envelope") {
    const { payload, payloadType } = content;
    return { dsseEnvelope: { payload: encodeBase64(payload), payloadType, signatures: [{ sig: signature }] } };
  }
  const { messageDigest } = content;
  return {
    messageSignature: {
      ...messageDigest && {
        messageDigest: {
          algorithm: hashAlgorithmNames[messageDigest.algorithm],
          digest: encodeBase64(messageDigest.bytes)
        }
      },
      signature
    }
  };
}
function logEntryJson(entry) {
  const { inclusionProof } = entry;
  return {
    logIndex: entry.logIndex.toString(),
    logId: { keyId: encodeBase64(entry.logKeyId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    // A log of Rekor v2 says no time and promises nothing: it proves.
    ...entry.integratedTime > 0n && { integratedTime: entry.integratedTime.toString() },
    ...entry.signedEntryTimestamp && {
      inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp) }
    },
    ...inclusionProof && { inclusionProof: inclusionJson(inclusionProof) },
    canonicalizedBody: encodeBase64(entry.canonicalizedBody)
  };
}
function inclusionJson({ logIndex, rootHash, treeSize, hashes, checkpoint }) {
  return {
    logIndex: logIndex.toString(),
    rootHash: encodeBase64(rootHash),
    treeSize: treeSize.toString(),
    hashes: hashes.map(encodeBase64),
    checkpoint: { envelope: checkpoint }
  };
}

// src/services/rekor/answer-v1.ts
var maxAnswerLength = 16 * 1024 * 1024;
var maxProofHashes = 64;
var uuidShape = /^(?:[0-9a-f]{16})?[0-9a-f]{64}$/;
function isUuid(text) {
  return uuidShape.test(text);
}
function readAnswerV1(body, { origin }) {
  const what = `the answer of the transparency log (${origin})`;
  const answer = reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(body, { maxLength: maxAnswerLength }));
  const uuids = typeof answer === "object" && answer !== null ? Object.keys(answer) : [];
  const [uuid = ""] = uuids;
  if (uuids.length !== 1 || !isUuid(uuid)) {
    fail("SERVICE_RESPONSE_INVALID", `${what} does not hold exactly one entry by its UUID`);
  }
  const entry = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what, { maxLength: maxAnswerLength }).field(uuid);
  return { uuid, entry: toLogEntry(entry) };
}
function toLogEntry(entry) {
  const canonicalizedBody = entry.field("body").data();
  const verification = entry.field("verification");
  const proof = verification.field("inclusionProof");
  return {
    // Over all shards: it is what the promise is about. The proof has an index of its own, in its shard.
    logIndex: entry.field("logIndex").uint64(),
    logKeyId: hexadecimal(entry.field("logID")),
    ...kindVersion(canonicalizedBody, entry.field("body").path),
    integratedTime: entry.field("integratedTime").uint64(),
    signedEntryTimestamp: verification.field("signedEntryTimestamp").data(),
    inclusionProof: {
      logIndex: proof.field("logIndex").uint64(),
      rootHash: hexadecimal(proof.field("rootHash")),
      treeSize: proof.field("treeSize").uint64(),
      hashes: proof.field("hashes").list(maxProofHashes).map(hexadecimal),
      checkpoint: proof.field("checkpoint").text()
    },
    canonicalizedBody
  };
}
function kindVersion(body, path) {
  const fields = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", path);
  return { kind: fields.field("kind").text(), version: fields.field("apiVersion").text() };
}
function hexadecimal(field) {
  return reading("SERVICE_RESPONSE_INVALID", field.path, () => decodeHex(field.text()));
}

// src/services/rekor/rekor-v1.ts
var timeoutMilliseconds = 3e4;
var maxEnvelopeLength = 1e7;
async function submitToRekorV1(http, baseUrl, submission) {
  const url = new URL(`${baseUrl.replace(/\/$/, "")}/api/v1/log/entries`);
  const request = {
    method: "POST",
    url,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(proposedEntry(submission)),
    service: "the transparency log",
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength
  };
  const response = await http(request);
  if (response.status === 409) return fetchEntry(http, url, uuidOfEquivalent(request, response));
  const { body } = expectStatus(request, response, 200, 201);
  return readAnswerV1(body, url).entry;
}
function proposedEntry(submission) {
  const verifier = verifierPem(submission.certificate);
  if (submission.kind === "message-signature") return hashedRekordV1({ ...submission, verifier });
  return {
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      proposedContent: { envelope: envelopeJson(submission), verifiers: [encodeBase64(utf8(verifier))] }
    }
  };
}
function envelopeJson({ payload, payloadType, signature }) {
  const envelope2 = canonicalJson({
    payload: encodeBase64(payload),
    payloadType,
    signatures: [{ sig: encodeBase64(signature) }]
  });
  if (envelope2.length > maxEnvelopeLength) {
    fail("LIMIT_EXCEEDED", `an envelope of ${envelope2.length} bytes; a log of version 1 gets at most 10 MB`, {
      remedy: "Use a log of version 2, which gets only the digest, or sign a smaller statement."
    });
  }
  return envelope2;
}
function uuidOfEquivalent(request, response) {
  const said = describeAnswer(request, response);
  const { location } = response.headers;
  const candidates = [
    // Only the last segment is used: where a server points is no reason to go there.
    typeof location === "string" ? location.split("/").at(-1) : void 0,
    /\bUUID ([0-9a-f]+)\b/.exec(said)?.[1]
  ];
  const found = candidates.find((candidate) => candidate !== void 0 && isUuid(candidate));
  return found ?? fail("LOG_ENTRY_DUPLICATE", `${said}, without saying which`, {
    remedy: "Sign again: a new signature makes a new entry."
  });
}
async function fetchEntry(http, entries, wanted) {
  const request = {
    method: "GET",
    url: new URL(`${entries.href}/${wanted}`),
    headers: { accept: "application/json" },
    service: "the transparency log",
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength,
    notYet: [404]
  };
  const { body } = expectStatus(request, await http(request), 200);
  const { uuid, entry } = readAnswerV1(body, entries);
  if (uuid.slice(-64) !== wanted.slice(-64)) {
    fail(
      "SERVICE_RESPONSE_INVALID",
      `the transparency log (${entries.origin}) was asked for the entry ${wanted} and answered with ${uuid}`
    );
  }
  return entry;
}

// src/services/rekor/rekor-v2.ts
var timeoutMilliseconds2 = 3e4;
async function submitToRekorV2(http, baseUrl, submission) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/log/entries`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(requestBody(submission)),
    service: "the transparency log",
    timeoutMilliseconds: timeoutMilliseconds2,
    maxBodyLength: 10 * 1024 * 1024
  };
  const response = await http(request);
  if (response.status === 409) {
    fail("LOG_ENTRY_DUPLICATE", describeAnswer(request, response), {
      remedy: "Sign again: a new signature makes a new entry."
    });
  }
  if (response.status === 405) {
    fail("SERVICE_REFUSED", describeAnswer(request, response), {
      remedy: "This log takes no entries any more: the signing config is out of date. Update it, or Countersign."
    });
  }
  const { body } = expectStatus(request, response, 200, 201);
  const what = `the answer of the transparency log (${request.url.origin})`;
  const answer = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what);
  const entry = readLogEntry(answer);
  if (entry.inclusionProof === void 0) answer.field("inclusionProof").fail("is missing");
  return entry;
}
function requestBody(submission) {
  const signed = submission.kind === "message-signature" ? submission.digest : digest("sha256", preAuthenticationEncoding(submission.payloadType, submission.payload));
  return {
    hashedRekordRequestV002: {
      digest: encodeBase64(signed.bytes),
      signature: {
        content: encodeBase64(submission.signature),
        verifier: {
          x509Certificate: { rawBytes: encodeBase64(submission.certificate) },
          // The ephemeral key is on P-256.
          keyDetails: "PKIX_ECDSA_P256_SHA_256"
        }
      }
    }
  };
}

// src/services/rekor/submit-entry.ts
async function submitEntry(http, log, submission) {
  switch (log.majorApiVersion) {
    case 1:
      return submitToRekorV1(http, log.url, submission);
    case 2:
      return submitToRekorV2(http, log.url, submission);
    default:
      return fail("NO_SERVICE", `the transparency log (${log.url}) speaks version ${log.majorApiVersion} of its API`);
  }
}

// src/core/timestamp/request.ts
function encodeTimestampRequest(imprint, nonce) {
  return der.sequence(
    der.integer(1),
    der.sequence(encodeHashAlgorithm(imprint.algorithm), der.octetString(imprint.bytes)),
    der.unsigned(nonce)
    // certReq: the chain is pinned by the trust root, a copy of it would only make each bundle longer.
    // FALSE is the default, which DER leaves out.
  );
}

// src/services/timestamp/timestamp.ts
var nonceLength = 16;
async function requestTimestamp(http, url, signature, random) {
  const imprint = digest("sha256", signature);
  const query = encodeTimestampRequest(imprint, random(nonceLength));
  const request = {
    method: "POST",
    url: new URL(url),
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    body: query,
    service: "the timestamp authority",
    timeoutMilliseconds: 15e3,
    maxBodyLength: 64 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  const where = `the timestamp authority (${request.url.origin})`;
  const token = reading("TIMESTAMP_INVALID", where, () => readTimestampResponse(body));
  if (token.nonce === void 0 || !equalBytes(token.nonce, requestNonce(query))) {
    fail("TIMESTAMP_MISMATCH", `${where} answered another request`);
  }
  if (!equalDigests(token.imprint, imprint)) {
    fail("TIMESTAMP_MISMATCH", `${where} timestamped something else`);
  }
  return body;
}
function requestNonce(query) {
  return readDer(query, (der2) => {
    const request = der2.sequence();
    request.unsigned();
    request.any();
    return request.integerBytes();
  });
}

// src/core/crypto/ephemeral-key.ts
var seedLength = 48;
var EphemeralKey = class _EphemeralKey {
  publicKey;
  #secret;
  #random;
  #disposed = false;
  constructor(secret, random) {
    this.#secret = secret;
    this.#random = random;
    this.publicKey = readPublicKey(encodeP256PublicKey(p256.getPublicKey(secret, false)));
  }
  static generate(random) {
    const seed = random(seedLength);
    try {
      return new _EphemeralKey(p256.utils.randomSecretKey(seed), random);
    } finally {
      seed.fill(0);
    }
  }
  /** Takes over a secret that the caller holds: the same array is overwritten on disposal. */
  static fromSecret(secret, random) {
    return new _EphemeralKey(secret, random);
  }
  /**
   * Signs a digest. Two signatures of one digest differ (RFC 6979, section 3.6: fresh entropy is mixed into the nonce),
   * so that a log never sees a repeated submission as a duplicate.
   *
   * @returns the signature in DER, with low s
   * @throws CountersignError `KEY_DISPOSED`
   */
  sign(digest2) {
    if (this.#disposed) fail("KEY_DISPOSED", "the signing key has been overwritten; open a new session to sign");
    return p256.sign(digest2.bytes, this.#secret, { prehash: false, format: "der", extraEntropy: this.#random(32) });
  }
  /** Overwrites the secret. */
  [Symbol.dispose]() {
    this.#disposed = true;
    this.#secret.fill(0);
  }
};

// src/services/fulcio/fulcio.ts
var maxChainLength = 8;
async function requestCertificate(http, baseUrl, wanted) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/signingCert`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      credentials: { oidcIdentityToken: wanted.identityToken },
      publicKeyRequest: {
        publicKey: { algorithm: "ECDSA", content: encodePem("PUBLIC KEY", wanted.publicKey) },
        proofOfPossession: encodeBase64(wanted.proofOfPossession)
      }
    }),
    service: "the certificate authority",
    timeoutMilliseconds: 3e4,
    maxBodyLength: 1024 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  const answer = ProtoField.parse(
    body,
    "SERVICE_RESPONSE_INVALID",
    `the answer of the certificate authority (${request.url.origin})`
  );
  const [leaf] = answer.field("signedCertificateEmbeddedSct").field("chain").field("certificates").list(maxChainLength);
  if (leaf === void 0) return answer.fail("has no certificate with an embedded timestamp");
  const [der2] = reading("SERVICE_RESPONSE_INVALID", leaf.path, () => decodePem("CERTIFICATE", leaf.text()));
  return der2 ?? leaf.fail("is empty");
}

// src/sign/credential.ts
var clockSkewMilliseconds = 6e4;
async function requestCredential(options) {
  const requested = options.tokens();
  requested.catch(() => void 0);
  const key = EphemeralKey.generate(options.random);
  try {
    const token = await requested;
    const certificate = await requestCertificate(options.http, options.certificateAuthority, {
      identityToken: token.token.reveal(),
      publicKey: key.publicKey.spki,
      proofOfPossession: key.sign(digest("sha256", utf8(token.challenge)))
    });
    const checked = await checkCertificate(certificate, key, token, options);
    return { key, certificate, ...checked, [Symbol.dispose]: () => key[Symbol.dispose]() };
  } catch (error) {
    key[Symbol.dispose]();
    throw error;
  }
}
async function checkCertificate(der2, key, token, { trust, requirements, clock }) {
  const { publicKey, notBefore } = readCertificate(der2, "the certificate that was issued");
  if (!equalBytes(publicKey.spki, key.publicKey.spki)) {
    fail("CERTIFICATE_UNTRUSTED", "the certificate that was issued is for another key");
  }
  const verified = await verifyCertificate(der2, trust, [presentTime(clock(), notBefore)], requirements.sandbox);
  await verifySCTs(verified, trust, requirements.thresholds.signedCertificateTimestamps);
  const { certificate } = verified;
  const identity = matchIdentity(certificate, {
    kind: "identity",
    identity: exactly(token.certificateIdentity),
    issuer: exactly(token.issuer),
    claims: []
  });
  return { identity, notBefore: certificate.notBefore, notAfter: certificate.notAfter };
}
function presentTime(now, notBefore) {
  const ahead = notBefore.getTime() - now.getTime();
  return ahead > 0 && ahead <= clockSkewMilliseconds ? notBefore : now;
}

// src/sign/credentials.ts
var marginMilliseconds = 6e4;
var Credentials = class {
  #request;
  #clock;
  #current;
  #held = /* @__PURE__ */ new Set();
  #disposed = false;
  constructor(request, clock) {
    this.#request = request;
    this.#clock = clock;
  }
  /** Lends the credential that is good now. It is not overwritten before the loan is given back. */
  async lend() {
    const held = await this.#usable();
    return held.lend();
  }
  /** Whether a credential is too near to its end to be signed with. */
  ends(credential) {
    return credential.notAfter.getTime() - this.#clock().getTime() <= marginMilliseconds;
  }
  /** Overwrites every key at once, lent or not. */
  [Symbol.dispose]() {
    this.#disposed = true;
    for (const held of this.#held) held.destroy();
  }
  async #usable() {
    for (; ; ) {
      if (this.#disposed) fail("KEY_DISPOSED", "the signing session is over; open a new one to sign");
      const before = this.#current;
      const held = await before;
      if (held !== void 0 && !this.ends(held.credential)) return held;
      if (this.#current === before) {
        held?.retire();
        this.#current = this.#renew();
        return this.#current;
      }
    }
  }
  async #renew() {
    const held = new Held(await this.#request());
    this.#held.add(held);
    if (this.#disposed) held.destroy();
    return held;
  }
};
var Held = class {
  credential;
  #loans = 0;
  #retired = false;
  constructor(credential) {
    this.credential = credential;
  }
  lend() {
    this.#loans++;
    return { ...this.credential, [Symbol.dispose]: () => this.#giveBack() };
  }
  /** Overwrites the key as soon as the last loan is given back. */
  retire() {
    this.#retired = true;
    if (this.#loans === 0) this.destroy();
  }
  destroy() {
    this.credential[Symbol.dispose]();
  }
  #giveBack() {
    this.#loans--;
    if (this.#retired && this.#loans === 0) this.destroy();
  }
};

// src/sign/session.ts
function openSession(options) {
  const certificateAuthority = options.services.certificateAuthority.url;
  const credentials = new Credentials(() => requestCredential({ ...options, certificateAuthority }), options.clock);
  return {
    signArtifact: (artifact) => signContent(
      { digest: artifact, bundled: (signature) => messageSignature(artifact, signature) },
      credentials,
      options
    ),
    signStatement: (statement) => signContent(
      {
        digest: digest("sha256", preAuthenticationEncoding(statementPayloadType, statement)),
        bundled: (signature) => envelope(statement, signature)
      },
      credentials,
      options
    ),
    [Symbol.dispose]: () => credentials[Symbol.dispose]()
  };
}
function messageSignature(messageDigest, signature) {
  return { kind: "message-signature", messageDigest, signature };
}
function envelope(payload, signature) {
  return { kind: "dsse-envelope", payloadType: statementPayloadType, payload, signature };
}
async function signContent(content, credentials, options) {
  let duplicates = 0;
  for (; ; ) {
    var _stack = [];
    try {
      const credential = __using(_stack, await credentials.lend());
      try {
        const { notBefore, notAfter } = credential;
        return { bundle: await signWith(credential, content, options), certificateValidity: { notBefore, notAfter } };
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        const duplicate = error.code === "LOG_ENTRY_DUPLICATE" && ++duplicates < 3;
        const outlasted = error.code === "SERVICE_UNAVAILABLE" && credentials.ends(credential);
        if (!duplicate && !outlasted) throw error;
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  }
}
async function signWith({ key, certificate, notAfter }, content, { services, http, random }) {
  const signature = key.sign(content.digest);
  const bundled = content.bundled(signature);
  const submission = bundled.kind === "dsse-envelope" ? { ...bundled, certificate } : { kind: bundled.kind, digest: content.digest, signature, certificate };
  const inTime = usefulUntil(http, notAfter);
  const [timestamps, logEntries] = await Promise.all([
    Promise.all(services.timestampAuthorities.map(({ url }) => requestTimestamp(inTime, url, signature, random))),
    Promise.all(services.transparencyLogs.map((log) => submitEntry(inTime, log, submission)))
  ]);
  return {
    mediaType: bundleMediaType,
    version: "0.3",
    signer: { kind: "certificate", certificate },
    logEntries,
    timestamps,
    content: bundled
  };
}

// src/run/existing-bundle.ts
async function verifyExisting({ path, artifact, trust, policy }, { files, clock }) {
  const json = await files.readFile(path).catch(() => void 0);
  if (json === void 0) return void 0;
  try {
    return await verify(readBundle(json), artifactOfDigest(artifact), trust, policy, clock());
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}

// src/run/attest-all.ts
var hashedAtOnce = 2;
async function* attestAll(plan, attestation, world) {
  const hashed2 = [];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (subject) => hash(subject, world))) {
    if ("error" in result) yield result;
    else hashed2.push(result);
  }
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  hashed2.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  const paths = choosePaths(Math.ceil(hashed2.length / maxSubjects), plan.subjects, attestation);
  for (const [number, path] of paths.entries()) {
    const part = hashed2.slice(number * maxSubjects, (number + 1) * maxSubjects);
    yield* attest(part, path, plan, attestation, world);
  }
}
function choosePaths(count, subjects, { bundlePath, places }) {
  if (bundlePath === void 0) return attestationPaths(count, subjects, places);
  if (count <= 1) return [bundlePath];
  return fail("USAGE", `one bundle was named; ${subjects.length} subjects need ${count}`, {
    remedy: "Name a folder for the bundles."
  });
}
async function hash(subject, { files }) {
  try {
    return { subject, digest: subject.kind === "file" ? await digestFile(files, subject, "sha256") : subject.digest };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}
async function* attest(hashed2, bundlePath, plan, attestation, world) {
  try {
    const { verdict, resumed } = await attestTogether(hashed2, bundlePath, plan, attestation, world);
    for (const { subject, digest: digest2 } of hashed2) yield { subject, digest: digest2, bundlePath, verdict, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed2) yield { subject, error };
  }
}
async function attestTogether(hashed2, path, { session, trust, policy }, { predicate, predicateType }, world) {
  const artifact = hashed2[0]?.digest ?? fail("SUBJECT_MISSING", "nothing to attest");
  const existing = await verifyExisting({ path, artifact, trust, policy }, world);
  if (existing !== void 0 && isAbout(existing, hashed2, predicateType)) return { verdict: existing, resumed: true };
  const subjects = hashed2.map(({ subject, digest: digest2 }) => ({ name: subject.name, digests: [digest2] }));
  const { bundle } = await session.signStatement(writeStatement({ subjects, predicateType, predicate }));
  const text = writeBundle(bundle);
  const verdict = await verify(readBundle(text), artifactOfDigest(artifact), trust, policy, world.clock());
  if (!isAbout(verdict, hashed2, predicateType))
    fail("ARTIFACT_MISMATCH", "the statement that was signed is not about these subjects");
  await writeAtomically(world.files, world.random, path, `${text}
`);
  return { verdict, resumed: false };
}
function isAbout({ content }, hashed2, predicateType) {
  if (content.kind !== "dsse-envelope" || content.statement.predicateType !== predicateType) return false;
  const line = (name, digests) => JSON.stringify([name, ...digests.map(formatDigest)]);
  const stated = new Set(content.statement.subjects.map(({ name, digests }) => line(name, digests)));
  return stated.size === hashed2.length && hashed2.every(({ subject, digest: digest2 }) => stated.has(line(subject.name, [digest2])));
}

// src/run/sign-each.ts
async function* signEach(plan, world) {
  let outage;
  yield* concurrently(plan.subjects, plan.concurrency, async (subject) => {
    if (outage !== void 0) return { subject, error: outage };
    try {
      return await signOne(subject, plan, world);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.kind === "unavailable") outage = error;
      return { subject, error };
    }
  });
}
async function signOne(subject, { bundlePaths: bundlePaths2, session, trust, policy }, world) {
  const bundlePath = bundlePaths2.get(subject) ?? fail("DELIVERY_FAILED", `no place for the bundle of ${subject.name}`);
  const digest2 = subject.kind === "file" ? await digestFile(world.files, subject, "sha256") : sha256Of(subject.digest, subject.origin);
  const existing = await verifyExisting({ path: bundlePath, artifact: digest2, trust, policy }, world);
  if (existing?.content.kind === "message-signature")
    return { subject, digest: digest2, bundlePath, verdict: existing, resumed: true };
  const { bundle } = await session.signArtifact(digest2);
  const text = writeBundle(bundle);
  const verdict = await verify(readBundle(text), artifactOfDigest(digest2), trust, policy, world.clock());
  await writeAtomically(world.files, world.random, bundlePath, `${text}
`);
  return { subject, digest: digest2, bundlePath, verdict, resumed: false };
}
function sha256Of(digest2, origin) {
  if (digest2.algorithm === "sha256") return toDigest("sha256", digest2.bytes);
  return fail("USAGE", `${origin}: ${formatDigest(digest2)} cannot be signed by itself; only SHA-256 digests can`, {
    remedy: "Set `bundle-format: attestation`: a statement holds digests of any kind."
  });
}

// src/run/sign-run.ts
var maxPerFile = 50;
async function signRun(request, world) {
  var _stack = [];
  try {
    const { tokens } = request;
    const subjects = await planSubjects(request.subjects, request.places, world);
    const token = await tokens();
    checkTrigger(token.claims, request.allowDangerousTriggers);
    const instance = await request.instance();
    demandLogVersion(instance, request.logVersion);
    const services = selectServices(instance.signingConfig, world.clock(), request.logVersion);
    if (instance.publicLog) checkPrivacy(token.claims, request.allowPublicLog);
    const { trust, thresholds, sandbox } = instance;
    const policy = exactIdentity(token.certificateIdentity, token.issuer, { thresholds, sandbox });
    const session = __using(_stack, openSession({ ...world, tokens, services, trust, requirements: policy }));
    const plan = { subjects, session, trust, policy, concurrency: request.concurrency };
    const format = request.format === "auto" ? subjects.length > maxPerFile ? "attestation" : "per-file" : request.format;
    const results = format === "per-file" ? signEach({ ...plan, bundlePaths: choosePaths2(subjects, request) }, world) : await attest2(plan, token, request, world);
    return { instance, format, ...await collect(results, subjects, request.onSubject) };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
function demandLogVersion(instance, logVersion) {
  const versions = instance.signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion);
  if (logVersion === void 0 || versions.includes(logVersion)) return;
  fail("USAGE", `the instance ${instance.name} has no transparency log of version ${logVersion}`, {
    remedy: "Leave `log-version` out."
  });
}
function choosePaths2(subjects, { bundlePath, places }) {
  const [only, ...others] = subjects;
  if (bundlePath === void 0 || only === void 0) return bundlePaths(subjects, places);
  if (others.length === 0) return /* @__PURE__ */ new Map([[only, bundlePath]]);
  return fail("USAGE", `one bundle was named, for ${subjects.length} subjects`, {
    remedy: "Name a folder for the bundles, or sign with `attestation`, which is one bundle about all of them."
  });
}
async function attest2(plan, token, { serverUrl, places, bundlePath }, world) {
  const predicate = buildProvenance(await verifyTokenClaims(world.http, token, world.clock()), serverUrl);
  return attestAll(plan, { predicateType: provenancePredicateType, predicate, places, bundlePath }, world);
}
async function collect(results, subjects, onSubject) {
  const signed = [];
  const unsigned = [];
  for await (const result of results) {
    if ("error" in result) unsigned.push(result);
    else signed.push(result);
    onSubject?.(result);
  }
  const order = new Map(subjects.map((subject, index) => [subject, index]));
  const byOrder = (a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0);
  return { signed: signed.sort(byOrder), unsigned: unsigned.sort(byOrder) };
}

export {
  deliverRun,
  delivered,
  demandComplete,
  signingReport,
  writeBundle,
  openSession,
  signRun
};
