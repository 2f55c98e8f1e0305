/** A small Sigstore: every service, one process, loopback only, in memory or on disk. Nothing of it is fit for production. */

import { encodeHex, type JsonObject, utf8 } from '../src/core/encoding/index.ts';
import { ArtifactService, BlobStore } from './artifacts/index.ts';
import { CertificateLog, CertificateLogService } from './certificate-log/index.ts';
import { CertificateAuthority, CertificationService } from './fulcio/index.ts';
import {
  type Faults,
  type RequestRecord,
  type Route,
  registryStray,
  rekorStray,
  type Service,
  type ServiceName,
  Traffic,
  twirpStray,
} from './http/index.ts';
import { LogStore, type NoteSigner, TransparencyLog, witness } from './log/index.ts';
import { type MisbehaviourName, Misbehaviours, type Times } from './misbehaviour/index.ts';
import { AuthorizationServer } from './oauth/index.ts';
import { buildkite, createTokenIssuer, gitlab, JobTokens, PersonTokens, type TokenIssuer } from './oidc/index.ts';
import { closeOrigins, type Origins, openKeepable, openOrigins, originNames, portsOf } from './origins.ts';
import { type KeyKind, keptSigningKey } from './pki/index.ts';
import { RegistryService } from './registry/index.ts';
import { RekorService } from './rekor/index.ts';
import { RekorV1Service, ShardedLog } from './rekor-v1/index.ts';
import { seedProposal, seedRequest } from './seed.ts';
import { type Clock, type RandomBytes, type Sources, secondsAfter, systemSources } from './sources.ts';
import { choosePorts, createState, readState, type State } from './state.ts';
import { keep, MemoryStorage, type Storage } from './storage/index.ts';
import { TimestampAuthority } from './timestamp/index.ts';
import { type LogAddress, signingConfig, trustedRoot } from './trust/index.ts';
import { TufRepository } from './tuf/index.ts';

export interface SandboxOptions {
  /** The time of all services; the system's by default. */
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** The first of its ports, one for each origin; by default any that are free, or those that the state names. */
  readonly port?: number;
  /** Where keys, logs and the TUF repository are kept, to be gone on with; by default in memory, with fresh keys. */
  readonly storage?: Storage;
  /** Whether the CA certificates say that they are a sandbox's; true by default. */
  readonly marked?: boolean;
  /** Whether `requests` lists them; true by default. A sandbox that runs for long does without. */
  readonly recordRequests?: boolean;
  /** How long TUF's timestamps are good for; a week by default. */
  readonly tufTimestampLifetimeSeconds?: number;
  /** What it is to do wrong from the start; see {@link Sandbox.misbehave}. */
  readonly misbehaviours?: readonly MisbehaviourName[];
}

export interface SandboxUrls {
  /** The issuer of job tokens (`iss`). */
  readonly jobIssuer: string;
  /** The same of GitLab's shape. */
  readonly gitlabIssuer: string;
  /** The same of Buildkite's shape. */
  readonly buildkiteIssuer: string;
  /** The issuer of people's tokens (`iss`), an OpenID provider with a page to sign in. */
  readonly personIssuer: string;
  readonly fulcio: string;
  /** The certificate log: `ct/v1/…` (RFC 6962) and tiles under it. */
  readonly certificateLog: string;
  /** The whole endpoint. */
  readonly timestamp: string;
  /** Rekor v2. */
  readonly rekor: string;
  /** The shard of Rekor v2 before it, which is read only. */
  readonly frozenRekor: string;
  readonly rekorV1: string;
  /** The metadata; the targets are under `targets/`. */
  readonly tuf: string;
  /** `ACTIONS_RESULTS_URL`. */
  readonly results: string;
  /** A registry of container images. */
  readonly registry: string;
  /** Another, which does not list referrers, as GitHub's does not. */
  readonly registryWithoutReferrers: string;
}

/** A running sandbox. Its parts can be used beside the HTTP endpoints, to make what no endpoint would. */
export interface Sandbox extends AsyncDisposable {
  readonly urls: SandboxUrls;
  /** Tokens of jobs: the request URL and token for `ACTIONS_ID_TOKEN_REQUEST_*`, and `configure` for the claims to come. */
  readonly jobTokens: JobTokens;
  /** The same of GitLab's and of Buildkite's jobs; their endpoints take the same request token. */
  readonly gitlabTokens: JobTokens;
  readonly buildkiteTokens: JobTokens;
  readonly personTokens: PersonTokens;
  readonly certificateAuthority: CertificateAuthority;
  readonly certificateLog: CertificateLog;
  readonly timestampAuthority: TimestampAuthority;
  /** The log of Rekor v2 (Ed25519). */
  readonly transparencyLog: TransparencyLog;
  /** The shard before it (ECDSA): frozen, and still trusted. */
  readonly frozenLog: TransparencyLog;
  /** Those who cosign the checkpoints of Rekor v2. */
  readonly witnesses: readonly NoteSigner[];
  /** The log of Rekor v1: an earlier shard of a few entries, and one that takes more. */
  readonly rekorV1Log: ShardedLog;
  /** GitHub's artifacts, with a job that may upload some. */
  readonly artifactService: ArtifactService;
  /** Container images. It asks nobody who they are, until it is told to. */
  readonly registry: RegistryService;
  /** Another registry, without the referrers API. */
  readonly registryWithoutReferrers: RegistryService;
  /** The TUF repository of all that follows: {@link trustedRoot} and two signing configs, under the public instance's names. */
  readonly tuf: TufRepository;
  /** The trusted root (`application/vnd.dev.sigstore.trustedroot+json;version=0.1`), with both logs. */
  readonly trustedRoot: JsonObject;
  /** The signing config (v0.2): Rekor v2 and timestamps. */
  readonly signingConfig: JsonObject;
  /** Rekor v1 and timestamps. */
  readonly signingConfigRekorV1: JsonObject;
  /** Both logs, of which Rekor v2 is to be chosen. */
  readonly signingConfigBothLogs: JsonObject;
  /** Every request so far, to whichever service, if they are recorded. */
  readonly requests: readonly RequestRecord[];
  /** What is to go wrong on the way: set any `fault` on a service. */
  readonly faults: Faults;
  /** The misbehaviours that are on. */
  readonly misbehaviours: readonly MisbehaviourName[];
  /** Has a service misbehave, besides what it does wrong already: so many times, or until {@link behave}. What it keeps stays right. */
  misbehave(name: MisbehaviourName, times?: Times): void;
  /** Makes all answers right again, and clears the {@link faults}. */
  behave(): void;
  /** Ends all listeners and connections at once. What is not in a storage of one's own is gone with it. */
  close(): Promise<void>;
}

/** Services are trusted from a little before they start, for clocks that are a little behind. */
const trustedBeforeStart = 300;

/** Enough for the two indices of an entry of Rekor v1 to differ. */
const earlierShardSize = 7;

const witnessNames = ['witness-1.countersign.sandbox', 'witness-2.countersign.sandbox'] as const;

/**
 * Starts every service on loopback, with the keys and logs of the storage that is given, or with fresh keys that never touch a disk.
 *
 * @example
 * await using sandbox = await startSandbox();
 * sandbox.jobTokens.configure({ claims: { environment: 'production' } });
 * sandbox.faults.set('fulcio', fault.status(503), 1);
 * sandbox.misbehave('rekor-v2:forked-tree');
 * const environment = {
 *   ACTIONS_ID_TOKEN_REQUEST_URL: sandbox.jobTokens.requestUrl,
 *   ACTIONS_ID_TOKEN_REQUEST_TOKEN: sandbox.jobTokens.requestToken,
 *   ACTIONS_RESULTS_URL: sandbox.urls.results,
 *   ACTIONS_RUNTIME_TOKEN: sandbox.artifactService.job.token,
 * };
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sources: Sources = {
    clock: options.clock ?? systemSources.clock,
    random: options.random ?? systemSources.random,
  };
  const { storage = new MemoryStorage() } = options;
  const traffic = new Traffic(options.recordRequests ?? true);
  const kept = readState(storage);
  const isAnywhere = kept === undefined && options.port === undefined && options.storage !== undefined;
  const origins = isAnywhere
    ? await openKeepable(traffic, sources.random)
    : await openOrigins(choosePorts(kept, originNames, options.port), traffic);
  try {
    const state = kept ?? createState(storage, portsOf(origins), sources);
    return await assemble({ origins, traffic, sources, storage, state }, options);
  } catch (error) {
    await closeOrigins(origins);
    throw error;
  }
}

interface Site {
  readonly origins: Origins;
  readonly traffic: Traffic;
  readonly sources: Sources;
  readonly storage: Storage;
  readonly state: State;
}

async function assemble(
  { origins, traffic, sources, storage, state }: Site,
  { marked = true, tufTimestampLifetimeSeconds, misbehaviours = [] }: SandboxOptions,
): Promise<Sandbox> {
  const start = secondsAfter(state.created, -trustedBeforeStart);
  const keys = storage.folder('keys');
  const logs = storage.folder('logs');
  const { main } = origins;
  const urls: SandboxUrls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    personIssuer: `${main.origin}/email`,
    fulcio: `${main.origin}/fulcio`,
    certificateLog: `${main.origin}/ct`,
    timestamp: `${main.origin}/tsa/api/v1/timestamp`,
    rekor: origins.rekor.origin,
    frozenRekor: origins.frozenRekor.origin,
    rekorV1: origins.rekorV1.origin,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`,
    registry: origins.registry.origin,
    registryWithoutReferrers: origins.registryWithoutReferrers.origin,
  };
  const blobs = new BlobStore(origins.blobs.origin, sources);
  const registry = new RegistryService({ origin: urls.registry, sources });
  const registryWithoutReferrers = new RegistryService({
    origin: urls.registryWithoutReferrers,
    sources,
    referrersApi: false,
  });
  const issuer = (url: string, name: string): TokenIssuer => createTokenIssuer(url, { storage: keys, name });
  const jobIssuer = issuer(urls.jobIssuer, 'job-issuer');
  const gitlabIssuer = issuer(urls.gitlabIssuer, 'gitlab-issuer');
  const buildkiteIssuer = issuer(urls.buildkiteIssuer, 'buildkite-issuer');
  const personIssuer = issuer(urls.personIssuer, 'person-issuer');
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, sources });
  const requestToken = encodeHex(keep(keys, 'request-token', () => sources.random(32)));
  const jobTokens = new JobTokens(jobIssuer, sources, { requestToken });
  const gitlabTokens = new JobTokens(gitlabIssuer, sources, { provider: gitlab, requestToken });
  const buildkiteTokens = new JobTokens(buildkiteIssuer, sources, { provider: buildkite, requestToken });
  const personTokens = new PersonTokens(personIssuer, sources);
  const authorizationServer = new AuthorizationServer(personTokens, sources);
  const authority = { sources, marked, storage: keys, name: state.name, notBefore: secondsAfter(state.created, -3600) };
  const certificateLog = new CertificateLog(sources.clock, {
    origin: urls.certificateLog.replace('http://', ''),
    storage: logs.folder('certificates'),
  });
  const certificateAuthority = new CertificateAuthority({ ...authority, log: certificateLog });
  const timestampAuthority = new TimestampAuthority(authority);
  const fulcio = new CertificationService(
    certificateAuthority,
    [
      { issuer: jobIssuer, kind: 'github-workflow' },
      { issuer: gitlabIssuer, kind: 'gitlab-pipeline' },
      { issuer: buildkiteIssuer, kind: 'buildkite-job' },
      { issuer: personIssuer, kind: 'email' },
    ],
    sources.clock,
  );
  const witnesses = witnessNames.map((name) => witness(name, keptSigningKey(keys, name, 'Ed25519'), sources.clock));
  const shard = (url: string, kind: KeyKind): RekorService => {
    const folder = logs.folder(url === urls.rekor ? 'rekor-v2-shard-2' : 'rekor-v2-shard-1');
    const key = keptSigningKey(folder, 'log', kind);
    const common = { key, kind, clock: sources.clock, witnesses, store: new LogStore(folder) };
    return new RekorService(new TransparencyLog({ ...common, origin: new URL(url).hostname }));
  };
  const rekor = seeded(shard(urls.rekor, 'Ed25519'), 1);
  const frozenRekor = seeded(shard(urls.frozenRekor, 'P-256'), earlierShardSize);
  frozenRekor.log.freeze(state.created);
  const rekorV1 = seededV1(
    new ShardedLog({ host: new URL(urls.rekorV1).hostname, sources, storage: logs.folder('rekor-v1') }),
  );
  const transparencyLog = rekor.log;
  const frozenLog = frozenRekor.log;
  const rekorV1Log = rekorV1.log;

  const trust = trustedRoot({
    certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
    certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start }],
    transparencyLogs: [
      { service: transparencyLog, url: urls.rekor, start },
      { service: frozenLog, url: urls.frozenRekor, start, end: state.created },
      { service: rekorV1Log.active.log, url: urls.rekorV1, start },
    ],
    timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start }],
  });
  const config = (...transparencyLogs: readonly LogAddress[]): JsonObject =>
    signingConfig(
      {
        certificateAuthority: urls.fulcio,
        identityProvider: urls.personIssuer,
        transparencyLogs,
        timestampAuthority: urls.timestamp,
      },
      start,
    );
  const v1: LogAddress = { url: urls.rekorV1, majorApiVersion: 1 };
  const v2: LogAddress = { url: urls.rekor, majorApiVersion: 2 };
  const frozen: LogAddress = { url: urls.frozenRekor, majorApiVersion: 2, end: state.created };
  const configs = {
    signingConfig: config(v2, frozen),
    signingConfigRekorV1: config(v1),
    signingConfigBothLogs: config(v2, frozen, v1),
  };
  const tuf = new TufRepository({
    sources,
    storage: storage.folder('tuf'),
    targets: {
      'trusted_root.json': utf8(JSON.stringify(trust)),
      'signing_config.v0.2.json': utf8(JSON.stringify(configs.signingConfigRekorV1)),
      'signing_config_rekor_v2.v0.2.json': utf8(JSON.stringify(configs.signingConfigBothLogs)),
    },
    ...(tufTimestampLifetimeSeconds === undefined ? {} : { timestampLifetimeSeconds: tufTimestampLifetimeSeconds }),
  });

  const certificateLogService = new CertificateLogService(certificateLog, [certificateAuthority.root.certificate]);
  const tokens = [jobTokens, gitlabTokens, buildkiteTokens, personTokens];
  const conduct = new Misbehaviours(traffic.faults, {
    sources,
    // Made only when a lie needs it.
    get storage() {
      return storage.folder('misbehaviour');
    },
    tokenIssuers: tokens.map(({ issuer }) => issuer),
    fulcio,
    certificateLog: certificateLogService,
    certificateLogPath: '/ct',
    timestampAuthority,
    rekorV1,
    rekor,
    tuf,
    registries: [registry, registryWithoutReferrers],
    blobs,
  });
  for (const name of misbehaviours) conduct.begin(name);
  const service = (name: ServiceName, routes: readonly Route[]): Service => ({
    name,
    routes: conduct.over(name, routes),
  });

  main.serve([
    service(
      'oidc',
      [...tokens, authorizationServer].flatMap((one) => one.routes()),
    ),
    // At the root too: sigstore-python leaves out the path of a base URL.
    service('fulcio', [...fulcio.routes('/fulcio'), ...fulcio.routes('')]),
    service('ct', certificateLogService.routes('/ct')),
    service('timestamp', timestampAuthority.routes('/tsa/api/v1/timestamp')),
    service('tuf', tuf.routes('/tuf')),
  ]);
  origins.rekor.serve([service('rekor-v2', rekor.routes())]);
  // A shard that has ended does not begin to lie.
  origins.frozenRekor.serve([{ name: 'rekor-v2', routes: frozenRekor.routes() }]);
  origins.rekorV1.serve([service('rekor-v1', rekorV1.routes())], rekorStray);
  origins.artifacts.serve([service('artifacts', artifactService.routes())], twirpStray);
  origins.blobs.serve([service('blobs', blobs.routes())]);
  origins.registry.serve([service('registry', registry.routes())], registryStray);
  origins.registryWithoutReferrers.serve([service('registry', registryWithoutReferrers.routes())], registryStray);

  const close = (): Promise<void> => closeOrigins(origins);
  return {
    urls,
    jobTokens,
    gitlabTokens,
    buildkiteTokens,
    personTokens,
    certificateAuthority,
    certificateLog,
    timestampAuthority,
    transparencyLog,
    frozenLog,
    witnesses,
    rekorV1Log,
    artifactService,
    registry,
    registryWithoutReferrers,
    tuf,
    trustedRoot: trust,
    ...configs,
    requests: traffic.requests,
    faults: traffic.faults,
    get misbehaviours() {
      return conduct.names;
    },
    misbehave: (name, times) => conduct.begin(name, times),
    behave: () => conduct.end(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A log with so many entries at least, of nobody's. A start that was cut short is gone on with. */
function seeded(rekor: RekorService, count: number): RekorService {
  while (rekor.log.size < count) rekor.add(seedRequest(rekor.log.size));
  return rekor;
}

/** An earlier shard of a few entries, and one that takes more. */
function seededV1(log: ShardedLog): RekorV1Service {
  const rekor = new RekorV1Service(log);
  while (log.shards.length === 1 && log.size < earlierShardSize) rekor.add(seedProposal(log.size));
  if (log.shards.length === 1) log.newShard();
  if (log.active.log.size === 0) rekor.add(seedProposal(log.size));
  return rekor;
}
