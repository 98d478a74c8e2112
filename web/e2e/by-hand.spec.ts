import { readFileSync } from 'node:fs';
import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run } from './program.ts';

test('any frame is compared with any other, from the keyboard alone', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Compare frame 30 with …' });
  await expect(dialog.getByRole('link', { name: 'M1 cityCC0.mpg' })).toBeVisible();
  await passesAxe(workbench, 'compare with');
  await page.keyboard.type('nowhere');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('no frame number');
  await dialog.getByLabel('Item').fill('2');
  await dialog.getByLabel('Frame, time or timestamp').fill('2.4s');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Compare #1 with #2' })).toBeVisible();
  await workbench.showsFrame(30, 0);
  await workbench.showsFrame(60, 1);
  await expect(page).toHaveURL(/#\/compare\?a=1&b=2&frame=30&beside=60$/);
  await passesAxe(workbench, 'compared by hand');

  // One playhead; moved alone, the second stands aligned elsewhere, and both run on from there.
  await page.keyboard.press('.');
  await workbench.showsFrame(31, 0);
  await workbench.showsFrame(61, 1);
  await page.getByRole('button', { name: 'cityCC0.mpg: one frame on' }).press('Enter');
  await expect(page.getByText('offset +1')).toBeVisible();
  const second = 62;
  await workbench.showsFrame(second, 1);
  await page.keyboard.press('a');
  await expect(page.getByText('aligned by hand')).toBeVisible();
  await workbench.showsFrame(second, 1);
  await expect(page).toHaveURL(new RegExp(`frame=31&beside=${second}$`));
  await page.reload();
  await workbench.showsFrame(31, 0);
  await workbench.showsFrame(second, 1);
});

test('a frame is pinned, and compared with another of the same item, by pointer', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(2, 12);
  await page.getByRole('button', { name: /^Compare/ }).click();
  await page.getByRole('button', { name: 'Pin this frame' }).click();
  await workbench.goTo('#/items/2?frame=150');
  await workbench.showsFrame(150);
  await page.getByRole('button', { name: /^Compare/ }).click();
  await expect(page.getByText('Pinned: #2 cityCC0.mpg, frame 12')).toBeVisible();
  await page.getByRole('button', { name: 'Compare with it' }).click();
  await expect(page.getByRole('heading', { name: 'Compare two places of #2' })).toBeVisible();
  await workbench.showsFrame(12, 0);
  await workbench.showsFrame(150, 1);

  // Another place, then another item.
  await page.getByLabel('frame, time or timestamp').fill('160');
  await page.getByRole('button', { name: 'Bring beside' }).click();
  await workbench.showsFrame(160, 1);
  await workbench.showsFrame(12, 0);
  await page.getByRole('link', { name: 'Swap' }).click();
  await workbench.showsFrame(160, 0);
  await workbench.showsFrame(12, 1);
  await page.getByLabel('Second: item').fill('1');
  await page.getByRole('button', { name: 'Bring beside' }).click();
  await expect(page.getByRole('heading', { name: 'Compare #2 with #1' })).toBeVisible();
});

test('what cannot be compared is told', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/compare?a=1&b=3');
  await expect(page.getByText('#3 has no frames to compare.')).toBeVisible();
  await workbench.goTo('#/compare?a=1&b=2&beside=99999');
  await expect(page.getByText('#2 has no frame at 99999.')).toBeVisible();
  await workbench.goTo('#/compare?a=1&b=999');
  await expect(page.getByRole('alert')).toContainText('999');
  // The browser itself reports the refused request, which is what was asked for here.
  workbench.complaints.splice(0, Infinity, ...workbench.complaints.filter((text) => !text.includes('404')));
});

test('a resemblance is judged without a match', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/compare?a=1&b=1&frame=10&beside=90');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('5');
  await page.getByRole('button', { name: 'Judge a resemblance…' }).click();
  const form = page.getByRole('region', { name: 'Resemblance, as you judge it' });
  // Boxes are drawn on the two pictures.
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await expect(form.getByText('Second, frame 90: box')).toBeVisible();
  await form.getByLabel('What is compared').fill('the crane behind the tower');
  await form.getByLabel('Features compared').fill('jib');
  await form.getByLabel('Reasons').fill('same angle');
  await form.getByLabel('Limits: what could not be compared').fill('small');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^R\d+ recorded\.$/)).toBeVisible();
  await workbench.goTo('#/items/1');
  await expect(page.getByRole('listitem').filter({ hasText: 'the crane behind the tower' })).toBeVisible();
});

test('both frames are saved as the figure that the command line writes, by key and by pointer', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/compare?a=1&b=2&frame=30&beside=60');
  await workbench.showsFrame(30, 0);
  await workbench.showsFrame(60, 1);
  const written = run(process.env['CASE'] ?? '', 'compare', '#1', '#2', '--frame', '30', '--other-frame', '60', '--figure', '-');
  const link = page.getByRole('link', { name: 'Save figure' });
  for (const save of [() => page.keyboard.press('c'), () => link.click()]) {
    const downloading = page.waitForEvent('download');
    await save();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('compare-1-frame-30-and-2-frame-60.png');
    expect(readFileSync(await download.path()).equals(written)).toBe(true);
  }
});
