/** The report of `--test-delivery`. */

import { createHash } from 'node:crypto';
import type { WatchFinding, WatchReport } from '../monitor/watch/index.ts';

/**
 * Returns a marked report with one finding, to be sent through each delivery. No log is read for it.
 *
 * @param policy the path of the policy file
 */
export function testReport(policy: string, at: Date): WatchReport {
  const finding: WatchFinding = {
    id: createHash('sha256').update(`countersign test delivery ${at.toISOString()}`).digest('hex'),
    rule: { id: 'P00', name: 'test' },
    severity: 'alert',
    title: 'test of the delivery',
    reason: 'The command was run with --test-delivery. No log was read, and nothing was found.',
    remedy: 'There is nothing to do.',
    about: { kind: 'log', url: 'https://log.example', origin: undefined, code: 'TEST' },
    firstSeen: at,
    lastSeen: at,
    evidence: undefined,
    line: undefined,
  };
  return {
    policy,
    at,
    audit: { logs: [], findings: [], incomplete: [] },
    packages: [],
    open: [finding],
    acknowledged: [],
    changes: [{ activity: 'created', finding, at }],
    signatures: [],
    matched: 0,
    pending: 0,
    learning: [],
    expired: [],
    incomplete: [],
    isTest: true,
  };
}
