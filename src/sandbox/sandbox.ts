/** A small Sigstore in memory: every service, one process, loopback only. Nothing of it is fit for production. */

import { type JsonObject, utf8 } from '../core/encoding/index.ts';
import { ArtifactService, BlobStore, twirpStray } from './artifacts/index.ts';
import { CertificateAuthority, CertificateLog, CertificationService } from './fulcio/index.ts';
import { type Faults, type RequestRecord, Traffic } from './http/index.ts';
import { AuthorizationServer } from './oauth/index.ts';
import { buildkite, createTokenIssuer, gitlab, JobTokens, PersonTokens } from './oidc/index.ts';
import { closeOrigins, type Origins, openOrigins } from './origins.ts';
import { RekorService, TransparencyLog } from './rekor/index.ts';
import { RekorV1Service, rekorStray, ShardedLog } from './rekor-v1/index.ts';
import { seedProposal, seedRequest } from './seed.ts';
import { TimestampAuthority } from './timestamp/index.ts';
import { type LogAddress, signingConfig, trustedRoot } from './trust/index.ts';
import { TufRepository } from './tuf/index.ts';
import { type Clock, type RandomBytes, secondsAfter, systemWorld, type World } from './world.ts';
import { type WrongAnswers, wrongAnswers } from './wrong-answers.ts';

export interface SandboxOptions {
  /** The time of all services; the system's by default. */
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** The port of the issuers, Fulcio, the timestamp authority and the TUF repository; by default any that is free. */
  readonly port?: number;
  /** The port of the log (Rekor v2), which has an origin of its own; by default any that is free. */
  readonly logPort?: number;
  /** The port of the log of Rekor v1, likewise. */
  readonly rekorV1Port?: number;
  /** The port of GitHub's artifact service, likewise. */
  readonly artifactsPort?: number;
  /** The port of the blob store behind it, which is another host and must see no token, likewise. */
  readonly blobsPort?: number;
  /** Whether the CA certificates say that they are a sandbox's; true by default. */
  readonly marked?: boolean;
  /** How long TUF's timestamps are good for; a week by default. */
  readonly tufTimestampLifetimeSeconds?: number;
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
  /** The whole endpoint. */
  readonly timestamp: string;
  /** Rekor v2. */
  readonly rekor: string;
  readonly rekorV1: string;
  /** The metadata; the targets are under `targets/`. */
  readonly tuf: string;
  /** `ACTIONS_RESULTS_URL`. */
  readonly results: string;
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
  /** The log of Rekor v2. */
  readonly transparencyLog: TransparencyLog;
  /** The log of Rekor v1: an earlier shard of a few entries, and one that takes more. */
  readonly rekorV1Log: ShardedLog;
  /** GitHub's artifacts, with a job that may upload some. */
  readonly artifactService: ArtifactService;
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
  /** Every request so far, to whichever service. */
  readonly requests: readonly RequestRecord[];
  /** What is to go wrong: set any `fault`, or one of the {@link wrongAnswers}, on a service. */
  readonly faults: Faults;
  readonly wrongAnswers: WrongAnswers;
  /** Ends all listeners and connections at once. What the sandbox knew is gone with it. */
  close(): Promise<void>;
}

/** Services are trusted from a little before they start, for clocks that are a little behind. */
const trustedBeforeStart = 300;

/** Enough for the two indices of an entry of Rekor v1 to differ. */
const earlierShardSize = 7;

/**
 * Starts every service on loopback, with fresh keys that never touch a disk.
 *
 * @example
 * await using sandbox = await startSandbox();
 * sandbox.jobTokens.configure({ claims: { environment: 'production' } });
 * sandbox.faults.set('fulcio', fault.status(503), 1);
 * const environment = {
 *   ACTIONS_ID_TOKEN_REQUEST_URL: sandbox.jobTokens.requestUrl,
 *   ACTIONS_ID_TOKEN_REQUEST_TOKEN: sandbox.jobTokens.requestToken,
 *   ACTIONS_RESULTS_URL: sandbox.urls.results,
 *   ACTIONS_RUNTIME_TOKEN: sandbox.artifactService.job.token,
 * };
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world: World = { clock: options.clock ?? systemWorld.clock, random: options.random ?? systemWorld.random };
  const traffic = new Traffic();
  const ports = {
    main: options.port,
    rekor: options.logPort,
    rekorV1: options.rekorV1Port,
    artifacts: options.artifactsPort,
    blobs: options.blobsPort,
  };
  const origins = await openOrigins(ports, traffic);
  try {
    return await assemble(origins, traffic, world, options);
  } catch (error) {
    await closeOrigins(origins);
    throw error;
  }
}

async function assemble(
  origins: Origins,
  traffic: Traffic,
  world: World,
  { marked = true, tufTimestampLifetimeSeconds }: SandboxOptions,
): Promise<Sandbox> {
  const start = secondsAfter(world.clock(), -trustedBeforeStart);
  const { main } = origins;
  const urls: SandboxUrls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    personIssuer: `${main.origin}/email`,
    fulcio: `${main.origin}/fulcio`,
    timestamp: `${main.origin}/tsa/api/v1/timestamp`,
    rekor: origins.rekor.origin,
    rekorV1: origins.rekorV1.origin,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`,
  };
  const blobs = new BlobStore(origins.blobs.origin, world);
  const [jobIssuer, gitlabIssuer, buildkiteIssuer, personIssuer, artifactService] = await Promise.all([
    createTokenIssuer(urls.jobIssuer, world),
    createTokenIssuer(urls.gitlabIssuer, world, 'ES256'),
    createTokenIssuer(urls.buildkiteIssuer, world, 'ES256'),
    createTokenIssuer(urls.personIssuer, world, 'ES256'),
    ArtifactService.create({ origin: origins.artifacts.origin, blobs, world }),
  ]);
  const jobTokens = new JobTokens(jobIssuer, world);
  const { requestToken } = jobTokens;
  const gitlabTokens = new JobTokens(gitlabIssuer, world, { provider: gitlab, requestToken });
  const buildkiteTokens = new JobTokens(buildkiteIssuer, world, { provider: buildkite, requestToken });
  const personTokens = new PersonTokens(personIssuer, world);
  const authorizationServer = new AuthorizationServer(personTokens, world);
  const certificateLog = new CertificateLog(world.clock);
  const certificateAuthority = new CertificateAuthority({ world, log: certificateLog, marked });
  const timestampAuthority = new TimestampAuthority({ world, marked });
  const fulcio = new CertificationService(
    certificateAuthority,
    [
      { issuer: jobIssuer, kind: 'github-workflow' },
      { issuer: gitlabIssuer, kind: 'gitlab-pipeline' },
      { issuer: buildkiteIssuer, kind: 'buildkite-job' },
      { issuer: personIssuer, kind: 'email' },
    ],
    world.clock,
  );
  const rekor = seededRekor(urls.rekor);
  const rekorV1 = seededRekorV1(urls.rekorV1, world);
  const transparencyLog = rekor.log;
  const rekorV1Log = rekorV1.log;

  const trust = trustedRoot({
    certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
    certificateLogs: [{ service: certificateLog, url: `${main.origin}/ct`, start }],
    transparencyLogs: [
      { service: transparencyLog, url: urls.rekor, start },
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
  const configs = {
    signingConfig: config(v2),
    signingConfigRekorV1: config(v1),
    signingConfigBothLogs: config(v2, v1),
  };
  const tuf = new TufRepository({
    world,
    targets: {
      'trusted_root.json': utf8(JSON.stringify(trust)),
      'signing_config.v0.2.json': utf8(JSON.stringify(configs.signingConfigRekorV1)),
      'signing_config_rekor_v2.v0.2.json': utf8(JSON.stringify(configs.signingConfigBothLogs)),
    },
    ...(tufTimestampLifetimeSeconds === undefined ? {} : { timestampLifetimeSeconds: tufTimestampLifetimeSeconds }),
  });

  main.serve([
    {
      name: 'oidc',
      routes: [jobTokens, gitlabTokens, buildkiteTokens, personTokens, authorizationServer].flatMap((one) =>
        one.routes(),
      ),
    },
    // At the root too: sigstore-python leaves out the path of a base URL.
    { name: 'fulcio', routes: [...fulcio.routes('/fulcio'), ...fulcio.routes('')] },
    { name: 'timestamp', routes: timestampAuthority.routes('/tsa/api/v1/timestamp') },
    { name: 'tuf', routes: tuf.routes('/tuf') },
  ]);
  origins.rekor.serve([{ name: 'rekor-v2', routes: rekor.routes() }]);
  origins.rekorV1.serve([{ name: 'rekor-v1', routes: rekorV1.routes() }], rekorStray);
  origins.artifacts.serve([{ name: 'artifacts', routes: artifactService.routes() }], twirpStray);
  origins.blobs.serve([{ name: 'blobs', routes: blobs.routes() }]);

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
    rekorV1Log,
    artifactService,
    tuf,
    trustedRoot: trust,
    ...configs,
    requests: traffic.requests,
    faults: traffic.faults,
    wrongAnswers: wrongAnswers({ fulcio, transparencyLog, rekorV1Log, timestampAuthority, jobTokens }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function seededRekor(url: string): RekorService {
  const rekor = new RekorService(new TransparencyLog({ origin: new URL(url).hostname }));
  rekor.add(seedRequest());
  return rekor;
}

function seededRekorV1(url: string, world: World): RekorV1Service {
  const rekor = new RekorV1Service(new ShardedLog({ host: new URL(url).hostname, world }));
  for (let number = 0; number < earlierShardSize; number++) rekor.add(seedProposal(number));
  rekor.log.newShard();
  rekor.add(seedProposal(earlierShardSize));
  return rekor;
}
