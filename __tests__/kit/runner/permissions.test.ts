import { describe, expect, test } from '@jest/globals';
import { type PermissionName, type Permissions, type PermissionsRequest, resolvePermissions } from './permissions.ts';

/** Returns the permissions other than `none`. */
const given = (permissions: Permissions): Partial<Permissions> =>
  Object.fromEntries(Object.entries(permissions).filter(([, level]) => level !== 'none'));

describe('permissions', () => {
  test.each<[what: string, request: PermissionsRequest, permissions: Partial<Permissions>]>([
    ['a new repository', {}, { contents: 'read', packages: 'read' }],
    ['to name one sets the rest to none', { declared: { 'id-token': 'write' } }, { 'id-token': 'write' }],
    ['to name none', { declared: {} }, {}],
    ['what is declared replaces a permissive default', { declared: {}, defaults: 'permissive' }, {}],
    ['of a stranger, writing is reading', { declared: { contents: 'write' }, ceiling: 'read' }, { contents: 'read' }],
    ['of a stranger, no identity', { declared: { 'id-token': 'write' }, ceiling: 'read' }, {}],
    ['of a stranger, not more than declared', { declared: { issues: 'read' }, ceiling: 'read' }, { issues: 'read' }],
  ])('%s', (_, request, permissions) => {
    expect(given(resolvePermissions(request))).toEqual(permissions);
  });

  test.each<[what: string, request: PermissionsRequest, permissions: Partial<Permissions>]>([
    ['a permissive default has no identity', { defaults: 'permissive' }, { 'id-token': 'none', contents: 'write' }],
    ['write-all has one', { declared: 'write-all' }, { 'id-token': 'write', contents: 'write', models: 'read' }],
    ['read-all has none', { declared: 'read-all' }, { 'id-token': 'none', contents: 'read', statuses: 'read' }],
    ['write-all of a stranger', { declared: 'write-all', ceiling: 'read' }, { 'id-token': 'none', contents: 'read' }],
  ])('%s', (_, request, permissions) => {
    expect(resolvePermissions(request)).toMatchObject(permissions);
  });

  test.each<[what: string, declared: Partial<Record<string, string>>, message: string]>([
    ['a misspelled name', { attestation: 'write' }, 'There is no permission attestation'],
    ['reading an identity', { 'id-token': 'read' }, 'id-token is one of none, write, not read'],
    ['writing models', { models: 'write' }, 'models is one of none, read, not write'],
    ['no level', { contents: 'admin' }, 'contents is one of none, read, write, not admin'],
  ])('refused: %s', (_, declared, message) => {
    const request = { declared: declared as Partial<Record<PermissionName, 'read'>> };
    expect(() => resolvePermissions(request)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) })); // biome-ignore format: one line
  });

  describe('of a called workflow', () => {
    const caller = resolvePermissions({ declared: { contents: 'write', packages: 'read' } });

    test('are the caller’s where it declares none, and lower where it says so', () => {
      expect(resolvePermissions({ caller })).toEqual(caller);
      expect(given(resolvePermissions({ caller, declared: { contents: 'read' } }))).toEqual({ contents: 'read' });
    });

    test('above the caller’s end the run before it begins', () => {
      expect(() => resolvePermissions({ caller, declared: { 'id-token': 'write', packages: 'write' } })).toThrow(
        "is requesting 'id-token: write, packages: write', but is only allowed 'id-token: none, packages: read'.",
      );
    });
  });
});
