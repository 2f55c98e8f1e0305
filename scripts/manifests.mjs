// Writes the inputs and outputs of the action manifests from src/options. With --check: fails if a manifest is not what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The manifests, each with its action; sign/action.yml is a copy of action.yml for workflows of this repository. */
const manifests = { 'action.yml': 'sign', 'verify/action.yml': 'verify', 'monitor/action.yml': 'monitor' };
const lineWidth = 120;

const root = new URL('../', import.meta.url);
const actions = await declaredActions();
const texts = new Map();
for (const [name, action] of Object.entries(manifests)) texts.set(name, manifest(await read(name), actions[action]));
texts.set(
  'sign/action.yml',
  texts
    .get('action.yml')
    .replace(/^name: .*$/m, '$& sign')
    .replace('main: dist/', 'main: ../dist/'),
);

for (const [name, text] of texts) {
  if (!process.argv.includes('--check')) await writeFile(new URL(name, root), text);
  else if ((await read(name)) !== text) {
    process.stderr.write(`${name} is not what scripts/manifests.mjs writes; run node scripts/manifests.mjs\n`);
    process.exitCode = 1;
  }
}

function read(name) {
  return readFile(new URL(name, root), 'utf8');
}

/** Bundles the declarations, as Node 20 does not read TypeScript. */
async function declaredActions() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/options/actions.ts', root))],
    bundle: true,
    format: 'esm',
    // The names of the providers are in src/identity, whose other files use Node.
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).declaredActions();
}

/** Returns a manifest with the inputs and outputs that are declared; the rest of it stays. */
function manifest(text, { inputs, outputs }) {
  const blocks = [
    'inputs:',
    ...Object.entries(inputs).flatMap(([name, { description, default: value }]) => [
      `  ${name}:`,
      ...described(description),
      `    default: '${value}'`,
    ]),
    '',
    'outputs:',
    ...Object.entries(outputs).flatMap(([name, description]) => [`  ${name}:`, ...described(description)]),
  ];
  return text.replace(/^inputs:\n[\s\S]*?(?=\n\nruns:\n)/m, () => blocks.join('\n'));
}

/** Returns the lines of a description: on one line if YAML reads it there as it stands, else folded. */
function described(text) {
  const line = `    description: ${text}`;
  if (line.length <= lineWidth && /^[A-Za-z][^:#'"]*$/.test(text)) return [line];
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= lineWidth) lines[lines.length - 1] = longer;
    else lines.push(`      ${word}`);
  }
  return ['    description: >-', ...lines];
}
