/** The options of a policy: inputs of the verify action, options of `countersign verify`, and keys of a policy file. */

import { flag, list, path, text } from './form.ts';
import type { OptionRow } from './row.ts';

/** An option of a policy. Without `command` it is one of another tool's, which help does not show. */
export interface PolicyRow extends OptionRow {
  readonly form: typeof text | typeof path | typeof list | typeof flag;
  readonly flags: string;
  readonly command?: string;
  /** The heading under which help shows it. */
  readonly heading?: string;
  /** The places in which it may be given when there is a policy file. */
  readonly place: Place;
  /** Marks an option that has a meaning for a long-lived key, whose signatures have no certificate. */
  readonly withKey?: true;
  /** Options of other tools with the same meaning. `as` returns the value that an alias stands for. */
  readonly aliases?: readonly { readonly flags: string; readonly as?: (value: string) => string }[];
}

type Place =
  /** Beside the file and in it; what is said in both must be met. */
  | 'both'
  /** In the file alone: beside it, it would take back what the file demands. */
  | 'file'
  /** Beside the file alone. */
  | 'beside'
  /** Nowhere: it is refused, with the option to use instead. */
  | 'nowhere'
  /** In one of the two, along with the other options of its group. */
  | { readonly group: string };

const signer = { heading: 'Who must have signed:', place: { group: 'signer' } } as const;
const certificate = {
  heading: 'What the certificate must say (of one option given several times, any value will do):',
  place: 'both',
} as const;
const statement = 'What the statement must say:';
const proof = 'How much proof:';

export const policyRows = {
  policy: {
    form: path,
    action: 'The path of a file that says who must have signed, and all else of the policy (YAML).',
    flags: '--policy <path>',
    command: 'a file that says it, and all that follows (YAML)',
    ...signer,
    place: 'beside',
  },
  repo: {
    form: text,
    action: 'Built from this repository on GitHub (owner/name), and signed by it.',
    flags: '-R, --repo <owner/name>',
    command: 'built from this repository on GitHub, and signed by it',
    ...signer,
  },
  owner: {
    form: text,
    action: 'Likewise, from any repository of this owner.',
    flags: '-o, --owner <owner>',
    command: 'likewise, any of this owner’s',
    ...signer,
  },
  hostname: {
    form: text,
    action: 'The GitHub that is meant, if not github.com.',
    flags: '--hostname <host>',
    command: 'the GitHub that is meant (default: github.com)',
    ...signer,
  },
  /** `[host/]owner/name/.github/workflows/file.yml[@ref]`; the ref may be a pattern, and any ref is accepted if it is left out. */
  signerWorkflow: {
    form: text,
    action: 'Another signer than the repository: owner/name/.github/workflows/file.yml, with @ref or without.',
    flags: '--signer-workflow <path[@ref]>',
    command: 'another signer: owner/name/.github/workflows/file.yml',
    ...signer,
  },
  /** `[host/]owner/name`. */
  signerRepo: {
    form: text,
    action: 'Another signer: any workflow of that repository (owner/name).',
    flags: '--signer-repo <owner/name>',
    command: 'another signer: any workflow of that repository',
    ...signer,
  },
  certificateIdentity: {
    form: text,
    action: 'The name in the certificate, exactly.',
    flags: '--certificate-identity <name>',
    command: 'the name in the certificate, exactly',
    ...signer,
    aliases: [{ flags: '--cert-identity <name>' }],
  },
  certificateIdentityWithin: {
    form: text,
    action: 'A path (URL) that the name is within, in whole segments.',
    flags: '--certificate-identity-within <url>',
    command: 'a path that the name is within, in whole segments',
    ...signer,
  },
  certificateIdentityGlob: {
    form: text,
    action: 'A pattern for the name: * within a segment, ** over all.',
    flags: '--certificate-identity-glob <pattern>',
    command: 'a pattern for the name: * within a segment, ** over all',
    ...signer,
  },
  certificateOidcIssuer: {
    form: text,
    action: 'Who must vouch for it (URL), exactly.',
    flags: '--certificate-oidc-issuer <url>',
    command: 'who must vouch for it, exactly',
    ...signer,
    aliases: [{ flags: '--cert-oidc-issuer <url>' }],
  },
  key: {
    form: path,
    action: 'The path of a public key (PEM) in place of an identity.',
    flags: '--key <path>',
    command: 'a public key (PEM) in place of an identity',
    ...signer,
    withKey: true,
  },
  anyIdentity: {
    form: flag,
    action: 'Whether it may be whoever it was; the result says so.',
    flags: '--any-identity',
    command: 'whoever it was; the result says so',
    ...signer,
  },
  anyIssuer: {
    form: flag,
    action: 'Whether whoever may vouch; the result says so.',
    flags: '--any-issuer',
    command: 'whoever vouches; the result says so',
    ...signer,
  },
  sourceRef: {
    form: list,
    action:
      'The ref that was built, or a pattern (refs/tags/v*). Of several, one a line, any will do; so with all lists.',
    flags: '--source-ref <ref>',
    command: 'the ref that was built, or a pattern: refs/tags/v*',
    ...certificate,
    aliases: [{ flags: '--certificate-github-workflow-ref <ref>' }],
  },
  sourceDigest: {
    form: list,
    action: 'The commit that was built.',
    flags: '--source-digest <commit>',
    command: 'the commit that was built',
    ...certificate,
    aliases: [{ flags: '--certificate-github-workflow-sha <commit>' }],
  },
  signerDigest: {
    form: list,
    action: 'The commit of the signing workflow.',
    flags: '--signer-digest <commit>',
    command: 'the commit of the signing workflow',
    ...certificate,
  },
  sourceRepositoryId: {
    form: list,
    action: "The repository's number, which nobody can register again.",
    flags: '--source-repository-id <id>',
    command: 'the repository’s number, which nobody can register again',
    ...certificate,
  },
  sourceOwnerId: {
    form: list,
    action: "The owner's number.",
    flags: '--source-owner-id <id>',
    command: 'the owner’s number',
    ...certificate,
  },
  trigger: {
    form: list,
    action: 'What started the build: push, release.',
    flags: '--trigger <event>',
    command: 'what started the build: push, release',
    ...certificate,
    aliases: [{ flags: '--certificate-github-workflow-trigger <event>' }],
  },
  runnerEnvironment: {
    form: list,
    action: 'github-hosted or self-hosted.',
    flags: '--runner-environment <name>',
    command: 'github-hosted or self-hosted',
    ...certificate,
  },
  denySelfHostedRunners: {
    form: flag,
    action: 'Whether it must have been built on a runner that GitHub hosts.',
    flags: '--deny-self-hosted-runners',
    command: 'the same as --runner-environment github-hosted',
    ...certificate,
  },
  claim: {
    form: list,
    action: 'Claims of the certificate, one name=value a line: deployment-environment=production.',
    flags: '--claim <name=value>',
    command: 'any claim of Fulcio: deployment-environment=production',
    ...certificate,
    aliases: [
      {
        flags: '--certificate-github-workflow-repository <owner/name>',
        as: (repository) => repository && `source-repository-uri=https://github.com/${repository}`,
      },
    ],
  },
  refuseClaim: {
    form: list,
    action: 'What claims must not be, one name=value a line.',
    flags: '--refuse-claim <name=value>',
    command: 'what a claim must not be',
    ...certificate,
  },
  predicateType: {
    form: text,
    action: "The type of the statement's predicate (URI), or a pattern.",
    flags: '--predicate-type <uri>',
    command: 'the type of its predicate, or a pattern',
    heading: statement,
    place: { group: 'predicateType' },
    withKey: true,
  },
  subjectName: {
    form: text,
    // `subject-name` is what actions/attest calls something else.
    input: 'statement-subject-name',
    action: "The artifact's name in the statement, or a pattern: what subject-name is elsewhere.",
    flags: '--subject-name <name>',
    command: 'the artifact’s name in it, or a pattern',
    heading: statement,
    place: { group: 'subjectName' },
    withKey: true,
  },
  logEntries: {
    form: text,
    action: 'How many transparency logs must hold an entry.',
    flags: '--log-entries <count>',
    command: 'distinct transparency logs',
    heading: proof,
    place: { group: 'logEntries' },
    withKey: true,
  },
  timestamps: {
    form: text,
    action: 'How many parties must say when.',
    flags: '--timestamps <count>',
    command: 'distinct parties that say when',
    heading: proof,
    place: { group: 'timestamps' },
    withKey: true,
  },
  certificateLogs: {
    form: text,
    action: 'How many certificate transparency logs must vouch.',
    flags: '--certificate-logs <count>',
    command: 'distinct certificate transparency logs',
    heading: proof,
    place: { group: 'certificateLogs' },
  },
  /** `name+hint+base64`. */
  witness: {
    form: list,
    action: 'Who must have cosigned the log, one name+hint+base64 a line.',
    flags: '--witness <key>',
    command: 'who must have cosigned the log: name+hint+base64',
    heading: proof,
    place: { group: 'witnesses' },
    withKey: true,
  },
  witnessThreshold: {
    form: text,
    action: 'How many of them; by default all.',
    flags: '--witness-threshold <count>',
    command: 'how many of them (default: all)',
    heading: proof,
    place: { group: 'witnesses' },
    withKey: true,
  },
  insecureIgnoreTlog: {
    form: flag,
    action: 'Whether no transparency log is asked for.',
    flags: '--insecure-ignore-tlog',
    command: 'ask for no transparency log',
    heading: proof,
    place: 'file',
    withKey: true,
  },
  insecureIgnoreSct: {
    form: flag,
    action: 'Whether no certificate transparency log is asked for.',
    flags: '--insecure-ignore-sct',
    command: 'ask for no certificate transparency log',
    heading: proof,
    place: 'file',
  },
  certificateIdentityRegexp: {
    form: text,
    flags: '--certificate-identity-regexp <expression>',
    place: 'nowhere',
    aliases: [{ flags: '--cert-identity-regex <expression>' }],
  },
  certificateOidcIssuerRegexp: {
    form: text,
    flags: '--certificate-oidc-issuer-regexp <expression>',
    place: 'nowhere',
  },
} as const satisfies Readonly<Record<string, PolicyRow>>;

export type PolicyOption = keyof typeof policyRows;

/** The options of a policy that were given, whichever front end they come from. */
export type PolicyRequest = { readonly [Option in PolicyOption]?: Said<(typeof policyRows)[Option]['form']> };

type Said<Form> = Form extends typeof list ? readonly string[] : Form extends typeof flag ? boolean : string;
