/** Looks at the main screens of a served case and keeps what is seen; called by tools/tour. */

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '..');
const TO = join(ROOT, 'docs/images/tour');
const { chromium } = createRequire(join(ROOT, 'web/package.json'))('@playwright/test');

/** [name, address, what must be there, keys pressed then]. The case has the item of the post as `post`. */
const screens = (post) => [
  ['library', '#/', 'main img', []],
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
  ['publication', '#/publish/B1', 'iframe', []],
  ['journal', '#/journal', 'main li, main table', []],
  ['keys', `#/items/${post}?frame=76`, 'canvas[data-frame="76"]', ['?']],
];

const server = spawn(process.argv[2], ['serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  mkdirSync(TO, { recursive: true });
  const address = await printed();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
  const post = await page.evaluate(async () => {
    const { items } = await (await fetch('/api/items?limit=100&order=oldest')).json();
    return items.find(({ name }) => name === 'city-repost.mp4').number.slice(1);
  });
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [name, to, there, keys] of screens(post)) {
      // What was lifted for the screen before is not lifted for this one.
      await page.evaluate(() => sessionStorage.clear());
      await page.evaluate((hash) => ((location.hash = '#/watches'), (location.hash = hash)), to);
      await page.reload();
      await page.locator(there).first().waitFor();
      await page.waitForTimeout(1500);
      for (const key of keys) {
        await page.keyboard.press(key);
        await page.waitForTimeout(800);
      }
      await keep(page, scheme === 'dark' ? `${name}-dark` : name);
    }
  }
} finally {
  await browser.close();
  server.kill('SIGTERM');
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
  writeFileSync(join(TO, `${name}.webp`), Buffer.from(data, 'base64'));
  await browserSide.detach();
}
