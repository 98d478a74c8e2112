import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { fixture, init, run, type Served, serve } from './program.ts';

/** An edit list leaves a piece out of this one: 287 samples stored, 79 frames presented. */
const CLIP = 'clips/v2s.mov';

let folder = '';
let served: Served;

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-hidden-')), 'case');
  init(folder, 'Trimmed');
  run(folder, 'add', fixture(CLIP));
  run(folder, 'inspect', '--all');
  served = await serve(folder);
});
test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

interface Row {
  sample: number;
  pts: number;
}

function notPresented(): Row[] {
  const listed = run(folder, '--json', 'frames', '#1', '--stored', '--not-presented').toString();
  const rows = listed.trim().split('\n').map((line) => JSON.parse(line) as Row);
  return rows.sort((a, b) => a.pts - b.pts);
}

/** Hash of the pixels that the command line writes of a stored sample. */
function written(sample: number): string {
  const file = join(folder, '..', `${sample}.png`);
  run(folder, 'frame', '#1', '--stored', String(sample), '-o', file);
  return createHash('sha256').update(readPng(readFileSync(file)).rgb).digest('hex');
}

const row = (workbench: Workbench, sample: number) => workbench.page.getByRole('button', { name: new RegExp(`^sample ${sample} PTS`) });

async function open(workbench: Workbench): Promise<void> {
  await workbench.open('#/', served.address);
  await workbench.goTo('#/items/1?frame=5');
  await workbench.showsFrame(5);
  await workbench.page.getByRole('tab', { name: 'Structure' }).click();
  await workbench.page.getByText('List them, to look at their pictures').click();
}

test('a picture that no player shows is looked at, said to be none, and left', async ({ workbench }) => {
  const { page } = workbench;
  const rows = notPresented();
  expect(rows).toHaveLength(208);
  await open(workbench);
  await expect(page.getByText('208 of 287 stored samples')).toBeVisible();
  const exact = await workbench.pixelHash();
  const canvas = page.locator('canvas:not(.veil)').first();
  const first = rows[0]?.sample ?? -1;
  await row(workbench, first).click();
  await expect(canvas).toHaveAttribute('data-sample', String(first));
  await expect(canvas).not.toHaveAttribute('data-frame');
  await expect(page.getByText('NOT PRESENTED', { exact: true })).toBeVisible();
  await expect(page.getByText('Exact frame')).toHaveCount(0);
  await expect(page.getByTestId('sample-no')).toHaveText(`sample ${first}`);
  expect(await workbench.pixelHash()).toBe(written(first));
  // Under the protections of every picture.
  await expect(canvas).toHaveCSS('filter', /grayscale\(1\) blur\(/);
  await page.keyboard.press('b');
  await expect(canvas).toHaveCSS('filter', 'grayscale(1)');

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  // Steps lead from one to the next, in the order of their times.
  for (const next of rows.slice(1, 4)) {
    await page.keyboard.press('.');
    await expect(canvas).toHaveAttribute('data-sample', String(next.sample));
  }
  expect(await workbench.pixelHash()).toBe(written(rows[3]?.sample ?? -1));
  await page.keyboard.press(',');
  await expect(canvas).toHaveAttribute('data-sample', String(rows[2]?.sample));
  await expect(page).toHaveURL(new RegExp(`frame=5&sample=${rows[2]?.sample}$`));

  const downloading = page.waitForEvent('download');
  await page.keyboard.press('c');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`v2s.mov.sample-${rows[2]?.sample}.not-presented.png`);
  expect(readFileSync(await download.path()).includes('Framewitness Presented\0no')).toBe(true);

  await page.keyboard.press('Escape');
  await workbench.showsFrame(5);
  await expect(canvas).not.toHaveAttribute('data-sample');
  await expect(page.getByText('Exact frame')).toBeVisible();
  expect(await workbench.pixelHash()).toBe(exact);
});

test('no record can be pinned to such a picture', async ({ workbench }) => {
  const { page } = workbench;
  await open(workbench);
  const sample = notPresented()[0]?.sample;
  const button = row(workbench, sample ?? -1);
  await button.focus();
  await button.press('Enter');
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-sample', String(sample));
  await page.keyboard.press('n');
  await expect(page.getByText('no record can be pinned to it')).toBeVisible();
  await expect(page.getByRole('button', { name: '+ Observation' })).toBeDisabled();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.getByRole('region', { name: 'Add to the record' }).getByRole('button', { name: 'Back to frame 5' }).click();
  await workbench.showsFrame(5);
  await page.keyboard.press('n');
  await expect(page.getByLabel('What do you see?')).toBeVisible();
});

test('a link leads to the picture, and going to a frame leaves it', async ({ workbench }) => {
  const { page } = workbench;
  const sample = notPresented()[100]?.sample;
  await workbench.open('#/', served.address);
  await workbench.goTo(`#/items/1?frame=5&sample=${sample}`);
  const canvas = page.locator('canvas:not(.veil)').first();
  await expect(canvas).toHaveAttribute('data-sample', String(sample));
  await page.keyboard.press('Home');
  await workbench.showsFrame(0);
  await expect(page.getByText('NOT PRESENTED', { exact: true })).toHaveCount(0);
});
