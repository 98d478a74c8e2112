#!/usr/bin/env node
/**
 * How soon the exact frame is on the screen after a key, beside the time that server and engine themselves take.
 *
 *   bench/stepping.mjs [--program PATH] [--near N] [--far N] [--think MS] [--read MS] [--point MS] [--bare] [FILE]
 *
 * Serves a case with FILE (else the 1080p film of bench/film.py), and in headless Chromium:
 *
 *   near    presses `.` and `,` at random around places of rest, N times (200), with MS (120) between one
 *           picture and the next key
 *   far     goes to frames at random, N times (40), by G, the number and Enter
 *   read    the same by somebody who looks at the number for MS of --read (600) before Enter
 *   point   the same by a click on the timeline, after the pointer rested there for MS of --point (300)
 *   server  fetches the frames of far once more, one after the other over the same connection: what the engine
 *           and the way of the pixels to the browser take, without page and screen
 *   engine  the same frames from the reader alone, in `examples/seek` of the crate media: decoding and colours
 *
 * With --bare the picture is lifted out of grey and blur first, as its colour and sharpness keys do.
 *
 * A time runs from the key's event to the first refresh of the screen after the exact frame was drawn on the
 * canvas. Prints median, 95th and 99th percentile in ms, and how many times the time of the server and of the engine
 * a far jump takes, and the median of that jump by jump. Reach: p95 near ≤ 33 ms, far ≤ 250 ms. Exit code 1 where one is missed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { listed, onServed, PROGRAM, ROOT, TARGET } from './serving.mjs';

const REACH = { near: 33, far: 250 };
/** Milliseconds that a jump is looked at before the next. */
const REST = 700;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    program: { type: 'string', default: PROGRAM },
    near: { type: 'string', default: '200' },
    far: { type: 'string', default: '40' },
    think: { type: 'string', default: '120' },
    read: { type: 'string', default: '600' },
    point: { type: 'string', default: '300' },
    bare: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) console.log('bench/stepping.mjs [--program PATH] [--near N] [--far N] [--think MS] [--read MS] [--point MS] [--bare] [FILE]');
else await main();

async function main() {
  const file = positionals[0] ?? execFileSync('python3', [join(ROOT, 'bench/film.py')]).toString().trim();
  await onServed(options.program, [resolve(file)], async (browser, address) => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const times = await listed(page, address, 1);
    const frames = times.length;
    await page.evaluate(() => (location.hash = '#/items/1?frame=0'));
    await page.locator('canvas[data-frame="0"]').waitFor();
    await page.evaluate(watch);
    if (options.bare) for (const key of ['v', 'b']) await page.keyboard.press(key);
    const wanted = apart(frames, Number(options.far));
    const taken = {
      near: await near(page, frames),
      far: await far(page, wanted, 0),
      read: await far(page, apart(frames, wanted.length), Number(options.read)),
      point: await point(page, apart(frames, wanted.length), times),
      server: await server(page, wanted),
      engine: await engine(file, wanted),
    };
    console.log(`${''.padEnd(8)} ${'times'.padStart(6)} ${'p50'.padStart(7)} ${'p95'.padStart(7)} ${'p99'.padStart(7)} ms`);
    for (const [name, times] of Object.entries(taken)) {
      const cells = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1).padStart(7));
      console.log(`${name.padEnd(8)} ${String(times.length).padStart(6)} ${cells.join(' ')}${name in REACH ? `   (reach p95 ${REACH[name]})` : ''}`);
    }
    for (const own of ['server', 'engine']) {
      const ratio = (share) => (percentile(taken.far, share) / percentile(taken[own], share)).toFixed(2);
      const each = taken.far.map((time, at) => time / taken[own][at]);
      console.log(`far / ${own}: ${ratio(0.5)} at p50, ${ratio(0.95)} at p95, ${percentile(each, 0.5).toFixed(2)} jump by jump`);
    }
    process.exitCode = Object.entries(REACH).some(([name, reach]) => percentile(taken[name], 0.95) > reach) ? 1 : 0;
  });
}

/** In the page: `until(frame)` tells ms from the last key or press of the pointer to the refresh after that frame was drawn. */
function watch() {
  const canvas = document.querySelector('canvas[data-frame]');
  let pressed = 0;
  for (const what of ['keydown', 'pointerdown']) addEventListener(what, () => (pressed = performance.now()), { capture: true });
  const there = (frame) => canvas.dataset.frame === String(frame) && canvas.dataset.exact === 'true';
  window.until = async (frame) => {
    // An observer is told within the task that drew; its picture is on the screen with the refresh that follows.
    if (!there(frame)) {
      await new Promise((drawn) => {
        const observer = new MutationObserver(() => {
          if (!there(frame)) return;
          observer.disconnect();
          drawn();
        });
        observer.observe(canvas, { attributes: true });
      });
    }
    return (await new Promise(requestAnimationFrame)) - pressed;
  };
}

/** Does what asks for `frame` and waits for it; the waiting begins before. */
async function after(page, frame, ask) {
  const told = page.evaluate((no) => window.until(no), frame);
  await ask();
  return told;
}

async function jump(page, frame, read = 0) {
  await page.keyboard.press('g');
  await page.keyboard.type(String(frame));
  await page.waitForTimeout(read);
  return after(page, frame, () => page.keyboard.press('Enter'));
}

async function near(page, frames) {
  const times = [];
  let here = 0;
  for (let turn = 0; turn < Number(options.near); turn += 1) {
    if (turn % 50 === 0) {
      here = 30 + Math.floor(Math.random() * (frames - 60));
      await jump(page, here);
      await page.waitForTimeout(1500);
    }
    const by = Math.random() < 0.5 ? 1 : -1;
    here += by;
    times.push(await after(page, here, () => page.keyboard.press(by === 1 ? '.' : ',')));
    await page.waitForTimeout(Number(options.think));
  }
  return times;
}

/** Frames at random, each far from the one before it. */
function apart(frames, many) {
  const chosen = [0];
  while (chosen.length <= many) {
    const no = Math.floor(Math.random() * frames);
    if (Math.abs(no - chosen.at(-1)) >= Math.min(250, frames / 4)) chosen.push(no);
  }
  return chosen.slice(1);
}

async function far(page, wanted, read) {
  const times = [];
  for (const there of wanted) {
    times.push(await jump(page, there, read));
    await page.waitForTimeout(REST);
  }
  return times;
}

/** Clicks where each of these lies on the timeline; what is pointed at may be its neighbour, as pixels are wide. */
async function point(page, wanted, frames) {
  const { at_s, duration_s } = frames.at(-1);
  const timeline = page.getByRole('slider', { name: 'Position' });
  const { x, y, width, height } = await timeline.boundingBox();
  const times = [];
  for (const there of wanted) {
    await page.mouse.move(x + (width * frames[there].at_s) / (at_s + duration_s), y + height - 6);
    await page.waitForTimeout(Number(options.point));
    const named = Number(/\d+/.exec(await timeline.locator('.aim').textContent())[0]);
    times.push(await after(page, named, () => page.mouse.down()));
    await page.mouse.up();
    await page.waitForTimeout(REST);
  }
  return times;
}

/** What the reader takes for each of these, in a process that began before. */
async function engine(file, wanted) {
  const reader = spawn(join(TARGET, 'release/examples/seek'), [resolve(file), '2'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
  const frames = Number((await lines.next()).value);
  const ask = async (no) => {
    reader.stdin.write(`far ${no}\n`);
    return Number((await lines.next()).value);
  };
  await ask((wanted[0] + Math.floor(frames / 2)) % frames);
  const times = [];
  for (const no of wanted) times.push(await ask(no));
  reader.kill();
  return times;
}

/** What the server takes for each of these, with nobody else asking. */
function server(page, wanted) {
  return page.evaluate(
    async ({ wanted, rest }) => {
      const times = [];
      for (const no of wanted) {
        const began = performance.now();
        await (await fetch(`/api/items/1/pixels/${no}`, { cache: 'no-store' })).arrayBuffer();
        times.push(performance.now() - began);
        await new Promise((later) => setTimeout(later, rest));
      }
      return times;
    },
    { wanted, rest: REST },
  );
}

function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
