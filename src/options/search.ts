/** The options of `countersign search`. */

import { count, list, path, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { instanceRows, runRows } from './shared.ts';

const { signingConfig: _, ...trust } = instanceRows;

export const searchRows = {
  digest: {
    form: text,
    about: 'Digest of an artifact: sha256:…, sha384:… or sha512:….',
    flags: '--digest <digest>',
    once: true,
  },
  identity: {
    form: text,
    about: 'Name in the certificate, such as the URL of a workflow or an email address.',
    flags: '--identity <name>',
    once: true,
  },
  repo: {
    form: text,
    about: 'Source repository in the certificate: owner/name on GitHub, or a URL.',
    flags: '-R, --repo <owner/name>',
    once: true,
  },
  issuer: { form: text, about: 'OIDC issuer in the certificate.', flags: '--issuer <url>', once: true },
  key: {
    form: text,
    about: 'Public key: the path of a file (PEM), or its SHA-256 digest (sha256:…).',
    flags: '--key <key>',
    once: true,
  },
  state: {
    form: path,
    about: 'Folder of countersign audit, which contains the index of the logs.',
    flags: '--state <folder>',
  },
  log: {
    form: list,
    about: 'Search only this log (repeatable; default: all logs of the trusted root).',
    flags: '--log <url>',
  },
  limit: {
    form: count(10_000),
    default: '100',
    about: 'Maximum number of entries to print, the newest first.',
    flags: '--limit <count>',
  },
  bundleOut: {
    form: path,
    about:
      'Folder for bundles made from entries of Rekor v1 about the file or digest. Each is verified before it is written.',
    flags: '--bundle-out <folder>',
  },
  ...trust,
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
