import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { signerValue } from './scopes.ts';
import {
  isGitHubJob,
  type OwnRepository,
  ownerOf,
  ownSigners,
  repositoryName,
  sameName,
  workflowAt,
} from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Checks the owner of the reusable workflow that signs. */
export const borrowedSigner: EntryRule = {
  about: 'entries',
  id: 'P27',
  name: 'borrowed-signer',
  version: 1,
  severity: 'note',
  reason: 'A reusable workflow of another owner signs with the name of the repository, and its owner can change it.',
  condition:
    'The workflow that signed for an own repository is of another owner, and neither the owner nor the repository is one of the `signers`. Without these, once for each workflow.',
  falseAlarms: 'Workflows of another organization of the same company. Name it under `signers`.',
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkSigner(own, context)),
};

function checkSigner({ signer, watched }: OwnRepository, { history, policy }: RuleContext): Verdict | undefined {
  const called = workflowAt(signer.claims.buildSignerUri);
  if (!isGitHubJob(signer, policy) || called === undefined) return undefined;
  const [owner] = called.repository.split('/');
  if (sameName(owner, ownerOf(signer))) return undefined;
  const allowed = watched?.expected.signers ?? [];
  if (allowed.some((one) => sameName(one, owner) || sameName(one, called.repository))) return undefined;
  if (allowed.length === 0 && history.values('signers', signerValue(signer)).length > 0) return undefined;
  return observed({
    title: `a workflow of ${called.repository} signs for ${repositoryName(signer)}`,
    reason: `The certificate names the workflow ${called.path} of ${called.repository}, at ${called.ref}.`,
    remedy: `If it may sign, add ${called.repository} to \`signers\` in the policy. Pin reusable workflows of others to a commit.`,
  });
}
