import type { Fact, GitHubRepository, WorkflowJob, WorkflowRun } from './facts.ts';
import type { EntryRule, Observation, RuleContext, Verdict } from './rule.ts';
import {
  clockSkew,
  day,
  hour,
  isGitHubJob,
  type OwnRepository,
  ownSigners,
  type RunAddress,
  repositoryName,
  repositoryOf,
  runOf,
  sameName,
  signedAt,
  workflowAt,
  workflowOf,
} from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

/** The API may not know a run in its first minutes. */
const settling = hour;
/** A run in progress is checked again after this time. */
const recheck = hour / 4;
/** GitHub removes runs, by default after 400 days. The owner of a repository can set 90 days, and delete single runs. */
const shortestRetention = 90 * day;
const remedy =
  'Find out who or what made this signature. If it was none of your releases, treat the artifact as malicious, and rotate the credentials that the run could read.';

/** Joins each signature with the run that it names. */
export const unexplainedSignature: EntryRule = {
  about: 'entries',
  id: 'P01',
  name: 'unexplained-signature',
  version: 1,
  severity: 'alert',
  reason:
    'A hijacked workflow signs with the right repository, workflow and ref. The run that made the signature still shows that its release did not succeed.',
  condition:
    'The run that a certificate of an own repository names does not exist after an hour, did not succeed, has another commit, trigger, workflow or attempt than the certificate, or no expected signing job of it succeeded while the certificate was issued.',
  falseAlarms:
    'Deleted runs. A job that fails after the signing job succeeded is a note. A run older than 90 days, which GitHub may have removed, is a note if it does not exist. Without a token that can read the runs of a private repository, the rule is undecided.',
  needs: ['run', 'repository'],
  learns: false,
  check(entry, context) {
    return firstVerdict(ownSigners(entry, context), (own) => checkRun(entry, own, context)) ?? forged(entry, context);
  },
};

/** Returns a note about a certificate that no authority issued. It shows that someone uses the name, but no verifier accepts it. */
function forged({ signers }: WatchedEntry, { policy, repository }: RuleContext): Observation | undefined {
  const isForged = signers.some(
    (signer) => signer.kind === 'certificate' && signer.isIssued === false && isGitHubJob(signer, policy),
  );
  if (!isForged || repository === undefined) return undefined;
  return observed({
    severity: 'note',
    title: `a certificate with the name of ${repository.name} was not issued by a trusted authority`,
    reason:
      'Anyone can log a certificate that they made themselves, with any name. No verifier accepts it, unless it trusts another authority.',
    remedy: 'Nothing is to be done, unless you use a certificate authority that is not in the trusted root.',
  });
}

function checkRun(entry: WatchedEntry, own: OwnRepository, context: RuleContext): Verdict | undefined {
  const { signer } = own;
  if (!isGitHubJob(signer, context.policy)) return undefined;
  const address = runOf(signer);
  if (address === undefined) {
    return observed({
      severity: 'note',
      title: 'a certificate does not name the run that it was issued to',
      reason:
        'Certificates of GitHub Actions name their run since 2023. Without it, the signature cannot be explained.',
      remedy,
    });
  }
  const source = repositoryOf(signer)?.name;
  if (source !== undefined && !sameName(source, address.repository)) {
    return observed({
      title: `a certificate of ${source} names a run of ${address.repository}`,
      reason: `The certificate was issued to run ${address.id} of ${address.repository}. A job of ${source} runs in that repository.`,
      remedy,
    });
  }
  const { run, repository } = context.factsOf(signer);
  const time = signedAt(entry, signer);
  switch (run.kind) {
    case 'unknown':
      return {
        kind: 'undecided',
        reason: `the run ${address.id} of ${address.repository} is not known: ${run.reason}`,
      };
    case 'absent':
      return withoutRun(address, time, repository, context.now);
    case 'known':
      return withRun(run.value, address, own, context);
  }
}

function withoutRun(
  { repository: name, id }: RunAddress,
  time: Date,
  repository: Fact<GitHubRepository>,
  now: Date,
): Verdict {
  // GitHub answers in the same way for what does not exist and for what the token may not see.
  if (repository.kind !== 'known')
    return { kind: 'undecided', reason: `GitHub shows neither the repository ${name} nor its run ${id}` };
  const until = new Date(time.getTime() + settling);
  if (now < until) return { kind: 'pending', until, reason: `GitHub does not show the run ${id} of ${name} yet` };
  if (now.getTime() - time.getTime() > shortestRetention) {
    return observed({
      severity: 'note',
      title: `run ${id}, which a certificate names, does not exist any more`,
      reason: `The signature is from ${dayText(time)}. GitHub removes old runs, so that it cannot be explained any more.`,
      remedy: 'Compare the digest with those of your releases.',
    });
  }
  return observed({
    title: `run ${id}, which a certificate names, does not exist`,
    reason: `The certificate was issued to run ${id} of ${name} on ${dayText(time)}, and GitHub has no such run. It was deleted, or the certificate was not issued to a run of this repository.`,
    remedy,
  });
}

function dayText(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function withRun(run: WorkflowRun, address: RunAddress, own: OwnRepository, context: RuleContext): Verdict | undefined {
  const differences = contradictions(run, address, own.signer);
  if (differences.length > 0) {
    return observed({
      title: `run ${run.id} is not the one that the certificate describes`,
      reason: `${differences.join(' ')} GitHub and the certificate agree for every genuine job.`,
      remedy,
    });
  }
  if (run.status !== 'completed') {
    const until = new Date(context.now.getTime() + recheck);
    return { kind: 'pending', until, reason: `run ${run.id} of ${address.repository} is in progress` };
  }
  return checkOutcome(run, own);
}

/** Returns the differences between a run and a certificate, as sentences. */
function contradictions(run: WorkflowRun, address: RunAddress, signer: CertifiedSigner): readonly string[] {
  const { claims } = signer;
  const workflow = workflowOf(signer);
  const differences: string[] = [];
  const compare = (what: string, certified: string | undefined, found: string): void => {
    if (certified !== undefined && certified !== found)
      differences.push(`The certificate states the ${what} ${certified}, and the run has ${found}.`);
  };
  compare('run', address.id, run.id);
  compare('attempt', String(address.attempt), String(run.attempt));
  compare('trigger', claims.buildTrigger, run.event);
  // The claim is the merge commit of a pull request, and the run has the head of its branch.
  if (!(claims.buildTrigger ?? '').startsWith('pull_request'))
    compare('commit', claims.sourceRepositoryDigest, run.headSha);
  if (workflow !== undefined) compare('workflow', workflow.path, workflowPath(run.path));
  const called = workflowAt(claims.buildSignerUri);
  if (called !== undefined && !isReferenced(called, claims.buildSignerDigest, run, workflow))
    differences.push(`The run does not call the workflow ${called.repository}/${called.path} that signed.`);
  return differences;
}

/** Returns the path of a workflow without the repository and the ref that GitHub writes in some answers. */
function workflowPath(path: string): string {
  const file = path.replace(/@(?:refs\/.*|[^@/]*)$/s, '');
  const start = file.search(/(?:^|\/)\.github\//);
  return start <= 0 ? file : file.slice(start + 1);
}

/** Reports whether a run calls a reusable workflow, or is of it. Older answers of the API do not list what a run calls. */
function isReferenced(
  called: { readonly repository: string; readonly path: string },
  commit: string | undefined,
  { referencedWorkflows }: WorkflowRun,
  workflow: { readonly repository: string; readonly path: string } | undefined,
): boolean {
  if (workflow !== undefined && workflow.path === called.path && sameName(workflow.repository, called.repository))
    return true;
  if (referencedWorkflows.length === 0) return true;
  const wanted = `${called.repository}/${called.path}`;
  return referencedWorkflows.some(
    ({ path, sha }) =>
      sameName(path.replace(/@[^/]*(?:\/.*)?$/s, ''), wanted) && (commit === undefined || sha === commit),
  );
}

/** Checks a completed run that the certificate describes. */
function checkOutcome(run: WorkflowRun, { signer, watched }: OwnRepository): Verdict | undefined {
  const { conclusion = 'unknown', id, jobs } = run;
  const expected = watched?.expected.jobs ?? [];
  const running = runningAt(signer.notBefore, jobs);
  const signing =
    expected.length === 0
      ? running
      : runningAt(
          signer.notBefore,
          jobs.filter(({ name }) => isExpected(name, expected)),
        );
  const failed = signing.filter((job) => !succeeded(job));
  const at = signer.notBefore?.toISOString() ?? 'an unknown time';
  if (expected.length > 0 && signing.length === 0) {
    return observed({
      title: `no signing job of run ${id} was running when a certificate was issued to it`,
      reason: `The certificate was issued at ${at}. The policy names the signing jobs ${expected.join(', ')}; ${runningText(running)}.`,
      remedy,
    });
  }
  if (failed.length > 0 && (expected.length > 0 || conclusion !== 'success')) {
    return observed({
      title: `run ${id} made a signature, and its signing job did not succeed`,
      reason: `The certificate was issued at ${at}, while ${jobTexts(failed)} was running. The run ended with ${conclusion}.`,
      remedy,
    });
  }
  if (conclusion === 'success') return undefined;
  if (signing.length === 0) {
    return observed({
      title: `run ${id} made a signature, and did not succeed`,
      reason: `The run ended with ${conclusion}, and no job of it was running at ${at}, when the certificate was issued.`,
      remedy,
    });
  }
  return observed({
    severity: 'note',
    title: `run ${id} of ${repositoryName(signer)} did not succeed, but its signing job did`,
    reason: `The run ended with ${conclusion}. The certificate was issued at ${at}, while ${jobTexts(signing)} was running, which succeeded.`,
    remedy: 'Check that the release is complete, or withdraw it.',
  });
}

function succeeded({ conclusion }: WorkflowJob): boolean {
  return conclusion === 'success' || conclusion === 'neutral';
}

/** Returns the jobs that were running at a time; without any, those that were if the clocks differ. */
function runningAt(time: Date | undefined, jobs: readonly WorkflowJob[]): readonly WorkflowJob[] {
  const started = jobs.filter(({ conclusion }) => conclusion !== 'skipped');
  if (time === undefined) return started;
  const running = started.filter((job) => mayRun(job, time, 0));
  return running.length > 0 ? running : started.filter((job) => mayRun(job, time, clockSkew));
}

/** Reports whether a job was running at a time. One whose times are not known may have been. */
function mayRun({ startedAt, completedAt }: WorkflowJob, time: Date, tolerance: number): boolean {
  const earliest = startedAt === undefined ? Number.NEGATIVE_INFINITY : startedAt.getTime() - tolerance;
  const latest = completedAt === undefined ? Number.POSITIVE_INFINITY : completedAt.getTime() + tolerance;
  return earliest <= time.getTime() && time.getTime() <= latest;
}

/** Reports whether the policy names a job. `release` also stands for `release (linux)` of a matrix, and for `call / release`. */
function isExpected(name: string, expected: readonly string[]): boolean {
  const parts = [name, ...name.split(' / ')];
  return expected.some((one) =>
    parts.some((part) => part === one || (part.startsWith(`${one} (`) && part.endsWith(')'))),
  );
}

function jobTexts(jobs: readonly WorkflowJob[]): string {
  const texts = jobs.slice(0, 3).map(({ name, conclusion = 'unknown' }) => `the job ${name} (${conclusion})`);
  return jobs.length > 3 ? `${texts.join(', ')} and ${jobs.length - 3} more` : texts.join(', ');
}

function runningText(running: readonly WorkflowJob[]): string {
  return running.length === 0 ? 'no job was running' : `only others were running: ${jobTexts(running)}`;
}
