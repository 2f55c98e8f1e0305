import { fetchEntryV1, isUuid, maxAnswerLength, readAnswerV1 } from "./services-rekor-answer-v1.mjs";
import { describeAnswer, expectStatus } from "./services-http-answer.mjs";
import { hashedRekordV1, verifierPem } from "./core-certificate-path.mjs";
import { preAuthenticationEncoding, canonicalJson } from "./core-encoding-der-writer.mjs";
import { shownUrl } from "./core-certificate-certificate.mjs";
import { readLogEntry } from "./core-bundle-read-bundle.mjs";
import { ProtoField, encodeBase64 } from "./core-encoding-der.mjs";
import { digest } from "./node-regular-file.mjs";
import { utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var LogEntryDuplicate = class extends CountersignError {
  /** The index that the log states; `undefined` if it states none. */
  index;
  constructor(message, index, details) {
    super("LOG_ENTRY_DUPLICATE", message, details);
    this.index = index;
  }
};
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
    quotes: "message",
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength
  };
  const response = await http(request);
  if (response.status === 409)
    return (await fetchEntryV1(http, baseUrl, uuidOfEquivalent(request, response), [404])).entry;
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
  const envelope = canonicalJson({
    payload: encodeBase64(payload),
    payloadType,
    signatures: [{ sig: encodeBase64(signature) }]
  });
  if (envelope.length > maxEnvelopeLength) {
    fail("LIMIT_EXCEEDED", `the envelope has ${envelope.length} bytes; the limit for Rekor v1 is 10 MB`, {
      remedy: "Use a Rekor v2 log, which receives only the digest, or sign a smaller statement."
    });
  }
  return envelope;
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
  return found ?? fail("LOG_ENTRY_DUPLICATE", `${said}, without the UUID of the existing entry`, {
    remedy: "Sign again. A new signature creates a new entry."
  });
}
var timeoutMilliseconds2 = 3e4;
async function submitToRekorV2(http, baseUrl, submission) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/log/entries`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(requestBody(submission)),
    service: "the transparency log",
    quotes: "message",
    timeoutMilliseconds: timeoutMilliseconds2,
    maxBodyLength: 10 * 1024 * 1024
  };
  const response = await http(request);
  if (response.status === 409) {
    throw new LogEntryDuplicate(describeAnswer(request, response), statedIndex(response), {
      remedy: "Sign again. A new signature creates a new entry."
    });
  }
  if (response.status === 405) {
    fail("SERVICE_REFUSED", describeAnswer(request, response), {
      remedy: "This log no longer accepts entries, so the signing config is out of date. Update the signing config or Countersign."
    });
  }
  const { body } = expectStatus(request, response, 200, 201);
  const what = `the response of the transparency log (${request.url.origin})`;
  const answer = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what);
  const entry = readLogEntry(answer);
  if (entry.inclusionProof === void 0) answer.field("inclusionProof").fail("is missing");
  return entry;
}
function statedIndex({ headers }) {
  const stated = headers["x-log-index"];
  return typeof stated === "string" && /^\d{1,15}$/.test(stated) ? Number(stated) : void 0;
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
async function submitEntry(http, log, submission) {
  switch (log.majorApiVersion) {
    case 1:
      return submitToRekorV1(http, log.url, submission);
    case 2:
      return submitToRekorV2(http, log.url, submission);
    default:
      return fail(
        "NO_SERVICE",
        `version ${log.majorApiVersion} of the API of the transparency log (${shownUrl(log.url)}) is not supported`
      );
  }
}
export {
  LogEntryDuplicate,
  submitEntry
};
