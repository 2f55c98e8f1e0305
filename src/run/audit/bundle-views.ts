/** Reads what bundles show of logs: checkpoints, and promises to include an entry. */

import { type Bundle, type LogEntry, maxBundleLength, readBundle } from '../../core/bundle/index.ts';
import {
  type Certificate,
  promisedLeaf,
  readCertificate,
  readSignedCertificateTimestamps,
  type SignedCertificateTimestamp,
  verifySignedCertificateTimestamp,
} from '../../core/certificate/index.ts';
import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { readCheckpoint, verifySignedEntryTimestamp } from '../../core/log/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import type { PromiseView, View } from '../../monitor/audit/index.ts';
import { maximumMergeDelay, promisedIndex, shardOffset } from '../../monitor/evidence/index.ts';
import { isCertificateLog, type MonitoredLog } from '../../monitor/log/index.ts';
import { utf8Text } from '../../node/index.ts';
import { readInputFile, type World } from '../world/index.ts';

export interface BundleViews {
  readonly views: readonly View[];
  readonly promises: readonly PromiseView[];
  /** What could not be used, as sentences without full stops. */
  readonly problems: readonly string[];
}

/** What the promises of bundles are checked with. */
export interface PromiseContext {
  readonly logs: readonly MonitoredLog[];
  readonly roots: readonly TrustedRoot[];
}

/**
 * Reads the bundles in files, each with one bundle or with one per line.
 *
 * @throws CountersignError `USAGE` for a file that cannot be read, `BUNDLE_INVALID` for one without a bundle
 */
export async function bundleViews(
  paths: readonly string[],
  context: PromiseContext,
  files: World['files'],
): Promise<BundleViews> {
  const [views, promises, problems]: [View[], PromiseView[], string[]] = [[], [], []];
  for (const path of paths) {
    for (const { source, bundle } of readFile(await readText(path, files), path)) {
      for (const { inclusionProof, logKeyId } of bundle.logEntries)
        if (inclusionProof !== undefined) views.push({ source, note: inclusionProof.checkpoint, keyId: logKeyId });
      for (const entry of bundle.logEntries) await keep(entryPromise(entry, source, context));
      await keep(certificatePromises(bundle, source, context));
    }
  }
  return { views, promises, problems };

  async function keep(reading: Promise<readonly PromiseView[]>): Promise<void> {
    try {
      promises.push(...(await reading));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problems.push(error.message);
    }
  }
}

async function readText(path: string, files: World['files']): Promise<string> {
  const bytes = await readInputFile(path, 'bundle', files, maxBundleLength);
  return utf8Text(bytes, 'BUNDLE_INVALID', `the bundle ${path}`);
}

function readFile(text: string, path: string): readonly { readonly source: string; readonly bundle: Bundle }[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => line.trimStart().startsWith('{')))
    return [{ source: `the bundle ${path}`, bundle: readBundle(text) }];
  return lines.map((line, at) => ({ source: `the bundle ${path}:${at + 1}`, bundle: readBundle(line) }));
}

/**
 * Returns the promise of Rekor v1 to include an entry.
 *
 * @throws CountersignError if its signature is invalid, or if it is not known which shard it is about
 */
async function entryPromise(
  entry: LogEntry,
  source: string,
  { logs }: PromiseContext,
): Promise<readonly PromiseView[]> {
  const { signedEntryTimestamp, inclusionProof, canonicalizedBody, integratedTime, logIndex, logKeyId } = entry;
  const shards = logs.filter(({ keyId, protocol }) => protocol === 'rekor-v1' && equalBytes(keyId, logKeyId));
  const [shard, ...others] = shards;
  if (signedEntryTimestamp === undefined || shard === undefined) return [];
  const due = await verifySignedEntryTimestamp(entry, signedEntryTimestamp, shard.publicKey).catch((error: unknown) => {
    if (!(error instanceof CountersignError)) throw error;
    return fail('LOG_ENTRY_INVALID', `${source}: ${error.message}`);
  });
  const promise = {
    kind: 'signed-entry-timestamp',
    canonicalizedBody,
    integratedTime,
    logIndex,
    signature: signedEntryTimestamp,
  } as const;
  const view = { source, promise, leaf: canonicalizedBody, due };
  if (inclusionProof !== undefined) {
    const { origin } = readCheckpoint(inclusionProof.checkpoint);
    return [{ ...view, log: shard, origin, index: Number(inclusionProof.logIndex) }];
  }
  const [known] = shards
    .flatMap((one) => one.names.map((origin) => ({ origin, offset: shardOffset(origin, one.keyId) })))
    .filter(({ offset }) => offset !== undefined && BigInt(offset) <= logIndex)
    .sort((a, b) => (b.offset ?? 0) - (a.offset ?? 0));
  if (known !== undefined)
    return [{ ...view, log: shard, origin: known.origin, index: Number(logIndex) - (known.offset ?? 0) }];
  if (others.length > 0)
    fail(
      'LOG_ENTRY_INVALID',
      `${source} has a promise without an inclusion proof, and it is not known which shard it is about`,
    );
  return [{ ...view, log: shard, origin: undefined, index: Number(logIndex) }];
}

/**
 * Returns the promises of certificate logs to include the certificate of a bundle. Those of logs that are not audited are left out.
 *
 * @throws CountersignError if a signature is invalid
 */
async function certificatePromises(
  { signer }: Bundle,
  source: string,
  { logs, roots }: PromiseContext,
): Promise<readonly PromiseView[]> {
  if (signer.kind !== 'certificate') return [];
  const certificate = readCertificate(signer.certificate);
  const issuers = roots.flatMap(({ certificateAuthorities }) => certificateAuthorities.flatMap(({ chain }) => chain));
  const promises: PromiseView[] = [];
  for (const timestamp of readSignedCertificateTimestamps(certificate)) {
    const log = logs.find(({ keyId, protocol }) => isCertificateLog(protocol) && equalBytes(keyId, timestamp.logId));
    if (log === undefined) continue;
    const issuer = await issuerOf(timestamp, certificate, issuers, log);
    if (issuer === undefined)
      fail(
        'SCT_INVALID',
        `${source} has a signed certificate timestamp of ${log.baseUrl} that is invalid, or whose issuer is not trusted`,
      );
    promises.push({
      source,
      log,
      promise: { kind: 'signed-certificate-timestamp', certificate: signer.certificate, issuer: issuer.der },
      leaf: promisedLeaf(timestamp, certificate, issuer),
      origin: undefined,
      index: log.protocol === 'static-ct' ? promisedIndex(timestamp.extensions) : undefined,
      due: new Date(timestamp.timestamp.getTime() + maximumMergeDelay),
    });
  }
  return promises;
}

async function issuerOf(
  timestamp: SignedCertificateTimestamp,
  certificate: Certificate,
  issuers: readonly Certificate[],
  log: MonitoredLog,
): Promise<Certificate | undefined> {
  for (const issuer of issuers)
    if (await verifySignedCertificateTimestamp(timestamp, certificate, issuer, log.publicKey)) return issuer;
  return undefined;
}
