// A person with a real browser: opens an address in headless Chromium, types an email address, clicks on the button that signs in, and
// reports the text of the page that is shown in the end. Chromium is driven through pipes, which need no port.
//
// usage: person.mjs CHROMIUM FOLDER EMAIL REPORT ADDRESS
// The report is posted to the URL REPORT.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const [program, folder, email, report, address] = process.argv.slice(2);
const browser = spawn(
  program,
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--user-data-dir=${join(folder, 'browser')}`,
    '--remote-debugging-pipe',
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const [, , , input, output] = browser.stdio;

let count = 0;
const replies = new Map();
const waiting = new Map();
let rest = '';
output.setEncoding('utf8').on('data', (text) => {
  const messages = (rest + text).split('\0');
  rest = messages.pop();
  for (const message of messages.map((one) => JSON.parse(one))) {
    replies.get(message.id)?.(message);
    waiting.get(message.method)?.();
  }
});
const command = (method, params = {}, sessionId) =>
  new Promise((resolve, reject) => {
    const id = ++count;
    replies.set(id, ({ result, error }) =>
      error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
    );
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
const event = (method) => new Promise((resolve) => waiting.set(method, resolve));

const { targetId } = await command('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await command('Target.attachToTarget', { targetId, flatten: true });
const page = (method, params) => command(method, params, sessionId);
const evaluate = async (expression) =>
  (await page('Runtime.evaluate', { expression, returnByValue: true })).result.value;

await page('Page.enable');
const opened = event('Page.loadEventFired');
await page('Page.navigate', { url: address });
await opened;
await evaluate(`document.querySelector('input[name=email]').focus()`);
await page('Input.insertText', { text: email });
const { x, y } = await evaluate(
  `(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(document.querySelector('button[value=approve]').getBoundingClientRect())`,
);
const ended = event('Page.loadEventFired');
for (const type of ['mousePressed', 'mouseReleased'])
  await page('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
await ended;
const text = await evaluate('document.body.innerText');
await fetch(report, { method: 'POST', body: text });
await command('Browser.close');
