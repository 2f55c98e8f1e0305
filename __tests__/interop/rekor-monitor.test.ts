/**
 * Compares `countersign audit` with Sigstore's rekor-monitor. Both follow the log of the same sandbox, which is honest, misbehaves, is rotated,
 * or has a hostile entry.
 *
 * rekor-monitor has no release, and `npm run test:interop` does not install it. Its tests run if COUNTERSIGN_INTEROP_REKOR_MONITOR is the path of
 * the program. They state what the commit below does, so that a change is noticed.
 */

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CertificateAuthority,
  CertificateLog,
  exampleJob,
  generateSigningKey,
  hostileEntries,
  jobIdentity,
  type Sandbox,
  startSandbox,
  systemSources,
} from '../../sandbox/index.ts';
import { encodeBase64, utf8 } from '../../src/core/encoding/index.ts';
import { countersignPath } from './kit/countersign.ts';
import { type Run, run } from './kit/program.ts';

const program = process.env.COUNTERSIGN_INTEROP_REKOR_MONITOR;
const rekorMonitor = 'rekor-monitor 564014c (2026-08-18)';
/** The repository whose signatures are looked for, and another one. */
const [watched, other] = ['example-org/watched', 'example-org/other'];

/** A sandbox, with the monitors that follow it. */
class World implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly #folder: string;

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.#folder = folder;
  }

  static async start(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-rekor-monitor-'));
    // rekor-monitor takes host and port as the origin of a log.
    const world = new World(await startSandbox({ portInOrigin: true }), folder);
    await writeFile(world.#path('tuf_root.json'), world.sandbox.tuf.rootJson);
    const subject = `https://github\\.com/${watched}/.*`;
    const config = {
      monitoredValues: { certIdentities: [{ certSubject: subject }] },
      outputIdentities: world.#path('identities.json'),
      outputIdentitiesFormat: 'json',
    };
    // JSON is YAML.
    await writeFile(world.#path('config.yaml'), JSON.stringify(config));
    return world;
  }

  /** Adds signatures of a repository, with certificates of an authority. */
  add(count: number, repository = watched, authority = this.sandbox.certificateAuthority): void {
    const { transparencyLog, urls } = this.sandbox;
    const [owner = ''] = repository.split('/');
    const workflow = `${repository}/.github/workflows/release.yml@refs/heads/main`;
    const names = { repository, repository_owner: owner, job_workflow_ref: workflow, workflow_ref: workflow };
    const job = { ...exampleJob, ...names, iss: urls.jobIssuer, sub: `repo:${repository}:ref:refs/heads/main` };
    for (let at = 0; at < count; at++) {
      const { publicKey } = generateSigningKey('P-256');
      const certificate = authority.issue({ publicKey, ...jobIdentity(job) });
      const data = { algorithm: 'SHA2_256', digest: encodeBase64(randomBytes(32)) };
      const verifier = {
        keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        x509Certificate: { rawBytes: encodeBase64(certificate) },
      };
      const spec = {
        hashedRekordV002: { data, signature: { content: encodeBase64(randomBytes(70)), verifier } },
      };
      transparencyLog.append(utf8(JSON.stringify({ apiVersion: '0.0.2', kind: 'hashedrekord', spec })));
    }
  }

  /** Runs both monitors for the first time. */
  async begin(): Promise<void> {
    expect(await this.audit()).toMatchObject({ code: 0, outcome: 'clean' });
    if (program !== undefined) expect(await this.rekorMonitor()).toMatchObject({ code: 0, found: [] });
  }

  /** Audits all logs, and returns the result for the shards of Rekor v2. */
  async audit() {
    const { code, json } = await this.#countersign('audit', '--state', 'audit', '--from', 'start');
    const logs: readonly AuditedLog[] = json.logs.filter(({ protocol }: AuditedLog) => protocol === 'rekor-v2');
    const coverage = (url: string) => logs.find((log) => log.url === url)?.coverage;
    const findings = logs.flatMap((log) => log.findings.map((each) => [each.code, each.proven]));
    return { code, outcome: json.outcome, findings, coverage };
  }

  /** Returns the exit code of checking all evidence that audits wrote. */
  async checkEvidence(): Promise<number | null> {
    const [file = 'none'] = await readdir(this.#path('audit/evidence'));
    return (await this.#countersign('audit', '--evidence', join('audit/evidence', file))).code;
  }

  /** Returns the indices of the entries of the watched repository that a search finds in a shard of Rekor v2. */
  async search(url: string): Promise<readonly number[]> {
    const { code, json } = await this.#countersign(
      'search',
      '--state',
      'audit',
      '--log',
      url,
      '--repo',
      watched,
      '--limit',
      '1000',
    );
    expect(code).toBe(0);
    return json.entries
      .map(({ index }: { readonly index: string }) => Number(index))
      .sort((a: number, b: number) => a - b);
  }

  async #countersign(...args: readonly string[]) {
    await writeFile(this.#path('trusted_root.json'), JSON.stringify(this.sandbox.trustedRoot));
    const trust = ['--instance', 'custom', '--trusted-root', 'trusted_root.json', '--json'];
    const { code, stdout, stderr } = await this.#run(process.execPath, [countersignPath, ...args, ...trust]);
    expect(stderr).toBe('');
    return { code, json: JSON.parse(stdout) };
  }

  /** Runs rekor-monitor once, and returns the indices of the entries that it has found by now, and its state. */
  async rekorMonitor() {
    this.#publishShards();
    const { tuf, rekor } = this.sandbox.urls;
    const { code, stderr } = await this.#run(program ?? '', [
      ...['--tuf-repository', tuf, '--tuf-root-path', 'tuf_root.json', '--url', rekor],
      ...['--file', 'state.txt', '--config-file', 'config.yaml'],
    ]);
    const read = (name: string) => readFile(this.#path(name), 'utf8').catch(() => '');
    const identities = (await read('identities.json')).split('\n').filter((line) => line !== '');
    const found: readonly number[] = identities.map((line) => JSON.parse(line).Index);
    const size = Number((await read('state.txt')).split('\\n')[1]);
    return { code, stderr, found, size };
  }

  /** Publishes the shards of Rekor v2 where rekor-monitor looks for them. It takes the one that started last for the active one. */
  #publishShards(): void {
    const { rekorShards, signingConfig, tuf } = this.sandbox;
    const hours = (index: number): string =>
      new Date(Date.now() - (rekorShards.length - index) * 3_600_000).toISOString();
    const rekorTlogUrls = rekorShards.map(({ url }, index) => ({
      url,
      majorApiVersion: 2,
      operator: 'sandbox',
      validFor: { start: hours(index) },
    }));
    tuf.setTarget('signing_config.v0.2.json', utf8(JSON.stringify({ ...signingConfig, rekorTlogUrls })));
  }

  #run(path: string, args: readonly string[]): Promise<Run> {
    return run(path, args, { cwd: this.#folder, env: { HOME: this.#folder } });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface AuditedLog {
  readonly protocol: string;
  readonly url: string;
  readonly coverage: Readonly<Record<'from' | 'to' | 'size' | 'read' | 'unreadable', number>>;
  readonly findings: readonly { readonly code: string; readonly proven: boolean }[];
}

/** The entries in the log when both monitors see it first: one of the sandbox's own, and more than a full bundle of 256. */
const before = 301;
let world: World;

describe('an honest log that grows', () => {
  follow(before, () => world.add(20));
  test('countersign audit: clean, and each new entry is read once', async () => {
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 0, outcome: 'clean', findings: [] });
    const { rekor } = world.sandbox.urls;
    expect(coverage(rekor)).toMatchObject({ from: 0, to: 321, size: 321, read: 20, unreadable: 0 });
    expect(await world.search(rekor)).toEqual(range(before, 321));
  });
  peer('finds each new entry', async () => {
    expect(await world.rekorMonitor()).toMatchObject({ code: 0, found: range(before, 321), size: 321 });
  });
});

describe('a forked tree', () => {
  follow(before, () => {
    world.add(20);
    world.sandbox.misbehave('rekor-v2:forked-tree');
  });
  test('countersign audit: proven misbehaviour, with evidence', async () => {
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 8, outcome: 'misbehaviour', findings: [['LOG_FORKED', true]] });
    expect(coverage(world.sandbox.urls.rekor)).toMatchObject({ to: before, size: before, read: 0 });
    expect(await world.checkEvidence()).toBe(8);
  });
  peer('prints an error, and exits with 0', async () => {
    const { code, stderr, found, size } = await world.rekorMonitor();
    expect([code, found, size]).toEqual([0, [], before]);
    expect(stderr).toContain('consistency check failed');
  });
});

describe('altered entries in an honest tree', () => {
  follow(before, () => {
    world.add(20);
    world.sandbox.misbehave('rekor-v2:altered-entry');
  });
  test('countersign audit: a finding, and nothing is read from them', async () => {
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 7, outcome: 'findings', findings: [['ENTRY_ALTERED', false]] });
    expect(coverage(world.sandbox.urls.rekor)).toMatchObject({ to: before, read: 0 });
  });
  peer('reads the altered entries, reports them and goes on', async () => {
    const { code, stderr, found, size } = await world.rekorMonitor();
    expect([code, found, size]).toEqual([0, range(before, 321), 321]);
    expect(stderr).toContain('Root hash consistency verified');
  });
});

describe.each([
  { than: 'shorter', count: 10, found: [], size: 31, error: 'start index 30 must be less or equal than end index 10' },
  { than: 'longer', count: 60, found: range(31, 61), size: 61, error: '' },
])('a rotation while the monitor is behind, to a shard that is $than than the old one', ({ count, ...peers }) => {
  follow(31, async () => {
    world.add(20);
    await world.sandbox.rotateRekor();
    world.add(count);
  });
  test('countersign audit: the end of the old shard and the whole new one are read', async () => {
    const [old = '', active = ''] = world.sandbox.rekorShards.slice(-2).map(({ url }) => url);
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 0, outcome: 'clean', findings: [] });
    expect(coverage(old)).toMatchObject({ from: 0, to: 51, size: 51, read: 20 });
    expect(coverage(active)).toMatchObject({ from: 0, to: count + 1, size: count + 1, read: count + 1 });
    expect(await world.search(old)).toEqual(range(31, 51));
    expect(await world.search(active)).toEqual(range(1, count + 1));
  });
  peer('reads no entry of the old shard, and none of the new one up to the old size', async () => {
    const { code, stderr, found, size } = await world.rekorMonitor();
    // Once the state is that of the new shard, no later run reads the others.
    expect([code, found, size]).toEqual([0, peers.found, peers.size]);
    expect(stderr).toContain(peers.error);
  });
});

describe('an entry that cannot be parsed', () => {
  follow(11, () => {
    const { certificateAuthority, transparencyLog } = world.sandbox;
    const hostile = hostileEntries(certificateAuthority).find(({ name }) => name === 'JSON that is cut off');
    if (hostile === undefined) throw new Error('no such entry');
    transparencyLog.append(hostile.body);
    world.add(10);
    world.add(290, other);
  });
  test('countersign audit: it is counted, and all others are read', async () => {
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 0, outcome: 'clean', findings: [] });
    const { rekor } = world.sandbox.urls;
    expect(coverage(rekor)).toMatchObject({ to: 312, size: 312, read: 301, unreadable: 1 });
    expect(await world.search(rekor)).toEqual(range(12, 22));
  });
  peer('stops at the bundle with the entry, in every run', async () => {
    for (const _ of ['first', 'second']) {
      const { code, stderr, found, size } = await world.rekorMonitor();
      expect([code, found, size]).toEqual([0, [], 11]);
      expect(stderr).toContain('failed to parse entry');
    }
  });
});

describe('a certificate of an unknown authority', () => {
  follow(11, () => {
    const log = new CertificateLog(systemSources.clock);
    world.add(1, watched, new CertificateAuthority({ sources: systemSources, log }));
  });
  test('countersign audit: the entry is found', async () => {
    const { coverage, ...audit } = await world.audit();
    expect(audit).toEqual({ code: 0, outcome: 'clean', findings: [] });
    const { rekor } = world.sandbox.urls;
    expect(coverage(rekor)).toMatchObject({ to: 12, size: 12, read: 1, unreadable: 0 });
    expect(await world.search(rekor)).toEqual([11]);
  });
  peer('skips the entry', async () => {
    const { code, stderr, found, size } = await world.rekorMonitor();
    expect([code, found, size]).toEqual([0, [], 12]);
    expect(stderr).toContain('could not be verified against trusted CAs, skipping the entry');
  });
});

/** Before the tests of a block, lets both monitors see a log of so many entries, and then changes it. */
function follow(size: number, change: () => void | Promise<void>): void {
  beforeAll(async () => {
    world = await World.start();
    world.add(size - world.sandbox.transparencyLog.size, other);
    await world.begin();
    await change();
  });
  afterAll(() => world[Symbol.asyncDispose]());
}

/** Returns the integers from one up to another, without it. */
function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** Adds a test of rekor-monitor, if it is installed. */
function peer(name: string, check: () => Promise<void>): void {
  if (program !== undefined) test(`${rekorMonitor}: ${name}`, check);
}
