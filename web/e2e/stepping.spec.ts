import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { run } from './program.ts';

/** Item 1 is a truly variable-rate clip with reordered B-frames. */
const ITEM = 1;

interface Listed {
  total: number;
  frames: { no: number; type: string; duration_s: number }[];
}

async function listed(workbench: Workbench): Promise<Listed> {
  const answer = await workbench.page.request.get(new URL(`/api/items/${ITEM}/frames?from=0&count=500`, workbench.page.url()).href);
  return (await answer.json()) as Listed;
}

/** The hash that the server states, and the one of the pixels that the CLI writes. */
async function stated(workbench: Workbench, frame: number): Promise<string> {
  const address = new URL(`/api/items/${ITEM}/frames/${frame}.png`, workbench.page.url()).href;
  return (await workbench.page.request.get(address)).headers()['x-pixel-hash'] ?? '';
}

function written(frame: number, folder: string): string {
  const file = join(folder, `${frame}.png`);
  run(process.env['CASE'] ?? '', 'frame', `#${ITEM}`, String(frame), '-o', file);
  return createHash('sha256').update(readPng(readFileSync(file)).rgb).digest('hex');
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

  const folder = mkdtempSync(join(tmpdir(), 'framewitness-stills-'));
  const drawn = await watchCanvas(workbench);
  const hashes: string[] = [];
  for (let frame = 0; frame < total; frame += 1) {
    if (frame > 0) await workbench.page.keyboard.press('.');
    await workbench.showsFrame(frame);
    const hash = await workbench.pixelHash();
    expect(hash, `frame ${frame} on the canvas and as stated by the server`).toBe(await stated(workbench, frame));
    expect(hash, `frame ${frame} on the canvas and as written by the CLI`).toBe(written(frame, folder));
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
