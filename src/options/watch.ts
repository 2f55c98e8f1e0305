/** The options of `countersign watch`. */

import { auditRows } from './audit.ts';
import { flag, path, text } from './form.ts';
import type { OptionTable } from './row.ts';

const { evidence: _, verbose, quiet, json, state, ...audit } = auditRows;

export const watchRows = {
  policy: {
    form: path,
    about: 'Policy file with what is watched: .github/countersign.yml, with the key watch. Required.',
    flags: '--policy <path>',
    once: true,
  },
  state: {
    ...state,
    about: 'Folder for the state, the findings and the evidence. Created if it does not exist. Required.',
  },
  issue: {
    form: text,
    about:
      'Repository on GitHub in which one issue about the findings is kept up to date. Requires a token in GITHUB_TOKEN or GH_TOKEN.',
    flags: '--issue <owner/name>',
    once: true,
  },
  webhook: {
    form: text,
    about:
      'URL to which each change is sent, signed as in Standard Webhooks. Requires the secret (whsec_…) in COUNTERSIGN_WEBHOOK_SECRET.',
    flags: '--webhook <url>',
    once: true,
  },
  ocsf: {
    form: path,
    about: 'File to which changes are appended, as JSON lines in the form of OCSF.',
    flags: '--ocsf <path>',
    once: true,
  },
  sarif: { form: path, about: 'File for the open findings in SARIF.', flags: '--sarif <path>', once: true },
  html: { form: path, about: 'File for the report as an HTML page with pictures.', flags: '--html <path>', once: true },
  metrics: { form: path, about: 'File for metrics in OpenMetrics.', flags: '--metrics <path>', once: true },
  testDelivery: {
    form: flag,
    about: 'Send a report that is marked as a test through each delivery, instead of watching. No log is read.',
    flags: '--test-delivery',
  },
  backTest: {
    form: text,
    about:
      'Report what the policy would have found in a part of the logs: dates (2026-11-01..2026-11-30) or, for one log, entries (1000..2000, without the last). The state is not changed, and nothing is delivered.',
    flags: '--back-test <from..to>',
    once: true,
  },
  import: {
    form: path,
    about: 'Print a policy made from the configuration file of rekor-monitor, instead of watching.',
    flags: '--import <path>',
    once: true,
  },
  index: {
    form: flag,
    about: 'Add all entries to the search index too (about 84 bytes each). A folder that has an index keeps it.',
    flags: '--index',
  },
  ...audit,
  verbose,
  quiet,
  json,
} as const satisfies OptionTable;
