// Serves the CT log at its address. The origin of its checkpoints must be that address without the scheme (C2SP static-ct-api), but TesseraCT
// refuses an origin with a port. The origin is replaced here: the signature, a tree head of RFC 6962, does not cover it.
// usage: ct-front.mjs HOST PORT BACKEND PUBLIC_KEY

import { createHash, createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const [host, port, backend, publicKey] = process.argv.slice(2);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const origin = `${host}:${port}`;
const logId = sha256(createPublicKey(fs.readFileSync(publicKey)).export({ type: 'spki', format: 'der' }));
const keyId = sha256(Buffer.from(`${origin}\n\x05`), logId).subarray(0, 4);

function withOrigin(checkpoint) {
  const [, size, root, , line] = checkpoint.split('\n');
  const signature = Buffer.from(line.split(' ')[2], 'base64').subarray(4);
  return `${origin}\n${size}\n${root}\n\n— ${origin} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}

http
  .createServer((req, res) => {
    const out = http.request(new URL(req.url, backend), { method: req.method, headers: req.headers }, (got) => {
      if (req.url !== '/checkpoint' || got.statusCode !== 200) {
        res.writeHead(got.statusCode, got.headers);
        got.pipe(res);
        return;
      }
      let text = '';
      got.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      got.on('end', () => res.end(withOrigin(text)));
    });
    out.on('error', (e) => {
      res.writeHead(502);
      res.end(String(e));
    });
    req.pipe(out);
  })
  .listen(Number(port), host);
