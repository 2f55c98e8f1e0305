import type { OtherRule } from './rule.ts';

/** The findings of the audit, which have ids and severities of their own. */
export const logFinding: OtherRule = {
  about: 'logs',
  id: 'P22',
  name: 'log-finding',
  version: 1,
  severity: 'alert',
  reason:
    'A log that shows others a different tree, or forgets entries, hides signatures. A watch that reads nothing hides them too.',
  condition:
    'The audit of a log has a finding, or the watch has read less than it should have (`WATCH_BLIND`). Proven misbehaviour is critical.',
  falseAlarms: 'Outages and caches, which the audit tells apart by trying again.',
};
