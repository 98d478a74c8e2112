/** Playing: every codec, each picture under its own number, the exact frame wherever it rests. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALONE, looks } from './looks.ts';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { fixture, init, run, type Served, serve } from './program.ts';

const CLIPS = [
  ['HEVC of 10 bits', 'odd/ten-bit.mp4'],
  ['MPEG-2', 'clips/cityCC0.mpg'],
  ['Theora', 'clips/movie-hello.ogg'],
  ['H.264 of variable rate', 'clips/city-repost.mp4'],
  ['H.264 behind an edit list', 'clips/v2s.mov'],
  ['a picture turned for display', 'odd/rotated.mp4'],
] as const;

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-playing-')), 'case');
  init(folder, 'Played');
  run(folder, 'add', ...CLIPS.map(([, clip]) => fixture(clip)));
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});

test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** A picture that was put on the canvas: when, under which number, and its pixels in small and grey. */
interface Drawn {
  no: number;
  exact: boolean;
  at: number;
  small: number[];
}

/** Small pictures are so wide and high; each of their pixels is the mean of a block of so many. */
const [SMALL, BLOCK] = [24, 8];

/** Opens item `item` at frame `frame` and writes down each picture that is drawn from then on. */
async function open(workbench: Workbench, item: number, frame: number): Promise<void> {
  await workbench.page.addInitScript(([side, block]) => {
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    const wide = side * block;
    const tiny = new OffscreenCanvas(wide, wide).getContext('2d', { alpha: false, willReadFrequently: true });
    const drawn: Drawn[] = [];
    Object.assign(window, {
      drawn,
      small: (source: CanvasImageSource) => {
        if (tiny) tiny.imageSmoothingQuality = 'high';
        tiny?.drawImage(source, 0, 0, wide, wide);
        const data = tiny?.getImageData(0, 0, wide, wide).data ?? [];
        const small = Array.from({ length: side * side }, () => 0);
        for (let at = 0; at < wide * wide; at += 1) {
          const into = Math.floor(at / wide / block) * side + Math.floor((at % wide) / block);
          small[into] = (small[into] ?? 0) + (data[4 * at + 1] ?? 0) / block ** 2;
        }
        return small;
      },
    });
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
      Reflect.apply(draw, this, given);
      const { canvas } = this;
      if (!(canvas instanceof HTMLCanvasElement) || !canvas.closest('.picture') || canvas.matches('.veil')) return;
      const at = performance.now();
      const small = (window as unknown as { small(source: CanvasImageSource): number[] }).small(given[0] as ImageBitmap);
      // The number is written beside the picture right after it is drawn.
      queueMicrotask(() => drawn.push({ no: Number(canvas.dataset['frame']), exact: canvas.dataset['exact'] === 'true', at, small }));
    };
  }, [SMALL, BLOCK] as const);
  await workbench.open(`#/items/${item}?frame=${frame}`, served.address);
  await workbench.showsFrame(frame);
}

const drawn = (workbench: Workbench) =>
  workbench.page.evaluate(() => (window as unknown as { drawn: Drawn[] }).drawn.splice(0));

/** The exact frames `from..to` of an item, in small. */
function exactly(workbench: Workbench, item: number, from: number, to: number): Promise<number[][]> {
  return workbench.page.evaluate(
    async ([item, from, to]) => {
      const { small } = window as unknown as { small(source: CanvasImageSource): number[] };
      const pictures = [];
      for (let no = from; no < to; no += 1) {
        const png = await (await fetch(`/api/items/${item}/frames/${no}.png`)).blob();
        pictures.push(small(await createImageBitmap(png)));
      }
      return pictures;
    },
    [item, from, to] as const,
  );
}

function apart(one: number[], other: number[]): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

async function rows(workbench: Workbench, item: number): Promise<{ at_s: number; duration_s: number }[]> {
  const address = new URL(`/api/items/${item}/frames?count=2000`, workbench.page.url()).href;
  const page = (await (await workbench.page.request.get(address)).json()) as { frames: { at_s: number; duration_s: number }[] };
  return page.frames;
}

/** SHA-256 of the pixels that the command line writes for a frame. */
function written(item: number, frame: number): string {
  const file = join(folder, '..', 'still.png');
  run(folder, 'frame', `#${item}`, String(frame), '-o', file);
  return createHash('sha256').update(readPng(readFileSync(file)).rgb).digest('hex');
}

for (const [index, [what, clip]] of CLIPS.entries()) {
  test(`${what}: in order, each picture that of its number, and the exact frame at rest`, async ({ workbench }, info) => {
    const { page } = workbench;
    const item = index + 1;
    await open(workbench, item, 0);
    const list = await rows(workbench, item);
    await drawn(workbench);
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('canvas:not(.veil)').first().getAttribute('data-exact')).toBe('false');
    await expect(page.getByTestId('picture-kind')).toHaveText('Watching: reduced picture of frame');
    await expect(page.getByText('not exact pixels')).toBeVisible();
    const most = Math.min(list.length - 1, 60);
    const frame = async () => Number(await page.locator('canvas:not(.veil)').first().getAttribute('data-frame'));
    await expect.poll(frame).toBeGreaterThan(most / 2);
    await page.keyboard.press('k');

    await expect(page.getByTestId('picture-kind')).toHaveText('Exact frame');
    await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-exact', 'true');
    const rest = await frame();
    expect(await workbench.pixelHash()).toBe(written(item, rest));

    const pictures = await drawn(workbench);
    const watched = pictures.filter((picture) => !picture.exact);
    const numbers = watched.map((picture) => picture.no);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    expect(numbers.at(-1)).toBe(rest);
    expect(pictures.at(-1)).toMatchObject({ no: rest, exact: true });
    const skipped = await page.locator('.skipped').textContent();
    expect(Number(/^\d+/.exec(skipped ?? '')?.[0] ?? 0)).toBe(rest - numbers.length);

    const exact = await exactly(workbench, item, 0, rest + 1);
    for (const { no, small } of watched) {
      const own = apart(small, exact[no] ?? []);
      expect(own, `frame ${no} of ${clip} is the picture of another frame`).toBeLessThan(3);
      for (const other of [no - 3, no - 2, no - 1, no + 1, no + 2]) {
        const beside = exact[other];
        if (beside) expect(own, `frame ${no} of ${clip} looks like ${other}`).toBeLessThan(apart(small, beside) + 0.3);
      }
    }
    const [first, last] = [watched[0], watched.at(-1)];
    if (first && last && last.no > first.no) {
      const wall = (last.at - first.at) / 1000;
      const footage = (list[last.no]?.at_s ?? 0) - (list[first.no]?.at_s ?? 0);
      const share = (watched.length - 1) / (last.no - first.no);
      info.annotations.push({ type: 'shown', description: `${share.toFixed(2)} of the frames, at ${(footage / wall).toFixed(2)} of their speed` });
      console.log(`${clip}: ${share.toFixed(2)} of the frames shown, at ${(footage / wall).toFixed(2)} of their speed`);
    }
  });
}

test('backwards, and to both ends, every frame that is shown is in order and the last one exact', async ({ workbench }) => {
  const { page } = workbench;
  await open(workbench, 1, 40);
  await drawn(workbench);
  await page.keyboard.press('j');
  await workbench.showsFrame(0);
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-exact', 'true');
  const back = (await drawn(workbench)).filter((picture) => !picture.exact).map((picture) => picture.no);
  expect(back).toEqual([...new Set(back)].sort((one, other) => other - one));
  expect(back.length).toBeGreaterThan(5);
  expect(await workbench.pixelHash()).toBe(written(1, 0));

  await page.keyboard.press('Space');
  await workbench.showsFrame(47);
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-exact', 'true');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await workbench.pixelHash()).toBe(written(1, 47));
});

test('slowed down, every frame is shown', async ({ workbench }) => {
  await open(workbench, 4, 0);
  await drawn(workbench);
  await workbench.page.keyboard.press('[');
  await workbench.page.keyboard.press('Space');
  const frame = async () => Number(await workbench.page.locator('canvas:not(.veil)').first().getAttribute('data-frame'));
  await expect.poll(frame).toBeGreaterThan(30);
  await workbench.page.keyboard.press('k');
  const shown = (await drawn(workbench)).filter((picture) => !picture.exact).map((picture) => picture.no);
  expect(shown).toEqual(shown.map((_, step) => step + 1));
  await expect(workbench.page.locator('.skipped')).toHaveText('');
});

test('a jump and a step while playing lead to the right frames', async ({ workbench }) => {
  const { page } = workbench;
  await open(workbench, 2, 0);
  await page.keyboard.press('Space');
  await expect.poll(() => page.locator('canvas:not(.veil)').first().getAttribute('data-exact')).toBe('false');
  await page.keyboard.press('g');
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  const frame = async () => Number(await page.locator('canvas:not(.veil)').first().getAttribute('data-frame'));
  await expect.poll(frame).toBeGreaterThanOrEqual(100);
  await expect.poll(frame).toBeGreaterThan(103);
  await page.keyboard.press(',');
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-exact', 'true');
  // The exact frame of where it stopped may be drawn on the way to the one before.
  await expect(async () => expect(await workbench.pixelHash()).toBe(written(2, await frame()))).toPass({ timeout: 30_000 });
});

test('what plays is grey and blurred, too, and hovering lifts nothing', async ({ workbench }) => {
  const { page } = workbench;
  await open(workbench, 2, 0);
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, ALONE);
  const canvas = page.locator('canvas:not(.veil)').first();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await page.keyboard.press('Space');
  await expect.poll(() => canvas.getAttribute('data-exact')).toBe('false');
  await canvas.hover({ force: true });
  for (let look = 0; look < 3; look += 1) expect((await looks(canvas)).chroma).toBe(0);
  await expect(canvas).toHaveCSS('filter', /grayscale\(1\) blur\(/);
  await expect(canvas).toHaveAttribute('data-exact', 'false');
  await expect(page.locator('audio, video')).toHaveCount(0);
});

test('through a view exact frames play as they come', async ({ workbench }) => {
  const { page } = workbench;
  await open(workbench, 1, 0);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('tab', { name: 'View' }).click();
  await page.getByLabel('Add a filter').selectOption('Gamma');
  await expect(page.getByTestId('picture-kind')).toHaveText('Seen through a view');
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  const canvas = page.locator('canvas:not(.veil)').first();
  await expect.poll(async () => Number(await canvas.getAttribute('data-frame'))).toBeGreaterThan(2);
  expect(asked.filter((address) => address.includes('/watch'))).toEqual([]);
  await expect(page.getByTestId('picture-kind')).toHaveText('Seen through a view');
});

test('where no stream can be had, exact frames play and the page says why', async ({ workbench }) => {
  const { page } = workbench;
  await page.route('**/watch?*', (route) => route.abort());
  await open(workbench, 1, 0);
  await page.keyboard.press('Space');
  await expect(page.getByText(/Exact frames are shown as they come/)).toBeVisible();
  const canvas = page.locator('canvas:not(.veil)').first();
  await expect.poll(async () => Number(await canvas.getAttribute('data-frame'))).toBeGreaterThan(2);
  await expect(canvas).toHaveAttribute('data-exact', 'true');
  workbench.complaints.splice(0, Number.POSITIVE_INFINITY, ...workbench.complaints.filter((complaint) => !complaint.includes('ERR_FAILED')));
});
