import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { canonicalJson, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import {
  collectSubjects,
  formatLeg,
  isLegText,
  type LegDigests,
  type LegSubject,
  legArtifactName,
  legLimits,
  readLegDigests,
  writeLegDigests,
} from '../../src/subject/index.ts';
import { failure } from '../services/loopback.ts';

const from = { repository: 'octo-org/app', runId: '7', attempt: 1, job: 'build', leg: 'linux' };
const sha256 = (text: string) => digest('sha256', utf8(text));
const file = (name: string, content = name): LegSubject => ({
  kind: 'file',
  name,
  digest: sha256(content),
  size: content.length,
});
const image = (content: string): LegSubject => ({ kind: 'image', name: 'ghcr.io/o/app', digest: sha256(content) });
const digests: LegDigests = {
  from,
  subjects: [{ kind: 'digest', name: 'b', digest: digest('sha512', utf8('b')) }, image('1'), image('2'), file('a')],
};
const text = writeLegDigests(digests);
const read = (written: string | Uint8Array): LegDigests =>
  readLegDigests(typeof written === 'string' ? utf8(written) : written, 'list');

const failing = (work: () => unknown) => failure(Promise.resolve().then(work));

test('what is written is canonical, and is read as it was', () => {
  expect(JSON.parse(text)).toEqual({
    version: 1,
    ...from,
    subjects: [
      { kind: 'file', name: 'a', digest: formatDigest(sha256('a')), size: 1 },
      { kind: 'digest', name: 'b', digest: formatDigest(digest('sha512', utf8('b'))) },
      ...[image('2'), image('1')]
        .map(({ name, digest: of }) => ({ kind: 'image', name, digest: formatDigest(of) }))
        .sort((a, b) => (a.digest < b.digest ? -1 : 1)),
    ],
  });
  const again = read(text);
  expect(again.from).toEqual(from);
  expect(writeLegDigests(again)).toBe(text);
});

test('a job without a matrix has no leg', () => {
  expect(read(writeLegDigests({ ...digests, from: { ...from, leg: '' } })).from.leg).toBe('');
  expect([formatLeg(from), formatLeg({ job: 'build', leg: '' })]).toEqual(['build (linux)', 'build']);
});

test('the name of the artifact differs for each leg and job, however they are divided, and is the same in each attempt', () => {
  const name = (job: string, leg: string): string => legArtifactName({ job, leg });
  const names = [name('build', 'linux'), name('build', 'mac'), name('build', ''), name('test', 'linux')];
  expect(new Set([...names, name('a', 'bc'), name('ab', 'c'), name('../b', 'c')]).size).toBe(7);
  expect(names[0]).toMatch(/^countersign-digests-build-[0-9a-f]{12}$/);
  expect(legArtifactName({ ...from, attempt: 2 } as typeof from)).toBe(names[0]);
});

test.each(['linux', 'ubuntu-24.04, node 24', 'ünïcode'])('%j can name a leg', (leg) =>
  expect(isLegText(leg)).toBe(true),
);
test.each(['a\nb', 'a\u2028b', '\u001b[1m', '\u202e', 'x'.repeat(257)])('%j cannot name a leg', (leg) =>
  expect(isLegText(leg)).toBe(false),
);

describe('refused', () => {
  const value: JsonObject = JSON.parse(text);
  const [first] = value.subjects as readonly JsonObject[];
  const changed = (changes: JsonObject): string => canonicalJson({ ...value, ...changes });
  const subject = (changes: JsonObject): string => changed({ subjects: [{ ...first, ...changes }] });
  const without = (name: string): string => {
    const { [name]: _, ...rest } = value;
    return canonicalJson(rest);
  };

  test.each<[what: string, written: string | Uint8Array, code: string, message: RegExp]>([
    ['a space', text.replace(',', ', '), 'JSON_INVALID', /not canonical/],
    ['a line break at the end', `${text}\n`, 'JSON_INVALID', /not canonical/],
    ['a byte order mark', `\ufeff${text}`, 'JSON_INVALID', /./],
    ['another order of members', JSON.stringify({ version: 1, ...value }), 'JSON_INVALID', /not canonical/],
    ['an escape that is not needed', text.replace('"build"', '"\\u0062uild"'), 'JSON_INVALID', /not canonical/],
    ['a number in another form', text.replace('"size":1', '"size":1.0'), 'JSON_INVALID', /not canonical/],
    ['a lone surrogate', text.replace('"build"', '"\\ud800"'), 'JSON_INVALID', /not canonical/],
    ['a duplicate member', text.replace('"job":"build"', '"job":"build","job":"test"'), 'JSON_INVALID', /./],
    ['bytes that are not UTF-8', Buffer.from(`${text}\xff`, 'latin1'), 'JSON_INVALID', /./],
    ['no JSON', 'app.tgz', 'JSON_INVALID', /./],
    ['a list', '[]', 'JSON_INVALID', /not an object/],
    ['another version', changed({ version: 2 }), 'JSON_INVALID', /version other than 1/],
    ['an unknown member', changed({ more: 1 }), 'JSON_INVALID', /unknown member "more"/],
    ['no repository', without('repository'), 'JSON_INVALID', /repository/],
    ['no run', without('runId'), 'JSON_INVALID', /runId/],
    ['a run that is a number', changed({ runId: 7 }), 'JSON_INVALID', /runId/],
    ['a job in a list', changed({ job: ['build'] }), 'JSON_INVALID', /job/],
    ['no job', changed({ job: '' }), 'JSON_INVALID', /job/],
    ['a job with a line break', changed({ job: 'a\nb' }), 'JSON_INVALID', /job/],
    ['no leg', without('leg'), 'JSON_INVALID', /leg/],
    ['a leg with a line break', changed({ leg: 'a\n::error::b' }), 'JSON_INVALID', /leg/],
    ['the attempt 0', changed({ attempt: 0 }), 'JSON_INVALID', /attempt/],
    ['an attempt that is no whole number', changed({ attempt: 1.5 }), 'JSON_INVALID', /attempt/],
    ['an attempt that is a text', changed({ attempt: '1' }), 'JSON_INVALID', /attempt/],
    ['no subjects', changed({ subjects: [] }), 'SUBJECT_MISSING', /no subjects/],
    ['subjects that are no list', changed({ subjects: {} }), 'JSON_INVALID', /no list/],
    ['a subject that is a text', changed({ subjects: ['a'] }), 'JSON_INVALID', /subject 1 is not an object/],
    ['a subject without a name', subject({ name: '' }), 'JSON_INVALID', /subject 1 has no name/],
    ['a name in a list', subject({ name: ['a'] }), 'JSON_INVALID', /subject 1 has no name/],
    ['a size that is a text', subject({ size: '1' }), 'JSON_INVALID', /size/],
    ['a subject with an unknown member', subject({ more: 1 }), 'JSON_INVALID', /unknown member/],
    ['an unknown kind', subject({ kind: 'folder' }), 'JSON_INVALID', /unknown kind/],
    ['a digest that is a number', subject({ digest: 1 }), 'JSON_INVALID', /no digest/],
    ['a short digest', subject({ digest: 'sha256:ab' }), 'DIGEST_INVALID', /subject 1/],
    ['another algorithm', subject({ digest: `md5:${'0'.repeat(32)}` }), 'DIGEST_INVALID', /subject 1/],
    ['capital letters', subject({ digest: `sha256:${'AB'.repeat(32)}` }), 'JSON_INVALID', /capital/],
    ['a file without a size', subject({ size: null }), 'JSON_INVALID', /size/],
    ['a negative size', subject({ size: -1 }), 'JSON_INVALID', /size/],
    ['a size of a digest', subject({ kind: 'digest' }), 'JSON_INVALID', /size/],
    ['a subject twice', changed({ subjects: [first, first] as JsonObject[] }), 'JSON_INVALID', /two subjects "a"/],
    [
      'one name with two digests',
      changed({ subjects: [first, { ...first, digest: formatDigest(sha256('other')) }] as JsonObject[] }),
      'JSON_INVALID',
      /two subjects "a"/,
    ],
    ['an image twice', changed({ subjects: Array(2).fill(JSON.parse(text).subjects[2]) }), 'JSON_INVALID', /twice/],
    [
      'another order of subjects',
      changed({ subjects: (value.subjects as readonly JsonObject[]).toReversed() }),
      'JSON_INVALID',
      /wrong order/,
    ],
  ])('%s', async (_, written, code, message) => {
    expect(await failing(() => read(written))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('more bytes than the limit', async () => {
    const error = await failing(() => read(new Uint8Array(legLimits.bytes + 1)));
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test.each([
    ['1', '2'],
    ['2', '1'],
  ])(
    'an image %s and a file %s of one name, before it is written, whichever digest is first',
    async (content, other) => {
      const subjects = [image(content), file('ghcr.io/o/app', other)];
      expect(await failing(() => writeLegDigests({ from, subjects }))).toMatchObject({ code: 'JSON_INVALID' });
    },
  );
});

test('100,000 subjects are read, and no more', async () => {
  const one = sha256('x');
  const many = Array.from({ length: legLimits.subjects }, (_, index) => ({
    ...file(`dist/file-${index}`),
    digest: one,
  }));
  const written = writeLegDigests({ from, subjects: many });
  expect(read(written).subjects).toHaveLength(100_000);
  const more = [...many, file('one-more')];
  expect(await failing(() => writeLegDigests({ from, subjects: more }))).toMatchObject({
    code: 'LIMIT_EXCEEDED',
  });
  const value = JSON.parse(written);
  const last = { digest: formatDigest(one), kind: 'file', name: 'one-more', size: 1 };
  const longer = canonicalJson({ ...value, subjects: [...value.subjects, last] });
  expect(await failing(() => read(longer))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
});

describe('as subjects of a run', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-legs-'));
    await writeFile(join(folder, 'linux.json'), text);
    await writeFile(
      join(folder, 'other.json'),
      writeLegDigests({ from: { ...from, leg: 'mac' }, subjects: [file('a', 'b')] }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));
  const collect = (...digestsFrom: string[]) =>
    collectSubjects({ files: [], checksums: [], digests: [], digestsFrom }, folder, files);

  test('they are digests, with the leg as their origin', async () => {
    await writeFile(join(folder, 'plain.json'), writeLegDigests({ from, subjects: [file('x'), file('y')] }));
    expect(await collect('plain.json')).toMatchObject([
      { kind: 'digest', name: 'x', origin: 'the leg build (linux)' },
      { kind: 'digest', name: 'y', origin: 'the leg build (linux)' },
    ]);
  });

  test('a file here of the same name must have the digest', async () => {
    await writeFile(join(folder, 'here.json'), writeLegDigests({ from, subjects: [file('here.txt', 'content')] }));
    await writeFile(join(folder, 'here.txt'), 'other');
    const request = { files: ['here.txt'], checksums: [], digests: [], digestsFrom: ['here.json'] };
    const error = await failing(() => collectSubjects(request, folder, files));
    expect(error).toMatchObject({ code: 'SUBJECT_CHANGED' });
  });

  test('a file that is not there is an error', async () => {
    expect(await failing(() => collect('none.json'))).toMatchObject({ code: 'SUBJECT_UNREADABLE' });
  });
});
