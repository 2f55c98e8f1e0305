// The judges: other people's clients, in exact versions, each installed once into a cache.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runGroup } from './process-group.mjs';

const cosignVersion = '3.1.3';
const actVersion = '0.2.89';
const attestVersion = '3.2.0';
const axeVersion = '4.14.1';
const craneVersion = '0.22.1';
const inTotoVersion = '1.2.0'; // and in in-toto/go.mod
const litewitnessVersion = '0.9.0';
const libnpmpublishVersion = '12.0.1';
const openapiVersion = '23.0.2';
const orasVersion = '1.3.6';
const playwrightVersion = '1.65.1';
const prometheusVersion = '0.26.0'; // and in requirements-reports.in
const pypiAttestationsVersion = '0.0.30'; // and in requirements-packages.in
const sarifVersion = '5.7.0';
const sigstorePythonVersion = '4.5.1'; // and in requirements.in
const cyclonedxVersion = '11.12.0'; // and, with spdx-tools 0.8.5, in requirements-sboms.in
const zizmorVersion = '1.32.0'; // and in requirements-zizmor.in
/** Those that the library and the command must run on, in versions of npm's own packages of Node. */
const nodeVersions = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];
/** The oldest that the declarations of the package must suit, and the newest before the one that this project is built with. */
const typescriptVersions = ['5.7.3', '6.0.2'];
const goNeeded = 'Go 1.26 or later, and the Go module proxy';
const debianNeeded = (name) => `apt-get and dpkg-deb of a Debian that has the package ${name}, and its archive`;
const pythonNeeded = (minor) => `Python 3.${minor} or later with its venv (on Debian: python3-venv), and PyPI`;
const needs = {
  act: goNeeded,
  chromium: 'a Chromium or Chrome on PATH (on Debian: apt-get install chromium)',
  cosign: goNeeded,
  crane: goNeeded,
  'docker-registry': debianNeeded('docker-registry'),
  gh: debianNeeded('gh'),
  'in-toto': goNeeded,
  litewitness: goNeeded,
  oras: goNeeded,
  packages: pythonNeeded(10),
  reports: pythonNeeded(10),
  sboms: pythonNeeded(10),
  services: `${goNeeded}, bash, openssl, curl, jq and ssh-agent (on Debian: openssh-client)`,
  'sigstore-python': pythonNeeded(10),
  zizmor: pythonNeeded(11),
};
const windows = process.platform === 'win32';

/** Every package that each needs, for every platform, with its hashes. */
const requirements = {
  'sigstore-python': fileURLToPath(new URL('requirements.txt', import.meta.url)),
  zizmor: fileURLToPath(new URL('requirements-zizmor.txt', import.meta.url)),
  packages: fileURLToPath(new URL('requirements-packages.txt', import.meta.url)),
  reports: fileURLToPath(new URL('requirements-reports.txt', import.meta.url)),
  sboms: fileURLToPath(new URL('requirements-sboms.txt', import.meta.url)),
};

/** A judge that is not there, and cannot be made. */
export class JudgeMissing extends Error {}

export function judgesFolder({ COUNTERSIGN_INTEROP_CACHE: own, XDG_CACHE_HOME: caches } = process.env) {
  return resolve(own || join(caches || join(homedir(), '.cache'), 'countersign-interop'));
}

/**
 * Installs what is not there yet.
 *
 * @returns the path of each; of sigstore-python, that of a Python that has it
 * @throws JudgeMissing
 */
export async function installJudges(options) {
  return {
    cosign: await installCosign(options),
    crane: await installCrane(options),
    oras: await installOras(options),
    litewitness: await installLitewitness(options),
    registry: await installDockerRegistry(options),
    gh: await installGh(options),
    inToto: await installInToto(options),
    act: await installAct(options),
    python: await installSigstorePython(options),
    reports: await installReportJudges(options),
    sboms: await installSbomJudges(options),
    pypi: await installPypiAttestations(options),
    libnpmpublish: await installLibnpmpublish(options),
    attest: await installAttest(options),
    sarif: await installSarifMultitool(options),
    zizmor: await installZizmor(options),
    nodes: await installNodes(options),
    typescripts: await installTypescripts(options),
    openapi: await installOpenapi(options),
    chromium: await installChromium(options),
    playwright: await installPlaywright(options),
    axe: await installAxe(options),
  };
}

/** `go` is the command to build it with. */
export function installCosign(options) {
  const source = `github.com/sigstore/cosign/v3/cmd/cosign@v${cosignVersion}`;
  return installGoProgram({ judge: 'cosign', version: cosignVersion, source, isRight: isCosign }, options);
}

/** `go` is the command to build it with. */
export function installAct(options) {
  const source = `github.com/nektos/act@v${actVersion}`;
  return installGoProgram({ judge: 'act', version: actVersion, source, isRight: isAct }, options);
}

/** `go` is the command to build it with. */
export function installCrane(options) {
  const source = `github.com/google/go-containerregistry/cmd/crane@v${craneVersion}`;
  return installGoProgram({ judge: 'crane', version: craneVersion, source, isRight: isCrane }, options);
}

/** `go` is the command to build it with. */
export function installOras(options) {
  const source = `oras.land/oras/cmd/oras@v${orasVersion}`;
  return installGoProgram({ judge: 'oras', version: orasVersion, source, isRight: isOras }, options);
}

/** `go` is the command to build it with. */
export function installLitewitness(options) {
  const source = `filippo.io/torchwood/cmd/litewitness@v${litewitnessVersion}`;
  const judge = { judge: 'litewitness', version: litewitnessVersion, source, isRight: isLitewitness };
  return installGoProgram(judge, options);
}

/** Builds the program in in-toto/, which reads statements with in-toto's own types. */
export async function installInToto({ folder = judgesFolder(), go = ['go'], say = note, signal } = {}) {
  const source = fileURLToPath(new URL('in-toto', import.meta.url));
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.sum']) hash.update(await readFile(join(source, name)));
  const name = `in-toto-${inTotoVersion}-${hash.digest('hex').slice(0, 8)}`;
  const place = await provide({ folder, name, isRight: isInToto, say }, async (made) => {
    const { GOOS: _, GOARCH: __, ...env } = process.env;
    const command = [...go, 'build', '-buildvcs=false', '-o', goProgramIn(made, 'in-toto')];
    const failure = await runGroup(command, { cwd: source, env, signal });
    if (failure) throw missing('in-toto', [{ command, failure }]);
  });
  return goProgramIn(place, 'in-toto');
}

/** Installs Debian's docker-registry. */
export async function installDockerRegistry(options) {
  return dockerRegistryIn(await installDebianPackage({ name: 'docker-registry', isRight: isDockerRegistry }, options));
}

/** Installs Debian's gh. It is older than `gh attestation`. */
export async function installGh(options) {
  return ghIn(await installDebianPackage({ name: 'gh', isRight: isGh }, options));
}

/** Downloads a package, whose signature apt verifies, and unpacks it. It is not installed. */
async function installDebianPackage(
  { name, isRight },
  { folder = judgesFolder(), apt = ['apt-get'], dpkg = ['dpkg-deb'], say = note, signal } = {},
) {
  return provide({ folder, name, isRight, say }, async (made) => {
    const attempts = [];
    const attempt = async (command) => {
      const failure = await runGroup(command, { cwd: made, signal });
      if (failure) attempts.push({ command, failure });
      return failure === undefined;
    };
    const download = [...apt, 'download', '-qq', name];
    // If the package lists are missing or old, root can fetch them.
    const isThere =
      (await attempt(download)) ||
      (process.getuid?.() === 0 && (await attempt([...apt, 'update', '-qq'])) && (await attempt(download)));
    const [archive] = isThere ? (await readdir(made)).filter((file) => file.endsWith('.deb')) : [];
    if (archive === undefined || !(await attempt([...dpkg, '--extract', archive, made]))) throw missing(name, attempts);
    await rm(join(made, archive));
  });
}

async function installGoProgram(
  { judge, version, source, isRight },
  { folder = judgesFolder(), go = ['go'], say = note, signal } = {},
) {
  const place = await provide({ folder, name: `${judge}-${version}`, isRight, say }, async (made) => {
    const { GOOS: _, GOARCH: __, ...env } = process.env; // for this machine, whatever else is built on it
    const command = [...go, 'install', source];
    const failure = await runGroup(command, { cwd: made, env: { ...env, GOBIN: made }, signal });
    if (failure) throw missing(judge, [{ command, failure }]);
  });
  return goProgramIn(place, judge);
}

/** `pythons` are commands of which the first that is new enough is taken. */
export async function installSigstorePython(options) {
  const environment = { judge: 'sigstore-python', version: sigstorePythonVersion, minor: 10 };
  return pythonIn(await installPythonPackage({ ...environment, isRight: isSigstorePython }, options));
}

/** `pythons` are commands of which the first that is new enough is taken. */
export async function installZizmor(options) {
  const environment = { judge: 'zizmor', version: zizmorVersion, minor: 11 };
  return zizmorIn(await installPythonPackage({ ...environment, isRight: isZizmor }, options));
}

/** The parser of Prometheus and the schema of OCSF, for a Python that has them. `pythons` as above. */
export async function installReportJudges(options) {
  const environment = { judge: 'reports', version: prometheusVersion, minor: 10 };
  return pythonIn(await installPythonPackage({ ...environment, isRight: isReportJudges }, options));
}

/** The tools of SPDX and the schemas of CycloneDX, for a Python that has them. `pythons` as above. */
export async function installSbomJudges(options) {
  const environment = { judge: 'sboms', version: cyclonedxVersion, minor: 10 };
  return pythonIn(await installPythonPackage({ ...environment, isRight: isSbomJudges }, options));
}

/** The library that PyPI verifies attestations with, and what builds distributions, for a Python that has them. `pythons` as above. */
export async function installPypiAttestations(options) {
  const environment = { judge: 'packages', version: pypiAttestationsVersion, minor: 10 };
  return pythonIn(await installPythonPackage({ ...environment, isRight: isPypiAttestations }, options));
}

async function installPythonPackage(
  { judge, version, minor, isRight },
  {
    folder = judgesFolder(),
    pythons = windows ? [['py', '-3'], ['python']] : [['python3'], ['python']],
    say = note,
    signal,
  } = {},
) {
  const lock = createHash('sha256').update(await readFile(requirements[judge]));
  const name = `${judge}-${version}-${lock.digest('hex').slice(0, 8)}`;
  return provide({ folder, name, isRight, say }, async (made) => {
    const python = await findPython(judge, minor, pythons, made, signal);
    for (const command of [
      [...python, '-I', '-m', 'venv', made],
      [pythonIn(made), '-I', '-m', 'pip', 'install', ...pipOptions, '--requirement', requirements[judge]],
    ]) {
      const failure = await runGroup(command, { cwd: made, signal });
      if (failure) throw missing(judge, [{ command, failure }]);
    }
  });
}

/** Each Node, by its version. */
export function installNodes(options) {
  const isRight = async (place, version) => (await ask(nodeIn(place), '--version'))?.trim() === `v${version}`;
  const node = { judge: 'node', title: 'Node', npmPackage: nodePackage, versions: nodeVersions, programIn: nodeIn };
  return installNpmPrograms({ ...node, isRight }, options);
}

/** The compiler of each TypeScript, by its version: a script for Node. */
export function installTypescripts(options) {
  const isRight = async (place, version) =>
    (await ask(process.execPath, typescriptIn(place), '--version'))?.trim() === `Version ${version}`;
  const compiler = { judge: 'typescript', title: 'TypeScript', npmPackage: 'typescript', programIn: typescriptIn };
  return installNpmPrograms({ ...compiler, versions: typescriptVersions, isRight }, options);
}

/** GitHub's description of its REST API: a file. */
export async function installOpenapi(options) {
  const isRight = async (place, version) => {
    const text = await readFile(join(place, 'node_modules', openapiPackage, 'package.json'), 'utf8').catch(() => '{}');
    return JSON.parse(text).version === version;
  };
  const description = { judge: 'octokit-openapi', title: openapiPackage, npmPackage: openapiPackage };
  const versions = [openapiVersion];
  const files = await installNpmPrograms({ ...description, versions, programIn: openapiIn, isRight }, options);
  return files[openapiVersion];
}

/** The part of npm that publishes: a script. */
export async function installLibnpmpublish(options) {
  const isRight = async (place, version) => {
    const text = await readFile(join(place, 'node_modules', 'libnpmpublish', 'package.json'), 'utf8').catch(() => '{}');
    return JSON.parse(text).version === version;
  };
  const library = { judge: 'libnpmpublish', title: 'libnpmpublish', npmPackage: 'libnpmpublish' };
  const versions = [libnpmpublishVersion];
  const scripts = await installNpmPrograms({ ...library, versions, programIn: libnpmpublishIn, isRight }, options);
  return scripts[libnpmpublishVersion];
}

/** The part of GitHub's own attesting action that stores bundles: a module. */
export async function installAttest(options) {
  const isRight = async (place, version) => {
    const text = await readFile(join(place, 'node_modules', attestPackage, 'package.json'), 'utf8').catch(() => '{}');
    return JSON.parse(text).version === version;
  };
  const library = { judge: 'actions-attest', title: attestPackage, npmPackage: attestPackage };
  const modules = await installNpmPrograms(
    { ...library, versions: [attestVersion], programIn: attestIn, isRight },
    options,
  );
  return modules[attestVersion];
}

/** What drives the browser: a module. It brings no browser of its own. */
export async function installPlaywright(options) {
  const driver = { judge: 'playwright', title: 'Playwright', npmPackage: 'playwright-core', programIn: playwrightIn };
  const isRight = isNpmPackage('playwright-core');
  const modules = await installNpmPrograms({ ...driver, versions: [playwrightVersion], isRight }, options);
  return modules[playwrightVersion];
}

/** What judges whether everyone can use a page: a script for the page. */
export async function installAxe(options) {
  const axe = { judge: 'axe', title: 'axe-core', npmPackage: 'axe-core', programIn: axeIn };
  const scripts = await installNpmPrograms(
    { ...axe, versions: [axeVersion], isRight: isNpmPackage('axe-core') },
    options,
  );
  return scripts[axeVersion];
}

function isNpmPackage(name) {
  return async (place, version) => {
    const text = await readFile(join(place, 'node_modules', name, 'package.json'), 'utf8').catch(() => '{}');
    return JSON.parse(text).version === version;
  };
}

/** The validator of SARIF: a program. */
export async function installSarifMultitool(options) {
  const isRight = async (place, version) => {
    const text = await readFile(join(place, 'node_modules', sarifPackage, 'package.json'), 'utf8').catch(() => '{}');
    // npm gives the program no permission to run, since the script of the package is not run.
    await chmod(sarifIn(place), 0o755).catch(() => undefined);
    return JSON.parse(text).version === version;
  };
  const validator = {
    judge: 'sarif-multitool',
    title: 'SARIF Multitool',
    npmPackage: sarifPackage,
    programIn: sarifIn,
  };
  const programs = await installNpmPrograms({ ...validator, versions: [sarifVersion], isRight }, options);
  return programs[sarifVersion];
}

async function installNpmPrograms(
  { judge, title, npmPackage, versions, programIn, isRight },
  { folder = judgesFolder(), npm = ['npm'], say = note, signal } = {},
) {
  const programs = {};
  for (const version of versions) {
    const one = { folder, name: `${judge}-${version}`, isRight: (place) => isRight(place, version), say };
    const place = await provide(one, async (made) => {
      const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      const command = [...npm, 'install', ...options, '--prefix', made, `${npmPackage}@${version}`];
      const failure = await runGroup(command, { cwd: made, signal });
      if (failure) throw missing(`${title} ${version}`, [{ command, failure }], 'npm, and the npm registry');
    });
    programs[version] = programIn(place);
  }
  return programs;
}

/** The browser that is there. Where there is none it is taken from Debian, by whoever may do that. */
export async function installChromium({ browsers = ['chromium', 'chromium-browser', 'google-chrome'], signal } = {}) {
  const found = await findProgram(browsers);
  if (found !== undefined) return found;
  const attempts = [];
  for (const command of process.getuid?.() === 0
    ? [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-qq', '-y', 'chromium'],
      ]
    : []) {
    const failure = await runGroup(command, { cwd: '/', signal });
    if (failure) attempts.push({ command, failure });
  }
  return (await findProgram(browsers)) ?? raise(missing('chromium', attempts));
}

async function findProgram(names) {
  for (const name of names) if ((await ask(name, '--version')) !== undefined) return name;
  return undefined;
}

function raise(error) {
  throw error;
}

const pipOptions = [
  '--require-hashes',
  '--only-binary',
  ':all:',
  '--no-input',
  '--disable-pip-version-check',
  '--quiet',
];

/** One that is too old, or has no venv, says so itself. */
async function findPython(judge, minor, pythons, cwd, signal) {
  const check = `import sys, venv, ensurepip; sys.exit(sys.version_info < (3, ${minor}) and "Python " + sys.version)`;
  const attempts = [];
  for (const python of pythons) {
    const command = [...python, '-I', '-c', check];
    const failure = await runGroup(command, { cwd, signal });
    if (failure === undefined) return python;
    attempts.push({ command, failure });
  }
  throw missing(judge, attempts);
}

/**
 * Returns the folder of a judge, which is built if it is not there or answers wrongly. It is built in a folder of its own, and moved when
 * it is complete, so that half of a build is never used.
 */
export async function provide({ folder, name, isRight, say }, make) {
  await mkdir(folder, { recursive: true });
  const place = join(folder, name);
  if (await isRight(place)) return place;
  say(`Installing ${name} into ${folder}; this is done once.`);
  const made = await mkdtemp(join(folder, '.making-'));
  try {
    await make(made);
    if (!(await isRight(made))) throw new JudgeMissing(`${name} was built, and does not answer as that version.`);
    // Another run may have been faster, and be using it.
    if (!(await isRight(place))) {
      await rm(place, { recursive: true, force: true });
      await rename(made, place);
    }
    return place;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

export function missing(judge, attempts, needed = needs[judge]) {
  const failed = attempts.map(({ command, failure }) => `  failed: ${command.join(' ')} (${failure})\n`).join('');
  return new JudgeMissing(`${judge} cannot be installed.\n${failed}  needed: ${needed}.`);
}

const goProgramIn = (folder, name) => join(folder, windows ? `${name}.exe` : name);
const dockerRegistryIn = (folder) => join(folder, 'usr', 'bin', 'docker-registry');
const ghIn = (folder) => join(folder, 'usr', 'bin', 'gh');
const zizmorIn = (folder) => (windows ? join(folder, 'Scripts', 'zizmor.exe') : join(folder, 'bin', 'zizmor'));
const pythonIn = (folder) => (windows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python'));

const openapiPackage = '@octokit/openapi';
const openapiIn = (folder) => join(folder, 'node_modules', openapiPackage, 'generated', 'api.github.com.json');
const attestPackage = '@actions/attest';
const attestIn = (folder) => join(folder, 'node_modules', attestPackage, 'lib', 'store.js');
const libnpmpublishIn = (folder) => join(folder, 'node_modules', 'libnpmpublish', 'lib', 'index.js');
const sarifPackage = `@microsoft/sarif-multitool-${process.platform}`;
const sarifIn = (folder) => join(folder, 'node_modules', sarifPackage, `Sarif.Multitool${windows ? '.exe' : ''}`);
const playwrightIn = (folder) => join(folder, 'node_modules', 'playwright-core', 'index.mjs');
const axeIn = (folder) => join(folder, 'node_modules', 'axe-core', 'axe.min.js');
const nodePackage = `node-${process.platform}-${process.arch}`;
const typescriptIn = (folder) => join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
const nodeIn = (folder) => join(folder, 'node_modules', nodePackage, 'bin', windows ? 'node.exe' : 'node');

async function isCosign(folder) {
  const answer = await ask(goProgramIn(folder, 'cosign'), 'version', '--json');
  return answer?.includes(`"gitVersion": "v${cosignVersion}"`) ?? false;
}

async function isCrane(folder) {
  return (await ask(goProgramIn(folder, 'crane'), 'version'))?.trim() === `v${craneVersion}`;
}

async function isOras(folder) {
  return (await ask(goProgramIn(folder, 'oras'), 'version'))?.includes(` ${orasVersion}\n`) ?? false;
}

/** By the version of the module in the program, which does not tell its own. */
async function isLitewitness(folder) {
  const program = await readFile(goProgramIn(folder, 'litewitness')).catch(() => '');
  return program.includes(`filippo.io/torchwood\tv${litewitnessVersion}\t`);
}

async function isInToto(folder) {
  const program = await readFile(goProgramIn(folder, 'in-toto')).catch(() => '');
  return program.includes(`github.com/in-toto/attestation\tv${inTotoVersion}\t`);
}

async function isDockerRegistry(folder) {
  return (await ask(dockerRegistryIn(folder), '--version'))?.includes('docker/distribution') ?? false;
}

async function isGh(folder) {
  return (await ask(ghIn(folder), '--version'))?.startsWith('gh version ') ?? false;
}

async function isAct(folder) {
  return (await ask(goProgramIn(folder, 'act'), '--version'))?.trim() === `act version ${actVersion}`;
}

/** A program, not a script: it does not hold the path at which its environment was made. */
async function isZizmor(folder) {
  return (await ask(zizmorIn(folder), '--version'))?.trim() === `zizmor ${zizmorVersion}`;
}

/** By its interpreter: the scripts of an environment hold the path at which it was made. */
async function isSigstorePython(folder) {
  const answer = await ask(pythonIn(folder), '-I', '-m', 'sigstore', '--version');
  return answer?.trim() === `sigstore ${sigstorePythonVersion}`;
}

async function isReportJudges(folder) {
  const check =
    'import jsonschema, ocsf_json_schema; from importlib.metadata import version; print(version("prometheus-client"))';
  return (await ask(pythonIn(folder), '-I', '-c', check))?.trim() === prometheusVersion;
}

async function isSbomJudges(folder) {
  const check =
    'import spdx_tools.spdx.parser, cyclonedx.validation.json; from importlib.metadata import version; print(version("cyclonedx-python-lib"))';
  return (await ask(pythonIn(folder), '-I', '-c', check))?.trim() === cyclonedxVersion;
}

async function isPypiAttestations(folder) {
  const check =
    'import build, pypi_attestations, setuptools; from importlib.metadata import version; print(version("pypi-attestations"))';
  return (await ask(pythonIn(folder), '-I', '-c', check))?.trim() === pypiAttestationsVersion;
}

export function note(line) {
  process.stderr.write(`${line}\n`);
}

async function ask(program, ...args) {
  try {
    return (await promisify(execFile)(program, args, { timeout: 60_000 })).stdout;
  } catch {
    return undefined;
  }
}
