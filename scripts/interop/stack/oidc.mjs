// An OIDC provider on loopback that looks to a job like that of GitHub Actions, a second issuer that identifies a person by e-mail
// address, and one issuer for each other kind of identity that Fulcio knows.
//
//   GET /gha/.well-known/openid-configuration , /gha/.well-known/jwks
//   GET /email/.well-known/openid-configuration , /email/.well-known/jwks
//   GET /gha/token?...&audience=A  Authorization: bearer <request token>  -> {"value": jwt}
//       (this URL, with ?job=1 already in it, is ACTIONS_ID_TOKEN_REQUEST_URL)
//       Any other query parameter claim.NAME=VALUE overrides a claim, and
//       ttl=SECONDS sets the lifetime (negative: an expired token).
//   GET /email/token?email=E&audience=A                                    -> {"value": jwt}
//   POST /gitlab/token (or another issuer; see below)  Authorization: bearer <request token>, body: the claims  -> {"value": jwt}
//   GET /email/authorize , POST /email/authorize , POST /email/token       the authorization code flow with PKCE (S256), for a person
//                                                                          who types any address
//   POST /claims   JSON object: claims used by every later /gha/token; {} clears
//   GET /healthz
//
// usage: oidc.mjs HOST PORT KEYFILE REQUEST_TOKEN

import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const [host, port, keyFile, requestToken] = process.argv.slice(2);
const base = `http://${host}:${port}`;

if (!fs.existsSync(keyFile)) {
  const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  fs.writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
const privateKey = crypto.createPrivateKey(fs.readFileSync(keyFile));
const publicJwk = crypto.createPublicKey(privateKey).export({ format: 'jwk' });
const kid = crypto
  .createHash('sha256')
  .update(JSON.stringify({ e: publicJwk.e, kty: publicJwk.kty, n: publicJwk.n }))
  .digest('hex')
  .slice(0, 40)
  .toUpperCase();
const jwks = { keys: [{ ...publicJwk, use: 'sig', alg: 'RS256', kid }] };

const b64 = (v) => Buffer.from(typeof v === 'string' ? v : JSON.stringify(v)).toString('base64url');
function jwt(claims, ttl) {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    jti: crypto.randomUUID(),
    ...claims,
    nbf: now - 600 + Math.min(ttl, 0),
    iat: now + Math.min(ttl, 0) - (ttl < 0 ? 300 : 0),
    exp: now + ttl,
  };
  const head = `${b64({ alg: 'RS256', typ: 'JWT', kid })}.${b64(payload)}`;
  return `${head}.${crypto.sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`;
}

// The claims of a job on a push to main, with invented values. For a job of a reusable workflow, set only job_workflow_ref and
// job_workflow_sha.
const sha = '0123456789abcdef0123456789abcdef01234567';
const job = {
  repository: 'example-org/example-repo',
  repository_id: '700000001',
  repository_owner: 'example-org',
  repository_owner_id: '700000002',
  repository_visibility: 'public',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  sha,
  head_ref: '',
  base_ref: '',
  workflow: 'release',
  workflow_ref: 'example-org/example-repo/.github/workflows/release.yml@refs/heads/main',
  workflow_sha: sha,
  job_workflow_ref: 'example-org/example-repo/.github/workflows/release.yml@refs/heads/main',
  job_workflow_sha: sha,
  run_id: '8000000001',
  run_number: '17',
  run_attempt: '1',
  event_name: 'push',
  actor: 'example-user',
  actor_id: '700000003',
  runner_environment: 'github-hosted',
  enterprise: 'example-enterprise',
  enterprise_id: '700000004',
  check_run_id: '9000000001',
};
let posted = {};

function ghaToken(url) {
  const over = {};
  for (const [k, v] of url.searchParams) if (k.startsWith('claim.')) over[k.slice(6)] = v;
  const claims = { ...job, ...posted, ...over };
  const sub = `repo:${claims.repository}:${claims.environment ? `environment:${claims.environment}` : claims.event_name === 'pull_request' ? 'pull_request' : `ref:${claims.ref}`}`;
  return jwt(
    {
      sub,
      aud: url.searchParams.get('audience') ?? `https://github.com/${claims.repository_owner}`,
      ...claims,
      iss: claims.iss ?? `${base}/gha`,
    },
    Number(url.searchParams.get('ttl') ?? 300),
  );
}
function emailToken(url) {
  const email = url.searchParams.get('email') ?? 'signer@example.com';
  return jwt(
    {
      iss: `${base}/email`,
      aud: url.searchParams.get('audience') ?? 'sigstore',
      sub: `user-${b64(email)}`,
      email,
      email_verified: url.searchParams.get('verified') !== 'false',
    },
    Number(url.searchParams.get('ttl') ?? 300),
  );
}

// Their tokens have exactly the claims that are posted, and the usual ones that are not.
const others = ['gitlab', 'buildkite', 'circleci', 'forgejo/api/actions', 'kubernetes', 'spiffe', 'username'];
const otherOf = (pathname) => others.find((name) => pathname.startsWith(`/${name}/`));

const isPermitted = ({ headers: { authorization = '' } }) => {
  const [scheme, token] = authorization.split(' ');
  return scheme.toLowerCase() === 'bearer' && token === requestToken;
};

async function textOf(req) {
  let text = '';
  for await (const chunk of req) text += chunk;
  return text;
}

const bodyOf = async (req) => JSON.parse(await textOf(req));

const discovery = (issuer) => ({
  issuer: `${base}/${issuer}`,
  jwks_uri: `${base}/${issuer}/.well-known/jwks`,
  authorization_endpoint: `${base}/${issuer}/authorize`,
  token_endpoint: `${base}/${issuer}/token`,
  subject_types_supported: ['public', 'pairwise'],
  response_types_supported: ['id_token'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email'],
  code_challenge_methods_supported: ['S256'],
});

// The logins that wait for the person, and the codes that wait for the client. Each is used once.
const logins = new Map();
const codes = new Map();
const held = (map, value) => {
  const name = crypto.randomBytes(32).toString('base64url');
  map.set(name, value);
  return name;
};
const taken = (map, name) => {
  const value = map.get(name);
  map.delete(name);
  return value;
};
const isLoopback = (text) =>
  URL.canParse(text) && /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(new URL(text).href);
function loginPage(res, query) {
  const wanted = Object.fromEntries(query);
  const isValid =
    wanted.client_id === 'sigstore' &&
    wanted.response_type === 'code' &&
    wanted.code_challenge_method === 'S256' &&
    isLoopback(wanted.redirect_uri);
  if (!isValid) return reply(res, 400, { error: 'invalid_request' });
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  return res.end(
    `<!doctype html><title>Log in</title><form method="post" action="/email/authorize"><input name="email"><input type="hidden" name="login" value="${held(logins, wanted)}"><button name="decision" value="approve">Log in</button></form>`,
  );
}
function finishLogin(res, form) {
  const wanted = taken(logins, form.get('login'));
  if (wanted === undefined) return reply(res, 400, { error: 'invalid_request' });
  const back = new URL(wanted.redirect_uri);
  const code = held(codes, { ...wanted, email: form.get('email') });
  for (const [name, value] of Object.entries({ code, state: wanted.state ?? '', iss: `${base}/email` }))
    back.searchParams.set(name, value);
  res.writeHead(303, { location: back.href });
  return res.end();
}
function exchange(res, form) {
  const login = taken(codes, form.get('code'));
  const challenge = crypto
    .createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (login?.code_challenge !== challenge || login.redirect_uri !== form.get('redirect_uri'))
    return reply(res, 400, { error: 'invalid_grant' });
  const claims = {
    iss: `${base}/email`,
    aud: 'sigstore',
    sub: `user-${b64(login.email)}`,
    email: login.email,
    email_verified: true,
    ...(login.nonce && { nonce: login.nonce }),
  };
  const token = jwt(claims, 300);
  return reply(res, 200, { access_token: token, id_token: token, token_type: 'Bearer', expires_in: 300 });
}

const reply = (res, status, body) => {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
};
http
  .createServer((req, res) => {
    const url = new URL(req.url, base);
    const [, issuer, ...rest] = url.pathname.split('/');
    const path = rest.join('/');
    if (url.pathname === '/healthz') return reply(res, 200, { ok: true });
    if (url.pathname === '/claims' && req.method === 'POST') {
      let text = '';
      req
        .on('data', (d) => {
          text += d;
        })
        .on('end', () => {
          try {
            posted = JSON.parse(text);
            reply(res, 200, posted);
          } catch (e) {
            reply(res, 400, { message: String(e) });
          }
        });
      return undefined;
    }
    const other = otherOf(url.pathname);
    if (other !== undefined) {
      const name = url.pathname.slice(other.length + 2);
      if (name === '.well-known/openid-configuration') return reply(res, 200, discovery(other));
      if (name === '.well-known/jwks') return reply(res, 200, jwks);
      if (name !== 'token' || req.method !== 'POST') return reply(res, 404, { message: 'not found' });
      if (!isPermitted(req)) return reply(res, 401, { message: 'the request token is not valid' });
      return bodyOf(req).then(
        (claims) => reply(res, 200, { value: jwt({ iss: `${base}/${other}`, aud: 'sigstore', ...claims }, 300) }),
        (error) => reply(res, 400, { message: String(error) }),
      );
    }
    if (issuer === 'email' && req.method === 'POST') {
      const answer = { authorize: finishLogin, token: exchange }[path];
      if (answer === undefined) return reply(res, 404, { message: 'not found' });
      return textOf(req).then((text) => answer(res, new URLSearchParams(text)));
    }
    if (issuer === 'email' && path === 'authorize') return loginPage(res, url.searchParams);
    if (issuer === 'gha' || issuer === 'email') {
      if (path === '.well-known/openid-configuration') {
        return reply(res, 200, discovery(issuer));
      }
      if (path === '.well-known/jwks') return reply(res, 200, jwks);
      if (issuer === 'email' && path === 'token') return reply(res, 200, { value: emailToken(url) });
      if (issuer === 'gha' && path === 'token') {
        if (!isPermitted(req)) return reply(res, 401, { message: 'the request token is not valid' });
        return reply(res, 200, { count: 1, value: ghaToken(url) });
      }
    }
    return reply(res, 404, { message: 'not found' });
  })
  .listen(Number(port), host, () => console.log(`oidc on ${base}`));
