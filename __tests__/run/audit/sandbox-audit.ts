/** Audits of the logs of a sandbox, over HTTP, with a clock that a test sets. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { Sandbox } from '../../../sandbox/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { outcomeOf } from '../../../src/monitor/audit/index.ts';
import { type AuditRunRequest, runAudit } from '../../../src/run/audit/index.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { withHttp } from '../../services/loopback.ts';

export const start = new Date('2026-11-30T12:00:00Z');

export interface AuditOptions extends Partial<AuditRunRequest> {
  readonly now?: Date;
  /** Changes the requests and responses. */
  readonly through?: (http: Http) => Http;
  /** The trusted roots, as JSON; by default, that of the sandbox. */
  readonly roots?: readonly object[];
}

/** Audits from the start of each log. */
export async function auditSandbox(
  sandbox: Sandbox,
  state: string,
  { now = start, through = (http) => http, roots = [sandbox.trustedRoot], ...changes }: AuditOptions = {},
) {
  const request: AuditRunRequest = {
    state,
    logs: [],
    bundles: [],
    witnesses: [],
    witnessPolicy: undefined,
    from: 'start',
    isIndexed: true,
    maxEntries: undefined,
    maxMinutes: undefined,
    keySource: 'a test',
    tool: 'countersign test',
    ...changes,
  };
  const trusted = roots.map((root) => {
    const trust = readTrustedRoot(JSON.stringify(root));
    return { instance: 'sandbox', trust, thresholds: defaultThresholds, sandbox: 'accept' } as const;
  });
  const report = await withHttp((http) =>
    runAudit(request, trusted, {
      http: through(http),
      files,
      clock: () => now,
      random: randomBytes,
      cancellation: new AbortController().signal,
    }),
  );
  const reported = [...report.findings, ...report.logs.flatMap((log) => log.findings)];
  return { report, reported, codes: reported.map(({ finding }) => finding.code), outcome: outcomeOf(report) };
}

/** Makes a certificate log serve the Static CT API alone. */
export const asStaticLog =
  (http: Http): Http =>
  async (request) =>
    request.url.pathname.includes('/ct/v1/') ? { status: 404, headers: {}, body: new Uint8Array() } : http(request);
