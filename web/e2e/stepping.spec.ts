import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { fixture, run, withCase } from './program.ts';

/** Item 1 is a truly variable-rate clip with reordered B-frames. */
const ITEM = 1;

/** Where frames come from: as plain pixels, and as PNG once these were too slow. */
const FRAME = /(?:pixels|frames)\/(\d+)(?:\.png)?$/;

interface Listed {
  total: number;
  frames: { no: number; type: string; duration_s: number }[];
}

async function listed(workbench: Workbench): Promise<Listed> {
  const answer = await workbench.page.request.get(new URL(`/api/items/${ITEM}/frames?from=0&count=500`, workbench.page.url()).href);
  return (await answer.json()) as Listed;
}

/** The hash that the server states. */
async function stated(workbench: Workbench, frame: number): Promise<string> {
  const address = new URL(`/api/items/${ITEM}/frames/${frame}.png`, workbench.page.url()).href;
  return (await workbench.page.request.get(address)).headers()['x-pixel-hash'] ?? '';
}

/** Hashes of the pixels of every frame, as the command line writes them. */
function written(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-stills-'));
  run(process.env['CASE'] ?? '', 'span', `#${ITEM}`, '--as', 'png', '-o', join(folder, 'stills'));
  const files = readdirSync(join(folder, 'stills')).filter((name) => name.endsWith('.png')).sort();
  const hashes = files.map((name) => createHash('sha256').update(readPng(readFileSync(join(folder, 'stills', name))).rgb).digest('hex'));
  rmSync(folder, { recursive: true, force: true });
  return hashes;
}

/** Holds a key, as a keyboard repeats it, until frame `last` was on the screen; gives the frame where it comes to rest. */
async function hold(workbench: Workbench, key: string, last: number): Promise<number> {
  return workbench.page.evaluate(
    async ([held, to]) => {
      const canvas = document.querySelector('canvas');
      const here = () => Number(canvas?.dataset['frame']);
      const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
      const sign = Math.sign(to - here());
      for (let repeat = false; (to - here()) * sign > 0; repeat = true) {
        dispatchEvent(new KeyboardEvent('keydown', { key: held, repeat }));
        await later(10);
      }
      // A held key runs a little ahead of the picture.
      for (let before = -1; before !== here(); await later(500)) before = here();
      return here();
    },
    [key, last] as const,
  );
}

/** Keeps the number of every frame drawn, in order. */
async function watchCanvas(workbench: Workbench): Promise<() => Promise<number[]>> {
  await workbench.page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const drawn: number[] = [];
    Object.assign(window, { drawn });
    if (canvas) new MutationObserver(() => drawn.push(Number(canvas.dataset['frame']))).observe(canvas, { attributeFilter: ['data-frame'] });
  });
  return () => workbench.page.evaluate(() => (window as unknown as { drawn: number[] }).drawn.splice(0));
}

test('a step shows each frame once, both ways, with the pixels of the CLI', async ({ workbench }) => {
  test.setTimeout(900_000);
  await workbench.openFrame(ITEM, 0);
  const { total, frames } = await listed(workbench);
  expect(new Set(frames.map((frame) => frame.duration_s.toFixed(3))).size).toBeGreaterThan(1);
  expect(frames.some((frame) => frame.type === 'B')).toBe(true);

  const stills = written();
  expect(stills.length).toBe(total);
  const drawn = await watchCanvas(workbench);
  const hashes: string[] = [];
  for (let frame = 0; frame < total; frame += 1) {
    if (frame > 0) await workbench.page.keyboard.press('.');
    await workbench.showsFrame(frame);
    const hash = await workbench.pixelHash();
    expect(hash, `frame ${frame} on the canvas and as stated by the server`).toBe(await stated(workbench, frame));
    expect(hash, `frame ${frame} on the canvas and as written by the CLI`).toBe(stills[frame]);
    hashes.push(hash);
  }
  await workbench.page.keyboard.press('.');
  expect(await drawn()).toEqual(Array.from({ length: total - 1 }, (_, index) => index + 1));
  expect(new Set(hashes).size).toBeGreaterThan(total / 2);

  for (let frame = total - 2; frame >= 0; frame -= 1) {
    await workbench.page.keyboard.press(',');
    await workbench.showsFrame(frame);
    expect(await workbench.pixelHash(), `frame ${frame} on the way back`).toBe(hashes[frame]);
  }
  expect(await drawn()).toEqual(Array.from({ length: total - 1 }, (_, index) => total - 2 - index));
});

test('keys pressed faster than pictures come leave no frame out', async ({ workbench }) => {
  await workbench.openFrame(ITEM, 0);
  const { total } = await listed(workbench);
  const drawn = await watchCanvas(workbench);
  await workbench.page.evaluate((presses) => {
    for (let press = 0; press < presses; press += 1) dispatchEvent(new KeyboardEvent('keydown', { key: '.' }));
  }, total + 5);
  await workbench.showsFrame(total - 1);
  expect(await drawn()).toEqual(Array.from({ length: total - 1 }, (_, index) => index + 1));
});

/** How many frames a held key goes through; `HOLD=1000` for more than every run has time for. */
const HELD = Number(process.env['HOLD'] ?? 300);

test('a held key goes through frames of variable rate, each once, both ways', async ({ workbench }) => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-long-'));
  const long = join(folder, 'long.mp4');
  // The clip of item 1 over and over: its own uneven timestamps, B-frames between them.
  const small = ['-vf', 'scale=160:-2', '-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '100', '-an'];
  execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '9', '-i', fixture('clips/city-repost.mp4'), '-fps_mode', 'passthrough', ...small, long]);
  await withCase([long], async ({ address }) => {
    await workbench.open('#/items/1?frame=0', address);
    await workbench.showsFrame(0);
    const { total, frames } = await listed(workbench);
    expect(total).toBeGreaterThan(HELD);
    expect(new Set(frames.map((frame) => frame.duration_s.toFixed(3))).size).toBeGreaterThan(1);
    expect(frames.some((frame) => frame.type === 'B')).toBe(true);
    const drawn = await watchCanvas(workbench);
    const rest = await hold(workbench, '.', HELD);
    expect(rest).toBeLessThan(HELD + 4);
    expect(await drawn()).toEqual(Array.from({ length: rest }, (_, index) => index + 1));
    expect(await workbench.pixelHash()).toBe(await stated(workbench, rest));
    expect(await hold(workbench, ',', 0)).toBe(0);
    expect(await drawn()).toEqual(Array.from({ length: rest }, (_, index) => rest - 1 - index));
    expect(await workbench.pixelHash()).toBe(await stated(workbench, 0));
  });
  rmSync(folder, { recursive: true, force: true });
});

test('a jump is fetched alone, gives up what is fetched elsewhere, and is on its way while it is typed', async ({ workbench }) => {
  const { page } = workbench;
  const neighbours = page.waitForResponse(/(pixels\/3|frames\/3\.png)$/);
  await workbench.openFrame(ITEM, 0);
  await neighbours;
  const asked: number[] = [];
  const dropped: number[] = [];
  const far = new Map<number, () => Promise<void>>();
  const numbered = (url: string) => Number(FRAME.exec(url)?.[1]);
  await page.route(FRAME, async (route) => {
    const no = numbered(route.request().url());
    asked.push(no);
    if (no < 50) await route.continue();
    else far.set(no, () => route.continue());
  });
  page.on('requestfailed', (request) => dropped.push(numbered(request.url())));
  const type = async (frame: string) => {
    await page.keyboard.press('g');
    await page.keyboard.type(frame);
  };

  await type('100');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked).toEqual([100]);
  await page.waitForTimeout(300);
  expect(asked, 'no neighbour before the frame itself').toEqual([100]);
  expect(dropped).toEqual([]);

  await type('10');
  await page.keyboard.press('Enter');
  await workbench.showsFrame(10);
  expect(dropped).toEqual([100]);

  await type('120');
  await expect.poll(() => asked).toContain(120);
  await far.get(120)?.();
  await page.keyboard.press('Enter');
  await workbench.showsFrame(120);
  expect(asked.filter((no) => no === 120)).toEqual([120]);
  expect(await workbench.pixelHash()).toBe(await stated(workbench, 120));
});

test('through a slow connection frames come as PNG, with the same pixels', async ({ workbench }) => {
  const { page } = workbench;
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: 1 << 20, uploadThroughput: -1 });
  await workbench.openFrame(ITEM, 0);
  await expect.poll(() => sent(page, 'pixels')).toBeGreaterThan(0);
  const png = page.waitForResponse(/frames\/80\.png$/);
  await page.keyboard.press('g');
  await page.keyboard.type('80');
  await page.keyboard.press('Enter');
  expect((await png).status()).toBe(200);
  await workbench.showsFrame(80);
  expect(await workbench.pixelHash()).toBe(await stated(workbench, 80));
});

/** How many answers the page has read whole from such addresses. */
function sent(page: Page, kind: string): Promise<number> {
  return page.evaluate((kind) => performance.getEntriesByType('resource').filter(({ name }) => name.includes(`/${kind}/`)).length, kind);
}

test('the badge states the frame of the index', async ({ workbench }) => {
  await workbench.openFrame(ITEM, 0);
  await workbench.page.keyboard.press('.');
  await workbench.showsFrame(1);
  const line = run(process.env['CASE'] ?? '', '--json', 'frame', `#${ITEM}`, '1', '-o', join(mkdtempSync(join(tmpdir(), 'framewitness-')), 'f.png'));
  const { hash } = JSON.parse(line.toString()) as { hash: string };
  await expect(workbench.page.getByTestId('frame-no')).toHaveText('1');
  await expect(workbench.page.getByTestId('frame-hash')).toHaveAttribute('title', hash);
});

test('playing moves on by the frames’ own times and stops at the end', async ({ workbench }) => {
  await workbench.openFrame(ITEM, 100);
  await workbench.page.keyboard.press('Space');
  await expect(workbench.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await workbench.showsFrame((await listed(workbench)).total - 1);
  await expect(workbench.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});
