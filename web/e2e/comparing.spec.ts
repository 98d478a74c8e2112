import { createHash } from 'node:crypto';
import type { Locator } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { ALONE, looks } from './looks.ts';
import { expect, test, type Workbench } from './page.ts';
import { readPng } from './png.ts';
import { run } from './program.ts';

/** The laid picture, which is the only one on the page. */
const laid = (workbench: Workbench): Locator => workbench.page.locator('canvas:not(.veil)');

/** The exact frame as the command line writes it. */
const exact = (item: number, frame: number) =>
  readPng(run(process.env['CASE'] ?? '', 'frame', `#${item}`, `${frame}`, '-o', '-'));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Waits until the canvas holds exactly these RGB bytes. */
const holds = (workbench: Workbench, rgb: Uint8Array, what: string) =>
  expect.poll(() => workbench.pixelHash(), what).toBe(sha256(rgb));

test('two pictures are laid over each other in every way, by keys, and stay what the engine gives', async ({ workbench }) => {
  const { page } = workbench;
  // Two places of one item: nothing is scaled, so every pixel can be told.
  await workbench.open('#/compare?a=1&b=1&frame=20&beside=60');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await workbench.showsFrame(20, 0);
  await workbench.showsFrame(60, 1);
  const [one, other] = [exact(1, 20), exact(1, 60)];

  await page.keyboard.press('2');
  await expect(laid(workbench)).toHaveAttribute('data-mode', 'wipe');
  await expect(page.getByRole('radio', { name: /^Wipe/ })).toBeChecked();
  const divider = page.getByRole('slider', { name: 'Divider between the two pictures' });
  await divider.focus();
  for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(divider).toHaveAttribute('aria-valuenow', '30');
  const column = Math.round(one.width * 0.3);
  const wiped = one.rgb.map((value, at) => (Math.floor(at / 3) % one.width < column ? value : (other.rgb[at] ?? 0)));
  await holds(workbench, wiped, 'one left of the divider, the other right of it');
  // The divider had the arrow keys; the player has all others.
  await page.keyboard.press('.');
  await expect(laid(workbench)).toHaveAttribute('data-frame', '21');
  await expect(laid(workbench)).toHaveAttribute('data-beside', '61');
  await page.keyboard.press(',');
  await expect(laid(workbench)).toHaveAttribute('data-beside', '60');

  await page.keyboard.press('5');
  await expect(laid(workbench)).toHaveAttribute('data-mode', 'difference');
  await page.getByLabel('Gain').selectOption('2×');
  const apart = one.rgb.map((value, at) => Math.abs(value - (other.rgb[at] ?? 0)));
  await holds(workbench, apart.map((step) => Math.min(2 * step, 255)), 'the difference, twice');
  const most = apart.reduce((most, step) => Math.max(most, step), 0);
  await expect(page.getByText(`at most ${most} of 255`)).toBeVisible();

  // While the key is held the other picture is there alone.
  await page.getByLabel('Gain').blur();
  await page.keyboard.down('h');
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'other');
  await holds(workbench, other.rgb, 'the other alone');
  await page.keyboard.up('h');
  await expect(laid(workbench)).not.toHaveAttribute('data-alone', 'other');

  await page.keyboard.press('4');
  await page.getByLabel('Opacity').fill('0');
  await holds(workbench, one.rgb, 'nothing of the other');
  await page.getByLabel('Opacity').fill('1');
  await holds(workbench, other.rgb, 'nothing but the other');
  await page.getByLabel('Opacity').blur();

  await page.keyboard.press('1');
  await expect(page.locator('canvas[data-exact="true"]')).toHaveCount(2);
  await workbench.showsFrame(20, 0);
  await workbench.showsFrame(60, 1);
});

test('the same frame differs nowhere, and a mirrored one does', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/compare?a=1&b=1&frame=75&beside=75');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.locator('label', { hasText: 'Difference' }).click();
  await expect(page.getByText('mean 0, at most 0 of 255; 0 % of the pixels differ')).toBeVisible();
  await page.getByRole('button', { name: 'Mirror the second' }).click();
  await expect(page.getByText(/^mean [1-9]/)).toBeVisible();
  await expect(page).toHaveURL(/mirror=1$/);
});

test('pictures take turns, unless a person asked for little motion', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('3');
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'other');
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'one');
  await page.getByRole('button', { name: 'Stop blinking' }).click();
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'one');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: 'Blink', exact: true })).toHaveAttribute('aria-pressed', 'false');
  // Longer than a turn would take.
  await page.waitForTimeout(1500);
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'one');
  await page.keyboard.down('h');
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'other');
  await page.keyboard.up('h');
  await expect(laid(workbench)).toHaveAttribute('data-alone', 'one');
});

test('the divider is moved by the pointer, and what is laid is as grey and blurred as any picture', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.locator('label', { hasText: 'Wipe' }).click();
  const divider = page.getByRole('slider', { name: 'Divider between the two pictures' });
  const [line, picture] = [await divider.boundingBox(), await laid(workbench).boundingBox()];
  if (!line || !picture) throw new Error('there is no divider');
  await page.mouse.move(line.x + line.width / 2, line.y + line.height / 4);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width * 0.8, line.y + 20, { steps: 5 });
  await page.mouse.up();
  await expect(divider).toHaveAttribute('aria-valuenow', '80');

  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, `${ALONE}, .which, [role="slider"] { visibility: hidden }`);
  await page.keyboard.press('4');
  const first = await looks(laid(workbench));
  expect(first.chroma).toBe(0);
  await page.keyboard.press('v');
  await page.keyboard.press('b');
  const lifted = await looks(laid(workbench));
  expect(lifted.chroma).toBeGreaterThan(20);
  expect(lifted.detail).toBeGreaterThan(4 * first.detail);
  // Both were lifted, and both are protected again.
  await page.keyboard.press('1');
  await expect(page.locator('[data-colour="true"][data-sharp="true"]')).toHaveCount(2);
  await page.keyboard.press('2');
  await page.keyboard.press('v');
  await page.keyboard.press('1');
  await expect(page.locator('[data-colour="false"][data-sharp="true"]')).toHaveCount(2);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`no way of laying has a barrier that axe finds, in ${scheme}`, async ({ workbench }) => {
    const { page } = workbench;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await workbench.open('#/matches/M1');
    await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
    for (const key of ['2', '3', '4', '5']) {
      await page.keyboard.press(key);
      await expect(page.locator('canvas:not(.veil)')).toHaveCount(1);
      await passesAxe(workbench, `mode ${key}`);
    }
  });
}
