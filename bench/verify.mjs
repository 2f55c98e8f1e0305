// Measures verifying: the cold start of the command, compared with cosign and sigstore-python if they are installed; the throughput in one
// process, compared with sigstore-go, @sigstore/verify and the bare signatures; and the memory for small and large artifacts. Prints
// Markdown tables. Usage: node bench/verify.mjs [RUNS]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { judgesFolder } from '../scripts/interop/judges.mjs';
import { machine, spread, stackSettings } from './figures.mjs';
import { buildSigstoreGo, runSigstoreGo } from './sigstore-go.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const runs = Number(process.argv[2] ?? 5);
const mebibyte = 1024 * 1024;
const fixtures = join(root, '__tests__/fixtures');
const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));

/** The artifact of the public conformance suite, and the identity that signed all of its bundles. */
const suiteArtifact = Buffer.from(
  `DO NOT MODIFY ME!\n\nthis is "a.txt", a sample input for sigstore-conformance's test suite.\n\nDO NOT MODIFY ME!\n`,
);
const identity =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main';
const issuer = 'https://token.actions.githubusercontent.com';
const publicGood = 'roots/public-good.trusted_root.json';

try {
  console.log(`${machine(runs)}\n`);
  await coldStart();
  await inOneProcess();
  await memory();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Measures one bundle, verified by each client in turn, in a new process each time. */
async function coldStart() {
  const artifact = join(folder, 'a.txt');
  await writeFile(artifact, suiteArtifact);
  const bundle = join(fixtures, 'vectors/happy-path-v0.3-new-mediaType.json');
  const trustedRoot = join(fixtures, publicGood);
  const named = ['--certificate-identity', identity, '--certificate-oidc-issuer', issuer];
  const clients = new Map([['node, without a program', [process.execPath, '--eval', '0']]]);
  clients.set('Countersign', [
    ...[process.execPath, join(root, 'dist/cli.mjs'), 'verify', artifact],
    ...['--bundle', bundle, '--trusted-root', trustedRoot, ...named],
  ]);
  const cosign = await find('cosign', (place) => [join(place, 'cosign')], ['version']);
  if (cosign !== undefined) {
    const options = ['--bundle', bundle, '--trusted-root', trustedRoot, ...named];
    clients.set('cosign', [...cosign, 'verify-blob', ...options, artifact]);
  }
  const python = await find('sigstore', (place) => [join(place, 'bin/python'), '-I', '-m', 'sigstore'], ['--version']);
  if (python !== undefined) {
    const options = ['--offline', '--bundle', bundle, '--cert-identity', identity, '--cert-oidc-issuer', issuer];
    clients.set('sigstore-python', [...python, 'verify', 'identity', ...options, artifact]);
  }
  for (const command of clients.values()) time(command); // not counted: loads the programs into the page cache
  const measured = new Map([...clients.keys()].map((name) => [name, []]));
  for (let run = 0; run < 4 * runs; run++)
    for (const [name, command] of clients) measured.get(name).push(time(command));
  console.log('| one bundle, a new process each time | wall, ms |\n| --- | --- |');
  for (const [name, times] of measured) console.log(`| ${name} | ${spread(times, 0)} |`);
  for (const name of ['cosign', 'sigstore-python'])
    if (!clients.has(name)) console.log(`\n${name} is not installed: \`npm run test:interop\` installs it.`);
}

/** Returns a client that the interoperability tests have installed, or one on the PATH. */
async function find(name, inside, question) {
  const judges = judgesFolder();
  const places = (await readdir(judges).catch(() => [])).filter((entry) => entry.startsWith(name));
  const commands = [...places.map((place) => inside(join(judges, place))), [name]];
  return commands.find(([program, ...options]) => spawnSync(program, [...options, ...question]).status === 0);
}

function time([program, ...options]) {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}:\n${stderr}`);
  return performance.now() - started;
}

/**
 * Measures reading and verifying a file's and a statement's bundle in turn, so that no client profits from what it remembers of the bundle
 * before.
 */
async function inOneProcess() {
  const library = await import(pathToFileURL(join(root, 'dist/lib/verify.mjs')));
  const program = await buildSigstoreGo();
  const artifact = join(folder, 'a.txt');
  const ratios = { floor: [], js: [], go: [] };
  for (const [label, names, roots] of [
    ['Rekor v1', ['happy-path-v0.3-new-mediaType', 'happy-path-intoto-in-dsse-v3'], [publicGood]],
    [
      'Rekor v2',
      ['rekor2-happy-path', 'rekor2-dsse-happy-path'],
      ['vectors/rekor2-happy-path.root.json', 'vectors/rekor2-dsse-happy-path.root.json'],
    ],
  ]) {
    const paths = names.map((name) => join(fixtures, `vectors/${name}.json`));
    const bundles = await Promise.all(paths.map((path) => readFile(path)));
    const trustedRoot = join(folder, 'trusted_root.json');
    await writeFile(trustedRoot, JSON.stringify(await mergedRoot(roots)));
    const json = await readFile(trustedRoot);
    const ours = countersign(library, bundles, json);
    const floor = await bareSignatures(ours);
    const js = sigstoreJs(bundles, json);
    const measured = { ours: [], go: [], js: [], floor: [] };
    for (let run = 0; run < runs; run++) {
      measured.ours.push(await rate(ours, bundles.length));
      if (program !== undefined)
        measured.go.push(runSigstoreGo(program, trustedRoot, artifact, identity, issuer, paths));
      measured.js.push(await rate(js, bundles.length));
      measured.floor.push(await rate(floor.replay, bundles.length));
    }
    console.log(
      `\n| ${label}, in one process, one bundle after another | bundles per second | processor, ms per bundle |`,
    );
    console.log('| --- | --- | --- |');
    for (const [client, name] of [
      ['ours', 'Countersign'],
      ['go', `sigstore-go ${measured.go[0]?.version}`],
      ['js', `@sigstore/verify ${await versionOfPackage('@sigstore/verify')}`],
      ['floor', `bare signatures (${floor.count / bundles.length} per bundle)`],
    ]) {
      if (measured[client].length === 0) continue;
      const column = (member, digits) =>
        spread(
          measured[client].map((each) => each[member]),
          digits,
        );
      console.log(`| ${name} | ${column('rate', 0)} | ${column('processor', 2)} |`);
    }
    const pairs = (client, one, other, member) =>
      measured[client].map((_, run) => measured[one][run][member] / measured[other][run][member]);
    ratios.floor.push(...pairs('floor', 'ours', 'floor', 'processor'));
    ratios.js.push(...pairs('js', 'ours', 'js', 'rate'));
    ratios.go.push(...pairs('go', 'go', 'ours', 'processor'));
  }
  console.log('\n| all bundles | pair by pair |\n| --- | --- |');
  console.log(`| processor time, relative to the bare signatures | ${spread(ratios.floor, 1)} |`);
  console.log(`| bundles per second, relative to @sigstore/verify | ${spread(ratios.js, 1)} |`);
  if (ratios.go.length > 0)
    console.log(`| processor time of sigstore-go, relative to Countersign | ${spread(ratios.go, 1)} |`);
}

/** Returns one trusted root with everything that is in these. */
async function mergedRoot(names) {
  const roots = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(fixtures, name), 'utf8'))));
  const merged = { ...roots[0] };
  for (const list of ['tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities']) {
    const texts = roots.flatMap((one) => (one[list] ?? []).map((item) => JSON.stringify(item)));
    merged[list] = [...new Set(texts)].map((text) => JSON.parse(text));
  }
  return merged;
}

async function versionOfPackage(name) {
  return JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function countersign(library, bundles, json) {
  const trust = library.readTrustedRoot(json);
  const policy = library.exactIdentity(identity, issuer);
  const artifact = library.artifactOfBytes(new Uint8Array(suiteArtifact));
  const texts = bundles.map((bundle) => new Uint8Array(bundle));
  return async () => {
    for (const text of texts) await library.verify(library.readBundle(text), artifact, trust, policy, new Date());
  };
}

function sigstoreJs(bundles, json) {
  const trust = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(json)));
  const verifier = new Verifier(trust, { ctlogThreshold: 1, tlogThreshold: 1, timestampThreshold: 1 });
  const policy = { subjectAlternativeName: identity, extensions: { issuer } };
  const texts = bundles.map((bundle) => bundle.toString());
  return () => {
    for (const text of texts) verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text)), suiteArtifact), policy);
  };
}

/**
 * Records the WebCrypto operations for one more of each bundle under a known root: the import of the signer's key and the signatures. No
 * verifier can do less with it.
 */
async function bareSignatures(verify) {
  await verify();
  const { subtle } = crypto;
  const calls = [];
  for (const name of ['importKey', 'verify']) {
    subtle[name] = (...values) => {
      calls.push([name, values]);
      return Object.getPrototypeOf(subtle)[name].apply(subtle, values);
    };
  }
  await verify();
  for (const name of ['importKey', 'verify']) delete subtle[name];
  const replay = async () => {
    for (const [name, values] of calls) await subtle[name](...values);
  };
  return { replay, count: calls.filter(([name]) => name === 'verify').length };
}

/** Measures two seconds of repeated runs. */
async function rate(once, bundles) {
  for (let warm = 0; warm < 50; warm++) await once();
  const [before, started] = [process.cpuUsage(), performance.now()];
  let count = 0;
  while (performance.now() - started < 2000) {
    await once();
    count += bundles;
  }
  const { user, system } = process.cpuUsage(before);
  return { rate: (1000 * count) / (performance.now() - started), processor: (user + system) / 1000 / count };
}

/** Signs files of 1 MiB and of 4 GiB with the built command against a sandbox, and measures verifying them. */
async function memory() {
  const sandbox = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'sandbox', '--state', join(folder, 'state')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise((ready, failed) => {
      sandbox.stdout.once('data', ready);
      sandbox.once('exit', () => failed(new Error('the sandbox did not start')));
    });
    const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = await stackSettings(join(folder, 'state'));
    const variables = { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN };
    const trust = ['--instance', 'sandbox', '--trusted-root', join(folder, 'state/trust/trusted_root.json')];
    const signing = ['--signing-config', join(folder, 'state/trust/signing_config.json')];
    console.log('\n| a file of | wall, s | processor, s | peak memory, MiB |\n| --- | --- | --- | --- |');
    for (const [label, size] of [
      ['1 MiB', mebibyte],
      ['4 GiB', 4096 * mebibyte],
    ]) {
      const path = `${size}.bin`;
      // A sparse file of zeros: hashing it costs the same as hashing any file in the page cache.
      await (await open(join(folder, path), 'w')).close();
      await truncate(join(folder, path), size);
      await run(['sign', path, ...trust, ...signing], variables);
      const measured = [];
      for (let each = 0; each < runs; each++)
        measured.push(await run(['verify', path, ...trust, '--any-identity', '--any-issuer'], {}));
      const column = (name, digits) =>
        spread(
          measured.map((one) => one[name]),
          digits,
        );
      console.log(`| ${label} | ${column('wall', 2)} | ${column('processor', 2)} | ${column('memory', 0)} |`);
    }
  } finally {
    sandbox.kill('SIGINT');
  }
}

/** Runs the built command, and returns the cost of its process. */
async function run(options, variables) {
  const probe = join(folder, 'probe.json');
  const command = ['--import', join(root, 'bench/probe.mjs'), join(root, 'dist/cli.mjs'), ...options];
  const env = { PATH: process.env.PATH, ...variables, COUNTERSIGN_PROBE: probe };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', env });
  const wall = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${options.join(' ')}:\n${stderr}`);
  return { wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}
