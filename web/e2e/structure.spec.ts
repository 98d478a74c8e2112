import { expect, test, type Workbench } from './page.ts';

/** Item 1 is an MP4 without sound of 125 frames, coded by x264. */
const ITEM = 1;

interface Part {
  depth: number;
  kind: string;
  offset: number;
}
interface Facts {
  parts: { listed: Part[] };
  coder_notes: { frame: number; text: string }[];
  coding: { keys: number; bits_per_second: number[] };
  streams: { essence: { hash: string } }[];
  exiftool: { state: string; version: string; fields: { name: string; value: string }[] };
}

async function ask<T>(workbench: Workbench, path: string): Promise<T> {
  const answer = await workbench.page.request.get(new URL(path, workbench.page.url()).href);
  return (await answer.json()) as T;
}

const factsOf = async (workbench: Workbench) => (await ask<{ facts: Facts }>(workbench, `/api/items/${ITEM}`)).facts;

test('the parts of the container unfold by keyboard and by pointer', async ({ workbench, context }) => {
  const { page } = workbench;
  await context.grantPermissions(['clipboard-write']);
  await workbench.openFrame(ITEM, 30);
  const { parts } = await factsOf(workbench);
  const top = parts.listed.filter((part) => part.depth === 0);
  await page.getByRole('tab', { name: 'Structure' }).click();
  const tree = page.getByRole('tree', { name: 'Parts of the container' });
  const rows = tree.getByRole('treeitem');
  await expect(rows).toHaveCount(top.length);

  const moov = top.findIndex((part) => part.kind === 'moov');
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('Home');
  for (let down = 0; down < moov; down += 1) await page.keyboard.press('ArrowDown');
  await expect(rows.nth(moov)).toBeFocused();
  await expect(rows.nth(moov)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(rows.nth(moov)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(rows.nth(moov + 1)).toBeFocused();
  await expect(rows.nth(moov + 1)).toHaveAttribute('aria-level', '2');
  await expect(rows.nth(moov + 1)).toContainText('mvhd');
  // The same keys move the player elsewhere, not here.
  await expect(page.getByTestId('frame-no')).toHaveText('30');

  const header = parts.listed.find((part) => part.kind === 'mvhd');
  const copy = page.getByRole('button', { name: 'Copy the offset' });
  await copy.click();
  await expect(copy).toHaveText('Copied');
  // The page may not read the clipboard; a person pastes from it.
  await page.keyboard.press('g');
  await page.getByLabel('Frame, time or timestamp').focus();
  await page.keyboard.press('Control+V');
  await expect(page.getByLabel('Frame, time or timestamp')).toHaveValue(String(header?.offset));
  await page.keyboard.press('Escape');

  await rows.nth(moov + 1).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(rows.nth(moov)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(rows).toHaveCount(top.length);
  await rows.nth(moov).click();
  await expect(rows.nth(moov)).toHaveAttribute('aria-expanded', 'true');
  expect(await rows.count()).toBeGreaterThan(top.length);
});

test('a note of the coder leads to its frame, and streams show their hashes', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(ITEM, 30);
  const facts = await factsOf(workbench);
  await page.getByRole('tab', { name: 'Structure' }).click();
  const note = facts.coder_notes[0];
  expect(note?.text).toContain('x264');
  const card = page.getByRole('listitem').filter({ hasText: 'x264 - core' });
  await card.getByRole('button', { name: `Go to frame ${note?.frame}` }).click();
  await workbench.showsFrame(note?.frame ?? -1);
  await expect(page.getByText(facts.streams[0]?.essence.hash ?? 'none')).toBeVisible();
});

test('what exiftool reads is folded away, and unfolds by group', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(ITEM, 30);
  const { exiftool } = await factsOf(workbench);
  expect(exiftool.state).toBe('read');
  await page.getByRole('tab', { name: 'Structure' }).click();
  const composite = page.getByRole('heading', { name: 'Composite' });
  await expect(composite).toBeHidden();
  await page.getByText(`${exiftool.fields.length} fields, by exiftool ${exiftool.version}`).click();
  await expect(composite).toBeVisible();
  const brand = exiftool.fields.find((field) => field.name === 'MajorBrand');
  await expect(page.getByRole('term').filter({ hasText: 'MajorBrand' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: brand?.value ?? 'none' }).first()).toBeVisible();
});

test('the lane of quantisers names its scale and reads every frame', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(ITEM, 0);
  const { frames } = await ask<{ frames: { quantiser: [number, number] | null }[] }>(workbench, `/api/items/${ITEM}/frames?count=500`);
  const reading = page.getByTestId('quantiser');
  await expect(reading).toHaveCount(0);
  await page.getByRole('button', { name: 'Bits' }).press('Enter');
  const words = (no: number) => `frame ${no}: QP ${frames[no]?.quantiser?.[0]}`;
  await expect(reading).toHaveText(words(0));
  await expect(page.getByText('of a scale from 0 to 51; higher is coarser')).toBeVisible();
  await page.keyboard.press('.');
  await workbench.showsFrame(1);
  await expect(reading).toHaveText(words(1));
  expect(words(1)).not.toBe(words(0).replace('frame 0', 'frame 1'));
  await expect(page.getByRole('slider', { name: 'Position' })).toHaveAttribute('aria-valuetext', new RegExp(words(1)));
});

test('the lane of bits unfolds, and keyboard and pointer read it', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(ITEM, 0);
  const facts = await factsOf(workbench);
  const { frames } = await ask<{ frames: { no: number; type: string; size: number; at_s: number; duration_s: number; key: boolean }[] }>(
    workbench,
    `/api/items/${ITEM}/frames?count=500`,
  );
  const track = page.getByRole('slider', { name: 'Position' });
  await expect(track).not.toHaveAttribute('aria-valuetext', /byte/);
  await page.getByRole('button', { name: 'Bits' }).press('Enter');
  const reading = page.getByTestId('bits');
  const numbers = new Intl.NumberFormat('en');
  const words = (no: number) => `frame ${no}: ${frames[no]?.type}, ${numbers.format(frames[no]?.size ?? -1)} byte`;
  await expect(reading).toContainText(words(0));
  await expect(reading).toContainText(`second 0: ${numbers.format(Math.round((facts.coding.bits_per_second[0] ?? 0) / 1000))} kbit`);
  await expect(reading).toContainText('key frame');

  await page.keyboard.press('.');
  await workbench.showsFrame(1);
  await expect(reading).toContainText(words(1));
  await expect(track).toHaveAttribute('aria-valuetext', new RegExp(words(1)));

  const end = (frames.at(-1)?.at_s ?? 0) + (frames.at(-1)?.duration_s ?? 0);
  const middle = frames[60];
  const chart = await page.getByTestId('bits').locator('xpath=ancestor::div[1]').boundingBox();
  if (!chart || !middle) throw new Error('there is no chart');
  const share = (middle.at_s + middle.duration_s / 2) / end;
  await page.mouse.move(chart.x + chart.width * share, chart.y + chart.height / 2);
  await expect(reading).toContainText(words(60));
  // Looking is not going: only a press moves the picture.
  await expect(page.getByTestId('frame-no')).toHaveText('1');
  await page.mouse.down();
  await page.mouse.up();
  await workbench.showsFrame(60);

  await expect(page).toHaveURL(/frame=60$/);
  await page.reload();
  await workbench.showsFrame(60);
  await expect(reading).toContainText(words(60));
  await page.getByRole('button', { name: 'Bits' }).click();
  await expect(reading).toHaveCount(0);
});
