// Keeps of a request to GitHub and its answer only the words listed here and the shapes of all else. A list of what is secret
// would miss the secret that nobody thought of.

const set = (text) => new Set(text.trim().split(/\s+/));

const methods = set('GET HEAD POST PUT PATCH DELETE');
const segments = set(`
  twirp github.actions.results.api.v1.ArtifactService CreateArtifact FinalizeArtifact ListArtifacts GetSignedArtifactURL
  DeleteArtifact repos orgs users actions artifacts attestations runs jobs zip idtoken`);
const queryNames = set(`
  api-version audience blockid comp per_page rscc rscd rsce rscl rsct se sig ske skoid sks skt sktid skv sp spr sr st sv`);
const queryValues = {
  'api-version': set('1.0 2.0'),
  audience: set('sigstore'),
  comp: set('block blocklist'),
  sp: set('c cw r racw rw w'),
  spr: set('https'),
  sr: set('b c'),
};
const mediaTypes = set(`
  application/json application/octet-stream application/problem+json application/vnd.github+json application/xml application/zip
  text/html text/plain text/xml`);
const headerNames = set(`
  accept authorization content-encoding content-length content-type etag location retry-after transfer-encoding user-agent
  www-authenticate x-accepted-github-permissions x-github-api-version x-github-api-version-selected x-github-request-id
  x-ms-blob-content-type x-ms-blob-type x-ms-client-request-id x-ms-error-code x-ms-request-id x-ms-version
  x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-ratelimit-resource`);
const headerWords = set(
  'chunked gzip identity BlockBlob core AuthenticationFailed BlobNotFound InvalidBlockList 2022-11-28 2026-03-10',
);
const memberNames = set(`
  artifact artifact_id artifacts bundle bundle_url code count created_at database_id digest documentation_url errors expires_at
  field hash id id_filter initiator message mime_type msg name name_filter ok repository_id resource signed_upload_url signed_url
  size status total_count value version workflow_job_run_backend_id workflow_run_backend_id`);
/** Of these alone, the value is kept where it is one that is listed. */
const memberWords = {
  code: set('already_exists internal invalid_argument missing not_found permission_denied unauthenticated unavailable'),
  mime_type: mediaTypes,
};
const messages = new Set([
  'Bad credentials',
  'Not Found',
  'Resource not accessible by integration',
  'an artifact with this name already exists on the workflow run',
]);
const claims = set(`
  iss aud sub jti exp iat nbf actor actor_id base_ref check_run_id enterprise enterprise_id environment environment_node_id
  event_name head_ref job_workflow_ref job_workflow_sha ref ref_protected ref_type repository repository_id repository_owner
  repository_owner_id repository_visibility run_attempt run_id run_number runner_environment sha workflow workflow_ref workflow_sha`);
const algorithms = set('RS256 ES256');

const variables = set(`
  ACTIONS_CACHE_MODE ACTIONS_CACHE_SERVICE_V2 ACTIONS_CACHE_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN ACTIONS_ID_TOKEN_REQUEST_URL
  ACTIONS_ORCHESTRATION_ID ACTIONS_RESULTS_URL ACTIONS_RUNTIME_TOKEN ACTIONS_RUNTIME_URL GITHUB_ACTION GITHUB_ACTION_PATH
  GITHUB_ACTION_REF GITHUB_ACTION_REPOSITORY GITHUB_ARTIFACTS GITHUB_ARTIFACTS_LIST GITHUB_RETENTION_DAYS GITHUB_TOKEN
  GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA RUNNER_ENVIRONMENT`);
const environments = set('github-hosted self-hosted');
const events = set('push schedule workflow_dispatch');
const visibilities = set('public private internal');

const maxDepth = 8;

/** @returns which of the listed variables a step has, on which Node, and how its event says who can see the repository */
export function describeRunner(environment, version, event) {
  const word = (words, value) => (value === undefined ? null : words.has(value) ? value : '<text>');
  return {
    service: 'runner',
    node: /^v\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(version) ? version : '<text>',
    variables: [...variables].filter((name) => environment[name]),
    environment: word(environments, environment.RUNNER_ENVIRONMENT),
    event: word(events, environment.GITHUB_EVENT_NAME),
    visibility: word(visibilities, event?.repository?.visibility),
  };
}

/** @returns what may be published of an exchange: a plain value, whose every text is a word of this file */
export function sanitise({ service, method, url, request, response }) {
  return {
    service,
    method: methods.has(method) ? method : '<method>',
    ...sanitiseUrl(url),
    request: sanitiseMessage(request),
    response: { status: Number.isInteger(response.status) ? response.status : 0, ...sanitiseMessage(response) },
  };
}

function sanitiseUrl(text) {
  const { pathname, searchParams } = new URL(text);
  const query = [...searchParams].map(([name, value]) => {
    const kept = Object.hasOwn(queryValues, name) && queryValues[name].has(value);
    return queryNames.has(name) ? [name, kept ? value : shapeOf(value)] : ['<name>', '<value>'];
  });
  const path = pathname.split('/').map((part) => (part === '' || segments.has(part) ? part : shapeOf(part)));
  return { path: path.join('/'), query };
}

function sanitiseMessage({ headers, body }) {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().map(String)]);
  const known = named.filter(([name]) => headerNames.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    headers: Object.fromEntries(known.map(([name, values]) => [name, values.map((value) => headerValue(name, value))])),
    otherHeaders: named.length - known.length,
    body: sanitiseBody(body),
  };
}

function headerValue(name, value) {
  const [mediaType] = value.split(';');
  if (mediaTypes.has(mediaType)) return mediaType;
  if (headerWords.has(value)) return value;
  const [scheme] = value.split(' ');
  if (name === 'authorization') return `${scheme === 'Bearer' ? scheme : '<scheme>'} <value>`;
  if (name === 'x-accepted-github-permissions') return permissionsOf(value);
  return shapeOf(value);
}

const permissions = set('actions attestations contents metadata packages artifact_metadata');
const levels = set('none read write admin');

/** `contents=write; actions=read` */
function permissionsOf(value) {
  const parts = value.split(/[;,]\s*/).map((part) => part.split('='));
  const known = parts.every(([name, level]) => permissions.has(name) && levels.has(level));
  return known ? parts.map((part) => part.slice(0, 2).join('=')).join('; ') : '<value>';
}

function sanitiseBody(bytes) {
  if (bytes.length === 0) return null;
  const text = bytes.toString('utf8');
  try {
    return sanitiseJson(JSON.parse(text), '', 0);
  } catch {
    const blocks = text.match(/<Latest>/g)?.length;
    return blocks === undefined ? { '<bytes>': bytes.length } : { '<blocks>': blocks };
  }
}

function sanitiseJson(value, member, depth) {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return member === 'version' && /^\d$/.test(String(value)) ? value : '<number>';
  if (typeof value === 'string') return sanitiseText(value, member);
  if (depth === maxDepth) return '<deep>';
  if (Array.isArray(value))
    return { '<count>': value.length, '<each>': value.slice(0, 1).map((item) => sanitiseJson(item, '', depth + 1)) };
  const known = Object.entries(value).filter(([name]) => memberNames.has(name));
  const others = Object.keys(value).length - known.length;
  return {
    ...Object.fromEntries(known.map(([name, item]) => [name, sanitiseJson(item, name, depth + 1)])),
    ...(others > 0 && { '<others>': others }),
  };
}

function sanitiseText(value, member) {
  if (Object.hasOwn(memberWords, member) && memberWords[member].has(value)) return value;
  if (messages.has(value)) return value;
  return tokenOf(value) ?? shapeOf(value);
}

/** Of an identity token: which of the known claims it has, of what shapes, and how long it lives. */
function tokenOf(value) {
  const parts = value.split('.');
  if (parts.length !== 3 || !value.startsWith('ey')) return undefined;
  try {
    const [header, payload] = parts
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    const known = Object.keys(payload).filter((name) => claims.has(name));
    const seconds = (from, to) => (Number.isInteger(to - from) ? to - from : '<number>');
    return {
      '<token>': Object.fromEntries(known.sort().map((name) => [name, claimShape(payload[name])])),
      '<others>': Object.keys(payload).length - known.length,
      alg: algorithms.has(header.alg) ? header.alg : '<value>',
      'exp - iat': seconds(payload.iat, payload.exp),
      'iat - nbf': seconds(payload.nbf, payload.iat),
    };
  } catch {
    return undefined;
  }
}

const claimShape = (value) => (typeof value === 'string' ? shapeOf(value) : `<${typeof value}>`);

const shapes = {
  '<empty>': /^$/,
  '<decimal>': /^\d+$/,
  '<uuid>': /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  '<sha256:hex>': /^sha256:[0-9a-f]{64}$/,
  '<hex>': /^[0-9a-f]{16,}$/,
  '<date>': /^\d{4}-\d\d-\d\d$/,
  '<time>': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  '<url>': /^https?:\/\//,
  '<ref>': /^refs\//,
};

function shapeOf(value) {
  return Object.entries(shapes).find(([, pattern]) => pattern.test(value))?.[0] ?? '<text>';
}
