/** Formats an inspection as JSON. docs/json.md documents the format; within a version, members are added and never changed. */

import { claimName } from '../core/certificate/index.ts';
import { formatDigest } from '../core/crypto/index.ts';
import type { BundleClaims, ClaimedContent, ClaimedSigner } from './bundle-claims.ts';
import { failureJson } from './failure-json.ts';
import { type InspectedBundle, type Inspection, inspectionFailure } from './inspection.ts';

/** Returns the inspection as plain values. */
export function inspectionJson(inspection: Inspection): object {
  const { place, digest, hasPolicy, bundles, warnings } = inspection;
  const failure = inspectionFailure(inspection);
  return {
    version: 1,
    // For readers who see only the JSON: no artifact was read.
    verified: false,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(failure),
    place,
    digest: digest ?? null,
    policy: hasPolicy,
    warnings,
    bundles: bundles.map(bundleJson),
  };
}

function bundleJson({ place, claims, verifiedDigest, failure }: InspectedBundle): object {
  return {
    bundle: place,
    verifiedDigest: verifiedDigest === undefined ? null : formatDigest(verifiedDigest),
    failure: failure === undefined ? null : failureJson(failure),
    claims: claims === undefined ? null : claimsJson(claims),
  };
}

function claimsJson({ mediaType, signer, content, logEntries, timestamps }: BundleClaims): object {
  return {
    mediaType,
    signer: signerJson(signer),
    content: contentJson(content),
    logEntries: logEntries.map(({ kind, index, origin, integratedTime }) => ({
      kind,
      index: index.toString(),
      origin: origin ?? null,
      integratedTime: integratedTime?.toISOString() ?? null,
    })),
    timestamps: timestamps.map((time) => time?.toISOString() ?? null),
  };
}

function signerJson(signer: ClaimedSigner): object {
  if (signer.kind !== 'certificate') return signer;
  const { kind, names, claims, notBefore, notAfter } = signer;
  const named = Object.entries(claims).map(([claim, value]) => [claimName(claim), value] as const);
  return {
    kind,
    names,
    claims: Object.fromEntries(named),
    certificate: { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() },
  };
}

function contentJson(content: ClaimedContent): object {
  switch (content.kind) {
    case 'artifact':
      return { kind: content.kind, digest: content.digest === undefined ? null : formatDigest(content.digest) };
    case 'simple-signing':
      return { ...content, digest: formatDigest(content.digest) };
    case 'payload':
      return content;
    case 'statement':
      return {
        ...content,
        subjects: content.subjects.map((subject) => ({ ...subject, digests: subject.digests.map(formatDigest) })),
      };
  }
}
