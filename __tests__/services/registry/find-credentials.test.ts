import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type ProgramEnd, type ProgramRequest, Secret } from '../../../src/node/index.ts';
import {
  type Credential,
  type CredentialWorld,
  findCredentials,
  type GivenCredential,
  parseImageReference,
} from '../../../src/services/registry/index.ts';
import { failure } from '../loopback.ts';

interface Machine {
  readonly files?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly given?: readonly GivenCredential[];
  readonly helper?: (request: ProgramRequest) => ProgramEnd;
}

const dockerFile = '/home/me/.docker/config.json';
const secret = 's3cr3t-pässword:with colon';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function find(
  image: string,
  { files = {}, environment = {}, given = [], helper }: Machine,
): Promise<Credential | undefined> {
  const world: CredentialWorld = {
    environment,
    home: '/home/me',
    readFile: async (path) => {
      const contents = files[path];
      if (contents instanceof Error) throw contents;
      if (contents === undefined) return undefined;
      if (contents instanceof Uint8Array) return contents;
      return new Uint8Array(Buffer.from(typeof contents === 'string' ? contents : JSON.stringify(contents)));
    },
    run: async (request) => helper?.(request) ?? { kind: 'failed', problem: 'cannot be run: ENOENT' },
  };
  return findCredentials(given, world)(parseImageReference(`${image}:1`).repository);
}

/** Returns the credentials that are found, with their secrets as plain text. */
async function shown(image: string, machine: Machine): Promise<string | undefined> {
  const found = await find(image, machine);
  if (found === undefined) return undefined;
  return found.kind === 'password' ? `${found.user} ${found.password.reveal()}` : `<token> ${found.token.reveal()}`;
}

function auths(entries: Readonly<Record<string, unknown>>): Machine {
  return { files: { [dockerFile]: { auths: entries } } };
}

const entry = { auth: base64(`me:${secret}`) };

describe('credentials that are given', () => {
  const given = [{ registry: 'ghcr.io', user: 'me', password: new Secret(secret) }];

  test('are used for their registry, before any file', async () => {
    const files = { [dockerFile]: { auths: { 'ghcr.io': { auth: base64('other:x') } } } };
    expect(await shown('ghcr.io/a/b', { given, files })).toBe(`me ${secret}`);
  });

  test.each(['docker.io/a/b', 'ghcr.io:443/a/b', 'evil.ghcr.io/a/b', 'ghcr.io.evil.example/a/b'])(
    'never for %s',
    async (image) => {
      expect(await find(image, { given })).toBeUndefined();
    },
  );

  test.each(['', 'a:b'])('a user name %j is refused', async (user) => {
    const error = await failure(
      find('ghcr.io/a/b', { given: [{ registry: 'ghcr.io', user, password: new Secret(secret) }] }),
    );
    expect(error.code).toBe('USAGE');
  });
});

describe('a file’s auths', () => {
  test.each<[image: string, key: string]>([
    ['ghcr.io/a/b', 'ghcr.io'],
    ['ghcr.io/a/b', 'https://ghcr.io'],
    ['ghcr.io/a/b', 'https://ghcr.io/'],
    ['ghcr.io/a/b', 'http://ghcr.io/v1/'],
    ['ghcr.io/a/b', 'https://ghcr.io/v2'],
    ['ghcr.io/a/b', 'ghcr.io/a'],
    ['ghcr.io/a/b', 'ghcr.io/a/b'],
    ['localhost:5000/a', 'localhost:5000'],
    ['alpine', 'https://index.docker.io/v1/'],
    ['alpine', 'docker.io'],
    ['alpine', 'index.docker.io'],
    ['alpine', 'registry-1.docker.io'],
  ])('for %s are found under %s', async (image, key) => {
    expect(await shown(image, auths({ other: {}, [key]: entry }))).toBe(`me ${secret}`);
  });

  test.each<[image: string, key: string]>([
    ['ghcr.io/a/b', 'ghcr.io.evil.example'],
    ['ghcr.io.evil.example/a', 'ghcr.io'],
    ['evil-ghcr.io/a', 'ghcr.io'],
    ['ghcr.io:444/a', 'ghcr.io'],
    ['ghcr.io/ab/c', 'ghcr.io/a'],
    ['ghcr.io/a', 'ghcr.io/a/b'],
    ['evil.example/ghcr.io', 'ghcr.io'],
    ['ghcr.io/a', 'io'],
    ['ghcr.io/a', ''],
    ['ghcr.io/a', 'https://https://ghcr.io'],
    ['ghcr.io/a/b', 'ghcr.io/a/v1'],
    ['ghcr.io/a/b', 'ghcr.io/v2'],
    ['ghcr.io/a/b', 'https://ghcr.io/a/v1/'],
  ])('for %s are not those under %s', async (image, key) => {
    expect(await find(image, auths({ [key]: entry }))).toBeUndefined();
  });

  test('of the longest name count', async () => {
    const keys = {
      'ghcr.io': { auth: base64('all:x') },
      'ghcr.io/a': entry,
      'ghcr.io/a/c': { auth: base64('other:x') },
    };
    expect(await shown('ghcr.io/a/b', auths(keys))).toBe(`me ${secret}`);
  });

  test.each<[what: string, written: object, found: string | undefined]>([
    ['an identity token, before a password', { ...entry, identitytoken: 'refresh' }, '<token> refresh'],
    ['a user name and a password', { username: 'me', password: secret }, `me ${secret}`],
    ['zeros at the end', { auth: base64('me:x\0\0') }, 'me x'],
    ['an empty password', { auth: base64('me:') }, 'me '],
    ['nothing', {}, undefined],
    ['empty members', { auth: '', identitytoken: '', username: '' }, undefined],
    ['a user name alone', { username: 'me' }, undefined],
  ])('may hold %s', async (_, written, found) => {
    expect(await shown('ghcr.io/a', auths({ 'ghcr.io': written }))).toBe(found);
  });

  test.each<[what: string, file: unknown]>([
    ['no JSON', `{"auths":{"ghcr.io":{"auth":"${base64(`me:${secret}`)}"`],
    ['UTF-16', Buffer.from(JSON.stringify({ auths: {} }), 'utf16le')],
    ['a list', []],
    ['a list of auths', { auths: [entry] }],
    ['an entry that is a text', { auths: { 'ghcr.io': entry.auth } }],
    ['an auth that is a number', { auths: { 'ghcr.io': { auth: 7 } } }],
    ['an auth that is no base64', { auths: { 'ghcr.io': { auth: `me:${secret}` } } }],
    ['an auth without a colon', { auths: { 'ghcr.io': { auth: base64('s3cr3t') } } }],
    ['an auth without a user', { auths: { 'ghcr.io': { auth: base64(':s3cr3t') } } }],
    ['an auth that is no UTF-8', { auths: { 'ghcr.io': { auth: '//8=' } } }],
    ['a user name with a colon', { auths: { 'ghcr.io': { username: 'a:b', password: secret } } }],
    ['helpers that are a text', { credHelpers: 's3cr3t' }],
    ['a helper that is a number', { credHelpers: { 'ghcr.io': 7 } }],
    ['a store that is a list', { credsStore: ['s3cr3t'] }],
    ['more than is read', { x: ' '.repeat(1024 * 1024) }],
    ['two entries of one name', `{"auths":{"ghcr.io":{},"ghcr.io":{}}}`],
  ])('that hold %s are refused, and not shown', async (_, file) => {
    const error = await failure(find('ghcr.io/a', { files: { [dockerFile]: file } }));
    expect(error.code).toBe('CREDENTIALS_INVALID');
    expect(error.message).toContain(dockerFile);
    expect(inspect(error, { depth: 9 })).not.toMatch(/s3cr3t|bWU6|czNjcjN0/);
  });

  test('that cannot be read are an error, not an absence', async () => {
    const error = await failure(find('ghcr.io/a', { files: { [dockerFile]: new Error('EACCES') } }));
    expect(error).toMatchObject({ code: 'CREDENTIALS_INVALID', message: expect.stringContaining(dockerFile) });
  });
});

describe('the files, in their order', () => {
  const file = (user: string): object => ({ auths: { 'ghcr.io': { auth: base64(`${user}:x`) } } });
  const environment = { DOCKER_CONFIG: '/docker', REGISTRY_AUTH_FILE: '/podman.json', XDG_RUNTIME_DIR: '/run/1' };
  const files = {
    '/docker/config.json': file('docker-config'),
    [dockerFile]: file('home'),
    '/podman.json': file('podman'),
    '/run/1/containers/auth.json': file('runtime'),
  };

  test.each<[missing: readonly string[], user: string | undefined]>([
    [[], 'docker-config'],
    [['/docker/config.json'], 'podman'],
    [['/docker/config.json', '/podman.json'], 'runtime'],
    [['/docker/config.json', '/podman.json', '/run/1/containers/auth.json'], undefined],
  ])('without %j it is %s', async (missing, user) => {
    const present = Object.fromEntries(Object.entries(files).filter(([path]) => !missing.includes(path)));
    expect(await shown('ghcr.io/a', { files: present, environment })).toBe(user && `${user} x`);
  });

  test('without variables it is the home directory’s', async () => {
    expect(await shown('ghcr.io/a', { files })).toBe('home x');
    expect(await shown('ghcr.io/a', { files, environment: { DOCKER_CONFIG: '' } })).toBe('home x');
  });

  test('a file without the registry does not end the search', async () => {
    const others = { ...files, '/docker/config.json': { auths: { 'quay.io': entry } } };
    expect(await shown('ghcr.io/a', { files: others, environment })).toBe('podman x');
  });
});

describe('a credential helper', () => {
  const answer = (output: unknown, exitCode = 0): ProgramEnd => ({
    kind: 'ended',
    exitCode,
    output: new Uint8Array(Buffer.from(typeof output === 'string' ? output : JSON.stringify(output))),
  });
  const store = { files: { [dockerFile]: { credsStore: 'desktop', auths: { 'ghcr.io': entry } } } };
  const own = {
    files: { [dockerFile]: { credHelpers: { 'ghcr.io': 'gh' }, credsStore: 'x', auths: { 'ghcr.io': entry } } },
  };
  const good = { ServerURL: 'ghcr.io', Username: 'helped', Secret: 'h3lp' };

  test.each<[image: string, machine: Machine, program: string, input: string]>([
    ['ghcr.io/a', store, 'docker-credential-desktop', 'ghcr.io'],
    ['localhost:5000/a', store, 'docker-credential-desktop', 'localhost:5000'],
    ['alpine', store, 'docker-credential-desktop', 'https://index.docker.io/v1/'],
    ['ghcr.io/a', own, 'docker-credential-gh', 'ghcr.io'],
    ['quay.io/a', own, 'docker-credential-x', 'quay.io'],
  ])('for %s is asked as docker asks', async (image, machine, program, input) => {
    const asked: ProgramRequest[] = [];
    const helper = (request: ProgramRequest): ProgramEnd => {
      asked.push(request);
      return answer(good);
    };
    expect(await shown(image, { ...machine, helper })).toBe('helped h3lp');
    expect(asked).toEqual([
      { program, arguments: ['get'], input, timeoutMilliseconds: 30_000, maxOutputLength: 65_536 },
    ]);
  });

  test('may keep an identity token', async () => {
    const helper = (): ProgramEnd => answer({ ...good, Username: '<token>' });
    expect(await shown('ghcr.io/a', { ...own, helper })).toBe('<token> h3lp');
  });

  test('for all that keeps nothing leaves it to the file; one for the registry has the last word', async () => {
    const helper = (): ProgramEnd => answer('credentials not found in native keychain\n', 1);
    expect(await shown('ghcr.io/a', { ...store, helper })).toBe(`me ${secret}`);
    expect(await shown('ghcr.io/a', { ...own, helper })).toBeUndefined();
  });

  test('is not asked about a registry for which it says that there is none', async () => {
    const file = { credHelpers: { 'ghcr.io': '' }, credsStore: 'x', auths: { 'ghcr.io': entry } };
    expect(await shown('ghcr.io/a', { files: { [dockerFile]: file } })).toBe(`me ${secret}`);
  });

  test.each(['../x', 'a/b', 'a b', 'a;b', '$(x)', '..\\x', 'é', 'a\n'])(
    'is not run where its name is %j',
    async (name) => {
      let isRun = false;
      const helper = (): ProgramEnd => {
        isRun = true;
        return answer(good);
      };
      const error = await failure(find('ghcr.io/a', { files: { [dockerFile]: { credsStore: name } }, helper }));
      expect(error).toMatchObject({
        code: 'CREDENTIALS_INVALID',
        message: expect.stringContaining('not a valid credential helper name'),
      });
      expect(isRun).toBe(false);
    },
  );

  test.each<[what: string, end: ProgramEnd, problem: string]>([
    ['cannot be started', { kind: 'failed', problem: 'cannot be run: ENOENT' }, 'cannot be run: ENOENT'],
    ['fails', answer('h3lp: no such key', 1), 'exited with code 1'],
    ['prints rubbish', answer('h3lp'), 'did not print JSON'],
    ['prints half', answer('{"Username":"helped","Secret":"h3lp"'), 'did not print JSON'],
    ['prints a list', answer(['h3lp']), 'did not print JSON'],
    ['prints no secret', answer({ Username: 'h3lp' }), 'did not print a user name and a secret'],
    ['prints an empty secret', answer({ Username: 'h3lp', Secret: '' }), 'did not print a user name and a secret'],
    ['prints no user', answer({ Secret: 'h3lp' }), 'did not print a user name and a secret'],
    ['prints an empty user', answer({ Username: '', Secret: 'h3lp' }), 'did not print a user name and a secret'],
    ['prints a number', answer({ Username: 'x', Secret: 7 }), 'did not print a user name and a secret'],
    ['prints a colon', answer({ Username: 'h3lp:x', Secret: 'h3lp' }), 'contains a colon'],
  ])('that %s is an error that shows nothing it wrote', async (_, end, problem) => {
    const error = await failure(find('ghcr.io/a', { ...own, helper: () => end }));
    expect(error.code).toBe('CREDENTIALS_INVALID');
    expect(error.message).toContain('the credential helper docker-credential-gh failed for ghcr.io:');
    expect(error.message).toContain(problem);
    expect(inspect(error, { depth: 9 })).not.toContain('h3lp');
  });
});

test('what is found shows nothing when it is printed', async () => {
  const found = [
    await find('ghcr.io/a', auths({ 'ghcr.io': entry })),
    await find('ghcr.io/a', auths({ 'ghcr.io': { identitytoken: 's3cr3t' } })),
  ];
  expect(`${inspect(found, { depth: 9, showHidden: true })}${JSON.stringify(found)}`).not.toContain('s3cr3t');
});
