// Serves the files of a log on loopback, with the paths of Rekor v2 and those of all logs of tiles. Prints its address.
// Usage: node bench/tile-server.mjs FOLDER [PORT]
import { readFile } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [folder, port = '0'] = process.argv.slice(2);
const server = createServer({ keepAliveTimeout: 60_000 }, ({ url }, response) => {
  const path = /^(?:\/api\/v2)?\/(checkpoint|tile\/[\w/.]+)$/.exec(url)?.[1];
  readFile(join(folder, path ?? 'none'), (error, bytes) => {
    if (error) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
