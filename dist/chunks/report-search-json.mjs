import { failureJson } from "./options-shared.mjs";
import { claimName } from "./core-log-cosignature.mjs";
import { formatDigest } from "./node-regular-file.mjs";
function isSearched({ failures, missed, notSearched, ranges }) {
  return failures.length === 0 && missed === void 0 && notSearched === void 0 && ranges.length <= 1;
}
function isComplete({ logs }) {
  return logs.every((log) => log.isOptional || isSearched(log));
}
function gapsOf({ ranges, size = 0 }) {
  const starts = [0, ...ranges.map(({ to }) => to)];
  const ends = [...ranges.map(({ from }) => from), size];
  return starts.flatMap((from, at) => {
    const to = ends[at] ?? from;
    return from < to ? [{ from, to }] : [];
  });
}
function searchJson(report, failure) {
  const { conditions, entries, isLimited, logs } = report;
  return {
    version: 1,
    complete: isComplete(report),
    limited: isLimited,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    conditions,
    entries: entries.map(entryJson),
    logs: logs.map(logJson)
  };
}
function entryJson({ claims, ...entry }) {
  const isCertificate = claims.type === "certificate";
  return {
    log: entry.log,
    origin: entry.origin,
    // Texts, since the indices of a log can be larger than the exact numbers of JSON.
    index: String(entry.index),
    globalIndex: entry.globalIndex === void 0 ? null : String(entry.globalIndex),
    leafHash: entry.leafHash,
    treeSize: String(entry.treeSize),
    kind: isCertificate ? claims.kind : `${claims.kind} ${claims.version}`,
    time: entry.time?.toISOString() ?? null,
    confirmed: entry.isConfirmed,
    attestation: attestationJson(entry.attestation),
    digests: isCertificate ? [] : claims.digests.map(digestJson),
    signers: entry.signers.map(signerJson),
    problems: claims.problems.map(problemJson),
    bundle: bundleJson(entry.bundle)
  };
}
function digestJson({ algorithm, value, of }) {
  return { digest: `${algorithm}:${value}`, of };
}
function problemJson({ code, part, reason }) {
  return { code, part, reason };
}
function attestationJson(attestation) {
  if (attestation === void 0) return null;
  if (!attestation.isProven) return { predicateType: null, subjects: [], reason: attestation.reason };
  const { predicateType, subjects } = attestation;
  const subjectJson = ({ name, digests }) => ({
    name,
    digests: digests.map(formatDigest)
  });
  return { predicateType, subjects: subjects.map(subjectJson), reason: null };
}
function bundleJson(bundle) {
  if (bundle === void 0) return null;
  return "path" in bundle ? { path: bundle.path, reason: null } : { path: null, reason: bundle.reason };
}
function signerJson({ signer, issuance }) {
  return { ...claimsJson(signer), issuance: issuance === void 0 ? null : issuanceJson(issuance) };
}
function issuanceJson(issuance) {
  return issuance.isTrusted ? { trusted: true, authority: issuance.authority, reason: null } : { trusted: false, authority: null, reason: issuance.reason };
}
function claimsJson(signer) {
  if (signer.kind === "certificate") return { kind: "certificate", ...certificateJson(signer.certificate) };
  return { kind: signer.kind === "other" ? signer.format : signer.kind, key: `sha256:${signer.keyHash}` };
}
function certificateJson({ names, claims, keyHash, certificateHash, notBefore, notAfter }) {
  const hash = (hex) => hex === void 0 ? null : `sha256:${hex}`;
  return {
    names: names.map(({ kind, value }) => ({ kind, value })),
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [claimName(name), value])),
    key: hash(keyHash),
    certificate: {
      digest: hash(certificateHash),
      notBefore: notBefore?.toISOString() ?? null,
      notAfter: notAfter?.toISOString() ?? null
    }
  };
}
function logJson(log) {
  const range = ({ from, to }) => ({
    from: String(from),
    to: String(to - 1)
  });
  const { ranges, size } = log;
  return {
    url: log.url,
    protocol: log.protocol ?? null,
    origin: log.origin ?? null,
    size: size === void 0 ? null : String(size),
    searched: isSearched(log),
    required: !log.isOptional,
    localIndex: ranges.length === 0 ? null : { ranges: ranges.map(range), gaps: gapsOf(log).map(range), unreadable: log.withProblems },
    serviceIndex: log.service,
    missed: log.missed ?? null,
    notSearched: log.notSearched ?? null,
    failures: log.failures.map(failureJson)
  };
}
export {
  digestJson,
  gapsOf,
  isComplete,
  isSearched,
  problemJson,
  searchJson
};
