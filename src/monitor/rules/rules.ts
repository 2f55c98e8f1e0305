import { unexplainedSignature } from './p01-unexplained-signature.ts';
import { foreignDigest } from './p02-foreign-digest.ts';
import { burst } from './p03-burst.ts';
import { unexpectedWorkflow } from './p04-unexpected-workflow.ts';
import { unexpectedRef } from './p05-unexpected-ref.ts';
import { dangerousTrigger } from './p06-dangerous-trigger.ts';
import { unexpectedRunner } from './p07-unexpected-runner.ts';
import { commitOffDefaultBranch } from './p08-commit-off-default-branch.ts';
import { otherId } from './p09-other-id.ts';
import { visibility } from './p10-visibility.ts';
import { firstSigner } from './p11-first-signer.ts';
import { keyReuse } from './p12-key-reuse.ts';
import { timeOutsideCertificate } from './p13-time-outside-certificate.ts';
import { certificateLogJoin } from './p14-certificate-log-join.ts';
import { twoOwners } from './p15-two-owners.ts';
import { person } from './p16-person.ts';
import { contradiction } from './p17-contradiction.ts';
import { repeatedRun } from './p18-repeated-run.ts';
import { lookAlike } from './p19-look-alike.ts';
import { unexpectedEnvironment } from './p20-unexpected-environment.ts';
import { hours } from './p21-hours.ts';
import { logFinding } from './p22-log-finding.ts';
import { unreadableEntry } from './p23-unreadable-entry.ts';
import { provenanceDowngrade } from './p24-provenance-downgrade.ts';
import { movedTag } from './p25-moved-tag.ts';
import { dispatchOffDefaultBranch } from './p26-dispatch-off-default-branch.ts';
import { borrowedSigner } from './p27-borrowed-signer.ts';
import { signedTwice } from './p28-signed-twice.ts';
import type { EntryRule, Rule } from './rule.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [
  unexplainedSignature,
  foreignDigest,
  burst,
  unexpectedWorkflow,
  unexpectedRef,
  dangerousTrigger,
  unexpectedRunner,
  commitOffDefaultBranch,
  otherId,
  visibility,
  firstSigner,
  keyReuse,
  timeOutsideCertificate,
  certificateLogJoin,
  twoOwners,
  person,
  contradiction,
  repeatedRun,
  lookAlike,
  unexpectedEnvironment,
  hours,
  logFinding,
  unreadableEntry,
  provenanceDowngrade,
  movedTag,
  dispatchOffDefaultBranch,
  borrowedSigner,
  signedTwice,
];

/** The rules over entries. */
export const entryRules: readonly EntryRule[] = rules.filter((rule) => rule.about === 'entries');
