import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/sign/concurrently.ts
async function* concurrently(items, limit, work) {
  const underWay = /* @__PURE__ */ new Map();
  let next = 0;
  for (const item of items) {
    const number = next++;
    underWay.set(
      number,
      work(item).then((result) => [number, result])
    );
    if (underWay.size >= limit) yield await settle(underWay);
  }
  while (underWay.size > 0) yield await settle(underWay);
}
async function settle(underWay) {
  const [number, result] = await Promise.race(underWay.values());
  underWay.delete(number);
  return result;
}

export {
  concurrently
};
