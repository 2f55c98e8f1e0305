import { describe, expect, test } from '@jest/globals';
import {
  buildEnvironment,
  defaultEvent,
  type EnvironmentLayers,
  repositoryContext,
  serviceEnvironment,
} from '../../runner/environment.ts';

const empty: EnvironmentLayers = {
  service: {},
  env: {},
  state: new Map(),
  inputs: new Map(),
  pathAdditions: [],
  github: {},
  runner: {},
  debug: false,
  actions: {},
  idToken: undefined,
  windows: false,
};

describe('the environment of a step', () => {
  test.each<[what: string, layers: Partial<EnvironmentLayers>, name: string, value: string | undefined]>([
    ['env over the service', { service: { HOME: 'a' }, env: { HOME: 'b' } }, 'HOME', 'b'],
    ['state over env', { env: { STATE_a: 'x' }, state: new Map([['a', 'y']]) }, 'STATE_a', 'y'],
    ['inputs over env', { env: { INPUT_A: 'x' }, inputs: new Map([['a', 'y']]) }, 'INPUT_A', 'y'],
    ['env may bring an input that is not declared', { env: { INPUT_B: 'x' } }, 'INPUT_B', 'x'],
    ['env may set NODE_OPTIONS', { env: { NODE_OPTIONS: '--x' } }, 'NODE_OPTIONS', '--x'],
    ['not NODE_ICU_DATA', { env: { NODE_ICU_DATA: '/x' } }, 'NODE_ICU_DATA', undefined],
    ['the path, last addition first', { service: { PATH: '/bin' }, pathAdditions: ['/a', '/b'] }, 'PATH', '/b:/a:/bin'],
    ['the path of env', { service: { PATH: '/bin' }, env: { PATH: '/e' }, pathAdditions: ['/a'] }, 'PATH', '/a:/e'],
    ['GITHUB_ over env', { env: { GITHUB_SHA: 'x' }, github: { sha: 'y' } }, 'GITHUB_SHA', 'y'],
    ['GITHUB_ over inputs', { inputs: new Map([['x', '']]), github: { ref: 'y' } }, 'GITHUB_REF', 'y'],
    ['RUNNER_ over env', { env: { RUNNER_TEMP: 'x' }, runner: { temp: 'y' } }, 'RUNNER_TEMP', 'y'],
    ['ACTIONS_ over env', { env: { ACTIONS_RUNTIME_TOKEN: 'x' }, actions: { ACTIONS_RUNTIME_TOKEN: 'y' } }, 'ACTIONS_RUNTIME_TOKEN', 'y'], // biome-ignore format: one case a line
    ['no debug', {}, 'RUNNER_DEBUG', undefined],
    ['debug', { debug: true }, 'RUNNER_DEBUG', '1'],
    ['always', { env: { GITHUB_ACTIONS: 'false' } }, 'GITHUB_ACTIONS', 'true'],
    ['CI', {}, 'CI', 'true'],
    ['CI, if nobody set it', { env: { CI: 'woodpecker' } }, 'CI', 'woodpecker'],
    ['no permission', {}, 'ACTIONS_ID_TOKEN_REQUEST_URL', undefined],
    ['the permission', { idToken: { requestUrl: 'u', requestToken: 't' } }, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 't'],
  ])('%s', (_, layers, name, value) => {
    expect(buildEnvironment({ ...empty, ...layers })[name]).toBe(value);
  });

  test('on Windows names are equal without regard to case', () => {
    const environment = buildEnvironment({
      ...empty,
      windows: true,
      service: { Path: 'C:\\bin' },
      env: { github_sha: 'x', ci: 'y' },
      github: { sha: 'z' },
      pathAdditions: ['D:\\a'],
    });
    expect(environment).toEqual({ Path: 'D:\\a;C:\\bin', github_sha: 'z', ci: 'y', GITHUB_ACTIONS: 'true' });
  });

  test('nothing of ours is inherited but where programs are', () => {
    const own = { PATH: '/bin', HOME: '/h', GITHUB_TOKEN: 't', NODE_OPTIONS: '--x', SystemRoot: 'C:\\Windows' };
    expect(serviceEnvironment(own, false)).toEqual({ PATH: '/bin', HOME: '/h' });
    expect(serviceEnvironment(own, true)).toMatchObject({ PATH: '/bin', SystemRoot: 'C:\\Windows' });
    expect(serviceEnvironment(own, true)).not.toHaveProperty('GITHUB_TOKEN');
  });
});

describe('the context of a run', () => {
  test('a push to the main branch, unless told otherwise', () => {
    expect(repositoryContext()).toMatchObject({
      server_url: 'https://github.com',
      event_name: 'push',
      ref: 'refs/heads/main',
      ref_name: 'main',
      ref_type: 'branch',
      workflow_ref: 'octo-org/octo-repo/.github/workflows/sandbox.yml@refs/heads/main',
    });
    expect(repositoryContext()).not.toHaveProperty('token');
  });

  test('what follows from another value follows', () => {
    const context = repositoryContext({ repository: 'a/b', ref: 'refs/tags/v1/x', sha: 'c', actor: 'd' });
    expect(context).toMatchObject({
      repository_owner: 'a',
      ref_name: 'v1/x',
      ref_type: 'tag',
      workflow_sha: 'c',
      triggering_actor: 'd',
      workflow_ref: 'a/b/.github/workflows/sandbox.yml@refs/tags/v1/x',
    });
    expect(repositoryContext({ ref: 'refs/pull/7/merge' })).toMatchObject({ ref_name: '7/merge', ref_type: 'branch' });
    expect(defaultEvent(context)).toMatchObject({ repository: { full_name: 'a/b', name: 'b', visibility: 'public' } });
  });
});
