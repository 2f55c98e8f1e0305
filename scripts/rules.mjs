// Writes docs/rules.md from src/monitor/rules. With --check: fails if the file is not what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const file = new URL('docs/rules.md', root);

const introduction = `# Rules of the watch

\`countersign watch\` checks each entry that concerns its policy by these rules. This page states what each rule finds, and what may cause a
false alarm. [Monitoring](monitoring.md) describes how the watch is set up.

<!-- Written by scripts/rules.mjs from src/monitor/rules. -->

## How the rules work

- **Severity.** A finding is a note, an alert, or critical. Two rules that find the same entry raise the severity of both by a step, and
  three or more by two steps. The policy can set a rule to \`off\`, \`note\` or \`alert\` under \`rules\`.
- **Own repositories.** Most rules check only entries whose certificate is of a job in a repository that the policy watches: by itself, by its owner, or
  by the identity of one of its workflows. Numeric ids are compared before names.
- **Learning.** Rules that learn report nothing before the watch has seen a repository for 30 days, or 200 of its entries. The report
  names what is still learned. The history is bounded: it keeps 100 values for each subject, and forgets the oldest subjects if there are too
  many, which the report states. Certificates that no authority of the trusted root issued are not learned, since anyone can log one.
- **Pending.** Some questions can be answered only later: a run is still in progress, or receipts are not stored yet. The entry is checked again by
  the following runs.
- **Undecided.** If a fact is not available, for example without a token for a private repository, the watch is incomplete. An entry that
  could not be checked is never reported as clean.

## Receipts

With \`receipts\`, the policy names folders with the results of releases, and P02 finds signatures over anything else. The watch reads
these files in the folders and the folders in them:

| file | content |
| --- | --- |
| \`*.sigstore.json\`, \`*.sigstore\` | a bundle |
| \`*.jsonl\` | a bundle or a DSSE envelope in each line, such as \`multiple.intoto.jsonl\`. Other lines are ignored |
| \`*.json\` | the output of \`countersign sign --json\`, or a bundle. Other JSON is ignored |
| \`SHA256SUMS\`, \`*checksums.txt\`, \`*.sha256\` | checksums of files |

A log does not contain attestations, only digests of them. These are computed from the bundles: of the payload, and of its
pre-authentication encoding, which Rekor v2 has. P17 compares the provenance in the bundles with the certificates. The bundles are not
verified: the folders are as trusted as the policy file. If a bundle or a checksums file cannot be read, P02 is undecided.

`;

/** The longest line of a page. */
const width = 140;

const facts = {
  run: 'the run at GitHub',
  repository: 'the repository at GitHub',
  commit: 'the comparison of the commit with the default branch at GitHub',
  receipts: 'the receipts',
};

const { rules } = await load();
const rows = rules.map(({ id, name, severity }) => `| [${id}](#${anchor({ id, name })}) | ${name} | ${severity} |`);
const table = ['## Rules', '', '| rule | name | default |', '| --- | --- | --- |', ...rows, ''].join('\n');
const text = [introduction + table, ...rules.map(section)].join('\n');
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('docs/rules.md is not what scripts/rules.mjs writes; run node scripts/rules.mjs\n');
  process.exitCode = 1;
}

/** Bundles the sources, as Node 20 does not read TypeScript. */
async function load() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/monitor/rules/rules.ts', root))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

function anchor({ id, name }) {
  return `${id}-${name}`.toLowerCase();
}

/** Returns the section of a rule. */
function section(rule) {
  const needs = rule.about === 'entries' ? needsText(rule.needs) : '';
  return `### ${rule.id} ${rule.name}

${wrapped(rule.reason)}

${wrapped(`- **Condition.** ${rule.condition}`, '  ')}
${wrapped(`- **False alarms.** ${rule.falseAlarms}`, '  ')}
${needs}`;
}

function needsText(needs) {
  return needs.length === 0 ? '' : `- **Facts.** ${capital(needs.map((need) => facts[need]).join(', '))}.\n`;
}

function capital(sentence) {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}

/** Breaks a text into lines. The lines after the first one begin with the indentation. */
function wrapped(text, indentation = '') {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indentation}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
