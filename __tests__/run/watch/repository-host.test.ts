import { expect, test } from '@jest/globals';
import { repositoryHost } from '../../../src/run/watch/repository-host.ts';

test.each([
  [{}, 'github.com'],
  [{ serverUrl: '', apiUrl: '' }, 'github.com'],
  [{ serverUrl: 'https://github.com', apiUrl: 'http://127.0.0.1:1234' }, 'github.com'],
  [{ serverUrl: 'https://Octo.ghe.com/' }, 'octo.ghe.com'],
  [{ serverUrl: 'https://github.octo.example:8443' }, 'github.octo.example:8443'],
  [{ apiUrl: 'https://api.github.com' }, 'github.com'],
  [{ apiUrl: 'https://api.octo.ghe.com' }, 'octo.ghe.com'],
  [{ apiUrl: 'https://GitHub.octo.example/api/v3/' }, 'github.octo.example'],
  [{ apiUrl: 'http://127.0.0.1:1234' }, 'github.com'],
])('the host of %j is %s', (servers, host) => {
  expect(repositoryHost(servers)).toBe(host);
});

test.each(['github.com', 'ftp://github.com', 'https://github.com/octo', 'https://me@github.com'])(
  'the server %s is refused',
  (serverUrl) => {
    expect(() => repositoryHost({ serverUrl })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  },
);
