/** A Sigstore for tests: all services in one process, on loopback only, in memory or on disk. Not for production. */

import { encodeHex, type JsonObject, utf8 } from '../src/core/encoding/index.ts';
import { ArtifactService, BlobStore } from './artifacts/index.ts';
import { CertificateLog, CertificateLogService } from './certificate-log/index.ts';
import { CertificateAuthority, CertificationService } from './fulcio/index.ts';
import { GitHubService } from './github/index.ts';
import {
  type Faults,
  gitHubStray,
  type HttpListener,
  type RequestRecord,
  type Route,
  registryStray,
  rekorStray,
  type Service,
  type ServiceName,
  Traffic,
  twirpStray,
} from './http/index.ts';
import { type NoteSigner, type TransparencyLog, witness } from './log/index.ts';
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
import { closeOrigins, type Origins, openFurther, openKeepable, openOrigins, portsOf } from './origins.ts';
import { keptMlDsaKey, keptSigningKey } from './pki/index.ts';
import { RegistryService } from './registry/index.ts';
import { RekorV1Service, ShardedLog } from './rekor-v1/index.ts';
import { ReleaseAuthority } from './releases/index.ts';
import { seedV1 } from './seed.ts';
import { type RekorShard, Shards } from './shards.ts';
import { type Clock, type RandomBytes, type Sources, secondsAfter, systemSources } from './sources.ts';
import { choosePorts, createState, readState, type State } from './state.ts';
import { keep, MemoryStorage, type Storage } from './storage/index.ts';
import { TimestampAuthority } from './timestamp/index.ts';
import { type LogAddress, signingConfig, trustedRoot } from './trust/index.ts';
import { TufRepository } from './tuf/index.ts';
import { WitnessService } from './witness/index.ts';

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
  /** Puts the port into the origin of Rekor v2, as rekor-monitor and witnesses need it. False by default: other clients expect the host name. */
  readonly portInOrigin?: boolean;
  /** Lets the witnesses cosign checkpoints with ML-DSA-44 too; false by default. */
  readonly postQuantum?: boolean;
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
  /** Rekor v2: its active shard. */
  readonly rekor: string;
  /** The first shard of Rekor v2, which is frozen. */
  readonly frozenRekor: string;
  /** The submission and monitoring prefix of each witness. */
  readonly witness1: string;
  readonly witness2: string;
  readonly rekorV1: string;
  /** The metadata, with the targets in `targets/`. */
  readonly tuf: string;
  /** `ACTIONS_RESULTS_URL`. */
  readonly results: string;
  /** A registry of container images. */
  readonly registry: string;
  /** A registry without the referrers API, like GitHub's. */
  readonly registryWithoutReferrers: string;
  /** GitHub's REST API: `GITHUB_API_URL`. */
  readonly github: string;
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
  /** The active shard of Rekor v2 (Ed25519). */
  readonly transparencyLog: TransparencyLog;
  /** The first shard of Rekor v2 (ECDSA), which is frozen and still trusted. */
  readonly frozenLog: TransparencyLog;
  /** All shards of Rekor v2, the active one last. */
  readonly rekorShards: readonly RekorShard[];
  /** The witnesses that cosign the checkpoints of Rekor v2. */
  readonly witnesses: readonly NoteSigner[];
  /** The services of the witnesses, each with an Ed25519 and an ML-DSA-44 key. They follow the shards of Rekor v2 and the trees of Rekor v1. */
  readonly witnessServices: readonly WitnessService[];
  /** The log of Rekor v1, with a small earlier shard and an active one. */
  readonly rekorV1Log: ShardedLog;
  /** GitHub's artifacts, with a job that may upload some. */
  readonly artifactService: ArtifactService;
  /** A registry of container images, which asks for no credentials until it is configured to. */
  readonly registry: RegistryService;
  /** A registry without the referrers API. */
  readonly registryWithoutReferrers: RegistryService;
  /** GitHub's REST API, without repositories until some are added. */
  readonly github: GitHubService;
  /** GitHub's release service, under a trusted root of its own. Created when it is first used. */
  readonly releaseAuthority: ReleaseAuthority;
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
  /**
   * Freezes the active shard of Rekor v2 and begins another at a new address. The trusted root, the signing configs and the TUF repository
   * name it from now on. Misbehaviours of `rekor-v2` go on at the new shard.
   */
  rotateRekor(): Promise<void>;
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

/** The names of the witnesses, by the paths of their services. */
const witnessNames = {
  '/witness-1': 'witness-1.countersign.sandbox',
  '/witness-2': 'witness-2.countersign.sandbox',
} as const;

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
  const listeners = { origins, further: [] };
  try {
    const state = kept ?? createState(storage, portsOf(origins), sources);
    return await assemble(options, storage, state, sources, listeners, traffic);
  } catch (error) {
    await closeAll(listeners);
    throw error;
  }
}

interface Listeners {
  readonly origins: Origins;
  /** Those of later shards. */
  readonly further: HttpListener[];
}

async function closeAll({ origins, further }: Listeners): Promise<void> {
  await Promise.all([closeOrigins(origins), ...further.map((listener) => listener.close())]);
}

async function assemble(
  { marked = true, portInOrigin = false, postQuantum = false, misbehaviours = [] }: SandboxOptions,
  storage: Storage,
  state: State,
  sources: Sources,
  listeners: Listeners,
  traffic: Traffic,
): Promise<Sandbox> {
  const { origins, further } = listeners;
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
    witness1: `${main.origin}/witness-1`,
    witness2: `${main.origin}/witness-2`,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`,
    registry: origins.registry.origin,
    registryWithoutReferrers: origins.registryWithoutReferrers.origin,
    github: origins.github.origin,
  };

  const blobs = new BlobStore(origins.blobs.origin, sources);
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, sources });
  const [registry, registryWithoutReferrers] = [
    new RegistryService({ origin: urls.registry, sources }),
    new RegistryService({ origin: urls.registryWithoutReferrers, sources, referrersApi: false }),
  ];
  const github = new GitHubService({
    origin: urls.github,
    uploads: origins.githubUploads.origin,
    web: origins.githubWeb.origin,
    artifacts: artifactService,
    blobs,
    sources,
    attestRelease: (release) => releaseService().attest(release),
  });

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

  const witnessed = Object.entries(witnessNames).map(([path, name]) => {
    const ed25519 = witness(name, keptSigningKey(keys, name, 'Ed25519'), clock);
    const signers = () => [ed25519, witness(name, keptMlDsaKey(keys, name), clock)];
    return { path, ed25519, service: new WitnessService(signers) };
  });
  const witnesses = witnessed.flatMap(({ ed25519, service }) => (postQuantum ? service.signers : [ed25519]));
  const shards = await Shards.open({
    storage: logs,
    clock,
    witnesses,
    created: state.created,
    listeners: [origins.frozenRekor, origins.rekor],
    listen: async (port) => {
      const listener = await openFurther(traffic, random, port);
      further.push(listener);
      return listener;
    },
    portInOrigin,
  });
  const rekorV1Log = new ShardedLog({
    host: new URL(urls.rekorV1).hostname,
    sources,
    storage: logs.folder('rekor-v1'),
  });
  const rekorV1 = seedV1(new RekorV1Service(rekorV1Log));

  const follow = (log: TransparencyLog): void => {
    const observe = (size: number) => ({ checkpoint: log.checkpoint(), proof: log.consistencyProof(size) });
    for (const { service } of witnessed) service.follow({ origin: log.origin, signer: log.signer, observe });
  };
  for (const { log } of [...shards.all, ...rekorV1Log.shards]) follow(log);

  const publication = () => {
    const { active, all } = shards;
    const startOf = (shard: RekorShard): Date =>
      shard.start === undefined ? start : secondsAfter(shard.start, -trustedBeforeStart);
    const frozen = all.slice(0, -1).map((shard) => ({ shard, end: shard.log.frozen ?? state.created }));
    const trust = trustedRoot({
      certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
      certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start }],
      transparencyLogs: [
        { service: active.log, url: active.url, start: startOf(active) },
        ...frozen.map(({ shard, end }) => ({ service: shard.log, url: shard.url, start: startOf(shard), end })),
        { service: rekorV1Log.active.log, url: urls.rekorV1, start },
      ],
      timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start }],
    });
    const v1: LogAddress = { url: urls.rekorV1, majorApiVersion: 1 };
    const v2: LogAddress = { url: active.url, majorApiVersion: 2 };
    const ended = frozen.map(({ shard, end }): LogAddress => ({ url: shard.url, majorApiVersion: 2, end }));
    const configs = {
      signingConfig: signingConfig(urls, [v2, ...ended], start),
      signingConfigRekorV1: signingConfig(urls, [v1], start),
      signingConfigBothLogs: signingConfig(urls, [v2, ...ended, v1], start),
    };
    return { trustedRoot: trust, ...configs };
  };
  let published = publication();
  const targets = () => ({
    'trusted_root.json': utf8(JSON.stringify(published.trustedRoot)),
    'signing_config.v0.2.json': utf8(JSON.stringify(published.signingConfigRekorV1)),
    'signing_config_rekor_v2.v0.2.json': utf8(JSON.stringify(published.signingConfigBothLogs)),
  });
  const tuf = new TufRepository({ sources, storage: storage.folder('tuf'), targets: targets() });

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
    get rekor() {
      return shards.active.service;
    },
    frozenRekor: shards.first.service,
    witnesses,
    witnessServices: witnessed.map(({ path, service }) => [path, service] as const),
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
    service('witness', ...witnessed.map(({ path, service }) => service.routes(path))),
  ]);
  /** Serves the shards of Rekor v2, of which only the active one misbehaves, and shows them to the witnesses. */
  const serveShards = (): void => {
    for (const shard of shards.all) {
      const routes = shard.service.routes();
      const isFirst = shard === shards.first;
      const place = isFirst ? 'rekor-v2-frozen' : 'rekor-v2';
      const misbehaves = isFirst || shard === shards.active;
      shard.listener.serve([{ name: 'rekor-v2', routes: misbehaves ? conduct.over(place, routes) : routes }]);
    }
  };
  serveShards();
  origins.rekorV1.serve([service('rekor-v1', rekorV1.routes())], rekorStray);
  origins.artifacts.serve([service('artifacts', artifactService.routes())], twirpStray);
  origins.blobs.serve([service('blobs', blobs.routes())]);
  origins.registry.serve([service('registry', registry.routes())], registryStray);
  origins.registryWithoutReferrers.serve([service('registry', registryWithoutReferrers.routes())], registryStray);
  origins.github.serve([service('github', github.routes())], gitHubStray);
  origins.githubUploads.serve([service('github', github.uploadRoutes())], gitHubStray);
  origins.githubWeb.serve([service('github', github.releases.webRoutes())], gitHubStray);

  const rotateRekor = async (): Promise<void> => {
    await shards.rotate();
    published = publication();
    for (const [name, bytes] of Object.entries(targets())) tuf.setTarget(name, bytes);
    conduct.renew('rekor-v2');
    serveShards();
    follow(shards.active.log);
  };
  let releaseAuthority: ReleaseAuthority | undefined;
  const releaseService = (): ReleaseAuthority => {
    releaseAuthority ??= new ReleaseAuthority({ ...authority, storage: storage.folder('releases') });
    return releaseAuthority;
  };
  const close = (): Promise<void> => closeAll(listeners);
  return {
    get urls() {
      return { ...urls, rekor: shards.active.url };
    },
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
    get transparencyLog() {
      return shards.active.log;
    },
    frozenLog: shards.first.log,
    get rekorShards() {
      return [...shards.all];
    },
    witnesses,
    witnessServices: witnessed.map(({ service }) => service),
    rekorV1Log,
    artifactService,
    registry,
    registryWithoutReferrers,
    github,
    get releaseAuthority() {
      return releaseService();
    },
    tuf,
    get trustedRoot() {
      return published.trustedRoot;
    },
    get signingConfig() {
      return published.signingConfig;
    },
    get signingConfigRekorV1() {
      return published.signingConfigRekorV1;
    },
    get signingConfigBothLogs() {
      return published.signingConfigBothLogs;
    },
    requests: traffic.requests,
    faults: traffic.faults,
    get misbehaviours() {
      return conduct.names;
    },
    rotateRekor,
    misbehave: (name, times) => conduct.begin(name, times),
    behave: () => conduct.end(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
