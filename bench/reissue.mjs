// Measures `countersign reissue` against the real services with Rekor v1 and timestamps: signatures of small files are issued again from a
// list. Prints a Markdown table with the wall time and the peak memory of the process. Usage: node bench/reissue.mjs [COUNTS] [RUNS]
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { spread } from './figures.mjs';
import { jobToken, time } from './programs.mjs';
import { againstRealServices } from './real-services.mjs';

const counts = (process.argv[2] ?? '100,1000,10000').split(',').map(Number);
const runs = Number(process.argv[3] ?? 3);
const root = dirname(import.meta.dirname);
const command = [process.execPath, '--import', join(root, 'bench/probe.mjs'), join(root, 'dist/cli.mjs')];

await againstRealServices(runs, async (services) => {
  if (services.log !== 'Rekor v1') return;
  console.log('\n| signatures | wall, s | signatures per second | processor, s | peak memory, MiB | requests |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const count of counts) {
    const workspace = join(services.folder, `reissue-${count}`);
    const list = await signFiles(count, workspace, services);
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await reissue(list, run, services));
    const column = (name, digits) =>
      spread(
        measured.map((each) => each[name]),
        digits,
      );
    const rates = spread(
      measured.map(({ wall }) => count / wall),
      0,
    );
    console.log(
      `| ${count.toLocaleString('en')} | ${column('wall', 1)} | ${rates} | ${column('processor', 1)} | ${column('memory', 0)} | ${column('requests', 0)} |`,
    );
    await rm(workspace, { recursive: true });
  }
});

/** Signs small files, and returns the path of a list of their bundles. */
async function signFiles(count, workspace, services) {
  await mkdir(workspace);
  const names = Array.from({ length: count }, (_, index) => `${index}.bin`);
  for (const name of names) await writeFile(join(workspace, name), name);
  await run(['sign', '*.bin'], workspace, services);
  const list = join(workspace, 'list');
  await writeFile(list, names.map((name) => `${name}.sigstore.json\n`).join(''));
  return list;
}

/** Issues them again: the bundles of the last run are the old ones. */
async function reissue(list, number, services) {
  const options = ['--list', list, '--any-identity', '--any-issuer', '--reason', 'benchmark', '--yes'];
  return run(['reissue', ...options, '--state', `state-${number}`], dirname(list), services);
}

async function run(args, folder, { settings, trust }) {
  const probe = join(folder, 'probe.json');
  const trusted = ['--instance', 'custom', '--trusted-root', trust.root, '--signing-config', trust.signingConfig];
  const wall = time([...command, ...args, ...trusted], folder, {
    HOME: folder,
    COUNTERSIGN_PROBE: probe,
    SIGSTORE_ID_TOKEN: await jobToken(settings),
  });
  return { wall, ...JSON.parse(await readFile(probe, 'utf8')) };
}
