// Writes docs/verify.html, the verifier without a receipt, from src/page and src/report/receipt. With --check: fails if the file is not what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pageScript } from './build/bundle.mjs';

/** The day of the trusted root. The file is the one in the TUF repository of the public-good instance, unchanged. */
const obtained = '2026-08-22';

const root = new URL('../', import.meta.url);
const file = new URL('docs/verify.html', root);
const trustedRoot = await readFile(new URL('src/services/tuf/roots/public-good.trusted_root.json', root), 'utf8');
const [{ verifierPage }, { outputFiles }] = await Promise.all([load(), pageScript()]);
const [script] = outputFiles;
const text = verifierPage(JSON.stringify(JSON.parse(trustedRoot)), obtained, script.text);

if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('docs/verify.html is not what its sources build; run node scripts/verify-page.mjs\n');
  process.exitCode = 1;
}

/** Bundles the formatter of the page, as Node 20 does not read TypeScript. */
async function load() {
  const { outputFiles: files } = await build({
    entryPoints: [fileURLToPath(new URL('src/report/receipt/index.ts', root))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(files[0].contents).toString('base64')}`);
}
