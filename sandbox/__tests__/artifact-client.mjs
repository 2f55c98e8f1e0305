/**
 * Uploads and downloads as an action does, with the real @actions/artifact and the environment of a step. What to do is
 * the argument, as JSON; what came of it is written to the file it names, because the package writes to the standard output.
 */

import { writeFile } from 'node:fs/promises';
import { DefaultArtifactClient } from '@actions/artifact';

const { output, steps } = JSON.parse(process.argv[2]);
const client = new DefaultArtifactClient();
const results = [];
for (const [method, ...args] of steps) {
  try {
    results.push({ value: await client[method](...args) });
  } catch (error) {
    results.push({ error: error.message });
  }
}
await writeFile(output, JSON.stringify(results));
