// Measures the cost of hostile input for the built command: verifies with each kind of input, and prints time and peak memory as a Markdown
// table. Each verification must fail. Usage: node bench/hostile.mjs [DIST [KIND]]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const only = process.argv[3];
const length = 24 * 1024 * 1024 - 64;
const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const artifact = Buffer.from('hello\n');
const digest = createHash('sha256').update(artifact).digest('hex');

const filled = (head, item, tail, size = length) => {
  const room = size - head.length - tail.length;
  const items = typeof item === 'string' ? item.repeat(Math.floor(room / item.length)) : numbered(item, room);
  return head + items.slice(0, -1) + tail;
};
const numbered = (item, room) => {
  const items = [];
  for (let [index, used] = [0, 0]; ; index++) {
    const next = item(index);
    used += next.length;
    if (used > room) return items.join('');
    items.push(next);
  }
};
const inList = (item) => filled(`{"mediaType":"${mediaType}","x":[`, item, ']}');
const inObject = (item) => filled(`{"mediaType":"${mediaType}","x":{`, item, '}}');
const envelope = (payload, payloadType = 'application/vnd.in-toto+json') =>
  JSON.stringify({
    mediaType,
    verificationMaterial: { certificate: { rawBytes: 'AAAA' }, tlogEntries: [], timestampVerificationData: {} },
    dsseEnvelope: { payload: Buffer.from(payload).toString('base64'), payloadType, signatures: [{ sig: 'AAAA' }] },
  });
const subject = `"subject":[{"name":"a","digest":{"sha256":"${digest}"}}]`;
const statementHead = `{"_type":"https://in-toto.io/Statement/v1",${subject},"predicateType":"x","predicate":{"x":`;
const payloadLength = 17 * 1024 * 1024;
const predicate = (open, item, close) => envelope(filled(`${statementHead}${open}`, item, `${close}}}`, payloadLength));
const entry = (over) => ({
  logIndex: '1',
  logId: { keyId: 'AAAA' },
  kindVersion: { kind: 'dsse', version: '0.0.1' },
  integratedTime: '1',
  inclusionProof: { logIndex: '1', rootHash: 'AAAA', treeSize: '2', hashes: [], checkpoint: { envelope: 'x' } },
  canonicalizedBody: 'AAAA',
  ...over,
});
const message = (material, signature = 'AAAA') =>
  JSON.stringify({
    mediaType,
    verificationMaterial: { certificate: { rawBytes: 'AAAA' }, ...material },
    messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' }, signature },
  });
const body = (text) => Buffer.from(text).toString('base64');

/** The inputs by name: the text of a file, or its text and its name. */
const kinds = {
  'empty objects': () => inList('{},'),
  'empty lists': () => inList('[],'),
  'empty strings': () => inList('"",'),
  zeros: () => inList('0,'),
  nulls: () => inList('null,'),
  'objects of one member': () => inList('{"a":0},'),
  'nested lists': () => inList(`${'['.repeat(60)}${']'.repeat(60)},`),
  'distinct member names': () => inObject((index) => `"${index.toString(36)}":0,`),
  'one long string of escapes': () => `{"x":"${'\\n'.repeat(length / 2 - 10)}"}`,
  'strings of escapes': () => inList('"\\u0041",'),
  'quotes and backslashes': () => `{"x":"${'\\\\\\"'.repeat(length / 4 - 10)}"}`,
  'one huge number': () => `{"x":${'9'.repeat(length - 20)}}`,
  'one long string beyond Latin-1': () => `{"x":"\u20ac${'a'.repeat(length - 20)}"}`,
  'white space': () => `{"x":${' '.repeat(length - 20)}`,
  'predicate of empty objects': () => predicate('[', '{},', ']'),
  'predicate of zeros': () => predicate('[', '0,', ']'),
  'predicate of distinct names': () => predicate('{', (index) => `"${index.toString(36)}":0,`, '}'),
  'predicate of objects of two members': () => predicate('[', '{"a":0,"b":0},', ']'),
  'statement of distinct members': () =>
    envelope(filled(`{${subject},`, (index) => `"${index.toString(36)}":0,`, '}', payloadLength)),
  'statement of many subjects': () =>
    envelope(
      filled('{"subject":[', `{"name":"a","digest":{"sha256":"${digest}"}},`, '],"predicateType":"x"}', payloadLength),
    ),
  'many log entries': () => message({ tlogEntries: Array.from({ length: 40_000 }, () => entry({})) }),
  'one long log entry': () =>
    message({ tlogEntries: [entry({ canonicalizedBody: body(filled('{"x":[', '{},', ']}', payloadLength)) })] }),
  'many hashes of a proof': () =>
    message({
      tlogEntries: [
        entry({ inclusionProof: { logIndex: '1', hashes: Array.from({ length: 1_500_000 }, () => 'AAAA') } }),
      ],
    }),
  'many timestamps': () =>
    message({
      timestampVerificationData: {
        rfc3161Timestamps: Array.from({ length: 400_000 }, () => ({ signedTimestamp: 'AAAA' })),
      },
    }),
  'a long signature': () => message({}, 'A'.repeat(length - 512)),
  'lines of empty objects': () => ['{}\n'.repeat(99_999), 'app.tgz.sigstore.jsonl'],
  'distinct lines': () => [numbered((index) => `{"a":${index}}\n`, 1_400_000), 'app.tgz.sigstore.jsonl'],
  'one bundle 100,000 times': () => [`${message({})}\n`.repeat(99_999), 'app.tgz.sigstore.jsonl'],
  '5 long lines, the same': () => [`${predicate('[', '{},', ']')}\n`.repeat(5), 'app.tgz.sigstore.jsonl'],
  '5 long lines, distinct': () => [
    Array.from({ length: 5 }, (_, index) => `${predicate('[', `[${index}],`, ']')}\n`),
    'app.tgz.sigstore.jsonl',
  ],
};

console.log('| input | seconds | peak memory, MiB | exit |\n| --- | --- | --- | --- |');
for (const [kind, make] of Object.entries(kinds)) {
  if (only !== undefined && kind !== only) continue;
  const made = make();
  const [text, name] = Array.isArray(made) ? made : [made, 'app.tgz.sigstore.json'];
  const folder = await mkdtemp(join(tmpdir(), 'countersign-hostile-'));
  try {
    await writeFile(join(folder, 'app.tgz'), artifact);
    await writeFile(join(folder, name), text);
    const { seconds, mebibytes, code } = await verify(folder);
    console.log(`| ${kind} | ${seconds.toFixed(1)} | ${mebibytes.toFixed(0)} | ${code} |`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the command in a separate process, which reports its peak memory at the end. */
function verify(folder) {
  const started = performance.now();
  const policy = [
    ...['--certificate-identity', 'https://example.test/a', '--certificate-oidc-issuer', 'https://example.test'],
    ...['--trusted-root', join(root, '__tests__/fixtures/roots/public-good.trusted_root.json')],
  ];
  const report = `process.on('exit', () => process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS));`;
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(report)}`,
      join(dist, 'cli.mjs'),
      'verify',
      'app.tgz',
      ...policy,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      const seconds = (performance.now() - started) / 1000;
      const mebibytes = Number(/maxrss (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
      done({ seconds, mebibytes, code: code ?? signal });
    });
  });
}
