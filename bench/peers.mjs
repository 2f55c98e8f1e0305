// Compares signing with other clients: 1, 20 and 100 files of 1 MiB with Countersign, cosign and sigstore-python, and 1,000 with Countersign,
// against the same real services in one run. Also measures how fast these accept bare entries. Prints Markdown tables. Usage: node bench/peers.mjs [RUNS]
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { dirname } from 'node:path';
import { timeAction } from './action.mjs';
import { spread } from './figures.mjs';
import { makeFiles, removeBundles } from './files.mjs';
import { jobToken, time, versionOf } from './programs.mjs';
import { againstRealServices } from './real-services.mjs';

const runs = Number(process.argv[2] ?? 3);

await againstRealServices(runs, compare);

async function compare(services) {
  const { log, judges, settings } = services;
  const clients = {
    'Countersign, with defaults': (files) => countersign(files, services, {}),
    'Countersign, `concurrency: 256`': (files) => countersign(files, services, { concurrency: '256' }),
    [versionOf('cosign', judges.cosign, 'version', '--json')]: (files) => cosign(files, services),
    [versionOf('sigstore-python', judges.python, '-I', '-m', 'sigstore', '--version')]: (files) =>
      sigstorePython(files, services),
    'the services alone: bare entries, 100 at once': (files) => bareEntries(log, files.length, settings),
  };
  const counts = [1, 20, 100, 1000];
  const times = new Map(Object.keys(clients).map((name) => [name, new Map(counts.map((count) => [count, []]))]));
  for (const count of counts) {
    const files = await makeFiles(count, services.folder);
    // An extra first run loads the programs into the page cache.
    for (let run = count === 1 ? 0 : 1; run <= runs; run++) {
      for (const [name, client] of Object.entries(clients)) {
        // At one second per file, a thousand files would take half an hour.
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

function countersign([first], services, inputs) {
  return timeAction(dirname(first), { files: '*.bin', ...inputs }, services);
}

/** Runs one process per file, because cosign signs one file at a time. */
async function cosign(files, { judges, folder, settings, trust }) {
  const token = await jobToken(settings);
  const trusted = ['--signing-config', trust.signingConfig, '--trusted-root', trust.root];
  let wall = 0;
  for (const file of files) {
    const command = [judges.cosign, 'sign-blob', '--yes', '--identity-token', token, ...trusted];
    wall += time([...command, '--bundle', `${file}.sigstore.json`, file], dirname(file), { HOME: folder });
  }
  return wall;
}

async function sigstorePython(files, { judges, folder, settings, trust }) {
  const token = await jobToken(settings);
  const trusted = ['--trust-config', trust.trustConfig];
  const command = [judges.python, '-I', '-m', 'sigstore', ...trusted, 'sign', '--identity-token', token, ...files];
  return time(command, dirname(files[0]), { HOME: folder });
}

/** Submits entries that were signed beforehand, by a key without a certificate: the limit that the log sets for every client. */
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
