/** The options of a policy: inputs of the verify action, options of `countersign verify`, and keys of a policy file. */

import { flag, list, path, text } from './form.ts';
import type { OptionRow } from './row.ts';

/** An option of a policy. Without `about` it is one of another tool's, which help does not show. */
export interface PolicyRow extends OptionRow {
  readonly form: typeof text | typeof path | typeof list | typeof flag;
  readonly flags: string;
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

const signer = { heading: 'Signer:', place: { group: 'signer' } } as const;
const certificate = {
  heading: 'Certificate (of several values of one option, any is accepted):',
  place: 'both',
} as const;
const statement = 'Statement:';
const evidence = { heading: 'Evidence:', withKey: true } as const;

export const policyRows = {
  policy: { ...signer, form: path, flags: '--policy <path>', about: 'Path of a policy file (YAML).', place: 'beside' },
  repo: {
    ...signer,
    form: text,
    flags: '-R, --repo <owner/name>',
    about: 'GitHub repository that the artifact was built from and signed by.',
  },
  owner: {
    ...signer,
    form: text,
    flags: '-o, --owner <owner>',
    about: 'GitHub owner, any of whose repositories may be source and signer.',
  },
  hostname: { ...signer, form: text, flags: '--hostname <host>', about: 'GitHub host, if not github.com.' },
  /** `[host/]owner/name/.github/workflows/file.yml[@ref]`; the ref may be a pattern, and any ref is accepted if it is left out. */
  signerWorkflow: {
    ...signer,
    form: text,
    flags: '--signer-workflow <path[@ref]>',
    about: 'Signing workflow, if not one of the source repository: owner/name/.github/workflows/file.yml[@ref].',
  },
  /** `[host/]owner/name`. */
  signerRepo: {
    ...signer,
    form: text,
    flags: '--signer-repo <owner/name>',
    about: 'Repository of the signing workflow, if not the source repository.',
  },
  certificateIdentity: {
    ...signer,
    form: text,
    flags: '--certificate-identity <name>',
    about: 'Exact identity in the certificate (URI or e-mail address).',
    aliases: [{ flags: '--cert-identity <name>' }],
  },
  certificateIdentityWithin: {
    ...signer,
    form: text,
    flags: '--certificate-identity-within <url>',
    about: 'URL that the identity begins with, in whole path segments.',
  },
  certificateIdentityGlob: {
    ...signer,
    form: text,
    flags: '--certificate-identity-glob <pattern>',
    about: 'Pattern for the identity: * within a segment, ** across segments.',
  },
  certificateOidcIssuer: {
    ...signer,
    form: text,
    flags: '--certificate-oidc-issuer <url>',
    about: 'Exact URL of the OIDC issuer that vouched for the identity.',
    aliases: [{ flags: '--cert-oidc-issuer <url>' }],
  },
  key: {
    ...signer,
    form: path,
    flags: '--key <path>',
    about: 'Path of a public key (PEM), in place of an identity.',
    withKey: true,
  },
  anyIdentity: { ...signer, form: flag, flags: '--any-identity', about: 'Accept any identity; the result says so.' },
  anyIssuer: { ...signer, form: flag, flags: '--any-issuer', about: 'Accept any issuer; the result says so.' },
  sourceRef: {
    ...certificate,
    form: list,
    flags: '--source-ref <ref>',
    about: 'Git ref that was built, or a pattern such as refs/tags/v*.',
    aliases: [{ flags: '--certificate-github-workflow-ref <ref>' }],
  },
  sourceDigest: {
    ...certificate,
    form: list,
    flags: '--source-digest <commit>',
    about: 'Commit that was built.',
    aliases: [{ flags: '--certificate-github-workflow-sha <commit>' }],
  },
  signerDigest: {
    ...certificate,
    form: list,
    flags: '--signer-digest <commit>',
    about: 'Commit of the signing workflow.',
  },
  sourceRepositoryId: {
    ...certificate,
    form: list,
    flags: '--source-repository-id <id>',
    about: 'Numeric ID of the source repository, which nobody can register again.',
  },
  sourceOwnerId: {
    ...certificate,
    form: list,
    flags: '--source-owner-id <id>',
    about: 'Numeric ID of the owner of the source repository.',
  },
  trigger: {
    ...certificate,
    form: list,
    flags: '--trigger <event>',
    about: 'Event that started the build, such as push or release.',
    aliases: [{ flags: '--certificate-github-workflow-trigger <event>' }],
  },
  runnerEnvironment: {
    ...certificate,
    form: list,
    flags: '--runner-environment <name>',
    about: 'Kind of runner: github-hosted or self-hosted.',
  },
  denySelfHostedRunners: {
    ...certificate,
    form: flag,
    flags: '--deny-self-hosted-runners',
    about: 'Require a runner that GitHub hosts.',
  },
  claim: {
    ...certificate,
    form: list,
    flags: '--claim <name=value>',
    about: 'Claim of the certificate, such as deployment-environment=production.',
    aliases: [
      {
        flags: '--certificate-github-workflow-repository <owner/name>',
        as: (repository) => repository && `source-repository-uri=https://github.com/${repository}`,
      },
    ],
  },
  refuseClaim: {
    ...certificate,
    form: list,
    flags: '--refuse-claim <name=value>',
    about: 'Claim that the certificate must not have.',
  },
  predicateType: {
    form: text,
    flags: '--predicate-type <uri>',
    about: 'Type of the predicate, or a pattern.',
    heading: statement,
    place: { group: 'predicateType' },
    withKey: true,
  },
  subjectName: {
    form: text,
    // `subject-name` is what actions/attest calls something else.
    input: 'statement-subject-name',
    flags: '--subject-name <name>',
    about: 'Name of the artifact in the statement, or a pattern.',
    heading: statement,
    place: { group: 'subjectName' },
    withKey: true,
  },
  logEntries: {
    ...evidence,
    form: text,
    flags: '--log-entries <count>',
    about: 'Number of distinct transparency logs that must have an entry.',
    place: { group: 'logEntries' },
  },
  timestamps: {
    ...evidence,
    form: text,
    flags: '--timestamps <count>',
    about: 'Number of distinct authorities that must vouch for the time.',
    place: { group: 'timestamps' },
  },
  certificateLogs: {
    heading: evidence.heading,
    form: text,
    flags: '--certificate-logs <count>',
    about: 'Number of distinct certificate transparency logs that must vouch for the certificate.',
    place: { group: 'certificateLogs' },
  },
  /** `name+hint+base64`. */
  witness: {
    ...evidence,
    form: list,
    flags: '--witness <key>',
    about: 'Witness that must have cosigned the log (name+hint+base64).',
    place: { group: 'witnesses' },
  },
  witnessThreshold: {
    ...evidence,
    form: text,
    flags: '--witness-threshold <count>',
    about: 'Number of these witnesses that must have cosigned; by default all.',
    place: { group: 'witnesses' },
  },
  insecureIgnoreTlog: {
    ...evidence,
    form: flag,
    flags: '--insecure-ignore-tlog',
    about: 'Do not require a transparency log.',
    place: 'file',
  },
  insecureIgnoreSct: {
    heading: evidence.heading,
    form: flag,
    flags: '--insecure-ignore-sct',
    about: 'Do not require a certificate transparency log.',
    place: 'file',
  },
  certificateIdentityRegexp: {
    form: text,
    flags: '--certificate-identity-regexp <expression>',
    place: 'nowhere',
    aliases: [{ flags: '--cert-identity-regex <expression>' }],
  },
  certificateOidcIssuerRegexp: { form: text, flags: '--certificate-oidc-issuer-regexp <expression>', place: 'nowhere' },
} as const satisfies Readonly<Record<string, PolicyRow>>;

export type PolicyOption = keyof typeof policyRows;

/** The options of a policy that were given, whichever front end they come from. */
export type PolicyRequest = { readonly [Option in PolicyOption]?: Said<(typeof policyRows)[Option]['form']> };

type Said<Form> = Form extends typeof list ? readonly string[] : Form extends typeof flag ? boolean : string;
