/** Sound: seen as a lane, heard after an explicit act alone, in step with the picture. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixture, init, run, type Served, serve } from './program.ts';
import { expect, test, type Workbench } from './page.ts';

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-sound-')), 'case');
  init(folder, 'Heard');
  run(folder, 'add', ...['clips/movie-hello.mpeg', 'clips/cityCC0.mpg'].map(fixture));
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});

test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** What the page did with sound. */
interface Heard {
  contexts: number;
  started: { when: number; offset: number; length: number; loud: number; clock: number; heard: number; mark: number }[];
  stopped: number;
}

/** Opens item `item` and writes down everything that Web Audio is asked for. */
async function open(workbench: Workbench, item: number): Promise<void> {
  await workbench.page.addInitScript(() => {
    const heard: Heard = { contexts: 0, started: [], stopped: 0 };
    const Real = AudioContext;
    const start = AudioBufferSourceNode.prototype.start;
    const stop = AudioBufferSourceNode.prototype.stop;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0) {
      const samples = this.buffer?.getChannelData(0) ?? new Float32Array();
      const loud = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const clock = this.context.currentTime;
      // When it is heard, by the clock of the screen; and what tells this piece from others.
      const { contextTime = 0, performanceTime = 0 } = (this.context as AudioContext).getOutputTimestamp();
      const out = performanceTime > 0 ? performanceTime - contextTime * 1000 : performance.now() - clock * 1000;
      const mark = samples.reduce((sum, sample, at) => sum + Math.abs(sample) * ((at % 997) + 1), 0);
      heard.started.push({ when, offset, length: this.buffer?.duration ?? 0, loud, clock, heard: out + when * 1000, mark });
      start.call(this, when, offset);
    };
    AudioBufferSourceNode.prototype.stop = function (when = 0) {
      heard.stopped += 1;
      stop.call(this, when);
    };
    const Counted = class extends Real {
      constructor(options?: AudioContextOptions) {
        super(options);
        heard.contexts += 1;
      }
    };
    Object.assign(window, { AudioContext: Counted, heard });
  });
  await workbench.open(`#/items/${item}?frame=0`, served.address);
  await workbench.showsFrame(0);
}

const heard = (workbench: Workbench) =>
  workbench.page.evaluate(() => (window as unknown as { heard: Heard }).heard);

test('the lane shows the outline under the pictures', async ({ workbench }) => {
  await open(workbench, 1);
  const lane = workbench.page.locator('.waveform canvas');
  await expect(lane).toHaveAttribute('data-columns', /^\d{3,}$/);
  const drawn = await lane.evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let pixels = 0;
    for (let at = 3; at < data.length; at += 4) pixels += data[at] === 0 ? 0 : 1;
    return pixels / (data.length / 4);
  });
  expect(drawn).toBeGreaterThan(0.02);
  expect(drawn).toBeLessThan(0.9);
});

test('nothing sounds, and nothing is fetched to sound, before the explicit act', async ({ workbench }) => {
  const asked: string[] = [];
  workbench.page.on('request', (request) => asked.push(request.url()));
  await open(workbench, 1);
  await expect(workbench.page.getByRole('button', { name: 'Play sound' })).toHaveAttribute('aria-pressed', 'false');
  await workbench.page.keyboard.press('Space');
  await expect.poll(() => workbench.page.locator('canvas:not(.veil)').first().getAttribute('data-frame')).not.toBe('0');
  expect((await heard(workbench)).contexts).toBe(0);
  expect(asked.filter((address) => address.includes('sound.wav'))).toEqual([]);
});

test('sound plays with the picture once it is switched on, and ends with it', async ({ workbench }) => {
  await open(workbench, 1);
  await workbench.page.keyboard.press('m');
  await expect(workbench.page.getByRole('button', { name: 'Mute' })).toHaveAttribute('aria-pressed', 'true');
  expect((await heard(workbench)).contexts).toBe(1);
  expect((await heard(workbench)).started).toEqual([]);
  await workbench.page.keyboard.press('Space');
  await expect.poll(async () => (await heard(workbench)).started.length).toBeGreaterThan(1);
  const { started } = await heard(workbench);
  for (const piece of started) {
    expect(piece.length).toBeCloseTo(2, 3);
    expect(piece.when).toBeGreaterThan(piece.clock - 0.1);
  }
  expect(Math.max(...started.map((piece) => piece.loud))).toBeGreaterThan(0.01);
  const before = (await heard(workbench)).stopped;
  await workbench.page.keyboard.press('k');
  await expect.poll(async () => (await heard(workbench)).stopped).toBeGreaterThan(before);
});

test('what is heard is what belongs to the picture on the screen, within 50 ms', async ({ workbench }) => {
  await open(workbench, 1);
  const { page } = workbench;
  const rows = await page.evaluate(async () => {
    const answer = await fetch('/api/items/1/frames?count=2000');
    return ((await answer.json()) as { frames: { at_s: number; duration_s: number }[] }).frames;
  });
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const shown: { no: number; at: number }[] = [];
    Object.assign(window, { shown });
    if (canvas) new MutationObserver(() => shown.push({ no: Number(canvas.dataset['frame']), at: performance.now() })).observe(canvas, { attributeFilter: ['data-frame'] });
  });
  await page.keyboard.press('m');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await heard(workbench)).started.length, { timeout: 60_000 }).toBeGreaterThan(2);
  await page.keyboard.press('k');
  const { started } = await heard(workbench);
  const shown = await page.evaluate(() => (window as unknown as { shown: { no: number; at: number }[] }).shown);
  const marks = await page.evaluate(marksOfPieces, 5);

  let compared = 0;
  const errors: number[] = [];
  for (const [index, piece] of started.entries()) {
    const no = marks.findIndex((mark) => Math.abs(mark - piece.mark) < 1e-3 * Math.abs(mark));
    expect(no, 'a piece that the server does not know').toBeGreaterThanOrEqual(0);
    const end = Math.min(piece.heard + (piece.length - piece.offset) * 1000, started[index + 1]?.heard ?? Number.POSITIVE_INFINITY);
    for (const { no: frame, at } of shown.filter(({ at }) => at >= piece.heard && at < end)) {
      const sounding = no * 2 + piece.offset + (at - piece.heard) / 1000;
      const row = rows[frame];
      // A picture belongs to every instant from its beginning to its end.
      const early = (row?.at_s ?? 0) - sounding;
      const late = sounding - (row?.at_s ?? 0) - (row?.duration_s ?? 0);
      errors.push(Math.max(early, late, 0));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(20);
  errors.sort((one, other) => one - other);
  console.log(`sound and picture apart: median ${(1000 * (errors[errors.length >> 1] ?? 0)).toFixed(1)} ms, most ${(1000 * (errors.at(-1) ?? 0)).toFixed(1)} ms over ${compared} pictures`);
  // A busy machine holds back the screen now and then, not the sound.
  expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(0.05);
});

/** What tells the first `count` pieces of the sound from each other, as in `open`. */
async function marksOfPieces(count: number): Promise<number[]> {
  const marks = [];
  for (let no = 0; no < count; no += 1) {
    const file = await (await fetch(`/api/items/1/sound.wav?from_s=${2 * no}&to_s=${2 * no + 2}`)).arrayBuffer();
    const view = new DataView(file, 44);
    const channels = new DataView(file).getUint16(22, true);
    let mark = 0;
    for (let at = 0; at * 2 * channels < view.byteLength; at += 1) {
      mark += Math.abs(view.getInt16(at * 2 * channels, true) / 32768) * ((at % 997) + 1);
    }
    marks.push(mark);
  }
  return marks;
}

test('a page that is opened again is mute, and an item without sound says so', async ({ workbench }) => {
  await open(workbench, 1);
  await workbench.page.keyboard.press('m');
  await workbench.page.reload();
  await workbench.showsFrame(0);
  await expect(workbench.page.getByRole('button', { name: 'Play sound' })).toBeVisible();
  await workbench.goTo('#/items/2?frame=0');
  await expect(workbench.page.getByText('There is no sound')).toBeAttached();
  await workbench.page.keyboard.press('m');
  expect((await heard(workbench)).contexts).toBe(0);
});
