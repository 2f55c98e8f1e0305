/** The inputs of the monitor action. */

import { auditRows } from './audit.ts';
import { count, expression, flag, path, secret, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { instanceRows, runRows } from './shared.ts';

const { log, bundle, witness, witnessPolicy, from } = auditRows;
const { instance, trustedRoot, tufUrl, tufRoot } = instanceRows;

export const monitorRows = {
  policy: {
    form: path,
    default: '.github/countersign.yml',
    action: 'Path of the policy file with what is watched.',
  },
  token: {
    form: secret,
    default: expression('github.token'),
    action:
      'Token for the API of GitHub. The token of the job needs contents: read and actions: read, and issues: write if issue is true.',
  },
  issue: {
    form: flag,
    action: 'Keep one issue of this repository up to date: opened, commented on and closed. Needs issues: write.',
  },
  webhook: {
    form: text,
    action: 'URL to which each change is sent, signed as in Standard Webhooks. Needs webhook-secret.',
  },
  webhookSecret: {
    form: secret,
    action: 'Secret of the webhook (whsec_…). While the receiver changes its secret, both, separated by a space.',
  },
  ocsf: { form: path, action: 'File to which changes are appended, as JSON lines in the form of OCSF.' },
  sarif: {
    form: path,
    action: 'File for the open findings in SARIF, for github/codeql-action/upload-sarif. It is the output sarif-path.',
  },
  metrics: { form: path, action: 'File for metrics in OpenMetrics.' },
  uploadReport: {
    form: flag,
    default: 'true',
    action: 'Upload the report as an HTML page in the workflow artifact countersign-watch-report.',
  },
  stateArtifact: {
    form: text,
    default: 'countersign-watch-state',
    action:
      'Name of the workflow artifact that keeps the state between runs. Two watches of a workflow need different names.',
  },
  maxOutage: {
    form: count(720),
    default: '6',
    action:
      'Hours without a complete run after which an incomplete run fails the job. Until then, an outage is a warning. Findings always fail the job.',
  },
  testDelivery: {
    form: flag,
    action: 'Send a report that is marked as a test through each delivery, instead of watching. No log is read.',
  },
  log: { form: log.form, action: 'URLs of the logs to watch, one per line. By default all logs of the trusted root.' },
  bundle: {
    form: bundle.form,
    action: 'Paths of files with bundles, one per line. Their checkpoints and promises are compared with the logs.',
  },
  witness: {
    form: witness.form,
    action: 'Monitoring URLs of witnesses, one per line. Their checkpoints are compared with the logs.',
  },
  witnessPolicy: { form: witnessPolicy.form, action: witnessPolicy.about },
  from: { form: from.form, default: from.default, action: from.about },
  maxEntries: {
    form: count(1_000_000_000),
    default: '2000000',
    action: 'Maximum number of entries to read in a run. The next run continues there.',
  },
  maxMinutes: {
    form: count(300),
    default: '20',
    action: 'Time in minutes after which a run reads no more entries. The next run continues there.',
  },
  instance: { form: instance.form, default: instance.default, action: instance.action },
  trustedRoot: { form: trustedRoot.form, action: trustedRoot.about },
  tufUrl: { form: tufUrl.form, action: tufUrl.about },
  tufRoot: { form: tufRoot.form, action: tufRoot.about },
  retryBudget: { form: runRows.retryBudget.form, default: '5m', action: runRows.retryBudget.action },
} as const satisfies OptionTable;
