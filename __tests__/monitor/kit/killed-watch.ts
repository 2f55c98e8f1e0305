/** A watch of a fake log that kills itself at a step of writing: `node killed-watch.mjs <folder> <step>`. See `killed-audit.ts`. */

import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { DiskStorage } from '../../../sandbox/index.ts';
import { keptSigningKey } from '../../../sandbox/pki/index.ts';
import type { WatchReport } from '../../../src/monitor/watch/index.ts';
import { syncFolder } from '../../../src/node/index.ts';
import { FakeLog } from './fake-log.ts';
import { branchWith, ruleFor, runWatch, type TestDelivery, type WatchRun } from './watch.ts';

export const entries = 200;
/** Every 20th entry is watched, and the rule observes all of them. */
export const watched = Object.fromEntries(
  Array.from({ length: entries / 20 }, (_, at) => [at * 20, `watched alert ${at}`]),
);
export const deliveries = ['first', 'second'] as const;

export function watchedLog(folder: string): FakeLog {
  const key = keptSigningKey(new DiskStorage(folder), 'log', 'Ed25519');
  const log = new FakeLog(branchWith(entries, watched), {}, key);
  log.batchLength = 1;
  return log;
}

/** A delivery that tells of each change once: a change is a file, which may be written again. */
function fileDelivery(folder: string, name: string, files: typeof fs): TestDelivery {
  return {
    name,
    deliver: async ({ changes }: WatchReport) => {
      for (const { activity, finding, at } of changes) {
        await files.mkdir(join(folder, name), { recursive: true });
        await fs.writeFile(join(folder, name, `${finding.title} ${activity} ${at.toISOString()}`), '');
        await syncFolder(files, join(folder, name));
      }
    },
  };
}

/** Watches the log of a folder, which shows another view to the bundle. */
export function watchOf(folder: string, files: typeof fs = fs): Promise<WatchRun> {
  const log = watchedLog(folder);
  const other = log.served.forkAt(5, entries);
  return runWatch(join(folder, 'state'), [log], {
    from: 'start',
    views: [{ source: 'the bundle app.sigstore.json', note: log.note(9, other) }],
    world: { files },
    watch: { files },
    rules: [ruleFor('P01', 'alert')],
    deliveries: deliveries.map((name) => fileDelivery(folder, name, files)),
  });
}
