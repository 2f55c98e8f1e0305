import { describe, expect, test } from '@jest/globals';
import { type FileSubject, type PackageFormat, selectPackages } from '../../../src/subject/index.ts';

const file = (name: string): FileSubject => ({ kind: 'file', name, path: `/w/${name}` });

function select(format: PackageFormat, ...names: readonly string[]): readonly [readonly string[], readonly string[]] {
  const { packages, leftOut } = selectPackages(names.map(file), format);
  return [packages.map(({ name }) => name), leftOut.map(({ name }) => name)];
}

describe('the packages of a registry', () => {
  test.each([
    'dist/demo-1.0.tar.gz',
    'my_project-1.0a1.dev3+local.7.tar.gz',
    'a-1!2.0.post1.tar.gz',
    'demo-1.0.0-py3-none-any.whl',
    'My_Project.x-2.0rc1-1build-cp312.cp313-abi3.none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  ])('PyPI: %s', (name) => {
    expect(select('pypi', name)).toEqual([[name], []]);
  });

  test.each([
    'demo-1.0.zip',
    'demo.tar.gz',
    '-1.0.tar.gz',
    'Demo-1.0.tar.gz',
    'my-project-1.0.tar.gz',
    'my__project-1.0.tar.gz',
    'demo-1.0x.tar.gz',
    'demo-latest.tar.gz',
    'demo-1.0-py3-any.whl',
    'demo-1.0-x-py3-none-any.whl',
    'my__demo-1.0-py3-none-any.whl',
    'demo-1.0-3py-none-any.whl',
    'demo-1.0-py3-none-.whl',
    'demo-one-py3-none-any.whl',
    '.demo-1.0-py3-none-any.whl',
    'demo-1.0-1-2-py3-none-any.whl',
    'README.md',
  ])('not for PyPI: %s', (name) => {
    expect(() => select('pypi', name)).toThrow(expect.objectContaining({ code: 'PACKAGE_INVALID' }));
  });

  test('npm and RubyGems', () => {
    expect(select('npm', 'a-1.0.0.tgz')).toEqual([['a-1.0.0.tgz'], []]);
    expect(select('gem', 'pkg/a-1.0.gem')).toEqual([['pkg/a-1.0.gem'], []]);
    for (const format of ['npm', 'gem'] as const)
      expect(() => select(format, 'a.zip')).toThrow(expect.objectContaining({ code: 'PACKAGE_INVALID' }));
  });

  test('Maven Central: every file but signatures and checksums', () => {
    const signed = ['a-1.jar', 'a-1.pom', 'a-1.module', 'a-1-sources.jar'];
    const others = signed.flatMap((name) => ['asc', 'md5', 'sha1', 'sha256', 'sha512'].map((end) => `${name}.${end}`));
    expect(select('maven', ...signed, ...others)).toEqual([signed, others]);
    expect(() => select('maven', 'LICENSE')).toThrow(expect.objectContaining({ code: 'PACKAGE_INVALID' }));
  });

  test('attestations of earlier runs are left out, and they alone are nothing to sign', () => {
    const [wheel, attestation] = ['a-1-py3-none-any.whl', 'a-1-py3-none-any.whl.publish.attestation'];
    expect(select('pypi', wheel, attestation)).toEqual([[wheel], [attestation]]);
    expect(() => select('pypi', attestation)).toThrow(expect.objectContaining({ code: 'SUBJECT_MISSING' }));
  });
});
