/** The options of `countersign verify`: the policy's own, and those that people have in their fingers from cosign and gh. */

import { type Command, Option } from 'commander';
import type { PolicyOption } from '../run/policy/index.ts';
import { policyOptions } from '../run/policy/index.ts';
import { collect, once } from './parse-options.ts';

/** By the headings under which help shows them. */
const visible: readonly (readonly [heading: string, options: readonly (readonly [string, string])[]])[] = [
  [
    'Who must have signed:',
    [
      ['--policy <path>', 'a file that says it, and all that follows (YAML)'],
      ['-R, --repo <owner/name>', 'built from this repository on GitHub, and signed by it'],
      ['-o, --owner <owner>', 'likewise, any of this owner’s'],
      ['--hostname <host>', 'the GitHub that is meant (default: github.com)'],
      ['--signer-workflow <path[@ref]>', 'another signer: owner/name/.github/workflows/file.yml'],
      ['--signer-repo <owner/name>', 'another signer: any workflow of that repository'],
      ['--certificate-identity <name>', 'the name in the certificate, exactly'],
      ['--certificate-identity-within <url>', 'a path that the name is within, in whole segments'],
      ['--certificate-identity-glob <pattern>', 'a pattern for the name: * within a segment, ** over all'],
      ['--certificate-oidc-issuer <url>', 'who must vouch for it, exactly'],
      ['--key <path>', 'a public key (PEM) in place of an identity'],
      ['--any-identity', 'whoever it was; the result says so'],
      ['--any-issuer', 'whoever vouches; the result says so'],
    ],
  ],
  [
    'What the certificate must say (of one option given several times, any value will do):',
    [
      ['--source-ref <ref>', 'the ref that was built, or a pattern: refs/tags/v*'],
      ['--source-digest <commit>', 'the commit that was built'],
      ['--signer-digest <commit>', 'the commit of the signing workflow'],
      ['--source-repository-id <id>', 'the repository’s number, which nobody can register again'],
      ['--source-owner-id <id>', 'the owner’s number'],
      ['--trigger <event>', 'what started the build: push, release'],
      ['--runner-environment <name>', 'github-hosted or self-hosted'],
      ['--deny-self-hosted-runners', 'the same as --runner-environment github-hosted'],
      ['--claim <name=value>', 'any claim of Fulcio: deployment-environment=production'],
      ['--refuse-claim <name=value>', 'what a claim must not be'],
    ],
  ],
  [
    'What the statement must say:',
    [
      ['--predicate-type <uri>', 'the type of its predicate, or a pattern'],
      ['--subject-name <name>', 'the artifact’s name in it, or a pattern'],
    ],
  ],
  [
    'How much proof:',
    [
      ['--log-entries <count>', 'distinct transparency logs'],
      ['--timestamps <count>', 'distinct parties that say when'],
      ['--certificate-logs <count>', 'distinct certificate transparency logs'],
      ['--witness <key>', 'who must have cosigned the log: name+hint+base64'],
      ['--witness-threshold <count>', 'how many of them (default: all)'],
      ['--insecure-ignore-tlog', 'ask for no transparency log'],
      ['--insecure-ignore-sct', 'ask for no certificate transparency log'],
    ],
  ],
];

const hidden = [
  '--cert-identity <name>',
  '--cert-oidc-issuer <url>',
  '--certificate-identity-regexp <expression>',
  '--certificate-oidc-issuer-regexp <expression>',
  '--cert-identity-regex <expression>',
  '--certificate-github-workflow-repository <owner/name>',
  '--certificate-github-workflow-ref <ref>',
  '--certificate-github-workflow-sha <commit>',
  '--certificate-github-workflow-trigger <event>',
  '--use-signed-timestamps',
  '--custom-trusted-root <path>',
];

export function withPolicy(command: Command): Command {
  for (const [heading, options] of visible) {
    for (const [flags, description] of options)
      command.addOption(counted(new Option(flags, description)).helpGroup(heading));
  }
  for (const flags of hidden) command.addOption(counted(new Option(flags)).hideHelp());
  return command;
}

/** Whether it may be given several times. */
function counted(option: Option): Option {
  if (!option.required) return option;
  const form = policyOptions[option.attributeName() as PolicyOption];
  return form === 'list' ? option.argParser(collect) : option.argParser(once);
}
