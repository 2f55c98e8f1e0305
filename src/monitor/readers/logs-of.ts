/** Lists the logs of a trusted root, with the protocol of each. */

import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { readSignedNote } from '../../core/log/index.ts';
import type { Log, SigningConfig, TransparencyLog, TrustedRoot, ValidityWindow } from '../../core/trust/index.ts';
import { certificateLogClient } from '../../services/certificate-log/index.ts';
import type { Http } from '../../services/http/index.ts';
import { logClientV1, type ShardV1 } from '../../services/rekor/index.ts';
import { type LogProtocol, logUrl, type MonitoredLog } from '../log/index.ts';
import { tilesOfCertificateLog, tilesOfRekor } from './open-reader.ts';

export interface LogsOptions {
  readonly http: Http;
  /** States the API version of each log of Rekor that it lists. Other logs are asked. */
  readonly signingConfig?: SigningConfig;
}

/** A log of which it is unknown how it can be read. */
export interface UnreadableLog {
  readonly baseUrl: string;
  readonly keyId: Uint8Array;
  readonly validFor: ValidityWindow;
  readonly error: CountersignError;
}

export interface FoundLogs {
  readonly logs: readonly MonitoredLog[];
  readonly unreadable: readonly UnreadableLog[];
}

/**
 * Lists the logs of a trusted root. Each shard of Rekor v1 is a log of its own. The keys are those of the trusted root; the services tell
 * only their protocols and their shards.
 */
export async function logsOf(trust: TrustedRoot, options: LogsOptions): Promise<FoundLogs> {
  const { transparencyLogs, certificateTransparencyLogs } = trust;
  const found = await Promise.all([
    ...transparencyLogs.map((log) => attempt(log, () => rekorLogs(log, transparencyLogs, options))),
    ...certificateTransparencyLogs.map((log) => attempt(log, () => certificateLogs(log, options))),
  ]);
  return {
    logs: found.flatMap(({ logs }) => logs),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

async function attempt(log: Log, find: () => Promise<readonly MonitoredLog[]>): Promise<FoundLogs> {
  try {
    demandHttpUrl(log);
    return { logs: await find(), unreadable: [] };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    const { keyId, validFor } = log;
    return { logs: [], unreadable: [{ baseUrl: logUrl(log.baseUrl), keyId, validFor, error }] };
  }
}

/** Demands that a log can be requested. A trusted root may contain any text as the URL of a certificate log. */
function demandHttpUrl({ baseUrl }: Log): void {
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl))
    fail('TRUSTED_ROOT_INVALID', `${JSON.stringify(baseUrl)} in the trusted root is not the HTTP URL of a log`);
}

async function rekorLogs(
  log: TransparencyLog,
  all: readonly TransparencyLog[],
  { http, signingConfig }: LogsOptions,
): Promise<readonly MonitoredLog[]> {
  const baseUrl = logUrl(log.baseUrl);
  const stated = signingConfig?.transparencyLogs.find(({ url }) => logUrl(url) === baseUrl)?.majorApiVersion;
  const { names } = log.checkpointKey;
  const isV2 = stated === undefined ? await answers(() => tilesOfRekor(http, baseUrl).checkpoint()) : stated === 2;
  if (isV2) return [monitored(log, 'rekor-v2', names)];
  const keys = all.filter((one) => logUrl(one.baseUrl) === baseUrl);
  const shards = await logClientV1(http, baseUrl).shards();
  return shards
    .filter((shard) => signerOf(shard, keys) === log)
    .map(({ treeId, isActive }) => {
      const origins = names.map((name) => `${name} - ${treeId}`);
      return { ...monitored(log, 'rekor-v1', origins), ...(!isActive && { isEnded: true }) };
    });
}

/**
 * Returns the log of the trusted root under whose key a shard is read: the one whose id the checkpoint names, or the first. The shards of a
 * log may have a key each.
 */
function signerOf({ checkpoint }: ShardV1, logs: readonly TransparencyLog[]): TransparencyLog | undefined {
  if (logs.length < 2) return logs[0];
  const { signatures } = readSignedNote(checkpoint);
  const signer = logs.find(({ keyId }) => signatures.some(({ keyHint }) => equalBytes(keyHint, keyId.subarray(0, 4))));
  return signer ?? logs[0];
}

async function certificateLogs(log: Log, { http }: LogsOptions): Promise<readonly MonitoredLog[]> {
  const baseUrl = logUrl(log.baseUrl);
  const names = [baseUrl.replace(/^https?:\/\//, '')];
  if (await answers(() => certificateLogClient(http, baseUrl).treeHead())) return [monitored(log, 'rfc6962', names)];
  await tilesOfCertificateLog(http, baseUrl).checkpoint();
  return [monitored(log, 'static-ct', names)];
}

/** Reports whether a service has an API. */
async function answers(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'SERVICE_REFUSED') return false;
    throw error;
  }
}

function monitored(
  { baseUrl, publicKey, keyId, validFor }: Log,
  protocol: LogProtocol,
  names: readonly string[],
): MonitoredLog {
  return { protocol, baseUrl: logUrl(baseUrl), publicKey, keyId, names: [...new Set(names)], validFor };
}
