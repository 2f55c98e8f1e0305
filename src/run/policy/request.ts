/** What a caller says of a policy: under the names that the command's options, the action's inputs and policy files share. */

export interface PolicyRequest {
  /** The path of a policy file. What is said beside it can only add to it. */
  readonly policy?: string;

  /** The subject alternative name of the signer's certificate, exactly. */
  readonly certificateIdentity?: string;
  /** A path that it is within, in whole segments. */
  readonly certificateIdentityWithin?: string;
  /** A pattern for it: `*` is anything but `/`, `**` anything. */
  readonly certificateIdentityGlob?: string;
  /** Whoever it is. There is no shorter way to say so. */
  readonly anyIdentity?: boolean;
  /** Who issued the identity, exactly. */
  readonly certificateOidcIssuer?: string;
  readonly anyIssuer?: boolean;
  /** The path of a public key (PEM) that is kept, in place of an identity. */
  readonly key?: string;

  /** The repository that was built, `owner/name`: on GitHub, and signed by a workflow of its own unless a signer is named. */
  readonly repo?: string;
  /** The owner of the repository that was built; likewise. */
  readonly owner?: string;
  /** The GitHub that these are on; `github.com` by default. */
  readonly hostname?: string;
  /** `[host/]owner/name/.github/workflows/file.yml[@ref]`; the ref may be a pattern, and is any if it is left out. */
  readonly signerWorkflow?: string;
  /** `[host/]owner/name`: any of its workflows. */
  readonly signerRepo?: string;

  // Claims of the certificate. Where several values are given, any of them will do; different claims must all be met.
  readonly signerDigest?: readonly string[];
  readonly sourceRef?: readonly string[];
  readonly sourceDigest?: readonly string[];
  readonly sourceRepositoryId?: readonly string[];
  readonly sourceOwnerId?: readonly string[];
  readonly trigger?: readonly string[];
  readonly runnerEnvironment?: readonly string[];
  readonly denySelfHostedRunners?: boolean;
  /** `name=value`: any claim by Fulcio's name, `build-trigger=push`. */
  readonly claim?: readonly string[];
  /** `name=value`: what the claim must not be. */
  readonly refuseClaim?: readonly string[];

  // The statement, which the signing workflow writes itself.
  readonly predicateType?: string;
  /** The name in the statement of what is verified. */
  readonly subjectName?: string;

  // How much proof is asked for: distinct logs and authorities.
  readonly certificateLogs?: string;
  readonly logEntries?: string;
  readonly timestamps?: string;
  readonly insecureIgnoreSct?: boolean;
  readonly insecureIgnoreTlog?: boolean;
  /** Keys of witnesses (`name+hint+base64`), of whom `witnessThreshold`, by default all, must have cosigned. */
  readonly witness?: readonly string[];
  readonly witnessThreshold?: string;

  // What other tools have, and is refused here with a word about what to do instead.
  readonly certificateIdentityRegexp?: string;
  readonly certificateOidcIssuerRegexp?: string;
}

export type PolicyOption = keyof PolicyRequest;

/** How each is given, so that a reader of files or inputs needs no list of its own. */
export const policyOptions = {
  policy: 'text',
  certificateIdentity: 'text',
  certificateIdentityWithin: 'text',
  certificateIdentityGlob: 'text',
  anyIdentity: 'switch',
  certificateOidcIssuer: 'text',
  anyIssuer: 'switch',
  key: 'text',
  repo: 'text',
  owner: 'text',
  hostname: 'text',
  signerWorkflow: 'text',
  signerRepo: 'text',
  signerDigest: 'list',
  sourceRef: 'list',
  sourceDigest: 'list',
  sourceRepositoryId: 'list',
  sourceOwnerId: 'list',
  trigger: 'list',
  runnerEnvironment: 'list',
  denySelfHostedRunners: 'switch',
  claim: 'list',
  refuseClaim: 'list',
  predicateType: 'text',
  subjectName: 'text',
  certificateLogs: 'text',
  logEntries: 'text',
  timestamps: 'text',
  insecureIgnoreSct: 'switch',
  insecureIgnoreTlog: 'switch',
  witness: 'list',
  witnessThreshold: 'text',
  certificateIdentityRegexp: 'text',
  certificateOidcIssuerRegexp: 'text',
} as const satisfies { readonly [Option in PolicyOption]-?: Form<NonNullable<PolicyRequest[Option]>> };

type Form<Value> = Value extends string ? 'text' : Value extends boolean ? 'switch' : 'list';

/** Its name on a command line, in a file and as an input: `certificateIdentity` is `certificate-identity`. */
export function optionName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Whether anything is said of it. A switch that is off says nothing; a text that is empty does, and is refused. */
export function isGiven(request: PolicyRequest, option: PolicyOption): boolean {
  const value = request[option];
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** Those of the options that are given, as people write them. */
export function given(request: PolicyRequest, ...options: readonly PolicyOption[]): readonly string[] {
  return options.filter((option) => isGiven(request, option)).map((option) => `\`${optionName(option)}\``);
}
