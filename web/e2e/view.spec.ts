import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './page.ts';

test('a view is chosen, stated, saved, and left with one key', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 75);
  const exact = await workbench.pixelHash();
  await page.getByRole('tab', { name: 'View' }).click();
  await page.getByLabel('Add a filter').selectOption('Difference to the frame before');
  await page.getByLabel('Add a filter').selectOption('Stretch contrast');
  const canvas = page.locator('canvas:not(.veil)').first();
  const chain = 'difference=previous:4,stretch=0.5';
  await expect(canvas).toHaveAttribute('data-view', chain);
  await expect(page.getByText('Seen through a view')).toBeVisible();
  await expect(page.getByText(chain, { exact: true })).toBeVisible();
  const seen = await workbench.pixelHash();
  expect(seen).not.toBe(exact);

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // Every frame that comes is seen through it, and the saved still is that of the command line.
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('c');
  const download = await downloading;
  expect(download.suggestedFilename()).toContain('.frame-75.view.png');
  const still = readFileSync(await download.path());
  expect(still.includes(`Framewitness View\0${chain}`)).toBe(true);
  expect(still.includes(`sha256:${seen}`)).toBe(true);

  await page.keyboard.press('.');
  await workbench.showsFrame(76);
  await expect(canvas).toHaveAttribute('data-view', chain);
  await page.keyboard.press(',');
  await workbench.showsFrame(75);

  await page.keyboard.press('e');
  await expect(canvas).toHaveAttribute('data-view', '');
  expect(await workbench.pixelHash()).toBe(exact);
  await expect(page.getByText('Exact frame')).toBeVisible();
  await page.keyboard.press('e');
  await expect(canvas).toHaveAttribute('data-view', chain);
  expect(await workbench.pixelHash()).toBe(seen);

  await page.getByRole('button', { name: 'Remove all' }).click();
  await expect(canvas).toHaveAttribute('data-view', '');
  expect(await workbench.pixelHash()).toBe(exact);
});

test('the keyboard alone sets a number of a step', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 10);
  await page.getByRole('tab', { name: 'View' }).click();
  await page.getByLabel('Add a filter').selectOption('Gamma');
  const slider = page.getByRole('slider', { name: 'Gamma' });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-view', 'gamma=1.9');
  await page.getByRole('button', { name: 'Remove Gamma' }).press('Enter');
  await expect(page.locator('canvas:not(.veil)').first()).toHaveAttribute('data-view', '');
});
