import { readSimpleSigning } from "./core-statement-simple-signing.mjs";
import { readCheckpoint } from "./core-certificate-signed-certificate-timestamp.mjs";
import { readTimestampResponse, readStatement, statementPayloadType } from "./core-certificate-path.mjs";
import { readCertificate } from "./core-certificate-certificate.mjs";
import { readFulcioClaims } from "./core-log-cosignature.mjs";
import { isHash } from "./node-regular-file.mjs";
import { attempt } from "./core-errors-codes.mjs";
function bundleClaims(bundle, document) {
  return {
    mediaType: bundle.mediaType,
    signer: claimedSigner(bundle),
    content: claimedContent(bundle, document),
    logEntries: bundle.logEntries.map(({ kind, version, logIndex, inclusionProof, integratedTime }) => ({
      kind: `${kind} ${version}`,
      index: logIndex,
      origin: inclusionProof && attempt(() => readCheckpoint(inclusionProof.checkpoint).origin),
      integratedTime: dateOf(integratedTime)
    })),
    timestamps: bundle.timestamps.map((der) => attempt(() => readTimestampResponse(der).time))
  };
}
function claimedDigest({ content }) {
  if (content.kind === "artifact" || content.kind === "simple-signing") return content.digest;
  if (content.kind === "payload") return void 0;
  return content.subjects.flatMap(({ digests }) => digests.filter(isHash))[0];
}
function claimedSigner({ signer }) {
  if (signer.kind === "public-key") return { kind: "key", hint: signer.hint };
  const read = attempt(() => {
    const certificate = readCertificate(signer.certificate);
    return { certificate, claims: readFulcioClaims(certificate) };
  });
  if (read === void 0) return { kind: "unreadable" };
  const { notBefore, notAfter, subjectAlternativeNames } = read.certificate;
  const names = subjectAlternativeNames.map(
    (name) => name.kind === "unknown" ? "a name of another kind" : name.value
  );
  return { kind: "certificate", names, claims: read.claims, notBefore, notAfter };
}
function claimedContent({ content }, document) {
  if (document !== void 0) {
    const read = attempt(() => readSimpleSigning(document));
    if (read === void 0) return { kind: "payload", payloadType: "simple signing" };
    return { kind: "simple-signing", dockerReference: read.dockerReference, digest: read.manifestDigest };
  }
  if (content.kind === "message-signature") return { kind: "artifact", digest: content.messageDigest };
  const { payloadType, payload } = content;
  const statement = payloadType === statementPayloadType ? attempt(() => readStatement(payload)) : void 0;
  if (statement === void 0) return { kind: "payload", payloadType };
  return { kind: "statement", predicateType: statement.predicateType, subjects: statement.subjects };
}
var latest = 8640000000000n;
function dateOf(seconds) {
  return seconds === 0n || seconds > latest ? void 0 : new Date(Number(seconds) * 1e3);
}
export {
  bundleClaims,
  claimedDigest
};
