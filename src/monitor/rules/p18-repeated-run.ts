import type { WorkflowRun } from './facts.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { attemptValue, repositoryScope } from './scopes.ts';
import { type OwnRepository, ownSigners, runOf, signedAt } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { WatchedEntry } from './watched-entry.ts';

/** A runner reports the end of a job within this time, and clocks differ. In milliseconds. */
const tolerance = 60_000;

/** Notices runs that were started again, and signatures after the end of a run. */
export const repeatedRun: EntryRule = {
  about: 'entries',
  id: 'P18',
  name: 'repeated-run',
  version: 1,
  severity: 'note',
  reason:
    'Starting an old run again signs old, perhaps vulnerable code under a release. A signature after the end of a run was made with a token that left the job.',
  condition:
    'A certificate of an own repository is of a second or later attempt of a run, once for each attempt; or it was issued more than a minute after the run ended.',
  falseAlarms: 'Runs that were started again after an outage.',
  needs: ['run'],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRepetition(entry, own, context)),
};

function checkRepetition(
  entry: WatchedEntry,
  { signer }: OwnRepository,
  { factsOf, history }: RuleContext,
): Verdict | undefined {
  const address = runOf(signer);
  if (address === undefined || entry.type !== 'signature') return undefined;
  const { run } = factsOf(signer);
  const end = run.kind === 'known' ? endOf(run.value) : undefined;
  const time = signer.notBefore ?? signedAt(entry, signer);
  if (end !== undefined && time.getTime() > end.getTime() + tolerance) {
    return observed({
      title: `a certificate was issued to run ${address.id} after it ended`,
      reason: `The run ended at ${end.toISOString()}, and the certificate was issued at ${time.toISOString()}. The identity token of a job is valid for some minutes.`,
      remedy: 'Find out how a token left the job, and what was signed with it.',
    });
  }
  const scope = repositoryScope(signer);
  const attempt = attemptValue(signer);
  if (address.attempt < 2 || scope === undefined) {
    return run.kind === 'unknown'
      ? {
          kind: 'undecided',
          reason: `the end of run ${address.id} of ${address.repository} is not known: ${run.reason}`,
        }
      : undefined;
  }
  if (history.values('run-sizes', scope).some(({ value }) => value === attempt)) return undefined;
  return observed({
    title: `run ${address.id} of ${address.repository} signed in attempt ${address.attempt}`,
    reason: 'A run that is started again builds the same commit, with the tools and dependencies of a later time.',
    remedy: 'Check who started the run again, and why.',
  });
}

/** Returns the end of a completed run: that of its last job. */
function endOf({ status, jobs, updatedAt }: WorkflowRun): Date | undefined {
  if (status !== 'completed') return undefined;
  const ends = jobs.flatMap(({ completedAt }) => completedAt ?? []);
  return ends.length === 0 ? updatedAt : new Date(Math.max(...ends.map((end) => end.getTime())));
}
