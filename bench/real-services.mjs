// Runs the real services on loopback, for benchmarks that compare clients.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installJudges } from '../scripts/interop/judges.mjs';
import { installServices, startServices } from '../scripts/interop/services.mjs';
import { machine, stackSettings } from './figures.mjs';

const logs = { 'Rekor v1': '.rekor1tsa', 'Rekor v2': '' };

/**
 * Starts the services, prints the machine, and calls `compare` for each log with its name, the judges, a folder for output, the settings of
 * the services, and the paths of the trusted root and of the configurations for that log.
 */
export async function againstRealServices(runs, compare) {
  const judges = await installJudges();
  const bin = await installServices(judges);
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const services = await startServices({ bin, python: judges.python, folder });
  try {
    const settings = await stackSettings(services.state);
    console.log(`${machine(runs)}, wall time in seconds`);
    for (const [log, suffix] of Object.entries(logs)) {
      const of = (name) => join(settings.TRUST, `${name}${suffix}.json`);
      const trust = {
        root: join(settings.TRUST, 'trusted_root.json'),
        signingConfig: of('signing_config'),
        trustConfig: of('trust_config'),
      };
      await compare({ log, judges, folder, settings, trust });
    }
  } finally {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
