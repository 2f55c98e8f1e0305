// npm run test:interop: installs the judges and the real services where they are not there yet, starts those, and runs the tests in which
// they judge.
// With --install alone it only installs; other arguments are jest's.
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startDockerRegistry } from './docker-registry.mjs';
import { installJudges, JudgeMissing } from './judges.mjs';
import { runGroup } from './process-group.mjs';
import { freePorts, installServices, startServices } from './services.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const cancellation = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    process.exitCode = 128 + constants.signals[name];
    cancellation.abort();
  });
}
// npm, when it is asked to end, ends its shell, which does not tell what it runs.
const parent = process.ppid;
const orphaned = () => process.ppid !== parent && cancellation.abort();
if (process.env.npm_lifecycle_event) setInterval(orphaned, 200).unref();
const { signal } = cancellation;

try {
  const judges = await installJudges({ signal });
  const bin = await installServices({ ...judges, signal });
  const args = process.argv.slice(2);
  if (args[0] !== '--install' && !(await test({ ...judges, bin }, args))) process.exitCode ||= 1;
} catch (error) {
  process.exitCode ||= 1;
  if (!(error instanceof JudgeMissing)) throw error;
  if (!signal.aborted) process.stderr.write(`${error.message}\n`);
}

/** Runs jest, and returns true if it passed. Its temporary files, and those of the processes that it starts, are in one folder. */
async function test(
  {
    cosign,
    crane,
    oras,
    registry,
    gh,
    inToto,
    act,
    litewitness,
    python,
    reports,
    sboms,
    pypi,
    libnpmpublish,
    attest,
    sarif,
    zizmor,
    nodes,
    typescripts,
    openapi,
    chromium,
    playwright,
    axe,
    bin,
  },
  args,
) {
  const scratch = await mkdtemp(join(tmpdir(), 'countersign-interop-'));
  let services;
  let dockerRegistry;
  try {
    services = await startServices({ bin, litewitness, python, folder: scratch, signal });
    const [port] = await freePorts(1);
    dockerRegistry = await startDockerRegistry({ program: registry, port, folder: scratch, signal });
    const jest = [
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--config',
      join(root, 'jest.interop.config.mjs'),
    ];
    const failure = await runGroup(
      [process.execPath, '--disable-warning=ExperimentalWarning', '--experimental-vm-modules', ...jest, ...args],
      {
        cwd: root,
        env: {
          ...process.env,
          ...Object.fromEntries(['TMPDIR', 'TMP', 'TEMP'].map((name) => [name, scratch])),
          COUNTERSIGN_INTEROP_COSIGN: cosign,
          COUNTERSIGN_INTEROP_CRANE: crane,
          COUNTERSIGN_INTEROP_ORAS: oras,
          COUNTERSIGN_INTEROP_DOCKER_REGISTRY: dockerRegistry.host,
          COUNTERSIGN_INTEROP_ACT: act,
          COUNTERSIGN_INTEROP_GH: gh,
          COUNTERSIGN_INTEROP_IN_TOTO: inToto,
          COUNTERSIGN_INTEROP_PYTHON: python,
          COUNTERSIGN_INTEROP_REPORTS: reports,
          COUNTERSIGN_INTEROP_SBOMS: sboms,
          COUNTERSIGN_INTEROP_PYPI: pypi,
          COUNTERSIGN_INTEROP_LIBNPMPUBLISH: libnpmpublish,
          COUNTERSIGN_INTEROP_ATTEST: attest,
          COUNTERSIGN_INTEROP_SARIF: sarif,
          COUNTERSIGN_INTEROP_ZIZMOR: zizmor,
          COUNTERSIGN_INTEROP_NODES: JSON.stringify(nodes),
          COUNTERSIGN_INTEROP_TYPESCRIPTS: JSON.stringify(typescripts),
          COUNTERSIGN_INTEROP_OPENAPI: openapi,
          COUNTERSIGN_INTEROP_CHROMIUM: chromium,
          COUNTERSIGN_INTEROP_PLAYWRIGHT: playwright,
          COUNTERSIGN_INTEROP_AXE: axe,
          COUNTERSIGN_INTEROP_SERVICES: services.state,
          COUNTERSIGN_INTEROP_SIGSTORE_GO: join(bin, 'sigstore-go'),
        },
        signal,
      },
    );
    return failure === undefined;
  } finally {
    await dockerRegistry?.stop();
    await services?.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}
