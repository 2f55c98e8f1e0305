// Serves a folder on loopback. With BACKEND, every request that is not a GET of an existing file under PREFIX goes there: the
// tiles and the checkpoint of Rekor v2 are files, and its server takes the entries.
// usage: files.mjs HOST PORT DIR PREFIX [BACKEND]

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [host, port, dir, prefix, backend] = process.argv.slice(2);
const root = path.resolve(dir);
http
  .createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://x');
    if (req.method === 'GET' && pathname.startsWith(prefix)) {
      const file = path.join(root, path.normalize(`/${decodeURIComponent(pathname.slice(prefix.length))}`));
      if (
        file.startsWith(root + path.sep) &&
        !path.relative(root, file).startsWith('.') &&
        fs.statSync(file, { throwIfNoEntry: false })?.isFile()
      ) {
        res.writeHead(200, {
          'content-type': file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
        });
        return fs.createReadStream(file).pipe(res);
      }
    }
    if (!backend) {
      res.writeHead(404);
      return res.end();
    }
    const out = http.request(new URL(req.url, backend), { method: req.method, headers: req.headers }, (got) => {
      res.writeHead(got.statusCode, got.headers);
      got.pipe(res);
    });
    out.on('error', (e) => {
      res.writeHead(502);
      res.end(String(e));
    });
    return req.pipe(out);
  })
  .listen(Number(port), host);
