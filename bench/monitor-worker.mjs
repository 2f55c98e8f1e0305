// Reads a log, or searches an index, in a process of its own, so that its memory can be measured. Prints the result as JSON.
// Usage: node bench/monitor-worker.mjs PROGRAM TASK
import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [program, text] = process.argv.slice(2);
const {
  CompactRange,
  IndexBuilder,
  keepYoungGenerationSmall,
  openHttp,
  openReader,
  readEntry,
  readPublicKey,
  SearchIndex,
} = await import(pathToFileURL(program));
keepYoungGenerationSmall();
const task = JSON.parse(text);
const connections = openHttp('countersign-bench');
const result = await (task.query === undefined ? read(task) : search(task));
connections[Symbol.dispose]();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ ...result, processor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));

/** Reads the last entries of a log, or all of them: proves them and, if required, parses and indexes them. */
async function read({ url, publicKey, keyId, origin, ranges, last, parse = false, index }) {
  const log = {
    protocol: 'rekor-v2',
    baseUrl: url,
    publicKey: readPublicKey(Buffer.from(publicKey, 'base64')),
    keyId: Buffer.from(keyId, 'base64'),
    names: [origin],
    validFor: { start: new Date(0), end: undefined },
  };
  let requests = 0;
  const http = (request) => {
    requests++;
    return connections.send(request);
  };
  const reader = openReader(log, { http });
  const started = performance.now();
  const head = await reader.head();
  await reader.rangeOf(head);
  const bootstrap = { requests, seconds: seconds(started) };
  if (last === 0) return { bootstrap };
  const from = last === undefined ? 0 : head.size - last;
  const range = CompactRange.of(
    from,
    (ranges[from] ?? []).map((hash) => Buffer.from(hash, 'base64')),
  );
  const builder = index && new IndexBuilder(files, randomBytes, index);
  let [entries, problems] = [0, 0];
  for await (const batch of reader.entries(range, head)) {
    entries += batch.entries.length;
    if (builder !== undefined) await builder.accept(batch, log, head.origin);
    else if (parse) for (const entry of batch.entries) problems += readEntry(log.protocol, entry).problems.length;
  }
  await builder?.flush();
  return {
    bootstrap,
    entries,
    seconds: seconds(started),
    requests,
    problems: problems + (builder?.unreadable(log) ?? 0),
  };
}

/** Searches an index for each of some keys. */
async function search({ index, origin, keyId, query }) {
  const started = performance.now();
  const opened = await SearchIndex.open(files, index, { origin, keyId: Buffer.from(keyId, 'base64') });
  const opening = seconds(started);
  const times = [];
  let found = 0;
  for (const key of query) {
    const before = performance.now();
    for await (const _ of opened.candidates([[key]])) found++;
    times.push(seconds(before));
  }
  return { opening, times, found, ranges: opened.ranges };
}

function seconds(started) {
  return (performance.now() - started) / 1000;
}
