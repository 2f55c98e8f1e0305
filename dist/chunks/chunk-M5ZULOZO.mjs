import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/core/trust/safe-url.ts
function isSafeUrl({ protocol, hostname }) {
  return protocol === "https:" || protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

export {
  isSafeUrl
};
