// Writes docs/errors.md from src/core/errors. With --check: fails if the file is not what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const file = new URL('docs/errors.md', root);

const introduction = `# Errors

Each error has a code, a message and usually a remedy. The command prints \`CODE: message\` and the remedy on standard error. The actions
print them in the log, in annotations and in the job summary. JSON reports have them as \`code\`, \`message\` and \`remedy\`. Codes are stable:
the meaning of a code does not change after a release, so scripts can rely on it. Messages and remedies can change. The code determines
the exit code of the command. If several artifacts fail, the most severe failure determines it. Exit code 1 is a bug in Countersign.
\`countersign errors CODE\` prints the entry of a code.

<!-- Written by scripts/errors.mjs from src/core/errors/reference.ts. -->
`;

const { CountersignError, loadErrorReference } = await errors();
const { errorReference, errorTopics } = await loadErrorReference();
const text = [introduction, ...errorTopics.map(section)].join('\n');
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('docs/errors.md is not what scripts/errors.mjs writes; run node scripts/errors.mjs\n');
  process.exitCode = 1;
}

/** Bundles the sources, as Node 20 does not read TypeScript. */
async function errors() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/core/errors/index.ts', root))],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** Returns the table of a topic. */
function section(topic) {
  const rows = Object.entries(errorReference)
    .filter(([, entry]) => entry.topic === topic)
    .map(([code, { meaning, remedy }]) => {
      const { exitCode } = new CountersignError(code, '');
      return `| \`${code}\` | ${exitCode} | ${cell(meaning)} | ${cell(remedy)} |`;
    });
  return [
    `## ${topic}`,
    '',
    '| code | exit code | meaning | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cell(sentence) {
  return sentence.replaceAll('|', '\\|');
}
