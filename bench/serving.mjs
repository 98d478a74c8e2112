/** What the scripts that look at the page share: a case of some files, served, and a browser before it. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = resolve(import.meta.dirname, '..');
export const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
export const PROGRAM = join(TARGET, 'release/framewitness');
const { chromium } = createRequire(join(ROOT, 'web/package.json'))('@playwright/test');

/** Calls `use` with a browser and the address of a case that holds `files`, inspected. */
export async function onServed(program, files, use) {
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-bench-'));
  const work = join(folder, 'case');
  const run = (...args) => execFileSync(program, ['--quiet', '--actor', 'bench', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });
  let server = null;
  try {
    run('init', work);
    run('--case', work, 'add', ...files);
    run('--case', work, 'inspect', '--all');
    server = spawn(program, ['--actor', 'bench', '--case', work, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await use(browser, await printed(server));
  } finally {
    server?.kill('SIGTERM');
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The address that the server prints. */
async function printed(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/\S+#token=\S+/.exec(line)?.[0];
    if (address) return address;
  }
  throw new Error('framewitness serve ended without printing an address');
}

/** Signs a page in, and gives when each frame of `item` begins and how long it lasts, in seconds. */
export async function listed(page, address, item) {
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
  return page.evaluate(async (number) => {
    const rows = [];
    for (let total = 1; rows.length < total; ) {
      const part = await (await fetch(`/api/items/${number}/frames?from=${rows.length}&count=2000`)).json();
      rows.push(...part.frames);
      total = part.total;
    }
    return rows.map(({ at_s, duration_s }) => ({ at_s, duration_s }));
  }, item);
}
