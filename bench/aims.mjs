// Measures signing with defaults: 100 and 1,000 files of 1 MiB, in one process of the built action, against the real services. Prints a
// Markdown table. Usage: node bench/aims.mjs [RUNS]
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { measureAction } from './action.mjs';
import { spread } from './figures.mjs';
import { makeFiles, removeBundles } from './files.mjs';
import { againstRealServices } from './real-services.mjs';

const runs = Number(process.argv[2] ?? 3);
const rows = [];

await againstRealServices(runs, async (services) => {
  for (const count of [100, 1000]) {
    const files = await makeFiles(count, services.folder);
    const measured = [];
    // An extra first run loads the program and the files into the page cache.
    for (let run = 0; run <= runs; run++) {
      const one = await measureAction(dirname(files[0]), { files: '*.bin' }, services);
      if (run > 0) measured.push({ ...one, each: (1000 * one.processor) / count });
      await removeBundles(files);
    }
    await rm(dirname(files[0]), { recursive: true });
    const column = (name, digits) =>
      spread(
        measured.map((each) => each[name]),
        digits,
      );
    rows.push(
      `| ${count.toLocaleString('en')} files, ${services.log} | ${column('wall', 2)} | ${column('each', 1)} | ${column('memory', 0)} |`,
    );
  }
});
console.log('\n| with defaults | wall, s | processor, ms per file | peak memory, MiB |\n| --- | --- | --- | --- |');
console.log(rows.join('\n'));
