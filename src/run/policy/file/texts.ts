/** The forms of texts in a policy file. */

import type { TextSyntax } from './shape.ts';

// The control characters, as JSON schema's patterns can write them.
const control = String.raw`\u0000-\u001f\u007f`;
const owner = '[A-Za-z0-9](?:[A-Za-z0-9_-]{0,63})';
const repositoryName = String.raw`(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,100}`;
const workflowFile = `[^/@*${control}]{1,250}\\.ya?ml`;
const host = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})';

/** A day of the Gregorian calendar. */
const date =
  '(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';

/** A pattern that fixes the owner of an identity before its first star: a host with the first segment of a path, or a domain. */
const fixedOwner = String.raw`[A-Za-z][A-Za-z0-9+.-]*://[^/*\s]+/[^/*\s]+/[^${control}]*`;
const fixedDomain = String.raw`[^@/\s]*@[^@*/\s]+|[^@!/\s]*![^@!*/\s]+`;

function oneOf(what: string, ...names: readonly string[]): TextSyntax {
  return { what, names, remedy: `Use one of ${names.join(', ')}.` };
}

export const texts = {
  any: { what: 'a text', otherwise: 'any', remedy: 'Specify a text.' },
  line: {
    what: 'a line of text',
    pattern: `^[^${control}]{1,255}$`,
    otherwise: 'any',
    remedy: 'Use up to 255 characters without line breaks.',
  },
  logFallback: oneOf('something to do during an outage', 'timestamp-only', 'second-log'),
  reason: {
    what: 'a reason',
    pattern: `^(?:[^${control}]|[\\n\\t]){1,4000}$`,
    remedy: 'Use up to 4,000 characters.',
  },
  repository: {
    what: 'a repository',
    pattern: `^${owner}/${repositoryName}$`,
    remedy: 'Use the form owner/name.',
  },
  owner: { what: 'an owner', pattern: `^${owner}$`, remedy: 'Use the name of a user or an organization.' },
  ownerOrRepository: {
    what: 'an owner or a repository',
    pattern: `^${owner}(?:/${repositoryName})?$`,
    remedy: 'Use the form owner or owner/name.',
  },
  /** The repository of a package, which may be elsewhere than on GitHub. */
  packageRepository: {
    what: 'a repository',
    pattern: `^(?:${owner}/${repositoryName}|https://${host}(?:/[A-Za-z0-9._-]+){2,20})$`,
    remedy: 'Use the form owner/name, or the URL of a repository that is not on GitHub.',
  },
  id: {
    what: 'a numeric ID',
    pattern: '^[1-9][0-9]{0,19}$',
    otherwise: 'integer',
    remedy: 'Use the number that `gh api repos/OWNER/NAME --jq .id` (or `.owner.id`) prints.',
  },
  workflow: {
    what: 'a workflow file',
    pattern: `^(?:(?:${owner}/${repositoryName}/)?\\.github/workflows/)?${workflowFile}$`,
    remedy: 'Use a file name such as release.yml, or owner/name/.github/workflows/release.yml.',
  },
  workflowOfRepository: {
    what: 'a workflow',
    pattern: `^${owner}/${repositoryName}/\\.github/workflows/${workflowFile}$`,
    remedy: 'Use the form owner/name/.github/workflows/file.yml.',
  },
  ref: {
    what: 'a full ref',
    pattern: `^refs/(?:heads|tags|pull)/[^\\s${control}]{1,1000}$`,
    remedy: 'Use the full ref or a pattern, as in refs/heads/main or "refs/tags/v*".',
  },
  tag: {
    what: 'a full tag',
    pattern: `^refs/tags/[^\\s${control}]{1,1000}$`,
    remedy: 'Use the full ref or a pattern, as in "refs/tags/v?".',
  },
  event: {
    what: 'an event',
    pattern: '^[a-z][a-z_]{1,63}$',
    remedy: 'Use the name of an event of GitHub Actions, such as push or workflow_dispatch.',
  },
  runner: oneOf('a kind of runner', 'github-hosted', 'self-hosted'),
  name: {
    what: 'an identity',
    pattern: `^[^*${control}]{1,1024}$`,
    remedy: 'Use the whole name without a *. For a pattern, use "glob".',
  },
  segment: {
    what: 'the beginning of an identity',
    pattern: `^[A-Za-z][A-Za-z0-9+.-]*://[^/*\\s]+/[^/*\\s][^*${control}]{0,1000}$`,
    remedy: 'Use a URL with at least one segment after the host, as in https://gitlab.com/group.',
  },
  glob: {
    what: 'a pattern with a * that fixes an owner or a domain',
    pattern: `^(?=[^*]*\\*)(?:${fixedOwner}|${fixedDomain})$`,
    remedy:
      'Spell out the host and the owner, as in "https://github.com/owner/*", or the domain, as in "*@example.com". For a name without a *, use "exact".',
  },
  issuer: {
    what: 'the URL of an issuer',
    pattern: `^https?://[^\\s*${control}]{1,1000}$`,
    remedy: 'Use the whole URL, as in https://accounts.google.com.',
  },
  sha256: {
    what: 'a SHA-256 digest',
    pattern: '^[0-9a-fA-F]{64}$',
    remedy: 'Use 64 hexadecimal digits, in quotation marks.',
  },
  key: {
    what: 'a public key',
    // DER begins with the byte 0x30, whose first bits are M in base64.
    pattern: '^(?:[0-9a-fA-F]{64}|M[A-Za-z0-9+/]{50,2000}={0,2})$',
    remedy:
      'Use the SubjectPublicKeyInfo (DER) in base64, as in a file "PUBLIC KEY" without its first and last line, or its SHA-256 as 64 hexadecimal digits, in quotation marks.',
  },
  sha384: {
    what: 'a SHA-384 digest',
    pattern: '^[0-9a-fA-F]{96}$',
    remedy: 'Use 96 hexadecimal digits, in quotation marks.',
  },
  sha512: {
    what: 'a SHA-512 digest',
    pattern: '^[0-9a-fA-F]{128}$',
    remedy: 'Use 128 hexadecimal digits, in quotation marks.',
  },
  digest: {
    what: 'a digest',
    pattern: '^(?:sha256:[0-9a-fA-F]{64}|sha384:[0-9a-fA-F]{96}|sha512:[0-9a-fA-F]{128})$',
    remedy: 'Use the form sha256: with 64 hexadecimal digits.',
  },
  npm: {
    what: 'an npm package',
    pattern: '^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]{0,100}/)?[A-Za-z0-9~-][A-Za-z0-9._~-]{0,213}$',
    remedy: 'Use the form name or "@scope/name", without a version.',
  },
  pypi: {
    what: 'a PyPI project',
    pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?$',
    remedy: 'Use the name of the project, without a version.',
  },
  oci: {
    what: 'an image repository',
    pattern: '^[a-z0-9](?:[a-z0-9.-]{0,252})(?::[0-9]{1,5})?/[a-z0-9]+(?:(?:[._]|__|-+|/)[a-z0-9]+){0,60}$',
    remedy: 'Use the form host/name, without a tag or digest.',
  },
  email: {
    what: 'an e-mail address',
    pattern: `^[^@\\s*${control}]{1,255}@[^@\\s/*]{1,255}$`,
    remedy: 'Use the form name@example.com.',
  },
  domain: {
    what: 'a domain',
    pattern: '^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\\.){1,20}[A-Za-z][A-Za-z0-9-]{1,62}$',
    remedy: 'Use a host name, as in example.com.',
  },
  finding: {
    what: 'the ID of a finding',
    pattern: '^(?:[0-9a-f]{32}|[0-9a-f]{64})$',
    remedy: 'Use the ID in the report.',
  },
  date: {
    what: 'a date',
    pattern: `^${date}$`,
    remedy: 'Use an existing day in the form 2027-01-31.',
  },
  severity: oneOf('a severity', 'off', 'note', 'alert'),
} as const satisfies Readonly<Record<string, TextSyntax>>;

export function ruleSyntax(rules: readonly string[]): TextSyntax {
  return oneOf('a rule', ...rules);
}
