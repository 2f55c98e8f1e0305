import { expect, test } from '@jest/globals';
import { type CertifiedSigner, Learned, type WatchedEntry } from '../../../src/monitor/rules/index.ts';
import { unexplainedSignature } from '../../../src/monitor/rules/p01-unexplained-signature.ts';
import { EntryFinder } from '../../../src/monitor/watch/entry-finder.ts';
import { FactLookup } from '../../../src/monitor/watch/fact-lookup.ts';
import { FindingStore } from '../../../src/monitor/watch/finding-store.ts';
import { SignatureCounts } from '../../../src/monitor/watch/signature-counts.ts';
import { Triage } from '../../../src/monitor/watch/triage.ts';
import type { WatchPolicy } from '../../../src/monitor/watch-policy/index.ts';
import { emptyPolicy, job, jobSigner, now, repository, run, signature } from '../rules/kit.ts';

const policy: WatchPolicy = { ...emptyPolicy, repositories: [repository(), repository({}, { name: 'octo/lib' })] };

/** Judges an entry by P01. The runs with these ids have failed. Returns the titles of findings, and the requested runs. */
async function judged(entry: WatchedEntry, failed: readonly string[], of: Partial<WatchPolicy> = {}) {
  class Entries extends EntryFinder {
    override watched(): Promise<WatchedEntry> {
      return Promise.resolve(entry);
    }
  }
  const requested: string[] = [];
  const facts = new FactLookup({
    github: {
      workflowRun: async (name, id) => {
        requested.push(`${name} ${id}`);
        const conclusion = failed.includes(id) ? 'failure' : 'success';
        return { kind: 'known', value: run({ id, conclusion, jobs: [job('release', { conclusion })] }) };
      },
      repository: async (name) => ({
        kind: 'known',
        value: { id: '12345', ownerId: '678', name, defaultBranch: 'main', visibility: 'public' },
      }),
      compareToDefaultBranch: async () => ({ kind: 'known', value: 'behind' }),
    },
    receipts: { receipts: async () => ({ kind: 'absent' }) },
  });
  const store = new FindingStore([], []);
  const triage = new Triage({
    policy: { ...policy, ...of },
    entries: new Entries({ match: () => [] }, async () => true),
    rules: [unexplainedSignature],
    history: new Learned(),
    counts: new SignatureCounts([]),
    facts,
    store,
    context: { lookAlikes: { find: () => undefined }, read: { rekor: undefined, certificates: undefined }, now },
    cancellation: new AbortController().signal,
  });
  const { log, index, leafHash, seenAt, watchedAs } = entry;
  await triage.judgeNew([{ log: { ...log, keyId: '00' }, index, leafHash, seenAt, bytes: undefined, watchedAs }]);
  return {
    titles: store.findings.map(({ title }) => title),
    pending: triage.pending.map(({ reason }) => reason),
    requested,
  };
}

const signers = (...all: readonly CertifiedSigner[]): WatchedEntry => ({ ...signature(), signers: all });
const lib = jobSigner({ repository: 'octo/lib', id: '99', run: '7' });

test('each signer of an entry is compared with its own run, in any order', async () => {
  for (const entry of [signers(jobSigner(), lib), signers(lib, jobSigner())]) {
    const { titles, requested } = await judged(entry, ['7']);
    expect(titles).toEqual([expect.stringContaining('run 7 ')]);
    expect(requested.sort()).toEqual(['octo/app 42', 'octo/lib 7']);
  }
  expect(await judged(signers(jobSigner(), lib), [])).toMatchObject({ titles: [], pending: [] });
});

test('nothing is requested about repositories of others, and of other hosts', async () => {
  const other = jobSigner({ repository: 'other/app', id: '5', run: '8' });
  const claims = { sourceRepositoryUri: 'https://gitlab.example/octo/app', issuer: 'https://gitlab.example' };
  const elsewhere = jobSigner({ run: '9', claims });
  const value = 'https://gitlab.example/octo/app/ci.yml@refs/heads/main';
  const identities = [{ place: { line: 1 }, match: 'exact', value, issuer: undefined }] as const;
  const { titles, requested } = await judged(signers(jobSigner(), other, elsewhere), ['8', '9'], { identities });
  expect([titles, requested]).toEqual([[], ['octo/app 42']]);
});
