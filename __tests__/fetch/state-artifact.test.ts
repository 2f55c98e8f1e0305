/** The state of a watch is taken from runs of its own workflow on the default branch, and from nothing that others could have made. */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CountersignError } from '../../src/core/errors/index.ts';
import { restoreState, type StateSource, stateArtifactName } from '../../src/fetch/index.ts';
import type { GitHubArtifact, ListedRun } from '../../src/services/github/index.ts';

const source: StateSource = {
  repository: 'octo/app',
  repositoryId: '7',
  defaultBranch: 'main',
  workflow: '.github/workflows/watch.yml',
  artifact: 'state',
  run: { id: '100', attempt: 1, event: 'schedule', headBranch: 'main' },
};

const ownRun: ListedRun = {
  id: '42',
  attempt: 1,
  path: '.github/workflows/watch.yml',
  event: 'schedule',
  status: 'completed',
  conclusion: 'success',
  headBranch: 'main',
  headRepositoryId: '7',
  createdAt: new Date('2026-11-30T12:00:00Z'),
};

let artifacts = 0;
function artifactOf(run: ListedRun, change: Partial<GitHubArtifact> = {}): GitHubArtifact {
  return {
    id: ++artifacts,
    name: 'state',
    size: 100,
    digest: undefined,
    isExpired: false,
    run: { id: run.id, repositoryId: '7', headRepositoryId: '7', headBranch: 'main' },
    ...change,
  };
}

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'countersign-state-'));
  await mkdir(join(home, 'state'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

interface World {
  readonly runs: readonly ListedRun[];
  readonly artifacts: readonly GitHubArtifact[];
  readonly download?: (artifact: GitHubArtifact) => Uint8Array;
}

/** Restores the state, and returns what came of it with the content of the file in it. */
async function restore(
  { runs, artifacts: listed, download = ({ id }) => archive(`state ${id}`) }: World,
  from = source,
) {
  const asked: string[] = [];
  const client = {
    workflowRuns: async (_: string, query: object) => {
      asked.push(JSON.stringify(query));
      return runs;
    },
    artifactsOfRun: async (_: string, id: string, name: string) =>
      listed.filter((one) => one.run?.id === id && one.name === name),
    downloadArtifact: async (_: string, artifact: GitHubArtifact) => download(artifact),
  };
  const result = await restoreState(from, client, { folder: join(home, 'state'), temporary: home }, files);
  const content = await readFile(join(home, 'state', 'file'), 'utf8').catch(() => undefined);
  return { ...result, content, asked };
}

/** An archive with one file. */
function archive(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const packed = deflateRawSync(bytes);
  const name = Buffer.from('file');
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt32LE(crc32(bytes), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(bytes.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

test('the state of the latest run is unpacked, and completed runs of the branch are asked for', async () => {
  const older = { ...ownRun, id: '41' };
  const [latest, other] = [artifactOf(ownRun), artifactOf(older)];
  const { content, asked, ...result } = await restore({ runs: [ownRun, older], artifacts: [other, latest] });
  expect(result).toEqual({ run: '42', problem: undefined, refused: [] });
  expect(content).toBe(`state ${latest.id}`);
  expect(asked).toEqual([JSON.stringify({ workflow: 'watch.yml', branch: 'main', status: 'completed' })]);
});

test('a run that failed has a state too', async () => {
  const run = { ...ownRun, conclusion: 'failure' };
  expect((await restore({ runs: [run], artifacts: [artifactOf(run)] })).run).toBe('42');
});

test('a first run has no state, and nothing is wrong', async () => {
  expect(await restore({ runs: [], artifacts: [] })).toMatchObject({ run: undefined, problem: undefined, refused: [] });
});

describe('refused is the state of a run', () => {
  test.each<readonly [string, Partial<ListedRun>, string]>([
    ['of another workflow', { path: '.github/workflows/other.yml' }, 'is of the workflow .github/workflows/other.yml'],
    ...(['pull_request', 'pull_request_target', 'workflow_run', 'issue_comment', 'merge_group'] as const).map(
      (event) => [`that ${event} started`, { event }, `was started by ${event}`] as const,
    ),
    ['of another branch', { headBranch: 'dev' }, 'is not of the default branch'],
    ['of no branch', { headBranch: undefined }, 'is not of the default branch'],
    ['of a fork', { headRepositoryId: '8' }, 'is of a fork'],
    ['of a fork that was deleted', { headRepositoryId: undefined }, 'is of a fork'],
  ])('%s', async (_, change, reason) => {
    const planted = { ...ownRun, id: '43', ...change };
    const own = artifactOf(ownRun);
    const found = await restore({ runs: [planted, ownRun], artifacts: [artifactOf(planted), own] });
    expect(found).toMatchObject({ run: '42', problem: undefined, content: `state ${own.id}` });
    expect(found.refused).toEqual([`the state of the run 43 is not used: the run ${reason}`]);
  });
});

describe('refused is an artifact', () => {
  const of = { id: '43', repositoryId: '7', headRepositoryId: '7', headBranch: 'main' };
  test.each<readonly [string, GitHubArtifact['run'], string]>([
    ['of a fork', { ...of, headRepositoryId: '8' }, 'is of a fork'],
    ['of another repository', { ...of, repositoryId: '8' }, 'is of a fork'],
    ['of another branch', { ...of, headBranch: 'dev' }, 'is not of the default branch'],
  ])('%s', async (_, run, reason) => {
    const planted = { ...ownRun, id: '43' };
    const own = artifactOf(ownRun);
    const found = await restore({ runs: [planted, ownRun], artifacts: [artifactOf(planted, { run }), own] });
    expect([found.run, found.content]).toEqual(['42', `state ${own.id}`]);
    expect(found.refused).toEqual([`the state of the run 43 is not used: the artifact ${reason}`]);
  });
});

test('runs of others without a state are no news', async () => {
  const pull = { ...ownRun, id: '43', event: 'pull_request' };
  expect((await restore({ runs: [pull, ownRun], artifacts: [artifactOf(ownRun)] })).refused).toEqual([]);
});

describe('a problem is', () => {
  const older = { ...ownRun, id: '41' };

  test('a successful run without a state', async () => {
    expect(await restore({ runs: [ownRun], artifacts: [] })).toMatchObject({
      run: undefined,
      problem: 'the run 42 has no state',
    });
  });

  test('not a failed run without a state', async () => {
    const run = { ...ownRun, conclusion: 'failure' };
    expect((await restore({ runs: [run], artifacts: [] })).problem).toBeUndefined();
  });

  test('a state that has expired, and the one before it is used', async () => {
    const before = artifactOf(older);
    expect(
      await restore({ runs: [ownRun, older], artifacts: [artifactOf(ownRun, { isExpired: true }), before] }),
    ).toMatchObject({ run: '41', problem: 'the run 42 has a state that has expired', content: `state ${before.id}` });
  });

  test('a state that is no archive, of which nothing is left', async () => {
    const [bad, good] = [artifactOf(ownRun), artifactOf(older)];
    const found = await restore({
      runs: [ownRun, older],
      artifacts: [bad, good],
      download: ({ id }) => (id === bad.id ? archive('state').subarray(0, -10) : archive(`state ${id}`)),
    });
    expect(found).toMatchObject({ run: '41', content: `state ${good.id}` });
    expect(found.problem).toMatch(/^the state of the run 42 is damaged: /);
  });
});

test('without an answer of the API, no state is assumed', async () => {
  const outage = (): never => {
    throw new CountersignError('SERVICE_UNAVAILABLE', 'down');
  };
  await expect(restore({ runs: [ownRun], artifacts: [artifactOf(ownRun)], download: outage })).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
  });
});

describe('another attempt', () => {
  const again = { ...source, run: { ...source.run, id: '42', attempt: 3 } };

  test('continues the latest attempt before it', async () => {
    const [first, second] = [artifactOf(ownRun), artifactOf(ownRun, { name: 'state-attempt-2' })];
    expect((await restore({ runs: [ownRun], artifacts: [first, second] }, again)).content).toBe(`state ${second.id}`);
  });

  test('continues an earlier attempt if that left nothing', async () => {
    expect((await restore({ runs: [ownRun], artifacts: [artifactOf(ownRun)] }, again)).run).toBe('42');
  });

  test('of a pull request continues nothing of its own', async () => {
    const pull = { ...again, run: { ...again.run, event: 'pull_request' } };
    const older = { ...ownRun, id: '41' };
    const own = artifactOf(older);
    const found = await restore({ runs: [older], artifacts: [artifactOf(ownRun), own] }, pull);
    expect([found.run, found.refused.length]).toEqual(['41', 1]);
  });

  test('has an artifact with a name of its own', () => {
    expect([stateArtifactName('state', 1), stateArtifactName('state', 2)]).toEqual(['state', 'state-attempt-2']);
  });
});
