/** Somebody who comes upon flagged footage by whatever way sees and hears nothing of it unasked, from the first picture on. */

import { ALONE, looksWithin } from './looks.ts';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { fixture, init, run, type Served, serve } from './program.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Grey levels that a line of a picture goes up and down, from one edge to the other: what is blurred has less, at
 * whatever size it is shown; sharp footage has several times as much.
 */
const BLURRED = 1000;

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-flagged-')), 'case');
  init(folder, 'Flagged');
  run(folder, 'add', ...['clips/city-repost.mp4', 'clips/cityCC0.mpg'].map(fixture));
  run(folder, 'inspect', '--all');
  run(folder, 'match', '#1');
  run(folder, 'content', 'set', '#1', '--flag', 'graphic', '--note', 'a fall at the end');
  run(folder, 'observe', '#1', 'The towers by night', '--frame', '75');
  served = await serve(folder);
});

test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** Every picture of footage that is in sight. */
const PICTURES = 'main img, main canvas[data-frame]';

/** Looks at the screen as soon as there is a picture on it, and again as more of it comes. */
async function staysVeiled({ page }: Workbench, count: number): Promise<void> {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, `${ALONE} [role="slider"] > .head { visibility: hidden }`);
  const pictures = page.locator(PICTURES);
  await expect.poll(() => pictures.count(), { intervals: [20] }).toBeGreaterThanOrEqual(count);
  for (const later of [0, 100, 1500]) {
    await page.waitForTimeout(later);
    const boxes = await Promise.all((await pictures.all()).map((picture) => picture.boundingBox()));
    const shot = readPng(await page.screenshot());
    for (const box of boxes) {
      if (!box) continue;
      const { chroma, detail } = looksWithin(shot, box);
      expect(chroma, `chroma of a picture at ${box.x}, ${box.y}`).toBe(0);
      expect(detail * box.width, `detail of a picture at ${box.x}, ${box.y}`).toBeLessThan(BLURRED);
    }
  }
  expect(await page.evaluate(() => (window as unknown as { sounding: number }).sounding)).toBe(0);
}

/** [where, its address, pictures of footage that it shows at least] */
const WAYS = [
  ['the item itself', '#/items/1?frame=75', 1],
  ['a library that holds it', '#/', 2],
  ['a search that finds it', '#/search?words=towers', 0],
  ['the list of matches', '#/matches', 0],
  ['a match of it', '#/matches/M1', 2],
  ['what items share', '#/reuse', 0],
] as const;

for (const [where, address, pictures] of WAYS) {
  test(`${where}: grey, blurred and mute from the first picture on`, async ({ workbench }) => {
    await workbench.page.addInitScript(() => {
      const Real = AudioContext;
      Object.assign(window, {
        sounding: 0,
        AudioContext: class extends Real {
          constructor() {
            super();
            (window as unknown as { sounding: number }).sounding += 1;
          }
        },
      });
    });
    await workbench.open(address, served.address);
    await staysVeiled(workbench, pictures);
  });
}

test('what is sharp has more detail than is let pass here', async ({ workbench }) => {
  await workbench.open('#/items/1?frame=75', served.address);
  await workbench.showsFrame(75);
  await workbench.page.keyboard.press('b');
  const box = await workbench.page.locator('canvas[data-frame]').boundingBox();
  if (!box) throw new Error('there is no picture');
  const { detail } = looksWithin(readPng(await workbench.page.screenshot()), box);
  expect(detail * box.width).toBeGreaterThan(2 * BLURRED);
});
