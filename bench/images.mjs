// Compares Countersign with cosign for container images: 1, 10 and 50 images in a registry are signed, the bundles attached, and the images
// verified with them. Each client is one process. Both use the same real services in one run. Prints Markdown tables.
// Usage: node bench/images.mjs [RUNS]
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timeAction } from './action.mjs';
import { spread } from './figures.mjs';
import { jobToken, time, versionOf } from './programs.mjs';
import { againstRealServices } from './real-services.mjs';

const command = fileURLToPath(new URL('../dist/cli.mjs', import.meta.url));
const runs = Number(process.argv[2] ?? 3);
const counts = [1, 10, 50];
const identity = 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main';

await againstRealServices(runs, compare);

async function compare(services) {
  const { log, judges } = services;
  const cosign = versionOf('cosign', judges.cosign, 'version', '--json');
  const clients = {
    Countersign: { sign: signWithCountersign, verify: verifyWithCountersign },
    [cosign]: { sign: signWithCosign, verify: verifyWithCosign },
  };
  const work = Object.keys(clients).flatMap((name) => [`${name} signs`, `${name} verifies`]);
  const times = new Map(work.map((name) => [name, new Map(counts.map((count) => [count, []]))]));
  for (const count of counts) {
    // An extra first run loads the programs into the page cache.
    for (let run = count === counts[0] ? 0 : 1; run <= runs; run++) {
      for (const [name, { sign, verify }] of Object.entries(clients)) {
        const images = await pushImages(count, services.settings);
        const signing = await sign(images, services);
        const verifying = await verify(images, services);
        if (run === 0) continue;
        times.get(`${name} signs`).get(count).push(signing);
        times.get(`${name} verifies`).get(count).push(verifying);
      }
    }
  }
  console.log(
    `\n| ${log}, with timestamps | ${counts.map((count) => `${count} image${count === 1 ? '' : 's'}`).join(' | ')} |`,
  );
  console.log(`| --- | ${counts.map(() => '---').join(' | ')} |`);
  for (const [name, byCount] of times) {
    console.log(`| ${name} | ${[...byCount.values()].map((each) => spread(each, 2)).join(' | ')} |`);
  }
}

/** Pushes distinct images with an empty configuration, each to its own repository. */
async function pushImages(count, { REGISTRY: registry }) {
  const push = async () => {
    const repository = `example/${randomUUID()}`;
    const config = Buffer.from(JSON.stringify({ created: randomUUID(), rootfs: { type: 'layers', diff_ids: [] } }));
    const upload = await expectStatus(202, `http://${registry}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
    const place = new URL(upload.headers.get('location'), upload.url);
    place.searchParams.set('digest', digestOf(config));
    await expectStatus(201, place, { method: 'PUT', body: config });
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType,
        config: {
          mediaType: 'application/vnd.oci.image.config.v1+json',
          digest: digestOf(config),
          size: config.length,
        },
        layers: [],
      }),
    );
    const address = `http://${registry}/v2/${repository}/manifests/${digestOf(manifest)}`;
    await expectStatus(201, address, { method: 'PUT', headers: { 'content-type': mediaType }, body: manifest });
    return `${registry}/${repository}@${digestOf(manifest)}`;
  };
  return Promise.all(Array.from({ length: count }, push));
}

async function expectStatus(status, url, request) {
  const answer = await fetch(url, request);
  if (answer.status !== status) throw new Error(`${url}: ${answer.status}\n${await answer.text()}`);
  return answer;
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function signWithCountersign(images, services) {
  const workspace = await mkdtemp(join(services.folder, 'workspace-'));
  return timeAction(workspace, { files: '', images: images.join('\n') }, services);
}

function verifyWithCountersign(images, { folder, settings, trust }) {
  const options = ['--instance', 'custom', '--trusted-root', trust.root, ...signedByTheJob(settings)];
  return time([process.execPath, command, 'verify', ...images, ...options], folder, { HOME: folder });
}

/** Runs one process for all images, which it handles one after another. */
async function signWithCosign(images, { judges, folder, settings, trust }) {
  const token = ['--identity-token', await jobToken(settings)];
  const options = ['--yes', ...token, '--signing-config', trust.signingConfig, '--trusted-root', trust.root];
  return time([judges.cosign, 'sign', ...options, ...images], folder, { HOME: folder });
}

function verifyWithCosign(images, { judges, folder, settings, trust }) {
  const options = ['--trusted-root', trust.root, ...signedByTheJob(settings)];
  return time([judges.cosign, 'verify', ...options, ...images], folder, { HOME: folder });
}

function signedByTheJob({ OIDC_GHA: issuer }) {
  return ['--certificate-identity', identity, '--certificate-oidc-issuer', issuer];
}
