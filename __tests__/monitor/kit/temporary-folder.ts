import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(async () => {
  for (const path of made) await rm(path, { recursive: true, force: true });
});

/** Creates a folder that is removed after the tests. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'countersign-monitor-'));
  made.push(path);
  return path;
}
