// Drives Chromium through jobs: each opens a page in a new context, takes steps, and reports what the page was like. A program of its own, so
// that tests and scripts need no types of Playwright.
//
// usage: browser.mjs < REQUEST > RESULTS
// The request is JSON: { chromium, playwright, axe, jobs: [{ page, colours, steps }] }. Results are JSON, one for each job.
import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const { chromium: program, playwright, axe, jobs } = JSON.parse(await text(process.stdin));
const { chromium } = await import(pathToFileURL(playwright).href);
const browser = await chromium.launch({
  executablePath: await found(program),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-lcd-text'],
});
try {
  const results = [];
  for (const job of jobs) results.push(await run(job));
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}

async function run({ page: path, colours = 'light', script = true, width = 900, height = 900, steps }) {
  const context = await browser.newContext({
    acceptDownloads: true,
    colorScheme: colours,
    javaScriptEnabled: script,
    viewport: { width, height },
  });
  const requests = [];
  const messages = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  page.setDefaultTimeout(900_000);
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  if (script)
    await page.addInitScript(() => {
      globalThis.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        globalThis.violations.push(`${violatedDirective} ${blockedURI}`),
      );
    });
  try {
    const url = pathToFileURL(path).href;
    await page.goto(url);
    const reports = [];
    for (const step of steps) {
      const report = await take(step, page);
      if (report !== undefined) reports.push(report);
    }
    const violations = script ? await page.evaluate(() => globalThis.violations) : [];
    return { reports, requests: requests.filter((one) => one !== url), violations, messages };
  } finally {
    await context.close();
  }
}

/** Returns the path of a program, which may be the name of one on PATH. */
async function found(name) {
  const folders = isAbsolute(name) ? [''] : (process.env.PATH ?? '').split(delimiter);
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new Error(`there is no ${name} on PATH`);
}

/** Takes a step. Returns what it reports; most report nothing. */
async function take(step, page) {
  switch (step.do) {
    case 'wait':
      await page.waitForFunction((state) => document.body.dataset.state === state, step.state);
      return undefined;
    case 'choose':
      await page.locator(`#${step.id}`).setInputFiles(step.file);
      return undefined;
    case 'drop':
      await drop(page, step.files);
      return undefined;
    case 'fill':
      await page.locator(`#${step.id}`).fill(step.text);
      return undefined;
    case 'click':
      await page.locator(`#${step.id}`).click();
      return undefined;
    case 'press':
      for (let times = step.times ?? 1; times > 0; times--) await page.keyboard.press(step.key);
      return undefined;
    case 'focus':
      return page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
    case 'save': {
      const saved = page.waitForEvent('download');
      await page.locator(`#${step.id}`).click();
      const download = await saved;
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    }
    case 'state':
      return page.evaluate(() => ({
        state: document.body.dataset.state,
        headline: document.getElementById('headline')?.textContent,
        sentence: document.getElementById('sentence')?.textContent,
        text: document.body.innerText,
        elements: document.body.querySelectorAll('*').length,
        title: document.title,
      }));
    case 'axe':
      await page.evaluate(await readFile(axe, 'utf8'));
      return page.evaluate(async () => {
        const { violations } = await globalThis.axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
    case 'screenshot':
      await page.screenshot({ path: step.path });
      return undefined;
    case 'print':
      await page.emulateMedia({ media: 'print' });
      if (step.path !== undefined) await page.screenshot({ path: step.path, fullPage: true });
      return page.evaluate(() => document.body.innerText);
    case 'judge':
      return page.evaluate(
        async ({ cases, now }) => {
          const bytes = (base64) => base64 && Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
          const verdicts = [];
          for (const { texts, file, bundle } of cases) {
            const instead = { file: file === undefined ? undefined : new Blob([bytes(file)]), bundle: bytes(bundle) };
            verdicts.push(await globalThis.countersign.judge(texts, instead, new Date(now)));
          }
          return verdicts;
        },
        { cases: step.cases, now: step.now },
      );
    case 'memory':
      return memoryWhile(page, () => take(step.step, page));
    default:
      throw new Error(`there is no step ${step.do}`);
  }
}

/** Drops files from the disk onto the middle of the page, as a file manager does. */
async function drop(page, files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await session.detach();
}

/** Returns by how many bytes the memory of all processes of the browser grew while a step was taken. */
async function memoryWhile(page, work) {
  const session = await browser.newBrowserCDPSession();
  const measure = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const sizes = processInfo.map(({ id }) => readFile(`/proc/${id}/statm`, 'utf8').catch(() => '0 0 0'));
    const pages = (await Promise.all(sizes)).map((line) => {
      const [, resident, shared] = line.split(' ').map(Number);
      return resident - shared;
    });
    return pages.reduce((sum, one) => sum + one, 0) * 4096;
  };
  const before = await measure();
  let most = before;
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    most = Math.max(most, await measure());
    await Promise.race([done, page.waitForTimeout(250)]);
  }
  await done;
  return most - before;
}
