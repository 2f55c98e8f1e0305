// Loaded before the action: reports the cost of its process and, if COUNTERSIGN_PROBE_MODULES is set, how much JavaScript it had loaded when
// it sent its first request. That needs a thread of its own, whose cost would be counted too.
import { subscribe } from 'node:diagnostics_channel';
import { statSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

const { port1, port2 } = new MessageChannel();
if (process.env.COUNTERSIGN_PROBE_MODULES)
  register('./probe-loader.mjs', import.meta.url, { data: { port: port2 }, transferList: [port2] });
port1.unref();

let requests = 0;
let javascript = 0;
subscribe('http.client.request.start', () => {
  if (requests++ === 0) javascript = loadedBytes();
});

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    process.env.COUNTERSIGN_PROBE,
    JSON.stringify({
      processor: (userCPUTime + systemCPUTime) / 1e6,
      memory: maxRSS / 1024,
      requests,
      javascript: javascript / 1000,
    }),
  );
});

function loadedBytes() {
  let bytes = 0;
  for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1)) {
    bytes += statSync(fileURLToPath(message.message)).size;
  }
  return bytes;
}
