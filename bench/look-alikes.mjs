// Measures the rules about look-alikes: precision and recall by rule, ecosystem and kind, and classifications per second of processor time. Prints Markdown.
// Usage: node bench/look-alikes.mjs [FILE]
// FILE has one pair per line: {"kind", "target", "candidate", "label": "squat" or "legitimate", "ecosystem"?}. The pairs that the scores of
// the rules are from are not published with this project.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { machine, spread } from './figures.mjs';

const root = new URL('../', import.meta.url);
const file = process.argv[2] ?? fileURLToPath(new URL('../shared/watch/dev.jsonl', root));
const { LookAlikeFinder, alertScore } = await load();

const pairs = (await readFile(file, 'utf8'))
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const classified = pairs.map((pair) => {
  const found = new LookAlikeFinder([{ kind: pair.kind, name: pair.target }]).find({
    kind: pair.kind,
    name: pair.candidate,
  });
  // Edits have a score for each length: each is measured alone.
  return { ...pair, found, group: found === undefined ? 'none' : `${found.rule} ${found.score.toFixed(2)}` };
});

console.log(`${machine(5)}; ${pairs.length} pairs\n`);
printRules();
printCumulative();
printAlerts('ecosystem', ({ ecosystem, kind }) => ecosystem ?? kind);
printAlerts('kind', ({ kind }) => kind);
printFolds();
printSpeed();

/** Bundles the sources, as Node 20 does not read TypeScript. */
async function load() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/monitor/look-alikes/index.ts', root))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

function count(rows) {
  const squats = rows.filter(({ label }) => label === 'squat').length;
  return { squats, legitimate: rows.length - squats };
}

function ratio(part, whole) {
  return whole === 0 ? '–' : (part / whole).toFixed(2);
}

function table(titles, rows) {
  console.log(`| ${titles.join(' | ')} |\n|${' --- |'.repeat(titles.length)}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log();
}

/** Returns the groups, those with the highest score first. */
function groups(rows) {
  const result = Map.groupBy ? Map.groupBy(rows, ({ group }) => group) : groupBy(rows, ({ group }) => group);
  return [...result].sort(([, [a]], [, [b]]) => (b.found?.score ?? -1) - (a.found?.score ?? -1));
}

function groupBy(rows, key) {
  const result = new Map();
  for (const row of rows) result.set(key(row), [...(result.get(key(row)) ?? []), row]);
  return result;
}

function printRules() {
  const ecosystems = [...new Set(pairs.map(({ ecosystem }) => ecosystem ?? 'other'))].sort();
  table(
    ['rule', 'score', 'alert', 'squats', 'legitimate', 'precision', ...ecosystems],
    groups(classified).map(([, rows]) => {
      const [{ found }] = rows;
      const { squats, legitimate } = count(rows);
      const each = ecosystems.map((name) => {
        const of = count(rows.filter(({ ecosystem }) => (ecosystem ?? 'other') === name));
        return of.squats + of.legitimate === 0 ? '' : `${of.squats}:${of.legitimate}`;
      });
      return [
        found?.rule ?? 'none',
        found?.score.toFixed(2) ?? '',
        found?.alert ? 'yes' : '',
        squats,
        legitimate,
        ratio(squats, rows.length),
        ...each,
      ];
    }),
  );
}

function printCumulative() {
  const all = count(classified);
  const rows = [];
  let [squats, legitimate] = [0, 0];
  for (const [name, group] of groups(classified)) {
    if (name === 'none') continue;
    const of = count(group);
    squats += of.squats;
    legitimate += of.legitimate;
    rows.push([
      `to ${name}`,
      ratio(squats, squats + legitimate),
      ratio(squats, all.squats),
      ratio(legitimate, all.legitimate),
    ]);
  }
  table(['groups, by score', 'precision', 'recall', 'false positive rate'], rows);
}

function printAlerts(title, key) {
  const rows = [['all', classified], ...groupBy(classified, key)].map(([name, group]) => {
    const alerts = count(group.filter(({ found }) => found?.alert));
    const all = count(group);
    return [
      name,
      all.squats,
      all.legitimate,
      ratio(alerts.squats, alerts.squats + alerts.legitimate),
      ratio(alerts.squats, all.squats),
    ];
  });
  table([`alerts by ${title}`, 'squats', 'legitimate', 'precision', 'recall'], rows);
}

/** Chooses the groups that alert by four fifths of the targets, and measures them with the rest. */
function printFolds() {
  const foldOf = ({ target }) => createHash('sha256').update(target.toLowerCase()).digest()[0] % 5;
  const rows = [0, 1, 2, 3, 4].map((fold) => {
    const others = classified.filter((row) => foldOf(row) !== fold);
    const chosen = new Set(
      groups(others)
        .filter(([name, group]) => {
          const { squats, legitimate } = count(group);
          return name !== 'none' && (squats + 1) / (squats + legitimate + 2) >= alertScore;
        })
        .map(([name]) => name),
    );
    const own = classified.filter((row) => foldOf(row) === fold);
    const alerts = count(own.filter(({ group }) => chosen.has(group)));
    const fixed = count(own.filter(({ found }) => found?.alert));
    const { squats } = count(own);
    return [
      fold + 1,
      own.length,
      ratio(alerts.squats, alerts.squats + alerts.legitimate),
      ratio(alerts.squats, squats),
      ratio(fixed.squats, fixed.squats + fixed.legitimate),
      ratio(fixed.squats, squats),
    ];
  });
  table(
    ['fifth of the targets', 'pairs', 'precision, chosen by the others', 'recall', 'precision of the alerts', 'recall'],
    rows,
  );
}

/** Measures searches among one name and among ten thousand: for distinct candidates, and for candidates that were searched for before. */
function printSpeed() {
  const candidates = [...new Set(classified.map(({ candidate }) => candidate))];
  const rounds = 8;
  const sizes = [1, 10_000];
  const times = sizes.map(() => ({ distinct: [], repeated: [] }));
  for (let run = 0; run < 8; run++) {
    for (const [at, size] of sizes.entries()) {
      const finder = new LookAlikeFinder(
        Array.from({ length: size }, (_, index) => ({ kind: 'package', name: madeName(index) })),
      );
      finder.find({ kind: 'package', name: 'first' });
      const measure = (names) => {
        // Processor time: other programs on the machine do not count.
        const start = process.cpuUsage();
        for (const name of names) finder.find({ kind: 'package', name });
        const { user, system } = process.cpuUsage(start);
        return (user + system) / names.length / 1e6;
      };
      const distinct = Array.from({ length: rounds }, (_, round) =>
        candidates.map((name) => `${name.slice(0, 4)}${String.fromCharCode(97 + round)}${name.slice(4)}`),
      );
      const known = candidates.slice(0, 500);
      measure(known);
      const repeated = measure(Array(100).fill(known).flat());
      const seconds = [measure(distinct.flat()), repeated];
      // The first runs are slower.
      if (run < 3) continue;
      times[at].distinct.push(seconds[0]);
      times[at].repeated.push(seconds[1]);
    }
  }
  const perSecond = (seconds) =>
    spread(
      seconds.map((each) => 1 / each),
      0,
    );
  table(
    ['protected names', 'distinct candidates per second', 'repeated candidates per second'],
    times.map(({ distinct, repeated }, at) => [sizes[at], perSecond(distinct), perSecond(repeated)]),
  );
  for (const kind of ['distinct', 'repeated']) {
    const [one, many] = times.map((seconds) => Math.min(...seconds[kind]));
    console.log(`Among 10,000 names, ${kind} candidates take ${(many / one).toFixed(2)} times as long as with one.`);
  }
}

/** Returns one of many different names of usual length. */
function madeName(index) {
  const hash = createHash('sha256').update(String(index)).digest('hex');
  return `${hash.slice(0, 4 + (index % 6))}-${hash.slice(20, 24 + (index % 7))}`.replace(
    /\d/g,
    (digit) => 'ghjklmnpqr'[digit],
  );
}
