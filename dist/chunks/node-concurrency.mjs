var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name) {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === void 0 ? void 0 : name.slice(0, -suffix.length);
}

async function* concurrently(items, limit, work) {
  const currentLimit = typeof limit === "number" ? () => limit : limit;
  const settled = [];
  let wake = () => void 0;
  const settle = (result) => {
    settled.push(result);
    wake();
  };
  let underWay = 0;
  const take = async () => {
    for (; ; ) {
      const result = settled.shift();
      if (result !== void 0) {
        underWay--;
        return result();
      }
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
  for await (const item of items) {
    underWay++;
    work(item).then(
      (result) => settle(() => result),
      (error) => settle(() => {
        throw error;
      })
    );
    while (underWay > 0 && underWay >= currentLimit()) yield await take();
  }
  while (underWay > 0) yield await take();
}
async function* inOrder(items, limit, work) {
  const underWay = [];
  for (const item of items) {
    const result = work(item);
    result.catch(() => void 0);
    underWay.push(result);
    const [first] = underWay;
    if (first === void 0 || underWay.length < limit) continue;
    yield await first;
    underWay.shift();
  }
  for (const result of underWay) yield await result;
}
var defaultLimit = 8;
async function mapConcurrently(items, work, limit = defaultLimit) {
  const results = new Array(items.length);
  const waiting = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
function inTurns(limit) {
  const waiting = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= limit) await new Promise((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === void 0) underWay--;
      else next();
    }
  };
}

import { formatDigest } from "./node-regular-file.mjs";

function subjectName(subject) {
  return subject.kind === "image" ? formatImage(subject) : subject.name;
}
function formatImage({ name, digest }) {
  return `${name}@${formatDigest(digest)}`;
}
function byName(a, b) {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
export {
  bundleStem,
  byName,
  concurrently,
  formatImage,
  inOrder,
  inTurns,
  mapConcurrently,
  subjectName
};
