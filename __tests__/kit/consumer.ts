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
  'sign.ts': `
    import { isCountersignError, openSession, signFile, writeBundle } from 'countersign/sign';
    import type { ErrorCode, FailureKind, Session, Signed, SignOptions } from 'countersign/sign';
    import { startSandbox } from 'countersign/sandbox';
    import { artifactOfBytes, readTrustedRoot, repository, verify } from 'countersign/verify';

    export async function sign(token: string, file: Uint8Array): Promise<Signed | ErrorCode> {
      const { trustedRoot, signingConfig } = await startSandbox();
      const options: SignOptions = { token: async () => token, instance: { trustedRoot, signingConfig, sandbox: true } };
      try {
        await using session: Session = await openSession(options);
        const signed = await session.attest(['app', { name: 'lib', digest: 'sha256:00' }], 'provenance');
        const policy = repository('octo/app', { refs: ['refs/heads/main'] });
        const trust = readTrustedRoot(JSON.stringify(trustedRoot));
        await verify(signed.bundle, artifactOfBytes(file), trust, policy, new Date());
        await writeBundle('app.sigstore.json', signed);
        return signed;
      } catch (error) {
        if (!isCountersignError(error)) throw error;
        const kind: FailureKind = error.kind;
        return kind === 'usage' ? 'USAGE' : error.code;
      }
    }
    // @ts-expect-error A misspelt option is refused.
    signFile('app', { tokens: 'text' });
    // @ts-expect-error So is an instance that does not exist.
    signFile('app', { instance: 'production' });
    // @ts-expect-error What was signed cannot be changed.
    signFile('app').then((signed) => (signed.text = ''));`,
  'verify-node.ts': `
    import { fetchAttestations, loadTrustedRoot, readPolicy, repository, verifyFile } from 'countersign/verify/node';
    import type { PolicyFile, TrustedRoot, Verdict, Verified, VerifyOptions } from 'countersign/verify/node';
    import { verify as pure, artifactOfBytes } from 'countersign/verify';

    export async function check(yaml: string, file: Uint8Array): Promise<Verdict> {
      const policy: PolicyFile = await readPolicy(yaml);
      const options: VerifyOptions = { policy, instance: 'github', signal: AbortSignal.timeout(1000) };
      const { verdicts, warnings }: Verified = await verifyFile('app', options);
      const trust: TrustedRoot = await loadTrustedRoot({ offline: true });
      for (const bundle of await fetchAttestations('sha256:00', { repository: 'octo/app' }))
        await pure(bundle, artifactOfBytes(file), trust, repository('octo/app'), new Date());
      return warnings.length === 0 ? verdicts[0] : Promise.reject(new Error(warnings.join()));
    }
    // @ts-expect-error A policy is required.
    verifyFile('app', {});
    // @ts-expect-error The verifier without files takes no policy file.
    readPolicy('').then((policy) => pure(undefined, undefined, undefined, policy, new Date()));`,
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
