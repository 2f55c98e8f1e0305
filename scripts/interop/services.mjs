// The real services on loopback: Fulcio with and without a certificate log, Rekor v1 and v2 with a witness, a timestamp authority, issuers, registries,
// an artifact service and a TUF repository, built and run by the scripts in stack/.
import { createHash } from 'node:crypto';
import { access, constants, copyFile, link, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { JudgeMissing, judgesFolder, missing, note, provide } from './judges.mjs';
import { runGroup } from './process-group.mjs';

const scripts = join(import.meta.dirname, 'stack');
const programs = [
  ...['fulcio', 'rekor-tiles-posix', 'timestamp-server', 'ctlog', 'rekor-server', 'trillianmem', 'ociregistry'],
  'sigstore-go',
];
const ports = [
  ...['OIDC', 'FULCIO', 'FULCIO_GRPC', 'FULCIO_METRICS', 'FULCIO_NOCT', 'FULCIO_NOCT_GRPC', 'FULCIO_NOCT_METRICS'],
  ...['CT', 'CT_HTTP', 'REKOR2', 'REKOR2_HTTP', 'REKOR2_GRPC', 'REKOR2_METRICS', 'TSA', 'TRILLIAN', 'REKOR1'],
  ...['REGISTRY', 'REGISTRY_NOREF', 'TUF', 'RESULTS', 'WITNESS'],
];

/**
 * Builds what is not there yet, by `shell`: cosign and sigstore-python, which the scripts use, are the judges' own.
 *
 * @returns where the programs are, sigstore-go among them
 * @throws JudgeMissing
 */
export async function installServices({
  cosign,
  python,
  folder = judgesFolder(),
  shell = ['bash'],
  say = note,
  signal,
}) {
  const build = join(scripts, 'build.sh');
  const lock = createHash('sha256');
  for (const path of await sources()) lock.update(await readFile(path));
  const name = `services-${lock.digest('hex').slice(0, 8)}`;
  const place = await provide({ folder, name, isRight: hasAll, say }, async (made) => {
    const bin = join(made, 'bin');
    await mkdir(bin);
    await link(cosign, join(bin, 'cosign')).catch(() => copyFile(cosign, join(bin, 'cosign')));
    await symlink(resolve(dirname(python), '..'), join(made, 'venv'));
    const command = [...shell, build, ...programs];
    const failure = await runGroup(command, {
      cwd: made,
      // Our own programs are built inside a checkout, whose state Go would write into them, and for which it would need Git.
      env: {
        ...process.env,
        STACK_HOME: made,
        STACK_BIN: bin,
        GOFLAGS: `${process.env.GOFLAGS ?? ''} -buildvcs=false`,
      },
      signal,
    });
    if (failure) throw missing('services', [{ command, failure }]);
  });
  return join(place, 'bin');
}

/** Returns the files that say what is built: when one changes, everything is built anew. */
async function sources() {
  const entries = await readdir(scripts, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((path) => /build\.sh$|\.go$|go\.(?:mod|sum)$/.test(path)).sort();
}

async function hasAll(place) {
  const asked = [...programs, 'cosign'].map((program) => access(join(place, 'bin', program), constants.X_OK));
  return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
}

/**
 * Starts all of them, on ports that are free, with everything they write below `folder`.
 *
 * @returns the folder with stack.env
 */
export async function startServices({ bin, litewitness, python, folder, signal }) {
  const state = await mkdtemp(join(folder, 'services-'));
  const free = await freePorts(ports.length);
  const env = {
    ...process.env,
    ...Object.fromEntries(ports.map((name, index) => [`${name}_PORT`, String(free[index])])),
    STACK_BIN: bin,
    STACK_STATE: state,
    STACK_PYTHON: python,
    STACK_LITEWITNESS: litewitness,
  };
  const stop = async () => {
    await runGroup(['bash', join(scripts, 'down.sh')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await rm(state, { recursive: true, force: true });
  };
  const failure = await runGroup(['bash', join(scripts, 'up.sh')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
  });
  if (failure) {
    await stop();
    throw new JudgeMissing(`The services did not start (${failure}).`);
  }
  await copyFile(join(state, 'tuf', 'repo', '1.root.json'), join(state, 'trust', 'tuf_root.json'));
  return { state, stop };
}

/** All held at once, so that no two are the same. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
      return server;
    }),
  );
  const free = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return free;
}
