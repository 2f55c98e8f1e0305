/** Readers of the sandbox's logs, and the trees that they should find. */

import { type MerkleTree, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { CompactRange, subtreesOf } from '../../../src/core/log/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import type { LogProtocol, LogReader, MonitoredLog } from '../../../src/monitor/log/index.ts';
import { openReader, type ReaderOptions } from '../../../src/monitor/readers/index.ts';
import { type HttpConnections, openHttp } from '../../../src/services/http/index.ts';

/** A sandbox and a client for it. */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly connections: HttpConnections;
  /** The paths that were requested since the last call. */
  requested(): readonly string[];
}

export async function openWorld(): Promise<World> {
  const sandbox = await startSandbox();
  const connections = openHttp('countersign-test');
  let seen = 0;
  return {
    sandbox,
    connections,
    requested: () => {
      const paths = sandbox.requests.slice(seen).map(({ path }) => path);
      seen = sandbox.requests.length;
      return paths;
    },
    [Symbol.asyncDispose]: async () => {
      connections[Symbol.dispose]();
      await sandbox.close();
    },
  };
}

/** Returns a log of the trusted root, as it is followed by this protocol. */
export function logAt(sandbox: Sandbox, url: string, protocol: LogProtocol): MonitoredLog {
  const { transparencyLogs, certificateTransparencyLogs } = readTrustedRoot(JSON.stringify(sandbox.trustedRoot));
  const log = [...transparencyLogs, ...certificateTransparencyLogs].find(({ baseUrl }) => baseUrl === url);
  if (log === undefined) throw new Error(`no log ${url}`);
  const { baseUrl, publicKey, keyId, validFor } = log;
  const names = 'checkpointKey' in log ? [new URL(url).hostname] : [url.replace(/^https?:\/\//, '')];
  return { protocol, baseUrl, publicKey, keyId, names, validFor };
}

export function readerOf({ connections }: World, log: MonitoredLog, options: Partial<ReaderOptions> = {}): LogReader {
  return openReader(log, { http: connections.send, ...options });
}

/** Returns the range of the first entries of a log of the sandbox. */
export function rangeOfTree(tree: MerkleTree, size: number): CompactRange {
  return CompactRange.of(
    size,
    subtreesOf({ from: 0, to: size }).map(({ level, position }) => tree.node(level, position)),
  );
}

/** Appends entries to the log of Rekor v2 until it has this size. */
export function growTo({ transparencyLog }: Sandbox, size: number): void {
  while (transparencyLog.size < size) transparencyLog.append(utf8(`entry ${transparencyLog.size}`));
}
