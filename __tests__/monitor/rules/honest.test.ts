/** Thousands of honest entries, of which no rule makes an alert. */

import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  entryRules,
  type Facts,
  Learned,
  lookAlikeFinder,
  raised,
  repositoryOf,
  runOf,
  type WatchedEntry,
  type WatchSeverity,
} from '../../../src/monitor/rules/index.ts';
import type { WatchedRepository, WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import {
  daysAfter,
  emptyPolicy,
  job,
  jobSigner,
  minutesAfter,
  personSigner,
  precertificate,
  repository,
  run,
  signature,
} from './kit.ts';

const count = 5000;
const start = daysAfter(-365);

/** Returns the same numbers below `limit` for each test run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

interface HonestEntry {
  readonly entry: WatchedEntry;
  readonly facts: Partial<Facts>;
}

/** The honest repositories, each with its own ways to release. */
const policy: WatchPolicy = {
  ...emptyPolicy,
  repositories: [
    repository(
      {
        workflows: ['release.yml'],
        jobs: ['release'],
        refs: ['refs/heads/main', 'refs/heads/release-*', 'refs/tags/v*'],
        triggers: ['push', 'schedule', 'workflow_dispatch', 'workflow_run'],
        runners: ['github-hosted'],
        environments: ['release'],
        signers: ['octo/workflows'],
        movingTags: ['refs/tags/v?'],
      },
      { name: 'octo/strict', id: '1', ownerId: '100' },
    ),
    ...['octo/plain', 'octo/monorepo', 'octo/queue', 'octo/borrowing'].map((name) => repository({}, { name })),
    repository({}, { name: 'octo/moving', id: '6', ownerId: '100' }),
  ],
  identities: [{ place: { line: 20 }, match: 'exact', value: 'jane@octo.example', issuer: undefined }],
};

class Generator {
  readonly #next = numbers(20);
  readonly #pending: HonestEntry[] = [];
  #run = 1000;
  #release = 0;

  /** Returns the next entry, some minutes after the last one. */
  next(time: Date): HonestEntry {
    while (this.#pending.length === 0) this.#pending.push(...this.#signaturesAt(time));
    return this.#pending.shift() as HonestEntry;
  }

  #signaturesAt(time: Date): readonly HonestEntry[] {
    this.#release += 1;
    switch (this.#next(12)) {
      case 0:
        return this.#strict(time, `refs/tags/v1.${this.#release}.0`, 'push');
      case 1:
        return this.#strict(time, 'refs/heads/main', 'schedule');
      case 2:
        return this.#strict(time, `refs/heads/release-${1 + this.#next(4)}`, 'workflow_dispatch');
      case 3:
        return this.#strict(time, 'refs/tags/v1', 'workflow_run');
      case 4:
        return this.#job(
          time,
          'octo/plain',
          { id: '2', ref: this.#branchOrTag(), workflow: this.#of('release.yml', 'nightly.yml') },
          2,
        );
      case 5:
        // Started again after an outage.
        return this.#job(time, 'octo/plain', { id: '2', ref: `refs/tags/v${this.#release}`, attempt: 2 }, 3);
      case 6:
        return this.#job(
          time,
          'octo/monorepo',
          { id: '3', ref: 'refs/heads/main' },
          1 + this.#next(this.#next(10) === 0 ? 60 : 12),
        );
      case 7:
        return this.#job(
          time,
          'octo/queue',
          {
            id: '4',
            ref: `refs/heads/gh-readonly-queue/main/pr-${this.#release}-${this.#commit()}`,
            trigger: 'merge_group',
          },
          1,
        );
      case 8:
        return this.#job(
          time,
          'octo/borrowing',
          {
            id: '5',
            ref: `refs/tags/v${this.#release}`,
            signer: this.#of(
              'slsa/generator/.github/workflows/generic.yml@refs/tags/v2',
              'octo/workflows/.github/workflows/sign.yml@refs/heads/main',
            ),
          },
          2,
        );
      case 9: {
        // Transferred and renamed after half a year.
        const isOld = time < daysAfter(-180);
        const name = isOld ? 'octo/moving' : 'other/moved';
        return this.#job(
          time,
          name,
          { id: '6', ownerId: isOld ? '100' : '200', ref: `refs/tags/v${this.#release}` },
          1,
        );
      }
      case 10:
        return [this.#person(time)];
      default:
        return this.#job(time, 'octo/queue', { id: '4', ref: 'refs/heads/main' }, 1, {
          isFailedLater: this.#next(4) === 0,
        });
    }
  }

  #of(...values: readonly [string, ...string[]]): string {
    return values[this.#next(values.length)] ?? values[0];
  }

  #commit(): string {
    return sha(`commit ${this.#release}`).slice(0, 40);
  }

  #branchOrTag(): string {
    return this.#of('refs/heads/main', `refs/heads/${this.#next(6)}.x`, `refs/tags/v${this.#release}.${this.#next(3)}`);
  }

  #strict(time: Date, ref: string, trigger: string): readonly HonestEntry[] {
    const claims = { deploymentEnvironment: 'release' };
    return this.#job(time, 'octo/strict', { id: '1', ownerId: '100', ref, trigger, claims }, 1 + this.#next(4));
  }

  /** Returns the signatures of a run, with one certificate for each job of a matrix. */
  #job(
    time: Date,
    name: string,
    changes: Parameters<typeof jobSigner>[0],
    signatures: number,
    { isFailedLater = false } = {},
  ): readonly HonestEntry[] {
    this.#run += 1;
    const id = String(this.#run);
    const commit = this.#commit();
    const claims = { repository: name, ownerId: '100', run: id, commit, ...changes };
    const signing = job('release (linux)', { startedAt: minutesAfter(-5, time), completedAt: minutesAfter(20, time) });
    const later = job('announce', {
      conclusion: 'failure',
      startedAt: minutesAfter(21, time),
      completedAt: minutesAfter(22, time),
    });
    const facts = {
      run: {
        kind: 'known',
        value: run({
          id,
          attempt: claims.attempt ?? 1,
          headSha: commit,
          event: claims.trigger ?? 'push',
          path: `.github/workflows/${claims.workflow ?? 'release.yml'}`,
          conclusion: isFailedLater ? 'failure' : 'success',
          jobs: isFailedLater ? [signing, later] : [signing],
          referencedWorkflows:
            claims.signer === undefined
              ? []
              : [{ path: claims.signer.replace(/@.*/, ''), sha: commit, ref: undefined }],
        }),
      },
      repository: {
        kind: 'known',
        value: { id: claims.id ?? '', ownerId: claims.ownerId, name, defaultBranch: 'main', visibility: 'public' },
      },
      commit: {
        kind: 'known',
        value: claims.ref?.startsWith('refs/tags/') || claims.ref === 'refs/heads/main' ? 'behind' : 'diverged',
      },
    } as const;
    return Array.from({ length: signatures }, (_, at): HonestEntry => {
      const certificate = sha(`${id} ${at >> 2}`);
      const signer = jobSigner(claims, {
        keyHash: sha(certificate),
        tbsHash: certificate,
        certificateHash: certificate,
        notBefore: time,
        notAfter: minutesAfter(10, time),
      });
      // Some jobs die before they sign.
      const isCertificate = at % 4 === 0 && this.#next(20) === 0;
      const entry = isCertificate
        ? precertificate(signer, { loggedAt: time })
        : signature(signer, { digests: [sha(`${id} artifact ${at}`)] });
      return { entry: { ...entry, seenAt: minutesAfter(30, time) }, facts };
    });
  }

  #person(time: Date): HonestEntry {
    this.#run += 1;
    const key = sha(`person ${this.#run}`);
    const certificate = { keyHash: key, tbsHash: key, certificateHash: key };
    const signer = personSigner('jane@octo.example', undefined, {
      ...certificate,
      notBefore: time,
      notAfter: minutesAfter(10, time),
    });
    return { entry: { ...signature(signer, { digests: [key] }), seenAt: minutesAfter(30, time) }, facts: {} };
  }
}

function repositoryFor(entry: WatchedEntry): WatchedRepository | undefined {
  const [signer] = entry.signers;
  if (signer?.kind !== 'certificate') return undefined;
  const { sourceRepositoryIdentifier: id } = signer.claims;
  return (
    policy.repositories.find((one) => one.id !== undefined && one.id === id) ??
    policy.repositories.find(({ name }) => name === repositoryOf(signer)?.name)
  );
}

test('no alert about thousands of honest entries', () => {
  const generator = new Generator();
  const history = new Learned();
  const lookAlikes = lookAlikeFinder(policy);
  const alerts: string[] = [];
  const notes = new Map<string, number>();
  const runs = new Set<string>();
  for (let index = 0; index < count; index++) {
    const time = minutesAfter(index * 80, start);
    const { entry, facts } = generator.next(time);
    const all = {
      run: { kind: 'absent' },
      repository: { kind: 'absent' },
      commit: { kind: 'absent' },
      receipts: { kind: 'absent' },
      ...facts,
    } as Facts;
    const context = {
      policy,
      repository: repositoryFor(entry),
      facts: all,
      factsOf: () => all,
      history,
      lookAlikes,
      read: { rekor: undefined, certificates: undefined },
      now: daysAfter(1, entry.seenAt),
    };
    const observed = entryRules.flatMap((rule) => {
      const verdict = rule.severity === 'off' ? undefined : rule.check(entry, context);
      if (verdict === undefined) return [];
      if (verdict.kind !== 'observed') throw new Error(`${rule.id} is ${verdict.kind}: ${verdict.reason}`);
      const severity: WatchSeverity = verdict.severity ?? (rule.severity === 'note' ? 'note' : 'alert');
      return [{ rule, severity, title: verdict.title }];
    });
    for (const { rule, severity, title } of observed) {
      if (raised(severity, observed.length) === 'note') notes.set(rule.id, (notes.get(rule.id) ?? 0) + 1);
      else alerts.push(`${index} ${rule.id} ${title}`);
    }
    const [signer] = entry.signers;
    if (signer?.kind === 'certificate') runs.add(runOf(signer)?.id ?? 'a person');
    expect(history.remember({ ...entry, index })).toBe(true);
  }
  expect(alerts).toEqual([]);
  expect(runs.size).toBeGreaterThan(1000);
  // Failed jobs, large releases, new workflows, branches and signers, and runs that were started again.
  expect([...notes.keys()].sort()).toEqual(['P01', 'P03', 'P04', 'P05', 'P18', 'P27']);
  expect([...notes.values()].reduce((sum, each) => sum + each, 0)).toBeLessThan(count / 20);
});
