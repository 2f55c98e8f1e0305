/** The table of `watch`. */

import { ruleIds } from '../../../monitor/watch-policy/index.ts';
import { list, type MapShape, text } from './shape.ts';
import { ruleSyntax, texts } from './texts.ts';

const repository = {
  kind: 'map',
  what: 'a watched repository',
  key: 'a key of a watched repository',
  short: { key: 'name', syntax: texts.repository },
  keys: {
    name: {
      shape: text(texts.repository),
      about: 'The repository on GitHub. Letter case does not matter.',
      required: true,
    },
    id: {
      shape: text(texts.id),
      about: 'The numeric ID of the repository, which a repository with the same name does not have.',
    },
    'owner-id': {
      shape: text(texts.id),
      about: 'The numeric ID of the owner. Other names of this owner are never reported as look-alikes.',
    },
    workflows: { shape: list(text(texts.workflow)), about: 'Workflow files that are expected to sign.' },
    jobs: {
      shape: list(text(texts.line)),
      about:
        'Names of the jobs that sign, as GitHub shows them. `release` also stands for `release (linux)` and `call / release`.',
    },
    refs: { shape: list(text(texts.ref)), about: 'Refs that are expected to sign, or patterns.' },
    'moving-tags': { shape: list(text(texts.tag)), about: 'Tags that may be moved, or patterns.' },
    triggers: { shape: list(text(texts.event)), about: 'Events that are expected to start the signing workflow.' },
    runners: { shape: list(text(texts.runner)), about: 'Kinds of runners that are expected to sign.' },
    environments: { shape: list(text(texts.line)), about: 'Deployment environments that are expected to sign.' },
    signers: {
      shape: list(text(texts.ownerOrRepository)),
      about: 'Owners or repositories whose reusable workflows may sign for the repository.',
    },
    receipts: {
      shape: list(text(texts.any)),
      about: 'Folders with the receipts and bundles of releases, relative to the policy file.',
    },
  },
} as const satisfies MapShape;

const owner = {
  kind: 'map',
  what: 'a watched owner',
  key: 'a key of a watched owner',
  short: { key: 'name', syntax: texts.owner },
  keys: {
    name: {
      shape: text(texts.owner),
      about: 'A user or an organization of GitHub. All repositories are watched.',
      required: true,
    },
    id: { shape: text(texts.id), about: 'The numeric ID of the owner.' },
  },
} as const satisfies MapShape;

const identity = {
  kind: 'map',
  what: 'a watched identity',
  key: 'a key of a watched identity',
  exactlyOne: ['exact', 'segment', 'glob'],
  keys: {
    exact: { shape: text(texts.name), about: 'A whole subject alternative name: an e-mail address or a URI.' },
    segment: {
      shape: text(texts.segment),
      about: 'The beginning of a URI in whole segments, which end at `/` or `@`.',
    },
    glob: {
      shape: text(texts.glob),
      about: 'A pattern: `*` stands for any characters except `/`, `**` for any characters, and `?` for one character.',
    },
    issuer: {
      shape: text(texts.issuer),
      about: 'The OIDC issuer. Without it, the identity is watched under every issuer.',
    },
  },
} as const satisfies MapShape;

const digest = {
  kind: 'map',
  what: 'a watched digest',
  key: 'a key of a watched digest',
  short: { key: 'digest', syntax: texts.digest },
  exactlyOne: ['sha256', 'sha384', 'sha512'],
  keys: {
    sha256: { shape: text(texts.sha256), about: 'The SHA-256 digest in hexadecimal.' },
    sha384: { shape: text(texts.sha384), about: 'The SHA-384 digest in hexadecimal.' },
    sha512: { shape: text(texts.sha512), about: 'The SHA-512 digest in hexadecimal.' },
    label: { shape: text(texts.line), about: 'The name of the artifact in reports.' },
  },
} as const satisfies MapShape;

const watchedPackage = {
  kind: 'map',
  what: 'a watched package',
  key: 'a key of a watched package',
  exactlyOne: ['npm', 'pypi', 'oci'],
  keys: {
    npm: { shape: text(texts.npm), about: 'A package on npm.' },
    pypi: { shape: text(texts.pypi), about: 'A project on PyPI.' },
    oci: {
      shape: text(texts.oci),
      about: 'An image repository.',
    },
    repository: { shape: text(texts.packageRepository), about: 'The repository that is expected to publish it.' },
  },
} as const satisfies MapShape;

const protectedName = {
  kind: 'map',
  what: 'a protected name',
  key: 'a key of a protected name',
  exactlyOne: ['owner', 'repository', 'workflow', 'email', 'domain', 'package'],
  keys: {
    owner: { shape: text(texts.owner), about: 'An owner on GitHub.' },
    repository: { shape: text(texts.repository), about: 'A repository on GitHub.' },
    workflow: { shape: text(texts.workflowOfRepository), about: 'A workflow.' },
    email: { shape: text(texts.email), about: 'An e-mail address.' },
    domain: { shape: text(texts.domain), about: 'A domain.' },
    package: { shape: text(texts.npm), about: 'The name of a package.' },
    'owner-id': {
      shape: text(texts.id),
      about: 'The numeric ID of the owner, whose other names are not reported.',
    },
  },
} as const satisfies MapShape;

const severity = {
  shape: text(texts.severity),
  about: 'The severity of findings of this rule; `off` turns the rule off.',
} as const;

const rules = {
  kind: 'map',
  what: 'the rules',
  key: 'a rule that can be configured',
  // Findings about the log itself are never turned off.
  keys: Object.fromEntries(ruleIds.filter((id) => id !== 'P22').map((id) => [id, severity])),
} as const satisfies MapShape;

const acknowledgement = {
  kind: 'map',
  what: 'an acknowledgement',
  key: 'a key of an acknowledgement',
  exactlyOne: ['finding', 'rule'],
  onlyWith: { repository: 'rule' },
  keys: {
    finding: { shape: text(texts.finding), about: 'The ID of a finding.' },
    rule: {
      shape: text(ruleSyntax(Object.keys(rules.keys))),
      about: 'A rule, whose findings are all acknowledged. P22 is acknowledged by the ID of each finding.',
    },
    repository: {
      shape: text(texts.repository),
      about: 'Limits `rule` to a repository.',
    },
    reason: { shape: text(texts.reason), about: 'The explanation, which reports show.', required: true },
    until: {
      shape: text(texts.date),
      about: 'The last day on which the acknowledgement applies, in UTC.',
      required: true,
    },
  },
} as const satisfies MapShape;

export const watchShape = {
  kind: 'map',
  what: 'the watch',
  key: 'a watch key',
  atLeastOne: ['repositories', 'owners', 'identities', 'issuers', 'keys', 'digests', 'packages', 'protect'],
  keys: {
    repositories: { shape: list(repository), about: 'Repositories whose signatures are watched.' },
    owners: { shape: list(owner), about: 'Owners whose signatures are watched, from all repositories.' },
    identities: { shape: list(identity), about: 'Subject alternative names that are watched.' },
    issuers: {
      shape: list(text(texts.issuer)),
      about: 'OIDC issuers, of which every certificate is watched. Use it for issuers of your own.',
    },
    keys: {
      shape: list(text(texts.key)),
      about:
        'Keys that are watched: the SubjectPublicKeyInfo (DER) in base64, or its SHA-256 in hexadecimal, under which the index of Rekor v1 finds nothing.',
    },
    digests: { shape: list(digest), about: 'Digests of artifacts that are watched.' },
    packages: { shape: list(watchedPackage), about: 'Packages in registries that are watched.' },
    protect: {
      shape: list(protectedName),
      about:
        'Names that others may imitate, in addition to the repositories, owners, identities and packages of this file.',
    },
    rules: {
      shape: rules,
      about: 'Severities that replace the defaults of rules. P22, which is about the log itself, cannot be changed.',
    },
    acknowledged: { shape: list(acknowledgement), about: 'Findings that have been explained.' },
  },
} as const satisfies MapShape;
