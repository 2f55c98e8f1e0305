/** A TypeScript project that uses the package as it is installed. */

import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The ways in which projects resolve modules, each with the modules that it is used with. */
export const resolutions = { nodenext: 'nodenext', node16: 'node16', bundler: 'esnext' } as const;
export type Resolution = keyof typeof resolutions;

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const sources = {
  'verify.ts': `
    import { artifactOfBytes, CountersignError, exactIdentity, readBundle, readTrustedRoot, verify } from 'countersign/verify';
    import type { ErrorCode, Verdict } from 'countersign/verify';

    export async function check(bundle: string, file: Uint8Array, root: string): Promise<ErrorCode | Verdict> {
      try {
        const policy = exactIdentity('releaser@example.org', 'https://issuer.example');
        return await verify(readBundle(bundle), artifactOfBytes(file), readTrustedRoot(root), policy, new Date());
      } catch (error) {
        if (error instanceof CountersignError) return error.code;
        throw error;
      }
    }
    // @ts-expect-error An identity is a text: the declarations are read, and not taken for any.
    exactIdentity(1, 'https://issuer.example');`,
  'sandbox.ts': `
    import { type Sandbox, startSandbox } from 'countersign/sandbox';

    export async function issuer(): Promise<string> {
      const sandbox: Sandbox = await startSandbox();
      return sandbox.urls.personIssuer;
    }`,
  'monitor.ts': `
    import { certificatesOf, openMonitor, type Position, readTrustedRoot } from 'countersign/monitor';

    export async function* names(root: string, from: Position): AsyncGenerator<string> {
      const monitor = openMonitor(readTrustedRoot(root));
      for (const log of (await monitor.logs()).logs)
        for await (const { claims } of monitor.entries(log, { from }))
          for (const certificate of certificatesOf(claims)) yield* certificate.names.map(({ value }) => value);
      monitor.close();
    }`,
  'inner.ts': `
    // @ts-expect-error Only what the package exports can be imported.
    export { verify } from 'countersign/dist/lib/verify.mjs';`,
};

/** Writes the sources of the project to a folder in which the package is installed, and the types of Node beside it. */
export async function writeConsumer(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [name, text] of Object.entries(sources)) await writeFile(join(folder, name), text);
  for (const name of ['@types/node', 'undici-types']) {
    await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true });
    await symlink(join(modules, name), join(folder, 'node_modules', name), 'dir');
  }
}

/**
 * Checks the types of the project, and those of the package that it uses.
 *
 * @param compiler the path of `tsc`
 * @returns what the compiler reports: nothing if all is well
 */
export async function checkTypes(compiler: string, folder: string, resolution: Resolution): Promise<string> {
  const config = `tsconfig.${resolution}.json`;
  const compilerOptions = {
    module: resolutions[resolution],
    moduleResolution: resolution,
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable', 'dom'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    preserveSymlinks: true,
  };
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files: Object.keys(sources) }));
  return new Promise((settle) => {
    execFile(process.execPath, [compiler, '--project', config], { cwd: folder }, (error, stdout, stderr) =>
      settle(error === null ? '' : `${stdout}${stderr}` || error.message),
    );
  });
}
