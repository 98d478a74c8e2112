/**
 * Looks at the main screens of a served case, and at a report that would leave it, and keeps what is seen; called by
 * tools/tour, which says where the report lies, a folder with report.html and page.png, and which pictures to take.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..');
const IMAGES = join(ROOT, 'docs/images');
const { chromium } = createRequire(join(ROOT, 'web/package.json'))('@playwright/test');

/** [name, address, what must be there, keys pressed then]. The case has its items under the names of their files. */
const screens = ({ 'city-repost.mp4': post, 'movie-hello.mpeg': talk }) => [
  ['library', '#/', 'main img', []],
  ['table', '#/', 'main img', [], 'Table'],
  ['item', `#/items/${post}?frame=76`, 'canvas[data-frame="76"]', ['b']],
  ['first-look', `#/items/${post}?frame=30`, 'canvas[data-frame="30"]', []],
  ['note', `#/items/${post}?frame=60`, 'canvas[data-frame="60"]', ['b', 'n']],
  ['compare', '#/matches/M1', 'canvas[data-frame]', ['b']],
  ['difference', '#/matches/M1', 'canvas[data-frame]', ['b', '5']],
  ['reuse', '#/reuse', 'main svg', []],
  ['search', '#/search?words=towers', 'main article', []],
  ['hypotheses', '#/hypotheses', 'main table', []],
  ['sources', '#/sources', 'main li', []],
  ['places', '#/atlas', 'canvas[data-drawn]', []],
  ['watches', '#/watches', 'main article', []],
  ['masks', `#/items/${talk}?frame=40&panel=masks`, 'canvas[data-frame="40"]', ['v']],
  ['publication', '#/publish/B1', 'iframe', []],
  ['journal', '#/journal', 'main li, main table', []],
  ['keys', `#/items/${post}?frame=76`, 'canvas[data-frame="76"]', ['?']],
];

const server = spawn(process.argv[2], ['serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const folder of ['tour', 'report']) mkdirSync(join(IMAGES, folder), { recursive: true });
  const address = await printed();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
  const numbers = await page.evaluate(async () => {
    const { items } = await (await fetch('/api/items?limit=100&order=oldest')).json();
    return Object.fromEntries(items.map(({ name, number }) => [name, number.slice(1)]));
  });
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [name, to, there, keys, button] of screens(numbers).filter(([name]) => asked(name))) {
      // What was lifted or laid out for the screen before is not for this one.
      await page.evaluate(() => (sessionStorage.clear(), localStorage.clear()));
      await page.evaluate((hash) => ((location.hash = '#/watches'), (location.hash = hash)), to);
      await page.reload();
      await page.locator(there).first().waitFor();
      await page.waitForTimeout(1500);
      if (button) {
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.mouse.move(0, 0);
        await page.waitForTimeout(800);
      }
      for (const key of keys) {
        await page.keyboard.press(key);
        await page.waitForTimeout(800);
      }
      await keep(page, `tour/${name}${scheme === 'dark' ? '-dark' : ''}`);
    }
  }
  if (asked('report')) await report(page);
} finally {
  await browser.close();
  server.kill('SIGTERM');
}

/** Whether a picture is to be taken: all are, where none is named. */
function asked(name) {
  const names = process.argv.slice(4);
  return names.length === 0 || names.includes(name);
}

/** A figure of the report in HTML, and a page of the PDF. */
async function report(page) {
  const from = (name) => pathToFileURL(join(process.argv[3], name)).href;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(from('report.html'));
  await page.evaluate(() => document.querySelector('#figures').scrollIntoView());
  await keep(page, 'report/html');
  await page.goto(from('page.png'));
  const size = await page.locator('img').evaluate((image) => ({ width: image.naturalWidth, height: image.naturalHeight }));
  await page.setViewportSize(size);
  await keep(page, 'report/pdf');
}

/** The address that the server prints. */
async function printed() {
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/\S+#token=\S+/.exec(line)?.[0];
    if (address) return address;
  }
  throw new Error('framewitness serve ended without printing an address');
}

async function keep(page, name) {
  const browserSide = await page.context().newCDPSession(page);
  const { data } = await browserSide.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  writeFileSync(join(IMAGES, `${name}.webp`), Buffer.from(data, 'base64'));
  await browserSide.detach();
}
