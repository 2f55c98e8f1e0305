/** A Sigstore for tests: all services in one process, on loopback only, in memory or on disk. Not for production. */

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
import {
  buildkite,
  circleci,
  createTokenIssuer,
  forgejo,
  gitlab,
  type JobProvider,
  JobTokens,
  kubernetes,
  PersonTokens,
  spiffe,
  spiffeTrustDomain,
  userDomain,
  username,
} from './oidc/index.ts';
import { closeOrigins, type Origins, openKeepable, openOrigins, portsOf } from './origins.ts';
import { type KeyKind, keptSigningKey } from './pki/index.ts';
import { RegistryService } from './registry/index.ts';
import { RekorService } from './rekor/index.ts';
import { RekorV1Service, ShardedLog } from './rekor-v1/index.ts';
import { earlierShardSize, seed, seedV1 } from './seed.ts';
import { type Clock, type RandomBytes, type Sources, secondsAfter, systemSources } from './sources.ts';
import { choosePorts, createState, readState, type State } from './state.ts';
import { keep, MemoryStorage, type Storage } from './storage/index.ts';
import { TimestampAuthority } from './timestamp/index.ts';
import { type LogAddress, signingConfig, trustedRoot } from './trust/index.ts';
import { TufRepository } from './tuf/index.ts';

export interface SandboxOptions {
  /** The clock of all services; by default the system's. */
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** The first of its ports, one for each origin; by default those in the storage, or free ones. */
  readonly port?: number;
  /** The storage of keys, logs and the TUF repository, which the sandbox continues; by default in memory, with new keys. */
  readonly storage?: Storage;
  /** Adds the sandbox's marker to CA certificates; true by default. */
  readonly marked?: boolean;
  /** Records requests in `requests`; true by default. A sandbox that runs for a long time should not. */
  readonly recordRequests?: boolean;
  /** The misbehaviours to begin with; see {@link Sandbox.misbehave}. */
  readonly misbehaviours?: readonly MisbehaviourName[];
}

export interface SandboxUrls {
  /** The issuer of job tokens (`iss`). */
  readonly jobIssuer: string;
  /** The issuer of job tokens like GitLab's. */
  readonly gitlabIssuer: string;
  /** The issuer of job tokens like Buildkite's. */
  readonly buildkiteIssuer: string;
  /** The issuer of job tokens like CircleCI's. */
  readonly circleciIssuer: string;
  /** The issuer of job tokens like Forgejo's. */
  readonly forgejoIssuer: string;
  /** The issuer of the tokens of a Kubernetes cluster's service accounts. */
  readonly kubernetesIssuer: string;
  /** The issuer of JWT-SVIDs. */
  readonly spiffeIssuer: string;
  /** The issuer of the tokens of users without an email address. */
  readonly usernameIssuer: string;
  /** The issuer of people's tokens (`iss`), an OpenID provider with a login page. */
  readonly personIssuer: string;
  readonly fulcio: string;
  /** The certificate log, with `ct/v1/…` (RFC 6962) and tiles. */
  readonly certificateLog: string;
  /** The whole endpoint. */
  readonly timestamp: string;
  /** Rekor v2. */
  readonly rekor: string;
  /** The previous shard of Rekor v2, which is frozen. */
  readonly frozenRekor: string;
  readonly rekorV1: string;
  /** The metadata, with the targets in `targets/`. */
  readonly tuf: string;
  /** `ACTIONS_RESULTS_URL`. */
  readonly results: string;
  /** A registry of container images. */
  readonly registry: string;
  /** A registry without the referrers API, like GitHub's. */
  readonly registryWithoutReferrers: string;
}

/** A running sandbox. Its parts can be used directly, to make what no endpoint would. */
export interface Sandbox extends AsyncDisposable {
  readonly urls: SandboxUrls;
  /** Job tokens: the values of `ACTIONS_ID_TOKEN_REQUEST_*`, and `configure` for the claims. */
  readonly jobTokens: JobTokens;
  /** Tokens of the jobs of other CI systems, with the same request token. */
  readonly gitlabTokens: JobTokens;
  readonly buildkiteTokens: JobTokens;
  readonly circleciTokens: JobTokens;
  readonly forgejoTokens: JobTokens;
  /** Tokens of a Kubernetes service account, a SPIFFE workload and a user. */
  readonly kubernetesTokens: JobTokens;
  readonly spiffeTokens: JobTokens;
  readonly usernameTokens: JobTokens;
  readonly personTokens: PersonTokens;
  readonly certificateAuthority: CertificateAuthority;
  readonly certificateLog: CertificateLog;
  readonly timestampAuthority: TimestampAuthority;
  /** The log of Rekor v2 (Ed25519). */
  readonly transparencyLog: TransparencyLog;
  /** The previous shard of Rekor v2 (ECDSA), which is frozen and still trusted. */
  readonly frozenLog: TransparencyLog;
  /** The witnesses of Rekor v2. */
  readonly witnesses: readonly NoteSigner[];
  /** The log of Rekor v1, with a small earlier shard and an active one. */
  readonly rekorV1Log: ShardedLog;
  /** GitHub's artifacts, with a job that may upload some. */
  readonly artifactService: ArtifactService;
  /** A registry of container images, which asks for no credentials until it is configured to. */
  readonly registry: RegistryService;
  /** A registry without the referrers API. */
  readonly registryWithoutReferrers: RegistryService;
  /** The TUF repository of the {@link trustedRoot} and two signing configs, under the names of the public instance. */
  readonly tuf: TufRepository;
  /** The trusted root (`application/vnd.dev.sigstore.trustedroot+json;version=0.1`), with all logs. */
  readonly trustedRoot: JsonObject;
  /** The signing config (v0.2) with Rekor v2 and timestamps. */
  readonly signingConfig: JsonObject;
  /** The signing config with Rekor v1 and timestamps. */
  readonly signingConfigRekorV1: JsonObject;
  /** The signing config with both logs, of which clients should choose Rekor v2. */
  readonly signingConfigBothLogs: JsonObject;
  /** All requests to all services, if they are recorded. */
  readonly requests: readonly RequestRecord[];
  /** The faults on the way to the services: set any `fault` on a service. */
  readonly faults: Faults;
  /** The misbehaviours that are on. */
  readonly misbehaviours: readonly MisbehaviourName[];
  /** Begins a misbehaviour, for a number of times or until {@link behave}. The sandbox's state stays right. */
  misbehave(name: MisbehaviourName, times?: Times): void;
  /** Ends all misbehaviours, and clears the {@link faults}. */
  behave(): void;
  /** Closes all listeners and connections at once. The state is lost unless a storage was given. */
  close(): Promise<void>;
}

type IssuerName = {
  [Name in keyof SandboxUrls]: Name extends `${infer Short}Issuer` ? Short : never;
}[keyof SandboxUrls];

/** Services are trusted from before they start, for clients whose clocks are late. In seconds. */
const trustedBeforeStart = 300;

const witnessNames = ['witness-1.countersign.sandbox', 'witness-2.countersign.sandbox'] as const;

/**
 * Starts all services on loopback, with the keys and logs in the storage, or with new keys that never touch a disk.
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
    : await openOrigins(choosePorts(kept, options.port), traffic);
  try {
    const state = kept ?? createState(storage, portsOf(origins), sources);
    return await assemble(options, storage, state, sources, origins, traffic);
  } catch (error) {
    await closeOrigins(origins);
    throw error;
  }
}

async function assemble(
  { marked = true, misbehaviours = [] }: SandboxOptions,
  storage: Storage,
  state: State,
  sources: Sources,
  origins: Origins,
  traffic: Traffic,
): Promise<Sandbox> {
  const { clock, random } = sources;
  const start = secondsAfter(state.created, -trustedBeforeStart);
  const keys = storage.folder('keys');
  const logs = storage.folder('logs');
  const { main } = origins;
  const urls: SandboxUrls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    circleciIssuer: `${main.origin}/circleci`,
    forgejoIssuer: `${main.origin}/forgejo/api/actions`,
    kubernetesIssuer: `${main.origin}/kubernetes`,
    spiffeIssuer: `${main.origin}/spiffe`,
    usernameIssuer: `${main.origin}/username`,
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
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, sources });
  const [registry, registryWithoutReferrers] = [
    new RegistryService({ origin: urls.registry, sources }),
    new RegistryService({ origin: urls.registryWithoutReferrers, sources, referrersApi: false }),
  ];

  const requestToken = encodeHex(keep(keys, 'request-token', () => random(32)));
  const issuer = (name: IssuerName) =>
    createTokenIssuer(urls[`${name}Issuer`], { storage: keys, name: `${name}-issuer` });
  const tokensLike = (name: IssuerName, provider: JobProvider): JobTokens =>
    new JobTokens(issuer(name), sources, { provider, requestToken });
  const jobTokens = new JobTokens(issuer('job'), sources, { requestToken });
  const gitlabTokens = tokensLike('gitlab', gitlab);
  const buildkiteTokens = tokensLike('buildkite', buildkite);
  const circleciTokens = tokensLike('circleci', circleci);
  const forgejoTokens = tokensLike('forgejo', forgejo);
  const kubernetesTokens = tokensLike('kubernetes', kubernetes);
  const spiffeTokens = tokensLike('spiffe', spiffe);
  const usernameTokens = tokensLike('username', username);
  const personTokens = new PersonTokens(issuer('person'), sources);
  const workloadTokens = [circleciTokens, forgejoTokens, kubernetesTokens, spiffeTokens, usernameTokens];
  const tokens = [jobTokens, gitlabTokens, buildkiteTokens, ...workloadTokens, personTokens];
  const authorizationServer = new AuthorizationServer(personTokens, sources);

  const origin = urls.certificateLog.replace('http://', '');
  const certificateLog = new CertificateLog(clock, { origin, storage: logs.folder('certificates') });
  const authority = { sources, marked, storage: keys, name: state.name, notBefore: secondsAfter(state.created, -3600) };
  const certificateAuthority = new CertificateAuthority({ ...authority, log: certificateLog });
  const certificateLogService = new CertificateLogService(certificateLog, [certificateAuthority.root.certificate]);
  const timestampAuthority = new TimestampAuthority(authority);
  const issuers = [
    { issuer: jobTokens.issuer, kind: 'github-workflow' },
    { issuer: gitlabTokens.issuer, kind: 'gitlab-pipeline' },
    { issuer: buildkiteTokens.issuer, kind: 'buildkite-job' },
    { issuer: circleciTokens.issuer, kind: 'circleci-job' },
    {
      issuer: forgejoTokens.issuer,
      kind: 'forgejo-workflow',
      url: urls.forgejoIssuer.replace(/\/api\/actions$/, ''),
    },
    { issuer: kubernetesTokens.issuer, kind: 'kubernetes' },
    { issuer: spiffeTokens.issuer, kind: 'spiffe', spiffeTrustDomain },
    { issuer: usernameTokens.issuer, kind: 'username', subjectDomain: userDomain },
    { issuer: personTokens.issuer, kind: 'email' },
  ] as const;
  const fulcio = new CertificationService(certificateAuthority, issuers, clock);

  const witnesses = witnessNames.map((name) => witness(name, keptSigningKey(keys, name, 'Ed25519'), clock));
  const shard = (url: string, folder: Storage, kind: KeyKind, size: number): RekorService => {
    const key = keptSigningKey(folder, 'log', kind);
    const store = new LogStore(folder);
    const log = new TransparencyLog({ origin: new URL(url).hostname, key, clock, witnesses, store });
    return seed(new RekorService(log), size);
  };
  const rekor = shard(urls.rekor, logs.folder('rekor-v2-shard-2'), 'Ed25519', 1);
  const frozenRekor = shard(urls.frozenRekor, logs.folder('rekor-v2-shard-1'), 'P-256', earlierShardSize);
  frozenRekor.log.freeze(state.created);
  const rekorV1Log = new ShardedLog({
    host: new URL(urls.rekorV1).hostname,
    sources,
    storage: logs.folder('rekor-v1'),
  });
  const rekorV1 = seedV1(new RekorV1Service(rekorV1Log));

  const trust = trustedRoot({
    certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
    certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start }],
    transparencyLogs: [
      { service: rekor.log, url: urls.rekor, start },
      { service: frozenRekor.log, url: urls.frozenRekor, start, end: state.created },
      { service: rekorV1Log.active.log, url: urls.rekorV1, start },
    ],
    timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start }],
  });
  const v1: LogAddress = { url: urls.rekorV1, majorApiVersion: 1 };
  const v2: LogAddress = { url: urls.rekor, majorApiVersion: 2 };
  const frozen: LogAddress = { url: urls.frozenRekor, majorApiVersion: 2, end: state.created };
  const configs = {
    signingConfig: signingConfig(urls, [v2, frozen], start),
    signingConfigRekorV1: signingConfig(urls, [v1], start),
    signingConfigBothLogs: signingConfig(urls, [v2, frozen, v1], start),
  };
  const tuf = new TufRepository({
    sources,
    storage: storage.folder('tuf'),
    targets: {
      'trusted_root.json': utf8(JSON.stringify(trust)),
      'signing_config.v0.2.json': utf8(JSON.stringify(configs.signingConfigRekorV1)),
      'signing_config_rekor_v2.v0.2.json': utf8(JSON.stringify(configs.signingConfigBothLogs)),
    },
  });

  const conduct = new Misbehaviours(traffic.faults, {
    sources,
    // Created only when a misbehaviour needs it.
    get storage() {
      return storage.folder('misbehaviour');
    },
    tokenIssuers: issuers.map((one) => one.issuer),
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
  const service = (name: ServiceName, ...routes: readonly (readonly Route[])[]): Service => ({
    name,
    routes: conduct.over(name, routes.flat()),
  });
  main.serve([
    service('oidc', ...[...tokens, authorizationServer].map((one) => one.routes())),
    // At the root too, as sigstore-python leaves out the path of a base URL.
    service('fulcio', fulcio.routes('/fulcio'), fulcio.routes('')),
    service('ct', certificateLogService.routes('/ct')),
    service('timestamp', timestampAuthority.routes('/tsa/api/v1/timestamp')),
    service('tuf', tuf.routes('/tuf')),
  ]);
  origins.rekor.serve([service('rekor-v2', rekor.routes())]);
  // The frozen shard does not misbehave.
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
    circleciTokens,
    forgejoTokens,
    kubernetesTokens,
    spiffeTokens,
    usernameTokens,
    personTokens,
    certificateAuthority,
    certificateLog,
    timestampAuthority,
    transparencyLog: rekor.log,
    frozenLog: frozenRekor.log,
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
