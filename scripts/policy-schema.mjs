// Writes schemas/countersign.json, the JSON schema of policy files, and the tables of docs/policy-file.md, from the tables in src/run/policy/file.
// With --check: fails if a file is not what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const { policyFileSchema, watchTables } = await load();
const page = await read('docs/policy-file.md');
const texts = {
  'schemas/countersign.json': `${JSON.stringify(policyFileSchema(), undefined, 2)}\n`,
  'docs/policy-file.md': page.replace(
    /(<!-- tables: .*? -->\n)[\s\S]*(<!-- end of the tables -->)/,
    (_, start, end) => `${start}\n${watchTables()}\n\n${end}`,
  ),
};

for (const [name, text] of Object.entries(texts)) {
  if (!process.argv.includes('--check')) await writeFile(new URL(name, root), text);
  else if ((await read(name)) !== text) {
    process.stderr.write(`${name} is not what scripts/policy-schema.mjs writes; run node scripts/policy-schema.mjs\n`);
    process.exitCode = 1;
  }
}

function read(name) {
  return readFile(new URL(name, root), 'utf8');
}

/** Bundles the tables, as Node 20 does not read TypeScript. */
async function load() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/run/policy/file/json-schema.ts', root))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
