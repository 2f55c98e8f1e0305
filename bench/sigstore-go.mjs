// Builds the program in sigstore-go/ once, into the folder of the judges, and runs it.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { judgesFolder, note, provide } from '../scripts/interop/judges.mjs';

const source = join(import.meta.dirname, 'sigstore-go');

/** Returns the path of the program; `undefined`, with a note, if it cannot be built. */
export async function buildSigstoreGo() {
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(source, name)));
  const name = `bench-sigstore-go-${hash.digest('hex').slice(0, 8)}`;
  const isRight = (folder) =>
    access(join(folder, 'sigstore-go'), constants.X_OK).then(
      () => true,
      () => false,
    );
  try {
    const folder = await provide({ folder: judgesFolder(), name, isRight, say: note }, (made) =>
      promisify(execFile)('go', ['build', '-buildvcs=false', '-o', join(made, 'sigstore-go')], { cwd: source }),
    );
    return join(folder, 'sigstore-go');
  } catch (error) {
    note(`sigstore-go was not measured, because its program could not be built: ${error.stderr || error.message}`);
    return undefined;
  }
}

/** Verifies the bundles in turn for two seconds. Returns what that cost, and the version of sigstore-go. */
export function runSigstoreGo(program, trustedRoot, artifact, identity, issuer, bundles) {
  const { status, stdout, stderr } = spawnSync(program, [trustedRoot, artifact, identity, issuer, ...bundles], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`sigstore-go failed:\n${stderr}`);
  return JSON.parse(stdout);
}
