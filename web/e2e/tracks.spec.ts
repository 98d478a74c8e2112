import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page.ts';
import { fixture, init, run, type Served, serve } from './program.ts';

let folder = '';
let served: Served;

/** A file with two films and a cover, as phones and cameras of several angles write them. */
function angles(): string {
  const file = join(folder, '..', 'angles.mp4');
  const cover = join(folder, '..', 'cover.png');
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-frames:v', '1', cover);
  const inputs = [fixture('clips/city-repost.mp4'), fixture('clips/v2.m4v'), cover].flatMap((path) => ['-i', path]);
  ffmpeg(...inputs, '-map', '0:v', '-map', '1:v', '-map', '2', '-t', '2', '-c', 'copy', '-disposition:v:2', 'attached_pic', file);
  return file;
}

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-tracks-')), 'case');
  init(folder, 'Angles');
  run(folder, 'add', angles());
  run(folder, 'inspect', '--all');
  run(folder, 'observe', '#1', 'towers', '--frame', '3');
  served = await serve(folder);
});
test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

interface Listed {
  no: number;
  hash: string;
}

test('every track of a file is named, and each can be looked at exactly', async ({ workbench }) => {
  const { page } = workbench;
  const listed = (track: number) =>
    run(folder, '--json', 'frames', '#1', '--track', String(track)).toString().trim().split('\n').map((line) => JSON.parse(line) as Listed);
  const second = listed(1);
  await workbench.open('#/', served.address);
  await workbench.goTo('#/items/1?frame=3');
  await workbench.showsFrame(3);
  const tracks = page.getByRole('navigation', { name: 'Video tracks' });
  await expect(tracks.getByRole('link')).toHaveCount(3);
  await expect(tracks.getByRole('link').first()).toHaveAttribute('aria-current', 'page');
  await expect(tracks.getByRole('link').first()).toContainText('examined');
  await expect(tracks.getByRole('link').last()).toContainText('attached picture');
  await page.getByRole('tab', { name: 'Findings' }).click();
  await expect(page.getByText('There are 3 video tracks')).toBeVisible();

  await tracks.getByRole('link', { name: /Track 1/ }).press('Enter');
  await workbench.showsFrame(0);
  await expect(tracks.getByRole('link', { name: /Track 1/ })).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('.');
  await workbench.showsFrame(1);
  await expect(page.getByTestId('frame-hash')).toHaveAttribute('title', second[1]?.hash ?? '');
  await expect(page.getByText(`of ${second.length}`)).toBeVisible();
  const address = new URL('/api/items/1/frames/1.png?track=1', page.url()).href;
  const stated = (await page.request.get(address)).headers();
  expect(stated['x-frame-hash']).toBe(second[1]?.hash);
  expect(await workbench.pixelHash()).toBe(stated['x-pixel-hash']);

  // Records are of the examined track: none is shown here, and none can be made.
  await page.keyboard.press('n');
  await expect(page.getByText('This is track 1.')).toBeVisible();
  await expect(page.getByRole('button', { name: '+ Observation' })).toBeDisabled();
  await expect(page.getByText('towers')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await expect(page).toHaveURL(/track=1&frame=1$/);
  await page.reload();
  await workbench.showsFrame(1);
  await expect(page.getByTestId('frame-hash')).toHaveAttribute('title', second[1]?.hash ?? '');
  await page.getByRole('tab', { name: 'Record' }).click();
  await page.getByRole('link', { name: 'Go to the examined track' }).click();
  await workbench.showsFrame(0);
  await expect(page.getByText('towers', { exact: true })).toBeVisible();
});

test('a cover is a track of one picture', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/', served.address);
  await workbench.goTo('#/items/1?track=2');
  await workbench.showsFrame(0);
  await expect(page.getByText('of 1', { exact: true })).toBeVisible();
  const size = await page.locator('canvas:not(.veil)').first().evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
  expect(size).toEqual([64, 64]);
});
