#!/usr/bin/env node
/**
 * How smoothly footage plays on the page, beside the browser's own player.
 *
 *   bench/playback.mjs [--program PATH] [--seconds N] [--speed N] [--bare] [FILE ...]
 *
 * Serves a case with each file (else some of the clips in fixtures/), presses Space in headless
 * Chromium, writes down when each frame was put on the canvas, and prints:
 *
 *   shown     pictures shown per second of wall time / the clip's own rate; 1.00 is smooth
 *   clock     seconds of footage per second of wall time, divided by the speed asked for
 *   longest   longest time in ms for which no new picture came, less that frame's own length
 *   begin     ms from the key to the first new picture
 *   exact     ms from the pause to the exact frame
 *   browser   the same as `shown` for a <video> of that file, told by requestVideoFrameCallback;
 *             "no" where it shows no picture
 *
 * Both are drawn at the same size through the same filters (grey and blurred), or with --bare in
 * colour and sharp. The ratio counts a frame once however often it is drawn. Machines that are busy
 * with other work, or have no graphics processor, give less.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listed, onServed, PROGRAM, ROOT } from './serving.mjs';

const CLIPS = ['VID_20191220_170832.mp4', 'bigbuckbunny.mp4', 'movie-hello.mpeg', 'movie-hello.ogg', 'v2s.mov'];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    program: { type: 'string', default: PROGRAM },
    seconds: { type: 'string', default: '8' },
    speed: { type: 'string', default: '1' },
    bare: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : CLIPS.map((clip) => join(ROOT, 'fixtures/clips', clip));
const seconds = Number(options.seconds);
const speed = Number(options.speed);

if (options.help) console.log('bench/playback.mjs [--program PATH] [--seconds N] [--speed N] [--bare] [FILE ...]');
else await main();

async function main() {
  await onServed(options.program, files, async (browser, address) => {
    console.log(`${'clip'.padEnd(28)} ${'rate'.padStart(6)} ${'shown'.padStart(6)} ${'clock'.padStart(6)} ${'longest'.padStart(8)} ${'begin'.padStart(6)} ${'exact'.padStart(6)} ${'browser'.padStart(8)}`);
    for (const [index, file] of files.entries()) {
      const ours = await onPage(browser, address, index + 1);
      const theirs = await inVideo(browser, file, ours.rate);
      const cells = [ours.rate.toFixed(2), ours.shown.toFixed(2), ours.clock.toFixed(2), ours.longest.toFixed(0), ours.begin.toFixed(0), ours.exact.toFixed(0)];
      const widths = [6, 6, 6, 8, 6, 6];
      console.log(`${basename(file).slice(0, 28).padEnd(28)} ${cells.map((cell, at) => cell.padStart(widths[at])).join(' ')} ${theirs.padStart(8)}`);
    }
  });
}

async function onPage(browser, address, item) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const rows = await listed(page, address, item);
  await page.evaluate((to) => (location.hash = to), `#/items/${item}?frame=0`);
  await page.locator('canvas[data-frame="0"]').waitFor();
  if (options.bare) for (const key of ['v', 'b']) await page.keyboard.press(key);
  for (let at = 1; at !== speed; at = at < speed ? at * 2 : at / 2) await page.keyboard.press(at < speed ? ']' : '[');
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas[data-frame]');
    window.seen = [];
    new MutationObserver(() => {
      const no = Number(canvas.dataset.frame);
      if (window.seen.at(-1)?.no !== no) window.seen.push({ no, at: performance.now() });
    }).observe(canvas, { attributes: true });
    addEventListener('keydown', () => (window.pressed = performance.now()), { capture: true });
  });
  await page.waitForTimeout(500);
  await page.keyboard.press('Space');
  const length = rows.at(-1).at_s + rows.at(-1).duration_s;
  await page.waitForTimeout(Math.min(seconds, length / speed + 1) * 1000);
  const { seen, pressed } = await page.evaluate(() => ({ seen: window.seen, pressed: window.pressed }));
  const exact = await exactAfterPause(page);
  await page.close();
  return { exact, ...figures(seen.filter(({ at }) => at > pressed), pressed, rows, rows.length / length) };
}

/** Milliseconds from a pause to the exact frame; 0 where it was on the screen already. */
async function exactAfterPause(page) {
  return page.evaluate(async () => {
    const canvas = document.querySelector('canvas[data-frame]');
    if (canvas.dataset.exact !== 'false') return 0;
    const began = performance.now();
    dispatchEvent(new KeyboardEvent('keydown', { key: 'k' }));
    while (canvas.dataset.exact === 'false') await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
}

function figures(seen, pressed, rows, rate) {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || first === last) return { rate, shown: 0, clock: 0, longest: Number.NaN, begin: Number.NaN };
  const wall = (last.at - first.at) / 1000;
  const longest = seen.slice(1).map(({ at }, index) => at - seen[index].at - (rows[seen[index].no].duration_s * 1000) / speed);
  const footage = rows[last.no].at_s - rows[first.no].at_s;
  // The clip's own rate over what was played: one of variable rate has no other.
  const own = ((last.no - first.no) / footage) * speed;
  return {
    rate,
    shown: (seen.length - 1) / wall / own,
    clock: footage / wall / speed,
    longest: Math.max(0, ...longest),
    begin: first.at - pressed,
  };
}

/** What the browser makes of the file itself. */
async function inVideo(browser, file, rate) {
  const server = createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html><video muted></video>');
    const size = statSync(file).size;
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : size - 1] : [0, size - 1];
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': to - from + 1,
      ...(range ? { 'content-range': `bytes ${from}-${to}/${size}` } : {}),
    });
    createReadStream(file, { start: from, end: to }).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const seen = await page.evaluate(watchVideo, { seconds, speed, bare: options.bare });
    if (seen.length < 2) return 'no';
    const footage = seen.at(-1).media - seen[0].media;
    const wall = (seen.at(-1).at - seen[0].at) / 1000;
    return ((seen.length - 1) / wall / (rate * speed)).toFixed(2) + (footage > 0 ? '' : '?');
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

async function watchVideo({ seconds, speed, bare }) {
  const video = document.querySelector('video');
  video.style.cssText = `inline-size: 1150px; filter: ${bare ? 'none' : 'grayscale(1) blur(30px)'}`;
  const seen = [];
  const note = (at, { mediaTime }) => {
    seen.push({ at, media: mediaTime });
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  video.src = '/file';
  video.playbackRate = speed;
  await Promise.race([video.play().catch(() => {}), new Promise((late) => setTimeout(late, 3000))]);
  await new Promise((done) => {
    video.onended = done;
    setTimeout(done, seconds * 1000);
  });
  return seen;
}
