// What signing costs beside the peers: 1, 20 and 100 files of 1 MiB, by Countersign, cosign and sigstore-python, and 1,000 by Countersign,
// against the same real services in one run, and what those take of bare entries. Prints Markdown tables. Usage: node bench/peers.mjs [RUNS]
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installJudges } from '../scripts/interop/judges.mjs';
import { installServices, startServices } from '../scripts/interop/services.mjs';
import { inputVariables } from './action.mjs';
import { machine, spread, stackSettings } from './figures.mjs';
import { jobToken, time, versionOf } from './programs.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const runs = Number(process.argv[2] ?? 3);
const mebibyte = 1024 * 1024;
const logs = { 'Rekor v1': '.rekor1tsa', 'Rekor v2': '' };

const judges = await installJudges();
const bin = await installServices(judges);
const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
const services = await startServices({ bin, python: judges.python, folder });
try {
  const settings = await stackSettings(services.state);
  console.log(`${machine(runs)}, wall time in seconds`);
  for (const log of Object.keys(logs)) await compare(log, settings);
} finally {
  await services.stop();
  await rm(folder, { recursive: true, force: true });
}

async function compare(log, settings) {
  const clients = {
    'Countersign, 16 at once (the default)': (files) => countersign(log, files, settings, 16),
    'Countersign, 100 at once': (files) => countersign(log, files, settings, 100),
    [versionOf('cosign', judges.cosign, 'version', '--json')]: (files) => cosign(log, files, settings),
    [versionOf('sigstore-python', judges.python, '-I', '-m', 'sigstore', '--version')]: (files) =>
      sigstorePython(log, files, settings),
    'the services alone: bare entries, 100 at once': (files) => bareEntries(log, files.length, settings),
  };
  const counts = [1, 20, 100, 1000];
  const times = new Map(Object.keys(clients).map((name) => [name, new Map(counts.map((count) => [count, []]))]));
  for (const count of counts) {
    const files = await makeFiles(count);
    // One more before the first brings programs into the page cache.
    for (let run = count === 1 ? 0 : 1; run <= runs; run++) {
      for (const [name, client] of Object.entries(clients)) {
        // A thousand by those who take a second each would take half an hour.
        if (count === 1000 && /^(?:cosign|sigstore-python)/.test(name)) continue;
        const wall = await client(files);
        await removeBundles(files);
        if (run > 0) times.get(name).get(count).push(wall);
      }
    }
    await rm(dirname(files[0]), { recursive: true });
  }
  console.log(
    `\n| ${log}, with timestamps | ${counts.map((count) => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`)).join(' | ')} |`,
  );
  console.log(`| --- | ${counts.map(() => '---').join(' | ')} |`);
  for (const [name, byCount] of times) {
    const columns = [...byCount.values()].map((each) => (each.length === 0 ? 'not measured' : spread(each, 2)));
    console.log(`| ${name} | ${columns.join(' | ')} |`);
  }
}

async function makeFiles(count) {
  const workspace = await mkdtemp(join(folder, 'files-'));
  const noise = randomBytes(mebibyte);
  const paths = [];
  for (let index = 0; index < count; index++) {
    noise.writeUInt32BE(index);
    paths.push(join(workspace, `${index}.bin`));
    await writeFile(paths[index], noise);
  }
  return paths;
}

async function removeBundles([first]) {
  const workspace = dirname(first);
  for (const name of await readdir(workspace))
    if (!name.endsWith('.bin')) await rm(join(workspace, name), { recursive: true });
}

/** The action, as a runner runs it: one process, one certificate. */
async function countersign(log, files, settings, concurrency) {
  const inputs = inputVariables({
    files: '*.bin',
    instance: 'custom',
    'trusted-root': join(settings.TRUST, 'trusted_root.json'),
    'signing-config': join(settings.TRUST, `signing_config${logs[log]}.json`),
    'bundle-format': 'per-file',
    'upload-artifact': 'false',
    'retry-budget': '0',
    concurrency: String(concurrency),
  });
  const workspace = dirname(files[0]);
  const output = join(folder, 'output');
  await writeFile(output, '');
  return time([process.execPath, join(root, 'dist/sign.mjs')], workspace, {
    ACTIONS_ID_TOKEN_REQUEST_URL: settings.ACTIONS_ID_TOKEN_REQUEST_URL,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: settings.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    ...inputs,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
  });
}

/** A process a file: it takes one at a time. */
async function cosign(log, files, settings) {
  const token = await jobToken(settings);
  const trust = ['--signing-config', join(settings.TRUST, `signing_config${logs[log]}.json`)];
  const root = ['--trusted-root', join(settings.TRUST, 'trusted_root.json')];
  let wall = 0;
  for (const file of files) {
    const command = [judges.cosign, 'sign-blob', '--yes', '--identity-token', token, ...trust, ...root];
    wall += time([...command, '--bundle', `${file}.sigstore.json`, file], dirname(file), { HOME: folder });
  }
  return wall;
}

async function sigstorePython(log, files, settings) {
  const token = await jobToken(settings);
  const trust = ['--trust-config', join(settings.TRUST, `trust_config${logs[log]}.json`)];
  const command = [judges.python, '-I', '-m', 'sigstore', ...trust, 'sign', '--identity-token', token, ...files];
  return time(command, dirname(files[0]), { HOME: folder });
}

/** Entries signed beforehand by a key without a certificate: what the log takes, whoever the client is. */
async function bareEntries(log, count, settings) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const bodies = Array.from({ length: count }, () => {
    const message = randomBytes(32);
    const digest = createHash('sha256').update(message).digest();
    const signature = sign('sha256', message, privateKey).toString('base64');
    return log === 'Rekor v1' ? entryOfV1(digest, signature, publicKey) : entryOfV2(digest, signature, publicKey);
  });
  const url =
    log === 'Rekor v1' ? `${settings.REKOR1_URL}/api/v1/log/entries` : `${settings.REKOR2_URL}/api/v2/log/entries`;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(100, count) }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await post(url, body, agent);
    }),
  );
  const wall = (performance.now() - started) / 1000;
  agent.destroy();
  return wall;
}

function entryOfV1(digest, content, key) {
  const publicKey = { content: Buffer.from(key.export({ type: 'spki', format: 'pem' })).toString('base64') };
  const hash = { algorithm: 'sha256', value: digest.toString('hex') };
  const spec = { data: { hash }, signature: { content, publicKey } };
  return JSON.stringify({ apiVersion: '0.0.1', kind: 'hashedrekord', spec });
}

function entryOfV2(digest, content, key) {
  const rawBytes = key.export({ type: 'spki', format: 'der' }).toString('base64');
  const verifier = { publicKey: { rawBytes }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
  return JSON.stringify({
    hashedRekordRequestV002: { digest: digest.toString('base64'), signature: { content, verifier } },
  });
}

function post(url, body, agent) {
  return new Promise((settle, failed) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 201 ? settle() : failed(new Error(`${url}: ${answer.statusCode}`)),
      );
    });
    sent.once('error', failed);
    sent.end(body);
  });
}
