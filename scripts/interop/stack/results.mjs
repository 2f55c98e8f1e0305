// Stands in for GitHub's artifact service ("Actions results"): enough for @actions/artifact to create, upload, finalize, list,
// download and delete. The server of act 0.2.89 refuses the field mime_type of @actions/artifact 6.2.1, and loses the padding of
// `sig=` on the way to the Azure SDK.
//
//   POST /twirp/github.actions.results.api.v1.ArtifactService/<Method>
//   PUT  /blob/<id>?comp=block&blockid=..., ?comp=blocklist, or whole; GET /blob/<id>
//
// A client needs ACTIONS_RESULTS_URL=http://HOST:PORT/ and ACTIONS_RUNTIME_TOKEN, a JWT whose `scp` has
// "Actions.Results:<run>:<job>". Its signature is not checked, by the client or here. TOKENFILE gets one.
// usage: results.mjs HOST PORT DIR TOKENFILE

import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [host, port, dir, tokenFile] = process.argv.slice(2);
const base = `http://${host}:${port}`;
fs.mkdirSync(dir, { recursive: true });
const b64 = (o) => Buffer.from(JSON.stringify(o)).toString('base64url');
fs.writeFileSync(
  tokenFile,
  `${b64({ alg: 'none' })}.${b64({ scp: 'Actions.Results:local-run:local-job', exp: Math.floor(Date.now() / 1000) + 86400 })}.x`,
);

const artifacts = []; // { id, run, job, name, mime, size, hash, final, created }
const blocks = new Map(); // "id/blockid" -> Buffer
const file = (id) => path.join(dir, String(id));
let lastId = 0;
const find = (q, name) => artifacts.find((a) => a.final && a.run === q.workflow_run_backend_id && a.name === name);

const methods = {
  CreateArtifact(q) {
    if (find(q, q.name))
      return [409, { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' }];
    const a = {
      id: ++lastId,
      run: q.workflow_run_backend_id,
      job: q.workflow_job_run_backend_id,
      name: q.name,
      mime: q.mime_type?.value ?? q.mime_type ?? 'application/zip',
      created: new Date().toISOString(),
    };
    artifacts.push(a);
    return [200, { ok: true, signed_upload_url: `${base}/blob/${a.id}?sig=${crypto.randomBytes(12).toString('hex')}` }];
  },
  FinalizeArtifact(q) {
    const a = artifacts.findLast((x) => !x.final && x.run === q.workflow_run_backend_id && x.name === q.name);
    if (!a || !fs.existsSync(file(a.id))) return [404, { code: 'not_found', msg: 'no such upload' }];
    const size = fs.statSync(file(a.id)).size;
    if (Number(q.size) !== size) return [400, { code: 'invalid_argument', msg: `size ${q.size}, stored ${size}` }];
    Object.assign(a, { final: true, size, hash: q.hash?.value ?? q.hash ?? '' });
    return [200, { ok: true, artifact_id: String(a.id) }];
  },
  ListArtifacts(q) {
    const name = q.name_filter?.value ?? q.name_filter;
    const id = q.id_filter?.value ?? q.id_filter;
    return [
      200,
      {
        artifacts: artifacts
          .filter(
            (a) =>
              a.final &&
              a.run === q.workflow_run_backend_id &&
              (!name || a.name === name) &&
              (!id || String(a.id) === String(id)),
          )
          .map((a) => ({
            workflow_run_backend_id: a.run,
            workflow_job_run_backend_id: a.job,
            database_id: String(a.id),
            name: a.name,
            size: String(a.size),
            created_at: a.created,
            ...(a.hash ? { digest: a.hash } : {}),
          })),
      },
    ];
  },
  GetSignedArtifactURL(q) {
    const a = find(q, q.name);
    return a
      ? [200, { name: a.name, signed_url: `${base}/blob/${a.id}?sig=${crypto.randomBytes(12).toString('hex')}` }]
      : [404, { code: 'not_found', msg: 'no such artifact' }];
  },
  DeleteArtifact(q) {
    const a = find(q, q.name);
    if (!a) return [404, { code: 'not_found', msg: 'no such artifact' }];
    artifacts.splice(artifacts.indexOf(a), 1);
    fs.rmSync(file(a.id));
    return [200, { ok: true, artifact_id: String(a.id) }];
  },
};

http
  .createServer((req, res) => {
    const url = new URL(req.url, base);
    const [, kind, ...rest] = url.pathname.split('/');
    const parts = [];
    req
      .on('data', (d) => parts.push(d))
      .on('end', () => {
        const body = Buffer.concat(parts);
        const json = (status, o) => {
          res.writeHead(status, { 'content-type': 'application/json' });
          res.end(JSON.stringify(o));
        };
        if (kind === 'healthz') return json(200, { ok: true });
        if (kind === 'twirp' && req.method === 'POST') {
          if (!/^bearer .+\..+\..+/i.test(req.headers.authorization ?? ''))
            return json(401, { code: 'unauthenticated', msg: 'no token' });
          const method = methods[rest.at(-1)];
          return method
            ? json(...method(JSON.parse(body.toString() || '{}')))
            : json(404, { code: 'bad_route', msg: url.pathname });
        }
        const a = kind === 'blob' && artifacts.find((x) => String(x.id) === rest[0]);
        if (!a) return json(404, { code: 'not_found', msg: url.pathname });
        if (req.method === 'PUT') {
          const comp = url.searchParams.get('comp');
          if (comp === 'block') blocks.set(`${a.id}/${url.searchParams.get('blockid')}`, body);
          else if (comp === 'blocklist') {
            const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map((m) => m[1]);
            fs.writeFileSync(file(a.id), Buffer.concat(ids.map((i) => blocks.get(`${a.id}/${i}`))));
            for (const i of ids) blocks.delete(`${a.id}/${i}`);
          } else fs.writeFileSync(file(a.id), body);
          res.writeHead(201, {
            etag: '"1"',
            'last-modified': new Date().toUTCString(),
            'x-ms-request-id': crypto.randomUUID(),
            'x-ms-version': '2025-01-05',
          });
          return res.end();
        }
        if (req.method === 'GET') {
          res.writeHead(200, {
            'content-type': a.mime,
            'content-length': fs.statSync(file(a.id)).size,
            'content-disposition': `attachment; filename="${a.name}${a.mime === 'application/zip' ? '.zip' : ''}"`,
          });
          return fs.createReadStream(file(a.id)).pipe(res);
        }
        return json(405, {});
      });
  })
  .listen(Number(port), host, () => console.log(`results on ${base}`));
